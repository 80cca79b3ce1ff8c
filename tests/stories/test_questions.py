"""Questions about the money: answered by figures or a decision at once, else by the secretary, or at the meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.agenda import Agenda, Item, Kinds
from bot.budgets import Budget, Line
from bot.decisions import Decision
from bot.meetings import Meeting
from bot.reading import Reading
from storage import documents, groups
from storage.items import Item as ItemRow
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Message, User
from tests.stories.test_first_line import JUNE

BUDGET = Budget(
    "DAP 2025",
    item="3",
    budget_as_of=dt.date(2025, 4, 28),
    spent_as_of=dt.date(2025, 5, 31),
    lines=(
        Line("Klinikkens cockpit", 104_500_000, 31_242_000, 73_258_000),
        Line("Diagnosekort i almen praksis", 114_900_000, 69_116_300, 45_783_700),
        Line("Udisponerede midler", -8_700_000, unallocated=True),
    ),
    total=Line("Total", 210_700_000, 100_358_300, 110_341_700),
)
APRIL = Agenda(
    Meeting("Referat af styregruppemøde for Digital Almen Praksis", dt.date(2025, 4, 2)),
    items=(
        Item(
            "1", "Budget 2026", kinds=Kinds("B"), decisions=(Decision("Rammen for 2026 er 8 mio. kr.", ("approved",)),)
        ),
    ),
)
COCKPIT = (
    "Klinikkens cockpit: 732.580 kr. tilbage pr. 31. maj 2025. Budget 1.045.000 kr., forbrug 312.420 kr. (29,9 %)."
    " Kilde: dagsorden 18. juni 2025, punkt 3."
)
SPENT = (
    "Diagnosekort i almen praksis: 691.163 kr. brugt pr. 31. maj 2025 (60,2 %). Budget 1.149.000 kr.,"
    " 457.837 kr. tilbage. Kilde: dagsorden 18. juni 2025, punkt 3."
)
SHARE = (
    "Klinikkens cockpit: 29,9 % brugt pr. 31. maj 2025, 312.420 kr. af 1.045.000 kr., 732.580 kr. tilbage."
    " Kilde: dagsorden 18. juni 2025, punkt 3."
)
COSTS = "Klinikkens cockpit: Budget 1.045.000 kr. Forbrug pr. 31. maj 2025 312.420 kr. (29,9 %), 732.580 kr. tilbage."
TO_ANNE = "Det kan jeg ikke se af tallene eller beslutningerne. Spørgsmålet er noteret og sendt til Anne Holm"


def filed(office: Office, agenda: Agenda = JUNE, budgets: tuple[Budget, ...] = (BUDGET,), digest: str = "juni") -> None:
    """A document with its budgets, as it is once it has been read in."""
    with office.program.storage.transaction() as session:
        home = groups.found(session, office.room.id, language="da", at=office.time)
        reading = Reading("minutes" if agenda is APRIL else "agenda", agenda, budgets=budgets)
        documents.file(session, home, reading, name="dokument.md", digest=digest, at=office.time)


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, the June agenda with its budget, and minutes of April."""
    filed(office, APRIL, (), "april")
    filed(office)
    office.founded()
    return office


def mentions(office: Office, person: User, words: str, thread: Message | None = None) -> Message:
    """Mention the bot in the channel; the message that does so."""
    said = office.slack.say(person, office.room, f"@dap {words}", thread)
    office.settle()
    return said


def spaced(text: str) -> str:
    """A text with ordinary spaces between amounts and "kr."."""
    return text.replace("\u00a0", " ")


