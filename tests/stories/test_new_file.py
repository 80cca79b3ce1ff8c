"""A new file for a meeting that has something already: what becomes of it is said before it is filed, and is so after.

A file knows nothing of what was done in Slack, and changes nothing that it doesn't speak of.
"""

from __future__ import annotations

import datetime as dt

from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_documents import JUNE, dropped
from tests.stories.test_proposals import EARLY, filled, last
from tests.stories.test_questions import close

HEAD = "# Dagsorden til styregruppemøde for Digital Almen Praksis\n\nOnsdag d. 18. juni 2025\n\n"
NO_FIGURES = f"{HEAD}1. Meddelelser\n\n2. Budgetter 2025\n\n3. Eventuelt\n".encode()
NO_BUDGETS = f"{HEAD}1. Meddelelser\n\n2. Eventuelt\n".encode()
NAME = "Digital Almen Praksis 2025"


@beginning
def read_in(office: Office) -> Office:
    """The office in May with its secretary and chair, and the June agenda filed from its document."""
    office.time = EARLY
    office.founded()
    dropped(office)
    office.presses(office.anne, "Læg på dagsordenen")
    return office


def filed(office: Office, data: bytes, name: str = "ny.md") -> str:
    """Anne drops a file and has it filed; what she was told of it before."""
    told = dropped(office, name, data)
    office.presses(office.anne, "Læg på dagsordenen")
    return told


def test_figures_stay_until_new_ones_come(read_in: Office) -> None:
    told = filed(read_in, NO_FIGURES)
    assert f"De tal, der er læst ind, bliver stående: {NAME}." in told
    assert "1.908.098" in read_in.types(read_in.bo, "budget")
    assert "31. maj 2025" in read_in.types(read_in.bo, "budget statusser")
    assert "dagsorden 18. juni 2025, punkt 2" in read_in.types(read_in.bo, "hvad er der tilbage i cockpittet?")

    newer = JUNE.replace(b"312.420 kr.", b"400.000 kr.").replace(b"Budget 2025 (28/4)", b"Budget 2025 (28/4)")
    told = filed(read_in, newer, "tal.md")
    assert f"Budgettet {NAME}: nye tal" in told
    assert "bliver stående" not in told
    assert "400.000" in read_in.types(read_in.bo, "budget klinikkens cockpit")


def test_figures_stay_without_their_item(read_in: Office) -> None:
    filed(read_in, NO_BUDGETS)
    said = read_in.types(read_in.bo, "hvad er der tilbage i cockpittet?")
    assert "Kilde: dagsorden 18. juni 2025." in said


def test_figures_of_a_closed_item_stay_closed(read_in: Office) -> None:
    close(read_in, "Budgetter 2025")
    for data in (NO_FIGURES, NO_BUDGETS, NO_BUDGETS.replace(b"Eventuelt", b"Evt.")):
        filed(read_in, data)
        assert "Der er ikke noget budget endnu." in read_in.types(read_in.bo, "budget")
        assert "Der er ikke noget budget endnu." in read_in.types(read_in.bo, "budget statusser")
        assert "1.908.098" in read_in.types(read_in.karen, "budget")


def test_what_it_changes_about_the_meeting_is_said_and_what_it_does_not_say_stays(office: Office) -> None:
    office.founded()
    office.slack.command(office.anne, office.room, "/dap møde nyt")
    filled(office, office.anne, when="onsdag 18. juni 2025 kl. 13-15", place="PLO")
    told = dropped(office, "dagsorden.md", NO_BUDGETS)
    assert "bliver sat" not in told
    assert "Det ændrer" not in told
    office.presses(office.anne, "Læg på dagsordenen")
    assert "onsdag den 18. juni 2025 kl. 13.00-15.00, PLO" in office.types(office.bo, "agenda")

    moved = NO_BUDGETS.replace(b"juni 2025", b"juni 2025 kl. 9.00-11.00, Sal B")
    told = filed(office, moved)
    assert "Tidspunkt: 09.00-11.00 i stedet for 13.00-15.00" in told
    assert "Sted: Sal B i stedet for PLO" in told
    assert "onsdag den 18. juni 2025 kl. 09.00-11.00, Sal B" in office.types(office.bo, "agenda")


def test_meetings_that_are_not_set_yet_are_named_before_they_are(office: Office) -> None:
    office.founded()
    text = f"{NO_BUDGETS.decode()}\nNæste møde: torsdag den 2. oktober 2025 kl. 9.00-11.00 hos KL\n"
    told = dropped(office, "dagsorden.md", text.encode())
    assert "Mødet onsdag den 18. juni 2025 (klokkeslæt ikke angivet) er ikke sat endnu og bliver sat." in told
    assert "Mødet torsdag den 2. oktober 2025 kl. 09.00-11.00, hos KL er ikke sat endnu og bliver sat." in told

    told = dropped(office, "forkert.md", text.replace("torsdag den 2. oktober", "fredag den 2. oktober").encode())
    assert "Det næste møde står til en fredag, men 02.10.2025 er en anden ugedag. Jeg sætter ikke mødet." in told
    office.presses(office.anne, "Læg på dagsordenen")
    assert "oktober" not in office.types(office.bo, "møder")


