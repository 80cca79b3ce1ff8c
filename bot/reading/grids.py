"""The tables of a Word document → lines: a budget stays a table, an agenda drawn as one is numbered, the rest read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import money
from bot.reading import budget, headings, titles
from bot.reading.lines import APART, BELOW, Line

_NUMBER = re.compile(r"(?:(?:Punkt|Pkt\.?|Item)\s+)?\d{1,2}(?:\.\d{1,2})*[.):]?$", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:nr|no|punkt|pkt|item|dagsordenspunkt|#)?[.:]?$", re.IGNORECASE)
_MINUTES = re.compile(r"min|tid|varighed|time|duration", re.IGNORECASE)
_PRESENTERS = re.compile(r"oplæg|ansvarlig|indleder|præsent|ved\b|v[./]|present|speaker|owner", re.IGNORECASE)
_BY = re.compile(r"(?:v\.|v/|ved\b)", re.IGNORECASE)
_WHEN_OR_WHERE = re.compile(
    r"\b(?:dato|tid|tidspunkt|sted|mødested|lokale|date|time|place|location|venue)\b", re.IGNORECASE
)
_LONGEST_LABEL, _LONGEST_PART = 40, 200
MOST_COLUMNS = 63  # as in Word


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its lines, blank ones left out. `span` is how many columns it takes.

    One that goes on from the row above holds nothing of its own.
    """

    lines: tuple[Line, ...] = ()
    span: int = 1
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its words on one line, with the mark of an automatic number."""
        return " ".join(f"{line.mark} {line.text}".strip() for line in self.lines)

    @property
    def plain(self) -> bool:
        """Whether it holds one line or none, and no list."""
        return len(self.lines) < 2 and not any(line.mark for line in self.lines)


Row = tuple[Cell, ...]


def lines(rows: Sequence[Row]) -> Iterator[Line]:
    """The lines of a table, in the order read."""
    filled = [row for row in _unmerged(rows) if any(cell.lines for cell in row)]
    head = _budget_head(filled)
    if head is not None:
        yield from _read_across(filled[:head])
        yield from _drawn(filled[head:])
    else:
        yield from _read_across(filled)


def _unmerged(rows: Sequence[Row]) -> list[Row]:
    """Rows of single cells, all of one length."""
    widest = min(max((sum(cell.span for cell in row) for row in rows), default=0), MOST_COLUMNS)
    found: list[Row] = []
    for row in rows:
        cells = [part for cell in row for part in (replace(cell, span=1), *[Cell()] * (cell.span - 1))]
        found.append((*cells, *[Cell()] * (widest - len(cells))))
    return found


def _budget_head(rows: Sequence[Row]) -> int | None:
    """Which row is the head of a budget, None where the table is none: amounts stand below it."""
    for place, row in enumerate(rows):
        if budget.is_head([cell.text for cell in row]):
            amounts = any(money.parse(cell.text) for below in rows[place + 1 :] for cell in below[1:] if cell.plain)
            return place if amounts else None
    return None


def _drawn(rows: Sequence[Row]) -> Iterator[Line]:
    """The rows of a budget, cell by cell; a first column that only counts the rows is left out.

    A name that was merged downwards is every row's.
    """
    counts = all(_NUMBER.match(row[0].text) or not row[0].text for row in rows[1:])
    begin = 1 if counts and _NUMBERS.match(rows[0][0].text) and len(rows[0]) > 2 else 0
    name = ""
    for place, row in enumerate(rows):
        name = name if row[begin].goes_on else row[begin].text
        cells = (name, *(cell.text for cell in row[begin + 1 :]))
        yield Line(" ".join(filter(None, cells)), BELOW if place else APART, begins=True, cells=cells)


def _read_across(rows: Sequence[Row]) -> Iterator[Line]:
    """Rows read as text, from left to right and line by line, or as the items or values that they plainly are."""
    heads: list[str] = []
    squared = _is_squared(rows)
    for place, row in enumerate(rows):
        numbered = _is_numbered(row)
        if not numbered and place + 1 < len(rows) and _heads_items(row, rows[place + 1]):
            heads = [cell.text for cell in row]
        elif numbered:
            yield from _item(row, heads)
        elif squared:
            yield Line(" | ".join(cell.text for cell in row if cell.text), APART, begins=True)
        elif (named := _named(row)) is not None:
            yield named
        else:
            yield from (line for cell in row for line in cell.lines)


def _is_squared(rows: Sequence[Row]) -> bool:
    """Whether the rows belong together across: three columns or more of short values."""
    short = all(cell.plain and len(cell.text) < _LONGEST_PART for row in rows for cell in row)
    headed = any(headings.known(cell.text) for row in rows for cell in row)
    return short and not headed and len(rows) > 1 and any(sum(bool(cell.lines) for cell in row) > 2 for row in rows)


def _number(cell: Cell) -> str:
    """The number that a cell holds and nothing else, typed or counted by Word; "" where it holds more or other."""
    if len(cell.lines) != 1:
        return ""
    line = cell.lines[0]
    if line.mark:
        return line.mark if _NUMBER.match(line.mark) and not line.text else ""
    return re.sub(r"^\D+", "", line.text) if _NUMBER.match(line.text) else ""


def _is_numbered(row: Row) -> bool:
    titled = next((cell for cell in row[1:] if cell.lines), None)
    return bool(_number(row[0])) and titled is not None and headings.headlike(titled.lines[0].text)


def _heads_items(row: Row, below: Row) -> bool:
    """Whether a row only names the columns of numbered rows: "Punkt | Emne | Tid"."""
    named = len(row) > 2 and all(cell.plain for cell in row) and sum(bool(cell.text) for cell in row) > 1
    return named and bool(_NUMBERS.match(row[0].text)) and _is_numbered(below)


def _item(row: Row, heads: Sequence[str]) -> Iterator[Line]:
    """A numbered row as the heading it stands for, "2. Budget (O) (10 min.) v. Bo, KL", and below it what is left."""
    first, *rest = [(place, cell) for place, cell in enumerate(row) if place and cell.lines]
    said: list[str] = []
    left: list[Line] = list(first[1].lines[1:])
    for place, cell in rest:
        head = heads[place] if place < len(heads) else ""
        part = _part(cell.text, head) if cell.plain else ""
        said += [part] if part else []
        left += [] if part else cell.lines
    said.sort(key=lambda part: not part.startswith("("))
    title = first[1].lines[0]
    yield replace(title, text=" ".join([title.text, *said]), mark=_number(row[0]), begins=True)
    yield from left


def _part(text: str, head: str) -> str:
    """What a cell says of its item, as a heading says it: "(O)", "(10 min.)", "v. Bo, KL"; "" where it's none."""
    bare = text.strip("() ")
    if bare.isdigit() and len(bare) < 4 and _MINUTES.search(head):
        return f"({bare} min.)"
    said = titles.read(f"x ({bare})")
    if said.kinds or said.duration is not None:
        return f"({bare})"
    if _BY.match(text):
        return text
    return f"v. {text}" if _PRESENTERS.search(head) else ""


def _named(row: Row) -> Line | None:
    """A row of a name and its value as one line, "Sted: Rådhuset, lokale 2"; None where it's more or other."""
    cells = [cell for cell in row if cell.lines]
    if len(cells) != 2 or cells[0] is not row[0] or not cells[0].plain:
        return None
    label, told = cells[0].text.rstrip(": "), cells[1].lines
    one = len(told) == 1 or (len(told) < 5 and _WHEN_OR_WHERE.search(label))
    if not one or len(label) > _LONGEST_LABEL or headings.known(label) or any(line.mark or line.cells for line in told):
        return None
    return Line(f"{label}: {', '.join(line.text for line in told)}", cells[0].lines[0].gap, begins=True)
