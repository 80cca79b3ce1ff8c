"""Rows of a table: drawn with bars or tabs, or printed as a name with its amounts behind it."""

from __future__ import annotations

import re

from bot.reading.lines import FAR, Line

_COLUMN = (
    r"(?:Budget|Forbrug|Rest|Tilbage|Disponeret|Afvigelse|Prognose|Regnskab|Resultat|Saldo|Bevilling"
    r"|Spent|Left|Remaining)"
)
_COLUMNS = re.compile(rf"\b{_COLUMN}\w*")
_BEFORE_COLUMN = re.compile(rf"(?:^|\s+)(?={_COLUMN})")
_MOST, _WIDEST = 20, 40  # amounts in a row, and characters of one
_CELL = re.compile(
    r"\s*(?<![\w.,])([-\u2212\u2013]?\s?\d[\d.]*(?:,\d{1,2})?(?:\s*(?:mio\.|t\.)?\s*kr\.?)|[-\u2212\u2013])$"
)
_BARE = re.compile(r"\s*(?<![\w.,])([-\u2212\u2013]?(?:\d{1,3}(?:\.\d{3})+|0)(?:,\d{1,2})?|[-\u2212\u2013])$")


def rows(found: tuple[Line, ...]) -> frozenset[int]:
    """The places of the lines that are rows of a table, heads included."""
    drawn = {place for place, line in enumerate(found) if line.cells}
    printed: set[int] = set()
    for place, line in enumerate(found[:-1]):
        if is_head(line.text) and not line.cells and cells(found[place + 1].text):
            printed |= {place, *_below(found, place)}
    return frozenset(drawn | printed)


def is_head(text: str) -> bool:
    """Whether a line could be the head of a budget table: at least two of its columns are named."""
    return len(text) < 200 and not text.endswith(".") and len(_COLUMNS.findall(text)) > 1


def columns(text: str) -> tuple[str, ...]:
    """The heads of a printed table: "Projekt Budget 2025 (28/4) Forbrug 31/5" gives three; the first may be ""."""
    return tuple(part.strip() for part in _BEFORE_COLUMN.split(text))


def cells(text: str) -> tuple[str, ...]:
    """The name and the amounts of a printed row, () where it is none: "Klinik 1.000 kr. 0 kr." gives three cells."""
    if len(text) > 300:
        return ()

    pattern = _CELL if "kr" in text else _BARE
    amounts: list[str] = []
    while len(amounts) < _MOST and (found := pattern.search(text, max(0, len(text) - _WIDEST))):
        amounts.insert(0, found[1].strip())
        text = text[: found.start()].rstrip()
    return (text.strip(), *amounts) if amounts and text.strip() else ()


def _below(found: tuple[Line, ...], head: int) -> set[int]:
    """The rows below a head; a line without amounts right above one with them is a blank row or a wrapped name."""
    below: set[int] = set()
    for place in range(head + 1, len(found)):
        line = found[place]
        if line.gap == FAR or is_head(line.text) or (line.finished and not cells(line.text)):
            break
        if not cells(line.text) and not (place + 1 < len(found) and cells(found[place + 1].text)):
            break
        below.add(place)
    return below
