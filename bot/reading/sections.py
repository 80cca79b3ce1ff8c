"""The paragraphs of an item → its appendices, its sections, its recommendations, its decisions, its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.agenda import Appendix, Block, Recommendation, Section
from bot.decisions import Decision
from bot.reading import decisions, headings, paragraphs, recommendations, sentences, tables
from bot.reading.lines import LONGEST, lines
from bot.reading.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they stood, under the nearest heading above them."""

    heading: str
    rows: tuple[Paragraph, ...]


@dataclass(slots=True)
class Contents:
    """What an item holds, while it is gathered; `under` is the last sub-heading of the section we are in,
    `said` whether its last block is text whatever it looks like.
    """

    appendices: list[Appendix] = field(default_factory=list)
    sections: list[tuple[str, list[Block]]] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[Paragraph]]] = field(default_factory=list)
    level: int = 0
    under: str = ""
    asking: bool = False
    said: bool = False

    @property
    def heading(self) -> str:
        """The known name of the section we are in."""
        return headings.name(self.sections[-1][0]) if self.sections else ""

    def read_sections(self) -> tuple[Section, ...]:
        return tuple(Section(heading, tuple(blocks)) for heading, blocks in self.sections)

    def read_decisions(self) -> tuple[Decision, ...]:
        return decisions.read(self.decided, self.recommendations)

    def read_tables(self) -> tuple[Table, ...]:
        return tuple(Table(heading, tuple(rows)) for heading, rows in self.tables)


def read(paragraphs: Sequence[Paragraph]) -> Contents:
    """Sort an item's paragraphs into what they are; what is none of the rest is a block of its section."""
    contents = Contents()
    for place, paragraph in enumerate(paragraphs):
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        _sort(contents, paragraph, below)
    _take_last_words(contents)
    return contents


def plainly(text: str) -> bool:
    """Whether a paragraph is read as text wherever it stands: no heading, label, appendix, lead-in."""
    found = paragraphs.paragraphs(lines(text))
    structure = headings.known(text) or headings.appendix(text) or headings.lead_in(text) or recommendations.leads(text)
    one = len(found) == 1 and found[0].style == "text" and not found[0].marked
    return one and not structure and not text[:1].islower() and not text.startswith("(")


def _sort(contents: Contents, paragraph: Paragraph, below: Paragraph | None) -> None:
    appendix = headings.appendix(paragraph.raw)
    lead_in = headings.lead_in(paragraph.text) if paragraph.style == "text" else None
    contents.said = paragraph.said
    if paragraph.said:
        _add(contents, paragraph)
    elif paragraph.style == "row":
        _add_row(contents, paragraph)
    elif appendix and not (appendix[1].endswith(".") and len(appendix[1]) > 120):
        contents.appendices.append(Appendix(*appendix))
    elif headings.known(paragraph.raw):
        _open(contents, paragraph)
    elif lead_in:
        _open(contents, Paragraph(lead_in[0]))
        _sort(contents, Paragraph(lead_in[1]), below)
    elif paragraph.marked or paragraph.style == "heading" or _is_heading_by_its_words(contents, paragraph, below):
        _head(contents, paragraph)
    else:
        _add(contents, paragraph)


def _open(contents: Contents, paragraph: Paragraph) -> None:
    name = paragraph.raw.rstrip(":").rstrip()
    if headings.name(name) in headings.APPENDICES:
        return
    contents.sections.append((name, []))
    contents.under = ""
    contents.level = paragraph.level or contents.level
    contents.asking = headings.name(name) in headings.RECOMMENDATION


def _is_heading_by_its_words(contents: Contents, paragraph: Paragraph, below: Paragraph | None) -> bool:
    """Not within a recommendation, and not under a heading that Markdown marks: there the others are marked, too."""
    return not (contents.asking or contents.level) and _is_heading(paragraph, below)


def _is_heading(paragraph: Paragraph, below: Paragraph | None) -> bool:
    """A heading nobody foresaw: it is short, has no full stop, and heads something.

    One that ends in a colon leads into what follows and is text.
    """
    if paragraph.style != "text" or below is None or below.style not in ("text", "bullet", "row"):
        return False
    text = paragraph.text
    asks = text.endswith("?") and ", " in text
    one = len(sentences.split(text)) == 1 and not asks
    return one and headings.headlike(text) and not decisions.decides(text) and not recommendations.leads(text)


def _head(contents: Contents, paragraph: Paragraph) -> None:
    """Open a section where Markdown puts the heading beside the known ones or none is open yet, else a sub-heading."""
    beside = paragraph.level and (not contents.level or paragraph.level <= contents.level)
    if beside or not contents.sections:
        _open(contents, paragraph)
    else:
        contents.under = paragraph.raw.rstrip(":")
        _blocks(contents).append(Block("heading", contents.under))
        contents.asking = False


def _add(contents: Contents, paragraph: Paragraph) -> None:
    if headings.name(contents.heading) in headings.DECISION:
        contents.decided.append(paragraph.raw)
    elif contents.asking or (recommendations.leads(paragraph.text) and not paragraph.said):
        _ask(contents, paragraph)
    else:
        _blocks(contents).append(_block(paragraph))


def _ask(contents: Contents, paragraph: Paragraph) -> None:
    """Within a recommendation: its lead, then its bullets, then what was decided of them."""
    contents.asking = True
    asked = contents.recommendations
    if paragraph.style in ("bullet", "number", "letter"):
        _ask_listed(asked, paragraph)
    elif (asked and decisions.decides(paragraph.text)) or (contents.decided and paragraph.style == "text"):
        contents.decided.append(paragraph.raw)
    else:
        lead, told = recommendations.inline(paragraph.text)
        asked += told
        if lead:
            _blocks(contents).append(Block("text", lead))


def _ask_listed(asked: list[Recommendation], paragraph: Paragraph) -> None:
    """A bullet below one that ends in a colon belongs to it, unless it asks for something by itself."""
    one = recommendations.one(paragraph.text)
    above = asked[-1] if asked else None
    leads = above and len(above.text) < LONGEST and above.text.splitlines()[0].endswith(":")
    if above and leads and not recommendations.asks(paragraph.text):
        asked[-1] = Recommendation(f"{above.text}\n• {paragraph.text}", above.verb)
    else:
        asked.append(one)


def _add_row(contents: Contents, paragraph: Paragraph) -> None:
    begins = paragraph.gap if paragraph.cells else tables.is_head(paragraph.text)
    if begins or not contents.tables or contents.tables[-1][0] != contents.under:
        contents.tables.append((contents.under, []))
    contents.tables[-1][1].append(paragraph)


def _take_last_words(contents: Contents) -> None:
    """Minutes without a recommendation end in their decision: the last paragraph, where it says what the group did."""
    if contents.said or contents.decided or not contents.sections or contents.heading not in headings.MINUTES:
        return
    blocks = contents.sections[-1][1]
    if blocks and blocks[-1].style == "text" and decisions.decides(blocks[-1].text):
        contents.decided.append(blocks.pop().text)


def _blocks(contents: Contents) -> list[Block]:
    if not contents.sections:
        contents.sections.append(("", []))
    return contents.sections[-1][1]


def _block(paragraph: Paragraph) -> Block:
    """A bullet loses its mark and a number its figure; a letter is kept, as the text may speak of it."""
    if paragraph.style in ("bullet", "number"):
        return Block("bullet" if paragraph.style == "bullet" else "number", paragraph.text)
    return Block("text", paragraph.raw)
