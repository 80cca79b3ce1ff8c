"""How fast is it, beside a floor measured in the same run? `python -m tests.benchmarks 1000 100000`

The two commands that people use most, as signed requests through Bolt, in worlds with so many items, on SQLite. The
floor is the same pages by hand (floor.py). Then how long the program takes to start. The figures are told, not judged:
the exit code is 0.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import contest, startup
from tests.benchmarks.contest import PAGES, Medians, opened

FLOOR, GROWTH, START = 1.5, 1.2, 1.3


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    sizes = sorted(int(word) for word in words) or [1000]
    with TemporaryDirectory() as folder, ExitStack() as stack:
        contests = {size: stack.enter_context(opened(Path(folder) / f"{size}.db", size)) for size in sizes}
        for each in contests.values():
            assert all(each.answer("ours", page) == each.answer("floor", page) for page in PAGES), "run test_benchmarks"
        found = contest.medians(contests)
    starts = startup.medians()
    print("\n".join([*table(found, sizes, starts), "", *verdicts(found, sizes, starts)]))
    return 0


def table(found: Medians, sizes: Sequence[int], starts: Mapping[str, float]) -> Iterator[str]:
    """Medians as a Markdown table. Only ratio and growth mean anything on another machine."""
    yield "| median | items | ours | floor | Bolt alone | ratio | growth |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for page in PAGES:
        for size in sizes:
            ours, floor, bolt = (found[page, size, who] for who in ("ours", "floor", "Bolt alone"))
            ratios = f"{ours / floor:.2f} | {ours / found[page, sizes[0], 'ours']:.2f}"
            yield f"| `/dap {page}` | {size:,} | {ours:,.0f} µs | {floor:,.0f} µs | {bolt:,.0f} µs | {ratios} |"
    ours, bare = starts["ours"], starts["bare"]
    yield f"| start-up | | {ours:,.0f} ms | {bare:,.0f} ms | | {ours / bare:.2f} | |"


def verdicts(found: Medians, sizes: Sequence[int], starts: Mapping[str, float]) -> Iterator[str]:
    """The worst of each figure beside what we aim at."""
    for page in PAGES:
        ours = [found[page, size, "ours"] for size in sizes]
        ratio = max(found[page, size, "ours"] / found[page, size, "floor"] for size in sizes)
        told = f"{ratio:.2f} × floor (aim ≤ {FLOOR})"
        if len(sizes) > 1:
            told += f", growth {ours[-1] / ours[0]:.2f} from {sizes[0]:,} to {sizes[-1]:,} items (aim ≤ {GROWTH})"
        yield f"- `/dap {page}`: {told}"
    yield f"- start-up: {starts['ours'] / starts['bare']:.2f} × its bare libraries (aim ≤ {START})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
