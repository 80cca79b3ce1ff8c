"""The group's two real documents, read and laid beside what a careful person found in them."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.reading.lines import lines
from bot.reading.paragraphs import paragraphs
from bot.reading.text import decode, read
from templates.papers.reading import as_json

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
DEMO = ROOT / "tests" / "slack" / "dagsorden-juni-2025.md"

pytestmark = pytest.mark.seeds

READERS = ("dates.py", "money.py", "budgets.py")

Cell = tuple[str, Any, Any]


@pytest.fixture(autouse=True)
def seeds() -> None:
    if not list(SEEDS.glob("truth_*.json")):
        left_out = f"LEFT OUT: the group's real documents are missing, so nothing was measured ({SEEDS})"
        warnings.warn(left_out, stacklevel=1)
        pytest.skip(left_out)


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
    truth = json.loads((SEEDS / f"truth_{seed}.json").read_text("utf-8"))
    text = decode((SEEDS / truth["source"]).read_bytes())
    ours = json.loads(json.dumps(as_json(read(decode(_laid_out(text, layout))))))
    assert [cell for cell in compared(truth, ours) if cell[1] != cell[2]] == []


def _laid_out(text: str, layout: str) -> bytes:
    if layout == "stripped":
        return "\n".join(line.strip() for line in text.split("\n")).encode()
    if layout == "from Windows":
        return text.replace("\n", "\r\n").replace("\u202f", "\u00a0").encode("cp1252")
    joined = [("• " if found.style == "bullet" else "") + found.raw for found in paragraphs(lines(text))]
    return ("\n" if layout == "a paragraph a line" else "\n\n").join(joined).encode()


def test_the_june_agenda_leaves_three_doubts() -> None:
    found = as_json(read(decode((SEEDS / "000_e69ca24aad612e9e.txt").read_bytes())))["doubts"]
    assert [doubt["key"] for doubt in found] == ["numbering", "appendix_likely", "two_verbs"]
    assert found[0] == {"key": "numbering", "listed": "4, 5", "printed": "5, 6", "missing": "4"}
    assert found[1] == {"key": "appendix_likely", "number": "4.1", "item": "3", "likely": "3.1"}


def test_the_december_minutes_tell_that_their_first_page_is_missing() -> None:
    found = as_json(read(decode((SEEDS / "001_0aff9a5925ecc65f.txt").read_bytes())))["doubts"]
    assert found == [{"key": "start_missing", "first": 3}]


def test_the_demo_agenda_says_the_same_as_the_real_one() -> None:
    truth = json.loads((SEEDS / "truth_000.json").read_text("utf-8"))
    ours = json.loads(json.dumps(as_json(read(decode(DEMO.read_bytes())))))
    own_words = ("recommendations.text", "bullets", "announcements", "subheadings", "presenters")
    differing = [
        (field, expected, found)
        for field, expected, found in compared(truth, ours)
        if expected != found and not field.endswith(own_words)
    ]
    assert differing == []
    assert [_names(item) for item in ours["items"]] == [_names(item) for item in truth["items"]]
    assert [doubt["key"] for doubt in ours["doubts"]] == ["numbering", "appendix_likely", "two_verbs"]


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


def compared(truth: dict[str, Any], ours: dict[str, Any]) -> Iterator[Cell]:
    """Every field that truth and reading share, one cell per value; comments of the truth are left out."""
    for part in ("title", "weekday", "date", "start", "end", "place"):
        yield f"meeting.{part}", truth["meeting"].get(part), ours["meeting"][part]
    for part in ("weekday", "date", "year_inferred", "start", "end", "place"):
        expected = truth["next_meeting"].get(part, False)
        yield f"next_meeting.{part}", expected, (ours["next_meeting"] or {}).get(part)

    yield "agenda_list.length", len(truth["agenda_list"]), len(ours["agenda_list"])
    for listed, found in zip(truth["agenda_list"], ours["agenda_list"], strict=False):
        yield from _listed(listed, found)
    yield "items.length", len(truth["items"]), len(ours["items"])
    for item, found in zip(truth["items"], ours["items"], strict=False):
        yield from _item(item, found, "items")
        below = item.get("sub_items", [])
        yield "sub_items.length", len(below), len(found["sub_items"])
        for sub, found_sub in zip(below, found["sub_items"], strict=False):
            yield from _item(sub, found_sub, "sub_items")

    yield "budgets.length", len(truth["budgets"]), len(ours["budgets"])
    for budget, found in zip(truth["budgets"], ours["budgets"], strict=False):
        yield from _budget(budget, found)
    if "references" in truth:
        yield (
            "references.bilag_mentions",
            truth["references"]["bilag_mentions"],
            ours["references"]["bilag_mentions"],
        )


def _listed(truth: dict[str, Any], ours: dict[str, Any]) -> Iterator[Cell]:
    for part, empty in (("no", None), ("title", None), ("types", []), ("minutes", None)):
        yield f"agenda_list.{part}", truth.get(part, empty), ours[part]
    subs = [[sub["no"], sub["title"], sub["types"]] for sub in truth.get("sub", [])]
    yield "agenda_list.sub", subs, [[sub["no"], sub["title"], sub["types"]] for sub in ours["sub"]]


def _item(truth: dict[str, Any], ours: dict[str, Any], group: str) -> Iterator[Cell]:
    for part in ("no", "title", "types", "sections"):
        yield f"{group}.{part}", truth[part], ours[part]
    yield f"{group}.minutes", truth.get("minutes"), ours["minutes"]
    if "list_no" in truth:
        yield f"{group}.list_no", truth["list_no"], ours["list_no"]
    yield f"{group}.presenters", _people(truth), _people(ours)
    yield f"{group}.appendices", truth.get("appendices", []), ours["appendices"]

    asked, found = truth["recommendations"], ours["recommendations"]
    yield f"{group}.recommendations.length", len(asked), len(found)
    for expected, one in zip(asked, found, strict=False):
        yield f"{group}.recommendations.verb", expected["verb"], one["verb"]
        yield f"{group}.recommendations.text", expected["text"], one["text"]
    yield f"{group}.decisions.length", len(truth["decisions"]), len(ours["decisions"])
    for expected, one in zip(truth["decisions"], ours["decisions"], strict=False):
        for part in ("kind", "recs", "text", "condition"):
            yield f"{group}.decisions.{part}", expected.get(part), one.get(part)

    if "recommendation_lead" in truth:
        yield f"{group}.recommendation_lead", truth["recommendation_lead"], ours["recommendation_lead"]
    if "bullets" in truth:
        yield f"{group}.bullets", truth["bullets"], ours["bullets"]
    if "subheadings" in truth:
        yield f"{group}.subheadings", _flat(truth["subheadings"]), _flat(ours["subheadings"])
    if "announcements" in truth:
        yield f"{group}.announcements", truth["announcements"], ours["announcements"]


def _budget(truth: dict[str, Any], ours: dict[str, Any]) -> Iterator[Cell]:
    for part in ("name", "item", "columns", "budget_as_of", "spent_as_of", "currency", "total"):
        yield f"budgets.{part}", truth[part], ours[part]
    yield "budgets.lines.length", len(truth["lines"]), len(ours["lines"])
    for line, found in zip(truth["lines"], ours["lines"], strict=False):
        for expected, cell in zip(line, found, strict=True):
            yield "budgets.cells", expected, cell


def _people(item: dict[str, Any]) -> list[list[Any]]:
    return [
        [person["name"], person["org"], person.get("role"), person.get("scope")]
        for person in item.get("presenters", [])
    ]


def _names(item: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(person["name"], person["org"], person.get("scope")) for person in item["presenters"]]


def _flat(headings: dict[str, list[str]] | list[str]) -> list[str]:
    return [text for texts in headings.values() for text in texts] if isinstance(headings, dict) else headings


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
