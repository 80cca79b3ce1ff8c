"""The ways the program is really started: one process for everything, or gunicorn in front and a worker behind."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.office import SECRET, Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import JUNE, filed

pytestmark = pytest.mark.usefixtures("patient")
GUNICORN = [str(Path(sys.executable).parent / "gunicorn"), "--worker-class", "gthread", "--threads", "4"]


def test_one_process_answers_and_carries(database_url: str) -> None:
    office, port = _prepared(database_url)
    with _running(office, [sys.executable, "-m", "bot", "serve"], PORT=str(port)) as (server,):
        _reached(office, port)
        send(office)
        _expect_sent(office)
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0
    office.close()


def test_gunicorn_answers_and_a_worker_carries(database_url: str) -> None:
    office, port = _prepared(database_url)
    web = [*GUNICORN, "--bind", f"127.0.0.1:{port}", "bot.__main__:web()"]
    with _running(office, web, [sys.executable, "-m", "bot", "serve"]):
        _reached(office, port)
        send(office)
        _expect_sent(office)
    office.close()


def test_over_sockets_no_address_is_needed_and_the_port_tells_how_we_are(database_url: str) -> None:
    office, port = _prepared(database_url)
    settings = {"PORT": str(port), "SLACK_APP_TOKEN": office.slack.app_token, "SLACK_SIGNING_SECRET": ""}
    with _running(office, [sys.executable, "-m", "bot", "serve"], **settings) as (server,):
        _reached(office, port)
        office.slack.wait(lambda: office.slack.sockets.connected > 0, seconds=20)
        send(office)
        _expect_sent(office)
        assert _asked(port, "/livez") == _asked(port, "/readyz") == (200, "ok")
        assert _asked(port, "/slack/events")[0] == 404
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 0
    office.close()


def _asked(port: int, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode().strip()
    except HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def _prepared(database_url: str) -> tuple[Office, int]:
    """An office whose own bot has gone home, and a port for the one to come."""
    office = Office(database_url)
    in_a_week = dt.date.today() + dt.timedelta(days=7)  # the processes know no other clock than the machine's
    filed(office, replace(JUNE, meeting=replace(JUNE.meeting, date=in_a_week), next_meeting=None))
    office.founded()
    office.retire()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return office, int(door.getsockname()[1])


@contextmanager
def _running(office: Office, *commands: list[str], **settings: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """These commands as processes, with the office's settings in their environment."""
    url = office.program.storage.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": office.slack.token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": office.slack.api_url,
        "DATABASE_URL": url,
        **settings,
    }
    processes = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _reached(office: Office, port: int) -> None:
    """Wait until the program is ready there, and let Slack deliver to it."""
    deadline = time.monotonic() + 20
    while _asked(port, "/readyz")[0] != 200:
        assert time.monotonic() < deadline, "nobody is ready"
        time.sleep(0.05)
    office.slack.connect(f"http://127.0.0.1:{port}/slack/events")


def _expect_sent(office: Office) -> None:
    (posted,) = office.slack.history(office.room)
    assert len(office.slack.thread(posted)) == 3
