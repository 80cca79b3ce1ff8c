"""Files: what they are called, of which kind they are, and where they were shared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from .refused import Refused

TEAM = "T0DAP00001"

# Extension → mimetype, filetype, and the name that people read; docs.slack.dev/reference/objects/file-object.
_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "docx": (f"{_OFFICE}.wordprocessingml.document", "docx", "Word Document"),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "Excel Spreadsheet"),
    "pptx": (f"{_OFFICE}.presentationml.presentation", "pptx", "PowerPoint Presentation"),
    "doc": ("application/msword", "doc", "Word Document"),
    "xls": ("application/vnd.ms-excel", "xls", "Excel Spreadsheet"),
    "pdf": ("application/pdf", "pdf", "PDF"),
    "csv": ("text/csv", "csv", "CSV"),
    "txt": ("text/plain", "text", "Plain Text"),
    "md": ("text/plain", "markdown", "Markdown (raw)"),
    "html": ("text/html", "html", "HTML"),
    "json": ("application/json", "json", "JSON"),
    "eml": ("message/rfc822", "email", "Email"),
    "zip": ("application/zip", "zip", "Zip"),
    "png": ("image/png", "png", "PNG"),
    "jpg": ("image/jpeg", "jpg", "JPEG"),
    "jpeg": ("image/jpeg", "jpg", "JPEG"),
    "gif": ("image/gif", "gif", "GIF"),
}
UNKNOWN = ("application/octet-stream", "binary", "Binary")


@dataclass(frozen=True, slots=True)
class File:
    """A file in Slack. `data` is what is in it."""

    id: str
    name: str
    user: str
    data: bytes = field(repr=False)
    created: int = 0
    title: str = ""
    alt: str = ""

    @property
    def kind(self) -> tuple[str, str, str]:
        """Its mimetype, filetype, and the name of its kind."""
        return KINDS.get(self.name.rpartition(".")[2].lower(), UNKNOWN)

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.data)

    @property
    def image(self) -> bool:
        """Whether one can look at it."""
        return self.kind[0].startswith("image/")


@dataclass(slots=True)
class Upload:
    """Leave to upload one file; `data` is there once it came."""

    id: str
    name: str
    length: int
    user: str
    alt: str = ""
    data: bytes | None = None
    done: bool = False


@dataclass(slots=True)
class Files:
    """All files, and the uploads on their way. `url` is where they are fetched."""

    now: Callable[[], float]
    url: Callable[[], str]
    by_id: dict[str, File] = field(default_factory=dict)
    shared: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _uploads: dict[str, Upload] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, data: bytes, user: str, title: str = "", alt: str = "", known: str = "") -> File:
        """Take a file in."""
        file = File(known or self._new_id(), name, user, data, int(self.now()), title or name, alt)
        with self._lock:
            self.by_id[file.id] = file
            self.shared.setdefault(file.id, [])
        return file

    def share(self, file: File, channel: str, ts: str) -> None:
        """Note that it stands in a message."""
        self.shared[file.id].append((channel, ts))

    def expect(self, name: str, length: int, user: str, alt: str) -> tuple[str, str]:
        """The address of an upload to come, and the id of the file."""
        upload, secret = Upload(self._new_id(), name, length, user, alt), uuid4().hex
        self._uploads[secret] = upload
        return f"{self.url()}/upload/v1/{secret}", upload.id

    def receive(self, secret: str, data: bytes) -> bool:
        """What was sent to that address; whether it was as long as said."""
        upload = self._uploads.get(secret)
        if upload is None or upload.data is not None or upload.length != len(data):
            return False
        upload.data = data
        return True

    def complete(self, file_id: str, title: str) -> File:
        """Finish an upload, or refuse. Once only."""
        upload = next((each for each in self._uploads.values() if each.id == file_id), None)
        if upload is None or upload.done:
            raise Refused("file_not_found")
        if upload.data is None:
            raise Refused("file_update_failed", ["[ERROR] nothing was uploaded to its upload_url"])
        upload.done = True
        return self.add(upload.name, upload.data, upload.user, title, upload.alt, known=upload.id)

    def shown(self, file: File) -> dict[str, Any]:
        """As files.info and messages have it."""
        mimetype, filetype, pretty = file.kind
        place, private = f"{self.url()}/files-pri/{TEAM}-{file.id}", list(dict.fromkeys(self.shared[file.id]))
        channels = [channel for channel, _ in private]
        shares: dict[str, list[dict[str, str]]] = {}
        for channel, ts in private:
            shares.setdefault(channel, []).append({"ts": ts})
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": mimetype,
            "filetype": filetype,
            "pretty_type": pretty,
            "user": file.user,
            "user_team": TEAM,
            "editable": False,
            "size": file.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{file.name}",
            "url_private_download": f"{place}/download/{file.name}",
            "permalink": f"{self.url()}/files/{file.user}/{file.id}/{file.name}",
            "has_rich_preview": False,
            "file_access": "visible",
            "channels": [],
            "groups": [channel for channel in channels if channel.startswith("C")],
            "ims": [channel for channel in channels if channel.startswith("D")],
            "shares": {"private": shares},
        } | ({"alt_txt": file.alt} if file.alt else {})

    def _new_id(self) -> str:
        with self._lock:
            return f"F0DAP{len(self.by_id) + len(self._uploads):05}"
