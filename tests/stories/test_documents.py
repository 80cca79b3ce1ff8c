"""An agenda dropped in Slack: read, told with its doubts and changes, and filed when the secretary says so."""

from __future__ import annotations

import pytest

from handlers import web_api
from handlers.errands import fetched
from tests.beginnings import beginning
from tests.office import Office
from tests.slack.demo import AGENDA

JUNE = AGENDA.read_bytes()


@beginning
def anne_at_work(office: Office) -> Office:
    """The office with its secretary and chair, and no agenda."""
    office.founded()
    return office


def dropped(office: Office, name: str = "dagsorden.md", data: bytes = JUNE) -> str:
    """Anne drops a file in the channel; what she gets to read."""
    before = len(office.slack.whispers(office.anne, office.room))
    office.slack.upload(office.anne, office.room, name, data)
    office.settle()
    return "\n".join(each.plain for each in office.slack.whispers(office.anne, office.room)[before:])


def test_a_dropped_agenda_is_read_and_filed_when_the_secretary_says_so(anne_at_work: Office) -> None:
    office = anne_at_work
    receipt = dropped(office)
    assert "Jeg har læst dagsorden.md: 5 punkter, 3 bilag, 5 indstillinger" in receipt
    assert "Jeg er i tvivl om 4 ting:" in receipt
    assert "Intet er gemt endnu." in receipt
    assert "Der er ikke noget møde endnu." in office.types(office.bo, "agenda")

    office.presses(office.anne, "Læg på dagsordenen")
    assert "Gemt til mødet onsdag den 18. juni 2025." in office.slack.whispers(office.anne, office.room)[-1].plain
    assert "5. Status på øvrige projekter" in office.types(office.bo, "agenda")
    assert "1.908.098" in office.types(office.bo, "budget")


def test_what_is_undone_is_not_filed(anne_at_work: Office) -> None:
    office = anne_at_work
    dropped(office)
    office.presses(office.anne, "Fortryd")
    assert "dagsorden.md er lagt væk." in office.slack.whispers(office.anne, office.room)[-1].plain
    assert "Der er ikke noget møde endnu." in office.types(office.bo, "agenda")


def test_the_same_file_is_recognised_and_a_new_version_is_told_item_by_item(anne_at_work: Office) -> None:
    office = anne_at_work
    dropped(office)
    office.presses(office.anne, "Læg på dagsordenen")
    assert "dagsorden.md er allerede læst ind til mødet onsdag den 18. juni 2025." in dropped(office, "kopi.md")

    newer = JUNE.decode().replace("Status på øvrige projekter (O)", "Status på øvrige projekter (D)").encode()
    receipt = dropped(office, "ny.md", newer)
    assert "Det ændrer den dagsorden, der er læst ind:" in receipt
    assert "5. Status på øvrige projekter: ny type" in receipt
    office.presses(office.anne, "Læg på dagsordenen")
    assert "version 2" in office.types(office.bo, "agenda")


def test_an_older_version_may_come_back(anne_at_work: Office) -> None:
    office = anne_at_work
    newer = JUNE.replace("Status på øvrige projekter (O)".encode(), "Status på øvrige projekter (D)".encode())
    for number, data in enumerate((JUNE, newer, JUNE), 1):
        assert "Intet er gemt endnu." in dropped(office, "dagsorden.md", data)
        office.presses(office.anne, "Læg på dagsordenen")
        assert f"version {number}" in office.types(office.bo, "agenda")


def test_minutes_do_not_take_the_place_of_an_agenda(anne_at_work: Office) -> None:
    office = anne_at_work
    dropped(office)
    office.presses(office.anne, "Læg på dagsordenen")
    minutes = JUNE.replace(b"Dagsorden til", b"Referat af") + "\n\nStyregruppen godkendte målbilledet.\n".encode()
    dropped(office, "referat.md", minutes)
    assert "1.908.098" in office.types(office.bo, "budget")


