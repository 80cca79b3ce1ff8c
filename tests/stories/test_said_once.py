"""What was written and what stands over it anyway is said once: in agenda, thread, minutes and file."""

from __future__ import annotations

import datetime as dt

from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_documents import dropped
from tests.stories.test_minutes import ended, posted
from tests.stories.test_proposals import EARLY, filled

LEAD = "Det indstilles, at styregruppen"
AGENDA = f"""# Dagsorden til styregruppemøde for Digital Almen Praksis

Onsdag d. 18. juni 2025 kl. 13.00-15.00

1. Meddelelser

2. Nye borde (B)

{LEAD}:
- godkender bordene
- drøfter stolene

3. Eventuelt
"""


def test_the_line_that_leads_into_the_recommendations(office: Office) -> None:
    office.founded()
    dropped(office, "dagsorden.md", AGENDA.encode())
    office.presses(office.anne, "Læg på dagsordenen")
    assert office.types(office.bo, "agenda 2").count(LEAD) == 1
    send(office)
    overview = office.slack.history(office.room)[-1]
    assert office.slack.thread(overview)[1].plain.count(LEAD) == 1

    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    ended(office)
    posted(office)
    minutes = office.slack.history(office.room)[-1]
    in_thread = [each.plain for each in office.slack.thread(minutes)]
    assert sum(each.count(LEAD) for each in in_thread) == 1
    (file,) = [file for each in office.slack.thread(minutes) for file in each.files]
    assert file.data.decode().count(LEAD) == 1
    assert "1. godkender bordene" in file.data.decode()


def test_the_number_an_appendix_was_written_with(office: Office) -> None:
    office.time = EARLY
    office.founded()
    dropped(office, "dagsorden.md", AGENDA.encode())
    office.presses(office.anne, "Læg på dagsordenen")
    office.slack.command(office.bo, office.room, "/dap foreslå")
    office.settle()
    appendices = "Bilag 7: Borde https://example.org/borde.pdf\nStole"
    assert filled(office, office.bo, title="Flere borde", appendices=appendices).errors == {}
    assert "Bilag 7 Borde\nBilag Stole" in office.slack.history(office.anne)[-1].plain
    office.presses(office.anne, "Sæt på dagsordenen")
    assert "Bilag 7 Borde\nBilag 3.2 Stole" in office.types(office.bo, "agenda 3")
