"""How the tests are shared out among processes: a module with an engine at a time, for each process lives by itself
where its stories begin; and what takes long comes first, that nobody waits for anybody at the end.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

# One after another in one process: what takes much of the machine, what goes by the clock, what sets up much at once.
TOGETHER = {
    "machine": ("tests/browser/", "tests/stories/test_doors.py", "tests/benchmarks/"),
    "lives": (
        "tests/stories/test_december.py::test_the_same_with_a_bot_that_is_killed",
        "tests/stories/test_survives.py",
        "tests/stories/test_torture.py",
    ),
    "engines": ("tests/test_engines.py",),
}
LONG = (
    *(TOGETHER["machine"] + TOGETHER["lives"]),
    *("tests/stories/test_canary.py", "tests/stories/test_december.py", "tests/stories/test_new_file.py"),
)
ENGINE = re.compile(r"[\[-](sqlite|postgresql)[]-]")


def share(test: str) -> str:
    """The share to which a test belongs, by its id."""
    for name, together in TOGETHER.items():
        if test.startswith(together):
            return name
    engine = ENGINE.search(test)
    return f"{test.partition('::')[0]} {engine[1] if engine else ''}".strip()


def place(test: str) -> int:
    """How early a test comes, by its id."""
    return next((at for at, long in enumerate(LONG) if test.startswith(long)), len(LONG))


class Shares(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process a share, and another when it is nearly done."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False  # the order is ours
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
