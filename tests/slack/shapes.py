"""Small checks that make up the shape of a thing: each takes a value and its JSON pointer, and yields complaints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Complaints = Iterator[str]
Check = Callable[[object, str], Complaints]


def complaint(words: str, path: str) -> str:
    """One complaint in Slack's own form."""
    return f"[ERROR] {words} [json-pointer:{path}]"


def string(most: int, least: int = 1) -> Check:
    """A string of at least `least` and at most `most` characters."""

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, str):
            yield complaint("must be a string", path)
        elif len(value) > most:
            yield complaint(f"must be less than {most + 1} characters", path)
        elif len(value) < least:
            yield complaint(f"must be more than {least - 1} characters", path)

    return check


def matching(pattern: str, words: str) -> Check:
    """A string of this pattern; `words` say which."""
    known = re.compile(pattern)

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, str) or not known.fullmatch(value):
            yield complaint(words, path)

    return check


def number(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield complaint(f"must be a whole number from {least} to {most}", path)

    return check


def boolean(value: object, path: str) -> Complaints:
    """true or false, not "true"."""
    if not isinstance(value, bool):
        yield complaint("must be a boolean", path)


def one_of(*words: str) -> Check:
    """One of these words."""

    def check(value: object, path: str) -> Complaints:
        if value not in words:
            yield complaint(f"must be one of {', '.join(words)}", path)

    return check


def list_of(each: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each as `each` wants it."""

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, list):
            yield complaint("must be an array", path)
            return
        if len(value) > most:
            yield complaint(f"no more than {most} items allowed", path)
        if len(value) < least:
            yield complaint(f"no fewer than {least} items allowed", path)
        for place, item in enumerate(value):
            yield from each(item, f"{path}/{place}")

    return check


def shape(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with all the fields of `needs`, any of `may`, and no other."""
    known = {**needs, **(may or {})}

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, dict):
            yield complaint("must be an object", path)
            return
        for name in needs:
            if name not in value:
                yield complaint(f"missing required field: {name}", path)
        for name, field in value.items():
            if name in known:
                yield from known[name](field, f"{path}/{name}")
            else:
                yield complaint(f"unknown field: {name}", f"{path}/{name}")

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of these shapes it has."""

    def check(value: object, path: str) -> Complaints:
        if not isinstance(value, dict):
            yield complaint("must be an object", path)
        elif value.get("type") not in kinds:
            yield complaint(f"unsupported type: {value.get('type')}", f"{path}/type")
        else:
            yield from kinds[value["type"]](value, path)

    return check
