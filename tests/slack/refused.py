"""Slack's no: the error it names, and the sentences it adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """Slack answers `ok: false` with this error; `messages` say which field, as in `response_metadata.messages`.

    `more` are further fields of the answer."""

    def __init__(self, error: str, messages: Sequence[str] = (), more: Mapping[str, object] | None = None) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = list(messages)
        self.more = dict(more or {})

    def answer(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["errors"] = self.messages
            body["response_metadata"] = {"messages": self.messages}
        return body
