"""Who somebody is in a group. No order among the roles: each command names those who may, the rest may not."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A part somebody plays in a group, from a date and to a date."""

    SECRETARY = "secretary"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    MEMBER = "member"
    SUBSTITUTE = "substitute"
    GUEST = "guest"
    PROJECT_OWNER = "project_owner"
    FINANCE = "finance"


SECRETARIAT = frozenset({Role.SECRETARY})
CHAIRS = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR})
BESIDE = frozenset({Role.PROJECT_OWNER, Role.FINANCE})  # parts that tell nothing of whether one is a member
OFFICES = SECRETARIAT | CHAIRS  # held by one person at a time, in Slack
ANYONE = SECRETARIAT | CHAIRS | {Role.MEMBER, Role.SUBSTITUTE}  # of the group; the others are named where they may
