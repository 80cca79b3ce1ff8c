"""How do we say it? Values in, Slack messages or text out; what people wrote is never rewritten.

A template is a JSON text (what a notification shows) followed by JSON blocks, one after another, without commas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.commands import Command
from bot.groups import Language
from bot.refusals import Refusal
from templates import budgets
from templates.compiler import Compiler
from templates.limits import Message, fit
from templates.parts import PARTS
from templates.voice import Voice

__all__ = ["Message", "View", "Voice", "form", "message", "plain", "refused", "refused_plainly"]

View = dict[str, Any]
FOLDER = Path(__file__).parent
encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
decode = json.JSONDecoder().raw_decode
next_mark = re.compile(r"\S").search
_HINTED = {"unknown_command": "nearest", "stale": "shown_by"}  # a way on for all, where there is none that fits


def message(template: str, language: Language, **values: Any) -> list[Message]:
    """The messages a template makes of some values: one, or more where Slack's limits want it split."""
    rendered = _template(template, language).render(values)
    (text, _), *blocks = _json_values(rendered)
    if not isinstance(text, str):
        raise TypeError(f"{template} must begin with the text of its notification")
    return fit(text, blocks, len(rendered))


def form(template: str, language: Language, **values: Any) -> View:
    """The form a template makes of some values: it begins with its title and the word on its button."""
    first, *blocks = (value for value, _ in _json_values(_template(template, language).render(values)))
    voice = Voice(language)
    words = {name: {"type": "plain_text", "text": text} for name, text in first.items()}
    return {**words, "close": {"type": "plain_text", "text": voice.plain("button.close")}, "blocks": blocks}


def refused(refusal: Refusal, language: Language, *, command: str, now: datetime) -> Message:
    """A refusal as a message, in its group's language where that is known."""
    voice = Voice(refusal.language or language)
    sentence = _sentence(refusal, voice, now.astimezone(ZoneInfo(refusal.zone)) if refusal.zone else now, command)
    return message("refusal", voice.language, sentence=sentence)[0]


def refused_plainly(refusal: Refusal, language: Language, *, command: str, now: datetime) -> str:
    """A refusal as plain text, for a terminal."""
    return _sentence(refusal, Voice(language), now, command)


def plain(key: str, language: Language, **values: Any) -> str:
    """A sentence as plain text, for a terminal or a paper."""
    return Voice(language).plain(key, **values)


def as_json(value: Any) -> str:
    """What stands in `{{ }}` becomes JSON, but for what a macro already wrote as JSON."""
    if type(value) is str:
        return encode_basestring(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # raises, and names the variable
    return encode(value)


def _sentence(refusal: Refusal, voice: Voice, now: datetime, command: str) -> str:
    values = {name: _worded(value, voice, now) for name, value in refusal.values.items()}
    if refusal.key in _HINTED and not values.get(_HINTED[refusal.key]):
        values["hint"] = voice.plain("refusal.unknown_command_hint", command=command)
    if "reason" in values:
        values["reason"] = voice.plain(f"reason.{values['reason']}")
    return voice.plain(f"refusal.{refusal.key}", **values, command=command)


def _worded(value: Any, voice: Voice, now: datetime) -> Any:
    match value:
        case datetime():
            return voice.moment(value.astimezone(now.tzinfo), now.date())
        case date():
            return voice.day(value)
        case Command():
            return value.spelled(voice.language)
        case list():
            return voice.list([str(_worded(each, voice, now)) for each in value])
        case _:
            return value


class _Environment(Environment):
    code_generator_class = Compiler

    def make_globals(self, more: Mapping[str, Any] | None) -> dict[str, Any]:
        """One plain dict: Jinja copies it at each rendering, and its own chain of two is slow to copy."""
        return {**self.globals, **(more or {})}


@cache
def _environment(language: Language) -> Environment:
    environment = _Environment(
        autoescape=True,
        finalize=as_json,
        undefined=StrictUndefined,
        loader=FileSystemLoader(FOLDER),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    voice = Voice(language)
    environment.globals.update(voice.words() | budgets.words(voice) | PARTS)
    return environment


@cache
def _template(name: str, language: Language) -> Any:
    return _environment(language).get_template(f"{name}.json.j2")


def _json_values(rendered: str) -> Iterator[tuple[Any, int]]:
    """The values that stand one after another in a text, each with its length there."""
    position = 0
    while found := next_mark(rendered, position):
        value, position = decode(rendered, found.start())
        yield value, position - found.start()
