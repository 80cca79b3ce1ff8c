"""views.*: forms and the Home tab. Errors as on docs.slack.dev/reference/methods/views.open and its neighbours."""

from __future__ import annotations

from ..api import Answer, Args, WebApi, method
from ..refused import Refused
from ..view import View


@method("views.open", needs="trigger_id view")
def open_(api: WebApi, args: Args) -> Answer:
    """A form for the person whose trigger id this is; from within a form it lies on top of that one."""
    trigger = api.tickets.exchange(str(args["trigger_id"]))
    return _shown(api.views.open(trigger.user, args["view"], trigger.channel))


@method("views.push", needs="trigger_id view")
def push(api: WebApi, args: Args) -> Answer:
    """A form on top of the one in which the trigger id was given."""
    trigger = api.tickets.exchange(str(args["trigger_id"]))
    if not trigger.view:
        raise Refused("invalid_trigger_id", ["[ERROR] the trigger_id does not come from within a form"])
    return _shown(api.views.open(trigger.user, args["view"], push=True))


@method("views.update", needs="view", may="view_id external_id hash")
def update(api: WebApi, args: Args) -> Answer:
    """Other contents for a form."""
    names = {name: str(args.get(name) or "") for name in ("view_id", "external_id")}
    if not any(names.values()):
        raise Refused("invalid_arguments", ["[ERROR] missing required field: view_id or external_id"])
    return _shown(api.views.update(args["view"], **names, hash=str(args.get("hash") or "")))


@method("views.publish", needs="user_id view", may="hash")
def publish(api: WebApi, args: Args) -> Answer:
    """A Home tab for one person."""
    user = api.user(args["user_id"])
    return _shown(api.views.publish(user.id, args["view"], str(args.get("hash") or "")))


def _shown(view: View) -> Answer:
    return {"view": view.shown()}
