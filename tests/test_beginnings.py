"""Where stories begin: whoever remembers a beginning stands where one who lived it stands, and goes on from there."""

from __future__ import annotations

import pickle
from dataclasses import replace

from tests.beginnings import Moment, beginning
from tests.conftest import watched
from tests.databases import Databases
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import filed


@beginning
def sent(office: Office) -> Office:
    """The June agenda is sent, to a channel with one more in it, who asked for something."""
    ulla = office.slack.person("Ulla Ny")
    office.room = office.slack.join(ulla, office.room)
    filed(office)
    office.founded()
    send(office)
    office.types(ulla, "opgave Ring til KL")
    return office


def seen(office: Office) -> object:
    """All there is to see of an office, and what the bot answers next."""
    said = [office.types(office.bo, "opgave Bestil borde"), office.types(office.bo, "opgaver alle")]
    office.presses(office.bo, "Ret", office.room)
    return said, office.slack.form(office.bo).title, office.slack.picture(), office.time


def kept(moment: Moment) -> object:
    """What is in its database; in which order PostgreSQL has it there is its own business."""
    rows = pickle.loads(moment.rows)
    return {name: sorted(each.splitlines()) if isinstance(each, bytes) else each for name, each in rows.items()}


def told(moment: Moment, office: Office) -> object:
    """What is in its Slack, wherever that is."""
    return pickle.loads(moment.slack.replace(office.slack.url.encode(), b"x" * len(office.slack.url)))


def test_whoever_remembers_stands_where_one_who_lived_it_stands(
    engine: str, sent: Office, databases: Databases
) -> None:
    moment = Moment.of(sent)
    with databases.lent(engine) as url, watched(url) as other:
        moment.recall(other)
        again = Moment.of(other)
        assert kept(again) == kept(moment)
        assert again.time == moment.time
        assert told(again, other) == told(moment, sent)
        assert seen(other) == seen(sent)


def test_what_named_an_address_names_the_new_one(engine: str, office: Office, databases: Databases) -> None:
    office.founded()
    office.slack.say(office.anne, office.room, f"Se {office.slack.url}/dagsorden")
    office.types(office.anne, f"opgave Læs {office.slack.url}")
    moment = Moment.of(office)
    with databases.lent(engine) as url, watched(url) as other:
        assert moment.fits(other)
        moment.recall(other)
        (said,) = other.slack.history(other.room)
        assert said.plain == f"Se {other.slack.url}/dagsorden"
        assert f"Læs {other.slack.url}" in other.types(other.bo, "opgaver alle")


def test_where_an_address_does_not_fit_a_beginning_is_lived_again(office: Office) -> None:
    moment = Moment.of(office)
    assert moment.fits(office)
    assert not replace(moment, address=moment.address + b"0").fits(office)
