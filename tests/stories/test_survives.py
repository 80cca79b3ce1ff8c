"""Kill the bot anywhere while it sends the agenda: the channel shows it once, in order, when it is back."""

from __future__ import annotations

import pytest

from tests.beginnings import begin
from tests.databases import Databases
from tests.mortal import Mortal
from tests.office import MORNING, Office
from tests.stories.test_first_line import filed

pytestmark = [pytest.mark.xdist_group("lives"), pytest.mark.usefixtures("rehearsed")]
POINTS = 200  # more than there are


def test_the_agenda_is_sent_once_wherever_the_bot_dies(engine: str, databases: Databases) -> None:
    deaths = 0
    for dies_at in range(1, POINTS):
        with databases.lent(engine) as url:
            died = _sent_by_a_mortal(url, dies_at)
        if not died:
            break
        deaths += 1
    assert deaths > 20, deaths


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
        office.slack.wait(lambda: first.is_dead or (heard and office.program.carrier.waiting() == 0), seconds=10)
        died = first.is_dead
        first.end()
        second = Mortal(office.program.settings, MORNING)
        office.slack.connect(second.url)
        if not heard:
            office.slack.press(office.anne, ready, "Send dagsordenen ud")  # as a person would
        office.slack.wait(lambda: office.program.carrier.waiting() == 0, seconds=10)
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
