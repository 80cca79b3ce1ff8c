"""Danish amounts: read them, say them. An amount is whole øre in an int; nothing is ever a float."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.groups import Language

NO_BREAK = "\u00a0"

_AMOUNT = re.compile(
    r"(?<![\w.,/])(?P<number>(?:[-\u2212\u2013]\s?)?(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})(?:,\d{1,6})?)(?!\d)(?:,-)?\s*"
    r"(?:(?P<scale>mia\.?|mio\.?|t\.?(?=\s?kr)|tkr\.?(?!\w))?\s*(?P<unit>kroner|kr(?!\w)\.?|dkk(?!\w))?)",
    re.IGNORECASE,
)
_TIMES = {"mia": 1_000_000_000, "mio": 1_000_000, "t": 1_000, "tkr": 1_000}
# A bare "500.000" in running text is money before these words and at a stop; "240.000 planer" is a count of plans.
_NO_NOUN = re.compile(r"\s*(?:$|[.,;:)](?!\d)|(?:i|til|på|fra|af|om|ud|mere|mindre|pr\.|og|som|in|to|from|for)\b)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in øre; `inferred` where nobody wrote that it is kroner."""

    ore: int
    inferred: bool = False


def parse(text: str) -> Amount | None:
    """Read a text that is an amount and nothing else, as in a cell: "1.615.000 kr.", "1,2 mio. kr.", "500.000"."""
    text = " ".join(text.split())
    found = _AMOUNT.fullmatch(text)
    return _amount(found) if found else None


def find(text: str) -> Iterator[Amount]:
    """Every amount of a running text, in order. "2 mio. borgere", "80 %" and "240.000 planer" are none."""
    for found in _AMOUNT.finditer(text):
        if _has_unit(found) or ("." in found["number"] and _NO_NOUN.match(text, found.end())):
            yield _amount(found)


def kroner(ore: int, language: Language = "da") -> str:
    """Say an amount: "1.033.913 kr." or "1,033,913 kr.", with øre only where there are any.

    The amount and "kr." are kept together by a no-break space.
    """
    whole, rest = divmod(abs(ore), 100)
    thousand, comma = (".", ",") if language == "da" else (",", ".")
    digits = f"{whole:,}".replace(",", thousand)
    return f"{'-' if ore < 0 else ''}{digits}{f'{comma}{rest:02}' if rest else ''}{NO_BREAK}kr."


def share(part: int, whole: int, language: Language = "da") -> str | None:
    """Say how much of the whole a part is, with one decimal: "29,9 %", "29.9%"; None where the whole is nothing."""
    tenths = permille(part, whole)
    if tenths is None:
        return None

    sign = "-" if tenths < 0 else ""
    units, decimal = divmod(abs(tenths), 10)
    return f"{sign}{units},{decimal}{NO_BREAK}%" if language == "da" else f"{sign}{units}.{decimal}%"


def permille(part: int, whole: int) -> int | None:
    """The part in thousandths of the whole, a half rounded away from zero; None where the whole is nothing."""
    if whole == 0:
        return None
    size = (2000 * abs(part) + abs(whole)) // (2 * abs(whole))
    return size if (part < 0) == (whole < 0) else -size


def _has_unit(found: re.Match[str]) -> bool:
    scale = (found["scale"] or "").lower()
    return bool(found["unit"]) or scale.startswith("tkr")


def _amount(found: re.Match[str]) -> Amount:
    number = found["number"]
    whole, _, decimals = number.lstrip("-\u2212\u2013 ").replace(".", "").partition(",")
    times = _TIMES.get((found["scale"] or "").lower().rstrip("."), 1)
    ore = int(whole + decimals) * 100 * times // 10 ** len(decimals)
    return Amount(-ore if number[0] in "-\u2212\u2013" else ore, inferred=not _has_unit(found))
