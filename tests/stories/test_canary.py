"""What is not for you does not exist for you: a whole story in which every secret is a word that stands in one place.

Two groups have the same things; in the first they are closed, drafts, held back or asked privately. Everybody who may
not know tries every door, while time passes and papers go out. None of the words reaches them or a log line; and each
reaches everybody it is for, so that we know we would have heard it.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import text, update

from bot.agenda import Agenda, Appendix, Block, Item, Presenter, Recommendation, Section
from bot.budgets import Budget, Line
from bot.meetings import Meeting
from bot.reading import Reading
from bot.roles import ANYONE, Role
from storage import documents, groups
from storage.appointments import Appointment
from storage.items import Item as ItemRow
from tests import doors
from tests.office import MORNING, Office
from tests.overheard import Overheard, Secret
from tests.slack import Channel, User

JUNE, IN_SUMMER, AFTER = (dt.datetime(2025, *day, tzinfo=dt.UTC) for day in ((6, 18, 11), (7, 4, 8), (9, 1, 8)))
IDS = (*range(1, 7), 13)  # of what the first group has; the second's things have the next

# Each noun with the word that is planted for it; the amounts are what a person reads. Add a noun here, plant it below.
CLOSED = (
    *("titel", "resume", "indstilling", "bilag", "holder", "oplaeg", "under", "dybt", "dybeslutning"),
    *("beslutning", "referat", "opgave", "linje", "forbehold"),
)
PROPOSED = "forslag"  # on no agenda
UNSAID = ("udkast", "holdt")  # minutes nobody has been sent, and a decision nobody has been told
AMOUNT = "4.313.131"


@dataclass(slots=True)
class Body:
    """A group at its meeting: who keeps it, where, and the first letter of its words."""

    office: Office
    secretary: User
    chair: User
    room: Channel
    letter: str
    closed: bool

    def word(self, noun: str) -> str:
        """The word that stands for a noun in this group and nowhere else."""
        return f"{self.letter}kanarie{noun}"

    def gather(self) -> int:
        """The agenda is filed, in the first group with a closed item, and one that is for Bo; the group's id."""
        with self.office.program.storage.transaction() as session:
            home = groups.found(session, self.room.id, language="da", at=self.office.time)
            read = Reading("agenda", self._agenda(), budgets=self._budgets())
            documents.file(session, home, read, name="dagsorden.md", digest=self.letter, at=self.office.time)
            if self.closed:
                bo = groups.person(session, self.office.bo.id)
                for number, audience in (("3", [f"person:{bo.id}"]), ("4", list[str]())):
                    which = (ItemRow.group_id == home.id, ItemRow.number == number)
                    session.execute(update(ItemRow).where(*which).values(audience=audience))
            return home.id

    def meet(self) -> None:
        """Something is proposed, they send the agenda, meet, decide, announce it, decide once more, and write."""
        self.types(f"foreslå {self.word(PROPOSED)}")
        self.types("dagsorden send")
        self.say_yes("Send dagsordenen ud")
        self.office.time = JUNE
        self.types("møde start")
        self.decides("1", "De godkendte planen.")
        self.decides("4", self.word("beslutning"), how="conditional", holder=self.word("forbehold"), due="1. juli 2025")
        self.gives_task(self.word("opgave"))
        self.decides("4.1.1", f"Rammen er {self.word('dybeslutning')}.")
        self.types("beslutninger send")
        self.say_yes("Slå beslutningerne op")
        self.decides("2", self.word("holdt"))
        self.writes("1", self.word("udkast"))
        self.writes("4", self.word("referat"))

    def send_minutes(self) -> None:
        """The minutes go out, with what else was decided."""
        self.types("møde slut")
        self.types("beslutninger send")
        self.say_yes("Slå beslutningerne op")
        self.types("referat send")
        self.say_yes("Send referatet ud")

    def types(self, line: str) -> str:
        """The secretary types."""
        return self.office.types(self.secretary, line, self.room)

    def say_yes(self, button: str) -> None:
        """The chair says yes, and the secretary sends."""
        self.office.presses(self.chair, "Godkend udsendelse", self.chair)
        self.office.presses(self.secretary, button, self.secretary)

    def decides(self, number: str, sentence: str, **fields: Any) -> None:
        """The secretary records what was decided, step by step."""
        slack, secretary = self.office.slack, self.secretary
        slack.command(secretary, self.room, f"/dap beslutning {number}")
        given = {**fields, "text": sentence}
        while slack.forms(secretary):
            asked = [each["block_id"] for each in slack.form(secretary).blocks if each["type"] == "input"]
            self._fills({each: given[name] for each in asked if (name := each.rpartition("_")[0]) in given})
        self.office.settle()

    def writes(self, number: str, passage: str) -> None:
        """The secretary writes under an item of the minutes."""
        self.types(f"referat {number}")
        self.office.presses(self.secretary, "Skriv", self.room)
        self._fills({"passage_1": passage})
        self.office.settle()

    def gives_task(self, what: str) -> None:
        """What comes of what was just decided is the chair's to do."""
        self.office.presses(self.secretary, "Notér en opgave", self.room)
        self._fills({"what": what, "person": self.chair, "deadline": "1. juli"})
        self.office.settle()

    def _fills(self, fields: dict[str, Any]) -> None:
        self.office.slack.fill(self.secretary, fields)
        answer = self.office.slack.submit(self.secretary)
        assert answer.errors == {}, answer.errors

    def _agenda(self) -> Agenda:
        asks = Recommendation("Godkender planen", "godkender")
        deep = Item("4.1.1", f"Økonomi {self.word('dybt')}", recommendations=(asks,))
        return Agenda(
            Meeting(date=dt.date(2025, 6, 18), start=dt.time(13), end=dt.time(15), place="Hos PLO"),
            items=(
                Item("1", "Planen", recommendations=(asks,)),
                Item("2", "Økonomi", recommendations=(asks,)),
                Item("3", self.word("bos")),
                Item(
                    "4",
                    self.word("titel"),
                    presenters=(Presenter(self.word("oplaeg"), self.word("holder")),),
                    appendices=(Appendix("4.1", self.word("bilag")),),
                    sections=(Section("Resumé", (Block("text", self.word("resume")),)),),
                    recommendations=(Recommendation(f"Godkender {self.word('indstilling')}", "godkender"),),
                    items=(Item("4.1", self.word("under"), items=(deep,)),),
                ),
            ),
            next_meeting=Meeting(date=dt.date(2025, 9, 10), start=dt.time(13)),
        )

    def _budgets(self) -> tuple[Budget, ...]:
        day, secret = dt.date(2025, 5, 31), Line(self.word("linje"), 200_00, 100_00, 100_00)
        plan = Line("Planen", 900_000_000_00, 100_00, 899_999_900_00)
        return (
            Budget("Budget 2025", "2", spent_as_of=day, lines=(plan,), total=replace(plan, name="Total")),
            Budget("Budget 2026", "4.1.1", spent_as_of=day, lines=(secret,), total=replace(secret, name="Total")),
        )


