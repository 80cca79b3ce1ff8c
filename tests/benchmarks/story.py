"""A whole round of a meeting, request by request: decided, announced, minuted, given as a task, reminded of, asked.

Each group of a world has one such round in it, at its meeting of April. After each request of ours comes one of the
floor's, so that drift cancels. Nobody carries the letters: what is measured is what somebody waits for.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from handlers.approvals import KINDS
from tests.benchmarks import world
from tests.benchmarks.contest import Contest, Medians
from tests.benchmarks.signed import Signed, pressed, submitted, typed
from tests.slack.views import Views
from tests.slack.workspace import Workspace

STEPS = ("decide", "announce", "minutes", "task", "remind", "ask")
DECIDED = 5  # items of the meeting
AT_MOST = 40  # rounds, and the first is to get warm


@dataclass(slots=True)
class Round:
    """The round of one of a world's groups, counted from 0. `times` are ns by step, ours and the floor's."""

    contest: Contest
    group: int
    times: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    recorded: list[tuple[int, int]] = field(default_factory=list)
    _forms: list[dict[str, Any]] = field(default_factory=list)
    _views: Views = field(default_factory=lambda: Views(Workspace(time.time)))

    def play(self) -> None:
        """Go through all of it."""
        self.contest.program.desk.show_form = self._show
        self._ask("decide", self._typed("møde start", self._anne))
        for number in range(1, DECIDED + 1):
            self._ask("decide", self._typed(f"beslutning {number}", self._anne))
            sentence = self._ask("decide", self._submitted(self._forms.pop()))["view"]
            self._ask("decide", self._submitted(sentence))
            self.recorded.append((self.times["decide", "ours"][-1], self.times["decide", "floor"][-1]))
        self._send("announce", "decisions", "beslutninger send")
        self._ask("minutes", self._pressed("minutes write", [self._item], self._anne))
        self._ask("minutes", self._submitted(self._forms.pop()))
        self._ask("minutes", self._typed("møde slut", self._anne))
        self._send("minutes", "minutes", "referat send", though="minutes ask")
        self._ask("task", self._typed("opgave Sender notatet til lægerne senest den 13. juni", self._anne))
        self._remind()
        self._ask("ask", self._typed("budget spørg hvad er der tilbage i cockpittet?", self._person(3)))

    def sums(self, who: str) -> int:
        """All of it together, in ns."""
        return sum(sum(each) for (_, measured), each in self.times.items() if measured == who)

    def _send(self, step: str, paper: Any, words: str, though: str = "") -> None:
        """The secretary asks (`though` something is undecided), the chair says yes, the secretary sends."""
        self._ask(step, self._typed(words, self._anne))
        if though:
            self._ask(step, self._pressed(though, [self._meeting], self._anne))
        version = self._version(paper)
        about = [self._meeting, KINDS.index(paper), version]
        self._ask(step, self._pressed("paper approve", about, self._person(2)))
        self._ask(step, self._pressed(f"{paper} send", [self._meeting, version], self._anne))

    def _ask(self, step: str, asked: Signed) -> dict[str, Any]:
        """What is answered at once; how long that takes, and the floor after it, is noted."""
        answers = [self._measure(step, who, app, asked) for who, app in (("ours", "ours"), ("floor", "durable"))]
        answer: dict[str, Any] = json.loads(answers[0] or "{}")
        return answer

    def _measure(self, step: str, who: str, app: str, asked: Signed) -> str:
        began = time.perf_counter_ns()
        answer = self.contest.apps[app].dispatch(asked.request())
        self.times[step, who].append(time.perf_counter_ns() - began)
        assert answer.status == 200, answer
        return str(answer.body)

    def _remind(self) -> None:
        """The clock looks once: at all groups there are."""
        began = time.perf_counter_ns()
        self.contest.program.clock.sweep()
        self.times["remind", "ours"].append(time.perf_counter_ns() - began)
        self._measure("remind", "floor", "durable", self._typed("møde", self._anne))

    def _show(self, _method: str, arguments: dict[str, Any]) -> bool:
        self._forms.append(arguments["view"])
        return True

    def _typed(self, text: str, who: str) -> Signed:
        return typed(text, who, world.named(world.CHANNEL, self.group))

    def _pressed(self, action: str, numbers: list[int], who: str) -> Signed:
        return pressed(action, [self.group + 1, *numbers], who, world.named(world.CHANNEL, self.group))

    def _submitted(self, view: dict[str, Any]) -> Signed:
        """A form as it comes, sent back."""
        opened = self._views.open(self._anne, view)
        self._views.close(self._anne)
        return submitted(opened.shown(), self._anne)

    def _version(self, paper: str) -> int:
        versions = {
            "decisions": "SELECT decisions_version FROM meetings WHERE id = ?",
            "minutes": "SELECT version FROM minutes WHERE meeting_id = ?",
        }
        found: int = self.contest.database.execute(versions[paper], (self._meeting,)).fetchone()[0]
        return found

    def _person(self, number: int) -> str:
        return world.named(f"U0MEDLEM{number}", self.group)

    @property
    def _anne(self) -> str:
        return self._person(1)

    @property
    def _meeting(self) -> int:
        """The meeting before the coming one."""
        return self.group * world.MEETINGS + 2

    @property
    def _item(self) -> int:
        """The first item of that meeting."""
        return self.group * world.SHAPE + world.ITEMS + 1


def medians(contest: Contest, items: int) -> Medians:
    """Microseconds by step, size and App: each step's requests, the last one of a decision, and a round's sum."""
    contest.program.clock.sweep()  # what was due before
    rounds = [Round(contest, group) for group in range(min(items // world.SHAPE, AT_MOST))]
    for each in rounds:
        each.play()
    measured = rounds[1:]
    found: Medians = {}
    for place, who in enumerate(("ours", "floor")):
        for step in STEPS:
            found[step, items, who] = median(sum(each.times[step, who]) for each in measured) / 1000
        recorded = [pair[place] for each in measured for pair in each.recorded]
        found["recording", items, who] = median(recorded) / 1000
        found["round", items, who] = median(each.sums(who) for each in measured) / 1000
    return found
