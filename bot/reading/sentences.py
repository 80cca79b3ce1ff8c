"""Running text → sentences: a full stop that belongs to an abbreviation ends none."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.?!][”\"’')]*\s+(?=[”\"’'(]*[A-ZÆØÅ0-9])")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:jf|bl\.a|f\.eks|fx|hhv|ift|ifm|pga|mhp|mht|pr|kl|nr|ca|vedr|inkl|ekskl|d|dvs|evt|v|dr|prof|pkt|stk|kap|afs"
    r"|st|ad|resp|[A-ZÆØÅ])\.$"
)


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text, their words and stops as written."""
    found: list[str] = []
    begin = 0
    for stop in _STOP.finditer(text):
        if not _SHORT.search(text[max(begin, stop.start() - 12) : stop.start() + 1]):
            found.append(text[begin : stop.end()].strip())
            begin = stop.end()
    rest = text[begin:].strip()
    return (*found, rest) if rest else tuple(found)


def ends(text: str) -> bool:
    """Whether a sentence ends where a text does, or a colon leads over; "se jf." ends none."""
    text = text.rstrip("”\"’')")
    return text[-1:] in tuple(".:;?!") and not _SHORT.search(text[-12:])
