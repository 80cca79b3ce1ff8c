"""chat.*: what the bot says."""

from __future__ import annotations

from .. import limits
from ..api import Answer, Args, WebApi, method
from ..contents import read
from ..paging import flag
from ..refused import Refused

SAID = "text blocks link_names parse"


@method("chat.postMessage", "channel", f"{SAID} metadata thread_ts unfurl_links unfurl_media mrkdwn", "chat:write")
def post_message(api: WebApi, args: Args) -> Answer:
    """Say something to a channel, a thread, or (by user id) a person."""
    channel = api.joined(args["channel"], by_user=True)
    _plain_words_only(args)
    message = api.workspace.post(channel.id, api.workspace.bot.id, read(args), api.thread(channel, args))
    return {"channel": channel.id, "ts": message.ts, "message": api.shown(message, metadata=True)}


@method("chat.update", "channel ts", f"{SAID} metadata", "chat:write")
def update(api: WebApi, args: Args) -> Answer:
    """Put other contents into a message of the bot's own. Text without blocks takes the blocks away."""
    channel = api.joined(args["channel"])
    _plain_words_only(args)
    message = api.own(channel, args, "cant_update_message")
    contents = read(args, longest=limits.UPDATE_TEXT)
    message = api.workspace.change(message, contents)
    shown = api.shown(message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", "channel ts", "", "chat:write")
def delete(api: WebApi, args: Args) -> Answer:
    """Take a message of the bot's own away."""
    channel = api.joined(args["channel"])
    message = api.own(channel, args, "cant_delete_message")
    api.workspace.remove(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "channel user", f"{SAID} thread_ts", "chat:write")
def post_ephemeral(api: WebApi, args: Args) -> Answer:
    """Say something that one member of a channel sees."""
    channel = api.joined(args["channel"])
    _plain_words_only(args)
    if args["user"] not in channel.members:
        raise Refused("user_not_in_channel")
    message = api.workspace.whisper(channel.id, args["user"], read(args), api.thread(channel, args))
    return {"message_ts": message.ts}


@method("chat.getPermalink", "channel message_ts")
def get_permalink(api: WebApi, args: Args) -> Answer:
    """The address at which a message can be looked at."""
    channel = api.channel(args["channel"])
    message = api.workspace.find(channel.id, str(args["message_ts"]))
    if message is None or message.whispered_to:
        raise Refused("message_not_found")
    link = f"{api.url()}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    link += f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": link}


def _plain_words_only(args: Args) -> None:
    if flag(args, "link_names") or args.get("parse", "none") != "none":
        raise Refused("invalid_arguments", ["[ERROR] link_names and parse would let plain words call people"])
