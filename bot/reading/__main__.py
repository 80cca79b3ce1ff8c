"""A reader in a process of its own: `python -m bot.reading SECONDS BYTES`, started by handlers/reader.py.

A document comes in at stdin, what was read goes out at stdout, both pickled. It sets its own limits, and the system
ends it at them; so a document that takes for ever takes nothing else along.
"""

from __future__ import annotations

import pickle
import resource
import sys
import traceback
from contextlib import suppress
from typing import Any

from bot.reading import docx, files, text
from bot.refusals import Refusal

READERS = docx, text  # loaded before the limits are set: they are for the document alone


def main() -> int:
    """Read one document; 1 where the reader itself is at fault, with the way there at stderr and no word of a text."""
    answer: tuple[str, Any]
    name, data = pickle.load(sys.stdin.buffer)
    limit(*map(int, sys.argv[1:]))
    try:
        answer = "read", files.read(data, name)
    except Refusal as refusal:
        answer = "refused", (refusal.key, refusal.values)
    except MemoryError:
        answer = "refused", ("too_slow", {"file": name})
    except Exception as error:
        print(type(error).__name__, *traceback.format_tb(error.__traceback__), sep="\n", file=sys.stderr)
        return 1
    pickle.dump(answer, sys.stdout.buffer)
    return 0


def limit(seconds: int, memory: int) -> None:
    """Let the system end this process when it has worked so long from now on, and give it only so many bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    worked = int(used.ru_utime + used.ru_stime) + 1 + seconds
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, worked),
        (resource.RLIMIT_AS, memory),
    ):
        # macOS gives no promise about memory; somebody may have set a narrower limit already.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    sys.exit(main())
