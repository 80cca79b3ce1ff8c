"""What people type and press reaches the bot, its answers reach them, and so does what comes back by a response_url."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import inputs, mentions, payloads
from .answers import Answer, Body, failed, refused
from .blocks import Block, elements
from .contents import read
from .inputs import State, Values
from .refused import Refused
from .tickets import Tickets
from .view import View
from .wire import Wire
from .workspace import APP, TEAM, Channel, Message, User, Workspace

_SAYS = frozenset(["text", "blocks", "metadata", "response_type", "thread_ts", "replace_original", "delete_original"])
_HARMLESS = frozenset(["unfurl_links", "unfurl_media", "mrkdwn"])


@dataclass(slots=True)
class Delivery:
    """Delivers over the wire; `own_url` says where response_urls lead."""

    workspace: Workspace
    tickets: Tickets
    wire: Wire
    own_url: Callable[[], str]
    _chosen: dict[tuple[str, str], Values] = field(default_factory=dict)

    def command(self, user: User, channel: Channel, text: str, thread: Message | None = None) -> Answer:
        """A slash command as typed. Slack knows none in threads."""
        command, *rest = text.strip().split(None, 1)
        if thread is not None:
            words = f"{command} virker ikke i tråde. Skriv den i kanalen."
            return Answer(error="not_supported_in_threads", plain=words)
        form = self._command(user, channel, command, "".join(rest))
        return self._typed(form | self._tickets(user, channel, None))

    def redeliver(self) -> int:
        """Once more what was not acknowledged by socket. Nobody waits any more for what became of a form."""
        unheard, self.wire.unheard = self.wire.unheard, []
        for kind, body in unheard:
            answer = self._typed(body) if kind == "slash_commands" else self.wire.send(kind, body)
            if answer.error == "dispatch_failed":  # nobody was there
                self.wire.unheard.append((kind, body))
        return len(unheard)

    def act(self, user: User, message: Message, block: Block, element: Block, state: State | None = None) -> Answer:
        """A press on a button, or a choice, that stood in this message as the person saw it."""
        channel = self.workspace.channels[message.channel]
        values = self._chosen_in(user, message)
        if state is not None and inputs.stateful(element):
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
        payload = self._block_actions(user, block, element, state)
        payload |= self._in_message(user, channel, message) | {"state": {"values": values}}
        return self.interact(payload)

    def act_in(self, user: User, view: View, block: Block, element: Block, state: State | None = None) -> Answer:
        """A press on a button, or a choice, in a form or on the Home tab; `view` holds the choice already."""
        payload = self._block_actions(user, block, element, state)
        payload["container"] = {"type": "view", "view_id": view.id}
        payload["trigger_id"] = self.tickets.new_trigger(user.id, view=view.id if view.type == "modal" else "")
        return self.interact({**payload, "view": view.shown()})

    def shortcut(self, user: User, callback_id: str, message: Message | None = None) -> Answer:
        """A shortcut, on a message or from anywhere."""
        kind = "message_action" if message else "shortcut"
        payload = payloads.interaction(kind, user)
        payload |= {"callback_id": callback_id, "action_ts": self.workspace.stamp()}
        if message is None:
            return self.interact({**payload, "trigger_id": self.tickets.new_trigger(user.id)})
        channel = self.workspace.channels[message.channel]
        shown = payloads.message(message) | ({"blocks": message.blocks} if message.blocks else {})
        if message.files:
            shown["files"] = [self.workspace.files.shown(file) for file in message.files]
        payload |= {"channel": payloads.place(channel), "message_ts": message.ts, "message": shown}
        return self.interact(payload | self._tickets(user, channel, None))

    def interact(self, payload: Body) -> Answer:
        """Bring it; the answer may not say anything, for Slack throws that away."""
        answer = self.wire.send("interactive", payload)
        if not answer.error and answer.body:
            answer = refused(answer, Refused("ignored_ack_body"))
        return failed(answer, self.workspace.bot.name) if answer.error else answer

    def respond(self, path: str, body: Body) -> None:
        """What the bot sends to a response_url, or Refused."""
        url = self.tickets.use(path)
        if strange := set(body) - _SAYS - _HARMLESS:
            raise Refused("invalid_payload", [f"[ERROR] unknown field: {name}" for name in sorted(strange)])
        if url.origin and body.get("delete_original"):
            self.workspace.remove(url.origin)
        elif url.origin and body.get("replace_original"):
            self.workspace.change(url.origin, read(body))
        else:
            self._say(body, url.user, url.channel)

    def chosen_in(self, user: User, message: Message) -> Values:
        """What stands chosen in a message for this person."""
        return self._chosen_in(user, message)

    def _typed(self, form: Body) -> Answer:
        command = form["command"]
        answer = self.wire.send("slash_commands", form)
        if answer.error:
            return failed(answer, command)
        try:
            said = self._say(answer.body, form["user_id"], form["channel_id"]) if answer.body else None
        except Refused as why:
            return failed(refused(answer, why), command)
        return Answer(answer.status, answer.seconds, answer.body, said.plain if said else "")

    def _say(self, body: Body, user: str, channel: str) -> Message:
        if strange := set(body) - _SAYS - _HARMLESS:
            raise Refused("invalid_payload", [f"[ERROR] unknown field: {name}" for name in sorted(strange)])
        thread_ts = body.get("thread_ts") or None
        if thread_ts and not self.workspace.find(channel, thread_ts):
            raise Refused("thread_not_found")
        if body.get("response_type", "ephemeral") == "in_channel":
            return self.workspace.post(channel, self.workspace.bot.id, read(body), thread_ts)
        return self.workspace.whisper(channel, user, read(body), thread_ts)

    # The payloads

    def _tickets(self, user: User, channel: Channel, origin: Message | None) -> dict[str, str]:
        path = self.tickets.new_response_url(channel.id, user.id, origin)
        trigger = self.tickets.new_trigger(user.id, channel.id)
        return {"response_url": f"{self.own_url()}/{path}", "trigger_id": trigger}

    def _command(self, user: User, channel: Channel, command: str, text: str) -> Body:
        return {
            "token": payloads.TOKEN,
            "team_id": TEAM,
            "team_domain": "dap",
            "channel_id": channel.id,
            "channel_name": payloads.channel_name(channel),
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": mentions.in_command(self.workspace, text),
            "api_app_id": APP,
            "is_enterprise_install": "false",
        }

    def _block_actions(self, user: User, block: Block, element: Block, state: State | None) -> Body:
        shown = ("action_id", "type", "text", "value", "style", "url", "placeholder", "confirm")
        action: Body = {key: element[key] for key in shown if key in element} | (state or {})
        action |= {"block_id": block["block_id"], "action_ts": self.workspace.stamp()}
        return payloads.interaction("block_actions", user) | {"actions": [action]}

    def _in_message(self, user: User, channel: Channel, message: Message) -> Body:
        hidden = message.whispered_to is not None
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": hidden}
        body: Body = {"container": container | thread, "channel": payloads.place(channel)}
        body |= self._tickets(user, channel, message)
        if not hidden:  # of a whisper Slack shows the app only the container
            body["message"] = payloads.message(message) | {"app_id": APP, "blocks": message.blocks}
        return body

    def _chosen_in(self, user: User, message: Message) -> Values:
        """As the person left it, with what has come since; what is gone from the message is gone here."""
        before = self._chosen.get((user.id, message.ts), {})
        values: Values = {}
        for block in message.blocks:
            for element in filter(inputs.stateful, elements(block)):
                known = before.get(block["block_id"], {}).get(element["action_id"])
                state = known or inputs.begin(element, message.channel)
                values.setdefault(block["block_id"], {})[element["action_id"]] = state
        self._chosen[user.id, message.ts] = values
        return values
