"""`make demo`: a Slack in the browser with the bot in it, in one process, and a group with an agenda to send."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers import documents
from storage import open_storage, schema
from tests.office import MORNING, Office

AGENDA = Path(__file__).parent / "dagsorden-juni-2025.md"
PORT = 8420


class PassingTime:
    """The demo's business time: it runs from Tuesday 10 June 2025 at nine in Copenhagen, and can be let pass."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._passed = timedelta()
        self.office: Office | None = None

    def now(self) -> datetime:
        """Business time, in Copenhagen."""
        running = timedelta(seconds=time.monotonic() - self._began)
        return (MORNING + self._passed + running).astimezone(ZoneInfo("Europe/Copenhagen"))

    def advance(self, span: timedelta) -> None:
        """Let time pass; day by day, and whenever a reminder is due, the clock looks and all is carried."""
        while span > timedelta():
            step = min(span, timedelta(days=1), self._until_next() or span)
            self._passed, span = self._passed + step, span - step
            if self.office:
                self.office.program.clock.sweep()
                self.office.settle()

    def to_next(self) -> str:
        """Let time pass until the next reminder is due; what happens then."""
        span = self._until_next()
        if span is None:
            return "Der sker ikke mere."
        self.advance(span)
        return f"Klokken er nu {self.now():%H.%M}, og der er en påmindelse."

    def _until_next(self) -> timedelta | None:
        """How long until the next reminder has just come due."""
        due = self.office.program.clock.next_due() if self.office else None
        return due - self.now() + timedelta(seconds=1) if due else None


def opened(url: str, port: int) -> Office:
    """The demo's office in an empty database: the June agenda read in, Anne its secretary, Karen its chair."""
    storage = open_storage(url)
    schema.migrate(storage)
    storage.close()
    passing = PassingTime()
    office = Office(url, port=port, now=passing.now)
    passing.office, office.slack.clock = office, passing
    documents.filed(office.program.storage, documents.opened(AGENDA), office.room.id, "da", passing.now())
    office.founded()
    return office


def main() -> None:
    """Open the demo, print its address, and keep it open until it is interrupted."""
    logging.basicConfig(level=logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="dap-demo-") as folder:
        office = opened(f"sqlite:///{folder}/dap.db", int(os.environ.get("PORT", PORT)))
        print(f"Open {office.slack.url} in a browser. Try /dap hjælp. Stop with Ctrl-C.", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()
        finally:
            office.close()


if __name__ == "__main__":
    main()
