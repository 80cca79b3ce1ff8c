"""What a group is asked to do, and what it did: the verbs of recommendations and decisions.

The pairs follow the practice of Danish minutes: godkender → godkendte, tager til efterretning → tog til efterretning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.decisions import Outcome

# present, infinitive, past (more than one where usage differs), participle; and what it amounts to
_VERBS: tuple[tuple[Outcome, str], ...] = (
    ("approved", "godkender godkende godkendte godkendt"),
    ("approved", "tiltræder tiltræde tiltrådte tiltrådt"),
    ("approved", "tilslutter tilslutte tilsluttede tilsluttet"),
    ("approved", "vedtager vedtage vedtog vedtaget"),
    ("approved", "approves approve approved approved"),
    ("discussed", "drøfter drøfte drøftede drøftet"),
    ("discussed", "diskuterer diskutere diskuterede diskuteret"),
    ("discussed", "kommenterer kommentere kommenterede kommenteret"),
    ("discussed", "discusses discuss discussed discussed"),
    ("decided", "beslutter beslutte besluttede besluttet"),
    ("decided", "udpeger udpege udpegede udpeget"),
    ("decided", "prioriterer prioritere prioriterede prioriteret"),
    ("decided", "bekræfter bekræfte bekræftede bekræftet"),
    ("decided", "anbefaler anbefale anbefalede anbefalet"),
    ("decided", "decides decide decided decided"),
    ("noted", "noterer notere noterede noteret"),
    ("noted", "orienteres orienteres orienteredes orienteret"),
    ("noted", "notes note noted noted"),
    ("amended", "ændrer ændre ændrede ændret"),
)
_FORMS = [(outcome, forms.split()) for outcome, forms in _VERBS]
_ASKED = {form: forms[0] for _, forms in _FORMS for form in forms[:2]} | {"tager": "tager", "tage": "tager"}
_INFINITIVE = {form: forms[1] for _, forms in _FORMS for form in forms[:2]} | {"tager": "tage", "tage": "tage"}
_DID = {forms[2]: outcome for outcome, forms in _FORMS}
_DONE = {forms[3]: outcome for outcome, forms in _FORMS}

_LINKS = ("at", "og", "and", "samt")
_FIRST = re.compile(r"(?:at\s+)?([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_NOTED = re.compile(r"\btil efterretning\b", re.IGNORECASE)
_STANCE = re.compile(r"tager? stilling\b", re.IGNORECASE)
_DOUBLE = re.compile(r"([^\W\d_]+), at ([^\W\d_]+)\b")
_PAST_NOTED = re.compile(r"\b(?:tog|taget|tages|took|taken)\b[^.]{0,600}?\b(?:til efterretning|note)\b", re.IGNORECASE)
_PAST_STANCE = re.compile(r"\b(?:tog|taget)\b.{0,12}?\bstilling\b", re.IGNORECASE)
_CLAUSE = re.compile(r",\s+(?:at|that)\b|\bthat\b", re.IGNORECASE)
_ALONE: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        "not_reached",
        re.compile(
            r"\b(?:nåede\s+(?:\w+\s+){0,2}?ikke|ikke\s+(?:blev\s+)?(?:nået|behandlet)|uden behandling|not reached"
            r"|blev\s+(?:\w+\s+)?ikke\s+(?:nået|behandlet))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "postponed",
        re.compile(r"\b(?:udsættes|udsat|udsatte|udskydes|udskudt|udskød|postponed)\b", re.IGNORECASE),
    ),
    (
        "referred",
        re.compile(
            r"\b(?:lægges hos|lagt hos|henvis(?:es|t|te)|overdrage(?:s|t)|oversend(?:es|t|te)|videresend(?:es|t|te)"
            r"|sendes videre til|referred to)\b",
            re.IGNORECASE,
        ),
    ),
)
# "Det blev besluttet, at punktet udsættes" postpones the item; "godkendte, at projektet udskydes" approves something.
_ITEM_POSTPONED = re.compile(
    r"\b(?:punktet|sagen|behandlingen|the item)\s+(?:\w+\s+){0,2}?(?:udsættes|udskydes)", re.IGNORECASE
)


def begins(text: str) -> bool:
    """Whether a text begins as a recommendation does: "Godkender …", "tager stilling til …", "at godkende …"."""
    first = _FIRST.match(text)
    return bool(first) and first[1].lower() in _ASKED if first else False


def asked(text: str) -> str:
    """The verb a recommendation asks for: "drøfter og godkender", "tager til efterretning"; else its first word."""
    double = two(text)
    if double:
        text = text[text.index(double[1]) :]
    if _STANCE.match(text):
        return "tager stilling"

    leading = _leading(text)
    if _NOTED.search(text) and leading[-1:] == ["tager"]:
        return " og ".join([*leading[:-1], "tager til efterretning"])
    first = _FIRST.match(text)
    return " og ".join(leading) or (first[1].lower() if first else "")


def past(verb: str, outcome: Outcome) -> str | None:
    """The past of that verb of a recommendation which amounts to an outcome; None where none of its verbs does."""
    words = verb.split()
    return next((forms[2] for came, forms in _FORMS if came == outcome and forms[0] in words), None)


def infinitive(text: str) -> str | None:
    """What a recommendation asks for, to stand after "at": "Drøfter og godkender planen." gives "drøfte og godkende
    planen"; None where it begins with no verb that we know.
    """
    double = two(text)
    if double:
        text = text[text.index(double[1]) :]
    end = 0
    for word in _WORD.finditer(text[:200]):
        if word[0].lower() in _ASKED:
            end = word.end()
        elif word[0].lower() not in _LINKS:
            break
    verbs = _WORD.sub(lambda word: _INFINITIVE.get(word[0].lower(), word[0].lower()), text[:end])
    return f"{verbs.removeprefix('at ')}{text[end:].rstrip(' .,;')}" if end else None


def governed(text: str) -> str:
    """What stands after the verbs a recommendation begins with: "Godkender, at …" gives ", at …"."""
    double = two(text)
    if double:
        text = text[text.index(double[1]) :]
    text = _NOTED.sub("", text) if _NOTED.search(text) else text
    end = 0
    for word in _WORD.finditer(text[:200]):
        form = word[0].lower()
        links = form in _LINKS and _verb_follows(text, word.end())
        takes_a_stance = form in ("stilling", "til") and text[:end].lower().endswith(("tager", "tage", "stilling"))
        if not (form in _ASKED or links or takes_a_stance):
            break
        end = word.end()
    return re.sub(r"\s{2,}", " ", text[end:]).strip()


def _verb_follows(text: str, at: int) -> bool:
    following = _WORD.search(text, at)
    return bool(following) and following[0].lower() in _ASKED if following else False


def two(text: str) -> tuple[str, str] | None:
    """The two verbs of a broken wording such as "godkender, at tager … til efterretning", of which the last holds."""
    found = _DOUBLE.match(text)
    if found and found[1].lower() in _ASKED and found[2].lower() in _ASKED:
        return found[1], found[2]
    return None


def asked_outcomes(verb: str) -> tuple[Outcome, ...]:
    """What a recommendation's verb comes to when it is followed."""
    if "til efterretning" in verb:
        verb = verb.replace("tager til efterretning", "noterer")
    verb = verb.replace("tager stilling", "beslutter")
    asked_for = {forms[0]: outcome for outcome, forms in _FORMS}
    return tuple(dict.fromkeys(asked_for[word] for word in verb.split() if word in asked_for))


