"""The secretary's work is handed over: what the former one was shown in private stays as it was."""

from __future__ import annotations

from tests.office import Office
from tests.stories.test_proposals import june

__all__ = ["june"]


def test_a_former_secretary_is_shown_nothing_more_of_what_she_was_asked(june: Office) -> None:
    june.types(june.bo, "agenda foreslå Nye borde")
    june.types(june.bo, "budget spørg hvorfor mangler der penge?")
    before = [each.plain for each in june.slack.history(june.anne)]
    june.types(june.anne, f"opsætning sekretær <@{june.mads.id}>")
    june.types(june.mads, "agenda forslag")
    june.presses(june.mads, "Sæt på dagsordenen", june.room)
    june.types(june.mads, "budget spørgsmål")
    june.presses(june.mads, "Svar", june.room)
    june.slack.fill(june.mads, {"Svar": "Rammen er lavere i år."})
    assert june.slack.submit(june.mads).errors == {}
    june.settle()
    after = [each.plain for each in june.slack.history(june.anne)]
    assert after[: len(before)] == before
    assert "Rammen er lavere i år." not in "".join(after)
