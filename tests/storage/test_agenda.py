"""Whatever was filed is read back as it was, on both engines."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.agenda import Agenda, Appendix, Block, Heading, Item, Kinds, Presenter, Recommendation, Section
from bot.budgets import Budget, Line
from bot.decisions import Decision
from bot.meetings import Meeting
from bot.reading import Reading
from storage import Storage, agenda, budgets, documents, groups
from tests.office import MORNING

words = some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
maybe = some.none() | words
ore = some.none() | some.integers(-(10**15), 10**15)
kinds = some.sampled_from(["", "O", "B/D", "O/B?"]).map(Kinds)
minutes = some.none() | some.integers(0, 600)
presenters = some.lists(some.builds(Presenter, words, maybe, maybe, maybe), max_size=2).map(tuple)
blocks = some.lists(some.builds(Block, some.sampled_from(["text", "bullet"]), words), max_size=2).map(tuple)
recommendations = some.lists(some.builds(Recommendation, words, words), max_size=2).map(tuple)
appendices = some.lists(some.builds(Appendix, words, words), max_size=2).map(tuple)
decisions = some.lists(
    some.builds(Decision, words, some.just(("discussed", "approved")), some.just((1, 2)), maybe), max_size=2
).map(tuple)
sections = some.lists(some.builds(Section, words, blocks), max_size=2).map(tuple)


def items(below: some.SearchStrategy[tuple[Item, ...]]) -> some.SearchStrategy[Item]:
    return some.builds(
        Item, words, words, maybe, kinds, minutes, presenters, appendices, sections, recommendations, decisions, below
    )


leaves = some.lists(items(some.just(())), max_size=2).map(tuple)
headings = some.lists(some.builds(Heading, words, words, kinds, minutes), max_size=2).map(tuple)
held = some.builds(Meeting, maybe, some.dates(), maybe, some.booleans(), some.none() | some.times(), some.none(), maybe)
agendas = some.builds(Agenda, held, headings, some.lists(items(leaves), max_size=3).map(tuple), some.none())
lines = some.lists(some.builds(Line, words, ore, ore, ore, some.booleans()), max_size=3).map(tuple)
tables = some.builds(
    Budget, words, maybe, some.just(("Projekt",)), some.none() | some.dates(), some.none(), some.booleans(), lines
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(agendas, some.lists(tables, max_size=2).map(tuple))
def test_reading_back_gives_what_was_filed(storage: Storage, filed: Agenda, laid: tuple[Budget, ...]) -> None:
    with storage.transaction() as session:
        home = groups.found(session, "C1", language="da", at=MORNING)
        reading = Reading("agenda", filed, laid)
        meeting = documents.file(session, home, reading, name="a.md", digest=str(hash(reading.agenda)), at=MORNING)
        session.expire_all()
        kept = agenda.whole(session, meeting.id)
        meeting.version = 1
        assert kept.items == filed.items
        assert kept.contents == filed.contents
        assert budgets.of_meeting(session, meeting.id) == laid
        session.rollback()


def test_an_item_is_found_by_its_printed_number_and_else_by_its_number_on_the_list(storage: Storage) -> None:
    shifted = (Item("3", "Budgetter", "3"), Item("5", "Status", "4"), Item("6", "Eventuelt", "5"))
    printed = Agenda(Meeting(date=dt.date(2025, 6, 18)), items=shifted)
    with storage.transaction() as session:
        home = groups.found(session, "C1", language="da", at=MORNING)
        meeting = documents.file(session, home, Reading("agenda", printed), name="a.md", digest="1", at=MORNING)
        assert agenda.item(session, meeting.id, "5", None).title == "Status"
        assert agenda.item(session, meeting.id, "4", None).title == "Status"
        assert agenda.item(session, meeting.id, "6", None).title == "Eventuelt"
