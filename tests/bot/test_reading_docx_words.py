"""The words of a Word document: what counts as written, and where a paragraph, a heading or a line begins."""

from __future__ import annotations

import pytest

from bot.reading import docx, package
from tests.bot.read_by import item, items
from tests.bot.word import listed, packed, paragraph, run, told


def field(instruction: str, shown: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{run(shown)}{end}"


def box(words: str) -> str:
    inside = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
    return (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        pytest.param(
            f"<w:ins>{run('nyt ')}</w:ins><w:del>{run('gammelt ')}</w:del>{run('ord')}", ["nyt ord"], id="revised"
        ),
        pytest.param(f"<w:moveFrom>{run('her')}</w:moveFrom><w:moveTo>{run('der')}</w:moveTo>", ["der"], id="moved"),
        pytest.param(run("set") + run(" skjult", "<w:vanish/>"), ["set"], id="hidden"),
        pytest.param(run("set") + run(" skjult", '<w:rStyle w:val="Skjult"/>'), ["set"], id="hidden by its style"),
        pytest.param(run("set", '<w:rStyle w:val="Skjult"/><w:vanish w:val="0"/>'), ["set"], id="shown after all"),
        pytest.param("<w:r><w:t>it</w:t><w:noBreakHyphen/><w:t>drift</w:t></w:r>", ["it-drift"], id="no-break hyphen"),
        pytest.param(run("it\u2011drift"), ["it-drift"], id="the same as a letter"),
        pytest.param("<w:r><w:t>prak</w:t><w:softHyphen/><w:t>sis</w:t></w:r>", ["praksis"], id="soft hyphen"),
        pytest.param(run("prak\u00adsis og\u00a0drift"), ["praksis og drift"], id="soft hyphen and hard space"),
        pytest.param(run("Budget\t(B)"), ["Budget (B)"], id="a tab"),
        pytest.param(run("Indstilling\nDet indstilles"), ["Indstilling", "Det indstilles"], id="a line break"),
        pytest.param("<w:r><w:t>to\nlinjer</w:t></w:r>", ["to linjer"], id="a line end of the file is none"),
        pytest.param(f"<w:hyperlink>{run('et link')}</w:hyperlink>", ["et link"], id="a link"),
        pytest.param(field("HYPERLINK \\l", "et link"), ["et link"], id="a link as a field"),
        pytest.param(run("Emne\t") + field("PAGEREF _Toc1 \\h", "3"), ["Emne"], id="a page number"),
        pytest.param(field(" IF x ", "ja") + run(" tak"), ["ja tak"], id="a field"),
        pytest.param('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("slut"), ["slut"], id="a field begun above"),
        pytest.param(
            '<w:fldSimple w:instr="DATE"><w:r><w:t>18. juni</w:t></w:r></w:fldSimple>', ["18. juni"], id="date"
        ),
        pytest.param(run("tal") + '<w:r><w:footnoteReference w:id="1"/></w:r>', ["tal"], id="a footnote"),
        pytest.param(f"<w:smartTag><w:customXml>{run('navn')}</w:customXml></w:smartTag>", ["navn"], id="smart tag"),
        pytest.param(f"<w:sdt><w:sdtContent>{run('felt')}</w:sdtContent></w:sdt>", ["felt"], id="content control"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Klik her')}</w:sdtContent></w:sdt>",
            [],
            id="content control that nobody filled in",
        ),
        pytest.param(f"{run('tekst')}<w:r>{box('boks')}</w:r>", ["tekst", "boks"], id="text box, once and after"),
        pytest.param("<w:bookmarkStart/>" + run("rest") + "<w:r><w:commentReference/></w:r>", ["rest"], id="the rest"),
    ],
)
def test_what_counts_as_written(inside: str, words: list[str]) -> None:
    assert told(packed(f"<w:p>{inside}</w:p>")) == words


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    body = paragraph(run("Status på "), "Overskrift2", "<w:rPr><w:del/></w:rPr>") + paragraph(run("budget"))
    assert told(packed(body)) == ["Status på budget"]
    last = paragraph(run("Sidste ord"), "", "<w:rPr><w:del/></w:rPr>")
    assert told(packed(last)) == ["Sidste ord"]


def test_paragraphs_in_controls_and_insertions_are_read_and_page_noise_is_not() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('et')}</w:sdtContent></w:sdt><w:customXml>{paragraph('to')}</w:customXml>"
        f"<w:ins>{paragraph('tre')}</w:ins><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{paragraph('Klik')}</w:sdt>"
        + paragraph("Side 3 af 9")
    )
    header = f"<w:hdr>{paragraph('Sidehoved')}</w:hdr>"
    assert told(packed(body, others={"word/header1.xml": header})) == ["et", "to", "tre"]


