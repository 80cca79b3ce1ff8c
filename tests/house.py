"""The rules of the house: which room may know which, and what no file in it may hold.

A rule takes a file and yields what is wrong with it; its docstring says what to do. `test_house.py` applies them all.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from string import Formatter

from jinja2 import Environment, TemplateSyntaxError, nodes

DOOR = "bot/__main__"
ROOMS = {
    "bot": set[str](),
    "storage": {"bot"},
    "templates": {"bot"},
    "handlers": {"bot", "storage", "templates"},
    DOOR: {"bot", "storage", "templates", "handlers"},
    "tests": {"bot", "storage", "templates", "handlers", DOOR},
}
LIBRARIES = {
    "bot": {"dateutil", "docx", "pdfplumber", "openpyxl", "snowballstemmer", "holidays"},
    "storage": {"sqlalchemy", "alembic", "psycopg"},
    "templates": {"jinja2", "markupsafe", "docxtpl", "typst", "icalendar"},
    "handlers": {"slack_bolt", "slack_sdk", "websockets"},
    DOOR: {"gunicorn", "waitress"},
}
CLOCKS = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    *(f"time.{name}{unit}" for name in ("time", "monotonic", "perf_counter") for unit in ("", "_ns")),
    *(f"time.{name}" for name in ("localtime", "gmtime", "ctime", "asctime")),
    *(f"sqlalchemy.func.{name}" for name in ("now", "current_timestamp", "current_date", "current_time")),
    "datetime.date.today",
}
SQL_CLOCK = re.compile(r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b")
NO_NOUNS = re.compile(r"(util|helper|service|manager)s?|common|misc", re.I)
REGISTRY = re.compile(
    r"https?://[^\s\"'<>`]*(/simple\b|/packages/|pypi|npm|registry)"  # an address of one
    r"|[\w-]+\.[\w.-]+(:\d+)?(/[^\s/]+)*/simple\b"
    r"|--(extra-)?index-url[= ]\S|--find-links[= ]\S|--trusted-host[= ]\S",
    re.I,
)
MACHINE = re.compile(r"(?<![\w.}-])/(home|root|Users|work|workspace|builds)/[\w.]")
PINNED = re.compile(r"[\w.\[\]-]+==[\w.+!]+(\s*;[^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")

Rule = Callable[["File"], Iterator[str]]


@dataclass(frozen=True)
class File:
    """A file of the project, by its path from the root."""

    path: str
    text: str

    @property
    def room(self) -> str:
        return room_of(self.path.removesuffix(".py").removesuffix("/__init__").split("/"))

    @property
    def tree(self) -> ast.Module:
        return parsed(self.text)


def arrows(file: File) -> Iterator[str]:
    """Import only in the direction of the house: bot knows no other room, storage and templates know bot,
    handlers know all three, the door knows all; nobody imports the door or the tests. Pass values instead."""
    for line, name in imports(file):
        target = room_of(name.split("."))
        if target and target != file.room and target not in ROOMS.get(file.room, set()):
            yield f"{line}: {file.room or 'a file outside the rooms'} imports {name}"


def walls(file: File) -> Iterator[str]:
    """Each library has one room (LIBRARIES). Let that room do it and pass the value; a new library is given a room."""
    for line, name in imports(file):
        top = name.split(".")[0]
        known = top in sys.stdlib_module_names or top in ROOMS or top in LIBRARIES.get(file.room, set())
        if file.room != "tests" and not known:
            yield f"{line}: {file.room} imports {top}"


def clocks(file: File) -> Iterator[str]:
    """Take the time as an argument. Only handlers/ and bot/__main__.py read a clock."""
    if file.room in {"handlers", DOOR, "tests"}:
        return
    names = {local: name for _, name, local in bindings(file)}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute | ast.Name) and spelled(node, names) in CLOCKS:
            yield f"{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCK.search(node.value):
            yield f"{node.lineno}: {node.value}"


def commits(file: File) -> Iterator[str]:
    """Open storage.transaction() and let it commit: no other place does, nor begins what commits by itself."""
    defines = any(isinstance(node, ast.FunctionDef) and node.name == "transaction" for node in ast.walk(file.tree))
    if file.room == "tests" or (file.room == "storage" and (defines or file.path == "storage/__init__.py")):
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            call = ast.unparse(node.func)
            if re.search(r"\.commit$|\b_?(engine|connection|conn|session)\.begin$", call):
                yield f"{node.lineno}: {call}()"


def lengths(file: File) -> Iterator[str]:
    """Find the second noun in it and give that a module or function of its own: 300 lines a module, 60 a function."""
    if (lines := len(file.text.splitlines())) > 300:
        yield f"{lines} lines"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > 60:
                yield f"{node.lineno}: {node.name} has {length} lines"


def docstrings(file: File) -> Iterator[str]:
    """Say in a docstring what it is: every public module, class and function of the rooms."""
    if file.room == "tests" or (file.path.rpartition("/")[2].startswith("_") and "__" not in file.path):
        return
    if ast.get_docstring(file.tree) is None:
        yield "1: the module"
    for node in file.tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            overload = any(ast.unparse(each).endswith("overload") for each in node.decorator_list)
            if not (node.name.startswith("_") or overload or ast.get_docstring(node)):
                yield f"{node.lineno}: {node.name}"


def nouns(file: File) -> Iterator[str]:
    """Find the noun: no folder or module is called utils, helpers, services, managers, common or misc."""
    for part in PurePosixPath(file.path).parts:
        if NO_NOUNS.fullmatch(part.partition(".")[0].strip("_")):
            yield part


def addresses(file: File) -> Iterator[str]:
    """Take out the address of a package registry, or the path of one machine: who clones this has others."""
    for number, line in enumerate(file.text.splitlines(), 1):
        if found := REGISTRY.search(line) or MACHINE.search(line):
            yield f"{number}: {found[0]}"


def locks(file: File) -> Iterator[str]:
    """Run `make lock`: every requirement has its version and hashes, and nothing says where it comes from."""
    for line in file.text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#") and not PINNED.fullmatch(line):
            yield line[:80]


def phrases(file: File, known: Set[str]) -> Iterator[str]:
    """Give the phrase its key in templates/words/da.toml and en.toml, or correct the key; mend a broken template."""
    try:
        wanted = list(said_in_template(file) if file.path.endswith(".j2") else said_in_module(file))
    except TemplateSyntaxError as error:
        yield f"{error.lineno}: {error.message}"
        return
    for line, key in wanted:
        if not (any(each.startswith(key) for each in known) if key.endswith(".") else key in known):
            yield f"{line}: {key}"


def differences(danish: Mapping[str, str], english: Mapping[str, str]) -> Iterator[str]:
    """Say it in both languages, with the same values in it: templates/words/da.toml and en.toml."""
    yield from (f"{key} is missing in da.toml" for key in english.keys() - danish.keys())
    yield from (f"{key} is missing in en.toml" for key in danish.keys() - english.keys())
    for key in danish.keys() & english.keys():
        if values(danish[key]) != values(english[key]):
            yield f"{key}: {sorted(values(danish[key]))} in Danish, {sorted(values(english[key]))} in English"


def strays(paths: Iterable[str]) -> Iterator[str]:
    """Add an empty __init__.py: every Python folder under tests/ is a package, or two test_agenda.py collide."""
    paths = set(paths)
    folders = {folder for path in paths if path.endswith(".py") for folder in PurePosixPath(path).parents}
    yield from (f"{each}" for each in folders if each.parts[:1] == ("tests",) and f"{each}/__init__.py" not in paths)


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def room_of(parts: list[str]) -> str:
    """The room of a path or of a dotted name; "" if it is in none."""
    if parts[:2] == DOOR.split("/"):
        return DOOR
    return parts[0] if parts[0] in ROOMS else ""


def imports(file: File) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a module imports, wherever in it."""
    yield from ((line, name) for line, name, _ in bindings(file))
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"importlib.import_module", "import_module"}:
            yield from ((node.lineno, key) for key in spoken(node.args[0]))


