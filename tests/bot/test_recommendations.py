"""Recommendations in rows: parted and put together to the letter, verbs never twice, and what was written kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.agenda import Recommendation
from bot.groups import Language
from bot.reading import verbs
from bot.recommendations import LEFT_OUT, LONGEST, MOST, VERBS, WRITTEN, Row, edited, rows
from bot.refusals import Refusal


def asked(*texts: str) -> tuple[Recommendation, ...]:
    """Recommendations as they were filed."""
    return tuple(Recommendation(text, verbs.asked(text), number) for number, text in enumerate(texts, 1))


def new(verb: str | None, text: str, language: Language = "da") -> list[tuple[str, str]]:
    """What a new row comes to: its text and verb."""
    return [(each.text, each.verb) for each in edited((), [Row(-1, verb, text)], language)]


@pytest.mark.parametrize(
    ("verb", "text", "said", "read_as"),
    [
        pytest.param("godkender", "indkøbet", "Godkender indkøbet", "godkender", id="et navneord"),
        pytest.param("godkender", "at der købes", "Godkender, at der købes", "godkender", id="en at-sætning"),
        pytest.param("godkender", ", at der købes", "Godkender, at der købes", "godkender", id="med sit komma"),
        pytest.param("drøfter", "hvordan det går.", "Drøfter, hvordan det går.", "drøfter", id="et spørgsmål"),
        pytest.param("drøfter", "omfanget", "Drøfter omfanget", "drøfter", id="ikke om"),
        pytest.param("drøfter", "og godkender x", "Drøfter og godkender x", "drøfter og godkender", id="to verber"),
        pytest.param(
            "tager stilling til", "om Del II kan begynde", "Tager stilling til, om Del II kan begynde",
            "tager stilling", id="stilling",
        ),
        pytest.param(
            "tager til efterretning", "prisen", "Tager prisen til efterretning", "tager til efterretning", id="omkring",
        ),
        pytest.param(
            "tager til efterretning", "status pr. 31. maj. Den er god.",
            "Tager status pr. 31. maj til efterretning. Den er god.", "tager til efterretning", id="omkring en sætning",
        ),
        pytest.param(
            "tager til efterretning", "at prisen er steget", "Tager til efterretning, at prisen er steget",
            "tager til efterretning", id="foran at",
        ),
        pytest.param(
            "tager til efterretning", "prisen til efterretning", "Tager prisen til efterretning",
            "tager til efterretning", id="kun én gang",
        ),
        pytest.param("godkender", "Godkender indkøbet", "Godkender indkøbet", "godkender", id="verbet to gange"),
        pytest.param("godkender", "2) at godkende prisen", "at godkende prisen", "godkender", id="i navnemåde"),
        pytest.param("godkender", "31. maj som dato", "Godkender 31. maj som dato", "godkender", id="en dato"),
        pytest.param(None, "• drøfter prisen", "drøfter prisen", "drøfter", id="indsat med punkt"),
        pytest.param(WRITTEN, "Evaluerer forløbet", "Evaluerer forløbet", "evaluerer", id="et ukendt verbum"),
        pytest.param("notes", "that it is late", "Notes that it is late", "notes", id="på engelsk"),
    ],
)  # fmt: skip
def test_a_picked_verb_and_the_rest_make_the_groups_own_sentence(
    verb: str | None, text: str, said: str, read_as: str
) -> None:
    assert new(verb, text) == [(said, read_as)]


@pytest.mark.parametrize("verb", [None, WRITTEN, "godkender"])
def test_a_list_pasted_into_a_row_is_a_recommendation_a_line(verb: str | None) -> None:
    pasted = "1. Godkender indkøbet\n\n2. Tager prisen til efterretning"
    assert [said for said, _ in new(verb, pasted)] == ["Godkender indkøbet", "Tager prisen til efterretning"]
    assert [said for said, _ in new("beslutter", "følgende:\n• pris\n• tid")] == ["Beslutter følgende:\n• pris\n• tid"]


@pytest.mark.parametrize(("verb", "text"), [(None, ""), (None, " \n"), (WRITTEN, ""), (LEFT_OUT, ""), (LEFT_OUT, "x")])
def test_an_empty_row_is_left_out(verb: str | None, text: str) -> None:
    assert new(verb, text) == []


@pytest.mark.parametrize(
    ("row", "key", "field"),
    [
        pytest.param(Row(-2, "godkender"), "recommendation_without_text", "newasked_2", id="kun et verbum"),
        pytest.param(Row(7, "godkender", " "), "recommendation_without_text", "asked_7", id="intet tilbage"),
        pytest.param(Row(-1, None, "indkøbet"), "recommendation_without_verb", "newverb_1", id="intet verbum"),
        pytest.param(Row(7, "drøfter", "Godkender x"), "recommendation_two_verbs", "verb_7", id="to verber"),
        pytest.param(Row(-1, "vrøvl", "x"), "stale", None, id="et verbum uden for listen"),
    ],
)
def test_a_row_that_can_not_be_read_is_refused_at_its_field(row: Row, key: str, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        edited((), [row], "da")
    assert (refused.value.key, refused.value.field) == (key, field)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Godkender målbilledet", ("godkender", "målbilledet")),
        ("godkender, at x sker.", ("godkender", "at x sker.")),
        ("Tager prisen til efterretning", ("tager til efterretning", "prisen")),
        ("tager stilling til, om x", ("tager stilling til", "om x")),
        ("drøfter og godkender rapporten", (WRITTEN, "drøfter og godkender rapporten")),
        ("tager a, herunder b, til efterretning", (WRITTEN, "tager a, herunder b, til efterretning")),
        ("godkender, at tager status til efterretning", (WRITTEN, "godkender, at tager status til efterretning")),
        ("Godkender  x", (WRITTEN, "Godkender  x")),
        ("Godkender", (WRITTEN, "Godkender")),
        ("Evaluerer forløbet", (WRITTEN, "Evaluerer forløbet")),
        ("notes that x", (WRITTEN, "notes that x")),
    ],
)
def test_what_can_not_be_parted_to_the_letter_stands_whole(text: str, row: tuple[str, str]) -> None:
    (found,) = rows(asked(text), "da")
    assert (found.verb, found.text) == row


PICKS = some.sampled_from([*VERBS["da"], *VERBS["en"], "evaluerer", "tager", "drøfter og godkender"])
RESTS = some.text("ab ,.\n•at1", max_size=12) | some.sampled_from(["at x", "a til efterretning", "a. B til c", "a, b"])
TEXTS = some.builds(lambda verb, link, rest: f"{verb}{link}{rest}", PICKS | PICKS.map(str.title), RESTS, RESTS)


@given(some.lists(TEXTS, max_size=4), some.sampled_from(["da", "en"]))
def test_rows_that_come_back_untouched_leave_every_letter(texts: list[str], language: Language) -> None:
    filed = asked(*texts)
    back = [Row(row.id, row.verb, row.text.strip()) for row in rows(filed, language)]
    found = edited(filed, back, language)
    assert [(each.text, each.verb, each.id) for each in found] == [(each.text, each.verb, each.id) for each in filed]


def test_what_was_changed_keeps_its_row_and_the_others_their_words() -> None:
    filed = asked("godkender a", "Evaluerer b", "Drøfter c", "Drøfter d")
    a, b, c, d = rows(filed, "da")
    wanted = [a, b, Row(c.id, "beslutter", "at c"), Row(d.id, LEFT_OUT, "d"), Row(-1, "godkender", "e")]
    assert [(each.id, each.text) for each in edited(filed, wanted, "da")] == [
        (1, "godkender a"), (2, "Evaluerer b"), (3, "Beslutter, at c"), (0, "godkender e"),
    ]  # fmt: skip


def test_what_has_no_row_in_the_form_stays() -> None:
    filed = asked("Godkender " + "x" * LONGEST, *(f"Godkender {number}" for number in range(2 * MOST)))
    shown = rows(filed, "da", new=3)
    assert [row.id for row in shown] == list(range(2, MOST + 2))
    changed = [Row(shown[0].id, LEFT_OUT), *shown[1:]]
    assert edited(filed, changed, "da") == (filed[0], *filed[2:])
    with pytest.raises(Refusal, match="stale"):
        edited(filed, [*shown, Row(-1)], "da")


def test_there_is_a_row_to_write_in_and_more_where_they_are_asked_for() -> None:
    assert [row.id for row in rows((), "da")] == [-1]
    assert [row.id for row in rows((), "da", new=3)] == [-1, -2, -3]
    assert [row.id for row in rows(asked("Drøfter x"), "da")] == [1]
    assert len(rows((), "da", new=10**9)) == MOST
