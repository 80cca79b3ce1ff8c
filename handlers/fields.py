"""What somebody put into a form, as plain values: text, date, time, whole number, id, or a tuple of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

State = dict[str, Any]

READ: dict[str, Callable[[State], Any]] = {
    "plain_text_input": lambda given: (given["value"] or "").strip() or None,
    "email_text_input": lambda given: given["value"],
    "number_input": lambda given: None if given["value"] is None else int(Decimal(given["value"])),
    "datepicker": lambda given: given["selected_date"] and date.fromisoformat(given["selected_date"]),
    "timepicker": lambda given: given["selected_time"] and time.fromisoformat(given["selected_time"]),
    "static_select": lambda given: given["selected_option"] and given["selected_option"]["value"],
    "radio_buttons": lambda given: given["selected_option"] and given["selected_option"]["value"],
    "multi_static_select": lambda given: tuple(option["value"] for option in given["selected_options"]),
    "checkboxes": lambda given: tuple(option["value"] for option in given["selected_options"]),
    "users_select": lambda given: given["selected_user"],
    "multi_users_select": lambda given: tuple(given["selected_users"]),
    "conversations_select": lambda given: given["selected_conversation"],
    "channels_select": lambda given: given["selected_channel"],
}


def read(view: dict[str, Any]) -> dict[str, Any]:
    """The fields of a submitted form by name; what was left empty is None, or an empty tuple."""
    values = view["state"]["values"]
    return {name: READ[given["type"]](given) for name, block in values.items() for given in block.values()}