def answers(office: Office, words: str) -> None:
    """Anne answers the question she was asked last."""
    office.presses(office.anne, "Svar")
    office.slack.fill(office.anne, {"Svar": words})
    assert office.slack.submit(office.anne).errors == {}
    office.settle()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("budget spørg hvor meget er der tilbage i cockpittet?", COCKPIT, id="en linje"),
        pytest.param("hvad er der tilbage i cockpittet", COCKPIT, id="uden budget foran"),
        pytest.param("budget cockpit", COCKPIT, id="navnet alene"),
        pytest.param("budget klinkkens cokpit", COCKPIT, id="med slåfejl"),
        pytest.param("budget hvad er restbudgettet?", "Total: 1.103.417 kr. tilbage", id="restbudgettet"),
        pytest.param("hvad har vi brugt på diagnosekort?", SPENT, id="forbrug"),
        pytest.param("budget hvor mange procent er brugt i cockpittet?", SHARE, id="procent"),
        pytest.param("budget hvor stort er forbruget i procent", "Total: 47,6 % brugt pr. 31. maj 2025", id="stort"),
        pytest.param("hvor stor en del af budgettet er brugt?", "Total: 47,6 % brugt pr. 31. maj 2025", id="en del"),
        pytest.param("hvor stor en procentdel er brugt?", "Total: 47,6 % brugt pr. 31. maj 2025", id="procentdel"),
        pytest.param("hvor meget mangler vi at bruge i cockpittet", COCKPIT, id="mangler at bruge"),
        pytest.param("budget how much have we left to spend on cockpit?", COCKPIT, id="engelsk"),
        pytest.param("hvad koster cockpittet og diagnosekort?", COSTS, id="koster"),
        pytest.param("er vi over budget?", "Total: ikke overskredet, 1.103.417 kr. tilbage pr.", id="ikke over"),
        pytest.param("budget hvilke linjer er overskredet?", "Total: ikke overskredet, 1.103", id="hvilke over"),
        pytest.param("budget hvem har brugt for meget", "Total: ikke overskredet, 1.103", id="hvem over"),
        pytest.param("er cockpittet over budget?", "cockpit: ikke overskredet, 732.580 kr.", id="en linje ikke over"),
        pytest.param("budget hvad har vi brugt i 2025?", "Total: 1.003.583 kr. brugt pr.", id="budgettets eget år"),
        pytest.param("budget hvad er der tilbage i cockpittet og diagnosekort?", "praksis: 457.837 kr.", id="to"),
        pytest.param(
            "budget hvad besluttede vi om budgettet for 2026?",
            "Beslutning 2025-1, onsdag den 2. april 2025, punkt 1: Rammen for 2026 er 8 mio. kr.",
            id="en beslutning",
        ),
    ],
)  # fmt: skip
def test_what_the_papers_hold_is_answered_at_once_with_its_source(june: Office, typed: str, said: str) -> None:
    assert said in spaced(june.types(june.bo, typed))
    assert june.slack.history(june.anne) == []
    assert june.slack.history(june.room) == []


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("hvorfor er der så lidt tilbage i cockpittet?", id="hvorfor"),
        pytest.param("hvornår er budgettet for cockpittet brugt?", id="hvornår"),
        pytest.param("hvem har brugt pengene i cockpittet?", id="hvem"),
        pytest.param("hvorfor er vi over budget?", id="hvorfor over"),
        pytest.param("er vi over budget til næste år?", id="over næste år"),
        pytest.param("hvad koster et cockpit mere?", id="hvad noget nyt koster"),
        pytest.param("budget hvad har vi brugt på cockpittet i 2024 og 2025?", id="en sum over år"),
        pytest.param("budget hvad har vi brugt i 2024?", id="et andet år"),
        pytest.param("budget hvad er der tilbage til kantinen?", id="en linje, der ikke findes"),
        pytest.param("budget hvis vi bruger 100.000 kr. mere på cockpittet, hvad er der så tilbage?", id="hvis"),
        pytest.param("budget kan vi bruge resten af cockpittet?", id="kan vi"),
        pytest.param("budget hvad er der disponeret på cockpittet?", id="disponeret"),
        pytest.param("budget hvorfor besluttede vi budgettet for 2026?", id="hvorfor besluttet"),
        pytest.param("budget hvad besluttede vi om budgettet for 2031?", id="intet besluttet"),
        pytest.param("budget vejret i morgen bliver fint", id="noget helt andet"),
    ],
)
def test_what_they_do_not_hold_goes_to_a_person_and_no_figure_is_made_up(june: Office, typed: str) -> None:
    said = june.types(june.bo, typed)
    assert said == f"{TO_ANNE}. Du får svaret privat."
    (asked,) = june.slack.history(june.anne)
    assert asked.plain.startswith("Bo Lind spørger om budgettet:")
    assert asked.buttons == ["Svar", "Tag med på mødet"]


