"""Every template in both languages with the worst that people write: it parses, it fits, it pings nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.agenda import Agenda, Appendix, Block, Item, Kinds, Presenter, Recommendation, Section
from bot.budgets import Budget, Change, Line, Standing, Status, check
from bot.deadlines import Deadline
from bot.decisions import Matter, Recorded
from bot.groups import Group, Language, Person
from bot.meetings import Meeting
from bot.members import Participant
from bot.minutes import Minutes, Unfinished
from bot.outcomes import HOWS, Came
from bot.proposals import Proposal, Written
from bot.questions import Place, Question
from bot.recommendations import Row
from bot.reminders import Setup
from bot.roles import Role
from bot.tasks import Task
from handlers.marks import Change as Meanwhile
from handlers.marks import Fate
from storage.outcomes import Open, Undecided
from storage.sendings import Waiting
from templates import form, message
from tests.slack.contents import read
from tests.slack.plain import pings
from tests.slack.views import read as read_view

CANARY = '<!channel> <@U1> *fed* & "gåse" {title} [x] {{ 7 * 7 }} ` ~ _ \\ </script>'
FOLDER = Path(__file__).parents[2] / "templates"
NAMES = sorted(
    str(path.relative_to(FOLDER)).removesuffix(".json.j2")
    for path in FOLDER.rglob("*.json.j2")
    if not path.name.startswith(("parts.", "inputs."))
)
FORMS = [name for name in NAMES if '{"title":' in (FOLDER / f"{name}.json.j2").read_text(encoding="utf-8")]
MESSAGES = [name for name in NAMES if name not in FORMS]
DAY = dt.date(2025, 6, 18)
NOW = dt.datetime(2025, 6, 10, 9, tzinfo=dt.UTC)
ITEM = Item(
    CANARY,
    CANARY,
    kinds=Kinds("O/B?"),
    duration=5,
    presenters=(Presenter(CANARY, CANARY), Presenter(CANARY)),
    appendices=(Appendix(CANARY, CANARY),),
    sections=(Section("Resumé", (Block("text", CANARY), Block("bullet", CANARY), Block("heading", CANARY))),),
    recommendations=(Recommendation(CANARY, CANARY),),
    items=(Item(CANARY, CANARY),),
)
UNTIL = Deadline(CANARY, "quarter", DAY - dt.timedelta(days=1))
DECISION = Recorded(
    1, 1, CANARY, CANARY, DAY, CANARY, ("approved",), 2025, 3, "conditional", CANARY, UNTIL, DAY, CANARY,
    "announced", 2, CANARY,
)  # fmt: skip
LINE = Line(CANARY, 100, 50, 50)
TASK = Task(1, CANARY, 2, CANARY, "U1", CANARY, UNTIL, item=CANARY)
BUDGET = Budget(CANARY, "3", (), DAY, DAY, True, (LINE,), LINE)
QUESTION = Question(1, CANARY, CANARY, NOW, "answered", CANARY, CANARY, CANARY, NOW)
VALUES: dict[str, Any] = {
    "command": "/dap",
    "group": Group(1, CANARY, CANARY),
    "meeting": Meeting(CANARY, DAY, CANARY, True, dt.time(13), dt.time(15), CANARY),
    "choices": [("1", CANARY)],
    "meetings": [Meeting(CANARY, DAY, place=CANARY), Meeting(CANARY, None, place=CANARY)],
    "items": (ITEM, ITEM),
    "item": ITEM,
    "coming": True,
    "is_other": True,
    "sum": 125,
    "length": 120,
    "assumed": True,
    "untimed": 2,
    "meeting_id": 1,
    "kind": "agenda",
    "version": 2,
    "number": 0,
    "asked_by": CANARY,
    "answer": "yes",
    "person": CANARY,
    "at": NOW,
    "approved": NOW,
    "again": 1,
    "chair": CANARY,
    "secretary": CANARY,
    "role": "deputy_chair",
    "was": CANARY,
    "is_me": False,
    "is_out": True,
    "founded": True,
    "since": DAY,
    "standing": Standing(BUDGET, DAY, CANARY),
    "statuses": [
        Status(Standing(BUDGET, DAY)),
        Status(Standing(BUDGET, DAY, CANARY), 1),
        Status(Standing(BUDGET), 2, NOW),
    ],
    "unfiled": True,
    "check": check(BUDGET),
    "lines": (LINE, Line(CANARY)),
    "after": BUDGET,
    "moves": (Change(LINE, 200), Change(LINE, 10)),
    "same": [CANARY],
    "amounts": [(LINE, 50), (Line(CANARY), None)],
    "answers": [CANARY],
    "questions": [QUESTION, replace(QUESTION, state="waiting", answer=None)],
    "question": CANARY,
    "own": True,
    "unanswered": replace(QUESTION, state="waiting", answer=None),
    "there": Place(1, DAY, 1, "3", CANARY),
    "in_thread": False,
    "state": "waiting",
    "id": 1,
    "called": CANARY,
    "entered": DAY,
    "first": ["…"],
    "more": ["…"],
    "sentence": "…",
    "trouble": "not_in_channel",
    "channel": "C1",
    "group_id": 1,
    "deputy": "U1",
    "members": ["U1", "U2"],
    "rules": Setup(),
    "reminders": [("tomorrow", "I morgen")],
    "chosen": ["tomorrow"],
    "waiting": [(Waiting(1, DAY, "agenda", 1, None), 0), (Waiting(1, DAY, "minutes", 1, "yes"), 2)],
    "sets": True,
    "unshown": 2,
    "amount": 3,
    "waits_on": 1,
    "next_day": DAY,
    "several": [Group(1, "C1", CANARY), Group(2, "C2")],
    "late": True,
    "decision": DECISION,
    "restored": DECISION,
    "decisions": (DECISION, DECISION),
    "records": True,
    "settles": True,
    "waits": (DECISION,),
    "older": (DECISION,),
    "agreed": True,
    "asked_before": True,
    "closed": 1,
    "is_told": True,
    "replaced": True,
    "asked_now": False,
    "opened": 2,
    "corrects": False,
    "still_new": True,
    "asked": [(1, CANARY, ("approved",)), (2, "", ())],
    "needed": [(n, how, CANARY, n < 5) for n, how in enumerate(2 * HOWS[1:5], 1)],
    "parts": [(1, Came(1, ("approved",), "conditional", CANARY, CANARY), CANARY), (2, Came(2, ("referred",)), "")],
    "how": "conditional",
    "final_at": "1",
    "later": [("1", CANARY[:75])],
    "one_more": True,
    "is_free": True,
    "is_known": True,
    "sent": 1,
    "undecided": (Undecided(1, CANARY, CANARY),),
    "holder": CANARY,
    "referred_to": CANARY,
    "minutes": Minutes(Agenda(Meeting(date=DAY), items=(ITEM,), next_meeting=Meeting(date=DAY)), "draft", 1, CANARY),
    "tasks": (),
    "writes": True,
    "others": [Unfinished(1, DAY, "draft", False), Unfinished(2, DAY, "chair", False)],
    "unfinished": [Unfinished(1, DAY, "draft", True), Unfinished(2, DAY, "posted", False)],
    "dated": True,
    "date": DAY,
    "passages": [CANARY, ""],
    "left": (Open(1, 1, CANARY, 1, CANARY, CANARY),),
    "numbers": [CANARY],
    "comes_back": True,
    "people": (Participant(1, CANARY, Role.MEMBER, DAY, DAY, CANARY, "mail", CANARY),),
    "reach": Counter(slack=9, mail=2, secretariat=1),
    "former": (Participant(2, CANARY, Role.GUEST, DAY, DAY, None, "secretariat"),),
    "offices": [
        ("secretary", None, None),
        ("chair", Participant(1, CANARY, Role.CHAIR, DAY, DAY, CANARY), Participant(2, CANARY, Role.CHAIR, DAY)),
        ("deputy_chair", Participant(3, CANARY, Role.DEPUTY_CHAIR, DAY, DAY), None),
    ],
    "named": [Participant(1, CANARY, Role.MEMBER, DAY, DAY, CANARY)],
    "has_list": True,
    "on": 2,
    "of": 3,
    "one": Participant(1, CANARY, Role.CHAIR, DAY, None, CANARY, "mail", CANARY),
    "proposed": None,
    "receipt": CANARY,
    "doubts": [CANARY, CANARY],
    "replaces": True,
    "changes": [CANARY],
    "meanwhile": [
        Meanwhile(CANARY, CANARY, "both", CANARY),
        Meanwhile(CANARY, CANARY, "both", DAY),
        *(Meanwhile(CANARY, CANARY, fate) for fate in get_args(Fate)),
    ],
    "stays": [CANARY, CANARY],
    "unread": True,
    "to_set": [Meeting(CANARY, DAY, place=CANARY)],
    "back": [CANARY, CANARY],
    "hindrance": CANARY,
    "document": 1,
    "name": CANARY,
    "deadline": NOW,
    "what": "moved",
    "before": Meeting(CANARY, DAY, place=CANARY),
    "reason": CANARY,
    "typed": CANARY,
    "task": TASK,
    "entries": [(TASK, True), (Task(2, CANARY), False)],
    "which": "mine",
    "overdue": 1,
    "today": DAY,
    "giver": CANARY,
    "assigned": "U1",
    "unheard": CANARY,
    "no_day": CANARY,
    "task_days": 3,
    "within": {"length": range(15, 601), "rhythm": range(13), "days": range(61)},
    "matter": Matter(1, CANARY, 7, 2025, CANARY, UNTIL),
    "proposal": Proposal(ITEM, 1, Meeting(CANARY, DAY, place=CANARY), Person(1, "U1", CANARY), NOW, CANARY),
    "carried": [
        Proposal(replace(ITEM, state=state), 1, Meeting(CANARY, DAY), None, NOW)
        for state in ("withdrawn", "proposed", "accepted")
    ],
    "decides": True,
    "edits": True,
    "mine": True,
    "why": "let_in",
    "follows": False,
    "stands": {
        "meeting": Meeting(version=2),
        "sum": 125,
        "untimed": 1,
        "length": 120,
        "assumed": True,
        "anew": "asked_before",
    },
    "anew": "anew",
    "mended": True,
    "fate": "left_out",
    "said_so": "held",
    "late_id": 1,
    "titled": CANARY,
    "written": Written(
        CANARY,
        ("O", "B"),
        None,
        CANARY,
        CANARY,
        (Row(7, "godkender", CANARY), Row(-1, "written", CANARY)),
        CANARY,
        True,
    ),
    "verbs": ("godkender", "tager til efterretning"),
    "most": 10,
    "lasts": range(1, 601),
    "unasked": 1,
    "adding": [1, 2],
    "places": [("0", CANARY)],
    "stands_after": "0",
    "is_new": False,
    "place": CANARY,
}
NEVER_EMPTY = {"choices", "later", "meetings", "reminders", "first", "answers", "others"}  # else something else is said


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", MESSAGES)
def test_a_template_says_what_it_is_given_and_pings_nobody(name: str, language: Language) -> None:
    for each in message(name, language, **VALUES):
        contents = read(each.payload())  # or Slack's refusal
        assert pings(contents.text, list(contents.blocks)) == []
        assert "<!channel>" not in each.text


@pytest.mark.parametrize("name", NAMES)
def test_a_template_takes_lists_that_are_empty(name: str) -> None:
    values = {**VALUES, **{each: type(had)() for each, had in VALUES.items() if isinstance(had, list | tuple)}}
    values |= {each: VALUES[each] for each in NEVER_EMPTY}
    if name in FORMS:
        assert read_view({**form(name, "da", **values), "type": "modal", "callback_id": "form"}, "modal")
    else:
        assert all(read(each.payload()) for each in message(name, "da", **values))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_one_that_slack_takes(name: str, language: Language) -> None:
    view = {**form(name, language, **VALUES), "type": "modal", "callback_id": "form"}
    assert read_view(view, "modal")["callback_id"] == "form"  # or Slack's refusal
