"""The floor under a change: Bolt, and three rows in one transaction that is durable when the answer goes."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

TABLES = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    CREATE TABLE answered (id INTEGER PRIMARY KEY, said TEXT);
    CREATE TABLE things (id INTEGER PRIMARY KEY, said TEXT);
    CREATE TABLE changes (id INTEGER PRIMARY KEY, said TEXT);"""


def durable(client: WebClient, signing_secret: str, path: Path) -> App:
    """An App with the same settings as ours that keeps what it was asked, the thing and the change, and says yes."""
    app = App(
        client=client, signing_secret=signing_secret, process_before_response=True, token_verification_enabled=False
    )
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.executescript(TABLES)

    def keep(ack: Ack, body: dict[str, Any]) -> None:
        said = json.dumps(body)
        database.execute("BEGIN IMMEDIATE")
        for table in ("answered", "things", "changes"):
            database.execute(f"INSERT INTO {table} (said) VALUES (?)", (said,))
        database.execute("COMMIT")
        ack()

    anything = re.compile("")
    app.command("/dap")(keep)
    app.action(anything)(keep)
    app.view(anything)(keep)
    return app
