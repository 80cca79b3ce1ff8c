"""Who asks what there is to ask: the commands one may use, the five most useful first."""

from __future__ import annotations

from bot.commands import Command
from bot.roles import ANYONE
from handlers.declared import command, vocabulary
from handlers.request import Reply, Request
from templates import Voice

FIRST = ("agenda", "budget", "meeting", "agenda send", "setup", "setup chair", "tasks", "decisions")


@command(
    "help", da="hjælp", also=("?", "kommandoer", "commands", "tak", "hej", "thanks", "hello"), may=ANYONE, reads=True
)
def show(request: Request) -> Reply:
    """Show what you may do, five things first."""
    lines = _lines(request)
    return request.reply("help/shown", first=lines[:5], more=lines[5:])


def first_lines(request: Request) -> list[str]:
    """The five most useful things somebody may do, a line each."""
    return _lines(request)[:5]


def usage(command: Command, voice: Voice) -> str:
    """How a command is typed: "dagsorden [punkt]"."""
    words = command.spelled(voice.language)
    named = ((each, voice.plain(f"help.argument.{each.name}")) for each in command.arguments)
    return " ".join([words, *(f"[{name}]" if each.optional else name for each, name in named)])


def table(command: str) -> str:
    """All commands as a Markdown table, for README: each language's words, what it does, who may."""
    da, en = Voice("da"), Voice("en")
    rows = [
        f"| `{command} {usage(each, da)}` | `{command} {usage(each, en)}` | {each.about} | {_who(each)} |"
        for each in vocabulary.commands
    ]
    return "\n".join(["| på dansk | in English | what it does | who may |", "|---|---|---|---|", *sorted(rows)])


def _lines(request: Request) -> list[str]:
    mine = [each for each in vocabulary.commands if request.member.may(each.may)]
    mine.sort(key=lambda each: FIRST.index(each.name) if each.name in FIRST else len(FIRST))
    return [_line(each, request.voice, request.command) for each in mine]


def _line(command: Command, voice: Voice, typed: str) -> str:
    about = voice.plain(f"help.about.{command.name.replace(' ', '_')}")
    return voice.say("help.line", command=typed, usage=usage(command, voice), about=about)


def _who(command: Command) -> str:
    return "everyone" if command.may == ANYONE else ", ".join(sorted(command.may)).replace("_", " ")
