"""Who knocks about letters: the secretary, when one could not be posted and the cause is mended."""

from __future__ import annotations

from bot.roles import SECRETARIAT
from handlers.declared import button
from handlers.request import Reply, Request
from storage import outbox


@button("letters revive", may=SECRETARIAT)
def revive(request: Request) -> Reply:
    """Try the group's dead posts once more."""
    outbox.revive(request.session, request.group.id, request.clock)
    return request.update("letters/revived")