def outcomes(sentence: str) -> tuple[Outcome, ...]:
    """What a sentence says was done, in its order, each once; none where it tells no outcome.

    Not reached, postponed and referred stand alone: nothing was decided by them.
    """
    clause = _CLAUSE.search(sentence)
    main = sentence[: clause.start()] if clause else sentence
    for outcome, pattern in _ALONE:
        if pattern.search(main):
            return (outcome,)
    if _ITEM_POSTPONED.search(sentence):
        return ("postponed",)

    found = [*_told(sentence, _DID), *_told(main, _DONE)]
    found += [(noted.start(), "noted") for noted in _PAST_NOTED.finditer(sentence)]
    found += [(stance.start(), "decided") for stance in _PAST_STANCE.finditer(sentence)]
    return tuple(dict.fromkeys(outcome for _, outcome in sorted(found)))


def _told(text: str, forms: dict[str, Outcome]) -> Iterator[tuple[int, Outcome]]:
    """The outcomes a text's verbs tell, with their places; "det godkendte budget" tells none."""
    before = ""
    for word in _WORD.finditer(text):
        form = word[0].lower()
        if form in forms and before not in ("det", "den", "de", "the", "som", "der"):
            yield word.start(), forms[form]
        before = form


def _leading(text: str) -> list[str]:
    """The verbs a text begins with, in the present: "drøfter og godkender udkast" gives drøfter, godkender."""
    found: list[str] = []
    for word in _WORD.finditer(text[:200]):
        form = word[0].lower()
        if form in _ASKED:
            found.append(_ASKED[form])
        elif form not in _LINKS:
            break
    return found
