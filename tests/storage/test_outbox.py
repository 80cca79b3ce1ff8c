"""The rules of the outbox: a lane in order, one at a time; an expired lease is doubt; a thread waits for its post."""

from __future__ import annotations

from typing import Any

from storage import Storage, outbox
from storage.outbox import Claim

NOW, LEASE = 1000.0, 60.0


def put(storage: Storage, key: str, lane: str = "C1", **more: Any) -> int:
    with storage.transaction() as session:
        return outbox.put(session, key=key, lane=lane, kind="post", payload={"text": key}, now=NOW, **more)


def claim(storage: Storage, now: float = NOW, owner: str = "one") -> Claim | None:
    with storage.transaction() as session:
        return outbox.claim(session, owner, now, LEASE)


def claimed(storage: Storage, now: float = NOW, owner: str = "one") -> Claim:
    held = claim(storage, now, owner)
    assert held is not None
    return held


def settle(storage: Storage, held: Claim, **outcome: Any) -> bool:
    with storage.transaction() as session:
        return outbox.settle(session, held, **outcome)


def sent(storage: Storage, held: Claim, ts: str = "1.0") -> bool:
    return settle(storage, held, state="sent", next_at=None, channel=held.lane, ts=ts)


def test_a_key_is_put_once(storage: Storage) -> None:
    assert put(storage, "agenda") == put(storage, "agenda")


def test_a_lane_is_carried_in_order_and_one_at_a_time(storage: Storage) -> None:
    for key in ("first", "second"):
        put(storage, key)
    put(storage, "elsewhere", lane="C2")
    first = claimed(storage)
    assert first.key == "first"
    assert claimed(storage).key == "elsewhere"
    assert claim(storage) is None
    assert sent(storage, first)
    assert claimed(storage).key == "second"


def test_whoever_takes_over_an_expired_lease_is_in_doubt_and_the_first_can_settle_nothing(storage: Storage) -> None:
    put(storage, "agenda")
    first = claimed(storage)
    assert not first.maybe_sent
    assert claim(storage, NOW + LEASE - 1, "two") is None
    second = claimed(storage, NOW + LEASE + 1, "two")
    assert second.maybe_sent
    assert not sent(storage, first)
    assert sent(storage, second)


def test_doubt_lasts_until_the_letter_is_settled(storage: Storage) -> None:
    put(storage, "agenda")
    claimed(storage)
    second = claimed(storage, NOW + 61, "two")
    settle(storage, second, state="waiting", next_at=NOW + 62)  # Slack's history answered 429
    assert claimed(storage, NOW + 63, "two").maybe_sent


def test_a_thread_waits_until_its_post_is_beyond_doubt(storage: Storage) -> None:
    post = put(storage, "post")
    put(storage, "reply", parent_id=post)
    held = claimed(storage)
    settle(storage, held, state="sent", next_at=NOW + 60, channel="C1", ts="1.0")
    assert claim(storage, NOW + 1) is None
    again = claimed(storage, NOW + 61)
    assert (again.key, again.state) == ("post", "sent")
    settle(storage, again, next_at=None)
    reply = claimed(storage, NOW + 62)
    assert (reply.key, reply.parent_ts) == ("reply", "1.0")


def test_a_dead_letter_takes_its_thread_along_but_does_not_block_its_channel(storage: Storage) -> None:
    post = put(storage, "post", group_id=None)
    put(storage, "reply", parent_id=post)
    put(storage, "next")
    held = claimed(storage)
    with storage.transaction() as session:
        outbox.settle(session, held, state="dead", next_at=None)
        outbox.bury(session, held.id, "not_in_channel")
    assert claimed(storage).key == "next"
    assert claim(storage) is None
