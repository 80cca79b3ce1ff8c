"""Files to Slack, each shared exactly once: in three steps, of which the first two may be taken again without harm."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from handlers.web_api import TIMEOUT, Delayed, Refused, call


def share(
    client: WebClient, payload: dict[str, Any], channel: str, thread: str | None, remember: Callable[[str], None]
) -> None:
    """Share a text as a file in a channel or thread. `remember` keeps the file's id before it is shared: whoever comes
    after a crash looks there, and sees whether it stands there already.
    """
    file_id = payload.get("file_id")
    if file_id is None:
        file_id = _uploaded(client, payload["name"], payload["content"].encode("utf-8"))
        remember(file_id)
    elif _is_shared(client, file_id):
        return
    where = {"channel_id": channel, **({"thread_ts": thread} if thread else {})}
    files = json.dumps([{"id": file_id, "title": payload["title"]}])
    try:
        call(client, "files.completeUploadExternal", {"files": files, **where})
    except Refused as refused:
        if str(refused) != "file_not_found" or "file_id" not in payload:
            raise  # else it was completed before, and Slack completes an upload once


def _uploaded(client: WebClient, name: str, data: bytes) -> str:
    place = call(client, "files.getUploadURLExternal", {"filename": name, "length": len(data)})
    sending = Request(place["upload_url"], data=data, headers={"Content-Type": "application/octet-stream"})
    try:
        with urlopen(sending, timeout=TIMEOUT):
            pass
    except OSError as error:
        raise Delayed("upload") from error
    file_id: str = place["file_id"]
    return file_id


def _is_shared(client: WebClient, file_id: str) -> bool:
    try:
        file = call(client, "files.info", {"file": file_id})["file"]
    except Refused:
        return False  # uploaded, and not completed yet
    return any((file.get("shares") or {}).values())
