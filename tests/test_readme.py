"""README and manifest say what is so."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

from bot.__main__ import TABLE
from bot.config import Settings, variable
from handlers.declared import offered
from handlers.help import table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SCOPES = {  # the scope each Web API method needs of a bot token, by Slack's reference
    "auth.test": set(),
    "users.info": {"users:read"},
    "chat.postMessage": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "conversations.open": {"im:write"},
    "files.info": {"files:read"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "views.open": set(),
    "views.publish": set(),
    "conversations.history": {"im:history", "groups:history", "channels:history"},
    "conversations.replies": {"im:history", "groups:history", "channels:history"},
}


def test_the_command_table_is_the_real_one() -> None:
    begin, end = TABLE
    assert README.partition(begin)[2].partition(end)[0].strip() == table("/dap"), "run: make readme"


def test_every_setting_stands_in_the_table_with_its_variable() -> None:
    rows = {line.split("`")[1] for line in README.partition("## Settings")[2].splitlines() if line.startswith("| `")}
    assert rows == {variable(field.name) for field in fields(Settings)}


def test_the_picture_of_the_house_names_every_module() -> None:
    picture = README.partition("## The house")[2]
    for room in ("bot", "storage", "templates", "handlers"):
        row = re.findall(rf"^    {room}/  .*(?:\n {{16}}.*)*", picture, re.M)[-1]
        modules = {path.stem for path in (ROOT / room).glob("*.py")} - {"__init__", "__main__", "base"}
        missing = {name for name in modules if name not in row.replace("/", " ").split()}
        assert not missing, f"{room}: {missing}"


def test_the_manifest_asks_for_the_scopes_that_the_calls_need_and_no_others() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "handlers").glob("*.py"))
    assert {name for name in SCOPES if name in source or name.startswith(("chat.", "auth.", "views."))} == set(SCOPES)
    heard = {"app_mention": "app_mentions:read", "message.channels": "channels:history"}
    heard |= {"app_home_opened": "", "member_joined_channel": "groups:read"}
    heard |= {"message.groups": "groups:history", "message.im": "im:history"}
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(heard)
    granted = {"commands", "channels:read"}.union(heard.values(), *SCOPES.values())
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == granted - {""}


def test_the_manifest_offers_the_shortcuts_that_there_are() -> None:
    listed = {each["callback_id"]: each for each in MANIFEST["features"]["shortcuts"]}
    assert listed.keys() == offered.keys()
    for name, each in offered.items():
        told = {"name": each.called, "description": each.about, "type": "message" if each.on_message else "global"}
        assert listed[name] == {**told, "callback_id": name}


def test_the_manifest_has_the_command_and_has_its_text_escaped() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == Settings().command
    assert command["should_escape"] is True
    assert command["url"].endswith("/slack/events")
    assert MANIFEST["settings"]["interactivity"]["request_url"] == command["url"]
