"""Is everything as it must be? What a person would look at first when the bot is silent, each with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.config import Settings
from handlers import health
from storage import Storage, Unavailable, groups, outbox

SCOPES = {
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write",
    "groups:history", "groups:read", "im:history", "im:write", "users:read",
}  # fmt: skip
SKEW = 60  # seconds our clock may differ from Slack's; at 300 every request is refused
STUCK = 10 * 60  # seconds after which a letter that still waits is worth a word


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and the phrase `doctor.{key}` that says what was found."""

    well: bool
    key: str
    values: dict[str, Any] = field(default_factory=dict)


def examine(settings: Settings, storage: Storage, client: WebClient, clock: Callable[[], float]) -> Iterator[Finding]:
    """Look at the settings, the database, Slack, the channels and the outbox, in this order."""
    yield from _settings(settings)
    trouble = health.trouble(storage)
    yield Finding(trouble is None, "database" if trouble is None else "database_trouble", {"trouble": trouble})
    slack_is_well = False
    for finding in _slack(client, clock):
        slack_is_well = finding.well or slack_is_well
        yield finding
    if trouble is None and slack_is_well:
        yield from _channels(storage, client)
    if trouble is None:
        yield _letters(storage, clock())


def _settings(settings: Settings) -> Iterator[Finding]:
    if not settings.slack_bot_token:
        yield Finding(False, "no_token")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        yield Finding(False, "no_secret")


def _slack(client: WebClient, clock: Callable[[], float]) -> Iterator[Finding]:
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield Finding(False, "token_refused", {"error": error.response.get("error", "")})
        return
    except OSError:
        yield Finding(False, "slack_away")
        return
    yield Finding(True, "token", {"user": answer["user"], "team": answer["team"]})
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(SCOPES - granted)
    yield Finding(not missing, "scopes_missing" if missing else "scopes", {"missing": ", ".join(missing)})
    if "date" in headers:
        skew = abs(clock() - parsedate_to_datetime(str(headers["date"])).timestamp())
        yield Finding(skew <= SKEW, "clock" if skew <= SKEW else "clock_skewed", {"seconds": round(skew)})


def _channels(storage: Storage, client: WebClient) -> Iterator[Finding]:
    """Whether the bot is in every group's channel: reading one message tells."""
    with storage.reading() as reader:
        homes = groups.all_homes(reader)
    for channel in homes:
        try:
            client.conversations_history(channel=channel, limit=1)
        except SlackApiError as error:
            yield Finding(False, "not_in_channel", {"channel": channel, "error": error.response.get("error", "")})
        else:
            yield Finding(True, "in_channel", {"channel": channel})


def _letters(storage: Storage, now: float) -> Finding:
    try:
        with storage.reading() as reader:
            oldest = outbox.oldest(reader)
    except Unavailable:
        return Finding(False, "database_trouble", {"trouble": ""})
    age = 0 if oldest is None else max(0, round(now - oldest))
    return Finding(age <= STUCK, "letters" if age <= STUCK else "letters_stuck", {"minutes": age // 60})
