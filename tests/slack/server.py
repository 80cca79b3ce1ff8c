"""Slack's address: the Web API, the response_urls, files, and the page."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from . import nearby
from .api import WebApi
from .delivery import Delivery
from .hooks import Args, Call, Drop, Fault, Hooks
from .refused import Refused
from .screen import Screen
from .weather import Weather

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGE = Path(__file__).parent / "page"
LONGEST_WAIT = 25.0

_DEEDS = "say, press, choose, submit, dismiss, shortcut, home, pass_time"
_FILES = ", ".join(f"'{file.name}'" for file in sorted(PAGE.iterdir()))
_ROUTES = Map(
    [
        Rule("/api/<method>", endpoint="api"),
        Rule("/<any(commands, actions):kind>/<secret>", endpoint="response_url", methods=["POST"]),
        Rule("/upload/v1/<secret>", endpoint="receive", methods=["POST", "PUT"]),
        Rule("/files-pri/<name>/<path:_rest>", endpoint="download"),
        Rule("/archives/<channel>/<_ts>", endpoint="permalink"),
        Rule("/", endpoint="file", defaults={"name": "index.html"}),
        Rule(f"/page/<any({_FILES}):name>", endpoint="file"),
        Rule("/page/state", endpoint="state"),
        Rule("/page/files/<file_id>/<_name>", endpoint="look"),
        Rule("/page/upload", endpoint="upload", methods=["POST"]),
        Rule(f"/page/<any({_DEEDS}):deed>", endpoint="deed", methods=["POST"]),
    ]
)
_LOGIN = "<!doctype html><title>Login to Slack</title><p>Sign in to see this file.</p>"


class Server:
    """A WSGI server in a thread of its own, a thread a request."""

    def __init__(self, api: WebApi, delivery: Delivery, screen: Screen, weather: Weather) -> None:
        self.api = api
        self.delivery = delivery
        self.screen = screen
        self.weather = weather
        self.hooks = Hooks()
        self.calls: list[Call] = []
        self._http: BaseWSGIServer | None = None

    @property
    def url(self) -> str:
        """http://127.0.0.1:PORT"""
        assert self._http is not None, "start() the stand-in first"
        return f"http://127.0.0.1:{self._http.port}"

    def start(self, port: int, near: bool = False) -> None:
        """Listen; port 0 takes a free one. With `near` a bot in the same process needs no socket to get here."""
        self.screen.open = True
        self._http = make_server("127.0.0.1", port, self, threaded=True, request_handler=_QuietHandler)
        self._http.daemon_threads = True  # type: ignore[attr-defined]
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True, name="slack").start()
        if near:
            nearby.open_door(self.url, lambda: self.near)

    def stop(self) -> None:
        """Close the door."""
        if self._http is not None:
            nearby.close_door(self.url)
            self._http.shutdown()
            self._http.server_close()
            self.screen.close()
            self._http = None

    @property
    def near(self) -> Server | None:
        """Whom to ask from within the process; nobody where something may happen to the line."""
        return self if self.weather.fair and not self.hooks else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            response: Any = getattr(self, f"_on_{endpoint}")(request, **values)
        except Drop:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            response = Response()
        except Fault as fault:
            response = Response(fault.body, fault.status, fault.headers)
        except HTTPException as error:
            response = error
        return response(environ, start_response)  # type: ignore[no-any-return]

    # The bot's door

    def _on_api(self, request: Request, method: str) -> Response:
        args = _arguments(request)
        token = _bearer(request) or args.get("token")
        args.pop("token", None)
        answer = self._heard(method, args, lambda: self.api.answer(method, args, token))
        response = _json(answer)
        response.headers.update(self.api.headers(method, token))
        return response

    def _on_response_url(self, request: Request, kind: str, secret: str) -> Response:
        body = request.get_json(force=True, silent=True)
        if not isinstance(body, dict):
            return Response("invalid_payload", 400)

        def answer() -> dict[str, Any]:
            self.delivery.respond(f"{kind}/{secret}", body)
            return {"ok": True}

        heard = self._heard("response_url", body, answer)
        if heard["ok"]:
            return Response("ok")
        return _json(heard, 404 if heard["error"].endswith("_url") else 400)

    def _on_receive(self, request: Request, secret: str) -> Response:
        data = request.get_data(cache=True, parse_form_data=False)
        if request.mimetype == "multipart/form-data":
            data = next((part.read() for part in request.files.values()), b"")

        def answer() -> dict[str, Any]:
            if not self.api.workspace.files.receive(secret, data):
                raise Refused("wrong_length")
            return {"ok": True}

        heard = self._heard("upload_url", {"length": len(data)}, answer)
        return Response(f"OK - {len(data)}") if heard["ok"] else Response("not what was announced", 400)

    def _on_download(self, request: Request, name: str, _rest: str) -> Response:
        file = self.api.workspace.files.by_id.get(name.rpartition("-")[2])
        allowed = _bearer(request) == self.api.token and "files:read" in self.api.scopes
        if file is None or not allowed:
            # Slack leads whoever has no right to a login page, and answers 200.
            return Response(_LOGIN, content_type="text/html; charset=utf-8")
        self._heard("url_private", {"file": file.id}, lambda: {"ok": True})
        return Response(file.data, content_type=file.kind[0])

    def _heard(self, method: str, args: Args, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Answer between the hooks, and write down what the bot was told."""
        told: dict[str, Any] = {"ok": False, "error": "fatal_error"}
        try:
            self.weather.before(method, args)
            self.hooks.run("before", method, args)
            try:
                body = answer()
            except Refused as refused:
                body = refused.answer()
            self.hooks.run("after", method, args)
            self.weather.after(method)
            told = body
        except Drop:
            told["error"] = "connection_dropped"
            raise
        except Fault as fault:
            told["error"] = f"http_{fault.status}"
            raise
        finally:
            self.calls.append(Call(method, args, told["ok"], str(told.get("error", ""))))
        return told

    # The people's door

    def _on_file(self, _request: Request, name: str) -> Response:
        kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
        text = (PAGE / name).read_text(encoding="utf-8")
        return Response(text, content_type=f"{kinds[name.rpartition('.')[2]]}; charset=utf-8")

    def _on_permalink(self, _request: Request, channel: str, _ts: str) -> Response:
        return Response(status=302, headers={"Location": f"/#/{channel}"})

    def _on_state(self, request: Request) -> Response:
        since = request.args.get("since", -1, type=int)
        return _json(self.screen.state(request.args.get("user", ""), since, LONGEST_WAIT))

    def _on_look(self, _request: Request, file_id: str, _name: str) -> Response:
        file = self.api.workspace.files.by_id[file_id]
        return Response(file.data, content_type=file.kind[0], headers={"Content-Security-Policy": "sandbox"})

    def _on_upload(self, request: Request) -> Response:
        files = {str(part.filename): part.read() for part in request.files.getlist("file")}
        return _json(self.screen.upload(files=files, **request.form.to_dict()))

    def _on_deed(self, request: Request, deed: str) -> Response:
        return _json(getattr(self.screen, deed)(**request.get_json()))


class _QuietHandler(WSGIRequestHandler):
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the client's acknowledgement

    def log_request(self, *_args: object, **_more: object) -> None:
        """Nobody reads it."""


def _bearer(request: Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _arguments(request: Request) -> dict[str, Any]:
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        return dict(body) if isinstance(body, dict) else {}
    return request.values.to_dict()


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json; charset=utf-8")
