"""Reading a document in a process of its own, which may take so much time and memory and no more.

Whoever drops a document may have made it to keep us busy; the process that answers Slack is not the one that pays.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from bot.reading import Reading
from bot.refusals import Refusal

SECONDS = 2  # of the processor: so long may a button that reads the same again take, within Slack's three
MEMORY = 1024 * 1024 * 1024
PATIENCE = 60  # seconds by the wall, on a machine that has much else to do


def read(data: bytes, name: str, is_word: bool) -> Reading:
    """Read a document; refused as `bot.reading` refuses it, and where it takes too long or too much."""
    command = [sys.executable, "-m", "handlers.apart", "word" if is_word else "text", name]
    here = Path(__file__).parent.parent
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, cwd=here, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refusal("too_slow", file=name) from error
    if done.returncode != 0:
        raise Refusal("too_slow" if done.returncode < 0 or b"MemoryError" in done.stderr else "unreadable", file=name)
    found, refused = pickle.loads(done.stdout)
    if refused:
        raise Refusal(refused[0], **refused[1])
    reading: Reading = found
    return reading


def understood(data: bytes, name: str, is_word: bool) -> Reading:
    """Read a document here and now."""
    from bot.reading import docx, text  # noqa: PLC0415 the readers are slow to load, and most days nobody reads

    return docx.read(data, name) if is_word else text.read(text.decode(data), name)


def main(kind: str, name: str) -> None:
    """Read what comes in at the one end, and hand out what was read, or the refusal, at the other."""
    from bot.reading import docx, text  # noqa: F401, PLC0415 before the clock runs

    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with suppress(ValueError, OSError):  # not every system has it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found, refused = None, None
    try:
        found = understood(sys.stdin.buffer.read(), name, kind == "word")
    except Refusal as refusal:
        refused = refusal.key, refusal.values
    sys.stdout.buffer.write(pickle.dumps((found, refused)))


if __name__ == "__main__":
    main(*sys.argv[1:])
