"""What a line ends with: the deadline, taken off only where it is one, and as a whole."""

from __future__ import annotations

import re
from datetime import date

from bot import deadlines
from bot.dates import WEEKDAYS
from bot.deadlines import Deadline

_WEEKDAYS = "|".join(name for names in WEEKDAYS.values() for name in names)
# What a deadline at the end of a line begins with, and what shows that it is no deadline, or not the whole of it.
_LONGEST = 12
_LED = re.compile(
    r"(?:med\s+frist|frist|deadline|due|allersenest|senest|no\s+later\s+than|at\s+the|før|forud|inden|til|ved|by|until"
    r"|on|in|within|i|om|efter|after|before|snarest|så|hurtigst|hurtigt|as|asap|sidst|ultimo|primo|medio|midt|først"
    r"|tidligt|sent|starten|begyndelsen|midten|udgangen|slutningen|the\s+(?:end|beginning|start|middle)|end|beginning"
    rf"|early|mid|late|today|tomorrow|(?:på(?=\s+(?:{_WEEKDAYS}))))\b",
    re.IGNORECASE,
)
_NOT_LED = re.compile(r"(?:for|på|at)\b", re.IGNORECASE)
_WEAK = re.compile(r"(?:i|in|on|ved|på)\b", re.IGNORECASE)
_TO_MORE = re.compile(
    r"midt|hen|engang|tidligt|sent|først|sidst|længere|senere|frem|op|helt|lige|kort|især|hver|hvert|næste|sidste|"
    r"forrige|kommende|denne|den|det|d|the|hele|og|eller|fra|mellem|siden|af|om|for|med|mod|over|under|per|pr|hos|"
    r"efter|før|inden|til|ved|ikke|tidligst|i|på|early|mid|late|every|each|next|last|this|coming|and|or|from|"
    r"between|since|of|about|with|to|over|after|before|by|until|not|in|on|at|bilag|punkt|nr|version|afsnit|item|"
    r"appendix"
)
_EVENT = re.compile(
    r"\w*(?:møde[trn]*|meetings?|workshop(?:pen)?|seminar(?:et)?|konference[n]?|conference|ferie[n]?)", re.IGNORECASE
)
_PAPER = re.compile(
    r"\w*(?:plan(?:en)?|rapport(?:en)?|report|status|regnskab(?:et)?|budget(?:tet)?|tal(?:lene)?|resultat(?:et)?|results?"
    r"|forbrug(?:et)?|opgørelse[n]?|accounts|figures|program(?:met)?|kalender(?:en)?|calendar)",
    re.IGNORECASE,
)
# "2.1" is an item; "24.12." is a day.
_DOTTED = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.?$")
_PLAINLY = re.compile(r"(?:\d{1,2}\.(?:0\d|1[0-2])|(?:1[3-9]|2\d|3[01])\.\d{1,2})\.")
_OF_YEAR = re.compile(
    r"(?:senest|ultimo|(?:slutningen|udgangen|løbet|end|course)\s+(?:af|of))\s+(?:i\s+)?20\d\d\W*$"
    r"|\b(?:sidst|slutningen|udgangen|end)\s.*(?:år(?:et)?|year)\W*$|\bårets\s",
    re.IGNORECASE,
)


def taken_off(text: str, today: date) -> tuple[str, Deadline | None]:
    """Take the deadline off the end of what somebody wrote: "Skriv notat senest 19. december"; the rest, and it.

    Only what is the deadline as a whole: "midt i august", and nothing of "hver fredag" or "mødet i august".
    """
    text = text.strip()
    for place in list(re.finditer(r"\S+", text))[1:][-_LONGEST:]:
        before, words = text[: place.start()].rstrip(), text[place.start() :].strip("()")
        rest = before.rstrip(" ,(–-:;")
        found = deadlines.told(words, today) if rest else None
        if found is None or (found.precision == "year" and not _OF_YEAR.search(words)):
            continue  # "budgettet for 2026" is no deadline
        if rest != before or text[place.start()] == "(" or _stands_alone(rest, words, found):
            return rest, found
    return text, None


def _stands_alone(rest: str, words: str, found: Deadline) -> bool:
    """Whether a line's last words are a deadline by themselves, and don't belong to those before them."""
    before = rest.rsplit(maxsplit=1)[-1].strip(".()").lower()
    is_led = bool(_LED.match(words))
    if _TO_MORE.fullmatch(before) or (_EVENT.fullmatch(before) and (not is_led or _WEAK.match(words))):
        return False
    if is_led:
        return True
    if _NOT_LED.match(words) or (_DOTTED.search(words) and not _PLAINLY.search(words)):
        return False
    if found.precision == "day":
        return True
    is_period = found.precision in ("week", "quarter", "half_year") or found.is_relative
    return bool(is_period and " " in rest and not _PAPER.fullmatch(before))
