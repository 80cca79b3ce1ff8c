"""The styles of a Word document: what a paragraph is by itself, by its style, and by those it builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.reading.wordml import W, child, figure, is_on, name, value

_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])$", re.IGNORECASE)
_TITLES = ("title", "titel")
_BODY = 9
# Word itself allows no more than ten.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with the styles it is based on, nearest first."""

    ids: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()

    def is_on(self, switch: str) -> bool:
        """Whether the style switches something on for its text: `b`, `vanish`."""
        said = (is_on(element, "rPr", switch) for element in self.elements)
        return next((each for each in said if each is not None), False)


class Styles:
    """The styles of a document by their id; an unknown id is a style that says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._known: dict[str, Style] = {}
        for element in root if root is not None else ():
            if name(element) == "style":
                self._elements.setdefault(element.get(W + "styleId", ""), element)
                if element.get(W + "default") in ("1", "true", "on"):
                    self._defaults.setdefault(element.get(W + "type", ""), element.get(W + "styleId", ""))

    def of(self, paragraph: Element) -> Style:
        """The style of a paragraph, the default one where it names none."""
        return self.by_id(value(paragraph, "pPr", "pStyle") or self._defaults.get("paragraph", ""))

    def by_id(self, style: str) -> Style:
        """A style by its id."""
        if style not in self._known:
            chain = list(self._chain(style))
            self._known[style] = Style(tuple(each for each, _ in chain), tuple(element for _, element in chain))
        return self._known[style]

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        for _ in range(_DEEPEST):
            element = self._elements.get(style)
            if element is None:
                return
            yield style, element
            style = value(element, "basedOn")


def level(paragraph: Element, style: Style) -> int:
    """The level of a heading as Markdown would have it: 1 for a title, 2 for Word's Heading 1; 0 for plain text."""
    for element in (paragraph, *style.elements):
        outline = figure(element, "pPr", "outlineLvl")
        if outline is not None:
            return outline + 2 if outline < _BODY else 0
        named = value(child(element, "name"))
        heading = _HEADING.match(named)
        if heading or named.lower() in _TITLES:
            return int(heading[1]) + 1 if heading else 1
    return 0
