"""How the tests are shared out: every test that is named is there, and what stays together stays together."""

from __future__ import annotations

import pytest

from tests.shares import LONG, TOGETHER, place, share


def test_what_is_named_is_there(request: pytest.FixtureRequest) -> None:
    root = request.config.rootpath
    for named in (*LONG, *(each for together in TOGETHER.values() for each in together)):
        file, _, test = named.partition("::")
        assert (root / file).exists(), named
        assert not test or f"def {test}" in (root / file).read_text(encoding="utf-8"), named


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("tests/stories/test_tasks.py::test_a[sqlite-to]", "tests/stories/test_tasks.py sqlite"),
        ("tests/stories/test_tasks.py::test_a[postgresql]", "tests/stories/test_tasks.py postgresql"),
        ("tests/bot/test_dates.py::test_a[den 5.]", "tests/bot/test_dates.py"),
        ("tests/browser/test_page.py::test_a", "machine"),
        ("tests/stories/test_survives.py::test_a[sqlite]", "lives"),
        ("tests/stories/test_december.py::test_the_same_in_english[sqlite]", "tests/stories/test_december.py sqlite"),
        ("tests/test_engines.py::test_a[sqlite]", "engines"),
    ],
)
def test_each_has_its_share(test: str, expected: str) -> None:
    assert share(test) == expected


def test_what_takes_long_comes_first(request: pytest.FixtureRequest) -> None:
    places = [place(each.nodeid) for each in request.session.items]
    assert places == sorted(places)
