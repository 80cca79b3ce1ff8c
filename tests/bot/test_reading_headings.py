"""Headings of items in all the ways a secretary writes them: wherever the minutes stand, they are read."""

from __future__ import annotations

import pytest

from bot.reading import titles


@pytest.mark.parametrize(
    ("heading", "kinds", "minutes", "people"),
    [
        pytest.param("Budget (5 min.) (B)", "B", 5, [], id="i parentes før"),
        pytest.param("Budget (B) 5 min.", "B", 5, [], id="bag en parentes"),
        pytest.param("Budget (B) 20 minutter", "B", 20, [], id="skrevet ud"),
        pytest.param("Budget (B) ca. 15 min", "B", 15, [], id="cirka"),
        pytest.param("Budget 10 min.", "", 10, [], id="bag titlen"),
        pytest.param("Budget: 10 min.", "", 10, [], id="bag et kolon"),
        pytest.param("Budget – 10 min.", "", 10, [], id="bag en streg"),
        pytest.param("Budget 10 min. (O)", "O", 10, [], id="før en parentes"),
        pytest.param("Budget [10 min.] (O)", "O", 10, [], id="i kantet parentes"),
        pytest.param("Budget (B) 5 min. v. Bo Lind, PLO", "B", 5, ["Bo Lind"], id="før oplægsholderen"),
        pytest.param("Budget (B) v. Bo Lind, PLO, 5 min.", "B", 5, ["Bo Lind"], id="efter oplægsholderen"),
        pytest.param("Budget v. Bo Lind 5 min. (B)", "B", 5, ["Bo Lind"], id="mellem oplægsholder og type"),
    ],
)
def test_minutes_are_read_wherever_they_stand(heading: str, kinds: str, minutes: int, people: list[str]) -> None:
    title = titles.read(heading)
    assert (title.title, title.kinds.raw, title.duration) == ("Budget", kinds, minutes)
    assert [each.name for each in title.presenters] == people


@pytest.mark.parametrize("heading", ["Besked på 5 min. om noget", "5 min. om dagen (O)", "Pause på 10 minutters gang"])
def test_minutes_that_the_title_speaks_of_are_the_titles_own(heading: str) -> None:
    title = titles.read(heading)
    assert title.duration is None
    assert title.title == heading.removesuffix(" (O)")
