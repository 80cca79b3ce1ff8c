"""The numbers Word gives its lists by itself: they stand in no text, so they are counted here as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from bot.reading.styles import Style, Styles
from bot.reading.wordml import W, figure, is_on, name, value

BULLET = "•"

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8
# Word counts no further.
_MOST, _MOST_LETTERS = 32_767, 780
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: `text` is what is printed, "%1.%2" for 6.1.

    `restart` is the level (from 1) that lets it begin again, 0 none, None any above it. `style` is the one whose
    paragraphs stand on the level, `legal` prints the levels above in figures.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str = ""
    legal: bool = False

    def begins_again(self, own: int, used: int) -> bool:
        """Whether it begins again when a level above it is used; both count from 0."""
        return used < own and (self.restart is None or used < self.restart)


@dataclass(slots=True)
class Definition:
    """A list's levels, and how far each has counted. Lists that share a definition count on in it."""

    levels: dict[int, Level] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instance:
    """A list in the text: a definition, with levels of its own and the numbers it begins again with."""

    definition: Definition
    levels: dict[int, Level]
    begins: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document; counts as its paragraphs are gone through, each once and in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        elements = list(root) if root is not None else []
        definitions = {
            element.get(W + "abstractNumId", ""): element for element in elements if name(element) == "abstractNum"
        }
        numbers = {element.get(W + "numId", ""): element for element in elements if name(element) == "num"}
        found = {key: Definition(_levels(element)) for key, element in definitions.items()}
        for key, element in definitions.items():
            linked = styles.by_id(value(element, "numStyleLink")).elements
            number = numbers.get(value(linked[0], "pPr", "numPr", "numId")) if linked else None
            found[key] = found.get(value(number, "abstractNumId"), found[key])
        self._instances = {
            key: _instance(element, found[value(element, "abstractNumId")])
            for key, element in numbers.items()
            if value(element, "abstractNumId") in found
        }

    def next(self, paragraph: Element, style: Style) -> tuple[str, Definition] | None:
        """What is printed before a paragraph ("6.1", "a)", "•") and the list it stands in; None where it's in none."""
        number = _first("numId", paragraph, style)
        instance = self._instances.get(number)
        if instance is None:
            return None

        own = min(_level(paragraph, style, instance), _DEEPEST)
        _count(instance, own)
        return _printed(instance, own), instance.definition


def _instance(element: Element, definition: Definition) -> Instance:
    levels, begins = dict(definition.levels), dict[int, int]()
    for override in element.findall(W + "lvlOverride"):
        own = override.get(W + "ilvl", "")
        if own.isascii() and own.isdigit() and int(own[:3]) <= _DEEPEST:
            levels |= _levels(override)
            begin = figure(override, "startOverride")
            begins |= {int(own): begin} if begin is not None else {}
    return Instance(definition, levels, begins)


def _levels(element: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for each in element.findall(W + "lvl"):
        own = each.get(W + "ilvl", "")
        if own.isascii() and own.isdigit() and int(own[:3]) <= _DEEPEST:
            start = figure(each, "start")
            level = Level(
                0 if start is None else start,
                value(each, "numFmt") or "decimal",
                value(each, "lvlText"),
                figure(each, "lvlRestart"),
                value(each, "pStyle"),
                bool(is_on(each, "isLgl")),
            )
            found[int(own)] = replace(level, text="") if is_on(each, "rPr", "vanish") else level
    return found


def _first(part: str, paragraph: Element, style: Style) -> str:
    """What a paragraph says of its list, else its style, else the styles that builds on."""
    said = (value(element, "pPr", "numPr", part) for element in (paragraph, *style.elements))
    return next(filter(None, said), "")


def _level(paragraph: Element, style: Style, instance: Instance) -> int:
    """The level a paragraph says itself; one numbered by its style stands where the list names that style."""
    own = figure(paragraph, "pPr", "numPr", "ilvl")
    if own is not None:
        return own
    if not value(paragraph, "pPr", "numPr", "numId"):
        linked = {level.style: place for place, level in instance.levels.items() if level.style}
        for each in style.ids:
            if each in linked:
                return linked[each]
    said = _first("ilvl", paragraph, style)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0


def _count(instance: Instance, own: int) -> None:
    counted = instance.definition.counted
    if own in instance.begins and own not in instance.used:
        counted[own] = instance.begins[own]
    elif own in counted:
        counted[own] += 1
    else:
        counted[own] = _start(instance, own)
    instance.used.add(own)
    for deeper in [place for place in counted if place > own]:
        if instance.levels.get(deeper, Level()).begins_again(deeper, own):
            del counted[deeper]


def _start(instance: Instance, own: int) -> int:
    return instance.begins.get(own, instance.levels.get(own, Level()).start)


def _printed(instance: Instance, own: int) -> str:
    level = instance.levels.get(own, Level())
    if level.form == "bullet":
        return BULLET

    def counted(place: re.Match[str]) -> str:
        above = int(place[1]) - 1
        form = "decimal" if level.legal else instance.levels.get(above, Level()).form
        # A level that was passed over stands at its beginning.
        return _figure(instance.definition.counted.get(above, _start(instance, above)), form)

    return _PLACE.sub(counted, level.text[:100]).strip()


def _figure(number: int, form: str) -> str:
    number = min(number, _MOST)
    match form:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}."
        case "lowerLetter" | "upperLetter" if 0 < number <= _MOST_LETTERS:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            roman = "".join(_roman(number))
            return roman if form == "lowerRoman" else roman.upper()
        case _:
            return str(number)


def _roman(number: int) -> Iterator[str]:
    for worth, letters in _ROMAN:
        yield letters * (number // worth)
        number %= worth
