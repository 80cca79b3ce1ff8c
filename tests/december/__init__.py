"""The December meeting of 2025, from a document to what comes back in February, as four people live it.

It has nine items of 125 minutes for two hours. Item 2 is approved more strongly than was recommended, 6.2 is
preliminary until 26 February 2026, 7.2 waits for a ministry, a question of item 4 goes to another body, and item 8 is
not reached. Titles, kinds, times and what was decided are as in the group's own minutes; the sentences are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Protocol

from bot.meetings import Meeting
from handlers.declared import vocabulary
from templates.voice import Voice
from tests.slack import User

AGENDA = Path(__file__).parent / "dagsorden-december-2025.md"
NOVEMBER = datetime(2025, 11, 20, 8, tzinfo=UTC)
MEETING = datetime(2025, 12, 12, 12, tzinfo=UTC)  # one o'clock in Copenhagen
FEBRUARY = datetime(2026, 2, 26, 12, tzinfo=UTC)
NEXT = Meeting(date=FEBRUARY.date(), start=time(13), end=time(15))
LAB = "Status på projekt Deling af lokale labsvar fra almen praksis"
ROADMAP = "Styregruppen for roadmap"
MINISTRY = "Indenrigs- og Sundhedsministeriet"
CAME, HOW = "came", "how"  # what became of the recommendations a form asks about, in their order
ASKED = {
    "newverb": ["Tager til efterretning", "Godkender", "Beslutter"],
    "newasked": ["status", "at data deles midlertidigt", "at planen lægges om"],
}
PASTED = {
    "newasked": ["tager status til efterretning\ngodkender, at data deles midlertidigt\nbeslutter, at planen lægges om"]
}

DECIDED: tuple[tuple[str, dict[str, list[Any]]], ...] = (
    ("2", {CAME: [["approved"], [], []]}),
    ("2", {CAME: [["approved"], ["approved"]]}),  # the first of them only to be discussed
    ("3", {CAME: [["noted"], ["noted"]]}),
    ("4", {CAME: [["discussed", "approved"], [], []]}),
    ("4", {CAME: [["discussed"], ["discussed"]]}),
    ("4", {HOW: ["referred"], "referred": [ROADMAP]}),
    ("5", {CAME: [["noted"]]}),
    ("6.1", {CAME: [["noted"]]}),
    ("6.2", {CAME: [["discussed", "approved"]], HOW: ["preliminary"], "meeting": ["the next"]}),
    ("7.1", {CAME: [["noted"], ["approved"]], HOW: ["preliminary", "preliminary"], "meeting": []}),
    (
        "7.2",
        {
            CAME: [["discussed"], ["decided"]],
            HOW: ["conditional", "conditional"],
            "holder": [MINISTRY],
            "due": ["20. februar"],
        },
    ),
)


class Seat(Protocol):
    """Where somebody sits who uses the bot: what she does there, and what she must get to see.

    `alone` is where the bot writes to her alone; else it is the group's room.
    """

    def comes(self, time: datetime) -> None:
        """It becomes that time, and what falls due meanwhile happens."""

    def drops(self, who: User, file: Path) -> None:
        """Share a file in the room."""

    def types(self, who: User, line: str) -> None:
        """Type a command in the room."""

    def presses(self, who: User, button: str, *, alone: bool = False) -> None:
        """Press the newest button of that name."""

    def adds(self, who: User, button: str) -> None:
        """Press a button in the form that is open, which gives it one more row."""

    def fills(self, who: User, button: str, **fields: Any) -> None:
        """Fill in the form that is open, and press its button. Fields that there are several of, such as came_1 and
        came_2, have their values in a list, in their order.
        """

    def reads(self, who: User, *texts: str, alone: bool = False) -> None:
        """There is a message with all of this in it."""


@dataclass(frozen=True, slots=True)
class December:
    """The story; `seat` is where it happens, and `voice` what the group hears."""

    seat: Seat
    voice: Voice
    anne: User
    karen: User
    bo: User
    mads: User

    def is_lived(self) -> None:
        """All of it, one after the other."""
        self.is_prepared()
        self.is_held()
        self.is_told()
        self.comes_back()

    def is_prepared(self) -> None:
        """The agenda is read in, item 8 is proposed, the chair says yes, and it is sent."""
        seat, anne, bo = self.seat, self.anne, self.bo
        seat.comes(NOVEMBER)
        self._asks(anne, "setup")
        self._asks(anne, "setup chair", f"<@{self.karen.id}>")
        seat.drops(anne, AGENDA)
        self._presses(anne, "file")

        self._asks(bo, "agenda propose", f"{LAB} (B) 5 min")
        self._asks(bo, "agenda proposals")
        self._presses(bo, "edit")
        self._recommends(bo)
        self._presses(anne, "accept", alone=True)
        over = self.voice.plain("agenda.time_over", sum=125, untimed="", length=120, over=5)
        seat.reads(anne, over, alone=True)

        self._asks(anne, "agenda send")
        self._presses(self.karen, "chair_yes", alone=True)
        self._presses(anne, "send_agenda", alone=True)
        seat.reads(bo, f"8. {LAB} (5 min", "Martin Bagger Brandt, PLO (B)")

    def is_held(self) -> None:
        """The meeting begins, decides, gives tasks, and ends before item 8."""
        seat, anne = self.seat, self.anne
        seat.comes(MEETING)
        self._asks(anne, "meeting start")
        for number, fields in DECIDED:
            self._asks(anne, "decision", number)
            terms = {name: each for name, each in fields.items() if name not in (CAME, HOW)}
            if terms.get("meeting"):
                terms["meeting"] = [self.voice.day(FEBRUARY.date())]
            self._fills(anne, "next", **{name: each for name, each in fields.items() if name in (CAME, HOW)})
            if terms:
                self._fills(anne, "next", **terms)
            self._fills(anne, "record")
        self._asks(anne, "task", f"Bringe en nyhed om afprøvningen senest 19. januar <@{self.bo.id}>")
        self._asks(anne, "task", "Sende roadmap ud senest 19. december")
        self._asks(anne, "task", "Skrive et forslag om pengene til forløbsplaner til næste styregruppemøde")
        self._asks(anne, "meeting end")
        self._presses(anne, "unreached")

    def is_told(self) -> None:
        """What was decided is announced, and the minutes are written and posted."""
        seat, anne, karen = self.seat, self.anne, self.karen
        self._asks(anne, "decisions send")
        self._presses(karen, "chair_yes", alone=True)
        self._presses(anne, "send_decisions", alone=True)
        seat.reads(self.mads, "2025-1: ", "2025-11: ")

        self._asks(anne, "minutes", "2")
        self._presses(anne, "write")
        self._fills(anne, "save", passage_1="KL spurgte, om opgaven bliver hos kommunerne.\n\n- MedCom svarede.")
        self._asks(anne, "minutes send")
        self._presses(karen, "chair_yes", alone=True)
        self._presses(anne, "send_minutes", alone=True)
        seat.reads(self.mads, self.voice.plain("minutes.unreached_item", number="8", title=LAB))
        self._asks(self.mads, "budget ask", "Hvad besluttede vi om udkast til budget 2026?")
        seat.reads(self.mads, "2025-9", "budget")

    def comes_back(self) -> None:
        """Item 8 is on the next agenda, what was preliminary becomes final, and the minutes are approved."""
        seat, anne = self.seat, self.anne
        seat.comes(datetime(2026, 1, 20, 9, tzinfo=UTC))
        self._presses(anne, "accept", alone=True)
        self._asks(self.mads, "agenda")
        seat.reads(self.mads, self.voice.when(NEXT), LAB)
        seat.comes(FEBRUARY)
        self._asks(anne, "meeting start")
        self._asks(anne, "decisions", {"da": "foreløbige", "en": "preliminary"}[self.voice.language])
        self._presses(anne, "made_final")
        self._asks(anne, "decisions", {"da": "betingede", "en": "conditional"}[self.voice.language])
        self._presses(anne, "said_yes")
        self._asks(anne, "decisions send")
        self._presses(self.karen, "chair_yes", alone=True)
        self._presses(anne, "send_decisions", alone=True)
        seat.reads(self.mads, "2025-9", "2025-11")
        self._asks(anne, "minutes approve")
        self._presses(anne, "approve_minutes")
        self._asks(anne, "minutes", self.voice.day(MEETING.date()))
        approved = self.voice.plain("minutes.state.approved")
        seat.reads(anne, self.voice.plain("minutes.standing", version=1, state=approved))

    def _recommends(self, who: User) -> None:
        """Three recommendations: a row each, or all pasted into one where the verbs to pick are not theirs."""
        rows = ASKED if self.voice.language == "da" else PASTED
        for _ in rows["newasked"][1:]:
            self.seat.adds(who, self.voice.plain("button.add_recommendation"))
        self._fills(who, "save", **rows, presenters="Martin Bagger Brandt, PLO")

    def _asks(self, who: User, command: str, rest: str = "") -> None:
        """Somebody types a command, by its name, in the group's language."""
        declared = next(each for each in vocabulary.commands if each.name == command)
        words = declared.da if self.voice.language == "da" else declared.name
        self.seat.types(who, f"/dap {words} {rest}".strip())

    def _presses(self, who: User, button: str, *, alone: bool = False) -> None:
        self.seat.presses(who, self.voice.plain(f"button.{button}"), alone=alone)

    def _fills(self, who: User, button: str, **fields: Any) -> None:
        self.seat.fills(who, self.voice.plain(f"button.{button}"), **fields)