@dataclass(slots=True)
class Story:
    """Both groups, those who may not know, each where they are, the secrets, and all that was said."""

    office: Office
    first: Body
    second: Body
    heard: Overheard
    outside: dict[User, Channel | User]
    secrets: list[Secret]

    @property
    def finn(self) -> User:
        """The other group's member."""
        return next(each for each in self.outside if each.name == "Finn Dal")

    def ask_and_enter(self) -> None:
        """Bo asks something that only the secretary can answer, and Anne begins a new status of the budget."""
        office, anne = self.office, self.office.anne
        office.types(office.bo, "budget spørg hvor er kanariespurgt?")
        office.presses(anne, "Svar", anne)
        office.slack.fill(anne, {"text": "kanariesvaret"})
        office.slack.submit(anne)
        office.slack.command(anne, office.room, "/dap budget status")
        for fields in ({"Budget": "Budget 2025"}, {"Opgjort pr.": "2025-06-10", "Planen": AMOUNT}):
            office.slack.fill(anne, fields)
            assert office.slack.submit(anne).errors == {}
        office.slack.dismiss(anne)
        office.settle()

    def everybody_looks(self) -> None:
        """Those who may know look at all there is to look at."""
        for person in (self.office.anne, self.office.karen, self.office.bo):
            doors.look(self.office, person, self.office.room)
        for person in (self.second.secretary, self.finn):
            doors.look(self.office, person, self.second.room)

    def everybody_tries(self) -> None:
        """Those who may not know try every door, and drop a file."""
        for person, place in self.outside.items():
            is_member = person is self.office.mads
            doors.try_all(self.office, person, place, 1, IDS, ANYONE if is_member else frozenset())
            self.office.slack.upload(person, place, "dagsorden.md", b"# Dagsorden")
        self.office.settle()

    def time_passes(self, to: dt.datetime) -> None:
        """The clock reminds of what is due by then, and a member and a stranger look again."""
        self.office.time = to
        self.office.program.clock.sweep()
        doors.look(self.office, self.office.mads, self.office.room)
        doors.look(self.office, self.finn, self.finn)


