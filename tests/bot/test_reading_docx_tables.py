"""Tables of Word: budgets cell by cell, agendas that are drawn as tables, and tables that only hold text."""

from __future__ import annotations

from datetime import date

from bot.agenda import Presenter
from bot.reading import docx
from tests.bot.read_by import item, items
from tests.bot.word import cell, listed, packed, paragraph, row, table, told

ITEM = paragraph("1. Økonomi (O)") + paragraph("Resumé")
HEAD = ("Projekt", "Budget 2026", "Forbrug 28/2", "Rest")


def budget(*rows: str) -> list[tuple[str | int | None, ...]]:
    """The lines of the one budget of a document, in kroner."""
    (found,) = docx.read(packed(ITEM + table(*rows))).budgets
    each = [*found.lines, *([found.total] if found.total else [])]
    return [(line.name, *(_kroner(ore) for ore in (line.budget, line.spent, line.rest))) for line in each]


def _kroner(ore: int | None) -> int | None:
    return None if ore is None else ore // 100


DRIFT = ("Drift", 100, 20, 80)


def test_a_budget_keeps_its_blank_cells() -> None:
    assert budget(
        row(*HEAD),
        row("Drift", "100 kr.", "20 kr.", "80 kr."),
        row("Ufordelt", "-5 kr.", "", ""),
        row("I alt", "95 kr.", "20 kr.", ""),
    ) == [DRIFT, ("Ufordelt", -5, None, None), ("I alt", 95, 20, None)]


def test_cells_merged_across_and_down_stay_in_their_columns() -> None:
    wide = cell("Programmets økonomi", '<w:gridSpan w:val="4"/>')
    two = cell("Fælles", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    assert budget(
        row(wide),
        row(*HEAD),
        row(two[0], "100 kr.", "20 kr.", "80 kr."),
        row(two[1], "50 kr.", "", "50 kr."),
        row("Reserve", cell("7 kr.", '<w:gridSpan w:val="2"/>'), "7 kr."),
    ) == [("Fælles", 100, 20, 80), ("Fælles", 50, None, 50), ("Reserve", 7, None, 7)]


def test_a_column_that_only_counts_names_no_line() -> None:
    counted = cell(paragraph("", properties=listed("2")))
    assert budget(row("Nr.", *HEAD), row(counted, "Drift", "100 kr.", "20 kr.", "80 kr.")) == [DRIFT]


def test_rows_that_were_deleted_are_left_out_and_new_ones_read() -> None:
    drift = row("Drift", "100 kr.", "20 kr.", "80 kr.")
    deleted = row("Væk", "1 kr.", "1 kr.", "0 kr.").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    inserted = drift.replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>")
    held = f"<w:sdt><w:sdtContent>{inserted}</w:sdtContent></w:sdt>"
    assert budget(row(*HEAD), deleted, held) == [DRIFT]


def test_a_budget_drawn_with_tabs_is_one_too() -> None:
    body = ITEM + paragraph("\t".join(HEAD)) + paragraph("Drift\t100 kr.\t20 kr.\t80 kr.")
    (found,) = docx.read(packed(body)).budgets
    assert (found.lines[0].name, found.lines[0].rest, len(found.lines)) == ("Drift", 8000, 1)


def test_two_budgets_below_each_other_are_two() -> None:
    one = table(row(*HEAD), row("Drift", "100 kr.", "20 kr.", "80 kr."))
    assert len(docx.read(packed(ITEM + one + paragraph("") + one)).budgets) == 2


def test_an_agenda_that_is_a_table() -> None:
    automatic = cell(paragraph("", properties=listed("2")))
    body = table(
        row("Dato:", "Onsdag den 18. juni 2025 kl. 10.00-12.00"),
        row("Sted", cell(paragraph("Rådhuset") + paragraph("lokale 2"))),
    ) + table(
        row("Punkt", "Emne", "Type", "Tid", "Oplæg"),
        row(automatic, "Velkomst", "", "5", "Formanden"),
        row(
            automatic,
            cell(
                paragraph("Budget 2026")
                + paragraph("Bilag 2: Tallene")
                + paragraph("Indstilling")
                + paragraph("Godkender tallene.")
            ),
            "O/B",
            "10 min.",
            "Bo Berg, KL",
        ),
        row("3", "Eventuelt", "", "", ""),
    )
    reading = docx.read(packed(body))
    assert (reading.agenda.meeting.date, reading.agenda.meeting.place) == (date(2025, 6, 18), "Rådhuset, lokale 2")
    assert items(reading) == [("1", "Velkomst"), ("2", "Budget 2026"), ("3", "Eventuelt")]
    welcome, money = item(reading, "1"), item(reading, "2")
    assert (welcome.duration, str(money.kinds), money.duration) == (5, "O/B", 10)
    assert money.presenters == (Presenter("Bo Berg", "KL"),)
    assert [appendix.title for appendix in money.appendices] == ["Tallene"]
    assert [asked.verb for asked in money.recommendations] == ["godkender"]


def test_a_table_that_only_holds_text_is_read_as_text() -> None:
    right = paragraph("Det indstilles, at styregruppen") + paragraph("godkender", properties=listed("3"))
    body = table(row("Resumé", "Kort."), row("Indstilling", cell(right)), row("Ansvarlig", "Bo"))
    assert told(packed(body)) == [
        *("Resumé", "Kort.", "Indstilling", "Det indstilles, at styregruppen", "• godkender", "Ansvarlig: Bo")
    ]


def test_no_words_of_any_other_table_are_lost() -> None:
    inner = table(row("a", "b", "c"), row("d", "", "f"))
    body = table(row(cell(paragraph("ydre") + inner), cell(paragraph("efter"), "<w:vMerge/>"), "rest"))
    assert told(packed(body)) == ["ydre", "a | b | c", "d | f", "efter", "rest"]
    assert told(packed(table() + table("<w:tr/>") + paragraph("slut"))) == ["slut"]
