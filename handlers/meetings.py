"""Who knocks about the meetings: when and where the next one is."""

from __future__ import annotations

from bot.roles import ANYONE
from handlers.declared import command
from handlers.request import Reply, Request
from storage import meetings


@command(
    "meeting", da="møde", also=("møder", "meetings", "næste møde", "next meeting", "hvornår"), may=ANYONE, reads=True
)
def show(request: Request) -> Reply:
    """Show when and where the next meeting is, and the two after it."""
    coming = meetings.following(request.reader, request.group.id, request.today)
    shown = coming or [meetings.coming_or_latest(request.reader, request.group.id, request.today).meeting]
    return request.reply("meetings/shown", meetings=shown, coming=bool(coming))
