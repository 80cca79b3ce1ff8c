"""What stands in a text that was typed in Slack for a person, a channel or an address: a code, to be read as words."""

from __future__ import annotations

import re
from collections.abc import Mapping

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+(?:\|([^>]*))?>")
_ADDRESS = re.compile(r"<((?:https?://|mailto:|tel:)[^>|]+)(?:\|([^>]*))?>")


def people(text: str) -> frozenset[str]:
    """Those who are mentioned in a text, by their Slack ids."""
    return frozenset(slack_id for slack_id, _ in PERSON.findall(text))


def named(text: str, names: Mapping[str, str], unknown: str = "") -> str:
    """The text with the names of those who are mentioned in it; of whom nobody knows as Slack wrote, else `unknown`."""
    return PERSON.sub(lambda found: names.get(found[1]) or (f"@{found[2]}" if found[2] else unknown), text)


def read(text: str, channel: str) -> str:
    """The text with the names of channels, else the word for `channel`, and with addresses as they were typed."""
    text = _CHANNEL.sub(lambda found: f"#{found[1] or channel}", text)
    return _ADDRESS.sub(lambda found: _address(found[1], found[2] or ""), text)


def _address(url: str, label: str) -> str:
    """An address as it was typed; one that lies under other words stands after them."""
    shown = re.sub("^(?:mailto|tel):", "", url)
    if not label or label == url:
        return shown
    return label if label in url else f"{label} ({shown})"
