"""The XML that Word writes: its names, and how a value stands in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")


def name(element: Element) -> str:
    """An element's name, that of another vocabulary than Word's with its namespace."""
    return element.tag.removeprefix(W).removeprefix(_COMPATIBLE)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element on a path of names, None where there is none: `child(paragraph, "pPr", "numPr")`."""
    return element.find("/".join(W + each for each in path)) if element is not None else None


def value(element: Element | None, *path: str) -> str:
    """What an element further down says, "" where it says nothing or is not there."""
    found = child(element, *path) if path else element
    return found.get(W + "val", "") if found is not None else ""


def figure(element: Element | None, *path: str) -> int | None:
    """The same as a number, None where it is none; no number of Word's is longer than nine figures."""
    said = value(element, *path).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def is_on(element: Element | None, *path: str) -> bool | None:
    """Whether a switch such as bold is on; None where nothing is said of it."""
    found = child(element, *path)
    return found.get(W + "val", "on") not in _OFF if found is not None else None


def chosen(alternatives: Element) -> Element | None:
    """Of the same content in several forms (`AlternateContent`), the first, as Word of today takes it."""
    return next(iter(alternatives), None)
