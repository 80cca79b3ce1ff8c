"""The house keeps itself, and every rule that keeps it is shown to bite."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.house import (
    File,
    Rule,
    addresses,
    arrows,
    clocks,
    commits,
    differences,
    docstrings,
    lengths,
    locks,
    nouns,
    phrases,
    strays,
    walls,
)

ROOT = Path(__file__).parent.parent
MODULES = [arrows, walls, clocks, commits, lengths, docstrings]


@pytest.mark.parametrize("rule", MODULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps(rule: Rule) -> None:
    expect(rule, [file for file in files() if file.path.endswith(".py")])


@pytest.mark.parametrize("rule", [nouns, addresses], ids=lambda rule: rule.__name__)
def test_every_file_keeps(rule: Rule) -> None:
    expect(rule, files())


def test_the_locks_are_pinned_by_hashes_and_name_no_place() -> None:
    expect(locks, [file for file in files() if re.fullmatch(r"requirements.*\.lock", file.path)])


def test_every_template_parses_and_every_phrase_used_exists() -> None:
    ours = [file for file in files() if file.room not in {"", "tests"} and file.path.endswith((".j2", ".py"))]
    known = words("da").keys()
    refuse(phrases, [f"{file.path}:{what}" for file in ours for what in phrases(file, known)])


def test_every_phrase_exists_in_both_languages_with_the_same_values() -> None:
    refuse(differences, sorted(differences(words("da"), words("en"))))


def test_every_python_folder_of_the_tests_is_a_package() -> None:
    refuse(strays, sorted(strays(file.path for file in files())))


BITES: list[tuple[Callable[..., Iterator[str]], str, str, str]] = [
    (arrows, "bot/agenda.py", "import storage", "from . import money"),
    (arrows, "storage/agenda.py", "from templates.voice import Voice", "from bot import agenda"),
    (arrows, "templates/voice.py", "def late():\n    import storage.agenda", "from bot.dates import spoken"),
    (arrows, "handlers/desk.py", "from bot import __main__", "from storage import agenda"),
    (arrows, "handlers/desk.py", "import importlib\nimportlib.import_module('tests.people')", "from . import agenda"),
    (arrows, "bot/reading/docx.py", "from ...storage import agenda", "from .. import agenda"),
    (arrows, "bot/__main__.py", "import tests", "import handlers"),
    (walls, "handlers/agenda.py", "from sqlalchemy.orm import Session", "from slack_bolt import App"),
    (walls, "bot/dates.py", "import leftpad", "import dateutil.parser\nimport json"),
    (walls, "bot/__main__.py", "import jinja2", "import waitress"),
    (clocks, "bot/dates.py", "from datetime import date\ndate.today()", "from datetime import date\ndate(2025, 6, 18)"),
    (clocks, "storage/outbox.py", "import datetime as dt\nf = dt.datetime.now", "import time\ntime.sleep(1)"),
    (clocks, "storage/outbox.py", "from time import monotonic as m\nm()", "def m(now): return now.time()"),
    (clocks, "storage/outbox.py", "from sqlalchemy import func\nfunc.now()", "from sqlalchemy import func\nfunc.max()"),
    (clocks, "storage/outbox.py", "'SET at = CURRENT_TIMESTAMP'", "'SET at = :now'"),
    (commits, "storage/agenda.py", "session.commit()", "def transaction():\n    session.commit()"),
    (commits, "handlers/desk.py", "with storage.engine.begin(): pass", "meeting.begin()"),
    (lengths, "bot/agenda.py", "a = 1\n" * 301, "a = 1\n" * 300),
    (lengths, "tests/test_a.py", "def f():\n" + "    a = 1\n" * 60, "def f():\n" + "    a = 1\n" * 59),
    (docstrings, "bot/agenda.py", "", "'''Ours.'''"),
    (docstrings, "bot/agenda.py", "'''Ours.'''\nclass A: pass", "'''Ours.'''\ndef _own(): pass"),
    (phrases, "templates/a.json.j2", '{{ say("a.b") }}', '{{ say("agenda." ~ state) }}{{ plain("agenda.empty") }}'),
    (phrases, "templates/a.json.j2", '{{ say("agenda.empty" if a else "b") }}', "{% do a.append(1) %}"),
    (phrases, "templates/a.json.j2", "{% if %}", "{% if a %}{% endif %}"),
    (phrases, "bot/agenda.py", "raise Refusal('early')", "raise Refusal('late')"),
    (phrases, "templates/voice.py", "self.plain(f'verb.{a}')", "self.plain(f'agenda.{a}')"),
    (nouns, "bot/utils.py", "", ""),
    (nouns, "bot/helpers/agenda.py", "", ""),
    (addresses, "README.md", "https:/" + "/example.dk/" + "simple/", "https://example.dk/home/simply"),
    (addresses, "Makefile", "pip install --index" + "-url=$(HERE)", "pip-compile --no-emit-index-url --quiet"),
    (addresses, "bot/config.py", "PATH = '/" + "home/anna/dap'", "PATH = './home/anna'"),
    (locks, "requirements.lock", "typst==0.15.2", "typst==0.15.2 \\\n    --hash=sha256:" + "0a" * 32),
    (locks, "requirements.lock", "-i https:/" + "/example.dk", "# nothing"),
]


@pytest.mark.parametrize(
    ("rule", "path", "bad", "good"), BITES, ids=[f"{rule.__name__} {path}" for rule, path, _, _ in BITES]
)
def test_every_rule_bites(rule: Callable[..., Iterator[str]], path: str, bad: str, good: str) -> None:
    if rule is phrases:
        rule = partial(phrases, known={"agenda.empty", "refusal.late"})
    assert list(rule(File(path, bad)))
    assert not list(rule(File("bot/agenda.py" if rule is nouns else path, good)))


def test_a_phrase_in_one_language_or_with_other_values_is_noticed() -> None:
    assert len(list(differences({"a": "{x}[ {y:d}]", "b": ""}, {"a": "{x}", "c": ""}))) == 3
    assert not list(differences({"a": "{x}[ {y}]"}, {"a": "[{y} ]{x}"}))


def expect(rule: Rule, files: list[File]) -> None:
    refuse(rule, [f"{file.path}:{what}" for file in files for what in rule(file)])


def refuse(rule: Callable[..., Iterator[str]], wrong: list[str]) -> None:
    assert not wrong, "\n".join([" ".join((rule.__doc__ or "").split()), *wrong])


@cache
def files() -> list[File]:
    """Everything that is committed or would be."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    paths = [name for name in sorted(set(names)) if (ROOT / name).is_file()]
    return [File(path, (ROOT / path).read_text(encoding="utf-8", errors="replace")) for path in paths]


@cache
def words(language: str) -> dict[str, str]:
    """The phrases of a language by their dotted keys."""
    return dict(flat("", tomllib.loads((ROOT / f"templates/words/{language}.toml").read_text(encoding="utf-8"))))


def flat(path: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(f"{path}{key}.", value)
        else:
            yield f"{path}{key}", str(value)
