"""People in two groups: Home shows both, and what is said in private is about the one they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.reading import Reading
from bot.tasks import Source
from storage import documents, groups, tasks
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Channel, User
from tests.slack.demo import AGENDA
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_home import home, presses, published, seen

WHICH = "Du er med i flere styregrupper. Hvilken gælder det?"
DAP, LAB = "Digital Almen Praksis", "Labsvar"


@beginning
def two(office: Office) -> Office:
    """Anne is secretary of two groups; Karen is the first one's chair, Bo the other's; both are in both channels."""
    filed(office)
    office.founded()
    lab = office.slack.channel("labsvar", people=[office.anne, office.karen, office.bo])
    office.types(office.anne, "opsætning", lab)
    office.types(office.anne, f"opsætning formand <@{office.bo.id}>", lab)
    meeting = replace(JUNE.meeting, title=f"Dagsorden til styregruppemøde for {LAB}", date=date(2025, 6, 25))
    reading = Reading("agenda", replace(JUNE, meeting=meeting, next_meeting=None))
    with office.program.storage.transaction() as session:
        group = groups.found(session, lab.id, language="da", at=office.time)
        documents.file(session, group, reading, name="lab.md", digest="lab", at=office.time)
    return office


def lab(office: Office) -> Channel:
    """The other group's channel."""
    return next(each for each in office.slack.workspace.channels.values() if each.name == "labsvar")


def privately(office: Office, person: User, text: str) -> str:
    """What somebody reads when they type a command in the private chat."""
    return office.types(person, text, place=person)


def chooses(office: Office, person: User, group: str) -> str:
    """What somebody reads in the private chat once they have said which group."""
    office.presses(person, group, place=person)
    return (office.slack.whispers(person, person) or office.slack.history(person))[-1].plain


def test_home_shows_a_page_for_each_group(two: Office) -> None:
    shown = home(two, two.anne)
    assert f"Styregruppen for {DAP}" in shown.partition("18. juni")[0]
    assert f"Styregruppen for {LAB}" in shown.partition("18. juni")[2].partition("25. juni")[0]
    two.types(two.anne, "dagsorden send")
    two.types(two.anne, "dagsorden send", lab(two))
    assert "onsdag den 18. juni 2025 venter på dit svar" in home(two, two.karen)
    assert "25. juni 2025 venter" not in seen(two, two.karen)
    assert "25. juni 2025 venter på dit svar" in home(two, two.bo)
    presses(two, two.bo, "Godkend udsendelse")
    assert "venter på dit svar" not in seen(two, two.bo)


def test_in_one_group_home_says_no_name(two: Office) -> None:
    assert "Næste møde er onsdag den 18. juni 2025" in home(two, two.mads)
    assert "Styregruppen" not in seen(two, two.mads)


def test_a_member_by_being_in_the_channel_is_one_on_home_until_there_is_a_list(two: Office) -> None:
    """Sofie has no role anywhere: she is in the channel, and anyone there is a member until a list says who is."""
    assert "Næste møde er onsdag den 18. juni 2025" in home(two, two.sofie)
    two.types(two.sofie, "opgave Ring til KL")
    two.types(two.anne, f"opgave Skriv til Sofie <@{two.sofie.id}>")
    assert "Skriv til Sofie" in seen(two, two.sofie)
    assert "Skriv til Sofie" in privately(two, two.sofie, "opgaver")
    two.types(two.anne, "opsætning")
    two.presses(two.anne, "Ret opsætningen", place=two.room)
    two.slack.fill(two.anne, {"members": [two.mads]})
    two.slack.submit(two.anne)
    two.settle()
    assert "Du er ikke med i nogen styregruppe" in seen(two, two.sofie)


def test_who_came_into_the_channel_since_is_a_member_when_they_look_again(two: Office) -> None:
    assert "18. juni" in home(two, two.mads)
    two.slack.join(two.mads, lab(two))
    assert "25. juni" in home(two, two.mads)


