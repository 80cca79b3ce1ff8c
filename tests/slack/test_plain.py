"""Reading a message as a person does."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.slack import Channel, Message, StandIn, User, plain
from tests.slack.conftest import actions, button

NAMES = {"U1": "Anne Holm", "C1": "styregruppen"}

TEXTS = {
    "marks come off": ("*Der mangler* _5_ ~10~ `min.`", "Der mangler 5 10 min."),
    "marks in words stay": ("bilag_2_1 og 2*3*4", "bilag_2_1 og 2*3*4"),
    "marks in marks": ("*_begge_*", "begge"),
    "a mention": ("Hej <@U1>", "Hej @Anne Holm"),
    "a mention with a name in it": ("Hej <@U1|anne>", "Hej @Anne Holm"),
    "a stranger": ("Hej <@U9>", "Hej @U9"),
    "a channel": ("i <#C1>", "i #styregruppen"),
    "everybody": ("<!channel> og <!here>", "@channel og @here"),
    "a link": ("<https://example.org|Bilag 2.1>", "Bilag 2.1"),
    "a bare link": ("<https://example.org>", "https://example.org"),
    "a date": ("<!date^1750233600^{date}|18. juni>", "18. juni"),
    "escapes, once": ("&lt;!channel&gt; &amp;amp; R&amp;D", "<!channel> &amp; R&D"),
}


@pytest.mark.parametrize(("text", "read"), TEXTS.values(), ids=TEXTS)
def test_mrkdwn_is_read(text: str, read: str) -> None:
    assert plain.mrkdwn(text, NAMES) == read


def test_blocks_are_read_from_the_top(slack: StandIn, client: WebClient, room: Channel, anne: User) -> None:
    message = posted(
        slack,
        client,
        room,
        {"type": "header", "text": {"type": "plain_text", "text": "Budget &amp; status"}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": f"v. <@{anne.id}>"}, text_object("3 linjer")]},
        {"type": "divider"},
        table([["Linje", "Rest"], ["Cockpit", "732.580 kr."]]),
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [word("1. "), word("Meddelelser", bold=True)]},
                listed("bullet", "Godkender", "Drøfter"),
                listed("ordered", "Først", indent=1),
            ],
        },
        {"type": "markdown", "text": "## Videre\n- **Udkast** og [bilag](https://example.org)"},
        {"type": "section", "fields": [text_object("Forbrug"), text_object("29,9 %")], "accessory": button("Ret")},
        actions(button("Godkend"), button("Ikke endnu", "later")),
    )
    assert message.plain.splitlines() == [
        "Budget & status",
        "v. @Anne Holm 3 linjer",
        "Linje | Rest",
        "Cockpit | 732.580 kr.",
        "1. Meddelelser",
        "• Godkender",
        "• Drøfter",
        "    1. Først",
        "Videre",
        "- Udkast og bilag",
        "Forbrug",
        "29,9 %",
        "[Ret]",
        "[Godkend] [Ikke endnu]",
    ]
    assert message.buttons == ["Ret", "Godkend", "Ikke endnu"]


def test_only_mrkdwn_and_broadcasts_ping(slack: StandIn, client: WebClient, room: Channel, bo: User) -> None:
    elements = [word("<!channel>"), {"type": "broadcast", "range": "here"}, {"type": "user", "user_id": bo.id}]
    loud = posted(
        slack,
        client,
        room,
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<!channel> <@{bo.id}|bo> <!channel>"}},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]},
    )
    quiet = posted(
        slack,
        client,
        room,
        {"type": "section", "text": {"type": "mrkdwn", "text": "&lt;!channel&gt; @here"}},
        {"type": "section", "text": text_object("<!channel>")},
        table([["<!channel>"]]),
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [word("<!channel>")]}]},
    )
    assert loud.pings == ["<!channel>", f"<@{bo.id}>", "<!here>"]
    assert quiet.pings == []


def posted(slack: StandIn, client: WebClient, room: Channel, *blocks: dict[str, Any]) -> Message:
    client.chat_postMessage(channel=room.id, text="-", blocks=blocks)
    return slack.history(room)[-1]


def text_object(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def word(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def listed(style: str, *lines: str, **more: Any) -> dict[str, Any]:
    items = [{"type": "rich_text_section", "elements": [word(line)]} for line in lines]
    return {"type": "rich_text_list", "style": style, "elements": items, **more}


def table(rows: list[list[str]]) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]}
