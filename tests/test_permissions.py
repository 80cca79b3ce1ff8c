"""Who may what: one table, every cell of it."""

from __future__ import annotations

import pytest

import handlers  # noqa: F401  declares commands and buttons
from bot.groups import Member, Person, roles
from bot.roles import Role
from handlers.declared import buttons, commands, forms, shortcuts

SECRETARY, CHAIR, DEPUTY_CHAIR, MEMBER, SUBSTITUTE, *_ = Role
EVERYONE = {SECRETARY, CHAIR, DEPUTY_CHAIR, MEMBER, SUBSTITUTE}
MAY = {
    "agenda": EVERYONE,
    "agenda send": {SECRETARY},
    "agenda propose": EVERYONE,
    "agenda proposals": EVERYONE,
    "shortcut: agenda propose": EVERYONE,
    "button: agenda propose": EVERYONE,
    "button: agenda propose more": EVERYONE,
    "form: agenda propose": EVERYONE,
    "button: proposal withdraw": EVERYONE,
    "button: proposal ask": EVERYONE,
    "button: proposal let in": {CHAIR, DEPUTY_CHAIR},
    "button: proposal hold": {CHAIR, DEPUTY_CHAIR},
    "button: proposal accept": {SECRETARY},
    "button: proposal postpone": {SECRETARY},
    "button: proposal leave out": {SECRETARY},
    "form: proposal leave out": {SECRETARY},
    "button: item postpone": {SECRETARY},
    "button: item leave out": {SECRETARY},
    "button: item put back": {SECRETARY},
    "button: item edit": EVERYONE,
    "button: item edit more": EVERYONE,
    "form: item edit": EVERYONE,
    "button: agenda renumber": {SECRETARY},
    "budget": EVERYONE,
    "budget ask": EVERYONE,
    "budget questions": EVERYONE,
    "budget history": EVERYONE,
    "button: budget status show": EVERYONE,
    "budget status": {SECRETARY},
    "button: question answer": {SECRETARY},
    "button: question to meeting": {SECRETARY},
    "form: question answer": {SECRETARY},
    "form: budget": {SECRETARY},
    "form: budget status": {SECRETARY},
    "form: budget status file": {SECRETARY},
    "meeting": EVERYONE,
    "meeting new": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "meeting move": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "meeting cancel": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "help": EVERYONE,
    "group": EVERYONE,
    "button: group choose": EVERYONE,
    "setup": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "setup secretary": {SECRETARY},
    "setup chair": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "setup deputy": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: paper approve": {CHAIR, DEPUTY_CHAIR},
    "button: paper hold": {CHAIR, DEPUTY_CHAIR},
    "form: paper hold": {CHAIR, DEPUTY_CHAIR},
    "button: agenda send": {SECRETARY},
    "button: letters revive": {SECRETARY},
    "button: setup change": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "setup members": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: member add": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: member change": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: member": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: meeting new": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "shortcut: meeting new": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "shortcut: read document": {SECRETARY},
    "decision": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "decisions": EVERYONE,
    "decisions send": {SECRETARY},
    "button: decision ask": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: decision undo": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: decision correct": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: decision agreed": {SECRETARY},
    "button: decision lapsed": {SECRETARY},
    "button: decisions send": {SECRETARY},
    "form: decision": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: decision terms": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: decision text": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: decision correct": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "minutes": EVERYONE,
    "minutes send": {SECRETARY},
    "minutes approve": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "minutes correct": {SECRETARY},
    "button: minutes write": {SECRETARY},
    "button: minutes ask": {SECRETARY},
    "button: minutes send": {SECRETARY},
    "button: minutes show": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: minutes lay": {SECRETARY},
    "button: minutes approve": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: minutes write": {SECRETARY},
    "form: minutes correct": {SECRETARY},
    "meeting start": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "meeting end": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: meeting undo": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: meeting unreached": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: setup": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "button: document file": {SECRETARY},
    "button: document drop": {SECRETARY},
    "form: meeting new": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: meeting move": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "form: meeting cancel": {SECRETARY, CHAIR, DEPUTY_CHAIR},
    "task": EVERYONE,
    "tasks": EVERYONE,
    "tasks all": EVERYONE,
    "tasks late": EVERYONE,
    "button: task new": EVERYONE,
    "button: task edit": EVERYONE,
    "button: task undo": EVERYONE,
    "button: task finish": EVERYONE,
    "button: task reopen": EVERYONE,
    "button: task hand": EVERYONE,
    "button: task drop": {SECRETARY},
    "form: task new": EVERYONE,
    "form: task edit": EVERYONE,
    "form: task hand": EVERYONE,
    "form: task drop": {SECRETARY},
}
KINDS = {"": commands, "button: ": buttons, "form: ": forms, "shortcut: ": shortcuts}
DECLARED = {f"{kind}{name}": each.may for kind, declared in KINDS.items() for name, each in declared.items()}
BO = Person(1, "U1", "Bo Lind")
GRY = Person(2, "U2", "Gry Dahl", guest=True)


def test_the_table_has_everything_that_can_be_asked() -> None:
    assert MAY.keys() == DECLARED.keys()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("asked", MAY)
def test_each_role_may_what_the_table_says(asked: str, role: Role) -> None:
    assert Member(BO, frozenset({role})).may(DECLARED[asked]) is (role in MAY[asked])


@pytest.mark.parametrize("asked", MAY)
def test_whoever_has_no_role_may_nothing(asked: str) -> None:
    assert not Member(BO, frozenset()).may(DECLARED[asked])


def test_until_there_is_a_member_list_everybody_but_slacks_guests_acts_as_a_member() -> None:
    assert roles(frozenset(), BO, has_member_list=False) == {MEMBER}
    assert roles(frozenset(), BO, has_member_list=True) == frozenset()
    assert roles(frozenset(), GRY, has_member_list=False) == frozenset()
    assert roles(frozenset({CHAIR}), BO, has_member_list=False) == {CHAIR}
    assert roles(frozenset({Role.FINANCE}), BO, has_member_list=False) == {Role.FINANCE, MEMBER}
    assert roles(frozenset({Role.FINANCE}), BO, has_member_list=True) == {Role.FINANCE}
    assert roles(frozenset({Role.GUEST}), BO, has_member_list=False) == {Role.GUEST}
