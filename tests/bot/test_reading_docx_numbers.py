"""Word's automatic numbers: they stand in no text, and are counted here as Word counts them."""

from __future__ import annotations

import pytest

from bot.reading import docx
from tests.bot.read_by import item, items
from tests.bot.word import STYLES, definition, level, listed, number, packed, paragraph, told


def counted(numbering: str, *places: tuple[str, int], styles: str = "") -> list[str]:
    """What Word prints before paragraphs that each stand in a list on a level."""
    body = "".join(paragraph("x", properties=listed(key, place)) for key, place in places)
    return [line.removesuffix(" x") for line in told(packed(body, numbering, styles))]


DECIMAL = definition("1", level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))


def test_levels_count_below_each_other_and_begin_again() -> None:
    places = [("1", place) for place in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert counted(DECIMAL + number("1", "1"), *places) == ["1.", "1.1", "1.2", "a)", "b)", "2.", "2.1", "a)"]


def test_lists_of_one_definition_count_on_until_one_begins_again() -> None:
    lists = DECIMAL + number("1", "1") + number("2", "1") + number("3", "1", {0: 1}) + number("4", "1", {0: 5, 1: 3})
    places = [("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0), ("4", 0), ("4", 1), ("4", 0), ("4", 1)]
    assert counted(lists, *places) == ["1.", "2.", "1.", "2.", "3.", "5.", "5.3", "6.", "6.3"]


def test_lists_of_their_own_definitions_do_not_disturb_each_other() -> None:
    other = DECIMAL.replace('abstractNumId="1"', 'abstractNumId="2"')
    lists = DECIMAL + other + number("1", "1") + number("2", "2")
    assert counted(lists, ("1", 0), ("2", 0), ("1", 0), ("2", 0)) == ["1.", "1.", "2.", "2."]


def test_a_level_passed_over_stands_at_its_beginning() -> None:
    assert counted(DECIMAL + number("1", "1"), ("1", 1), ("1", 1), ("1", 0)) == ["1.1", "1.2", "1."]


@pytest.mark.parametrize(
    ("restart", "printed"),
    [
        pytest.param("", "a) b) a) a)", id="after any level above"),
        pytest.param('<w:lvlRestart w:val="0"/>', "a) b) c) d)", id="never"),
        pytest.param('<w:lvlRestart w:val="1"/>', "a) b) c) a)", id="after the first level only"),
    ],
)
def test_when_a_level_begins_again(restart: str, printed: str) -> None:
    deep = definition(
        "1", level(0, "decimal", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)", restart)
    )
    places = [("1", place) for place in (0, 1, 2, 2, 1, 2, 0, 2)]
    found = counted(deep + number("1", "1"), *places)
    assert " ".join(mark for mark in found if mark.endswith(")")) == printed


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimal", "%1", ["1", "2", "3"]),
        ("decimal", "(%1)", ["(1)", "(2)", "(3)"]),
        ("decimal", "Punkt %1:", ["Punkt 1:", "Punkt 2:", "Punkt 3:"]),
        ("decimalZero", "%1.", ["01.", "02.", "03."]),
        ("lowerLetter", "%1.", ["a.", "b.", "c."]),
        ("upperLetter", "%1)", ["A)", "B)", "C)"]),
        ("lowerRoman", "%1.", ["i.", "ii.", "iii."]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("ordinal", "%1", ["1.", "2.", "3."]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
    ],
)
def test_the_forms_of_numbers(form: str, text: str, printed: list[str]) -> None:
    lists = definition("1", level(0, form, text)) + number("1", "1")
    assert [mark.removesuffix("x").strip() for mark in counted(lists, *[("1", 0)] * 3)] == printed


@pytest.mark.parametrize(
    ("form", "start", "printed"),
    [
        ("lowerLetter", 26, ["z.", "aa."]),
        ("upperRoman", 1994, ["MCMXCIV.", "MCMXCV."]),
        ("decimal", 10**12, ["0.", "1."]),
    ],
)
def test_numbers_that_are_far_on(form: str, start: int, printed: list[str]) -> None:
    lists = definition("1", level(0, form, "%1.").replace('w:start w:val="1"', f'w:start w:val="{start}"'))
    assert counted(lists + number("1", "1"), ("1", 0), ("1", 0)) == printed


def test_a_legal_level_prints_those_above_in_figures() -> None:
    levels = level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert counted(definition("1", *levels) + number("1", "1"), ("1", 0), ("1", 1)) == ["I.", "1.1"]


def test_a_list_may_have_a_level_of_its_own() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride></w:num>'
    lists = DECIMAL + number("1", "1").replace("</w:num>", override)
    assert counted(lists, ("1", 0), ("1", 1)) == ["a)", "a.1"]


BY_STYLE = """
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="Dagsordenspunkt"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Uden"><w:name w:val="Uden nummer"/><w:basedOn w:val="H1"/>
  <w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Rund"><w:name w:val="Rund"/><w:basedOn w:val="Rund"/></w:style>
"""
HEADINGS = definition(
    "1",
    level(0, "decimal", "%1.", '<w:pStyle w:val="H1"/>'),
    level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'),
) + number("1", "1")


def test_headings_are_numbered_by_their_style_and_what_that_builds_on() -> None:
    body = [
        paragraph("Dagsorden", "Uden"),
        paragraph("Budget (B)", "H1"),
        paragraph("Status (O)", "H2"),
        paragraph("Udkast (B)", "H2"),
        paragraph("Rundt", "Rund"),
        paragraph("Valg (B)", "Punkt"),
        paragraph("Resumé", "H2"),
        paragraph("Uden tal", "H1", listed("0")),
    ]
    data = packed("".join(body), HEADINGS, BY_STYLE)
    assert told(data) == [
        *(
            "Dagsorden",
            "1. Budget (B)",
            "1.1 Status (O)",
            "1.2 Udkast (B)",
            "Rundt",
            "2. Valg (B)",
            "Resumé",
            "Uden tal",
        ),
    ]
    reading = docx.read(data)
    assert items(reading) == [("1", "Budget"), ("1.1", "Status"), ("1.2", "Udkast"), ("2", "Valg")]
    # A numbered heading of a known section is that section, and no sub-item.
    assert [section.heading for section in item(reading, "2").sections] == ["Resumé", "Uden tal"]


def test_a_list_may_borrow_the_definition_of_a_numbering_style() -> None:
    styled = (
        '<w:style w:type="numbering" w:styleId="Punkter"><w:name w:val="Punkter"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    borrowed = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Punkter"/></w:abstractNum>'
    assert counted(DECIMAL + borrowed + number("1", "1") + number("2", "2"), ("2", 0), styles=styled) == ["1."]


def test_what_is_blank_counts_and_what_is_hidden_or_deleted_does_not() -> None:
    entries = [
        paragraph("et", properties=listed("1")),
        paragraph("", properties=listed("1")),
        paragraph("", properties=listed("1") + "<w:rPr><w:vanish/></w:rPr>"),
        paragraph("<w:del><w:r><w:delText>væk</w:delText></w:r></w:del>", "", listed("1") + "<w:rPr><w:del/></w:rPr>"),
        paragraph("tre", properties=listed("1")),
        paragraph("uden for listen", properties=listed("99")),
        paragraph("gammel", properties=f"<w:pPrChange><w:pPr>{listed('1')}</w:pPr></w:pPrChange>"),
    ]
    data = packed("".join(entries), DECIMAL + number("1", "1"), STYLES)
    assert told(data) == ["1. et", "3. tre", "uden for listen", "gammel"]


def test_appendices_may_be_numbered_by_word() -> None:
    lists = definition("1", level(0, "decimal", "Bilag 1.%1:")) + number("1", "1")
    body = paragraph("1. Budget (B)") + paragraph("Status", properties=listed("1")) * 2
    appendices = item(docx.read(packed(body, lists)), "1").appendices
    assert [(appendix.number, appendix.title) for appendix in appendices] == [("1.1", "Status"), ("1.2", "Status")]


def test_a_year_counted_by_word_is_no_items_number() -> None:
    lists = definition("1", level(0, "decimal", "%1.").replace('start w:val="1"', 'start w:val="999999999"'))
    body = paragraph("1. Budget (B)") + paragraph("Oversigt", properties=listed("1")) + paragraph("2. Eventuelt")
    reading = docx.read(packed(body, lists + number("1", "1")))
    assert items(reading) == [("1", "Budget"), ("2", "Eventuelt")]
    assert item(reading, "1").sections[0].blocks[0].text == "32767. Oversigt"


def test_an_automatic_number_is_one_whatever_the_words_begin_with() -> None:
    lists = DECIMAL + number("1", "1")
    entries = ["halvår 2025: status (O)", "2025 i tal (O)", "eventuelt"]
    reading = docx.read(packed("".join(paragraph(words, properties=listed("1")) for words in entries), lists))
    assert items(reading) == [("1", "halvår 2025: status"), ("2", "2025 i tal"), ("3", "eventuelt")]
