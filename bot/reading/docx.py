"""The door of the reader for Word: a docx in, a `Reading` out, or a refusal that says why it can't be read.

What Word only shows is put into words first: automatic numbers are counted, tables drawn, changes accepted. Headers,
footers, notes, comments and hidden text are left out. From there on it is read as a text is, but for one thing: Word
knows where a paragraph begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from bot.reading import Reading, decisions, grids, headings, package, styles, text, verbs
from bot.reading.grids import MOST_COLUMNS, Cell, Row
from bot.reading.lines import APART, BELOW, FAR, INVISIBLE, Line, is_noise, runs_on, without_layout
from bot.reading.numbering import BULLET, Definition, Numbering
from bot.reading.package import Package, refused
from bot.reading.runs import LEFT_OUT, is_deleted, is_prompt, words
from bot.reading.styles import Styles
from bot.reading.wordml import child, chosen, figure, is_on, name, value

_FIGURES = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
# Where these parts are if nothing says where.
_DOCUMENT, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_DEEPEST = 40
_ENTRY = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-h][.)]|[•*–-])\s")


def read(data: bytes, name: str = "") -> Reading:
    """Read an agenda or minutes from the bytes of a docx; `name` is the file's, for the refusal `not_an_agenda`.

    Reasons, besides "empty" and "no_items": "old_word" (a .doc), "encrypted" (it has a password), "no_docx" (a zip of
    something else, or no zip), "broken", "too_large_unpacked" (a zip bomb, or more than any agenda holds).
    """
    opened = package.opened(data, name)
    try:
        found = lines(opened)
    except RecursionError as error:
        raise refused(name, "broken") from error
    return text.read_lines(found, name)


def lines(opened: Package) -> tuple[Line, ...]:
    """The lines of a document, each with its mark and its place in the paragraphs; refused where there is none."""
    path = opened.related("officeDocument") or _DOCUMENT
    body = child(opened.tree(path), "body")
    if body is None:
        raise refused(opened.name, "no_docx")
    known = Styles(opened.tree(opened.related("styles", path) or _STYLES))
    numbering = Numbering(opened.tree(opened.related("numbering", path) or _NUMBERING), known)
    return _laid_out(_titled(list(_Reader(known, numbering).lines(body))))


@dataclass(slots=True)
class _Reader:
    """Goes through the paragraphs and tables in order; a blank paragraph is a line without words.

    `carried` are words whose paragraph's end was deleted, `within` the list that the last paragraph stood in.
    """

    styles: Styles
    numbering: Numbering
    carried: list[str] = field(default_factory=list)
    within: Definition | None = None
    depth: int = 0

    def lines(self, container: Element) -> Iterator[Line]:
        """The lines of the body, of a cell, or of a text box."""
        if self.depth > _DEEPEST:
            raise RecursionError
        outside, self.carried, self.depth = self.carried, [], self.depth + 1
        for element in _unwrapped(container):
            if name(element) == "tbl":
                yield from self._rest()
                yield Line("")
                yield from grids.lines(list(self._rows(element)))
                yield Line("")
            else:
                yield from self._paragraph(element)
        yield from self._rest()
        self.carried, self.depth = outside, self.depth - 1

    def _rest(self) -> Iterator[Line]:
        """Words that no paragraph is left for."""
        yield from _lines("".join(self.carried), Line("", APART, begins=True), "") if self.carried else ()
        self.carried, self.within = [], None

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        style = self.styles.of(paragraph)
        said = words(paragraph, style, self.styles)
        self.carried.append(said.text)
        if not is_deleted(paragraph):
            spoken, self.carried = "".join(self.carried), []
            hidden = is_on(paragraph, "pPr", "rPr", "vanish") and not spoken.strip()
            counted = None if hidden else self.numbering.next(paragraph, style)
            mark, listed = counted or ("", None)
            gap = BELOW if listed and listed is self.within else APART
            self.within = listed
            level = styles.level(paragraph, style) if len(spoken) < 300 else 0
            yield from _lines(spoken, Line("", gap, level, said.bold, begins=True), mark)
        for box in said.boxes:
            yield from self.lines(box)

    def _rows(self, table: Element) -> Iterator[Row]:
        for row in _unwrapped(table, "tr"):
            if child(row, "trPr", "del") is None:
                yield tuple(self._cells(row))

    def _cells(self, row: Element) -> Iterator[Cell]:
        yield from [Cell()] * min(figure(row, "trPr", "gridBefore") or 0, MOST_COLUMNS)
        for cell in _unwrapped(row, "tc"):
            found = [line for line in self.lines(cell) if line.text or line.mark]
            if len(found) > 1:
                found = [line for line in found if line.text]
            merged = child(cell, "tcPr", "vMerge")
            goes_on = merged is not None and value(merged) != "restart"
            if child(cell, "tcPr", "cellDel") is None:
                yield Cell(tuple(found), min(figure(cell, "tcPr", "gridSpan") or 1, MOST_COLUMNS), goes_on)


def _unwrapped(container: Element, *wanted: str) -> Iterator[Element]:
    """Paragraphs and tables, or rows, or cells, out of what is wrapped around them: content controls, insertions."""
    for element in container:
        what = name(element)
        if what in (wanted or ("p", "tbl")):
            yield element
        elif what == "AlternateContent":
            choice = chosen(element)
            yield from _unwrapped(choice, *wanted) if choice is not None else ()
        elif what not in LEFT_OUT and not is_prompt(element):
            yield from _unwrapped(element, *wanted)


def _lines(spoken: str, first: Line, mark: str) -> Iterator[Line]:
    """The lines of a paragraph: one, or more where it has breaks; a line with tabs between its words is a row."""
    told = _broken(spoken)
    if not told:
        yield replace(first, mark=mark)
        return

    begins = told[0]
    if mark and mark != BULLET and not _is_label(mark):
        begins, mark = replace(begins, text=f"{mark} {begins.text}"), ""
    # "2.1 Baggrund" is a section of item 2 and none of its items.
    if headings.known(begins.text) and "." in mark.strip(".") and first.level:
        mark = ""
    cells = begins.cells if not mark and first.level == 0 else ()
    bold = first.bold and not (mark or first.level) and _is_heading(begins.text)
    yield replace(first, text=begins.text, cells=cells, bold=bold, mark=mark)
    yield from told[1:]


def _broken(spoken: str) -> list[Line]:
    """What stands between the line breaks of a paragraph; two of them leave a line empty."""
    found: list[Line] = []
    blanks = 0
    for part in spoken.split("\n"):
        line = _line(part)
        if line.text:
            found.append(replace(line, gap=(BELOW, APART, FAR)[min(blanks, 2)]))
        blanks = 0 if line.text else blanks + 1
    return found


def _line(part: str) -> Line:
    """A line's words with single spaces; a soft hyphen stays only at its end."""
    part = part.translate(INVISIBLE).strip()
    said = " ".join(part.split())
    said = said[:-1].replace("\u00ad", "") + said[-1:]
    if part.count("\t") < 2 or part.split("\t")[0].rstrip().endswith(":"):
        return Line(said)
    return Line(said, cells=tuple(" ".join(cell.split()) for cell in part.split("\t")))


