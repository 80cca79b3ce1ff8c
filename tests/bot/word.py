"""Word documents for tests, written as Word writes them: numbers, letters and bullets are automatic, in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from bot.reading import docx, package

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# The definitions of lists: the items', numbered by their headings' style; plain numbers with letters below; bullets.
ITEMS, NUMBERS, BULLETS = "1", "2", "3"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift3"><w:name w:val="heading 3"/><w:basedOn w:val="Overskrift2"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Opstilling-talellerbogst"><w:name w:val="List Number"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Opstilling-punkttegn"><w:name w:val="List Bullet"/>
  <w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Skjult"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def level(place: int, form: str, text: str, more: str = "") -> str:
    """A level of a list: `level(1, "decimal", "%1.%2")` prints 6.1."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(key: str, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def number(key: str, of: str, begins: dict[int, int] | None = None) -> str:
    """A list in the text; `begins` is what its levels begin again with."""
    overrides = (
        f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for place, start in (begins or {}).items()
    )
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


DEFINITIONS = (
    definition(
        ITEMS,
        level(0, "decimal", "%1.", '<w:pStyle w:val="Overskrift1"/>'),
        level(1, "decimal", "%1.%2"),
    ),
    definition(NUMBERS, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2.")),
    definition(BULLETS, level(0, "bullet", "\uf0b7"), level(1, "bullet", "o")),
)
_FIRST_NUMBERS = tuple(number(key, key) for key in (ITEMS, NUMBERS, BULLETS))


def packed(
    body: str,
    numbering: str = "".join((*DEFINITIONS, *_FIRST_NUMBERS)),
    styles: str = STYLES,
    others: dict[str, str | bytes] | None = None,
) -> bytes:
    """A docx with the inside of its three parts; `others` adds or replaces parts."""
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": _relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": _relations(styles="styles.xml", numbering="numbering.xml"),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {_NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMES}>{numbering}</w:numbering>",
    }
    return zipped(parts | (others or {}))


def zipped(parts: dict[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()


def _relations(**targets: str) -> str:
    inside = "".join(
        f'<Relationship Id="r{kind}" Type="{_RELATED}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def run(words: str, properties: str = "") -> str:
    """A run; a tab and a line break are what Word makes of them."""
    text = escape(words).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    text = text.replace("<w:t>", '<w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of words in which `**…**` is bold."""
    if not inside.startswith("<"):
        halves = enumerate(inside.split("**"))
        inside = "".join(run(words, "<w:b/>" if place % 2 else "") for place, words in halves if words)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inside}</w:p>"


def listed(key: str, place: int = 0) -> str:
    """The property of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{key}"/></w:numPr>'


def cell(inside: str, properties: str = "") -> str:
    """A cell of paragraphs, or of words."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else paragraph(inside)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith('<w:tc>') else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


@dataclass(slots=True)
class Document:
    """A document that is written from the top, with as many lists as its numbers need."""

    body: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=lambda: list(_FIRST_NUMBERS))
    counted: dict[str, tuple[str, list[int]]] = field(default_factory=dict)

    def write(self, words: str, style: str = "", properties: str = "") -> None:
        self.body.append(paragraph(words, style, properties))

    def count(self, words: str, label: str, of: str = NUMBERS, style: str = "") -> None:
        """A paragraph that Word numbers with a label: the list goes on where it can, else another begins."""
        wanted = [int(part) if part.isdigit() else ord(part) - ord("a") + 1 for part in label.split(".")]
        place = 1 if len(wanted) > 1 or not label[0].isdigit() else 0
        key, reached = self.counted.get(of, (of, [0, 0]))
        if place == 0 and wanted[0] != reached[0] + 1:
            key = self._begin(of, {0: wanted[0]})
        elif place == 1 and wanted[-1] != reached[1] + 1:
            key = self._begin(of, {1: wanted[-1]})
        self.counted[of] = (key, [wanted[0], 0] if place == 0 else [reached[0], wanted[-1]])
        by_style = style and key == of
        self.body.append(paragraph(words, style, "" if by_style else listed(key, place)))

    def begin_again(self) -> None:
        """Let the next plain number begin a list of its own."""
        self.counted.pop(NUMBERS, None)
        self.counted[NUMBERS] = (self._begin(NUMBERS, {0: 1}), [0, 0])

    def draw(self, *rows: tuple[str, ...]) -> None:
        self.body.append(table(*(row(*cells) for cells in rows)))

    def saved(self) -> bytes:
        return packed("".join(self.body), "".join((*DEFINITIONS, *self.numbers)))

    def _begin(self, of: str, begins: dict[int, int]) -> str:
        key = str(len(self.numbers) + 1)
        self.numbers.append(number(key, of, begins))
        return key


def told(data: bytes) -> list[str]:
    """The lines of a document with their marks, as the reader puts them."""
    return [f"{line.mark} {line.text}".strip() for line in docx.lines(package.opened(data))]


def from_markdown(text: str) -> bytes:
    """The same document as Markdown and as Word: headings by style, lists by Word's numbers, tables as tables."""
    written = Document()
    rows: list[tuple[str, ...]] = []
    for block in re.sub(r"\n +(?! |(?:-|\w\.) )", " ", text).split("\n\n"):
        loose = block if re.match(r"\s*(?:[-#|]|\d+\.|[a-z]\.)\s?", block) else " ".join(block.split("\n"))
        for line in filter(None, loose.split("\n")):
            if line.startswith("|"):
                cells = tuple(part.strip() for part in line.strip()[1:-1].split("|"))
                rows += [] if set("".join(cells)) <= set("-:") else [cells]
            else:
                _write(written, line, apart=line is loose.split("\n")[0])
        if rows:
            written.draw(*rows)
            rows = []
    return written.saved()


def _write(written: Document, line: str, *, apart: bool) -> None:
    heading = re.match(r"(#+) (?:(\d+)\. )?(.*)", line)
    entry = re.match(r"( *)(?:(-)|(\w+)\.) (.*)", line)
    if heading and heading[2]:
        written.count(heading[3], heading[2], ITEMS, "Overskrift1")
    elif heading:
        style = ("Titel", "Overskrift1", "Overskrift2", "Overskrift3")[len(heading[1]) - 1]
        written.write(heading[3], style, listed("0") if style == "Overskrift1" else "")
    elif entry and entry[2]:
        nested = len(entry[1]) // 2
        written.write(entry[4], "" if nested else "Opstilling-punkttegn", listed(BULLETS, nested) if nested else "")
    elif entry:
        if apart and entry[3] == "1" and NUMBERS in written.counted:
            written.begin_again()
        written.count(entry[4], entry[3], NUMBERS, "" if entry[1] else "Opstilling-talellerbogst")
    else:
        written.write(line)
