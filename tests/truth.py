"""The group's two real documents and what a careful person found in them, to lay a reading beside."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.reading import Reading
from templates.papers.reading import as_json

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

Cell = tuple[str, Any, Any]


def need_the_documents() -> None:
    """Leave a test out, and say so, where the documents are missing."""
    if not list(SEEDS.glob("truth_*.json")):
        left_out = f"LEFT OUT: the group's real documents are missing, so nothing was measured ({SEEDS})"
        warnings.warn(left_out, stacklevel=1)
        pytest.skip(left_out)


def found_in(seed: str) -> dict[str, Any]:
    """What was found in a document: "000" is the agenda, "001" the minutes."""
    truth: dict[str, Any] = json.loads((SEEDS / f"truth_{seed}.json").read_text("utf-8"))
    return truth


def differences(truth: dict[str, Any], reading: Reading) -> list[Cell]:
    """The fields where a reading says something else: (field, expected, found)."""
    return [cell for cell in compared(truth, json.loads(json.dumps(as_json(reading)))) if cell[1] != cell[2]]


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


def _flat(headings: dict[str, list[str]] | list[str]) -> list[str]:
    return [text for texts in headings.values() for text in texts] if isinstance(headings, dict) else headings
