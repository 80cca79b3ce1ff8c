"""Who asks about the money: answered by figures or a decision, else by a person, or taken to the meeting."""

from __future__ import annotations

from bot import budgets as names
from bot import questions as rules
from bot.budgets import Standing
from bot.refusals import Refusal
from bot.roles import ANYONE, SECRETARIAT
from bot.words import words_of
from handlers import proposals, unanswered
from handlers.declared import button, command, form
from handlers.request import Reply, Request
from storage import budgets, groups, questions, register
from storage.questions import Question
from templates import Message
from templates.budgets import answer as said
from templates.budgets import decision, decision_source, source

Answer = tuple[list[str], str]


@command("budget ask", da="budget spørg", may=ANYONE)
def ask(request: Request, question: str) -> Reply:
    """Ask about the money; what neither the figures nor a decision can answer goes to the secretary."""
    if not words_of(question):
        raise Refusal("no_question")
    standing = budgets.latest(request.session, request.group.id, request.member)
    answers, told = _decided(request, question) or _figures(request, standing, question) or ([], None)
    if not answers:
        _refuse_slip(standing, question)
    secretary = groups.secretary(request.session, request.group.id, request.today)
    origin, by = request.origin, request.member.person
    where = (origin.channel, origin.thread) if origin.thread else (None, None)
    answer = "\n".join(answers) or None
    row = questions.ask(
        request.session, request.group.id, question, where, answer, told, by=by.id, at=request.now
    )  # fmt: skip
    if answers:
        return request.reply("questions/figures", answers=answers)
    unanswered.lay_before(request, row, secretary.slack_id)
    return request.reply(
        "questions/noted", person=secretary.name, own=secretary.slack_id == by.slack_id, in_thread=bool(origin.thread)
    )


@command("budget questions", da="budget spørgsmål", may=ANYONE, reads=True)
def show(request: Request) -> Reply:
    """Show the questions about the budget with their answers, the newest first."""
    found = questions.newest(request.reader, request.group, request.member)
    return request.reply("questions/listed", questions=found, answers=request.member.may(SECRETARIAT))


@button("question answer", may=SECRETARIAT, refuse="role_question")
def ask_answer(request: Request, question_id: int) -> Reply:
    """A form for the answer to a question."""
    row = questions.row(request.session, request.group.id, question_id)
    return request.ask("question answer", "questions/answer", row.id, question=row.text)


@form("question answer", may=SECRETARIAT, refuse="role_question")
def answer(request: Request, question_id: int, text: str) -> Reply:
    """The answer goes where the question was asked: to its thread, else to who asked, privately."""
    row = questions.row(request.session, request.group.id, question_id)
    row.reply(text, by=request.member.person.id, at=request.now)
    asker, me = questions.person(request.session, row), request.member.person.name
    told = request.written("questions/answered", person=me, question=row.text, answer=text, in_thread=bool(row.thread))
    _tell_asker(request, row, told, "answer")
    unanswered.mend(request, row)
    return request.reply("questions/sent", person=asker.name, in_thread=bool(row.thread))


@button("question to meeting", may=SECRETARIAT, refuse="role_question")
def take(request: Request, question_id: int) -> Reply:
    """Take a question to the coming meeting, under the item about the budget, or a new one that is proposed."""
    row = questions.row(request.session, request.group.id, question_id)
    by, at, title = request.member.person.id, request.now, request.voice.plain("question.item")
    there = questions.place(request.session, request.group.id, request.today)
    item = questions.budget_item(request.session, request.group.id, there, by=by, at=at, title=title)
    row.take_to(item, by=by, at=at)
    unanswered.mend(request, row)
    _tell_asker(
        request,
        row,
        request.written("questions/put_off", date=there.day, question=row.text, in_thread=bool(row.thread)),
        item.id,
    )
    told = request.written("questions/taken", number=item.number, called=item.title)
    return Reply([*told, *proposals.shown(request, item.id)] if item.state == "proposed" else told)


def _tell_asker(request: Request, row: Question, told: list[Message], stamp: str | int) -> None:
    """Say something of a question in the thread where it was asked, else to who asked, privately."""
    to = row.channel if row.channel and row.thread else questions.person(request.session, row).slack_id
    request.later(told, key=f"question:{row.id}:{stamp}", to=to, thread=row.thread)


def _decided(request: Request, question: str) -> Answer | None:
    """What was decided, where that is what is asked."""
    if not rules.asks_what_was_decided(question):
        return None
    found = rules.quoted(register.quotable(request.session, request.group.id), question)
    if not found:
        return None
    return [decision(request.voice, each) for each in found], decision_source(request.voice, found[0])


def _figures(request: Request, standing: tuple[Standing, ...], question: str) -> Answer | None:
    """What the budgets say about the lines that are asked about."""
    found = () if rules.asks_what_was_decided(question) else rules.figures(standing, question)
    if not found:
        return None
    asked = rules.asked_first(question)
    return [said(request.voice, *each, asked) for each in found], source(request.voice, found[0][0])


def _refuse_slip(standing: tuple[Standing, ...], text: str) -> None:
    """Somebody who only names a line, and nearly one that there is, is asked whether they meant that; one word that is
    none, or a year without a budget, is no question either.
    """
    words = text.split()
    if rules.is_asked(text) or len(words) > 3 or not standing:
        return
    if rules.is_year(text):
        raise Refusal("no_such_year", year=text)
    nearest = next((near for each in standing if (near := names.find(each.budget, text).nearest)), None)
    if nearest or len(words) == 1:
        raise Refusal("no_such_line", words=text[:80], nearest=nearest)