def test_a_question_in_the_channel_is_answered_in_its_thread(june: Office) -> None:
    asked = mentions(june, june.bo, "hvorfor er der brugt så lidt på cockpittet?")
    assert june.slack.whispers(june.bo, june.room)[-1].plain == f"{TO_ANNE}, som svarer her i tråden."
    assert june.slack.thread(asked) == []
    answers(june, "Leverandøren har ikke sendt regningen.")
    assert [each.plain for each in june.slack.thread(asked)] == [
        "Anne Holm svarer:\nLeverandøren har ikke sendt regningen."
    ]
    assert "Svar" not in june.slack.history(june.anne)[0].buttons


def test_a_question_in_the_channel_that_the_figures_answer_is_answered_privately(june: Office) -> None:
    asked = mentions(june, june.bo, "hvad er der tilbage i cockpittet?")
    assert spaced(june.slack.whispers(june.bo, june.room)[-1].plain) == COCKPIT
    assert june.slack.thread(asked) == []
    assert june.slack.whispers(june.mads, june.room) == []


def test_a_question_by_command_is_answered_to_who_asked_alone(june: Office) -> None:
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    answers(june, "I oktober.")
    assert (
        june.slack.history(june.bo)[-1].plain
        == "Du spurgte: hvornår kommer der nye tal?\nAnne Holm svarer:\nI oktober."
    )
    assert june.slack.history(june.room) == []
    assert june.slack.history(june.mads) == []


def test_a_question_in_the_private_chat_is_answered_there(june: Office) -> None:
    june.slack.say(june.karen, june.karen, "hvad er der tilbage i cockpittet?")
    june.settle()
    assert spaced(june.slack.history(june.karen)[-1].plain) == COCKPIT
    june.slack.say(june.karen, june.karen, "hvorfor er pengene ikke brugt?")
    june.settle()
    answers(june, "Det spørger jeg om.")
    assert june.slack.history(june.karen)[-1].plain.endswith("Anne Holm svarer:\nDet spørger jeg om.")
    assert june.slack.history(june.room) == []


def test_what_the_secretary_asks_herself_is_not_said_to_be_sent_to_somebody(june: Office) -> None:
    said = june.types(june.anne, "budget spørg hvornår kommer der nye tal?")
    assert said.endswith("Spørgsmålet er noteret, og du kan svare på det i din private chat.")
    assert june.slack.history(june.anne)[-1].buttons == ["Svar", "Tag med på mødet"]


def test_answering_twice_is_answering_once(june: Office) -> None:
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    question = june.with_button(june.anne, "Svar")
    for words in ("I oktober.", "I november."):
        june.slack.press(june.anne, question, "Svar")
        june.slack.fill(june.anne, {"Svar": words})
        answer = june.slack.submit(june.anne)
        june.settle()
    assert "Det klarede Anne Holm" in " ".join(answer.errors.values())
    assert [each.plain.endswith("I oktober.") for each in june.slack.history(june.bo)] == [True]


def test_a_member_sees_own_questions_and_those_answered_in_the_channel(june: Office) -> None:
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    mentions(june, june.mads, "hvorfor er der penge tilbage?")
    assert june.types(june.karen, "budget spørgsmål").index("hvorfor er der penge") < june.types(
        june.karen, "budget questions"
    ).index("hvornår kommer")
    assert "hvorfor er der penge" not in june.types(june.bo, "budget spørgsmål")
    answers(june, "Det er planen.")

    seen = june.types(june.bo, "budget spørgsmål")
    assert (
        "hvorfor er der penge tilbage?\nMads Juhl, tirsdag den 10. juni 2025 · besvaret\nAnne Holm: Det er planen."
        in seen
    )
    assert "hvornår kommer der nye tal?\nBo Lind, tirsdag den 10. juni 2025 · venter på svar" in seen
    assert "hvornår kommer" not in june.types(june.mads, "budget spørgsmål")
    assert "Svar" not in june.slack.whispers(june.bo, june.room)[-1].buttons


