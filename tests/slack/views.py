"""Forms and the Home tab: what is open for whom, one on top of another, and how it reads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

from . import inputs, limits
from .blocks import Block, complaints, elements
from .contents import Contents, settled
from .inputs import Values
from .refused import Refused
from .shapes import Check, boolean, one_of, shape, string
from .texts import plain_text
from .view import View
from .workspace import Workspace

_COMMON: dict[str, Check] = {
    "private_metadata": string(limits.VIEW_PRIVATE_METADATA, least=0),
    "callback_id": string(limits.VIEW_CALLBACK_ID, least=0),
    "external_id": string(limits.VIEW_EXTERNAL_ID, least=0),
}


def _any(_value: object, _path: str) -> Any:
    yield from ()


_SHAPES = {
    "modal": shape(
        {"type": one_of("modal"), "title": plain_text(limits.VIEW_TITLE), "blocks": _any},
        {
            **_COMMON,
            "submit": plain_text(limits.VIEW_SUBMIT),
            "close": plain_text(limits.VIEW_CLOSE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
    ),
    "home": shape({"type": one_of("home"), "blocks": _any}, _COMMON),
}


class Views:
    """Everything open, by person: a stack of forms, and a Home tab."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    # For the bot

    def open(self, user: str, given: object, channel: str = "", push: bool = False) -> View:
        """One more form on top for this person, or Slack's refusal."""
        with self.workspace.changed:
            body = read(given, "modal")
            stack = self.stacks.setdefault(user, [])
            if push and not stack:
                raise Refused("not_found", ["[ERROR] there is no form to push this onto"])
            if len(stack) == limits.VIEW_STACK:
                raise Refused("push_limit_reached")
            self._unique(body, None)
            view = self._new(user, body, channel, stack)
            stack.append(view)
            self.workspace.tell()
            return view

    def update(self, given: object, *, view_id: str = "", external_id: str = "", hash: str = "") -> View:
        """Other contents for a form or a Home tab that is there; what was filled in stays where its ids stay."""
        with self.workspace.changed:
            old = self.by_id(view_id) if view_id else self._by_external_id(external_id)
            if old is None:
                raise Refused("not_found")
            if hash and hash != old.hash:
                raise Refused("hash_conflict")
            body = read(given, old.type)
            self._unique(body, old)
            # Slack keeps what was filled in where block_id, action_id and kind stay: docs.slack.dev/surfaces/modals.
            values = {b: {a: _kept(old.values, b, a, s) for a, s in v.items()} for b, v in _begin(body).items()}
            return self.put(replace(old, body=body, hash=self._hash(), values=values, errors_by_block={}))

    def publish(self, user: str, given: object, hash: str = "") -> View:
        """A Home tab for this person."""
        with self.workspace.changed:
            old, body = self.homes.get(user), read(given, "home")
            if hash and (old is None or hash != old.hash):
                raise Refused("hash_conflict")
            self._unique(body, old)
            view = self._new(user, body, "", [])
            if old is not None:
                view = replace(view, id=old.id, root=old.id)
            self.homes[user] = view
            self.workspace.tell()
            return view

    # For people

    def top(self, user: str) -> View | None:
        """The form on top of this person's stack."""
        with self.workspace.changed:
            stack = self.stacks.get(user)
            return stack[-1] if stack else None

    def by_id(self, view_id: str) -> View | None:
        """A form or Home tab that is there now."""
        with self.workspace.changed:
            return next((view for view in self._all() if view.id == view_id), None)

    def put(self, view: View) -> View:
        """The same form with other contents, if it is still there."""
        with self.workspace.changed:
            if self.homes.get(view.user, view).id == view.id and view.type == "home":
                self.homes[view.user] = view
            stack = self.stacks.get(view.user, [])
            stack[:] = [view if each.id == view.id else each for each in stack]
            self.workspace.tell()
            return view

    def filled(self, view: View, values: Values) -> View:
        """The same form with this in its fields."""
        merged = {block_id: {**state, **values.get(block_id, {})} for block_id, state in view.values.items()}
        return self.put(replace(view, values=merged))

    def close(self, user: str, view_id: str = "") -> list[View]:
        """Take a form away, or all; those that went, the topmost first."""
        with self.workspace.changed:
            stack = self.stacks.get(user, [])
            gone = [view for view in reversed(stack) if view_id in ("", view.id)]
            stack[:] = [view for view in stack if view not in gone]
            self.workspace.tell()
            return gone

    def _all(self) -> list[View]:
        return [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]

    def _by_external_id(self, name: str) -> View | None:
        return next((view for view in self._all() if name and view.body.get("external_id") == name), None)

    def _unique(self, body: Block, old: View | None) -> None:
        other = self._by_external_id(body.get("external_id", ""))
        if other is not None and (old is None or other.id != old.id):
            raise Refused("duplicate_external_id")

    def _new(self, user: str, body: Block, channel: str, stack: list[View]) -> View:
        name = f"V0DAP{uuid4().hex[:8].upper()}"
        root, previous = (stack[0].id, stack[-1].id) if stack else (name, None)
        values = _begin(body, channel)
        return View(name, user, body, self._hash(), root, previous, values, names=self.workspace.names)

    def _hash(self) -> str:
        return f"{int(self.workspace.now())}.{uuid4().hex[:8]}"


def read(given: object, kind: str) -> Block:
    """The view that an argument names, with an id for each block and element, or Slack's refusal."""
    try:
        body = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise Refused("invalid_arguments", ["[ERROR] view must be JSON [json-pointer:/view]"]) from None
    found = list(_SHAPES[kind](body, "/view"))
    if found or not isinstance(body, dict):
        raise Refused("invalid_arguments", found)
    if len(json.dumps(body, ensure_ascii=False).encode()) > limits.VIEW_SIZE:
        raise Refused("view_too_large")
    found = complaints(body["blocks"], kind, "/view/blocks")
    asks = any(block["type"] == "input" for block in body["blocks"]) if not found else False
    if kind == "modal" and asks and "submit" not in body:
        # docs.slack.dev/reference/views/modal-views: submit is required when there is an input block.
        found.append("[ERROR] missing required field: submit [json-pointer:/view/submit]")
    if found:
        raise Refused("invalid_arguments", found)
    return {**body, "blocks": list(settled(Contents(blocks=tuple(body["blocks"]))).blocks)}


def _begin(body: Block, channel: str = "") -> Values:
    values: Values = {}
    for block in body["blocks"]:
        for element in filter(inputs.stateful, elements(block)):
            values.setdefault(block["block_id"], {})[element["action_id"]] = inputs.begin(element, channel)
    return values


def _kept(old: Values, block_id: str, action_id: str, new: inputs.State) -> inputs.State:
    before = old.get(block_id, {}).get(action_id)
    return before if before and before["type"] == new["type"] else new
