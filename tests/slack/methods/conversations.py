"""conversations.*: channels, who is in them, and what stands in them."""

from __future__ import annotations

from .. import limits
from ..api import Answer, Args, WebApi, method
from ..paging import Page, flag, listed
from ..refused import Refused
from ..workspace import Channel

_KINDS = {"public_channel", "private_channel", "im", "mpim"}
_PAGED = "latest oldest inclusive limit cursor include_all_metadata"


@method("conversations.info", needs="channel", may="include_locale include_num_members")
def info(api: WebApi, args: Args) -> Answer:
    """What a channel is called, and of which kind it is."""
    channel = api.channel(args["channel"])
    api.need_for(channel, "read")
    answer = _shown(api, channel)
    if flag(args, "include_num_members") and not channel.private_chat:
        answer["num_members"] = len(channel.members)
    return {"channel": answer}


@method("conversations.list", may="types exclude_archived limit cursor team_id")
def list_(api: WebApi, args: Args) -> Answer:
    """The channels that the app may know of, of the kinds asked for."""
    channels, cursor = listed(_known(api, args), args, limits.LIST_PAGE_DEFAULT)
    shown = [_shown(api, channel) | _counted(channel) for channel in channels]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


@method("users.conversations", may="user types exclude_archived limit cursor team_id")
def of_user(api: WebApi, args: Args) -> Answer:
    """The channels that somebody is in, of those that the app may know of."""
    user = api.user(args["user"]).id if args.get("user") else api.workspace.bot.id
    theirs = [channel for channel in _known(api, args) if user in channel.members]
    channels, cursor = listed(theirs, args, limits.LIST_PAGE_DEFAULT)
    return {"channels": [_shown(api, each) for each in channels], "response_metadata": {"next_cursor": cursor}}


@method("conversations.members", needs="channel", may="limit cursor")
def members(api: WebApi, args: Args) -> Answer:
    """Who is in a channel, by id."""
    channel = api.channel(args["channel"])
    api.need_for(channel, "read")
    found, cursor = listed(channel.members, args, limits.LIST_PAGE_DEFAULT)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


@method("conversations.open", may="users channel return_im prevent_creation", scope="im:write")
def open_(api: WebApi, args: Args) -> Answer:
    """The bot's private chat with one person."""
    if args.get("channel"):
        channel = api.channel(args["channel"])
    elif not args.get("users"):
        raise Refused("users_list_not_supplied")
    else:
        users = args["users"].split(",") if isinstance(args["users"], str) else args["users"]
        if len(users) != 1:
            raise Refused("invalid_arguments", ["[ERROR] the stand-in opens chats with one person only"])
        channel = api.workspace.chat_with(api.user(users[0]))
    short = {"id": channel.id}
    whole = {**short, "is_im": True, "user": channel.members[0], "is_open": True}
    return {"channel": whole if flag(args, "return_im") else short}


@method("conversations.history", "channel", _PAGED)
def history(api: WebApi, args: Args) -> Answer:
    """The newest first, without what stands in threads."""
    channel = api.joined(args["channel"])
    api.need_for(channel, "history")
    page = Page.asked(args, limits.HISTORY_PAGE_DEFAULT, limits.HISTORY_PAGE)
    seen = [message for message in api.workspace.history(channel.id) if api.visible(message)]
    found, cursor = page.cut(seen, newest_first=True)
    return api.page(found, cursor, args)


@method("conversations.replies", "channel ts", _PAGED)
def replies(api: WebApi, args: Args) -> Answer:
    """A message and what stands in its thread, the oldest first. Every page begins with the message itself."""
    channel = api.joined(args["channel"])
    api.need_for(channel, "history")
    page = Page.asked(args, limits.REPLIES_PAGE, limits.REPLIES_PAGE)
    top = api.workspace.find(channel.id, str(args["ts"]))
    if top is None or top.whispered_to or not api.visible(top):
        raise Refused("thread_not_found")
    seen = [message for message in api.workspace.replies(channel.id, top.ts) if api.visible(message)]
    found, cursor = page.cut(seen, newest_first=False)
    return api.page([top, *found], cursor, args)


def _known(api: WebApi, args: Args) -> list[Channel]:
    """The channels of the kinds asked for that the app may know of, or Slack's refusal."""
    kinds = [kind.strip() for kind in str(args.get("types") or "public_channel").split(",")]
    if strange := set(kinds) - _KINDS:
        raise Refused("invalid_types", [f"[ERROR] {strange}"])
    for kind, scope in {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}.items():
        if kind in kinds:
            api.need(f"{scope}:read")
    bot = api.workspace.bot.id
    return [c for c in api.workspace.channels.values() if _kind(c) in kinds and (not c.private or bot in c.members)]


def _kind(channel: Channel) -> str:
    if channel.private_chat:
        return "im"
    return "private_channel" if channel.private else "public_channel"


def _counted(channel: Channel) -> Answer:
    return {} if channel.private_chat else {"num_members": len(channel.members)}


def _shown(api: WebApi, channel: Channel) -> Answer:
    member = api.workspace.bot.id in channel.members
    answer = {"id": channel.id, "created": 1_750_000_000, "is_im": channel.private_chat, "is_archived": False}
    if channel.private_chat:
        return {**answer, "user": channel.members[0], "is_org_shared": False}
    kind = {"is_channel": not channel.private, "is_group": channel.private, "is_private": channel.private}
    name = {"name": channel.name, "name_normalized": channel.name}
    return answer | name | {"is_member": member, "is_mpim": False, **kind}
