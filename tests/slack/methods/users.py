"""users.*: the people of the workspace."""

from __future__ import annotations

from .. import limits
from ..api import Answer, Args, WebApi, method
from ..paging import flag, listed
from ..refused import Refused
from ..workspace import TEAM, User


@method("users.info", needs="user", may="include_locale", scope="users:read")
def info(api: WebApi, args: Args) -> Answer:
    """A person's name, zone, language, and whether she is a guest."""
    return {"user": _shown(api, api.user(args["user"]), flag(args, "include_locale"))}


@method("users.list", may="limit cursor include_locale team_id", scope="users:read")
def list_(api: WebApi, args: Args) -> Answer:
    """Everybody, the bot too."""
    users, cursor = listed(list(api.workspace.users.values()), args, limits.LIST_PAGE_DEFAULT)
    shown = [_shown(api, user, flag(args, "include_locale")) for user in users]
    return {"members": shown, "cache_ts": int(api.workspace.now()), "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail", needs="email", scope="users:read.email")
def lookup_by_email(api: WebApi, args: Args) -> Answer:
    """The person with this address."""
    wanted = str(args["email"]).lower()
    for user in api.workspace.users.values():
        if user.email.lower() == wanted and not user.bot:
            return {"user": _shown(api, user, False)}
    raise Refused("users_not_found")


def _shown(api: WebApi, user: User, locale: bool) -> Answer:
    profile = {"real_name": user.name, "display_name": user.name, "title": user.label, "team": TEAM}
    if "users:read.email" in api.scopes and not user.bot:
        profile["email"] = user.email
    answer = {
        "id": user.id,
        "team_id": TEAM,
        "name": user.handle,
        "deleted": False,
        "real_name": user.name,
        "tz": "Europe/Copenhagen",
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": 1_750_000_000,
    }
    return answer | ({"locale": "da-DK"} if locale else {})
