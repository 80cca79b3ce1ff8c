"""What came of an item, each recommendation by itself: approved, referred to one, put off to a meeting, all at once."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.agenda import Agenda, Item, Recommendation
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import View
from tests.slack.contents import Contents
from tests.stories.test_corrections import corrected, opened
from tests.stories.test_decisions import announced, decided, onward
from tests.stories.test_first_line import JUNE, filed

ASKED = (
    Recommendation("Godkender målbilledet.", "godkender"),
    Recommendation("Drøfter pakkerne.", "drøfter"),
    Recommendation("Beslutter, at KL laver et udkast.", "beslutter"),
    Recommendation("Tager status til efterretning.", "tager til efterretning"),
)


@beginning
def meeting(office: Office) -> Office:
    """The June meeting is going on, with four recommendations under item 2; the next two are set."""
    item = Item("2", "Forretningsmålbillede", recommendations=ASKED)
    filed(office, Agenda(JUNE.meeting, items=(JUNE.items[0], item), next_meeting=JUNE.next_meeting))
    office.founded()
    office.slack.command(office.anne, office.room, "/dap møde ny 26. februar 2026 kl. 13-15")
    assert office.slack.submit(office.anne).errors == {}
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    return office


def form(office: Office, number: str = "2") -> View:
    """The form that asks what came of an item."""
    office.slack.command(office.anne, office.room, f"/dap beslutning {number}")
    return office.slack.form(office.anne)


def sentences(office: Office) -> list[str | list[str] | None]:
    """What stands in the fields of the last step, in their order."""
    form = office.slack.form(office.anne)
    return [form.value(each) for each in form.blocks if each.get("block_id", "").startswith("text_")]


def recorded(office: Office) -> str:
    """The sentences are accepted as they stand; what Anne reads then."""
    onward(office)
    office.settle()
    return office.slack.whispers(office.anne, office.room)[-1].plain


def test_four_recommendations_come_to_four_things_in_one_form(meeting: Office) -> None:
    form(meeting)
    onward(meeting, how_2="referred", how_3="postponed", how_4="not_reached")
    onward(meeting, referred="Roadmapgruppen", meeting="torsdag den 26. februar 2026")
    assert sentences(meeting) == [
        "Styregruppen godkendte målbilledet.",
        "Styregruppen henviste indstillingen om at drøfte pakkerne til Roadmapgruppen.",
        "Styregruppen udsatte indstillingen om at beslutte, at KL laver et udkast, til mødet "
        "torsdag den 26. februar 2026.",
        "Styregruppen nåede ikke at tage status til efterretning.",
    ]
    assert "Udfaldene er forskellige, så hvert får sin egen sætning." in meeting.slack.form(meeting.anne).plain
    said = recorded(meeting)
    assert said.startswith("Det er registreret. Ingen har fået det at vide endnu.")
    assert "2025-1: Punkt 2" in said
    assert "2025-2: Punkt 2, Forretningsmålbillede\nStyregruppen henviste" in said
    assert "2025-3" not in said  # what is put off or was not reached is no decision
    assert "Alle indstillinger har fået et udfald." in meeting.types(meeting.anne, "møde slut")

    announced(meeting)
    (posted,) = meeting.slack.history(meeting.room)
    assert "Henvist til Roadmapgruppen." in posted.plain
    told = meeting.types(meeting.anne, "referat")
    assert "Styregruppen nåede ikke at tage status til efterretning." in told
    assert "blev ikke nået" not in told  # the item was


def test_each_comes_back_at_the_meeting_it_was_put_off_to(meeting: Office) -> None:
    decided(meeting, "2", how_3="postponed", how_4="not_reached", meeting="torsdag den 26. februar 2026")
    waiting = meeting.types(meeting.anne, "dagsorden forslag")
    autumn, winter = sorted(waiting.split("[Ret]")[:2], key=lambda each: "26. februar 2026" in each)
    assert "Tager status" in autumn
    assert "KL laver et udkast" not in autumn
    assert "KL laver et udkast" in winter
    assert "Tager status" not in winter
    assert "Godkender målbilledet" not in waiting


def test_what_is_left_out_stays_open_and_does_not_come_back(meeting: Office) -> None:
    decided(meeting, "2", came_1=[], came_2=[], how_3="postponed", how_4="postponed")
    waiting = meeting.types(meeting.anne, "dagsorden forslag")
    assert "KL laver et udkast" in waiting
    assert "målbilledet" not in waiting
    said = decided(meeting, "2")
    assert "Styregruppen godkendte målbilledet og drøftede pakkerne." in said


def test_one_may_be_final_and_another_wait_for_somebody(meeting: Office) -> None:
    form(meeting)
    onward(meeting, came_2=["approved"], how_2="preliminary", how_3="conditional", how_4="conditional")
    asked = meeting.slack.form(meeting.anne)
    assert "Beslutter, at KL laver et udkast." in asked.plain
    onward(meeting, holder_3="KL", due_3="senest næste møde")  # the fourth waits for the same
    assert sentences(meeting) == [
        "Styregruppen godkendte målbilledet.",
        "Styregruppen godkendte pakkerne foreløbigt.",
        "Styregruppen besluttede, at KL laver et udkast, og tog status til efterretning med forbehold for "
        "godkendelse fra KL (frist for svar: senest næste møde).",
    ]
    recorded(meeting)
    waits = meeting.types(meeting.anne, "beslutninger").partition("Beslutninger")[0]
    assert "2025-3" in waits
    said = "Beslutningen gælder, hvis KL siger ja. Frist for svar: senest næste møde, mandag den 6. oktober 2025."
    assert said in waits
    assert "Foreløbigt godkendt." in waits
    assert "2025-1" not in waits


def test_what_was_only_discussed_awaits_nobody(meeting: Office) -> None:
    form(meeting)
    onward(meeting, came_1=["discussed"], came_3=[], came_4=[], how_1="conditional", how_2="conditional")
    assert sentences(meeting) == ["Styregruppen drøftede målbilledet og pakkerne."]  # and nobody is asked whose yes
    assert "Beslutningen gælder" not in recorded(meeting)


def test_two_may_be_referred_to_two(meeting: Office) -> None:
    form(meeting)
    onward(meeting, how_1="referred", how_2="referred", how_3="referred", how_4="referred")
    onward(meeting, referred_1="KL", referred_3="PLO")
    assert sentences(meeting) == [
        "Styregruppen henviste indstillingerne om at godkende målbilledet og at drøfte pakkerne til KL.",
        "Styregruppen henviste indstillingerne om at beslutte, at KL laver et udkast, og at tage status til "
        "efterretning, til PLO.",
    ]


@pytest.mark.parametrize(
    ("alone", "sentence"),
    [
        pytest.param("referred", "Styregruppen henviste punktet til KL.", id="henvist"),
        pytest.param("postponed", "Styregruppen udsatte punktet til mødet mandag den 6. oktober 2025.", id="udsat"),
        pytest.param("not_reached", "Styregruppen nåede ikke punktet.", id="ikke nået"),
    ],
)
def test_a_whole_item_is_put_off_by_one_choice(meeting: Office, alone: str, sentence: str) -> None:
    first = "mandag den 6. oktober 2025"
    later = form(meeting)
    meeting.slack.dismiss(meeting.anne)
    assert "Eller for hele punktet" in later.labels
    terms = {"referred_1": "KL"} if alone == "referred" else {"meeting_1": first}
    if alone != "not_reached":
        form(meeting)
        onward(meeting, alone=alone)
        assert len(meeting.slack.form(meeting.anne).labels) == 1  # it is asked once
        meeting.slack.dismiss(meeting.anne, whole=True)
    assert sentence in decided(meeting, "2", alone=alone, **terms)
    assert "Alle indstillinger har fået et udfald." in meeting.types(meeting.anne, "møde slut")


def test_one_of_several_is_undone_by_itself(meeting: Office) -> None:
    decided(meeting, "2", how_2="referred", referred="KL")
    meeting.presses(meeting.anne, "Fortryd", meeting.room)  # the first of the two
    assert "2025-2" in meeting.with_button(meeting.anne, "Fortryd", meeting.room).plain  # the other stands there still
    asked = [each["block_id"] for each in form(meeting).blocks if each["block_id"].startswith("came_")]
    assert asked == ["came_1", "came_3", "came_4"]


def test_of_what_nobody_recommended_is_said_what_it_was(meeting: Office) -> None:
    form(meeting, "1")
    onward(meeting, came=["noted"])
    assert sentences(meeting) == [None]
    onward(meeting, text="Styregruppen hørte om sommeren.")
    meeting.settle()
    assert "Styregruppen hørte om sommeren." in meeting.types(meeting.anne, "beslutninger orientering")


def test_each_recommendation_gets_what_came_of_it_and_has_it_back_when_that_is_undone(meeting: Office) -> None:
    decided(meeting, "2")
    announced(meeting)
    before = opened(meeting).inputs
    meeting.slack.dismiss(meeting.anne)
    corrected(meeting, came_2=["discussed", "approved"], came_4=["discussed"])
    form = opened(meeting)
    came = [form.value(each) for each in form.blocks if each["block_id"].startswith("came_")]
    assert came == [["Godkendt"], ["Godkendt", "Drøftet"], ["Besluttet"], ["Drøftet"]]
    meeting.slack.dismiss(meeting.anne)
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    assert opened(meeting).inputs == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            "19. december", "Svar ventes senest fredag den 19. december 2025 (årstallet er udledt).", id="en dag"
        ),
        pytest.param(
            "inden 1. august 2025",
            "Frist for svar: inden 1. august 2025 (senest torsdag den 31. juli 2025).",
            id="før en dag",
        ),
        pytest.param(
            "næste møde i februar", "Frist for svar: næste møde i februar, torsdag den 26. februar 2026.", id="et møde"
        ),
        pytest.param(
            "inden næste møde",
            "Frist for svar: inden næste møde (senest søndag den 5. oktober 2025).",
            id="før et møde",
        ),
        pytest.param("næste møde i maj", "Frist for svar: næste møde i maj.", id="et møde, der ikke er sat"),
        pytest.param("i Q1 2026.", "Frist for svar: i Q1 2026.", id="et kvartal"),
        pytest.param("efter nytår", "Frist for svar: efter nytår.", id="ingen dag"),
        pytest.param("når Folketinget har talt", "Frist for svar: når Folketinget har talt.", id="noget andet"),
    ],
)
def test_until_when_an_answer_is_awaited_is_shown_as_it_was_said(meeting: Office, words: str, said: str) -> None:
    assert f"hvis KL siger ja. {said}\n" in decided(meeting, "2", how="conditional", holder="KL", due=words)
    announced(meeting)
    assert said in meeting.slack.history(meeting.room)[0].plain
    assert said in meeting.types(meeting.bo, "beslutninger")
    assert f"forbehold for godkendelse fra KL (frist for svar: {words.rstrip('.')})." in meeting.types(
        meeting.anne, "referat"
    )


def test_what_waits_for_somebody_must_have_come_to_something(meeting: Office) -> None:
    form(meeting)
    meeting.slack.fill(meeting.anne, {"came_1": [], "how_1": "preliminary"})
    assert meeting.slack.submit(meeting.anne).plain == "Sæt kryds ved, hvad det blev til."


@pytest.mark.parametrize("name", ["anne", "karen"])
def test_the_page_of_an_item_has_a_button_while_the_meeting_goes_on(meeting: Office, name: str) -> None:
    person = getattr(meeting, name)
    assert "[Beslutning]" in meeting.types(person, "dagsorden 2")
    assert "[Ret]" not in meeting.types(person, "dagsorden 2")
    meeting.presses(person, "Beslutning", meeting.room)
    assert meeting.slack.form(person).title == "Beslutning, punkt 2"
    meeting.slack.dismiss(person)
    assert "Beslutning" not in meeting.types(meeting.bo, "dagsorden 2")
    meeting.types(meeting.anne, "møde slut")
    assert "[Beslutning]" not in meeting.types(person, "dagsorden 2")


def test_before_the_meeting_has_begun_nothing_is_decided_even_by_a_button_from_elsewhere(office: Office) -> None:
    filed(office)
    office.founded()
    assert "[Beslutning]" not in office.types(office.anne, "dagsorden 2")
    drawn = {"type": "button", "text": {"type": "plain_text", "text": "Beslutning"}, "action_id": "decision ask"}
    contents = Contents("", ({"type": "actions", "elements": [{**drawn, "value": "1 2"}]},))
    office.slack.press(
        office.anne, office.slack.workspace.whisper(office.room.id, office.anne.id, contents), "Beslutning"
    )
    office.settle()
    assert office.slack.forms(office.anne) == []
    assert "Mødet er ikke begyndt." in office.slack.whispers(office.anne, office.room)[-1].plain
