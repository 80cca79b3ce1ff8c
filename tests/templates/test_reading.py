"""The group's two real documents, read and laid beside what a careful person found in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.reading.lines import lines
from bot.reading.paragraphs import paragraphs
from bot.reading.text import decode, read
from templates.papers.reading import as_json
from tests.truth import SEEDS, compared, differences, found_in, need_the_documents

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "tests" / "slack" / "dagsorden-juni-2025.md"

pytestmark = pytest.mark.seeds

AT_THE_LIST, IN_ITEMS = ("numbering", "listed_otherwise"), ("appendix_likely", "two_verbs")
READERS = ("dates.py", "money.py", "budgets.py")


@pytest.fixture(autouse=True)
def seeds() -> None:
    need_the_documents()


def test_every_field_of_both_documents_is_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    tally: dict[str, dict[str, list[str]]] = {}
    for truth_at in sorted(SEEDS.glob("truth_*.json")):
        truth = json.loads(truth_at.read_text("utf-8"))
        ours = as_json(read(decode((SEEDS / truth["source"]).read_bytes())))
        for field, expected, found in compared(truth, json.loads(json.dumps(ours))):
            tally.setdefault(field, {}).setdefault(truth_at.stem, []).append(verdict(expected, found))

    with capsys.disabled():
        print(f"\n{table(tally)}")
    wrong = [outcome for by_seed in tally.values() for outcomes in by_seed.values() for outcome in outcomes]
    assert {outcome for outcome in wrong if outcome != "right"} == set()


@pytest.mark.parametrize("layout", ["stripped", "from Windows", "a paragraph a line", "a paragraph and an empty line"])
@pytest.mark.parametrize("seed", ["000", "001"])
def test_the_same_words_laid_out_otherwise_are_read_the_same(seed: str, layout: str) -> None:
    truth = found_in(seed)
    text = decode((SEEDS / truth["source"]).read_bytes())
    assert differences(truth, read(decode(_laid_out(text, layout)))) == []


def _laid_out(text: str, layout: str) -> bytes:
    if layout == "stripped":
        return "\n".join(line.strip() for line in text.split("\n")).encode()
    if layout == "from Windows":
        return text.replace("\n", "\r\n").replace("\u202f", "\u00a0").encode("cp1252")
    joined = [("• " if found.style == "bullet" else "") + found.raw for found in paragraphs(lines(text))]
    return ("\n" if layout == "a paragraph a line" else "\n\n").join(joined).encode()


def test_the_june_agenda_leaves_five_doubts() -> None:
    found = as_json(read(decode((SEEDS / "000_e69ca24aad612e9e.txt").read_bytes())))["doubts"]
    assert [doubt["key"] for doubt in found] == [*AT_THE_LIST, "subitems_missing", *IN_ITEMS]
    assert found[0] == {"key": "numbering", "listed": "4, 5", "printed": "5, 6", "missing": "4"}
    assert found[1] == {"key": "listed_otherwise", "items": "3 (O)"}
    assert found[2] == {"key": "subitems_missing", "number": "4", "items": "c. Øvrige projekter"}
    assert found[3] == {"key": "appendix_likely", "number": "4.1", "item": "3", "likely": "3.1"}


def test_the_december_minutes_tell_that_their_first_page_is_missing() -> None:
    found = as_json(read(decode((SEEDS / "001_0aff9a5925ecc65f.txt").read_bytes())))["doubts"]
    assert found == [{"key": "start_missing", "first": 3}]


def test_the_demo_agenda_says_the_same_as_the_real_one() -> None:
    truth = found_in("000")
    ours = json.loads(json.dumps(as_json(read(decode(DEMO.read_bytes())))))
    own_words = ("recommendations.text", "bullets", "announcements", "subheadings", "presenters")
    differing = [
        (field, expected, found)
        for field, expected, found in compared(truth, ours)
        if expected != found and not field.endswith(own_words)
    ]
    assert differing == []
    assert [_names(item) for item in ours["items"]] == [_names(item) for item in truth["items"]]
    assert [doubt["key"] for doubt in ours["doubts"]] == [*AT_THE_LIST, *IN_ITEMS]


def test_no_name_of_the_documents_stands_in_the_reader() -> None:
    names: set[str] = set()
    for truth_at in SEEDS.glob("truth_*.json"):
        truth = json.loads(truth_at.read_text("utf-8"))
        names |= {person["name"] for person in truth["people"] if person["name"]}
        below = [sub for item in truth["items"] for sub in item.get("sub_items", [])]
        for item in [*truth["items"], *below]:
            names |= {item["title"], *(appendix["title"] for appendix in item.get("appendices", []))}
        names |= {line[0] for budget in truth["budgets"] for line in budget["lines"]}
    generic = {"Meddelelser", "Eventuelt og næste møde", "Budgetter 2025", "Udisponerede midler"}

    reader = [*(ROOT / "bot" / "reading").glob("*.py"), *(ROOT / "bot" / name for name in READERS)]
    code = "\n".join(path.read_text("utf-8") for path in reader)
    assert sorted(name for name in names - generic if name in code) == []


def _names(item: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(person["name"], person["org"], person.get("scope")) for person in item["presenters"]]


def verdict(expected: Any, found: Any) -> str:
    if expected == found:
        return "right"
    return f"missed: {expected!r}" if not found and expected else f"wrong: {found!r} for {expected!r}"


def table(tally: dict[str, dict[str, list[str]]]) -> str:
    """Fields by documents: right/wrong/missed, and below it whatever was not right."""
    seeds = sorted({seed for by_seed in tally.values() for seed in by_seed})
    lines = [f"{'field':<36}" + "".join(f"{seed:>22}" for seed in seeds) + "   (right/wrong/missed)"]
    for field, by_seed in tally.items():
        cells = (_count(by_seed[seed]) if seed in by_seed else "-" for seed in seeds)
        lines.append(f"{field:<36}" + "".join(f"{cell:>22}" for cell in cells))
    lines.append(f"{'all':<36}" + "".join(f"{_count(_all(tally, seed)):>22}" for seed in seeds))
    bad = [
        f"  {field}: {outcome}"
        for field, by_seed in tally.items()
        for outcomes in by_seed.values()
        for outcome in outcomes
        if outcome != "right"
    ]
    return "\n".join(lines + bad)


def _all(tally: dict[str, dict[str, list[str]]], seed: str) -> list[str]:
    return [outcome for by_seed in tally.values() for outcome in by_seed.get(seed, [])]


def _count(outcomes: list[str]) -> str:
    kinds = [outcome.split(":")[0] for outcome in outcomes]
    return "/".join(str(kinds.count(kind)) for kind in ("right", "wrong", "missed"))
