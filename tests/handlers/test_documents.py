"""The import door, as one types it in a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.__main__ import main
from bot.agenda import Agenda
from bot.budgets import Budget
from handlers.documents import opened
from storage import agenda, budgets, groups, open_storage
from storage.groups import Group
from storage.meetings import Meeting
from tests.office import MORNING
from tests.slack.demo import AGENDA

Typed = Callable[..., tuple[int, str, str]]
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def typed(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types `python -m bot import …`: its exit code, what it prints, and what it complains of."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main(["import", *map(str, words)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_the_receipt_says_what_was_read_and_what_is_in_doubt(typed: Typed) -> None:
    code, printed, _ = typed(AGENDA)
    assert code == 0
    first, doubts, *rest = printed.splitlines()
    assert first == (
        "Jeg har læst dagsorden-juni-2025.md: 5 punkter, 3 bilag, 5 indstillinger og et budget med 9 projektlinjer,"
        " udisponerede midler og total."
    )
    assert doubts == "Jeg er i tvivl om 4 ting:"
    assert [line for line in rest if line.startswith("- ")] == [
        "- Punkt 4 og 5 i oversigten har nummer 5 og 6 længere nede, og nummer 4 mangler der."
        " Jeg har parret dem efter titel.",
        "- Oversigten siger noget andet eller mere om punkt 3 (O) end punktet selv. Jeg har fulgt punktet.",
        "- Punkt 3 henviser til bilag 4.1, som ikke findes. Er det bilag 3.1?",
        '- Indstillingen i punkt 3 siger både "godkender" og "tager". Jeg læser den som "tager til efterretning".',
    ]
    assert rest[-1].startswith("Intet er gemt endnu.")


def test_what_is_filed_is_what_was_read(typed: Typed, database_url: str) -> None:
    code, printed, _ = typed(AGENDA, "--yes", "--channel", "C1")
    assert code == 0
    assert printed.splitlines()[-1] == "Gemt til mødet onsdag den 18. juni 2025."
    read = opened(AGENDA).reading
    assert stored(database_url) == (read.agenda, read.budgets)


def test_the_same_file_again_is_recognised(typed: Typed, database_url: str) -> None:
    typed(AGENDA, "--yes", "--channel", "C1")
    code, _, complaint = typed(AGENDA, "--yes", "--channel", "C1")
    assert code == 1
    assert complaint.strip() == (
        "dagsorden-juni-2025.md er allerede læst ind til mødet onsdag den 18. juni 2025. Der er ikke sket mere."
    )
    kept, _ = stored(database_url)
    assert kept.meeting.version == 1


def test_with_json_nothing_but_json_is_printed(typed: Typed) -> None:
    code, printed, remark = typed(AGENDA, "--json")
    assert code == 0
    assert json.loads(printed)["budgets"][0]["total"] == ["Total", 8000000, 1908098, 6091902]
    assert "Intet er gemt endnu." in remark


def test_nothing_is_filed_without_a_channel(typed: Typed, database_url: str) -> None:
    code, _, complaint = typed(AGENDA, "--yes")
    assert code == 1
    assert "Skriv --channel og kanalens id" in complaint
    assert count(database_url) == 0


@pytest.mark.parametrize(
    ("name", "contents", "sentence"),
    [
        pytest.param("tom.txt", b"", "tom.txt ligner ikke en dagsorden: filen er tom", id="tom"),
        pytest.param("brev.txt", b"Hej Anne\n\nVi ses i morgen.\n", "brev.txt ligner ikke en dagsorden", id="et brev"),
        pytest.param("billede.txt", bytes(range(256)) * 50, "billede.txt ligner ikke en dagsorden", id="ikke tekst"),
        pytest.param("stor.txt", b"1. Punkt\n" * 3_500_000, "stor.txt fylder 30 MB. Grænsen er 10 MB.", id="30 MB"),
        pytest.param(None, b"", "Jeg kan ikke finde", id="findes ikke"),
    ],
)
def test_what_is_no_agenda_gets_a_sentence_and_nothing_is_stored(
    typed: Typed, database_url: str, tmp_path: Path, name: str | None, contents: bytes, sentence: str
) -> None:
    file = tmp_path / (name or "findes-ikke.txt")
    if name:
        file.write_bytes(contents)
    code, printed, complaint = typed(file, "--yes", "--channel", "C1")
    assert code == 1
    assert printed == ""
    assert sentence in complaint
    assert complaint.strip().endswith("Intet er gemt.")
    assert count(database_url) == 0


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.exists(), reason=f"LEFT OUT: the group's real documents are missing ({SEEDS})")
def test_both_real_documents_are_filed_and_read_back_as_they_were(typed: Typed, database_url: str) -> None:
    for number, file in enumerate(sorted(SEEDS.glob("0*.txt"))):
        code, _, complaint = typed(file, "--yes", "--channel", f"C{number}")
        assert (code, complaint) == (0, "")
        read = opened(file).reading
        kept, laid = stored(database_url, f"C{number}")
        assert laid == read.budgets
        assert replace(kept, meeting=replace(kept.meeting, state="planned")) == read.agenda


def stored(database_url: str, channel: str = "C1") -> tuple[Agenda, tuple[Budget, ...]]:
    """The agenda and budgets that the group of a channel has."""
    storage = open_storage(database_url)
    with storage.transaction() as session:
        group = groups.found(session, channel, language="da", at=MORNING)
        meeting = next(iter(session.scalars(select(Meeting).where(Meeting.group_id == group.id).order_by(Meeting.id))))
        kept = agenda.whole(session, meeting.id)
        laid = budgets.of_meeting(session, meeting.id)
    storage.close()
    return kept, laid


def count(database_url: str) -> int:
    """How many groups there are: none, where nothing was stored."""
    storage = open_storage(database_url)
    with storage.reading() as session:
        number = session.scalar(select(func.count()).select_from(Group)) or 0
    storage.close()
    return number
