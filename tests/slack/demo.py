"""`make demo`: a Slack in the browser with the bot in it, in one process, and a group with an agenda to send."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handlers import documents
from storage import open_storage, schema
from tests.office import MORNING, Office

AGENDA = Path(__file__).parent / "dagsorden-juni-2025.md"
PORT = 8420


def opened(folder: Path, port: int) -> Office:
    """The demo's office: the June agenda read in, Anne its secretary, Karen its chair; its day runs from 9 o'clock."""
    url = f"sqlite:///{folder / 'dap.db'}"
    storage = open_storage(url)
    schema.migrate(storage)
    storage.close()
    began = time.monotonic()
    office = Office(url, port=port, now=lambda: MORNING + timedelta(seconds=time.monotonic() - began))
    documents.filed(office.program.storage, documents.opened(AGENDA), office.room.id, "da", datetime.now(UTC))
    office.founded()
    return office


def main() -> None:
    """Open the demo, print its address, and keep it open until it is interrupted."""
    logging.basicConfig(level=logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="dap-demo-") as folder:
        office = opened(Path(folder), int(os.environ.get("PORT", PORT)))
        print(f"Open {office.slack.url} in a browser. Try /dap hjælp. Stop with Ctrl-C.", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()
        finally:
            office.close()


if __name__ == "__main__":
    main()
