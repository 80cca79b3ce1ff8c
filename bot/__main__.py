"""The front door: builds the program from its settings and starts it."""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.config import Settings
from bot.refusals import Refusal
from handlers import App, attend, doctor, documents, door, health, say_at_once, web_api
from handlers.clock import Clock
from handlers.desk import Desk
from handlers.help import table
from handlers.outbox import Carrier
from storage import Storage, Unavailable, groups, open_storage, schema, verification
from templates import Voice, refused_plainly

Wsgi = Callable[..., Iterable[bytes]]
TABLE = ("<!-- commands -->", "<!-- /commands -->")


@dataclass(frozen=True, slots=True)
class Program:
    """The whole program, built and ready to be started."""

    settings: Settings
    storage: Storage
    desk: Desk
    carrier: Carrier
    clock: Clock

    def app(self) -> App:
        """Everything that listens to Slack."""
        return attend(self.desk, self.carrier.client, self.settings.slack_signing_secret)

    def wsgi(self) -> Wsgi:
        """The HTTP door, for any WSGI server: Slack's requests, and whether we are well."""
        return health.beside(door(self.app()), self.storage)

    def start(self) -> None:
        """Carry letters and keep the clock, each in a thread."""
        self.carrier.start()
        self.clock.start()

    def stop(self) -> None:
        """Finish what is in hand, and hand back the rest."""
        self.clock.stop()
        self.carrier.stop()
        self.storage.close()


def build(
    settings: Settings,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    clock: Callable[[], float] = time.time,
) -> Program:
    """Put the program together. `now` is business time, which may jump; `clock` is machine time."""
    storage = open_storage(settings.database_url)
    client = web_api.client(settings.slack_bot_token, settings.slack_api_url)
    show = partial(web_api.show_form, client)
    whisper = partial(say_at_once, settings.slack_api_url)
    desk = Desk(storage, settings.language, settings.command, whisper, show, now, clock)
    return Program(settings, storage, desk, Carrier(storage, desk, client, clock), Clock(storage, desk))


def web() -> Wsgi:
    """The HTTP door as gunicorn loads it: it answers, and a worker (`serve`) carries the letters."""
    program = build(Settings.read(os.environ))
    _bring_up_to_date(program.storage)
    return program.wsgi()


def main(words: Sequence[str] | None = None) -> int:
    """Run one command of the front door; its exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    arguments = _parser().parse_args(words)
    try:
        settings = Settings.read(os.environ)
        return int(arguments.run(arguments, settings))
    except ValueError as error:
        print(error, file=sys.stderr)
    except Refusal as refusal:
        print(_refused(refusal, settings), file=sys.stderr)
    except Unavailable:
        print(_refused(Refusal("away"), settings), file=sys.stderr)
    return 1


def serve(_: argparse.Namespace, settings: Settings) -> int:
    """Carry letters and keep the clock; answer Slack too, over sockets with an app token, else over HTTP with PORT."""
    from waitress import serve as answer  # noqa: PLC0415 no other door answers by itself

    program = build(settings)
    _bring_up_to_date(program.storage)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    program.start()
    sockets = None
    if settings.slack_app_token:
        from handlers.sockets import Sockets  # noqa: PLC0415 nor does any other come by socket

        sockets = Sockets(program.app(), settings.slack_app_token)
    try:
        if sockets:
            sockets.open()
        if settings.port:
            web = health.beside(None, program.storage) if sockets else program.wsgi()
            answer(web, host="0.0.0.0", port=settings.port, threads=8, ident=None)
        else:
            threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        if sockets:
            sockets.close()
        program.stop()
    return 0


def migrate(_: argparse.Namespace, settings: Settings) -> int:
    """Bring the database to the newest schema."""
    storage = open_storage(settings.database_url)
    schema.migrate(storage)
    print(f"The schema is version {schema.version(storage)}.")
    return 0


def read_in(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read a document, tell what was read and what is in doubt, and file it if asked to."""
    from templates.papers.reading import as_json  # noqa: PLC0415 needed here alone

    document = documents.opened(arguments.file)
    if arguments.json:
        print(json.dumps(as_json(document.reading), ensure_ascii=False, indent=1))
    else:
        print("\n".join(documents.receipt(document, settings.language)))
    voice = Voice(settings.language)
    if not arguments.yes:
        lines = [voice.plain("import.nothing_stored"), voice.plain("import.how_to_file")]
        print(" ".join(lines), file=sys.stderr if arguments.json else sys.stdout)
        return 0
    if not re.fullmatch("[CG][A-Z0-9]+", arguments.channel or ""):
        raise Refusal("no_channel")
    storage = open_storage(settings.database_url)
    _bring_up_to_date(storage)
    meeting = documents.filed(storage, document, arguments.channel, settings.language, datetime.now(UTC))
    day = voice.day(meeting.date) if meeting.date else None
    line = voice.plain("import.filed", date=day) if day else voice.plain("import.filed_undated")
    print(line, file=sys.stderr if arguments.json else sys.stdout)
    return 0


