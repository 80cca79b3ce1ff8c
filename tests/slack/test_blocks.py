"""What Slack takes and what it refuses, posted through the real client."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack import Channel, StandIn
from tests.slack.conftest import actions, button

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hej", **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(text), **more}


def table(*rows: list[str], **more: Any) -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text} for text in row] for row in rows], **more}


def rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def line(*elements: Block, kind: str = "section", **more: Any) -> Block:
    return {"type": f"rich_text_{kind}", "elements": list(elements), **more}


def word(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


CONFIRM = {"title": plain("Sikker?"), "text": mrkdwn("Den *sendes*"), "confirm": plain("Send"), "deny": plain("Nej")}

GOOD = {
    "a section with fields, an accessory and expand": section(
        fields=[mrkdwn("*Budget*"), plain("10")], accessory=button("Ret"), expand=True
    ),
    "a header": {"type": "header", "text": {**plain("Dagsorden"), "emoji": False}},
    "a context": {"type": "context", "elements": [mrkdwn("Version 1"), plain("3 bilag")]},
    "a divider with an id": {"type": "divider", "block_id": "between"},
    "a button with everything": actions(
        button("Send", value="", style="primary", confirm={**CONFIRM, "style": "danger"}, accessibility_label="Send ud")
    ),
    "a button that is a link": actions(button("Åbn", url="https://example.org")),
    "rich text of every kind": rich(
        line(
            *(word("fed", bold=True, italic=True, strike=True, code=True), {"type": "emoji", "name": "wave"}),
            *({"type": "link", "url": "https://example.org", "text": "her"}, {"type": "user", "user_id": "U1"}),
            *({"type": "channel", "channel_id": "C1"}, {"type": "broadcast", "range": "here"}),
        ),
        line(line(word("punkt")), kind="list", style="ordered", indent=8, offset=2, border=1),
        line(word("kode"), kind="preformatted", border=0),
        line(word("citat"), kind="quote"),
    ),
    "a table with a rich cell": {
        **table(["Linje", "Rest"]),
        "rows": [[{"type": "raw_text", "text": "Rest"}, rich(line(word("10 kr.", bold=True)))]],
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
    },
    "the largest table": table(*[["x"] * 20] * 100),
    "markdown": {"type": "markdown", "text": "# Overskrift"},
}

BAD = {
    "an unknown block": ({"type": "video"}, "unsupported type: video"),
    "an unknown field": (section(tekst="?"), "unknown field: tekst"),
    "a section with nothing": ({"type": "section"}, "missing required field: text or fields"),
    "a section of 3001": (section("x" * 3001), "less than 3001 characters"),
    "an empty text": (section(""), "more than 0 characters"),
    "a field of 2001": (section(fields=[plain("x" * 2001)]), "/blocks/0/fields/0/text"),
    "eleven fields": (section(fields=[plain("x")] * 11), "no more than 10 items"),
    "an accessory that is no button": (
        section(accessory={"type": "workflow_button"}),
        "unsupported type: workflow_button",
    ),
    "a header in mrkdwn": ({"type": "header", "text": mrkdwn("*Hej*")}, "unsupported type: mrkdwn"),
    "a header of 151": ({"type": "header", "text": plain("x" * 151)}, "less than 151 characters"),
    "an empty context": ({"type": "context", "elements": []}, "no fewer than 1 items"),
    "a context of eleven": ({"type": "context", "elements": [plain("x")] * 11}, "no more than 10 items"),
    "26 buttons": (actions(*(button("x", f"a{n}") for n in range(26))), "no more than 25 items"),
    "the same action twice": (actions(button("x"), button("y")), "`action_id` already exists"),
    "a button of 76": (actions(button("x" * 76)), "less than 76 characters"),
    "a button without words": (actions(button("")), "more than 0 characters"),
    "a value of 2001": (actions(button("x", value="v" * 2001)), "/blocks/0/elements/0/value"),
    "a value that is a number": (actions(button("x", value=7)), "must be a string"),
    "a style of our own": (actions(button("x", style="green")), "must be one of primary, danger"),
    "a confirm without deny": (
        actions(button("x", confirm={k: v for k, v in CONFIRM.items() if k != "deny"})),
        "missing required field: deny",
    ),
    "a confirm button of 31": (actions(button("x", confirm={**CONFIRM, "confirm": plain("x" * 31)})), "less than 31"),
    "an empty word": (rich(line(word(""))), "more than 0 characters"),
    "a style that is a word": (rich(line({**word("x"), "style": {"bold": "yes"}})), "must be a boolean"),
    "an underline": (rich(line(word("x", underline=True))), "unknown field: underline"),
    "a list in a list": (
        rich(line(line(line(word("x")), kind="list", style="bullet"), kind="list", style="bullet")),
        "unsupported type: rich_text_list",
    ),
    "an indent of 9": (rich(line(line(word("x")), kind="list", style="bullet", indent=9)), "from 0 to 8"),
    "a user in code": (rich(line({"type": "user", "user_id": "U1"}, kind="preformatted")), "unsupported type: user"),
    "an empty cell": (table(["Rest", ""]), "more than 0 characters"),
    "101 rows": (table(*[["x"]] * 101), "no more than 100 items"),
    "21 columns": (table(["x"] * 21), "no more than 20 items"),
    "a ragged table": (table(["x", "y"], ["z"]), "same number of cells"),
    "a table that holds too much": (table(*[["x" * 1001] * 10]), "at most 10000 characters"),
    "an unknown alignment": (table(["x"], column_settings=[{"align": "end"}]), "must be one of left, center, right"),
    "a block that is a string": ("section", "must be an object"),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_slack_takes(client: WebClient, room: Channel, block: Block) -> None:
    assert client.chat_postMessage(channel=room.id, text="-", blocks=[block])["ok"]


@pytest.mark.parametrize(("block", "why"), BAD.values(), ids=BAD)
def test_slack_refuses(client: WebClient, room: Channel, block: Block, why: str) -> None:
    answer = refusal(client, room, blocks=[block])
    assert answer["error"] == "invalid_blocks"
    assert why in "\n".join(answer["response_metadata"]["messages"])


def test_the_refusal_points_at_the_place(client: WebClient, room: Channel) -> None:
    answer = refusal(client, room, blocks=[section(), {"type": "header", "text": plain("x" * 151)}])
    wanted = "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    assert answer["response_metadata"]["messages"] == [wanted]


SUMS = {
    "51 blocks": ([{"type": "divider"}] * 51, "invalid_blocks"),
    "the same block_id twice": ([{"type": "divider", "block_id": "x"}] * 2, "invalid_blocks"),
    "two tables": ([table(["x"]), table(["y"])], "invalid_attachments"),
    "13,000 characters in all": ([section("æ" * 2600)] * 5, "msg_blocks_too_long"),
    "too much markdown": ([{"type": "markdown", "text": "x" * 6001}] * 2, "msg_too_long"),
}


@pytest.mark.parametrize(("blocks", "error"), SUMS.values(), ids=SUMS)
def test_a_message_has_limits_of_its_own(client: WebClient, room: Channel, blocks: list[Block], error: str) -> None:
    assert refusal(client, room, blocks=blocks)["error"] == error


def test_danish_letters_count_once_and_tables_not_at_all(client: WebClient, room: Channel) -> None:
    blocks = [section("æ" * 2500)] * 5 + [table(*[["x" * 990] * 10])]
    assert client.chat_postMessage(channel=room.id, text="-", blocks=blocks)["ok"]


def test_ids_that_were_not_given_are_made(slack: StandIn, client: WebClient, room: Channel) -> None:
    nameless = {"type": "button", "text": plain("Ret")}
    client.chat_postMessage(channel=room.id, text="-", blocks=[section(accessory=nameless), actions(nameless)])
    first, second = slack.history(room)[0].blocks
    assert first["block_id"] != second["block_id"]
    assert first["accessory"]["action_id"]
    assert second["elements"][0]["action_id"]


def refusal(client: WebClient, room: Channel, **message: Any) -> dict[str, Any]:
    """What Slack says to a message that it does not take."""
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=room.id, text="-", **message)
    answer: dict[str, Any] = caught.value.response.data
    return answer
