"""The minutes (referat) as a value: made from the agenda, the decisions, and what the secretary wrote."""

from __future__ import annotations

from typing import Literal

MinutesState = Literal["draft", "chair", "posted", "approved"]
