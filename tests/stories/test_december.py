"""The December meeting lived at Slack itself, in Danish and English; where the bot is killed after each step; and when
two press at once. What is left of it is laid beside the group's own minutes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.agenda import Item
from bot.reading import text
from storage.base import table
from storage.decisions import Decision
from storage.items import Item as Row
from templates.voice import Voice
from tests.conftest import ENGINES, watched
from tests.databases import Databases
from tests.december import DECIDED, LAB, MINISTRY, ROADMAP, December
from tests.mortal import Mortal
from tests.office import Office
from tests.slack import User
from tests.truth import found_in, need_the_documents

WORDS = {"godkendt": "approved", "taget til efterretning": "noted", "drøftet": "discussed", "besluttet": "decided"}


class AtSlack:
    """A seat at the stand-in Slack itself."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def comes(self, time: datetime) -> None:
        self.office.time = time
        self.settles()
        self.office.program.clock.sweep()
        self.settles()

    def drops(self, who: User, file: Path) -> None:
        self.office.slack.upload(who, self.office.room, file.name, file.read_bytes())
        self.settles()

    def types(self, who: User, line: str) -> None:
        assert self.office.slack.command(who, self.office.room, line).status == 200
        self.settles()

    def presses(self, who: User, button: str, *, alone: bool = False) -> None:
        place = who if alone else self.office.room
        self.office.slack.press(who, self.office.with_button(who, button, place), button)
        self.settles()

    def adds(self, who: User, button: str) -> None:
        self.office.slack.press(who, self.office.slack.form(who), button)

    def fills(self, who: User, button: str, **fields: Any) -> None:
        form = self.office.slack.form(who)
        assert form.submit == button
        for name in [each for each, value in fields.items() if isinstance(value, list)]:
            asked = [each["block_id"] for each in form.blocks if each["block_id"].startswith(f"{name}_")]
            fields |= dict(zip(asked, fields.pop(name), strict=False))
        self.office.slack.fill(who, fields)
        assert self.office.slack.submit(who).errors == {}
        self.settles()

    def reads(self, who: User, *texts: str, alone: bool = False) -> None:
        slack, place = self.office.slack, who if alone else self.office.room
        posted = slack.history(place)
        seen = [*posted, *slack.whispers(who, place), *(below for each in posted for below in slack.thread(each))]
        assert any(all(each in message.plain for each in texts) for message in seen), f"{texts}\n\n{slack.picture()}"

    def settles(self) -> None:
        """What was put on its way arrives."""
        self.office.settle()


class Doomed(AtSlack):
    """The same, with a bot that is killed after each step, before what it put on its way has arrived."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        office.retire()
        self.deaths = 0
        self._begins()

    def settles(self) -> None:
        self.ends()
        self._begins()
        self.deaths += 1
        super().settles()

    def ends(self) -> None:
        """The last life is over."""
        self._life.end()

    def _begins(self) -> None:
        self._life = Mortal(self.office.program.settings, self.office.time)
        self.office.slack.connect(self._life.url)


class InTwos(AtSlack):
    """The same, where whatever is pressed is pressed by two hands at once."""

    def presses(self, who: User, button: str, *, alone: bool = False) -> None:
        message = self.office.with_button(who, button, who if alone else self.office.room)
        hands = [threading.Thread(target=self.office.slack.press, args=(who, message, button)) for _ in range(2)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        self.settles()


def lived(seat: AtSlack, language: Any = "da") -> Office:
    office = seat.office
    December(seat, Voice(language), office.anne, office.karen, office.bo, office.mads).is_lived()
    return office


def test_the_december_meeting_from_a_document_to_what_comes_back(office: Office) -> None:
    lived(AtSlack(office))
    expect_all_of_it(office)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.usefixtures("patient")
def test_the_same_in_english(database_url: str) -> None:
    office = Office(database_url, language="en")
    try:
        lived(AtSlack(office), "en")
        expect_decided(office)
    finally:
        office.close()


@pytest.mark.usefixtures("rehearsed", "patient")
def test_the_same_with_a_bot_that_is_killed_after_each_step(databases: Databases) -> None:
    with ThreadPoolExecutor(len(ENGINES)) as pool, ExitStack() as stack:
        urls = [stack.enter_context(databases.lent(engine)) for engine in ENGINES]  # each waits for leases to run out
        for each in [pool.submit(live_to_die, stack.enter_context(watched(url))) for url in urls]:
            each.result()


def live_to_die(office: Office) -> None:
    seat = Doomed(office)
    try:
        lived(seat)
    finally:
        seat.ends()
    assert seat.deaths > 60
    expect_all_of_it(office)


def test_the_same_when_each_button_is_pressed_twice_at_once(office: Office) -> None:
    lived(InTwos(office))
    expect_all_of_it(office)


def expect_all_of_it(office: Office) -> None:
    """Each post once and in order, every decision once, and the minutes like the group's own."""
    ours = [each.plain for each in office.slack.history(office.room) if each.user == office.slack.bot.id]
    spoken = [each[:21] for each in ours if not each.startswith(("I morgen", "Frist"))]
    assert spoken == [
        "Dagsorden til styregr", "Beslutninger fra møde", "Referat af styregrupp", "Beslutninger fra møde"
    ]  # fmt: skip
    expect_decided(office)
    expect_minutes_like_the_groups_own(office)


