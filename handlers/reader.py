"""The reader of documents at work in a process of its own: whatever it is given, we go on, and it ends in time."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from bot.reading import Reading
from bot.refusals import Refusal

log = logging.getLogger(__name__)
COMMAND = [sys.executable, "-m", "bot.reading"]
SECONDS = 5  # of work for one document; an agenda takes a tenth of one
MEMORY = 1024 * 1024 * 1024  # bytes of addresses; the largest docx that is let in takes half
PATIENCE = 20.0  # seconds until it is given up, though others be at work; within a carrier's lease
ENDED = {-signal.SIGXCPU, -signal.SIGKILL}  # at its limit, or by a system that had no more memory
# What a Python needs to find itself; the bot's tokens are nothing for a reader.
KEPT = ("PATH", "HOME", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def read(name: str, data: bytes) -> Reading:
    """Read a document; refused as its reader refuses, as "too_slow" at the limits of time and memory, else as a bug."""
    command = [*COMMAND, f"{SECONDS}", f"{MEMORY}"]
    asked = pickle.dumps((name, data))
    try:
        done = subprocess.run(
            command, input=asked, capture_output=True, timeout=PATIENCE, env=_surroundings(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("too_slow", file=name) from error
    if done.returncode in ENDED:
        raise Refusal("too_slow", file=name)
    if done.returncode:
        reference = uuid4().hex[:8]
        log.error(
            "bug %s, the reader ended with %s\n%s", reference, done.returncode, done.stderr.decode("utf-8", "replace")
        )
        raise Refusal("bug", reference=reference)
    what, answer = pickle.loads(done.stdout)  # our own words: the document only ever reached them as text
    if what == "refused":
        key, values = answer
        raise Refusal(key, **values)
    reading: Reading = answer
    return reading


def _surroundings() -> dict[str, str]:
    """The environment of the reader: it finds the same modules as we do, whatever folder we were started in."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    }