def _is_label(mark: str) -> bool:
    """Whether an automatic number could be an item's or an entry's: "6.1", "(a)", "iv."; not "Bilag 2:", "2025."."""
    bare = mark.strip("().:")
    return bool(_FIGURES.fullmatch(bare)) or (bare.isalpha() and len(bare) < 8 and bare != mark)


def _is_heading(bold: str) -> bool:
    """Whether words in bold are a heading; a bold decision or recommendation is none."""
    bare = bold.rstrip(":")
    listed = bare[:1].isdigit() or verbs.begins(bare) or decisions.decides(bare)
    return headings.headlike(bare) and len(bare) < 120 and not listed


def _titled(found: list[Line]) -> list[Line]:
    """Where nothing is styled as the title, it is the first heading, unless that has a number."""
    first = next((place for place, line in enumerate(found) if line.level and line.text), None)
    if first is None or found[first].level != 2 or found[first].mark or found[first].text[0].isdigit():
        return found
    return [*found[:first], replace(found[first], level=1), *found[first + 1 :]]


def _laid_out(found: Sequence[Line]) -> tuple[Line, ...]:
    """Each line that says something, with the gap above it; lines wrapped by hand may be joined as in a text."""
    kept: list[Line] = []
    blanks, paged = 0, False
    wrapped = _is_wrapped([line for line in found if line.text])
    for line in found:
        noise = not line.mark and not line.cells and is_noise(line.text)
        if not line.text or noise:
            blanks += 1
            paged = paged or noise
            continue
        if not line.begins:
            kept.append(line)
        elif paged and kept and runs_on(kept[-1], replace(line, gap=BELOW, begins=False)):
            kept.append(replace(line, gap=BELOW, begins=False))
        else:
            loose = wrapped and not (line.mark or line.level or line.cells)
            gap = (BELOW, APART, FAR)[min(blanks, 2)] if blanks or wrapped or _goes_with(kept, line) else line.gap
            kept.append(replace(line, gap=gap, begins=not loose))
        blanks, paged = 0, False
    return without_layout(kept) if wrapped else tuple(kept)


def _goes_with(kept: Sequence[Line], line: Line) -> bool:
    """Whether a line is the next row of a table or entry of a list that somebody typed."""
    if not kept or line.mark or kept[-1].mark:
        return False
    return bool((kept[-1].cells and line.cells) or (_ENTRY.match(kept[-1].text) and _ENTRY.match(line.text)))


def _is_wrapped(found: Sequence[Line]) -> bool:
    """Whether the lines of a page were pasted as a paragraph each: many sentences run on from one into the next."""
    loose = [replace(line, gap=BELOW, begins=line.begins and bool(line.mark or line.level)) for line in found]
    running = sum(runs_on(above, line) for above, line in pairwise(loose) if len(above.text) >= 40 and not above.cells)
    return running > 2 and running * 6 > len(found)
