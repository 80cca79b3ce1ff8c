"""What a stand-in remembers of all that has happened in it, so that another can be where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import StandIn

Memory = dict[str, Any]

_KEPT = {
    "workspace": ("users", "channels", "names", "_posts", "_threads", "_whispers", "_last_stamp"),
    "workspace.files": ("by_id", "shared", "_uploads"),
    "tickets": ("_urls", "_triggers"),
    "weather": ("_posted",),
    "_views": ("stacks", "homes"),
    "_delivery": ("_chosen",),
    "_events": ("withheld", "_late", "_taken"),
    "_server": ("calls",),
}


def of(slack: StandIn) -> Memory:
    """All that has happened, as it is now; to be pickled at once, for it goes on."""
    return {f"{part}.{each}": getattr(_part(slack, part), each) for part, kept in _KEPT.items() for each in kept}


def recall(slack: StandIn, memory: Memory) -> None:
    """Let it be as another was; the people and places are those of the other."""
    with slack.workspace.changed:
        for path, value in memory.items():
            part, _, each = path.rpartition(".")
            setattr(_part(slack, part), each, value)
        slack.workspace.tell()


def _part(slack: StandIn, path: str) -> Any:
    found: Any = slack
    for name in path.split("."):
        found = getattr(found, name)
    return found
