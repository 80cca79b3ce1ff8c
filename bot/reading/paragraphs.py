"""Lines → paragraphs: what was wrapped is joined, what was listed keeps its label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.dates import MONTHS
from bot.reading import headings, recommendations, tables, verbs
from bot.reading.lines import BELOW, LONGEST, Line, wrap
from bot.reading.wraps import Vocabulary

Style = Literal["text", "bullet", "number", "letter", "heading", "row"]

_BULLET = re.compile(r"(?:[•·▪◦●○■♦➢§\uf0b7\uf0a7*+]|[-–—]|o(?=\s+\w))\s+(?:\[[ x]\]\s+)?(\S.*)$", re.DOTALL)
_NUMBER = re.compile(
    r"(?P<word>(?:Punkt|Pkt\.?|Ad\.?|Item)\s+)?(?P<number>1?\d{1,2}(?:\.[1-9]\d?){0,2})"
    r"(?P<mark>[.):]|\s*[–-](?=\s))?\s+(?P<text>\S.*)$",
    re.DOTALL,
)
_LETTER = re.compile(r"([a-h])[.)]\s+(?!eks\b|\d)(\S.*)$", re.DOTALL)
_ORDINAL = re.compile(rf"(?:{'|'.join(MONTHS['da'])}|kvartal|halvår|gang|behandling|udkast|del)\b")
_BEFORE_ORDINAL = re.compile(
    r"(?:\b(?:den|d\.|pr\.|afsnit|punkt|pkt\.|nr\.|kl\.|bilag|kapitel|side|til|fra))$", re.IGNORECASE
)
_BEFORE_NAME = re.compile(r"(?:\b(?:se|jf\.|og|i|af|til|fra|på|med|både|eller|samt|jævnfør)|[,(/-])$", re.IGNORECASE)
_LABEL = re.compile(r"[A-ZÆØÅ][^\W\d_]{2,20}(?: [^\W\d_]{2,12}){0,3}:\s")
_MARK_AT_END = re.compile(r"\((?:[ODB/?, ]{1,8}|\d+ min\.?)\)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, an entry of a list, or a row of a table.

    `label` is its number or letter ("6.1", "a"), `prefix` how that was printed ("6.1 ", "a) "), `text` the rest.
    `level` and `bold` are what Markdown said of it, `said` that it is text whatever it looks like.
    """

    text: str
    style: Style = "text"
    label: str = ""
    prefix: str = ""
    level: int = 0
    bold: bool = False
    gap: int = BELOW
    indent: int = 0
    cells: tuple[str, ...] = ()
    said: bool = False

    @property
    def raw(self) -> str:
        """The words as printed, number and all."""
        return self.prefix + self.text

    @property
    def marked(self) -> bool:
        """Whether Markdown says that it is a heading."""
        return self.level > 0 or self.bold


def paragraphs(found: tuple[Line, ...]) -> tuple[Paragraph, ...]:
    """Join the lines of a document into its paragraphs."""
    vocabulary = Vocabulary(line.text for line in found)
    rows = tables.rows(found)
    full = wrap(found)

    done: list[Paragraph] = []
    for place, line in enumerate(found):
        above = found[place - 1] if place else None
        if place in rows:
            done.append(Paragraph(line.text, "row", gap=line.gap, cells=line.cells))
        elif above is None or done[-1].style == "row" or _begins(done[-1], above, line, full):
            done.append(_paragraph(line, above, done[-1] if done else None))
        elif len(done[-1].text) > LONGEST:
            done.append(Paragraph(line.text))
        else:
            done[-1] = replace(done[-1], text=vocabulary.joined(done[-1].text, line.text))
    return tuple(done)


def _paragraph(line: Line, above: Line | None, before: Paragraph | None) -> Paragraph:
    text, style, label = _labelled(line, above, before) or (line.text, "text", "")
    prefix = "" if style == "bullet" else f"{line.mark} " if line.mark else line.text[: len(line.text) - len(text)]
    return Paragraph(text, style, label, prefix, line.level, line.bold, line.gap, line.indent, line.cells, line.said)


