"""A decision announced with a wrong outcome, on wrong terms, or to be made final at a wrong meeting is put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from storage import verification
from tests.office import Office
from tests.slack import View
from tests.stories.test_decisions import announced, decided, meeting

__all__ = ["meeting"]

OCTOBER = "mandag den 6. oktober 2025"


def opened(office: Office, which: str = "2025-1") -> View:
    """Anne has the form before her in which a decision is corrected."""
    office.types(office.anne, f"beslutninger {which}")
    office.presses(office.anne, "Ret", office.room)
    return office.slack.form(office.anne)


def corrected(office: Office, which: str = "2025-1", reason: str = "Det var forkert.", **fields: Any) -> str:
    """Anne corrects it; what she reads then."""
    opened(office, which)
    office.slack.fill(office.anne, {**fields, "reason": reason})
    answer = office.slack.submit(office.anne)
    assert answer.errors == {}, answer.errors
    office.settle()
    return office.slack.whispers(office.anne, office.room)[-1].plain


def refused(office: Office, which: str = "2025-1", **fields: Any) -> Mapping[str, str]:
    """What stands in red under the fields when Anne tries."""
    opened(office, which)
    office.slack.fill(office.anne, {**fields, "reason": "Det var forkert."})
    errors = office.slack.submit(office.anne).errors
    office.slack.dismiss(office.anne)
    return errors


def posted(office: Office) -> tuple[str, list[str]]:
    """The one announcement there is, and what is said in its thread."""
    (post,) = office.slack.history(office.room)
    return post.plain, [each.plain for each in office.slack.thread(post)]


def asked(office: Office, day: int, month: int) -> int:
    """The clock strikes nine on a day of 2025; how much Anne has been asked of what waits."""
    office.time = datetime(2025, month, day, 8, tzinfo=UTC)
    office.program.clock.sweep()
    office.settle()
    return sum("2025-1 " in each.plain for each in office.slack.history(office.anne) if "ndelig" in each.plain)


def test_what_was_announced_as_final_was_preliminary_and_was_final_after_all(meeting: Office) -> None:
    decided(meeting, "3.2")
    announced(meeting)
    said = "Foreløbigt godkendt. Endelig godkendelse mandag den 6. oktober 2025. Rettet: Kun foreløbigt."
    text = "Styregruppen godkendte foreløbigt udkastet til budget 2026."
    assert said in corrected(meeting, text=text, reason="Kun foreløbigt.", how="preliminary", meeting=OCTOBER)
    announced(meeting)
    post, thread = posted(meeting)
    assert said in post
    assert [said in each for each in thread] == [True]
    assert meeting.types(meeting.bo, "beslutninger").startswith("Afventer noget")
    text = "Styregruppen godkendte udkastet til budget 2026."
    assert corrected(meeting, text=text, reason="Endeligt.", how="final").count("oreløbig") == 0
    announced(meeting)
    post, thread = posted(meeting)
    assert post.endswith("Styregruppen godkendte udkastet til budget 2026.\nRettet: Endeligt.")
    assert len(thread) == 2
    assert "Afventer noget" not in meeting.types(meeting.bo, "beslutninger")


def test_what_is_made_preliminary_is_asked_about_and_what_was_is_not(meeting: Office) -> None:
    decided(meeting, "3.2")
    announced(meeting)
    corrected(meeting, how="preliminary", meeting=OCTOBER)
    assert asked(meeting, 19, 9) == 1
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    assert asked(meeting, 7, 10) == 1


def test_a_reservation_that_was_forgotten_waits_for_the_next_meeting(meeting: Office) -> None:
    decided(meeting, "3.2")
    announced(meeting)
    assert refused(meeting, how="conditional") == {
        "Afventer ja fra": "Hvem skal sige ja, før beslutningen gælder? Skriv hvem."
    }
    corrected(meeting, how="conditional", holder="KL", due="senest næste møde")
    announced(meeting)
    said = f"Beslutningen gælder, hvis KL siger ja. Frist for svar: senest næste møde, {OCTOBER}."
    post, thread = posted(meeting)
    assert said in post
    assert said in thread[0]
    meeting.time = datetime(2025, 11, 3, 8, tzinfo=UTC)  # the meeting is past; it is no other's day now
    corrected(meeting, text="Styregruppen godkendte budgettet.")
    assert said in meeting.types(meeting.anne, "beslutninger")
    corrected(meeting, holder="PLO")
    assert said.replace("KL", "PLO") in meeting.types(meeting.anne, "beslutninger")


def test_it_was_referred_and_to_another_body(meeting: Office) -> None:
    decided(meeting, "3.2")
    announced(meeting)
    assert refused(meeting, how="referred") == {"Henvist til": "Hvem er det henvist til? Skriv hvem."}
    corrected(meeting, text="Styregruppen henviste budgettet.", how="referred", referred="KL")
    corrected(meeting, referred="PLO")
    announced(meeting)
    assert "Henvist til PLO." in posted(meeting)[0]
    assert refused(meeting, how="final") == {"Hvad blev det til?": "Sæt kryds ved, hvad det blev til."}
    approved: dict[str, Any] = {"Hvad blev det til?": ["approved"]}
    corrected(meeting, how="final", **approved)
    announced(meeting)
    assert "Henvist til" not in posted(meeting)[0]


def test_a_term_that_goes_with_another_choice_is_not_passed_over(meeting: Office) -> None:
    decided(meeting, "3.2")
    announced(meeting)
    said = 'Det hører til et andet valg under "Beslutningen er". Ret valget, eller tøm feltet.'
    assert refused(meeting, holder="KL") == {"Afventer ja fra": said}
    assert refused(meeting, meeting=OCTOBER) == {"Endelig godkendelse på mødet": said}


APPROVED: dict[str, Any] = {"Hvad blev det til?": ["approved"], "how": "final"}
TEXT = "Styregruppen godkendte budgettet."
BACK = "Forslaget om at tage punktet op igen er trukket tilbage."


def waiting(office: Office) -> str:
    return office.types(office.anne, "dagsorden forslag")


@pytest.mark.parametrize("alone", ["not_reached", "postponed"])
def test_what_nobody_has_heard_was_put_off_was_decided_after_all(meeting: Office, alone: str) -> None:
    decided(meeting, "2")
    decided(meeting, "3.2", how=alone)
    assert "Budget 2026" in waiting(meeting)
    opened(meeting, "budget")
    meeting.slack.fill(meeting.anne, {**APPROVED, "text": TEXT})
    assert meeting.slack.submit(meeting.anne).errors == {}
    meeting.settle()
    told = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert f"2025-2: Punkt 3.2, Budget 2026\n{TEXT}" in told
    assert BACK in told
    assert "Trukket tilbage." in meeting.slack.history(meeting.anne)[-1].plain
    assert "Der venter ingen forslag." in waiting(meeting)
    announced(meeting)
    assert "ikke punktet" not in posted(meeting)[0]
    assert f"2025-2: Punkt 3.2, Budget 2026\n{TEXT}" in posted(meeting)[0]
    assert "3.2" not in meeting.types(meeting.anne, "møde slut")


def test_what_was_announced_as_not_reached_was_decided_on_terms(meeting: Office) -> None:
    decided(meeting, "3.2", how="not_reached")
    announced(meeting)
    assert "nåede ikke punktet" in posted(meeting)[0]
    told = corrected(meeting, "budget", text=TEXT, **{**APPROVED, "how": "conditional", "holder": "KL"})
    assert "Beslutningen gælder, hvis KL siger ja. Rettet: Det var forkert." in told
    assert BACK in told
    assert "nåede ikke punktet" in meeting.types(meeting.bo, "beslutninger")
    announced(meeting)
    post, thread = posted(meeting)
    assert f"2025-1: Punkt 3.2, Budget 2026\n{TEXT}" in post
    assert TEXT in thread[0]
    assert meeting.types(meeting.bo, "beslutninger").startswith("Afventer noget")
    decided(meeting, "2")
    assert "2025-2: Punkt 2" in meeting.types(meeting.anne, "beslutninger")
    with meeting.program.storage.reading() as reader:
        assert verification.verify(reader, 1).holds


def test_a_correction_that_is_undone_lets_the_item_come_back_after_all(meeting: Office) -> None:
    decided(meeting, "3.2", how="postponed", meeting=OCTOBER)
    announced(meeting)
    for _ in range(2):
        corrected(meeting, "budget", text=TEXT, **APPROVED)
        assert "Der venter ingen forslag." in waiting(meeting)
        message = meeting.with_button(meeting.anne, "Fortryd", meeting.room)
        meeting.presses(meeting.anne, "Fortryd", meeting.room)
        said = next(each for each in meeting.slack.whispers(meeting.anne, meeting.room) if each.ts == message.ts)
        assert (
            "Det, der sidst var registreret om punkt 3.2, er fortrudt. Det, der stod før, gælder igen: " in said.plain
        )
        assert f"Punktet er igen foreslået til mødet {OCTOBER}." in said.plain
        assert waiting(meeting).count("Budget 2026") == 1
        assert "[Sæt på dagsordenen]" in meeting.slack.history(meeting.anne)[-1].plain
    assert "udsat" in meeting.types(meeting.bo, "beslutninger")
    with meeting.program.storage.reading() as reader:
        assert verification.verify(reader, 1).holds


def test_a_proposal_that_stands_on_the_next_agenda_already_is_told(meeting: Office) -> None:
    decided(meeting, "3.2", how="not_reached")
    meeting.presses(meeting.anne, "Sæt på dagsordenen", meeting.anne)
    announced(meeting)
    told = corrected(meeting, "budget", text=TEXT, **APPROVED)
    assert f"Punktet står allerede på dagsordenen til mødet {OCTOBER} som punkt 2 og bliver stående der." in told


def test_of_what_is_put_off_the_words_alone_or_how_may_be_wrong(meeting: Office) -> None:
    decided(meeting, "3.2", how="postponed", meeting=OCTOBER)
    announced(meeting)
    said = corrected(meeting, "budget", text="Punktet er udsat til oktober.")
    assert "Punktet er udsat til oktober." in said
    assert "Budget 2026" in waiting(meeting)
    corrected(meeting, "budget", text="Punktet blev ikke nået.", how="not_reached")
    assert opened(meeting, "budget").inputs["Beslutningen er"] == "Ikke nået"
    meeting.slack.dismiss(meeting.anne)
    assert "Budget 2026" in waiting(meeting)


def test_what_was_decided_after_all_is_written_and_ticked(meeting: Office) -> None:
    decided(meeting, "3.2", how="not_reached")
    announced(meeting)
    assert refused(meeting, "budget", how="final", text=TEXT) == {
        "Hvad blev det til?": "Sæt kryds ved, hvad det blev til."
    }
    assert refused(meeting, "budget", **APPROVED) == {
        "Beslutningen": "Skriv, hvad der blev besluttet. Sætningen siger endnu, at punktet ikke blev behandlet."
    }
    assert "et andet valg" in refused(meeting, "budget", **{**APPROVED, "how": "not_reached"})["Hvad blev det til?"]


def test_what_had_lapsed_by_mistake_is_awaited_still(meeting: Office) -> None:
    decided(meeting, "3.2", how="conditional", holder="KL")
    announced(meeting)
    meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Har sagt nej", meeting.room)
    announced(meeting)
    assert opened(meeting).inputs["Beslutningen er"] == "Bortfaldet"
    meeting.slack.dismiss(meeting.anne)
    corrected(meeting, how="conditional", holder="KL")
    assert meeting.types(meeting.anne, "beslutninger").startswith("Afventer noget")


@pytest.mark.parametrize("how", ["postponed", "not_reached", "lapsed", "nothing"])
def test_a_forged_choice_changes_nothing(meeting: Office, how: str) -> None:
    decided(meeting, "3.2")
    view = opened(meeting)
    state = {**view.values, "how": {"value": {"type": "static_select", "selected_option": {"value": how}}}}
    answer = meeting.slack.forge(meeting.anne, view, state={"values": state})
    assert "Det gælder ikke længere." in " ".join(answer.errors.values())


def test_a_reason_that_is_only_spaces_is_asked_for(meeting: Office) -> None:
    decided(meeting, "2")
    announced(meeting)
    opened(meeting)
    meeting.slack.fill(meeting.anne, {"reason": "  "})
    assert meeting.slack.submit(meeting.anne).errors == {"Hvad er rettet, og hvorfor?": "Feltet skal udfyldes."}
