"""A new file for a meeting that has something already: what becomes of it is said before it is filed, and is so after.

A file knows nothing of what was done in Slack, and changes nothing that it doesn't speak of.
"""

from __future__ import annotations

from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_documents import JUNE, dropped
from tests.stories.test_questions import close

HEAD = "# Dagsorden til styregruppemøde for Digital Almen Praksis\n\nOnsdag d. 18. juni 2025\n\n"
NO_FIGURES = f"{HEAD}1. Meddelelser\n\n2. Budgetter 2025\n\n3. Eventuelt\n".encode()
NO_BUDGETS = f"{HEAD}1. Meddelelser\n\n2. Eventuelt\n".encode()
NAME = "Digital Almen Praksis 2025"


@beginning
def read_in(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed from its document."""
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
