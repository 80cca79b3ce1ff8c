"""Kill the bot anywhere while it sends the agenda: the channel shows it once, in order, when it is back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.beginnings import begin
from tests.conftest import ENGINES
from tests.databases import Databases
from tests.mortal import Mortal
from tests.office import MORNING, Office
from tests.stories.test_first_line import filed

pytestmark = pytest.mark.usefixtures("rehearsed", "patient")
POINTS = 200  # more than there are
AT_ONCE = 4  # on each engine: most of their time they wait for a lease to run out


def test_the_agenda_is_sent_once_wherever_the_bot_dies(databases: Databases) -> None:
    deaths = dict.fromkeys(ENGINES, 0)
    with ThreadPoolExecutor(len(ENGINES) * AT_ONCE) as pool:
        for before in range(0, POINTS, AT_ONCE):
            going_on = [engine for engine in ENGINES if deaths[engine] == before]
            with ExitStack() as stack:
                lives = [
                    (engine, pool.submit(_sent_by_a_mortal, stack.enter_context(databases.lent(engine)), before + nth))
                    for engine in going_on
                    for nth in range(1, AT_ONCE + 1)
                ]
                for engine, died in lives:
                    deaths[engine] += died.result()
            if not going_on:
                break
    assert min(deaths.values()) > 20, deaths


def _sent_by_a_mortal(url: str, dies_at: int) -> bool:
    """One sending with a death at a certain point; whether the bot got so far as to die."""
    office = Office(url)
    try:
        ready = begin(office, approved).with_button(office.anne, "Send dagsordenen ud")
        office.retire()
        first = Mortal(office.program.settings, MORNING, dies_at)
        office.slack.connect(first.url)
        answer = office.slack.press(office.anne, ready, "Send dagsordenen ud")
        heard = answer.status == 200
        office.slack.wait(lambda: first.is_dead or (heard and office.program.carrier.waiting() == 0), seconds=30)
        died = first.is_dead
        first.end()
        second = Mortal(office.program.settings, MORNING)
        office.slack.connect(second.url)
        if not heard:
            office.slack.press(office.anne, ready, "Send dagsordenen ud")  # as a person would
        office.slack.wait(lambda: office.program.carrier.waiting() == 0, seconds=30)
        second.end()
        _expect_once_in_order(office)
        return died
    finally:
        office.close()


def approved(office: Office) -> Office:
    """The agenda filed and approved; what remains is to press the button."""
    filed(office)
    office.founded()
    office.types(office.anne, "dagsorden send")
    office.presses(office.karen, "Godkend udsendelse")
    return office


def _expect_once_in_order(office: Office) -> None:
    (posted,) = office.slack.history(office.room)
    assert posted.plain.startswith("Dagsorden til styregruppemøde"), office.slack.picture()
    assert [each.plain[:2] for each in office.slack.thread(posted)] == ["1.", "2.", "3."], office.slack.picture()
    told = [each.plain for each in office.slack.history(office.anne)]
    assert told == ["Dagsordenen er udsendt tirsdag den 10. juni 2025 kl. 09.00."], told
