"""A task (opgave) as a value: what is to be done, by whom, until when."""

from __future__ import annotations

from typing import Literal

TaskState = Literal["open", "done", "dropped"]