@pytest.fixture
def story(office: Office) -> Story:
    """The first group has a member list, a closed item and one for Bo; Finn is in the second, Ulla in none."""
    slack, anne, karen, bo = office.slack, office.anne, office.karen, office.bo
    eva, finn, ulla = (slack.person(name) for name in ("Eva Skov", "Finn Dal", "Ulla Ny"))
    there = slack.channel("de andre", people=[eva, finn])
    first, second = Body(office, anne, karen, office.room, "a", True), Body(office, eva, eva, there, "b", False)
    office.founded()
    second.types("opsætning")
    second.types(f"opsætning formand <@{eva.id}>")
    assert (first.gather(), second.gather()) == (1, 2)
    with office.program.storage.transaction() as session:
        parts = ((bo, Role.MEMBER, "PLO"), (office.mads, Role.MEMBER, "KL"), (office.gry, Role.GUEST, None))
        for person, role, organisation in parts:
            groups.introduce(session, person.id, person.name, guest=person.guest)
            whose = {"group_id": 1, "person_id": groups.person(session, person.id).id, "organisation": organisation}
            session.add(Appointment(**whose, role=role, since=dt.date(2025, 1, 1)))

    keepers, theirs = frozenset({anne, karen}), frozenset({eva, finn})
    secrets = [
        *(Secret(word, keepers) for word in (*map(first.word, (*CLOSED, *UNSAID, PROPOSED)), AMOUNT)),
        *(Secret(word, keepers | {bo}) for word in (first.word("bos"), "kanariespurgt", "kanariesvaret")),
        *(Secret(second.word(noun), theirs) for noun in (*CLOSED, "bos")),
        *(Secret(second.word(noun), frozenset({eva})) for noun in (*UNSAID, PROPOSED)),
    ]
    outside: dict[User, Channel | User] = {office.mads: office.room, office.gry: office.room, finn: finn, ulla: ulla}
    return Story(office, first, second, Overheard(slack).listen(), outside, secrets)


def test_no_word_reaches_anybody_it_is_not_for(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    office, heard = story.office, story.heard
    for body in (story.first, story.second):
        office.time = MORNING
        body.meet()
    story.ask_and_enter()
    story.everybody_looks()
    story.everybody_tries()
    assert heard.leaks(story.secrets) == []

    for body in (story.first, story.second):
        body.send_minutes()
    for time in (IN_SUMMER, AFTER):
        story.time_passes(time)
    out = {body.word(noun) for body in (story.first, story.second) for noun in UNSAID}
    kept = [each for each in story.secrets if each.word not in out]
    assert heard.leaks(kept) == []
    assert not [each.word for each in story.secrets if each.word in caplog.text.casefold()]

    # And now the other way round: whoever may has read it, what has been sent is everybody's, and we hear what is not.
    story.everybody_looks()
    assert heard.kept_from_their_own(story.secrets) == []
    assert all(office.mads.id in heard.reached(Secret(story.first.word(noun), frozenset())) for noun in UNSAID)
    with office.program.storage.transaction() as session:
        session.execute(update(ItemRow).where(ItemRow.group_id == 1, ItemRow.number == "4").values(audience=None))
    office.types(office.mads, "referat 4")
    assert f"{story.first.word('titel')} reached Mads Juhl" in heard.leaks(kept)


def test_what_goes_wrong_is_logged_without_what_people_wrote(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.founded()
    with office.program.storage.transaction() as session:
        session.execute(text("DROP TABLE tasks"))
    assert "Noget gik galt hos mig" in office.types(office.anne, "opgave Ring til kanarieopgave")
    assert "bug" in caplog.text
    assert "kanarieopgave" not in caplog.text
