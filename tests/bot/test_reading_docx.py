"""The reader's door for Word: the same agenda as Markdown and as docx, and whatever else is called docx."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import docx, package, tables, text, titles
from bot.reading.lines import lines
from bot.reading.paragraphs import paragraphs
from bot.refusals import Refusal
from tests.bot.read_by import items
from tests.bot.word import ITEMS, MAIN, NUMBERS, Document, from_markdown, packed, paragraph, row, run, table, zipped
from tests.truth import SEEDS, differences, found_in, need_the_documents

DEMO = (Path(__file__).parents[1] / "slack" / "dagsorden-juni-2025.md").read_text("utf-8")
JUNE = from_markdown(DEMO)
SMALL = packed(paragraph("1. Budget (B)") + paragraph("Resumé") + paragraph("Kort.") + paragraph("2. Eventuelt"))


def test_the_june_agenda_says_in_word_what_it_says_in_markdown() -> None:
    # The format holds all of it: numbers, letters, nested bullets, headings, the budget with its blank cells.
    assert docx.read(JUNE, "juni.docx") == text.read(DEMO, "juni.md")


def test_none_of_its_numbers_stand_in_the_text() -> None:
    headings = [line for line in docx.lines(package.opened(JUNE)) if line.level == 2]
    assert [line.mark for line in headings] == ["", "1.", "2.", "3.", "5.", "6."]
    assert not any(line.text[0].isdigit() for line in headings)


def test_the_june_agenda_is_read_at_once() -> None:
    docx.read(SMALL)
    started = time.thread_time()
    docx.read(JUNE)
    assert time.thread_time() - started < 0.2


def test_nobody_pays_for_word_who_reads_text() -> None:
    told = "import sys, bot.reading.text; print(sorted({'docx', 'lxml', 'zipfile', 'xml.etree'} & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == "[]"


def by_numbers(seed: str) -> bytes:
    """Paragraph by paragraph, each number, letter and bullet Word's own, and the budget a table."""
    heads = {(found.number, found.title) for found in text.read(seed).agenda.walk()}
    written, rows = Document(), list[tuple[str, ...]]()
    for found in paragraphs(lines(seed)):
        if found.style == "row":
            cells = tables.cells(found.text) or tables.columns(found.text)
            rows.append((*cells, *[""] * (4 - len(cells))))
            continue
        if rows:
            written.draw(*rows)
            rows = []
        if found.style == "bullet":
            written.write(found.text, "Opstilling-punkttegn")
        elif found.label:
            heads_item = (found.label, titles.read(found.text).title) in heads
            written.count(found.text, found.label, ITEMS if heads_item else NUMBERS)
        else:
            written.write(found.raw)
    return written.saved()


def in_a_frame(seed: str) -> bytes:
    """The same within a table that only holds it."""
    return _changed(by_numbers(seed), lambda body: table(row(f"<w:tc><w:tcPr/>{body}</w:tc>")))


def with_changes(seed: str) -> bytes:
    """The same with every word a run of its own, kept or deleted as somebody revised it."""
    chance = random.Random(1)

    def revised(found: re.Match[str]) -> str:
        words = re.sub(r"<[^>]+>", "", found[0]).split(" ")
        kept = (run(word + " " * (place + 1 < len(words))) for place, word in enumerate(words))
        return "".join(
            chance.choice((f"<w:ins>{each}</w:ins>", f"<w:del>{run('slettet')}</w:del>{each}", f"<w:proofErr/>{each}"))
            for each in kept
        )

    return _changed(by_numbers(seed), lambda body: re.sub(r"<w:r>.*?</w:r>", revised, body))


def line_by_line(seed: str) -> bytes:
    """As it comes out of a pdf: a paragraph for every line on the page."""
    return packed("".join(paragraph(run(line)) for line in seed.split("\n")))


def in_one_paragraph(seed: str) -> bytes:
    """As it comes out of a mail: line breaks and no paragraphs."""
    return packed(paragraph(run(seed)))


def _changed(data: bytes, change: Callable[[str], str]) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name).decode() for name in archive.namelist()}
    begin, inside, end = re.split(r"(?<=<w:body>)|(?=<w:sectPr/>)", str(parts["word/document.xml"]))
    return zipped(parts | {"word/document.xml": begin + change(inside) + end})


