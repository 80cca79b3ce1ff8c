"""Socket Mode on a bad day: people type and press while Slack cuts, renews, loses and sends again."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
from sqlalchemy import select

from handlers.sockets import Sockets
from storage.history import Change
from storage.tasks import Task
from tests.office import Office
from tests.slack import Answer, Channel, Message, User, limits

ROUNDS = 4  # tasks that each person notes in each room; every second is undone


@pytest.fixture
def wired(office: Office) -> Iterator[Sockets]:
    """The bot by Socket Mode alone."""
    before = set(threading.enumerate())
    office.slack.connect("")
    sockets = Sockets(office.program.app(), office.slack.app_token, patience=0.01, linger=0.1)
    sockets.open()
    office.slack.wait(lambda: office.slack.sockets.connected == 2)
    yield sockets
    sockets.close()
    office.slack.wait(lambda: office.slack.sockets.connected == 0)
    left = [each.name for each in set(threading.enumerate()) - before if each.name.startswith(("socket", "envelope"))]
    assert left == []


def test_each_command_and_press_has_one_effect_and_one_answer_in_any_weather(
    office: Office, wired: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ACK_SECONDS", 0.5)
    people = [office.anne, office.karen, office.bo, office.sofie, office.mads]
    rooms = [office.room, *(office.slack.channel(name, people=people) for name in ("økonomi", "teknik"))]
    for room in rooms:
        office.types(office.anne, "opsætning", room)

    with bad_weather(office), ThreadPoolExecutor(len(people)) as crowd:
        noted = [text for texts in crowd.map(lambda person: works(office, person, rooms), people) for text in texts]
    while office.slack.redeliver():
        pass
    office.settle()

    office.slack.wait(lambda: office.slack.sockets.connected == wired.held)
    seen = [each.plain for person in people for room in rooms for each in office.slack.whispers(person, room)]
    with office.program.storage.reading() as reader:
        texts = reader.scalars(select(Task.text).where(Task.group_id.in_(range(1, 4)))).all()
        deeds = Counter(reader.scalars(select(Change.what).where(Change.group_id.in_(range(1, 4)))))
    undone = [text for text in noted if text.endswith("fortrudt")]
    assert len(noted) == len(set(noted)) == len(people) * len(rooms) * ROUNDS
    assert sorted(texts) == sorted(noted)
    assert (deeds["task made"], deeds["task undone"]) == (len(noted), len(undone)), deeds
    for text in noted:
        said = "Fortrudt. Opgaven er ikke noteret" if text in undone else "Opgaven er noteret."
        (answer,) = [each for each in seen if text in each]
        assert answer.startswith(said)


@pytest.mark.parametrize(
    "politely", [pytest.param(True, id="with a close frame"), pytest.param(False, id="in silence")]
)
def test_cut_off_the_bot_is_back_at_once(office: Office, wired: Sockets, politely: bool) -> None:
    office.slack.sockets.hang_up(politely=politely)
    office.slack.wait(lambda: office.slack.sockets.connected == wired.held, seconds=2)
    assert "Du kan gøre dette nu" in office.types(office.anne, "opsætning") + office.types(office.anne, "hjælp")


def test_while_one_connection_is_renewed_the_other_is_there(office: Office, wired: Sockets) -> None:
    office.types(office.anne, "opsætning")
    for number in (0, 1, 0, 1):
        office.slack.disconnect("refresh_requested", number)
        assert "Du kan gøre dette nu" in office.types(office.anne, "hjælp")
    office.slack.wait(lambda: office.slack.sockets.connected == wired.held)


def test_switched_off_and_on_again_it_comes_by_itself(office: Office, wired: Sockets) -> None:
    office.slack.disconnect("link_disabled")
    office.slack.wait(lambda: office.slack.sockets.connected == 0)
    assert office.slack.command(office.anne, office.room, "/dap hjælp").error == "dispatch_failed"
    office.slack.sockets.switched_on = True
    office.slack.wait(lambda: office.slack.sockets.connected == wired.held)
    office.types(office.anne, "opsætning")


def test_a_form_stands_open_though_its_command_came_twice(
    office: Office, wired: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.types(office.anne, "opsætning")
    before = office.slack.whispers(office.anne, office.room)
    monkeypatch.setattr(limits, "ACK_SECONDS", 0.3)
    office.slack.weather.ack_lost = 1
    assert office.slack.command(office.anne, office.room, "/dap møde ny").error == "operation_timeout"
    office.slack.weather.clear()
    assert office.slack.redeliver() == 1
    office.settle()
    assert [each.title for each in office.slack.forms(office.anne)] == ["Nyt møde"]
    assert office.slack.whispers(office.anne, office.room) == before
    assert wired.held


def works(office: Office, person: User, rooms: list[Channel]) -> list[str]:
    """Somebody's day: what she noted, in whichever room."""
    noted = []
    for n, room in itertools.product(range(ROUNDS), rooms):
        text = f"Notat {n} af {person.name} i {room.name}{' fortrudt' if n % 2 else ''}"
        tried(partial(office.slack.command, person, room, f"/dap opgave {text}"))
        answer = awaited(office, person, room, text)
        if n % 2:
            tried(partial(office.slack.press, person, answer, "Fortryd"))
        noted.append(text)
    return noted


def tried(deed: Callable[[], Answer]) -> None:
    """As people do: again where Slack says that nobody was there. What was not acknowledged Slack brings again."""
    while deed().error == "dispatch_failed":
        time.sleep(0.02)


def awaited(office: Office, person: User, room: Channel, text: str) -> Message:
    def found() -> list[Message]:
        return [each for each in office.slack.whispers(person, room) if text in each.plain]

    office.slack.wait(found, seconds=20)
    return found()[0]


@contextmanager
def bad_weather(office: Office) -> Iterator[None]:
    """Whatever may happen to connections happens in turn, a tenth of all acks are lost, and what nobody acknowledged is
    brought again.
    """
    slack, over = office.slack, threading.Event()
    slack.weather.ack_lost = 0.1

    def rage() -> None:
        events: list[Callable[[], None]] = [
            partial(slack.sockets.hang_up, 0),
            partial(slack.disconnect, "refresh_requested"),
            partial(slack.sockets.hang_up, politely=True),
            partial(slack.disconnect, "warning", 0),
            partial(slack.disconnect, "link_disabled"),
            slack.sockets.hang_up,
        ]
        for event in itertools.cycle(events):
            if over.wait(0.15):
                return
            event()
            over.wait(0.05)
            slack.sockets.switched_on = True
            slack.redeliver()

    with ThreadPoolExecutor(1) as sky:
        storm = sky.submit(rage)
        try:
            yield
        finally:
            over.set()
        storm.result()
    slack.weather.clear()