def expect_decided(office: Office) -> None:
    with office.program.storage.reading() as reader:
        rows = reader.execute(select(*table(Decision).c).where(Decision.group_id == 1).order_by(Decision.id)).all()
        back = reader.execute(select(Row.state, Row.number).where(Row.group_id == 1, Row.title == LAB)).all()
    first = [each for each in rows if each.version == 1]
    assert [each.number for each in first] == [*range(1, len(DECIDED) + 1), None]  # the last: item 8 was not reached
    assert [(each.force, each.state) for each in rows if each.version == 2] == [("final", "announced")] * 2
    assert {each.referred_to for each in rows} == {None, ROADMAP}
    assert {each.holder for each in rows} == {None, MINISTRY}
    assert sorted(map(tuple, back)) == [("accepted", "2"), ("not_reached", "8")]


def expect_minutes_like_the_groups_own(office: Office) -> None:
    """The file in the minutes' thread, read back: items, kinds, times, recommendations and what came of them."""
    need_the_documents()
    (posted,) = (each for each in office.slack.history(office.room) if each.plain.startswith("Referat af"))
    (file,) = office.slack.thread(posted)[-1].files
    ours = text.read(text.decode(file.data), file.name).agenda
    found = found_in("001")
    listed = {each["no"]: each["minutes"] for each in found["agenda_list"]}  # item 9 has its minutes only there
    truth = {each["no"]: {"minutes": listed.get(each["no"]), **_told(each)} for each in _walked(found["items"])}
    assert [each.number for each in ours.walk()] == list(truth)
    for item in ours.walk():
        assert _structure(item) == _real(truth[item.number]), item.number


def _walked(items: Any) -> Iterator[dict[str, Any]]:
    for each in items:
        yield each
        yield from _walked(each.get("sub_items", ()))


def _told(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value is not None}


def _structure(item: Item) -> Any:
    came = [(tuple(each.answers), frozenset(each.outcomes)) for each in item.decisions]
    return item.kinds.letters, item.duration, [each.verb for each in item.recommendations], came


def _real(item: dict[str, Any]) -> Any:
    came = [(tuple(each["recs"]), frozenset(_outcomes(each["kind"]))) for each in item.get("decisions", ())]
    kinds = tuple(each.rstrip("?") for each in item["types"])
    return kinds, item.get("minutes"), [each["verb"] for each in item.get("recommendations", ())], came


def _outcomes(kind: str) -> Iterator[str]:
    for danish, outcome in WORDS.items():
        if danish in kind:
            yield outcome
    if "henvist" in kind:
        yield "referred"
    if "ikke behandlet" in kind:
        yield "not_reached"
