"""Errands: what must be fetched from Slack before somebody can be answered. Running one twice does no harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

from slack_sdk import WebClient

from bot.reading.files import DOCUMENTS
from bot.refusals import Refusal
from bot.roles import SECRETARIAT
from handlers.declared import Declared
from handlers.desk import Desk
from handlers.documents import LIMIT, put_on_agenda, received, refuse_too_large, understood
from handlers.doors import DOORS, Knock
from handlers.request import Origin, Reply
from handlers.web_api import TIMEOUT, Doubtful, Refused, call, is_slacks
from storage import documents, groups, whereabouts

log = logging.getLogger(__name__)
Errand = dict[str, Any]
PRINTABLE = "!#$%&'()*+,/:;=?@[]~"  # may stand in an address; a file's name may hold other letters


def run(client: WebClient, desk: Desk, key: str, errand: Errand) -> None:
    """Run an errand, known by its key: ask who somebody is, fetch a file and read it, or file what was kept of one."""
    if "file" in errand:
        _read_file(client, desk, key, errand)
    elif "document" in errand:
        _file_document(desk, errand)
    else:
        _ask_who(client, desk, errand)


def give_up(desk: Desk, key: str, errand: Errand) -> None:
    """Tell whoever waits for an errand that we could not run it, with a number that is found in the log."""
    reference = uuid4().hex[:8]
    log.error("bug %s, %s given up", reference, key)
    desk.turn_away(_asked_from(key, errand), Refusal("bug", reference=reference))


def _asked_from(key: str, errand: Errand) -> Origin:
    if "file" in errand:
        return Origin("file", key, errand["user"], errand["channel"])
    if "document" in errand:
        pressed = Origin(**errand["origin"])
        return replace(pressed, key=f"{pressed.key}:read", trigger_id=None)
    return DOORS[errand["door"]](errand["body"]).late().origin


def _ask_who(client: WebClient, desk: Desk, errand: Errand) -> None:
    """Ask Slack who somebody is, and answer what was asked meanwhile."""
    try:
        introduce(client, desk, errand["user"])
    except Refused:
        origin = _asked_from("", errand)
        desk.turn_away(origin, Refusal("stranger" if errand["user"] == origin.slack_id else "no_such_person"))
        raise
    desk.attend_late(errand)


def introduce(client: WebClient, desk: Desk, slack_id: str) -> None:
    """Ask Slack who and where somebody is, and note it."""
    user = call(client, "users.info", {"user": slack_id})["user"]
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or user["name"]
    guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_bot"))
    with desk.storage.transaction() as session:
        groups.introduce(session, user["id"], name, guest)
    look_for(client, desk, slack_id)


def look_for(client: WebClient, desk: Desk, slack_id: str) -> None:
    """Ask Slack in which channels somebody is that the bot may know of, and note which are a group's home."""
    channels: list[str] = []
    asked = {"user": slack_id, "types": "public_channel,private_channel", "exclude_archived": True, "limit": 999}
    cursor: str | None = ""
    try:
        while cursor is not None:
            page = call(client, "users.conversations", {**asked, **({"cursor": cursor} if cursor else {})})
            channels += [each["id"] for each in page["channels"]]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
    except Refused:
        log.warning("Slack does not say where %s is", slack_id)  # then they are where their roles are
    with desk.storage.transaction() as session:
        whereabouts.found_in(session, slack_id, channels)


def _read_file(client: WebClient, desk: Desk, key: str, errand: Errand) -> None:
    """Fetch a file that was dropped, read it, and tell whoever dropped it what stood in it."""
    file = call(client, "files.info", {"file": errand["file"]})["file"]
    name = file.get("name") or file.get("title") or errand["file"]
    if Path(name).suffix.lower() not in DOCUMENTS:
        return  # a picture among others
    try:
        refuse_too_large(name, file.get("size") or 0)
        document = understood(name, fetched(client, file["url_private_download"]))
    except Refusal as refusal:
        handler = _refusing(refusal)
    else:

        def handler(request: Any) -> Reply:
            return received(request, document)

    origin = _asked_from(key, errand)
    asked = Declared("file", SECRETARIAT, handler)
    desk.attend(Knock("dropped", errand["body"], origin, asked, group_id=errand["group"]))


def _file_document(desk: Desk, errand: Errand) -> None:
    """Read a document again that was kept, and have it filed for whoever pressed the button."""
    document_id, origin = errand["document"], _asked_from("", errand)
    try:
        with desk.storage.reading() as reader:
            name, data = documents.waiting(reader, errand["group"], document_id)
        document = understood(name, data)
    except Refusal as refusal:
        handler = _refusing(refusal)
    else:

        def handler(request: Any) -> Reply:
            return put_on_agenda(request, document_id, document)

    asked = Declared("document file", SECRETARIAT, handler)
    desk.attend(Knock("pressed", {}, origin, asked, group_id=errand["group"]))


def _refusing(refusal: Refusal) -> Callable[[Any], Reply]:
    def refuse(_: Any) -> Reply:
        raise refusal

    return refuse


def fetched(client: WebClient, url: str) -> bytes:
    """The bytes of a file of Slack's; the token goes to Slack's own hosts and nowhere else, not even by a redirect."""
    if not is_slacks(url, client.base_url):
        raise Refused("strange_host")
    asking = Request(quote(url, safe=PRINTABLE), headers={"Authorization": f"Bearer {client.token}"})
    try:
        with build_opener(_NoRedirect).open(asking, timeout=TIMEOUT) as answer:
            data: bytes = answer.read(LIMIT + 1)
    except OSError as error:
        raise Doubtful("file") from error
    return data


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would take the token along."""

    def redirect_request(self, *_: Any) -> None:
        return None