def test_a_file_for_an_agenda_that_is_out_is_told_so_at_once(read_in: Office) -> None:
    send(read_in)
    told = dropped(read_in, "ny.md", NO_BUDGETS)
    assert "Jeg har læst ny.md: 2 punkter." in told
    assert "er sendt ud og kan ikke skiftes ud. Intet er gemt." in told
    assert "Skriv /dap dagsorden og punktets nummer, og tryk Ret. Skriv til sidst /dap dagsorden send." in told
    assert "Det ændrer" not in told
    assert read_in.slack.whispers(read_in.anne, read_in.room)[-1].buttons == []

    read_in.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    read_in.types(read_in.anne, "møde start")
    told = dropped(read_in, "senere.md", NO_BUDGETS)
    assert told.endswith("er begyndt eller aflyst, så dagsordenen kan ikke skiftes ud. Intet er gemt.")


CALLED_OFF = "Mødet onsdag den 18. juni 2025 er aflyst, så filen kan ikke lægges til det. Intet er gemt."


def called_off(office: Office) -> None:
    office.slack.command(office.anne, office.room, "/dap møde aflys")
    assert filled(office, office.anne).errors == {}


def test_a_file_for_a_meeting_that_is_called_off_is_told_so_and_filed_when_it_is_set_again(office: Office) -> None:
    office.time = EARLY
    office.founded()
    office.slack.command(office.anne, office.room, "/dap møde nyt")
    filled(office, office.anne, when="onsdag 18. juni 2025 kl. 13-15", place="PLO")
    called_off(office)
    told = dropped(office)
    assert "Jeg har læst dagsorden.md: 5 punkter" in told
    assert CALLED_OFF in told
    assert office.slack.whispers(office.anne, office.room)[-1].buttons == []
    assert "Der er ikke noget budget endnu." in office.types(office.anne, "budget")

    office.slack.command(office.anne, office.room, "/dap møde nyt")
    filled(office, office.anne, when="onsdag 18. juni 2025 kl. 9-11", place="KL")
    assert "aflyst" not in filed(office, JUNE, "dagsorden.md")
    shown = office.types(office.bo, "agenda")
    assert "onsdag den 18. juni 2025 kl. 09.00-11.00" in shown
    assert "5. Status på øvrige projekter" in shown


def test_a_file_that_was_read_before_its_meeting_was_called_off_is_not_lost(read_in: Office) -> None:
    dropped(read_in, "ny.md", NO_FIGURES)
    called_off(read_in)
    read_in.presses(read_in.anne, "Læg på dagsordenen", read_in.room)
    assert CALLED_OFF in read_in.slack.whispers(read_in.anne, read_in.room)[-1].plain
    assert "1.908.098" in read_in.types(read_in.bo, "budget")

    read_in.slack.command(read_in.anne, read_in.room, "/dap møde nyt")
    filled(read_in, read_in.anne, when="onsdag 18. juni 2025 kl. 9-11", place="KL")
    assert "Læg på dagsordenen" in dropped(read_in)  # though it was the one that the other meeting had
    read_in.presses(read_in.anne, "Læg på dagsordenen", read_in.room)
    assert "5. Status på øvrige projekter" in read_in.types(read_in.bo, "agenda")


def test_an_accepted_proposal_that_a_file_does_not_have_waits_again_and_both_know(read_in: Office) -> None:
    read_in.types(read_in.bo, "foreslå Nye borde")
    read_in.presses(read_in.anne, "Sæt på dagsordenen")
    assert "Dit forslag er sat på dagsordenen" in read_in.slack.history(read_in.bo)[-1].plain
    told = filed(read_in, NO_FIGURES)
    assert "Nye borde: står ikke i filen og går tilbage til forslagene" in told
    assert "Nye borde: udgår" not in told
    back = read_in.slack.whispers(read_in.anne, read_in.room)[-1].plain
    assert "Den, der har foreslået det, har fået besked. Skriv /dap forslag for at sætte det på igen." in back
    heard = read_in.slack.history(read_in.bo)[-1].plain
    assert heard.startswith("Dit forslag stod ikke i den nye dagsorden til mødet onsdag den 18. juni 2025")
    assert heard.endswith("Nye borde")

    read_in.presses(read_in.anne, "Sæt på dagsordenen", read_in.anne)
    assert "formanden er spurgt om" not in last(read_in, read_in.anne)  # it is version 2, and nobody was asked of 1
    assert "Nye borde" in read_in.types(read_in.bo, "agenda")
    assert "Dit forslag er sat på dagsordenen" in read_in.slack.history(read_in.bo)[-1].plain
    told = filed(read_in, NO_FIGURES.replace(b"3. Eventuelt", b"3. Nye borde\n\n4. Eventuelt"), "med.md")
    assert "går tilbage" not in told
    assert "Dit forslag er sat på dagsordenen" in read_in.slack.history(read_in.bo)[-1].plain
