"""Slack and a bot in one process reach each other without a socket, which costs several times what is asked over it.

What is said is the same to the byte, signed by one end and examined by the other. Whoever is not known to be near is
reached over a socket: other processes, browsers, and a Slack in bad weather or into whose calls a test steps.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from email.message import Message
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import HTTPHandler, Request, build_opener, install_opener
from urllib.response import addinfourl

log = logging.getLogger(__name__)
Application = Callable[..., Iterable[bytes]]

_near: dict[str, Callable[[], Application | None]] = {}


def open_door(url: str, near: Callable[[], Application | None]) -> None:
    """From now on who is asked at this address is near, for as long as `near` says which application that is."""
    install_opener(_OPENER)
    _near[urlsplit(url).netloc] = near


def close_door(url: str) -> None:
    """Nobody is near at this address any more. Closing it twice is closing it once."""
    _near.pop(urlsplit(url).netloc, None)


def connection(host: str, timeout: Any) -> HTTPConnection | Line:
    """The way to a host:port."""
    near = _near.get(host)
    application = near and near()
    return Line(host, application) if application else HTTPConnection(host, timeout=timeout)


class Line:
    """As much of an HTTPConnection as is asked for, and no socket in it."""

    sock = None

    def __init__(self, host: str, application: Application) -> None:
        self._host = host
        self._application = application
        self._answer: tuple[str, Message, bytes] | None = None

    def request(
        self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None, **_: Any
    ) -> None:
        """Ask, and have the answer."""
        asked = environ(method, self._host, url, headers or {}, body or b"")
        try:
            self._answer = answered(self._application, asked)
        except Exception:
            log.exception("%s %s", method, url)
            self._answer = "500 INTERNAL SERVER ERROR", Message(), b""

    def getresponse(self) -> Any:
        """The answer, as urllib likes it."""
        assert self._answer is not None, "ask first"
        status, headers, body = self._answer
        code = int(status.split()[0])
        response: Any = addinfourl(BytesIO(body), headers, self._host, code)
        response.reason = HTTPStatus(code).phrase
        return response

    def set_debuglevel(self, level: int) -> None:
        """Nobody reads it."""

    def close(self) -> None:
        """There is nothing to close."""


def environ(method: str, host: str, url: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """A request as an application gets it (PEP 3333)."""
    path, _, query = url.partition("?")
    name, _, port = host.partition(":")
    spoken = {each.upper().replace("-", "_"): value for each, value in headers.items()}
    kind = spoken.pop("CONTENT_TYPE", "")
    spoken.pop("CONTENT_LENGTH", None)
    return {
        **{f"HTTP_{each}": value for each, value in ({"HOST": host} | spoken).items()},
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": name,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def answered(application: Application, asked: dict[str, Any]) -> tuple[str, Message, bytes]:
    """What an application answers: status, headers and body."""
    headers, begun = Message(), [""]

    def start(status: str, given: list[tuple[str, str]], *_: Any) -> None:
        begun[0] = status
        for name, value in given:
            headers[name] = value

    body = application(asked, start)
    try:
        return begun[0], headers, b"".join(body)
    finally:
        getattr(body, "close", bool)()


class _Nearby(HTTPHandler):
    """For urllib, of which Slack's own client is made."""

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(connection, req)  # type: ignore[arg-type]


_OPENER = build_opener(_Nearby)
