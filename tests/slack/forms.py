"""A form is sent or closed, and what the bot answers becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import inputs, payloads
from .answers import Answer, Body, failed, refused
from .blocks import Block
from .delivery import Delivery
from .refused import Refused
from .view import View, label
from .views import Views
from .workspace import User

_ACTIONS = {
    "errors": {"response_action", "errors"},
    "update": {"response_action", "view"},
    "push": {"response_action", "view"},
    "clear": {"response_action"},
}


@dataclass(slots=True)
class Forms:
    """Sends what people fill in."""

    views: Views
    delivery: Delivery

    def submit(self, user: User, view: View) -> Answer:
        """Send a form as it is filled in; Slack's client stops it where it is not."""
        found = self._trouble(view)
        self.views.put(replace(view, errors_by_block=found))
        if found:
            return Answer(error="not_submitted", errors=_by_label(view, found))
        answer = self._sent(user, view, view.shown())
        if answer.error:
            return failed(answer, self.delivery.workspace.bot.name)  # the form stays, and says that it did not work
        try:
            return self._answered(user, self.views.by_id(view.id) or view, answer)
        except Refused as why:
            return failed(refused(answer, why), self.delivery.workspace.bot.name)

    def forge(self, user: User, view: View, changed: Body) -> Answer:
        """Send a form as no client of Slack's would: other things in it, and what it holds is not looked at. It stays
        as it is, whatever the answer.
        """
        answer = self._sent(user, view, {**view.shown(), **changed})
        return answer if answer.error else replace(answer, errors=answer.body.get("errors") or {})

    def _sent(self, user: User, view: View, body: Body) -> Answer:
        payload = payloads.interaction("view_submission", user)
        payload |= {"trigger_id": self.delivery.tickets.new_trigger(user.id, view=view.id)}
        return self.delivery.wire.send("interactive", {**payload, "view": body, "response_urls": []})

    def dismiss(self, user: User, view: View, whole: bool = False) -> Answer:
        """Close a form, or with `whole` the stack of them. Forms with notify_on_close tell the bot."""
        every = whole or bool(view.body.get("clear_on_close"))
        answer = Answer(200)
        for gone in self.views.close(user.id, "" if every else view.id):
            if gone.body.get("notify_on_close"):
                payload = payloads.interaction("view_closed", user)
                closed = {**payload, "view": gone.shown(state=False), "is_cleared": every}
                answer = self.delivery.interact(closed)
        return answer

    def _trouble(self, view: View) -> dict[str, str]:
        found: dict[str, str] = {}
        for block in view.blocks:
            if block["type"] == "input":
                words = self._wrong(view, block)
                found |= {block["block_id"]: words} if words else {}
        return found

    def _wrong(self, view: View, block: Block) -> str:
        state = view.values[block["block_id"]][block["element"]["action_id"]]
        files = self.delivery.workspace.files.by_id.__getitem__
        return inputs.trouble(block["element"], state, block.get("optional", False), files)

    def _answered(self, user: User, view: View, answer: Answer) -> Answer:
        body = answer.body
        action = body.get("response_action")
        if not body:
            self.views.close(user.id, view.id)
            return answer
        if action not in _ACTIONS or set(body) != _ACTIONS[action]:
            raise Refused("invalid_response_action", [f"[ERROR] {body}"])
        if action == "errors":
            return self._in_error(view, answer)
        if action == "update":
            self.views.update(body["view"], view_id=view.id)
        elif action == "push":
            self.views.open(user.id, body["view"], push=True)
        else:
            self.views.close(user.id)
        return answer

    def _in_error(self, view: View, answer: Answer) -> Answer:
        """Words under fields: each must name an input block of this form, or Slack shows the person a failure."""
        errors: Body = answer.body["errors"]
        known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        strange = [name for name in errors if name not in known] if isinstance(errors, dict) else [str(errors)]
        empty = not errors or not all(isinstance(words, str) and words for words in errors.values())
        if strange or empty:
            wrong = [f"[ERROR] no input block has the block_id {name}" for name in strange]
            raise Refused("invalid_errors", wrong or ["[ERROR] errors need words"])
        self.views.put(replace(view, errors_by_block=errors))
        return replace(answer, errors=_by_label(view, errors), plain="\n".join(errors.values()))


def _by_label(view: View, errors: dict[str, str]) -> dict[str, str]:
    labels = {block["block_id"]: label(block) for block in view.blocks if block["type"] == "input"}
    return {labels[block_id]: words for block_id, words in errors.items()}