UNDATED = (
    "Referat af styregruppemøde\n\n1. Meddelelser\n\nIntet.\n\n"
    "2. Budget\n\nIndstilling\n\nDet indstilles, at styregruppen godkender budgettet.\n\n"
    "Beslutning\n\nStyregruppen godkendte budgettet.\n\n3. Eventuelt\n\nIntet.\n"
)


def test_minutes_without_a_date_are_found_and_get_their_date_from_the_file(anne_at_work: Office) -> None:
    office = anne_at_work
    assert "Skriv den øverst i filen, og læg den op igen." in dropped(office, "referat.md", UNDATED.encode())
    office.presses(office.anne, "Læg på dagsordenen")
    told = office.slack.whispers(office.anne, office.room)[-1].plain
    assert "Skriv /dap referat for at se det." in told
    assert "Skriv mødets dato øverst i filen, og læg den op igen, så får mødet sin dato." in told
    assert "dato ikke angivet" in office.types(office.bo, "referat")

    dropped(office, "referat.md", f"Torsdag den 3. april 2025\n\n{UNDATED}".encode())
    office.presses(office.anne, "Læg på dagsordenen")
    assert (
        "Skriv /dap referat 3. april 2025 for at se det." in office.slack.whispers(office.anne, office.room)[-1].plain
    )
    assert "torsdag den 3. april 2025" in office.types(office.bo, "referat")
    assert "Styregruppen godkendte budgettet." in office.types(office.bo, "referat 2 3. april")
    assert office.types(office.bo, "beslutninger 2025").count("2025-1: Punkt 2, Budget") == 1


def test_a_long_agenda_is_read_to_its_end(anne_at_work: Office) -> None:
    lines = "\n".join(f"{number}. Punkt om emne {number} ({number % 9 + 1} min.)\n" for number in range(1, 121))
    text = f"# Dagsorden til styregruppemøde for Prøven\n\nOnsdag d. 18. juni 2025\n\n{lines}"
    assert "120 punkter" in dropped(anne_at_work, "lang.md", text.encode())


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        pytest.param("referat.pdf", b"%PDF-1.7", "referat.pdf kan ikke læses. Gem den som docx", id="pdf"),
        pytest.param("brev.txt", b"Hej Anne", "brev.txt ligner ikke en dagsorden: jeg finder ingen punkter", id="brev"),
        pytest.param("dagsorden.docx", b"PK\x03\x04...", "dagsorden.docx ligner ikke en dagsorden", id="ødelagt"),
        pytest.param("stor.txt", b"x" * 11_000_000, "stor.txt fylder 10 MB. Grænsen er 10 MB.", id="for stor"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(anne_at_work: Office, name: str, data: bytes, sentence: str) -> None:
    assert sentence in dropped(anne_at_work, name, data)


def test_pictures_and_other_peoples_files_are_let_be(anne_at_work: Office) -> None:
    office = anne_at_work
    assert dropped(office, "kaffe.png", b"\x89PNG") == ""
    office.slack.upload(office.bo, office.room, "dagsorden.md", JUNE)
    office.settle()
    assert office.slack.whispers(office.bo, office.room) == []


def test_a_file_sent_to_the_bot_alone_is_read_too(anne_at_work: Office) -> None:
    office = anne_at_work
    office.slack.upload(office.anne, office.anne, "dagsorden.md", JUNE)
    office.settle()
    assert "Jeg har læst dagsorden.md" in office.slack.history(office.anne)[-1].plain


def test_the_bots_token_goes_to_slacks_own_hosts_only() -> None:
    client = web_api.client("xoxb-secret", "https://slack.com/api/")
    for url in ("http://127.0.0.1:9/x", "https://slack.com.example.org/x", "https://notslack.com/x"):
        with pytest.raises(web_api.Refused, match="strange_host"):
            fetched(client, url)
