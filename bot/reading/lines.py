"""Text → lines: blank lines weighed, page noise and marks of Markdown taken off, the words untouched."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.reading import sentences, verbs

# How a line stands to the one before it: right below, past one empty line, or past a wider gap.
BELOW, APART, FAR = 0, 1, 2
_NARROWEST = 40
# The reader weighs every line against others; no agenda comes near this.
MOST, LONGEST = 20_000, 50_000

_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_NOISE = re.compile(
    r"(?:(?:side|page)\s+\d{1,3}(?:\s*(?:af|of|/)\s*\d{1,3})?|[-–]\s*\d{1,3}\s*[-–]|\d{1,3}\s*/\s*\d{1,3}|\d{1,3})$",
    re.I,
)
_RULE = re.compile(r"(?:[-*_=]\s?){3,}$|<!--.*-->$|```\w*$")
_LEVEL = re.compile(r"(#{1,6})\s+(\S.*)$")
_BOLD = re.compile(r"(?:\d[\d.)]*\s+)?(\*\*|__)(?=\S)(?:(?!\1).)+\1:?$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_REFERENCE = re.compile(r"&#(\d{1,6});(.*)$")  # a letter by its number: what begins so is words and no mark
_LETTERED = re.compile(r"[a-h][.)]\s")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document. `level` is its heading level in Markdown, `cells` those of a row drawn as a table.

    A format that knows its paragraphs and lists says so: `begins` where one surely begins, `mark` for the number,
    letter or bullet ("6.1", "a)", "•") that it prints before the words, `said` where it is text whatever it looks like.
    """

    text: str
    gap: int = BELOW
    level: int = 0
    bold: bool = False
    indent: int = 0
    cells: tuple[str, ...] = ()
    begins: bool = False
    mark: str = ""
    said: bool = False

    @property
    def finished(self) -> bool:
        """Whether a sentence ends with the line."""
        return sentences.ends(self.text)

    @property
    def lower(self) -> bool:
        """Whether it begins as a sentence goes on."""
        return self.text[:1].islower()


def lines(text: str) -> tuple[Line, ...]:
    """The lines that say something, each with the gap above it; empty lines that are mere layout don't count."""
    found: list[Line] = []
    blanks: list[str] = []
    paged = False
    for raw in _ENDS.split(text.translate(INVISIBLE)):
        stripped = raw.strip()
        if not stripped:
            blanks.append(raw)
        elif is_noise(stripped):
            paged = True
        else:
            line = _line(raw, _gap(blanks, paged))
            over_page = paged and found and line.lower and not found[-1].finished
            found.append(replace(line, gap=BELOW) if over_page else line)
            blanks, paged = [], False
    return without_layout(found)


def is_noise(text: str) -> bool:
    """Whether a line says nothing of its own: a page's number, a rule."""
    return bool(_NOISE.match(text) or _RULE.match(text))


def runs_on(above: Line, line: Line) -> bool:
    """Whether a sentence surely runs on from a line into the one right below it."""
    listed = line.begins or verbs.begins(line.text) or _LETTERED.match(line.text)
    return line.lower and not above.finished and line.gap == BELOW and not listed


def wrap(found: tuple[Line, ...]) -> int:
    """How long a line must grow with the next one's first word to have been wrapped, and not ended on purpose.

    Taken from the lines that were surely wrapped, as their sentence runs on in lower case; 0 where there are none.
    """
    grown = sorted(_grown(above, line) for above, line in pairwise(found) if runs_on(above, line))
    return max(_NARROWEST, grown[len(grown) // 10]) if grown else 0


def _grown(above: Line, line: Line) -> int:
    return len(above.text) + 1 + len(line.text.split(" ", 1)[0])


def _gap(blanks: list[str], paged: bool) -> int:
    if not blanks:
        return APART if paged else BELOW
    return FAR if len(blanks) > 1 or blanks[0] or paged else APART


def _line(raw: str, gap: int) -> Line:
    """Take the marks of Markdown off a line and remember what they said."""
    text = raw.strip()
    indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    said = _REFERENCE.match(text)
    if said:
        return Line(chr(int(said[1])) + _plain(f"x{said[2]}")[1:], gap, begins=True, said=True)
    if text.startswith("|") and text.count("|") > 1:
        cells = tuple(_plain(cell.strip()) for cell in text.strip("|").split("|"))
        return Line(" ".join(filter(None, cells)), gap, indent=indent, cells=cells)
    if text.count("\t") > 1:
        cells = tuple(" ".join(cell.split()) for cell in text.split("\t"))
        return Line(" ".join(filter(None, cells)), gap, indent=indent, cells=cells)

    heading = _LEVEL.match(text) if text.startswith("#") else None
    if heading:
        return Line(_plain(heading[2].rstrip("#")) or text, gap, level=len(heading[1]), indent=indent)
    bold = len(text) < 300 and bool(_BOLD.match(text))
    return Line(_plain(text) or text, gap, bold=bold, indent=indent)


def _plain(text: str) -> str:
    """A line's words: marks of bold and escapes off, every space a plain one; a soft hyphen stays only at the end."""
    text = " ".join(_ESCAPED.sub(r"\1", text.replace("**", "")).split())
    if text.startswith("__") and text.endswith("__"):
        text = text[2:-2]
    return text[:-1].replace("\u00ad", "") + text[-1:]


def without_layout(found: list[Line]) -> tuple[Line, ...]:
    """Where single empty lines part lines that belong together, they are layout and not paragraphs.

    A document is judged by the sentences that run on from a line to the next; within it, a stretch where most lines
    stand right below each other keeps its empty lines.
    """
    goes_on = [line.gap for above, line in pairwise(found) if runs_on(above, replace(line, gap=BELOW))]
    if goes_on.count(APART) < 2 or goes_on.count(APART) * 2 < goes_on.count(BELOW):
        return tuple(found)

    def is_layout(place: int) -> bool:
        around = found[max(0, place - 4) : place] + found[place + 1 : place + 5]
        return found[place].gap == APART and sum(line.gap == BELOW for line in around) * 2 < len(around)

    return tuple(replace(line, gap=BELOW) if is_layout(place) else line for place, line in enumerate(found))