def test_a_question_is_taken_to_the_meeting_under_the_budget_item(june: Office) -> None:
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    june.presses(june.anne, "Tag med på mødet")
    assert (
        "Spørgsmålet er taget med under punkt 3, Budgetter 2025." in june.slack.whispers(june.anne, june.anne)[-1].plain
    )
    assert "tages med på mødet onsdag den 18. juni 2025" in june.types(june.bo, "budget spørgsmål")
    assert "hvornår kommer der nye tal?" in june.types(june.mads, "punkt 3")

    filed(june, replace(JUNE, items=(JUNE.items[0], JUNE.items[2])), digest="en ny udgave")
    assert "tages med på mødet onsdag den 18. juni 2025" in june.types(june.bo, "budget spørgsmål")
    answers(june, "I oktober.")
    assert june.slack.history(june.bo)[-1].plain.endswith("I oktober.")


def test_without_a_budget_item_one_is_proposed_and_nobody_else_sees_it(june: Office) -> None:
    filed(june, replace(JUNE, items=JUNE.items[:2]), digest="uden budget")
    for question in ("hvornår kommer der nye tal?", "hvorfor er vi foran?"):
        june.types(june.bo, f"budget spørg {question}")
        june.presses(june.anne, "Tag med på mødet")
        told, card = june.slack.whispers(june.anne, june.anne)[-2:]
        assert "taget med under Budgetspørgsmål." in told.plain
        assert "Sæt på dagsordenen" in card.buttons
    assert "Budgetspørgsmål" not in june.types(june.bo, "agenda")
    june.presses(june.anne, "Sæt på dagsordenen", june.anne)
    assert "Budgetspørgsmål" in june.types(june.bo, "agenda")


def test_a_closed_item_keeps_its_budget_to_those_it_is_for(june: Office) -> None:
    close(june, "Budgetter 2025")
    assert "732.580" in june.types(june.karen, "hvad er der tilbage i cockpittet?")
    assert june.types(june.bo, "hvad er der tilbage i cockpittet?").startswith(TO_ANNE)
    assert "Der er ikke noget budget endnu." in june.types(june.bo, "budget")
    close(june, "Budget 2026")
    assert "8 mio." not in june.types(june.bo, "budget hvad besluttede vi om budgettet for 2026?")


def test_the_bare_table_changes_nothing_and_a_slip_is_only_asked_about(june: Office) -> None:
    june.types(june.bo, "budget")
    assert 'Jeg kender ikke budgetlinjen "elektronisk diagnosekode". Mente du' in june.types(
        june.bo, "budget elektronisk diagnosekode"
    )
    assert 'Jeg kender ikke budgetlinjen "xyz". Skriv' in june.types(june.bo, "budget xyz")
    assert "Der er ikke noget budget for 2026. Skriv" in june.types(june.bo, "budget 2026")
    assert "Der er ikke nogen spørgsmål om budgettet." in june.types(june.karen, "budget spørgsmål")
    assert "Skriv spørgsmålet efter" in june.types(june.bo, "budget spørg")


def test_a_member_may_not_answer_though_the_button_be_drawn(june: Office) -> None:
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    stolen = replace(june.with_button(june.anne, "Svar"), channel=june.slack.workspace.chat_with(june.bo).id)
    june.slack.press(june.bo, stolen, "Svar")
    june.settle()
    assert "Det er sekretariatet, der svarer" in june.slack.whispers(june.bo, june.bo)[-1].plain


def close(office: Office, title: str) -> None:
    """An item is from now on for secretariat and chair alone."""
    with office.program.storage.transaction() as session:
        for item in session.scalars(select(ItemRow).where(ItemRow.group_id == 1)):
            if item.title == title:
                item.audience = []
