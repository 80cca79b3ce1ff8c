"""auth.* and apps.*: who the app is, and where its sockets lead."""

from __future__ import annotations

from ..api import Answer, Args, WebApi, method
from ..workspace import BOT, TEAM


@method("auth.test", may="team_id")
def test(api: WebApi, _args: Args) -> Answer:
    """Who the token is."""
    bot = api.workspace.bot
    return {
        "url": api.url() + "/",
        "team": "DAP",
        "user": bot.handle,
        "team_id": TEAM,
        "user_id": bot.id,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", app_level=True)
def connections_open(api: WebApi, _args: Args) -> Answer:
    """The address of one WebSocket. It takes the app-level token only."""
    return {"url": api.sockets.url()}
