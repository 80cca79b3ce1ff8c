"""A form or a Home tab as somebody looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import inputs, plain
from .blocks import Block, elements
from .elements import options
from .inputs import Values
from .workspace import APP, BOT, TEAM


@dataclass(frozen=True, slots=True)
class View:
    """A form or a Home tab as it stood when it was looked at. `values` and `errors` go by block_id."""

    id: str
    user: str
    body: Block
    hash: str
    root: str
    previous: str | None = None
    values: Values = field(default_factory=dict)
    errors_by_block: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def type(self) -> str:
        """modal or home."""
        return str(self.body["type"])

    @property
    def title(self) -> str:
        """What stands at the top."""
        return self._words("title")

    @property
    def submit(self) -> str:
        """What stands on the button that sends it; "" if there is none."""
        return self._words("submit")

    @property
    def close(self) -> str:
        """What stands on the button that closes it; Slack puts its own word there if the bot has none."""
        return self._words("close") or "Annuller"

    @property
    def blocks(self) -> list[Block]:
        """All its blocks."""
        return list(self.body["blocks"])

    @property
    def labels(self) -> list[str]:
        """The labels of its fields, in order."""
        return [label(block) for block in self.blocks if block["type"] == "input"]

    @property
    def inputs(self) -> dict[str, str | list[str] | None]:
        """What stands in each field, by its label, as one reads it."""
        return {label(block): self.value(block) for block in self.blocks if block["type"] == "input"}

    @property
    def errors(self) -> dict[str, str]:
        """What stands in red under a field, by its label."""
        found = {block["block_id"]: label(block) for block in self.blocks if block["type"] == "input"}
        return {found[block_id]: words for block_id, words in self.errors_by_block.items()}

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons in it."""
        return [plain.unescape(button["text"]["text"]) for _, button in plain.buttons(self.blocks)]

    @property
    def plain(self) -> str:
        """All that a person reads in it, in order."""
        lines = [self.title, *(self._read(block) for block in self.blocks)]
        return "\n".join(filter(None, lines))

    def options(self, name: str) -> list[str]:
        """The choices in a field, by its label, block_id or action_id."""
        _, element = self.find(name)
        return [plain.unescape(option["text"]["text"]) for option in options(element)]

    def find(self, name: str) -> tuple[Block, Block]:
        """The block and the element with that label, block_id, action_id, placeholder or text before it."""
        pairs = [(block, element) for block in self.blocks for element in elements(block)]
        return find(pairs, name)

    def value(self, block: Block) -> str | list[str] | None:
        """What stands in the field of this block."""
        state = self.values[block["block_id"]][block["element"]["action_id"]]
        return inputs.shown(state, lambda name: self.names.get(name, name))

    def shown(self, state: bool = True) -> dict[str, Any]:
        """As the bot gets it."""
        home = self.type == "home"
        fixed = {"title": None, "submit": None, "close": None} if home else {"submit": None, "close": None}
        return {
            "id": self.id,
            "team_id": TEAM,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **fixed,
            **self.body,
            "state": {"values": self.values if state else {}},
            "hash": self.hash,
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": APP,
            "app_installed_team_id": TEAM,
            "bot_id": BOT,
        }

    def _words(self, name: str) -> str:
        text = self.body.get(name)
        return plain.unescape(text["text"]) if text else ""

    def _read(self, block: Block) -> str:
        if block["type"] != "input":
            return plain.read("", [block], self.names)
        value = self.value(block)
        said = ", ".join(value) if isinstance(value, list) else value or ""
        hint = [plain.unescape(block["hint"]["text"])] if "hint" in block else []
        wrong = self.errors_by_block.get(block["block_id"])
        return "\n".join([f"{label(block)}: {said}".rstrip(), *hint, *([f"! {wrong}"] if wrong else [])])


def label(block: Block) -> str:
    """The label of an input block."""
    return plain.unescape(block["label"]["text"])


def find(pairs: list[tuple[Block, Block]], name: str) -> tuple[Block, Block]:
    """The one that a person means by this name; AssertionError with all of them if there is none or more than one."""

    def called(block: Block, element: Block) -> list[str]:
        texts = [block.get("label"), block.get("text"), element.get("placeholder"), element.get("text")]
        shown = [plain.mrkdwn(text["text"], {}) for text in texts if isinstance(text, dict)]
        return [block["block_id"], element["action_id"], *shown]

    known = [(pair, called(*pair)) for pair in pairs]
    found = [pair for pair, names in known if name in names]
    every = [names[-1] for _, names in known]
    assert found, f"nothing is called {name!r}; there are {every}"
    assert len(found) == 1, f"several are called {name!r}: {every}"
    return found[0]
