"""What people, documents and machines throw at the bot: a clear sentence, nothing lost, nothing half done."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from sqlalchemy import select

from bot.agenda import Agenda, Appendix, Item, Kinds, Presenter, Recommendation
from storage import open_storage, schema
from storage.appointments import Appointment
from tests.office import SECRET, Office
from tests.postgres import Postgres
from tests.slack import Message, User
from tests.stories.test_first_line import JUNE, filed

NASTY = '<!channel> <@U0DAP00001> *fed* _kursiv_ ~streg~ `kode` "gåse" ’øjne’ & <script> :tada: 🎉 {title} [x]'


def everything_seen(office: Office) -> list[Message]:
    """All that stands anywhere in the workspace, whispers and threads included."""
    seen: list[Message] = []
    for channel in office.slack.workspace.channels.values():
        for person in (office.anne, office.karen, office.bo, office.gry):
            seen += office.slack.whispers(person, channel)
        for post in office.slack.history(channel):
            seen += [post, *office.slack.thread(post)]
    return seen


def send(office: Office) -> None:
    """The agenda filed last goes all the way into the channel."""
    office.types(office.anne, "dagsorden send")
    office.presses(office.karen, "Godkend udsendelse")
    office.presses(office.anne, "Send dagsordenen ud")


def test_what_people_wrote_is_shown_as_they_wrote_it_and_pings_nobody(office: Office) -> None:
    item = Item(
        "1",
        NASTY,
        kinds=Kinds("O/B?"),
        presenters=(Presenter(NASTY, NASTY),),
        appendices=(Appendix("1.1", NASTY),),
        recommendations=(Recommendation(NASTY, "godkender"),),
    )
    filed(office, Agenda(JUNE.meeting, items=(item,)))
    office.founded()
    send(office)
    for typed in ("agenda", "agenda 1", "møde", f"agenda {NASTY}", NASTY, f"budget {NASTY}"):
        office.types(office.bo, typed)

    seen = everything_seen(office)
    assert [each.plain for each in seen if each.pings] == []
    (posted,) = office.slack.history(office.room)
    assert f"1. {NASTY} v. {NASTY}, {NASTY} (O/B?)" in posted.plain
    (detail,) = office.slack.thread(posted)
    assert detail.plain.count(NASTY) == 5


def test_a_title_of_three_thousand_characters_is_shown_whole(office: Office) -> None:
    title = "Meget lang " * 272 + "titel"
    filed(office, Agenda(JUNE.meeting, items=(Item("1", title), Item("2", "x" * 3000))))
    office.founded()
    assert title in office.types(office.bo, "agenda").replace("\n", "")
    send(office)
    shown = "".join(each.plain for each in office.slack.history(office.room)).replace("\n", "")
    assert title in shown
    assert "x" * 3000 in shown


def test_an_agenda_of_120_items_is_split_and_not_cut(office: Office) -> None:
    items = tuple(Item(str(n), f"Punkt nummer {n} " + "om noget " * 20, duration=1) for n in range(1, 121))
    filed(office, Agenda(JUNE.meeting, items=items))
    office.founded()
    shown = office.types(office.bo, "agenda")
    assert all(f"{n}. Punkt nummer {n} " in shown for n in range(1, 121))
    send(office)
    posts = office.slack.history(office.room)
    assert len(posts) > 1
    shown = "\n".join(each.plain for each in posts)
    places = [shown.index(f"{n}. Punkt nummer {n} ") for n in range(1, 121)]
    assert places == sorted(places)
    assert len(office.slack.thread(posts[0])) == 120


@pytest.mark.parametrize(
    ("secret", "age", "status"),
    [
        pytest.param(SECRET, 0, 200, id="the right one"),
        pytest.param("another secret", 0, 401, id="a wrong signature"),
        pytest.param(SECRET, 301, 401, id="an old signature"),
        pytest.param(SECRET, -86400, 401, id="one from tomorrow"),
    ],
)
def test_only_what_slack_signed_just_now_is_answered(office: Office, secret: str, age: int, status: int) -> None:
    answer, _ = _delivered(office, _typed(office, office.bo, "hjælp"), secret, age)
    assert answer == status


def test_a_changing_command_delivered_twice_has_one_effect_and_the_same_answer(office: Office) -> None:
    office.founded()
    body = _typed(office, office.anne, f"opsætning formand <@{office.bo.id}>")
    office.types(office.bo, "hjælp")  # so that the bot knows Bo
    (first, said), (second, repeated) = _delivered(office, body), _delivered(office, body)
    assert first == second == 200
    assert "Bo Lind er formand" in said
    assert said == repeated
    with office.program.storage.reading() as session:
        appointed = session.scalars(select(Appointment).where(Appointment.group_id == 1)).all()
        assert len(appointed) == 3  # Anne, Karen and, once, Bo


def _typed(office: Office, person: User, text: str) -> str:
    """A slash command as Slack would deliver it, always under the same trigger id."""
    return urlencode(
        {
            "command": "/dap", "text": text, "trigger_id": "1.2.x", "channel_id": office.room.id,
            "user_id": person.id, "response_url": "http://127.0.0.1:9/", "team_id": "T1", "token": "x",
        }
    )  # fmt: skip


def _delivered(office: Office, body: str, secret: str = SECRET, age: int = 0) -> tuple[int, str]:
    """Deliver a body signed with a secret so many seconds ago: status and answer."""
    stamp = str(int(time.time()) - age)
    signature = "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    try:
        with urlopen(Request(office.bot_url, body.encode(), headers)) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, ""


def test_a_locked_database_is_a_sentence_and_the_next_command_works(engine: str, office: Office) -> None:
    office.founded()
    with locked(engine, office):
        answer = office.slack.command(office.anne, office.room, f"/dap opsætning formand <@{office.bo.id}>")
        assert "Jeg kan ikke komme til mine data lige nu. Intet er ændret." in answer.plain
        assert answer.seconds < 2.5
    assert "Formand: Karen Toft" in office.types(office.anne, "opsætning")
    assert "Bo Lind er formand" in office.types(office.anne, f"opsætning formand <@{office.bo.id}>")


def test_a_button_pressed_while_the_database_is_locked_says_so_and_works_later(engine: str, office: Office) -> None:
    filed(office)
    office.founded()
    office.types(office.anne, "dagsorden send")
    question = office.with_button(office.karen, "Godkend udsendelse")
    with locked(engine, office):
        answer = office.slack.press(office.karen, question, "Godkend udsendelse")
        assert answer.seconds < 2.5
        assert "Intet er ændret" in office.slack.whispers(office.karen, office.karen)[-1].plain
    office.presses(office.karen, "Godkend udsendelse")
    assert "Skal den sendes?" in office.slack.history(office.anne)[-1].plain


def test_a_database_that_goes_away_is_a_sentence_and_comes_back() -> None:
    server = Postgres.start(own=True)
    url = server.database()
    storage = open_storage(url)
    schema.migrate(storage)
    storage.close()
    office = Office(url)
    try:
        office.founded()
        server.kill()
        answer = office.slack.command(office.bo, office.room, "/dap hjælp")
        assert "Jeg kan ikke komme til mine data lige nu." in answer.plain
        assert answer.seconds < 2.5
        server.restart()
        assert "Du kan gøre dette nu" in office.types(office.bo, "hjælp")
    finally:
        office.close()
        server.stop()


@contextmanager
def locked(engine: str, office: Office) -> Iterator[None]:
    """Somebody else holds the database's write lock."""
    url = office.program.storage.engine.url
    if engine == "sqlite":
        file = sqlite3.connect(url.database or "", isolation_level=None)
        file.execute("BEGIN IMMEDIATE")
        yield
        file.close()
        return
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as server:
        server.execute("LOCK TABLE answered, letters IN ACCESS EXCLUSIVE MODE")
        yield
