"""Recommendations (indstillinger) in a form, a row each: a verb that is picked, and the rest of the sentence.

The two are put together as the group's own papers have it: "Godkender, at …", "Tager … til efterretning". A sentence
that can't be parted and put together again to the letter stands whole in its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.agenda import Recommendation
from bot.groups import Language
from bot.reading import sentences, verbs
from bot.refusals import Refusal
from bot.words import written

VERBS: dict[Language, tuple[str, ...]] = {
    "da": (
        "godkender", "drøfter", "tager til efterretning", "beslutter", "tager stilling til", "tiltræder",
        "kommenterer", "prioriterer", "udpeger", "bekræfter", "anbefaler",
    ),
    "en": ("approves", "discusses", "notes", "decides"),
}  # fmt: skip
WRITTEN, LEFT_OUT = "written", "left_out"  # in place of a verb: it stands in the text; the row is left out
MOST = 10  # rows: all of them full, a form stays well below Slack's 250 KB
LONGEST = 3000  # characters in one field of a form
_NOTED = "til efterretning"
_AROUND = re.compile(rf"tager (.+?) {_NOTED}(.*)", re.IGNORECASE | re.DOTALL)
_CLAUSE = re.compile(r"(?:at|om|hv(?:ad|em|ilken|ilket|ilke|is|or\w*))\b")
_MARK = re.compile(r"(?:[•*-]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `id` is that of its recommendation, and for a new one -1, -2 …; `verb` is None where none was chosen."""

    id: int
    verb: str | None = None
    text: str = ""

    @property
    def verb_field(self) -> str:
        """What the field of the verb is called."""
        return f"verb_{self.id}" if self.id > 0 else f"newverb_{-self.id}"

    @property
    def text_field(self) -> str:
        """What the field of the rest is called."""
        return f"asked_{self.id}" if self.id > 0 else f"newasked_{-self.id}"


def rows(asked: Sequence[Recommendation], language: Language, new: int = 0) -> tuple[Row, ...]:
    """Recommendations as rows, with so many new ones after them, at least one to write in. What is too long for a field
    is not asked about, nor are more than there is place for.
    """
    known = [_parted(each, language) for each in asked if len(each.text) <= LONGEST][:MOST]
    empty = max(new, 0 if asked else 1)
    return (*known, *(Row(-number) for number in range(1, min(empty, MOST - len(known)) + 1)))


def edited(asked: Sequence[Recommendation], wanted: Sequence[Row], language: Language) -> tuple[Recommendation, ...]:
    """Recommendations as the rows of a form want them: one whose row says what it did stays as it was, to the letter,
    and so does one that has no row; new ones come last.
    """
    if len(wanted) > MOST or not all(_may_pick(row.verb) for row in wanted):
        raise Refusal("stale")
    mine = {row.id: row for row in wanted}
    is_small = any(each.text[:1].islower() for each in asked)
    found: list[Recommendation] = []
    for each in asked:
        row, shown = mine.pop(each.id, None), _parted(each, language)
        if row is None or (row.verb, row.text) == (shown.verb, written(shown.text).strip()):
            found.append(each)
        else:
            told = _told(row, each.text[:1].islower())
            found += [replace(one, id=0 if place else each.id) for place, one in enumerate(told)]
    return (*found, *(one for row in mine.values() for one in _told(row, is_small)))


def _may_pick(verb: str | None) -> bool:
    return verb in (None, WRITTEN, LEFT_OUT) or any(verb in each for each in VERBS.values())


def _parted(asked: Recommendation, language: Language) -> Row:
    """A recommendation in its row: in two where that gives it back to the letter, else whole."""
    is_small = asked.text[:1].islower()
    for verb in VERBS[language]:
        around = _AROUND.fullmatch(asked.text) if verb.endswith(_NOTED) else None
        rest = around[1] + around[2] if around else asked.text[len(verb) :].lstrip(" ,")
        is_whole = rest and verbs.asked(verb) == asked.verb and not verbs.begins(rest)
        if is_whole and _joined(verb, rest, is_small) == asked.text:
            return Row(asked.id, verb, rest)
    return Row(asked.id, WRITTEN, asked.text)


def _told(row: Row, is_small: bool) -> list[Recommendation]:
    """What a row recommends: nothing where it is empty, and a recommendation a line where a list was pasted into it."""
    if row.verb == LEFT_OUT:
        return []
    lines = [_unmarked(each) for each in row.text.splitlines() if each.strip()]
    picked = None if row.verb == WRITTEN else row.verb
    if not lines and picked:
        raise Refusal("recommendation_without_text").at(row.text_field)
    if not lines:
        return []

    text = "\n".join([lines[0], *row.text.strip().splitlines()[1:]])
    begins = verbs.begins(text)
    if row.verb is None and not begins:
        raise Refusal("recommendation_without_verb").at(row.verb_field)
    if picked and begins and not verbs.asked(text).startswith(verbs.asked(picked)):
        raise Refusal("recommendation_two_verbs", verb=verbs.asked(text)).at(row.verb_field)
    if picked and not begins:
        texts = [_joined(picked, text, is_small)]
    else:
        texts = lines if all(verbs.begins(each) for each in lines) else [text]
    return [Recommendation(each, verbs.asked(each)) for each in texts]


def _unmarked(line: str) -> str:
    """A line without the point or number before its verb; what begins otherwise may be a date."""
    line = line.strip()
    bare = _MARK.sub("", line, 1) if _MARK.match(line) else line
    return bare if verbs.begins(bare) else line


def _joined(verb: str, rest: str, is_small: bool) -> str:
    said = verb if is_small else verb[0].upper() + verb[1:]
    is_danish = verb in VERBS["da"]
    if is_danish and _CLAUSE.match(rest):
        return f"{said}, {rest}"
    if verb.endswith(_NOTED) and not rest.startswith(","):
        return _around(said.removesuffix(_NOTED), rest)
    return f"{said}{rest}" if rest.startswith(",") else f"{said} {rest}"


def _around(takes: str, rest: str) -> str:
    """ "Tager … til efterretning" around the first sentence, unless what was written ends so already."""
    if _NOTED in rest:
        return f"{takes}{rest}"
    first = next(iter(sentences.split(rest.partition("\n")[0])), rest)
    bare = first.rstrip(" .:;,")
    return f"{takes}{bare} {_NOTED}{rest[len(bare) :]}"