def test_without_the_scope_to_ask_slack_home_shows_where_one_has_a_role(two: Office) -> None:
    two.slack.scopes = [each for each in two.slack.scopes if each != "groups:read"]
    assert "18. juni" in home(two, two.anne)
    assert "Du er ikke med i nogen styregruppe" in home(two, two.sofie)


def test_a_command_in_private_asks_which_group_once_and_remembers(two: Office) -> None:
    assert WHICH in privately(two, two.anne, "dagsorden")
    shown = chooses(two, two.anne, LAB)
    assert "25. juni 2025" in shown
    assert f"Det gælder styregruppen for {LAB} i #labsvar." in shown
    assert "25. juni 2025" in privately(two, two.anne, "møde")
    assert WHICH in privately(two, two.anne, "gruppe")
    assert f"gælder nu styregruppen for {DAP}" in chooses(two, two.anne, DAP)
    assert "18. juni 2025" in privately(two, two.anne, "møde")
    assert "25. juni 2025" in two.types(two.anne, "møde", lab(two))  # the channel says which
    assert "Det gælder" not in two.types(two.anne, "møde", lab(two))


def test_what_was_asked_is_answered_once(two: Office) -> None:
    privately(two, two.anne, "opgave Ring til KL")
    question = two.with_button(two.anne, DAP, two.anne)
    two.slack.press(two.anne, question, DAP)
    two.slack.press(two.anne, question, LAB)
    two.settle()
    assert "Ring til KL" in two.types(two.anne, "opgaver alle")
    assert "Ring til KL" not in two.types(two.anne, "opgaver alle", lab(two))
    assert "Det gælder ikke længere." in two.slack.whispers(two.anne, two.anne)[-1].plain


def test_words_in_private_ask_too(two: Office) -> None:
    two.slack.say(two.anne, two.anne, "dagsorden")
    two.settle()
    assert WHICH in two.slack.history(two.anne)[-1].plain
    assert "25. juni 2025" in chooses(two, two.anne, LAB)


def test_where_one_may_in_one_group_only_nobody_asks(two: Office) -> None:
    privately(two, two.karen, "gruppe")  # so that the bot has asked Slack where she is
    two.slack.command(two.karen, two.karen, "/dap møde ny")
    assert two.slack.form(two.karen).title == "Nyt møde"
    assert f"styregruppen for {DAP}" in two.slack.form(two.karen).plain


def test_a_shortcut_from_anywhere_asks_in_a_form(two: Office) -> None:
    two.slack.use_global_shortcut(two.anne, "Sæt et møde")
    asked = two.slack.form(two.anne)
    assert WHICH in asked.plain
    two.slack.press(two.anne, asked, LAB)
    assert two.slack.form(two.anne).title == "Nyt møde"
    assert f"styregruppen for {LAB}" in two.slack.form(two.anne).plain
    two.slack.fill(two.anne, {"when": "torsdag 26. februar 2026 kl. 13-15"})
    assert two.slack.submit(two.anne).errors == {}
    two.settle()
    assert "26. februar 2026" in two.types(two.anne, "møde", lab(two))
    assert "26. februar 2026" not in two.types(two.anne, "møde")
    (said,) = two.slack.history(two.anne)
    assert "Mødet er sat til torsdag den 26. februar 2026" in said.plain


def test_a_form_says_which_group_as_long_as_it_is_open(two: Office) -> None:
    """Also once a row was added, where a button opened it, and where it comes back with what has changed."""
    note = f"Det gælder styregruppen for {LAB} i #labsvar."
    privately(two, two.anne, "gruppe")
    chooses(two, two.anne, LAB)
    two.slack.command(two.anne, two.anne, "/dap foreslå")
    assert note in two.slack.form(two.anne).plain
    assert two.slack.press(two.anne, two.slack.form(two.anne), "Tilføj indstilling").error == ""
    assert two.slack.form(two.anne).plain.count(note) == 1
    two.slack.fill(two.anne, {"title": "Nye borde"})
    two.slack.submit(two.anne)
    two.settle()
    for _ in range(2):
        two.presses(two.anne, "Ret", two.anne)
        assert note in two.slack.form(two.anne).plain
    two.slack.fill(two.anne, {"title": "Nye stole"})
    two.slack.submit(two.anne)
    two.settle()
    two.slack.fill(two.anne, {"title": "Nye lamper"})
    two.slack.submit(two.anne)
    assert "Imens er der gemt: Nye stole" in two.slack.form(two.anne).plain
    assert two.slack.form(two.anne).plain.count(note) == 1


