"""What a document says of an item beside its summary: all of it reaches who says yes to it and who reads it."""

from __future__ import annotations

from bot.agenda import Agenda, Block, Item, Recommendation, Section
from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_proposals import EARLY, edits, filled
from tests.stories.test_revised import sends_anew, thread

LONG = tuple(Block("text", f"Linje {n}: " + 10 * "ord som fylder lidt, ") for n in range(40))
TOLD = (
    Section("Resumé", (Block("text", "Kort sagt."),)),
    Section("Indstilling", (Block("text", "Det indstilles, at styregruppen"),)),
    Section("Baggrund", (Block("text", "Planerne er fra 2018."),)),
    Section("Løsning", LONG),
    Section("Videre proces", (Block("bullet", "Del II"),)),
)


@beginning
def told(office: Office) -> Office:
    """The office in May with an agenda sent whose item says more than its summary."""
    item = Item("1", "Forløbsplaner", sections=TOLD, recommendations=(Recommendation("Drøfter planen", "drøfter"),))
    office.time = EARLY
    filed(office, Agenda(JUNE.meeting, items=(item, Item("2", "Eventuelt"))))
    office.founded()
    send(office)
    return office


def test_all_that_a_document_says_of_an_item_reaches_the_chair_and_the_members_in_its_order(told: Office) -> None:
    order = ["Kort sagt.", "Drøfter planen", "Baggrund", "Planerne er fra 2018.", "Linje 0:", "Linje 39:", "Del II"]
    (laid,) = (each for each in told.slack.history(told.karen) if "Dagsorden til" in each.plain)
    for whole in (told.types(told.bo, "dagsorden 1"), "\n".join(thread(told)), told.slack.thread(laid)[0].plain):
        assert [each for each in order if each in whole] == order
        assert sorted(order, key=whole.index) == order
        assert "Det indstilles, at styregruppen\nDet" not in whole


def test_an_item_that_grows_and_shrinks_in_a_new_version_is_nowhere_left_as_it_was(told: Office) -> None:
    assert len(thread(told)) == 2
    edits(told, "1", summary="\n".join(f"Ny linje {n}: {10 * 'med nyt '}" for n in range(30)))
    sends_anew(told)
    first, _, more, *_ = thread(told)
    assert "Ny linje 29:" in first
    assert "Del II" not in first
    assert "Del II" in more
    edits(told, "1", summary="Kort igen.")
    sends_anew(told)
    first, _, more, *_ = said = thread(told)
    assert "Kort igen." in first
    assert "Del II" in first
    assert more == "Det, der stod her, står nu i opslaget ovenfor, hvis det stadig gælder."
    assert not [each for each in said if "Ny linje" in each]


def test_an_item_that_was_left_out_by_a_slip_comes_back_with_all_it_says(told: Office) -> None:
    told.types(told.anne, "punkt 1")
    told.presses(told.anne, "Tages ikke med", told.room)
    filled(told, told.anne, reason="Forkert punkt")
    told.presses(told.anne, "Fortryd", told.room)
    back = told.slack.whispers(told.anne, told.room)[-1].plain
    assert "Forløbsplaner" in back
    assert "Planerne er fra 2018." in told.types(told.anne, "dagsorden forløbsplaner")
    assert told.slack.press(told.anne, told.with_button(told.anne, "Fortryd", told.room), "Fortryd").status == 200
    told.settle()
    assert "Det gælder ikke længere." in told.slack.whispers(told.anne, told.room)[-1].plain