@pytest.mark.seeds
@pytest.mark.parametrize("way", [by_numbers, in_a_frame, with_changes, line_by_line, in_one_paragraph])
@pytest.mark.parametrize("seed", ["000", "001"])
def test_both_real_documents_as_word_are_read_right(seed: str, way: Callable[[str], bytes]) -> None:
    need_the_documents()
    truth = found_in(seed)
    source = text.decode((SEEDS / truth["source"]).read_bytes())
    assert differences(truth, docx.read(way(source))) == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"Dagsorden\n\n1. Budget (B)\n", "no_docx", id="a text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_word", id="doc"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="a password"
        ),
        pytest.param(zipped({"a.txt": "1. Budget (B)"}), "no_docx", id="a zip"),
        pytest.param(
            packed("", others={"word/document.xml": f'<w:workbook xmlns:w="{MAIN}"/>'}), "no_docx", id="a workbook"
        ),
        pytest.param(JUNE[:-200], "broken", id="cut off"),
        pytest.param(JUNE[:1000] + bytes(200) + JUNE[1200:], "broken", id="damaged"),
        pytest.param(packed("<w:p>"), "broken", id="not well formed"),
        pytest.param(packed("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "broken", id="nested without end"),
        pytest.param(packed("<w:tbl><w:tr><w:tc>" * 50 + "</w:tc></w:tr></w:tbl>" * 50), "broken", id="nested tables"),
        pytest.param(packed(""), "empty", id="no words"),
        pytest.param(packed(paragraph("Kære alle") + paragraph("Tak for sidst.")), "no_items", id="a letter"),
    ],
)
def test_what_is_no_agenda_in_word_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_an_entity_is_neither_grown_nor_fetched() -> None:
    for entity in ('<!ENTITY a "1. Budget (B)">', '<!ENTITY a SYSTEM "file:///etc/hostname">'):
        document = f'<!DOCTYPE w [{entity}]><w:document xmlns:w="{MAIN}"><w:body><w:p>&a;</w:p></w:body></w:document>'
        for encoding in ("utf-8", "utf-16"):
            assert refused(packed("", others={"word/document.xml": document.encode(encoding)})) == "broken"


@pytest.mark.parametrize(
    "others",
    [
        pytest.param({"word/media/a.bin": bytes(31_000_000)}, id="one large part"),
        pytest.param({f"word/media/{place}.bin": bytes(9_000_000) for place in range(7)}, id="many together"),
        pytest.param({f"word/media/{place}.bin": b"" for place in range(2000)}, id="too many"),
        pytest.param({"word/media/a.bin": bytes(2_000_000)}, id="too dense"),
        pytest.param({"word/document.xml": "<a/>" * 300_000 + "<b/>" * 800_000}, id="too many elements"),
    ],
)
def test_a_zip_bomb_is_refused_before_it_goes_off(others: dict[str, str | bytes]) -> None:
    data = packed(paragraph("1. Budget (B)"), others=others)
    started = time.thread_time()
    assert refused(data) == "too_large_unpacked"
    assert time.thread_time() - started < 0.5


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(table(*["<w:tr/>"] * 50_000, f"<w:tr>{'<w:tc/>' * 50_000}</w:tr>"), id="a wide and long table"),
        pytest.param(table(*[row("1.", "Emne (B)", "Budget")] * 2000), id="a long agenda in a table"),
        pytest.param(paragraph(run("1. Emne (B) " * 20_000)), id="a long line"),
        pytest.param("<w:p/>" * 200_000, id="blank paragraphs"),
        pytest.param(paragraph("1. Emne (B)") * 30_000, id="more paragraphs than anybody reads"),
    ],
)
def test_a_document_without_sense_takes_no_long_time(body: str) -> None:
    data = packed(body)
    started = time.thread_time()
    read_or_refused(data)
    assert time.thread_time() - started < 6


def test_macros_strict_xml_and_other_names_of_parts_do_not_matter() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("1. Budget (B)")}</w:body></w:document>'
    with ZipFile(BytesIO(JUNE)) as archive:
        relations = archive.read("_rels/.rels").decode().replace("word/document.xml", "/word/document2.xml")
    others: dict[str, str | bytes] = {
        "word/vbaProject.bin": b"macros",
        "word/document2.xml": document.encode("utf-16"),
        "_rels/.rels": relations,
    }
    assert items(docx.read(packed("", others=others))) == [("1", "Budget")]


PIECES = st.sampled_from(
    [
        *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>"),
        *("<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>", "<w:tab/>", "<w:br/>", "&#173;", "\n", "<w:txbxContent/>"),
        *('<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>', paragraph("1. Budget (B)")),
        *('<w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr>', '<w:tcPr><w:gridSpan w:val="9"/></w:tcPr>', "Eventuelt"),
        *('<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "<w:tcPr><w:vMerge/></w:tcPr>"),
        *("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", table(row("Projekt", "Budget 2025"), row("Drift", "1.000 kr."))),
        *(table(row("1.", "Emne", "O")), '<w:lvl w:ilvl="x"/>', '<w:start w:val="-1"/>', '<w:outlineLvl w:val="99"/>'),
    ]
)
INSIDE = st.lists(PIECES, max_size=25).map("".join)


@given(INSIDE, INSIDE, INSIDE)
def test_any_xml_at_all_is_read_or_refused(body: str, numbering: str, styles: str) -> None:
    read_or_refused(packed(body, numbering, styles))


@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8), st.integers(0, 300))
def test_any_damage_at_all_is_read_or_refused(hits: list[tuple[int, int]], lost: int) -> None:
    data = bytearray(SMALL)
    for place, value in hits:
        data[place] = value
    read_or_refused(bytes(data[: len(data) - lost]))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(data: bytes) -> None:
    for begin in (b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        read_or_refused(begin + data)


def read_or_refused(data: bytes) -> None:
    try:
        reading = docx.read(data, "x.docx")
    except Refusal as refusal:
        assert (refusal.key, refusal.values["file"]) == ("not_an_agenda", "x.docx")
    else:
        assert reading.agenda.items


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        docx.read(data, "fil.docx")
    assert (refusal.value.key, refusal.value.values["file"]) == ("not_an_agenda", "fil.docx")
    return str(refusal.value.values["reason"])
