"""A budget question (budgetspørgsmål) as a value."""

from __future__ import annotations

from typing import Literal

QuestionState = Literal["waiting", "answered", "to_meeting"]
