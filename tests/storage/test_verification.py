"""The record beside its history: a decision or something sent that was changed past the program shows."""

from __future__ import annotations

from contextlib import closing

import pytest

from bot.__main__ import main
from storage import history, open_storage, verification
from storage.verification import Altered, Record
from tests.beginnings import beginning
from tests.office import Office
from tests.storage.test_history import tamper
from tests.stories.test_announced import corrected
from tests.stories.test_decisions import announced, decided
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_questions import APRIL
from tests.stories.test_questions import filed as read_in


@beginning
def recorded(office: Office) -> Office:
    """Minutes of April are read in; decisions of June are announced, corrected, undone and corrected anew."""
    read_in(office, APRIL, (), "april")
    filed(office, JUNE)
    office.founded()
    office.time = office.time.replace(month=6, day=18)
    office.types(office.anne, "møde start")
    decided(office, "2")
    announced(office)
    corrected(office, "Styregruppen godkendte målbilledet.", "Pakkerne udgår.")
    office.types(office.anne, "beslutninger")
    office.presses(office.anne, "Fortryd", office.room)
    corrected(office, "Styregruppen godkendte det hele.", "Enighed.")
    decided(office, "1", "Styregruppen henviste sagen.")
    return office


def verified(office: Office) -> Record:
    """The record and the history of the only group."""
    with office.program.storage.reading() as reader:
        return verification.verify(reader, 1)


def past(office: Office, *statements: str) -> None:
    """Somebody gets at the database past the program, who does not mind how long that takes."""
    url = office.program.storage.engine.url.render_as_string(hide_password=False)
    with closing(open_storage(url)) as unwatched:
        tamper(unwatched, *statements)


def test_what_went_through_the_front_door_holds(recorded: Office) -> None:
    found = verified(recorded)
    assert (found.chain.breaks, found.altered, found.untold) == ((), (), 0)


SENT = Altered(paper="decisions", meeting=JUNE.meeting.date, version=1)


@pytest.mark.parametrize(
    ("statement", "altered"),
    [
        pytest.param(
            "UPDATE decisions SET text = 'x' WHERE version = 1 AND year = 2025 AND number = 1", "2025-1", id="ord"
        ),
        pytest.param("UPDATE decisions SET number = 9 WHERE reason = 'Enighed.'", "2025-9", id="nummer"),
        pytest.param("UPDATE decisions SET state = 'announced' WHERE reason = 'Enighed.'", "2025-2", id="tilstand"),
        pytest.param("UPDATE decisions SET force = 'lapsed' WHERE reason = 'Enighed.'", "2025-2", id="gyldighed"),
        pytest.param("UPDATE decisions SET outcomes = '[]' WHERE reason = 'Enighed.'", "2025-2", id="udfald"),
        pytest.param("DELETE FROM decisions WHERE number = 3", "2025-3", id="en fjernet"),
        pytest.param("UPDATE sendings SET content = '{}'", SENT, id="det udsendte"),
        pytest.param("UPDATE sendings SET version = 2", SENT, id="udsendt i en anden version"),
    ],
)
def test_what_was_changed_past_the_program_shows(recorded: Office, statement: str, altered: str | Altered) -> None:
    past(recorded, statement)
    found = verified(recorded)
    assert found.chain.breaks == ()
    assert not found.holds
    assert found.altered[0] == (Altered(altered) if isinstance(altered, str) else altered)


def test_a_decision_that_was_put_in_shows(recorded: Office) -> None:
    copied = "group_id, meeting_id, item_id, text, outcomes, answers, year, force, state, version, recorded_by"
    put_in = f"INSERT INTO decisions (position, number, {copied}) SELECT 9, 9, {copied} FROM decisions WHERE number = 3"
    past(recorded, put_in)
    assert verified(recorded).altered == (Altered("2025-9"),)


def test_what_the_history_did_not_tell_of_yet_is_passed_by_and_counted(
    recorded: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = recorded.program.storage
    with storage.transaction() as session:
        sent = {"meeting": 2, "paper": "agenda", "version": 1}
        history.note(session, 1, "agenda sent", by=None, at=recorded.time, after=sent)
    past(
        recorded,
        "INSERT INTO sendings (meeting_id, paper, version, sent_by, sent_at, content)"
        " SELECT 2, 'agenda', 1, sent_by, sent_at, content FROM sendings",
    )
    found = verified(recorded)
    assert (found.holds, found.untold) == (True, 1)
    url = storage.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url.replace("+psycopg", ""))
    assert main(["verify"]) == 0
    assert "1 beslutning eller udsendelse kan ikke efterprøves" in capsys.readouterr().out
    past(recorded, "UPDATE decisions SET text = 'x' WHERE number = 3", "DELETE FROM sendings WHERE paper = 'decisions'")
    assert main(["verify"]) == 1
    first, second, _ = capsys.readouterr().out.splitlines()
    assert "Beslutningen 2025-3 er ikke, som ændringsloggen siger." in first
    assert "Beslutningerne fra mødet onsdag den 18. juni 2025 er ikke, som det blev sendt ud." in second