def test_a_form_opened_from_home_says_which_group_and_one_in_the_channel_does_not(two: Office) -> None:
    home(two, two.anne)
    presses(two, two.anne, "Ny opgave")
    assert f"Det gælder styregruppen for {DAP}" in two.slack.form(two.anne).plain
    two.slack.dismiss(two.anne)
    two.slack.command(two.anne, lab(two), "/dap foreslå")
    assert "Det gælder" not in two.slack.form(two.anne).plain


def test_a_file_in_private_goes_where_it_is_said_to_each_time(two: Office) -> None:
    for group in (LAB, DAP):
        two.slack.upload(two.anne, two.anne, AGENDA.name, AGENDA.read_bytes())
        two.settle(30)
        assert WHICH in two.slack.history(two.anne)[-1].plain
        two.slack.press(two.anne, two.slack.history(two.anne)[-1], group)
        two.settle(30)
        assert "Jeg har læst dagsorden-juni-2025.md" in two.slack.history(two.anne)[-1].plain


def test_another_may_not_answer_for_somebody(two: Office) -> None:
    privately(two, two.anne, "dagsorden send")
    question = two.with_button(two.anne, LAB, two.anne)
    number = question.blocks[1]["elements"][0]["value"].split()[1]
    privately(two, two.karen, "gruppe")
    own = two.with_button(two.karen, LAB, two.karen)
    forged = replace(own, blocks=[{**block, **_with(block, f"1 {number}")} for block in own.blocks])
    two.slack.press(two.karen, forged, DAP)
    two.settle()
    assert "Det gælder ikke længere." in two.slack.whispers(two.karen, two.karen)[-1].plain


def test_in_one_group_there_is_nothing_to_choose(two: Office) -> None:
    assert "Du er kun med i én styregruppe" in privately(two, two.mads, "gruppe")


def test_setup_in_private_makes_no_group_of_the_private_chat(two: Office) -> None:
    privately(two, two.karen, "opsætning")
    two.presses(two.karen, DAP, place=two.karen) if WHICH in two.slack.whispers(two.karen, two.karen)[
        -1
    ].plain else None
    with two.program.storage.reading() as reader:
        assert groups.all_homes(reader) == sorted([two.room.id, lab(two).id])


def test_one_home_is_drawn_once_for_a_change_in_both(two: Office) -> None:
    home(two, two.karen)
    before = published(two)
    two.types(two.bo, "opgave Ring til KL", lab(two))
    assert published(two) == before + 1


def test_home_in_many_groups_shows_as_many_as_fit(office: Office) -> None:
    """Twelve groups, each with papers and tasks, are more than Slack takes."""
    with office.program.storage.transaction() as session:
        for number in range(12):
            group = groups.found(session, f"C0MANY{number}", language="da", at=office.time)
            groups.take_office(session, group, office.anne.id, at=office.time, on=office.time.date())
            meeting = replace(JUNE.meeting, title=f"Dagsorden til styregruppemøde for Program {number}")
            reading = Reading("agenda", replace(JUNE, meeting=meeting, next_meeting=None))
            documents.file(session, group, reading, name="a.md", digest=f"a{number}", at=office.time)
            me = groups.person(session, office.anne.id)
            for task in range(3):
                tasks.make(
                    session, group.id, f"Opgave {task}", owner=me, organisation=None, deadline=None, source=Source(),
                    by=me.id, at=office.time,
                )  # fmt: skip
    shown = home(office, office.anne)
    assert shown.count("Næste møde er") == 10
    assert "Du er med i 2 styregrupper mere" in shown


def _with(block: dict[str, Any], value: str) -> dict[str, Any]:
    if block["type"] != "actions":
        return {}
    (drawn,) = block["elements"]
    return {"elements": [{**drawn, "value": value}]}
