"""How fast is it, beside a floor measured in the same run? `python -m tests.benchmarks 1000 100000`

As signed requests through Bolt, on SQLite: the two commands that people use most, in worlds with so many items; the
register, in a world with so many decisions; and a whole round of a meeting, request by request. The floor is the same
pages by hand (floor.py), and under what changes something three rows in a durable transaction (floor_durable.py). Then
how long the program takes to start. The figures are told, not judged: the exit code is 0, and 2 for a size that no
world has.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import contest, startup, story, world
from tests.benchmarks.contest import PAGES, REGISTER, Contest, Medians, opened

FLOOR, RECORDING, GROWTH, START = 1.5, 2.0, 1.2, 1.3  # what we aim at; a whole round is told, and so is a search
LEAST = 2 * world.SHAPE  # two groups: the round of the first gets all warm
ROUND = (*story.STEPS, "recording", "round")
CALLED = {
    "decide": f"begin a meeting, decide {story.DECIDED} items",
    "announce": "announce the decisions",
    "minutes": "write and post the minutes",
    "task": "note a task",
    "remind": "look for reminders",
    "ask": "ask about the budget",
    "recording": "record a decision",
    "round": "the whole round",
}


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    sizes = sorted(int(word) for word in words) or [LEAST]
    if any(size < LEAST or size % world.SHAPE for size in sizes):
        print(f"A world has at least {LEAST:,} items, and a multiple of {world.SHAPE}.", file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder, ExitStack() as stack:

        def worlds(name: str, made: Callable[[Path, int], str], pages: Sequence[str]) -> dict[int, Contest]:
            return {
                size: stack.enter_context(opened(Path(folder) / f"{name}{size}.db", size, made, pages))
                for size in sizes
            }

        shown, register = worlds("world", world.made, PAGES), worlds("register", world.register, REGISTER)
        for each in (*shown.values(), *register.values()):
            assert all(each.answer("ours", page) == each.answer("floor", page) for page in each.pages), "see the tests"
        found = contest.medians(shown) | contest.medians(register)
        for size in sizes:
            found |= story.medians(shown[size], size)
    starts = startup.medians()
    print("\n".join([*table(found, sizes, starts), "", *verdicts(found, sizes, starts)]))
    return 0


def table(found: Medians, sizes: Sequence[int], starts: Mapping[str, float]) -> Iterator[str]:
    """Medians as a Markdown table. Only ratio and growth mean anything on another machine."""
    yield "| median | items | ours | floor | Bolt alone | ratio | growth |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for what in (*PAGES, *REGISTER, *ROUND):
        for size in sizes:
            ours, floor = found[what, size, "ours"], found[what, size, "floor"]
            bolt = f"{found[what, size, 'Bolt alone']:,.0f} µs" if what not in ROUND else ""
            ratios = f"{ours / floor:.2f} | {ours / found[what, sizes[0], 'ours']:.2f}"
            yield f"| {_called(what)} | {size:,} | {ours:,.0f} µs | {floor:,.0f} µs | {bolt} | {ratios} |"
    ours, bare = starts["ours"], starts["bare"]
    yield f"| start-up | | {ours:,.0f} ms | {bare:,.0f} ms | | {ours / bare:.2f} | |"


def verdicts(found: Medians, sizes: Sequence[int], starts: Mapping[str, float]) -> Iterator[str]:
    """The worst of each figure that we have an aim for, beside that."""
    for what, aim in (*((page, FLOOR) for page in PAGES), ("recording", RECORDING)):
        ours = [found[what, size, "ours"] for size in sizes]
        ratio = max(found[what, size, "ours"] / found[what, size, "floor"] for size in sizes)
        told = f"{ratio:.2f} × floor (aim ≤ {aim})"
        if len(sizes) > 1:
            told += f", growth {ours[-1] / ours[0]:.2f} from {sizes[0]:,} to {sizes[-1]:,} (aim ≤ {GROWTH})"
        yield f"- {_called(what)}: {told}"
    yield f"- start-up: {starts['ours'] / starts['bare']:.2f} × its bare libraries (aim ≤ {START})"


def _called(what: str) -> str:
    return CALLED.get(what, f"`/dap {what}`")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