def test_a_page_number_that_was_pasted_into_a_sentence_does_not_part_it() -> None:
    body = "".join(
        map(paragraph, ("1. Drift (O)", "Der er mange projekter, og de", "Side 3", "bliver flere endnu.", "Ny."))
    )
    texts = [block.text for block in item(docx.read(packed(body)), "1").sections[0].blocks]
    assert texts == ["Der er mange projekter, og de bliver flere endnu.", "Ny."]


def test_each_paragraph_begins_anew_and_line_breaks_are_weighed() -> None:
    body = (
        paragraph("1. Budget (B)")
        + paragraph("Indstilling")
        + paragraph("Det indstilles, at styregruppen")
        + paragraph("godkender budgettet")
        + paragraph("drøfter, hvad der skal ske")
        + paragraph("2. Ny aftale om drift af alle løsninger\n(15 min.) (O) v. Bo Berg, KL\nBilag 2: Aftalen")
    )
    reading = docx.read(packed(body))
    assert [asked.verb for asked in item(reading, "1").recommendations] == ["godkender", "drøfter"]
    contract = item(reading, "2")
    assert (contract.title, contract.duration, str(contract.kinds)) == ("Ny aftale om drift af alle løsninger", 15, "O")
    assert [appendix.title for appendix in contract.appendices] == ["Aftalen"]


def test_headings_by_style_by_outline_and_in_bold() -> None:
    body = (
        paragraph("MedCom")
        + paragraph("Møde i styregruppen", "Overskrift1", listed("0"))
        + paragraph("1. Budget", properties='<w:outlineLvl w:val="0"/>')
        + paragraph("Indstilling", "Overskrift2")
        + paragraph("Det indstilles, at styregruppen godkender budgettet.")
        + paragraph("**Styregruppen godkendte budgettet.**")
        + paragraph("**Hvad der så sker**")
        + paragraph("Vi begynder.")
    )
    assert [(line.level, line.bold) for line in docx.lines(package.opened(packed(body)))] == [
        *((0, False), (1, False), (2, False), (3, False), (0, False), (0, False), (0, True), (0, False))
    ]
    reading = docx.read(packed(body))
    assert reading.agenda.meeting.title == "Møde i styregruppen"
    budget = item(reading, "1")
    assert [decision.outcomes for decision in budget.decisions] == [("approved",)]
    assert [block.text for block in budget.sections[-1].blocks][-2:] == ["Hvad der så sker", "Vi begynder."]


def test_a_contents_table_made_by_word_is_the_list_of_items() -> None:
    contents = "".join(
        paragraph(run(f"{number}.\t{title}\t") + field("PAGEREF _Toc", "2"))
        for number, title in ((1, "Budget"), (2, "Valg"))
    )
    body = (
        paragraph("Dagsorden for møde")
        + contents
        + paragraph("Budget", "Overskrift1")
        + paragraph("Kort.")
        + paragraph("Valg", "Overskrift1")
    )
    reading = docx.read(packed(body))
    assert items(reading) == [("1", "Budget"), ("2", "Valg")]
    assert [heading.title for heading in reading.agenda.contents] == ["Budget", "Valg"]
