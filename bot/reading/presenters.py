"""Who presents an item: named in its heading after "v.", or in its text by a verb such as "gennemgår"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.agenda import Presenter, Section
from bot.reading import headings, sentences

_CAPITAL = r"[A-ZÆØÅÄÖÜÉ][\w’'.-]*"
_NAME = rf"{_CAPITAL}(?: (?:{_CAPITAL}|von|van|de|af|der)){{1,4}}"
_ROLE = (
    r"(?i:[a-zæøå-]*(?:leder|lederen|konsulent|konsulenten|chef|chefen|direktør|direktøren|formand|formanden"
    r"|koordinator|forsker|professor|læge|rådgiver|medarbejder|ansvarlig|manager|sekretær|jurist|ejer))"
)
_ORGANISATION = re.compile(
    r"styrelse|minister|region|kommun|universitet|institut|center|forening|forbund|enhed|danmark|danske|selskab|aps\b|a/s"
    r"|råd\b|rådet|afdeling|sekretariat|forvaltning|hospital|praksis|forum|gruppe",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:{_ROLE} )?{_NAME}$")
_WITH_ROLE = re.compile(rf"({_ROLE}) ({_CAPITAL}.*)$", re.DOTALL)
_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]+)\)$", re.DOTALL)
_AND = re.compile(r"[;,]?\s+(?:og|samt|and|&)\s+|;\s*")
_PRESENTS = re.compile(
    r"\b(?:fremlægger|gennemgår|præsenterer|orienterer|indleder|giver|holder|redegør|fortæller|introducerer|presents)\b"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;:(] |\bog |\bsamt )(?:(?P<role>{_ROLE}) )?(?P<name>{_NAME})"
    r"(?: \((?P<org>[^()]{2,60})\)|,? fra (?P<home>[A-ZÆØÅ][^,.;]{1,60}))?"
    r"(?:, der (?:også |samtidig )?er (?P<also>[^,]{3,100}),)? $"
)
_OBJECT = re.compile(
    rf" (?P<role>{_ROLE}) (?P<name>{_NAME})(?: \((?P<org>[^()]{{2,60}})\)| fra (?P<home>[A-ZÆØÅ][^ ,.;]*))?"
)


def named(text: str) -> tuple[Presenter, ...]:
    """The people after "v.": "A/B, Org" are two of one organisation, "A, Org og B, Org" one of each."""
    text = " ".join(text.split()).strip(" ,.;")
    found: list[Presenter] = []
    for group in _groups(text):
        found += _group(group)
    return tuple(_shared_organisation(found))


def in_text(sections: Iterable[Section]) -> tuple[Presenter, ...]:
    """The people a text says will present, each with the sub-heading they present under as their scope.

    Only who is told with a role or an organisation counts: "Digital Post præsenterer" names no person. What is told
    of a meeting that was held (Referat, Drøftelse) announces nobody.
    """
    found: dict[str, Presenter] = {}
    for section in sections:
        if headings.name(section.heading) in headings.MINUTES:
            continue
        scope = None
        for block in section.blocks:
            if block.style == "heading":
                scope = block.text
            for person in _announced(block.text):
                found.setdefault(person.name, replace(person, scope=scope))
    return tuple(found.values())


def _groups(text: str) -> list[str]:
    """Split at the "og" that joins two people, not at one within an organisation's name."""
    groups = [""]
    link = ""
    for part, following in zip(_AND.split(text), [*_AND.findall(text), ""], strict=True):
        if groups[-1] and not _is_person(part.split(",")[0].split("(")[0].strip()):
            groups[-1] += link + part
        else:
            groups.append(part)
        link = following
    return [group for group in groups if group]


def _group(text: str) -> list[Presenter]:
    people, _, organisation = text.partition(",")
    bracket = _IN_BRACKETS.match(people)
    if bracket and organisation:
        return [Presenter(bracket[1], bracket[2]), *_group(organisation.strip())]
    if bracket:
        people, organisation = bracket[1], bracket[2]
    people, _, home = people.partition(" fra ")
    where = (organisation or home).strip() or None
    return [_presenter(name.strip(), where) for name in people.split("/") if name.strip()]


def _presenter(text: str, organisation: str | None) -> Presenter:
    role = _WITH_ROLE.match(text)
    return Presenter(role[2], organisation, role[1]) if role else Presenter(text, organisation)


def _shared_organisation(people: list[Presenter]) -> list[Presenter]:
    """ "A og B, Org": who has no organisation has the next one's, where "v." named it once for both."""
    shared: list[Presenter] = []
    organisation: str | None = None
    for person in reversed(people):
        organisation = person.organisation or organisation
        shared.insert(0, replace(person, organisation=organisation))
    return shared


def _is_person(text: str) -> bool:
    return bool(_PERSON.match(text)) and not _ORGANISATION.search(text)


def _announced(text: str) -> Iterator[Presenter]:
    for sentence in sentences.split(text):
        for verb in _PRESENTS.finditer(sentence):
            before = _SUBJECT.search(sentence[max(0, verb.start() - 240) : verb.start()])
            told = before or _OBJECT.match(sentence, verb.end())
            if told and (told["role"] or told["org"] or told["home"]) and not _ORGANISATION.search(told["name"]):
                also = told["also"] if before else None
                role = "; ".join(filter(None, (told["role"], also)))
                yield Presenter(told["name"], told["org"] or told["home"], role or None)