def _labelled(line: Line, above: Line | None, before: Paragraph | None) -> tuple[str, Style, str] | None:
    """What a line says behind its bullet, number or letter; None where it has none."""
    if line.said:
        return None
    if line.mark:
        return _marked(line)
    asking = before is not None and (headings.known(before.text) or recommendations.opens(before.text))
    rests = asking or above is None or above.finished or line.gap != BELOW or line.level > 0 or line.begins
    bullet = _BULLET.match(line.text)
    if bullet and (
        rests or line.text[0] not in "-–—" or (before is not None and before.style == "bullet") or line.indent
    ):
        return bullet[1], "bullet", ""

    number = _NUMBER.match(line.text)
    if number and _numbers(number, line, above, rests):
        return number["text"], "number", number["number"]

    letter = _LETTER.match(line.text)
    return (letter[2], "letter", letter[1]) if letter else None


def _marked(line: Line) -> tuple[str, Style, str]:
    """The same for a line whose format knows its mark."""
    label = line.mark.strip("().: ")
    if not label.isalnum() and not label[:1].isdigit():
        return line.text, "bullet", ""
    return line.text, "number" if label[0].isdigit() else "letter", label


def _numbers(found: re.Match[str], line: Line, above: Line | None, rests: bool) -> bool:
    """Whether a number at a line's start is a label: not "1. januar", not "18 læger", not "den / 3. maj" wrapped."""
    if found["word"] or line.level > 0:
        return True
    if _ORDINAL.match(found["text"]) and "." not in found["number"]:
        return False
    if above is not None and line.gap == BELOW and _BEFORE_ORDINAL.search(above.text[-12:]):
        return False
    opens = not found["text"][0].islower() and not found["text"][0].isdigit()
    return bool(found["mark"]) or (opens and (rests or "." in found["number"]))


def _begins(current: Paragraph, above: Line, line: Line, full: int) -> bool:
    """Whether a line begins a paragraph of its own instead of going on with the current one."""
    marked = current.marked or line.level > 0 or line.bold or line.cells
    if marked or line.begins or _announces_itself(current, above, line):
        return True
    if line.gap == BELOW:
        return _ended(current, above, line, full)
    return not (_goes_on(above, line) and len(above.text) >= full // 2)


def _announces_itself(current: Paragraph, above: Line, line: Line) -> bool:
    """Whether a line's own words begin something: a known heading, an appendix, a label, an entry of a list."""
    if headings.known(line.text) or (not current.label and headings.known(current.text)):
        return True
    if headings.appendix(line.text) and not _BEFORE_NAME.search(above.text[-12:]):
        return True
    if headings.lead_in(line.text) and (above.finished or line.gap != BELOW):
        return True
    return bool(_labelled(line, above, current) or (_LABEL.match(line.text) and _LABEL.match(current.raw)))


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a sentence, or a heading before its parenthesis, plainly runs on into a line."""
    return (line.lower and not above.finished) or line.text.startswith(("(", "v. ", "v/"))


def _open(above: Line) -> bool:
    """Whether a line breaks off in the middle of a word or of a row of words."""
    return above.text[-1] in "-\u00ad\u2010\ufffe,"


def _ended(current: Paragraph, above: Line, line: Line, full: int) -> bool:
    """Whether the line above was ended on purpose, and not wrapped into the one right below it."""
    listed = current.style in ("bullet", "number", "letter")
    # An item's heading is set in larger type and wraps earlier.
    limit = full * 4 // 5 if current.style == "number" else full
    short = not full or len(above.text) + 1 + len(line.text.split(" ", 1)[0]) < limit
    if _goes_on(above, line):
        return verbs.begins(line.text) and short and not _open(above)
    if _open(above) or (listed and line.indent >= 2 and line.indent > current.indent):
        return False
    if above.text.endswith(":"):
        return not listed and short
    if above.finished:
        return listed or short
    return short or bool(_MARK_AT_END.search(above.text))
