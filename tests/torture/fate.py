"""What befalls the carriers: `kill -9`, and stops longer than the lease."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.torture.life import LEASE, Life

PAUSE = 0.8, 2.2  # seconds between two blows
STOP = 1.05 * LEASE, 3 * LEASE  # some end after the second look of whoever took over
REBIRTH = 0.0, 0.6


class Fate:
    """Strikes one of the lives now and then; every fourth blow is a stop."""

    def __init__(self, lives: Sequence[Life], dice: random.Random, now: float) -> None:
        self.kills = self.stops = 0
        self._lives, self._dice = lives, dice
        self._next = now + self._dice.uniform(*PAUSE)

    def pass_by(self, now: float) -> None:
        """Do what is due."""
        for life in self._lives:
            life.tend(now)
        if now >= self._next:
            self._next = now + self._dice.uniform(*PAUSE)
            self._strike(now)

    def relent(self) -> None:
        """Let everybody live and go on."""
        for life in self._lives:
            life.tend(float("inf"))

    def _strike(self, now: float) -> None:
        alive = [life for life in self._lives if life.may_be_struck()]
        moving = [life for life in alive if not life.is_stopped]
        wants_stop = self.kills + self.stops >= 4 * (self.stops + 1) - 1
        if wants_stop and moving:
            self._dice.choice(moving).stop(now, self._dice.uniform(*STOP))
            self.stops += 1
        elif alive:
            mortal = moving if moving and self._dice.random() < 0.9 else alive  # most of the stopped shall go on
            self._dice.choice(mortal).kill(now, self._dice.uniform(*REBIRTH))
            self.kills += 1
