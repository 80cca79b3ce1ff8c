"""Where stories begin: whoever remembers a beginning stands where one who lived it stands, and goes on from there."""

from __future__ import annotations

import pickle

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


def test_whoever_remembers_stands_where_one_who_lived_it_stands(
    engine: str, sent: Office, databases: Databases
) -> None:
    moment = Moment.of(sent)
    assert moment
    with databases.lent(engine) as url, watched(url) as other:
        moment.recall(other)
        again = Moment.of(other)
        assert again
        assert (again.rows, again.time) == (moment.rows, moment.time)
        assert pickle.loads(again.slack) == pickle.loads(moment.slack)
        assert seen(other) == seen(sent)


def test_what_names_an_address_is_lived_each_time(office: Office) -> None:
    assert Moment.of(office)
    office.slack.say(office.anne, office.room, f"Se {office.slack.url}")
    assert Moment.of(office) is None
