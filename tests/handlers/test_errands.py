"""What must be fetched first: it holds up nobody, and what goes wrong with it is told and not tried for ever."""

from __future__ import annotations

import logging
import threading

import pytest

from handlers.outbox import TRIES
from storage import outbox
from tests.office import Office
from tests.slack import Fault, User
from tests.stories.test_documents import JUNE, anne_at_work
from tests.stories.test_first_line import filed

__all__ = ["anne_at_work"]  # what a test here may ask for
HALF = Fault(200, {"Content-Type": "application/json"}, '{"ok": true, "file": {"name": "dagsorden.md"}}')


def test_while_a_file_is_fetched_letters_are_carried(anne_at_work: Office) -> None:
    office, asked, fetched = anne_at_work, threading.Event(), threading.Event()
    filed(office)
    office.slack.before("files.info", lambda _: _keep_waiting(asked, fetched))
    office.slack.upload(office.anne, office.room, "dagsorden.md", JUNE)
    assert asked.wait(20)
    office.slack.command(office.anne, office.room, "/dap dagsorden send")
    office.slack.wait(lambda: office.slack.history(office.karen))
    assert not fetched.is_set()
    fetched.set()
    office.slack.wait(lambda: "Jeg har læst" in office.slack.whispers(office.anne, office.room)[-1].plain, seconds=20)
    office.settle()


def test_an_answer_that_nobody_understands_is_given_up_and_told_with_a_number(
    anne_at_work: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office, tried = anne_at_work, list[None]()
    office.slack.before("files.info", lambda _: _answer_by_half(tried))
    office.slack.upload(office.anne, office.room, "dagsorden.md", JUNE)
    told = _told_of_a_bug(office, office.anne)
    (line,) = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR and not each.exc_info]
    number = line.removeprefix("bug ")[:8]
    assert f"nummeret {number}." in told
    assert "dagsorden.md" not in line
    assert len(tried) == TRIES


def test_a_stranger_whom_slack_describes_by_half_is_told_too(office: Office) -> None:
    office.slack.before("users.info", lambda _: _answer_by_half([]))
    office.slack.command(office.bo, office.room, "/dap opsætning")
    assert _told_of_a_bug(office, office.bo)


def test_a_letter_that_we_cannot_carry_leaves_the_way_to_the_next(anne_at_work: Office) -> None:
    office, now = anne_at_work, anne_at_work.program.carrier.clock()
    with office.program.storage.transaction() as session:
        for key, kind in (("by half", "update"), ("whole", "post")):
            payload = {"text": "Mødet er flyttet."}  # an update says what it changes, too
            outbox.put(session, key=key, lane=office.room.id, kind=kind, payload=payload, now=now)  # type: ignore[arg-type]
    office.settle()
    assert [each.plain for each in office.slack.history(office.room)] == ["Mødet er flyttet."]


def _told_of_a_bug(office: Office, person: User) -> str:
    """What somebody is told when something went wrong, once it has been given up."""

    def told() -> list[str]:
        said = [each.plain for each in office.slack.whispers(person, office.room)]
        return [each for each in said if each.startswith("Noget gik galt hos mig")]

    office.slack.wait(told, seconds=20)
    (sentence,) = told()
    return sentence


def _keep_waiting(asked: threading.Event, fetched: threading.Event) -> None:
    asked.set()
    fetched.wait(8)  # Slack's ten seconds are not over


def _answer_by_half(tried: list[None]) -> None:
    tried.append(None)
    raise HALF
