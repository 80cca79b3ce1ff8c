"""Slack says no, or nothing, or too much: each letter once, and the secretary hears what a person can mend."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from bot.__main__ import build
from storage import outbox
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Drop, Fault
from tests.stories.test_bad_input import locked, send
from tests.stories.test_first_line import filed


@beginning
def june(office: Office) -> Office:
    filed(office)
    office.founded()
    return office


def failing(trouble: Exception, times: int) -> Callable[[object], None]:
    """A hook that fails so many times, and then no more."""
    left = [trouble] * times

    def hook(_: object) -> None:
        if left:
            raise left.pop()

    return hook


@pytest.mark.parametrize(
    ("moment", "trouble"),
    [
        pytest.param("before", Drop(), id="the line is cut before Slack took it"),
        pytest.param("after", Drop(), id="the line is cut after Slack took it"),
        pytest.param("before", Fault(500), id="an error before Slack took it"),
        pytest.param("after", Fault(500), id="an error after Slack took it"),
        pytest.param("before", Fault(429, {"Retry-After": "0"}), id="too much at once"),
    ],
)
def test_a_call_that_fails_is_repeated_without_doubling(june: Office, moment: str, trouble: Exception) -> None:
    getattr(june.slack, moment)("chat.postMessage", failing(trouble, times=2))
    send(june)
    (posted,) = june.slack.history(june.room)
    assert [each.plain[:2] for each in june.slack.thread(posted)] == ["1.", "2.", "3."]


def test_not_in_the_channel_is_told_to_the_secretary_who_may_try_again(june: Office) -> None:
    refuse = june.slack.before("chat.postMessage", lambda args: _refuse(june, args))
    send(june)
    told = june.slack.history(june.anne)[-1]
    assert "Skriv /invite i kanalen" in told.plain
    assert june.slack.history(june.room) == []
    refuse()
    june.presses(june.anne, "Prøv igen")
    (posted,) = june.slack.history(june.room)
    assert len(june.slack.thread(posted)) == 3


def _refuse(office: Office, args: dict[str, object]) -> None:
    if args["channel"] == office.room.id:
        raise Fault(200, {"Content-Type": "application/json"}, '{"ok": false, "error": "not_in_channel"}')


def test_trying_again_does_not_double_what_slack_had_taken_unheard(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    june.slack.after("chat.postMessage", failing(Drop(), times=1))
    away = june.slack.before("conversations.history", lambda _: _away())
    june.slack.press(june.anne, june.with_button(june.anne, "Send dagsordenen ud"), "Send dagsordenen ud")
    june.slack.wait(lambda: june.slack.history(june.room))

    carrier, desk, began = june.program.carrier, june.program.desk, june.program.carrier.clock
    carrier.clock = desk.clock = lambda: began() + 25 * 60 * 60  # a day passes in which Slack shows nothing
    june.slack.wait(lambda: any("Prøv igen" in each.buttons for each in june.slack.history(june.anne)))
    away()
    june.presses(june.anne, "Prøv igen")
    (posted,) = june.slack.history(june.room)
    assert len(june.slack.thread(posted)) == 3


def _away() -> None:
    raise Fault(500)


def test_who_posts_late_while_the_database_is_locked_still_has_the_copy_taken_back(engine: str, office: Office) -> None:
    late = build(office.program.settings).carrier
    with office.program.storage.transaction() as session:
        began, said = time.time() - 100, {"text": "Mødet er flyttet."}
        outbox.put(session, key="1", lane=office.room.id, kind="post", payload=said, now=began)
        held = outbox.claim(session, "late", began, 60)
    assert held
    office.settle()  # another carrier takes it over, posts it, and looks once more

    opened = threading.Event()

    def lock(_: object) -> None:
        def keep() -> None:
            with locked(engine, office):
                opened.set()
                time.sleep(1.5)  # longer than anybody waits for a lock

        threading.Thread(target=keep).start()
        opened.wait()

    office.slack.after("chat.postMessage", lock)
    late.second_look, late._deadline = 0.1, time.time() + 10
    late._deliver(held)
    assert len(office.slack.history(office.room)) == 2
    office.settle()
    assert [each.plain for each in office.slack.history(office.room)] == ["Mødet er flyttet."]
    late.storage.close()


def test_a_lost_item_in_the_thread_is_told_to_the_secretary(june: Office) -> None:
    lost = june.slack.before("chat.postMessage", _refuse_second_item)
    send(june)
    lost()
    assert "Slack ville ikke tage imod det." in "".join(each.plain for each in june.slack.history(june.anne))


def _refuse_second_item(args: dict[str, object]) -> None:
    if str(args["text"]).startswith("2."):
        raise Fault(200, {"Content-Type": "application/json"}, '{"ok": false, "error": "invalid_blocks"}')