def bindings(file: File) -> Iterator[tuple[int, str, str]]:
    """(line, dotted name, name it has here) of every import."""
    package = file.path.split("/")[:-1]
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                top = each.name.partition(".")[0]
                yield node.lineno, each.name, each.asname or top
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = [*above, *filter(None, [node.module])]
            for each in node.names:
                yield node.lineno, ".".join([*start, each.name]), each.asname or each.name


def spelled(node: ast.expr, names: Mapping[str, str]) -> str:
    """The full dotted name of an expression, if it starts at an import."""
    match node:
        case ast.Name():
            return names.get(node.id, "")
        case ast.Attribute():
            return f"{spelled(node.value, names)}.{node.attr}"
        case _:
            return ""


def said_in_module(file: File) -> Iterator[tuple[int, str]]:
    """(line, key) of each phrase a module asks for: say("…"), plain("…"), Refusal("…")."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and node.args:
            call = ast.unparse(node.func).rpartition(".")[2]
            if call in {"say", "plain", "Refusal"}:
                under = "refusal." if call == "Refusal" else ""
                yield from ((node.lineno, under + key) for key in spoken(node.args[0]))


def spoken(key: ast.expr) -> list[str]:
    """The texts an expression can be; of a composed one its beginning, up to a dot."""
    match key:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return spoken(key.body) + spoken(key.orelse)
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if text.endswith("."):
            return [text]
        case _:
            return []


def said_in_template(file: File) -> Iterator[tuple[int, str]]:
    """(line, key) of each phrase a template asks for."""
    for call in Environment(extensions=["jinja2.ext.do"]).parse(file.text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"say", "plain"} and call.args:
            yield from ((call.lineno, key) for key in templated(call.args[0]))


def templated(key: nodes.Expr) -> list[str]:
    """The same for an expression of Jinja."""
    match key:
        case nodes.Const(value=str(text)):
            return [text]
        case nodes.CondExpr(expr1=yes, expr2=no):
            return templated(yes) + (templated(no) if no else [])
        case nodes.Concat(nodes=[nodes.Const(value=str(text)), *_]) if text.endswith("."):
            return [text]
        case _:
            return []


def values(phrase: str) -> set[str]:
    """The names in a phrase: {"number"} of "punkt {number}"."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