def examine(_: argparse.Namespace, settings: Settings) -> int:
    """Look at everything that must be right, and say what is not; 1 where something is not."""
    program = build(settings)
    voice, well = Voice(settings.language), True
    for finding in doctor.examine(settings, program.storage, program.carrier.client, time.time):
        print(f"{'+' if finding.well else '-'} {voice.plain(f'doctor.{finding.key}', **finding.values)}", flush=True)
        well = well and finding.well
    return 0 if well else 1


def verify(_: argparse.Namespace, settings: Settings) -> int:
    """Say of each group's history how long it is and its last seal, or what was tampered with: then 1."""
    storage, voice = open_storage(settings.database_url), Voice(settings.language)
    _bring_up_to_date(storage)
    whole = True
    with storage.reading() as reader:
        for group in groups.everyone(reader):
            found = verification.verify(reader, group.id)
            whole = whole and found.holds
            for line in _verified(found, group.programme or group.channel, voice):
                print(line)
    return 0 if whole else 1


def _verified(found: verification.Record, group: str, voice: Voice) -> Iterable[str]:
    chain = found.chain
    about = {"group": group, "changes": voice.count(chain.length, "change")}
    for change in chain.breaks:
        key = "broken" if change else "cut" if chain.length else "gone"
        yield voice.plain(f"history.{key}", number=change, **about)
    for each in found.altered:
        paper = voice.paper(each.paper, each.meeting, each.version) if each.paper else ""
        key = "resent" if paper else "altered"
        yield voice.plain(f"history.{key}", paper=paper, number=each.decision, **about)
    if found.holds:
        yield voice.plain("history.whole", seal=chain.seal, **about)
    if found.untold:
        yield voice.plain("history.untold", records=voice.count(found.untold, "record"), **about)


def show_help(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the table of Slack commands, or write it into a file between its two marks."""
    text = table(settings.command)
    if not arguments.table:
        print(text)
        return 0
    begin, end = TABLE
    before, _, rest = arguments.table.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    arguments.table.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
    return 0


def _bring_up_to_date(storage: Storage) -> None:
    """An SQLite file comes up to date by itself; PostgreSQL waits for `migrate`."""
    if storage.engine.dialect.name == "sqlite":
        schema.migrate(storage)
    elif not schema.is_current(storage):
        raise ValueError("The database has another schema than this version needs. Run: python -m bot migrate")


def _refused(refusal: Refusal, settings: Settings) -> str:
    return refused_plainly(refusal, settings.language, command=settings.command, now=datetime.now(UTC))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="The secretary of a steering group, in Slack.")
    commands = parser.add_subparsers(required=True, metavar="command")
    commands.add_parser("serve", help="answer Slack and carry letters").set_defaults(run=serve)
    commands.add_parser("migrate", help="bring the database to the newest schema").set_defaults(run=migrate)
    importing = commands.add_parser("import", help="read an agenda or minutes from a text file")
    importing.add_argument("file", type=Path)
    importing.add_argument("--channel", help="the Slack channel of the group it belongs to, C…")
    importing.add_argument("--json", action="store_true", help="print what was read as JSON")
    importing.add_argument("--yes", action="store_true", help="file it")
    importing.set_defaults(run=read_in)
    commands.add_parser("doctor", help="see whether everything is as it must be").set_defaults(run=examine)
    verifying = commands.add_parser(
        "verify", help="see whether the history is whole, and the decisions and what was sent as it says"
    )
    verifying.set_defaults(run=verify)
    helping = commands.add_parser("help", help="the commands in Slack, as a table")
    helping.add_argument("--table", type=Path, help="the file to write it into, between its two marks")
    helping.set_defaults(run=show_help)
    return parser


if __name__ == "__main__":
    sys.exit(main())
