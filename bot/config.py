"""The settings, from the environment. All are optional in the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, cast


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, under the fields' names in capitals; `language` and `command` with DAP_ before.

    `slack_app_token` set means Socket Mode; without it, `port` means signed HTTP at /slack/events. `slack_api_url` is
    Slack's own unless a test says otherwise.
    """

    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///dap.db"
    port: int = 0
    language: Literal["da", "en"] = "da"
    command: str = "/dap"

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """The settings in an environment; ValueError with a sentence where one can't be used."""
        given = {field.name: environment.get(variable(field.name), "").strip() for field in fields(cls)}
        values = {name: value for name, value in given.items() if value}
        language = values.get("language", "da")
        if language not in ("da", "en"):
            raise ValueError(f"DAP_LANGUAGE is {language!r}; it can be da or en.")
        port = values.get("port", "0")
        if not port.isdecimal() or int(port) > 65535:
            raise ValueError(f"PORT is {port!r}; it must be a number up to 65535.")
        command = values.get("command", "/dap")
        if not command.startswith("/") or " " in command:
            raise ValueError(f"DAP_COMMAND is {command!r}; it must be one word with a slash before it, like /dap.")
        text = {name: value for name, value in values.items() if name.startswith(("slack", "database"))}
        return cls(**text, port=int(port), language=cast(Literal["da", "en"], language), command=command)


def variable(name: str) -> str:
    """The environment variable of a setting: `language` is DAP_LANGUAGE, `database_url` DATABASE_URL."""
    return f"DAP_{name.upper()}" if name in ("language", "command") else name.upper()
