"""The carrier: takes letters from the outbox to Slack, each post exactly once whatever crashes on the way.

In doubt, what stands in the channel is read back by the key in its metadata.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient, WebhookClient

from bot.roles import Role
from handlers import copies, errands, home, uploads
from handlers.desk import Desk
from handlers.web_api import TIMEOUT, Delayed, Doubtful, Refused, call, is_slacks
from storage import Storage, Unavailable, groups, outbox
from storage.outbox import Claim
from templates import message

log = logging.getLogger(__name__)

LEASE, MARGIN = 60, 15  # seconds; a lease is longer than a call's timeout and the margin together
DAY = 24 * 60 * 60
WHISPER_LIVES = 30 * 60
TRIES = 5  # at what we ourselves get wrong
THREADS = {False: "carrier", True: "errands"}  # whether it runs errands, or carries letters
MENDABLE = {"channel_not_found", "not_in_channel", "is_archived", "user_disabled", "invalid_auth", "missing_scope"}


@dataclass(slots=True)
class Carrier:
    """Carries the letters of one storage to one Slack workspace, and runs its errands meanwhile; any number of carriers
    may do so at once.

    A carrier that dies is taken over from after its `lease`, within whose last `margin` it begins nothing.
    `second_look` is how long after a doubtful delivery the channel is read once more; `patience` what the waiting
    between attempts begins with; `pause` how long it rests where nobody wakes it. All are seconds.
    """

    storage: Storage
    desk: Desk
    client: WebClient
    clock: Callable[[], float] = time.time
    second_look: float = 60
    lease: float = LEASE
    margin: float = MARGIN
    patience: float = 1
    pause: float = 0.5
    owner: str = field(default_factory=lambda: uuid4().hex)
    _wakes: dict[bool, threading.Event] = field(default_factory=lambda: {each: threading.Event() for each in THREADS})
    _stop: threading.Event = field(default_factory=threading.Event)
    _deadline: float = 0
    _threads: list[threading.Thread] = field(default_factory=list)
    _private: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Carry from now on: letters in one thread and errands in another, since one of these may take its time."""
        self.storage.after_commit += [each.set for each in self._wakes.values()]
        for errands_only, name in THREADS.items():
            thread = threading.Thread(target=self._run, args=(errands_only,), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Finish what is in hand and carry no more; what is not finished in ten seconds is handed to others."""
        self._stop.set()
        until = time.monotonic() + 10
        for each in self._wakes.values():
            each.set()
        for thread in self._threads:
            thread.join(timeout=max(0, until - time.monotonic()))

    def carry(self, errands_only: bool = False) -> bool:
        """Carry one letter, or run one errand, if one is due; whether there was one."""
        with self.storage.reading() as session:
            if not outbox.is_due(session, self.clock(), errands_only):
                return False
        with self.storage.transaction(tell=False) as session:
            now = self.clock()
            held = outbox.claim(session, self.owner, now, self.lease, errands_only)
        if held is None:
            return False
        if not errands_only:
            self._deadline = now + self.lease - self.margin
        try:
            self._look_again(held) if held.state == "sent" else self._deliver(held)
        except Unavailable:
            raise
        except Exception:
            self._stumble(held)
        return True

    def waiting(self) -> int:
        """How many letters are not carried yet."""
        with self.storage.reading() as session:
            return outbox.waiting(session)

    def _run(self, errands_only: bool) -> None:
        wake = self._wakes[errands_only]
        while not self._stop.is_set():
            try:
                while not self._stop.is_set():
                    wake.clear()  # before each look, so that our own commits need no look of their own
                    if not self.carry(errands_only):
                        break
            except Unavailable:
                log.warning("database away, letters wait")
            except Exception:
                log.exception("letter not carried")  # its lease brings it back
            wake.wait(self.pause)

    def _deliver(self, held: Claim) -> None:
        if held.use_by and held.use_by < self.desk.now():
            self._bury(held, "too_late")
            return
        try:
            outcome = self._send(held)
        except Refused as refused:
            self._bury(held, str(refused))
        except Delayed as delayed:
            self._put_off(held, str(delayed), held.maybe_sent, delayed.seconds)
        except Doubtful as doubtful:
            self._put_off(held, str(doubtful), maybe_sent=True)
        else:
            self._settle(held, outcome)

    def _send(self, held: Claim) -> dict[str, Any]:
        """Do what the letter says; where it stands now."""
        if held.parent_id is not None and held.parent_state != "sent":
            raise Refused("parent_not_sent")
        match held.kind:
            case "whisper":
                return self._whisper(held)
            case "errand":
                errands.run(self.client, self.desk, held.key, held.payload)
                return {}
            case "update" | "delete":
                return self._change(held)
            case "home":
                home.publish(self.client, self.desk, held.lane, held.payload)
                return {}
            case "file":
                return self._share(held)
            case "post":
                return self._post(held)

    def _post(self, held: Claim) -> dict[str, Any]:
        channel = self._channel(held.lane)
        if held.maybe_sent:
            standing = copies.found(self.client, held, channel)
            if standing:
                return {"channel": channel, "ts": standing[0]}
        if self.clock() > self._deadline:
            raise Delayed("lease_nearly_over", 0)
        arguments = {**held.payload, "channel": channel, "unfurl_links": False, "unfurl_media": False}
        thread = {"thread_ts": held.parent_ts} if held.parent_ts else {}
        answer = self._call("chat.postMessage", {**arguments, **thread, "metadata": copies.marked(held)})
        return {"channel": answer["channel"], "ts": answer["ts"]}

    def _share(self, held: Claim) -> dict[str, Any]:
        def remember(file_id: str) -> None:
            with self.storage.transaction() as session:
                if not outbox.settle(session, held, payload={**held.payload, "file_id": file_id}):
                    raise Delayed("taken over", 0)

        channel = self._channel(held.lane)
        uploads.share(self.client, held.payload, channel, held.parent_ts, remember)
        return {"channel": channel, "payload": {}}  # the file is Slack's now

    def _change(self, held: Claim) -> dict[str, Any]:
        ts = held.parent_ts or held.payload["ts"]
        channel = held.parent_channel or self._channel(held.lane)
        self._call(f"chat.{held.kind}", {**held.payload, "channel": channel, "ts": ts})
        return {"channel": channel, "ts": ts}

    def _whisper(self, held: Claim) -> dict[str, Any]:
        """At most once: what may have been heard is not said again."""
        if held.maybe_sent or held.put_at + WHISPER_LIVES < self.clock():
            raise Refused("too_late")
        text, blocks, url = (held.payload[name] for name in ("text", "blocks", "response_url"))
        said = {"text": text, "blocks": blocks}
        there = {**said, "replace_original": held.payload["replace_original"]}
        if url and is_slacks(url, self.client.base_url) and self._whispered(url, there):
            return {}
        to = {"channel": held.payload["channel"], "user": held.payload["user"]}
        self._call("chat.postEphemeral", {**said, **to})
        return {}

    def _whispered(self, url: str, said: dict[str, Any]) -> bool:
        """Whether a response_url took it; it may be used up."""
        hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
        try:
            return hook.send_dict({**said, "response_type": "ephemeral"}).status_code == 200
        except OSError as error:
            raise Refused("no_answer") from error

    def _stumble(self, held: Claim) -> None:
        """Try again what we ourselves got wrong, but not for ever: it would stand in its lane's way."""
        log.exception("letter %s not carried, try %s", held.id, held.attempts)
        if held.state == "sent":
            return  # its lease brings it back
        if held.attempts < TRIES:
            self._put_off(held, "bug", maybe_sent=True)
            return
        self._bury(held, "bug", maybe_sent=True)
        if held.kind == "errand":
            errands.give_up(self.desk, held.key, held.payload)

    def _settle(self, held: Claim, outcome: dict[str, Any]) -> None:
        if held.kind in ("whisper", "errand", "home"):
            outcome["payload"] = {}  # said or done: nobody needs to keep it
        again = self.clock() + self.second_look if held.maybe_sent and held.kind == "post" else None
        self._note(held, state="sent", next_at=again, trouble=None, **outcome)

    def _put_off(self, held: Claim, trouble: str, maybe_sent: bool, seconds: float | None = None) -> None:
        log.warning("letter %s put off: %s", held.id, trouble)
        if (held.tried_from or held.put_at) + DAY < self.clock():
            self._bury(held, trouble if trouble in MENDABLE else "too_late", maybe_sent)
            return
        backoff = min(300.0, self.patience * 2.0 ** min(held.attempts, 9)) * random.uniform(0.5, 1)
        wait = backoff if seconds is None else seconds
        self._note(held, state="waiting", next_at=self.clock() + wait, maybe_sent=maybe_sent, trouble=trouble)

    def _note(self, held: Claim, **outcome: Any) -> None:
        """Write down what became of a letter, as soon as the database lets us: another carrier may have taken it over
        meanwhile, and nobody else would know that there may be a copy more.
        """
        while True:
            try:
                with self.storage.transaction() as session:
                    if not outbox.settle(session, held, **outcome):
                        # both may have posted; history may not show it yet
                        outbox.doubt(session, held.id, self.clock() + self.second_look)
            except Unavailable:
                if self._stop.wait(0.1):
                    raise
            else:
                return

    def _bury(self, held: Claim, trouble: str, maybe_sent: bool = False) -> None:
        """Give the letter up, and tell the secretary; whether Slack may have it is remembered, should it be revived."""
        log.warning("letter %s given up: %s", held.id, trouble)
        with self.storage.transaction() as session:
            doubt = held.maybe_sent or maybe_sent
            if not outbox.settle(session, held, state="dead", next_at=None, trouble=trouble, maybe_sent=doubt):
                return
            outbox.bury(session, held.id, trouble)
            if held.kind not in ("post", "file") or trouble == "parent_not_sent" or held.key.startswith("dead:"):
                return
            self._tell_secretary(session, held, trouble)

    def _tell_secretary(self, session: Any, held: Claim, trouble: str) -> None:
        if held.group_id is None:
            return
        secretary = groups.holder(session, held.group_id, Role.SECRETARY, self.desk.now().date())
        if secretary is None:
            return
        known = trouble if trouble in MENDABLE | {"too_late"} else "other"
        language = groups.group(session, held.group_id).language
        for each in message("letters/dead", language, trouble=known, channel=held.lane, group_id=held.group_id):
            key = f"dead:{held.parent_id or held.id}:{held.tried_from or held.put_at}"
            outbox.put(
                session, key=key, lane=secretary.slack_id, kind="post", payload=each.payload(), now=self.clock(),
                group_id=held.group_id,
            )  # fmt: skip

    def _look_again(self, held: Claim) -> None:
        """What was in doubt: keep the oldest copy, whatever came late."""
        try:
            oldest = copies.keep_oldest(self.client, held, held.channel or self._channel(held.lane))
        except (Delayed, Doubtful, Refused):
            return  # the lease brings it back
        with self.storage.transaction() as session:
            if oldest:
                outbox.move(session, held.id, oldest)
            outbox.settle(session, held, next_at=None)

    def _channel(self, lane: str) -> str:
        """The channel of a lane: a person's lane is their private chat with the bot."""
        if not lane.startswith(("U", "W")):
            return lane
        if lane not in self._private:
            self._private[lane] = self._call("conversations.open", {"users": lane})["channel"]["id"]
        return self._private[lane]

    def _call(self, method: str, arguments: dict[str, Any]) -> Any:
        return call(self.client, method, arguments)
