"""How Jinja compiles our templates: to Python that calls, looks up and joins by itself.

Jinja's own asks each time whether what is called wants the context, whether a name is an attribute or a key, and
whether a text is safe for HTML: nothing of ours needs to be asked. What stands in `{{ }}` goes through `finalize`.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import Frame
from jinja2.nativetypes import NativeCodeGenerator


class Compiler(NativeCodeGenerator):
    """Writes the Python of a template."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 Jinja's name
        """`plain("a.b", c=d)` as it stands there."""
        self.visit(node.node, frame)
        self.write("(")
        for each in node.args:
            self.visit(each, frame)
            self.write(", ")
        for pair in node.kwargs:
            self.write(f"{pair.key}=")
            self.visit(pair.value, frame)
            self.write(", ")
        for stars, more in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if more is not None:
                self.write(stars)
                self.visit(more, frame)
                self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """`item.title` as it stands there: values have attributes."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 Jinja's name
        """`a ~ b` as a text."""
        self.write("str_join((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")
