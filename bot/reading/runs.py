"""The runs of a paragraph of Word → its words, as they stand when every change is accepted and nothing hidden shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bot.reading.styles import Style, Styles
from bot.reading.wordml import W, child, chosen, is_on, name, value

# What is deleted or moved away, what only describes, and what stands elsewhere on the page.
LEFT_OUT = frozenset(
    ["del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rt"]
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_DRAWN = ("drawing", "pict", "object", "AlternateContent")
_SYMBOLS = ("F0B7", "F0A7")  # bullets that somebody typed
_TEXT = str.maketrans({"\n": " ", "\r": " ", "\u2011": "-"})


@dataclass(slots=True)
class Words:
    """The words of a paragraph, with "\\t" and "\\n" for its tabs and line breaks, and the text boxes fixed to it.

    `bold` is whether all of them are.
    """

    text: str = ""
    bold: bool = True
    boxes: list[Element] = field(default_factory=list)


def words(paragraph: Element, style: Style, styles: Styles) -> Words:
    """Read a paragraph. Fields are read as they show, apart from the page numbers of a table of contents."""
    reader = _Reader(styles, style)
    reader.visit(paragraph)
    return Words("".join(reader.texts), reader.bold, reader.boxes)


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, then what it shows."""

    instruction: str = ""
    shows: bool = False

    @property
    def silent(self) -> bool:
        return not self.shows or _names_a_page(self.instruction)


@dataclass(slots=True)
class _Reader:
    styles: Styles
    style: Style
    texts: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[Element] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)

    def visit(self, element: Element) -> None:
        for each in element:
            what = name(each)
            if what == "r":
                self._run(each)
            elif what == "AlternateContent":
                self._visit_chosen(each)
            elif not (what in LEFT_OUT or is_prompt(each) or _names_a_page(each.get(W + "instr", ""))):
                self.visit(each)

    def _visit_chosen(self, alternatives: Element) -> None:
        choice = chosen(alternatives)
        if choice is not None:
            self.visit(choice)

    def _run(self, run: Element) -> None:
        character = self.styles.by_id(value(run, "rPr", "rStyle"))
        hidden, bold = (self._is_on(run, character, switch) for switch in ("vanish", "b"))
        for each in run:
            what = name(each)
            if what == "fldChar":
                self._turn(each.get(W + "fldCharType", ""))
            elif what == "instrText" and self.fields and not self.fields[-1].shows:
                self.fields[-1].instruction += each.text or ""
            elif hidden or any(field.silent for field in self.fields):
                continue
            elif what in _DRAWN:
                self.boxes += boxes(each)
            elif what == "ruby":
                self.visit(each)
            else:
                self._say(_said(what, each), bold)

    def _say(self, text: str, bold: bool) -> None:
        self.texts.append(text)
        self.bold = self.bold and (bold or not text.strip())

    def _turn(self, kind: str) -> None:
        """Where a field begins, where its instruction gives way to what it shows, where it ends."""
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].shows = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _is_on(self, run: Element, character: Style, switch: str) -> bool:
        said = is_on(run, "rPr", switch)
        return said if said is not None else character.is_on(switch) or self.style.is_on(switch)


def is_prompt(control: Element) -> bool:
    """Whether a content control still shows what Word put there: "Click here to enter text"."""
    return name(control) == "sdt" and bool(is_on(control, "sdtPr", "showingPlcHdr"))


def boxes(drawn: Element) -> list[Element]:
    """The text boxes of a drawing; where it is drawn in several ways, those of the first."""
    if name(drawn) == "txbxContent":
        return [drawn]
    choice = chosen(drawn) if name(drawn) == "AlternateContent" else drawn
    return [box for each in (choice if choice is not None else ()) for box in boxes(each)]


def is_deleted(paragraph: Element) -> bool:
    """Whether a paragraph's end was deleted, so that its words run on into the next one."""
    return child(paragraph, "pPr", "rPr", "del") is not None or child(paragraph, "pPr", "rPr", "moveFrom") is not None


def _said(what: str, element: Element) -> str:
    if what == "t":
        return (element.text or "").translate(_TEXT)
    if what == "sym":
        return "•" if element.get(W + "char", "").upper() in _SYMBOLS else ""
    return _BREAKS.get(what, "")


def _names_a_page(instruction: str) -> bool:
    return instruction.split()[:1] == ["PAGEREF"]
