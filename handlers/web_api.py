"""Slack's Web API, each call tried once: its answer, or one of the three ways in which a call can fail."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = logging.getLogger(__name__)
TIMEOUT = 10  # seconds Slack has for one call
DEFINITE = {
    "channel_not_found", "not_in_channel", "is_archived", "invalid_blocks", "msg_too_long", "msg_blocks_too_long",
    "message_not_found", "cant_update_message", "user_not_found", "restricted_action", "invalid_arguments", "no_text",
    "user_is_bot", "cannot_dm_bot", "user_disabled", "metadata_too_large", "invalid_metadata_format", "missing_scope",
    "file_not_found", "file_deleted", "not_enabled", "view_too_large",
}  # fmt: skip


class Refused(Exception):
    """Slack will never take this."""


class Delayed(Exception):
    """Slack did not take it now, for sure; `seconds` is how long it asked us to wait."""

    def __init__(self, trouble: str, seconds: float | None = None) -> None:
        super().__init__(trouble)
        self.seconds = seconds


class Doubtful(Exception):
    """Nobody knows whether Slack took it."""


def client(token: str, url: str) -> WebClient:
    """Slack's client. It never tries again by itself: the outbox alone knows what may be repeated."""
    return WebClient(token=token, base_url=url, timeout=TIMEOUT, retry_handlers=[])


def is_slacks(url: str, api: str) -> bool:
    """Whether an address is Slack's own, or on the host whose Web API we are set to use. What a form brings back is the
    client's, and so is an address in it.
    """
    try:
        asked = urlsplit(url)
        host = asked.hostname or ""
    except ValueError:
        return False
    return host == urlsplit(api).hostname or (asked.scheme == "https" and host.endswith(".slack.com"))


def show_form(client: WebClient, method: str, arguments: dict[str, Any]) -> bool:
    """Show a form, by views.open, views.push or views.update; False where Slack would not have it any more, or did not
    answer in time. Raises Refused where it is no form for Slack.
    """
    try:
        client.api_call(method, json=arguments)
    except (SlackApiError, OSError) as error:
        trouble = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("form %s not shown: %s", arguments["view"]["callback_id"], trouble)
        if trouble in DEFINITE:
            raise Refused(trouble) from error
        # it shows something newer, or was opened when the same request came before
        return trouble in ("hash_conflict", "exchanged_trigger_id")
    return True


def call(client: WebClient, method: str, arguments: dict[str, Any]) -> Any:
    """The answer to one call; else Refused, Delayed or Doubtful."""
    try:
        if method.startswith(("chat.", "views.")):
            return client.api_call(method, json=arguments).data
        return client.api_call(method, params=arguments).data  # what reads takes no JSON
    except SlackApiError as error:
        raise _failure(error) from error
    except OSError as error:
        raise Doubtful(method) from error


def _failure(error: SlackApiError) -> Exception:
    answer = error.response
    trouble = str(answer.get("error", "")) if answer.status_code == 200 else ""
    if answer.status_code == 429 or trouble == "ratelimited":
        return Delayed("ratelimited", float(answer.headers.get("Retry-After", 1)))
    if trouble in DEFINITE:
        return Refused(trouble)
    if answer.status_code >= 500:
        return Doubtful(str(answer.status_code))
    return Delayed(trouble or str(answer.status_code))
