"""Recommendations in the form of an item: a row each, a verb that is picked, one more row at the press of a button."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.agenda import Item, Recommendation
from bot.recommendations import MOST
from storage import items
from storage.items import Item as Row
from tests.office import Office
from tests.slack import User, View
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_proposals import EARLY, edits, filled, last

ADD = "Tilføj indstilling"


@pytest.fixture
def june(office: Office) -> Office:
    """The office in May, with its secretary and chair, and the June agenda filed."""
    office.time = EARLY
    filed(office)
    office.founded()
    return office


def opens(office: Office, person: User) -> View:
    """Somebody opens the form of a proposal."""
    office.slack.command(person, office.room, "/dap foreslå")
    office.settle()
    return office.slack.form(person)


def adds_row(office: Office, person: User) -> View:
    """One more row in the form that is open."""
    assert office.slack.press(person, office.slack.form(person), ADD).error == ""
    (form,) = office.slack.forms(person)
    return form


def recommended(office: Office, title: str) -> dict[str, int]:
    """What is recommended under an item, with the row that keeps it."""
    with office.program.storage.reading() as reader:
        found = select(items.Recommendation.text, items.Recommendation.id).join(Row)
        found = found.where(Row.group_id == 1, Row.state.in_(("proposed", "accepted")), Row.title == title)
        return {each.text: each.id for each in reader.execute(found.order_by(items.Recommendation.position))}


def test_bo_recommends_in_rows_and_anne_changes_one_of_them(june: Office) -> None:
    opens(june, june.bo)
    june.slack.fill(june.bo, {"title": "Nye borde", "newverb_1": "Godkender", "newasked_1": "at der købes nye borde"})
    form = adds_row(june, june.bo)
    assert form.inputs["Resten af indstilling 1"] == "at der købes nye borde"  # and what was written stays
    june.slack.fill(june.bo, {"newverb_2": "Tager til efterretning", "newasked_2": "prisen"})
    adds_row(june, june.bo)

    answer = filled(june, june.bo, newverb_3="Drøfter")
    assert answer.errors == {"Resten af indstilling 3": "Skriv resten af indstillingen, eller vælg Udelades ovenfor."}
    assert filled(june, june.bo, newasked_3="hvem der får de gamle").errors == {}
    said = (
        "1. Godkender, at der købes nye borde",
        "2. Tager prisen til efterretning",
        "3. Drøfter, hvem der får de gamle",
    )
    assert all(each in last(june, june.anne) for each in said)

    june.presses(june.anne, "Sæt på dagsordenen")
    before = recommended(june, "Nye borde")
    approve, note, discuss = before.values()
    shown = edits(june, "4", **{f"verb_{note}": "Drøfter", f"asked_{note}": "om prisen er for høj"})
    assert "2. Drøfter, om prisen er for høj" in june.types(june.bo, "punkt 4"), shown
    assert recommended(june, "Nye borde") == {
        "Godkender, at der købes nye borde": approve,
        "Drøfter, om prisen er for høj": note,
        "Drøfter, hvem der får de gamle": discuss,
    }


def test_anne_takes_the_first_out_and_puts_a_new_one_in_and_the_others_stay_the_same(june: Office) -> None:
    opens(june, june.bo)
    filled(june, june.bo, title="Nye borde", newasked_1="Godkender indkøbet\nDrøfter prisen")
    june.presses(june.anne, "Sæt på dagsordenen")
    approve, discuss = recommended(june, "Nye borde").values()
    june.types(june.anne, "punkt 4")
    june.presses(june.anne, "Ret", june.room)
    june.slack.fill(june.anne, {f"verb_{approve}": "Udelades"})
    form = adds_row(june, june.anne)
    assert form.inputs["Indstilling 1"] == "Udelades"
    assert filled(june, june.anne, newverb_1="Beslutter", newasked_1="at vente").errors == {}
    now = recommended(june, "Nye borde")
    assert list(now) == ["Drøfter prisen", "Beslutter, at vente"]
    assert now["Drøfter prisen"] == discuss
    assert now["Beslutter, at vente"] != approve


def test_without_a_verb_or_with_two_the_form_says_what_to_choose(june: Office) -> None:
    opens(june, june.bo)
    (said,) = filled(june, june.bo, title="Nye borde", newasked_1="indkøbet").errors.values()
    assert said == "Vælg, hvad styregruppen skal. Står verbet allerede i teksten, så vælg Står i teksten."
    (said,) = filled(june, june.bo, newverb_1="Drøfter", newasked_1="Godkender indkøbet").errors.values()
    assert said == 'Teksten begynder selv med "godkender". Vælg det her, eller vælg Står i teksten.'
    assert filled(june, june.bo, newverb_1="Godkender").errors == {}
    assert list(recommended(june, "Nye borde")) == ["Godkender indkøbet"]


def test_there_are_rows_until_the_form_is_full_and_then_it_says_so(june: Office) -> None:
    opens(june, june.bo)
    june.slack.fill(june.bo, {"title": "Nye borde"})
    for number in range(1, MOST + 1):
        june.slack.fill(june.bo, {f"newverb_{number}": "Drøfter", f"newasked_{number}": f"bord {number}"})
        form = adds_row(june, june.bo) if number < MOST else june.slack.form(june.bo)
    assert ADD not in form.buttons
    assert "Der er plads til 10 indstillinger i formularen." in form.plain
    assert filled(june, june.bo).errors == {}
    assert list(recommended(june, "Nye borde")) == [f"Drøfter bord {number}" for number in range(1, MOST + 1)]


def test_an_untouched_form_leaves_what_a_document_said_to_the_letter(june: Office) -> None:
    unknown = Recommendation("Evaluerer forløbet:\n• i juni\n• i juli", "evaluerer")
    many = tuple(
        Recommendation(f"tager del {n}, som er ny, til efterretning", "tager til efterretning") for n in range(12)
    )
    filed(
        june, replace(JUNE, items=(*JUNE.items, Item("4", "Forløb", recommendations=(unknown, *many)))), digest="more"
    )
    before = recommended(june, "Forløb")
    june.types(june.anne, "punkt 4")
    june.presses(june.anne, "Ret", june.room)
    form = june.slack.form(june.anne)
    assert form.inputs["Indstilling 1"] == "Står i teksten"
    assert "3 indstillinger er ikke med i formularen og ændres ikke." in form.plain
    assert filled(june, june.anne, title="Forløbet").errors == {}
    assert recommended(june, "Forløbet") == before
    with june.program.storage.reading() as reader:
        verbs = select(items.Recommendation.verb).where(items.Recommendation.id == next(iter(before.values())))
        assert reader.scalar(verbs) == "evaluerer"


def test_a_message_keeps_its_words_while_rows_are_added(june: Office) -> None:
    said = june.slack.say(june.bo, june.room, "Skal vi have nye borde?\nDe gamle vipper & knirker.")
    june.slack.use_shortcut(june.karen, said, "Foreslå til dagsordenen")
    adds_row(june, june.karen)
    assert filled(june, june.karen, newverb_2="Beslutter", newasked_2="om vi skal").errors == {}
    laid = last(june, june.anne)
    assert "De gamle vipper & knirker." in laid
    assert "1. Beslutter, om vi skal" in laid


def test_a_row_pressed_for_twice_is_one_row(june: Office) -> None:
    before = opens(june, june.bo)
    for _ in range(2):
        june.slack.press(june.bo, before, ADD)
    assert [each for each in june.slack.form(june.bo).labels if each.startswith("Indstilling")] == [
        "Indstilling 1", "Indstilling 2",
    ]  # fmt: skip


def test_only_who_may_edit_an_item_gets_a_row_in_its_form(june: Office) -> None:
    opens(june, june.bo)
    filled(june, june.bo, title="Kontrakten", newverb_1="Godkender", newasked_1="den", audience="closed")
    june.presses(june.bo, "Ret", june.room)
    form = june.slack.form(june.bo)
    carried = form.body["private_metadata"].split()
    carried[2] = "-"  # Bo's own address for answers
    june.slack.open_form(june.mads, {**form.body, "private_metadata": " ".join(carried)})
    june.slack.press(june.mads, june.slack.form(june.mads), ADD)
    june.settle()
    assert "Det gælder ikke længere." in june.slack.whispers(june.mads, june.room)[-1].plain
    assert len(june.slack.form(june.mads).blocks) == len(form.blocks)


def test_an_english_group_picks_english_verbs(office: Office) -> None:
    office.founded()
    office.presses(office.anne, "Ret opsætningen")
    filled(office, office.anne, language="English")
    form = opens(office, office.bo)
    assert form.options("newverb_1") == ["Approves", "Discusses", "Notes", "Decides", "Stands in the text", "Left out"]
    filled(office, office.bo, title="Desks", newverb_1="Approves", newasked_1="that desks are bought")
    assert list(recommended(office, "Desks")) == ["Approves that desks are bought"]
