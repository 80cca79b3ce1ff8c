"""Are we well? `/livez` says that the process answers, `/readyz` that its database does, with the schema we need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from storage import Storage, Unavailable, schema

Wsgi = Callable[..., Iterable[bytes]]


def beside(web: Wsgi | None, storage: Storage) -> Wsgi:
    """A WSGI application that tells how we are, and leaves everything else to another, where there is one."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/livez":
                return _said(start, None)
            case "/readyz":
                return _said(start, trouble(storage))
            case _ if web:
                return web(environ, start)
            case _:
                start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
                return [b"Nothing is here.\n"]

    return answer


def trouble(storage: Storage) -> str | None:
    """What keeps us from working; None where nothing does."""
    try:
        return None if schema.is_current(storage) else "The database has another schema. Run: python -m bot migrate"
    except Unavailable:
        return "The database does not answer."


def _said(start: Callable[..., Any], wrong: str | None) -> Iterable[bytes]:
    start("503 Service Unavailable" if wrong else "200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{wrong or 'ok'}\n".encode()]
