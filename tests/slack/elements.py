"""What one presses, picks and fills in: each element with every field that it needs or may have.

Which element goes into which block is the table on docs.slack.dev/reference/block-kit/block-elements. The stand-in
has no external_select, datetimepicker, rich_text_input and workflow_button: they are refused.
"""

from __future__ import annotations

from typing import Any

from . import limits
from .shapes import Check, Complaints, boolean, complaint, list_of, matching, number, one_of, shape, string
from .texts import any_string, any_text, kind, plain_text

Element = dict[str, Any]

# The field of `state.values` that holds what was chosen, and the one of the element that holds what it begins with.
HOLDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "file_input": ("files", "initial_files"),
}


def options(element: Element) -> list[Element]:
    """All options of an element, those in groups too."""
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


# Pieces

CONFIRM = shape(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_YES),
        "deny": plain_text(limits.CONFIRM_NO),
    },
    {"style": one_of("primary", "danger")},
)

_ACTION: dict[str, Check] = {"action_id": string(limits.ACTION_ID)}
_FOCUS: dict[str, Check] = {"focus_on_load": boolean}
_HINT: dict[str, Check] = {"placeholder": plain_text(limits.PLACEHOLDER)}
_ASKS: dict[str, Check] = {**_ACTION, **_FOCUS, "confirm": CONFIRM}
_PICKS: dict[str, Check] = {**_ASKS, **_HINT}
_MANY: dict[str, Check] = {"max_selected_items": number(1, 1_000)}
_DISPATCH = shape(
    {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), limits.DISPATCH_ON)}
)
_TYPED: dict[str, Check] = {**_ACTION, **_FOCUS, **_HINT, "dispatch_action_config": _DISPATCH}
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "must be a date, YYYY-MM-DD")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a time, HH:mm")
_NUMBER = matching(r"-?\d+(\.\d+)?", "must be a number as a string")
_ID = any_string
_FILTER = shape(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def _option(rich: bool = False, link: bool = False) -> Check:
    text = any_text if rich else plain_text
    may: dict[str, Check] = {"description": text(limits.OPTION_DESCRIPTION)}
    may |= {"url": string(limits.OPTION_URL)} if link else {}
    return shape({"text": text(limits.OPTION_TEXT), "value": string(limits.OPTION_VALUE)}, may)


def _with_options(checks: Check, grouped: bool = False) -> Check:
    def check(value: object, path: str) -> Complaints:
        found = list(checks(value, path))
        yield from found
        if found or not isinstance(value, dict):
            return
        if grouped and ("options" in value) == ("option_groups" in value):
            yield complaint("exactly one of options and option_groups is needed", path)
        known = [_bare(option) for option in options(value)]
        first = [value["initial_option"]] if "initial_option" in value else value.get("initial_options", [])
        for place, option in enumerate(first):
            if _bare(option) not in known:
                yield complaint("must be one of the options", f"{path}/initial_option/{place}")

    return check


def _bare(option: Element) -> object:
    return option["value"], option["text"]["text"]


# Elements

_OPTION = _option()
_GROUPS = list_of(
    shape({"label": plain_text(limits.OPTION_GROUP_LABEL), "options": list_of(_OPTION, limits.OPTIONS)}),
    limits.OPTION_GROUPS,
)
_MENU: dict[str, Check] = {**_PICKS, "options": list_of(_OPTION, limits.OPTIONS), "option_groups": _GROUPS}
_RICH = _option(rich=True)

BUTTON = kind(
    {"text": plain_text(limits.BUTTON_TEXT)},
    {
        **_ACTION,
        "value": string(limits.BUTTON_VALUE, least=0),
        "url": string(limits.BUTTON_URL),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(limits.BUTTON_LABEL),
    },
)

_PICKED: dict[str, Check] = {
    "static_select": _with_options(kind({}, {**_MENU, "initial_option": _OPTION}), grouped=True),
    "multi_static_select": _with_options(
        kind({}, {**_MENU, **_MANY, "initial_options": list_of(_OPTION, limits.OPTIONS)}), grouped=True
    ),
    "users_select": kind({}, {**_PICKS, "initial_user": _ID}),
    "multi_users_select": kind({}, {**_PICKS, **_MANY, "initial_users": list_of(_ID, 1_000)}),
    "conversations_select": kind(
        {}, {**_PICKS, "initial_conversation": _ID, "default_to_current_conversation": boolean, "filter": _FILTER}
    ),
    "multi_conversations_select": kind(
        {},
        {
            **(_PICKS | _MANY),
            "initial_conversations": list_of(_ID, 1_000),
            "default_to_current_conversation": boolean,
            "filter": _FILTER,
        },
    ),
    "channels_select": kind({}, {**_PICKS, "initial_channel": _ID}),
    "multi_channels_select": kind({}, {**_PICKS, **_MANY, "initial_channels": list_of(_ID, 1_000)}),
    "datepicker": kind({}, {**_PICKS, "initial_date": _DATE}),
    "timepicker": kind({}, {**_PICKS, "initial_time": _TIME, "timezone": any_string}),
    "radio_buttons": _with_options(
        kind({"options": list_of(_RICH, limits.RADIO_BUTTONS)}, {**_ASKS, "initial_option": _RICH})
    ),
    "checkboxes": _with_options(
        kind(
            {"options": list_of(_RICH, limits.CHECKBOXES)},
            {**_ASKS, "initial_options": list_of(_RICH, limits.CHECKBOXES)},
        )
    ),
}

_OVERFLOW = kind({"options": list_of(_option(link=True), limits.OVERFLOW_OPTIONS)}, {**_ACTION, "confirm": CONFIRM})

_PLAIN_INPUT = kind(
    {},
    {
        **_TYPED,
        "initial_value": string(limits.TEXT_INPUT, least=0),
        "multiline": boolean,
        "min_length": number(0, limits.TEXT_INPUT),
        "max_length": number(1, limits.TEXT_INPUT),
    },
)

_MODAL_INPUTS: dict[str, Check] = {
    "number_input": kind(
        {"is_decimal_allowed": boolean},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    ),
    "email_text_input": kind({}, {**_TYPED, "initial_value": string(limits.TEXT_INPUT)}),
    "url_text_input": kind({}, {**_TYPED, "initial_value": string(limits.TEXT_INPUT)}),
    "file_input": kind(
        {}, {**_ACTION, "filetypes": list_of(any_string, 100), "max_files": number(1, limits.INPUT_FILES)}
    ),
}


def _image(value: object, path: str) -> Complaints:
    yield from kind({"alt_text": string(limits.IMAGE_ALT)}, IMAGE_SOURCE)(value, path)
    yield from one_source(value, path)


IMAGE_SOURCE: dict[str, Check] = {
    "image_url": string(limits.IMAGE_URL),
    "slack_file": shape({}, {"id": any_string, "url": string(limits.IMAGE_URL)}),
}


def one_source(value: object, path: str) -> Complaints:
    """An image comes from an address or from a file in Slack."""
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        yield complaint("exactly one of image_url and slack_file is needed", path)


IMAGE: Check = _image
ACTIONS: dict[str, Check] = {"button": BUTTON, "overflow": _OVERFLOW, **_PICKED}
ACCESSORIES: dict[str, Check] = {**ACTIONS, "image": IMAGE}
INPUTS: dict[str, Check] = {"plain_text_input": _PLAIN_INPUT, **_PICKED}
MODAL_INPUTS: dict[str, Check] = {**INPUTS, **_MODAL_INPUTS}
