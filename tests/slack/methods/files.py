"""files.*: uploads in three steps, and what is known of a file."""

from __future__ import annotations

import json
from typing import Any

from ..api import Answer, Args, WebApi, method
from ..contents import Contents, read
from ..files import File
from ..refused import Refused

_PLACE = "files channel_id channels thread_ts initial_comment blocks"


@method("files.getUploadURLExternal", needs="filename length", may="alt_txt snippet_type", scope="files:write")
def get_upload_url_external(api: WebApi, args: Args) -> Answer:
    """Where to send the bytes of a file, and the id it will have."""
    try:
        length = int(args["length"])
    except ValueError:
        raise Refused("invalid_arguments", ["[ERROR] length must be a number [json-pointer:/length]"]) from None
    bot, alt = api.workspace.bot.id, str(args.get("alt_txt") or "")
    url, file_id = api.workspace.files.expect(str(args["filename"]), length, bot, alt)
    return {"upload_url": url, "file_id": file_id}


@method("files.completeUploadExternal", needs="files", may=_PLACE, scope="files:write")
def complete_upload_external(api: WebApi, args: Args) -> Answer:
    """The uploaded files are shared, together in one message; without a channel they stay the bot's own."""
    asked = _asked(args["files"])
    names = str(args.get("channels") or args.get("channel_id") or "").split(",")
    channels = [api.joined(name, by_user=True) for name in names if name]
    if args.get("thread_ts") and not channels:
        raise Refused("invalid_arguments", ["[ERROR] thread_ts needs a channel_id"])
    threads = [api.thread(channel, args) for channel in channels]
    said = read(args) if args.get("blocks") else Contents(str(args.get("initial_comment") or ""))

    files = tuple(api.workspace.files.complete(each["id"], each.get("title", "")) for each in asked)
    for channel, thread in zip(channels, threads, strict=True):
        api.workspace.post(channel.id, api.workspace.bot.id, said, thread, files)
    return {"files": [api.workspace.files.shown(file) for file in files]}


@method("files.info", needs="file", may="limit cursor", scope="files:read")
def info(api: WebApi, args: Args) -> Answer:
    """All about a file but what is in it."""
    file = api.workspace.files.by_id.get(str(args["file"]))
    if file is None or not _seen(api, file):
        raise Refused("file_not_found")
    return {"file": api.workspace.files.shown(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _seen(api: WebApi, file: File) -> bool:
    """Whether the app may see it: it is its own, or stands where the app is, or was put into one of its forms."""
    bot, shared = api.workspace.bot.id, api.workspace.files.shared[file.id]
    return not shared or any(bot in api.workspace.channels[channel].members for channel, _ in shared)


def _asked(given: Any) -> list[dict[str, str]]:
    try:
        asked = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        asked = None
    known = {"id", "title", "highlight_type"}
    if not isinstance(asked, list) or not all(isinstance(each, dict) and "id" in each for each in asked):
        raise Refused("invalid_arguments", ["[ERROR] files must be a list of objects with an id"])
    if strange := [name for each in asked for name in each if name not in known]:
        raise Refused("invalid_arguments", [f"[ERROR] unknown field: {name} [json-pointer:/files]" for name in strange])
    return asked
