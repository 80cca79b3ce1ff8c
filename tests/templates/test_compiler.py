"""What stands in a template is called, looked up and joined as Python does it, and comes out as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jinja2 import UndefinedError

from bot.agenda import Item
from templates import _environment
from tests.templates.test_messages import CANARY

ITEM = Item("2.", CANARY)


def rendered(text: str, **values: Any) -> str:
    """A template of one line, filled in."""
    return _environment("da").from_string(text).render(values)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("{{ item.title }}", CANARY, id="et felt"),
        pytest.param("{{ item.number ~ item.title ~ 1 }}", f"2.{CANARY}1", id="sat sammen"),
        pytest.param("{{ plain('list.last', first=item.title, last='2') }}", f"{CANARY} og 2", id="kaldt med navne"),
        pytest.param("{{ plain(*['list.last'], **{'first': '1', 'last': '2'}) }}", "1 og 2", id="kaldt med stjerner"),
        pytest.param("{{ [item.title, none, true] }}", [CANARY, None, True], id="en liste"),
        pytest.param("{{ 'a' ~ '\"b\"' }}", 'a"b"', id="faste ord"),
    ],
)
def test_what_stands_in_braces_comes_out_as_json(text: str, said: object) -> None:
    assert json.loads(rendered(text, item=ITEM)) == said


def test_a_macro_writes_json_and_takes_what_it_is_called_with() -> None:
    macro = '{% macro told(item, more=[]) %}{"t": {{ item.title }}, "m": {{ more }}, "b": {{ caller() }}}{% endmacro %}'
    called = '{% call told(item, more=["x"]) %}{"said": {{ item.number }}}{% endcall %}'
    assert json.loads(rendered(macro + called, item=ITEM)) == {"t": CANARY, "m": ["x"], "b": {"said": "2."}}


@pytest.mark.parametrize("text", ["{{ nobody }}", "{{ nobody.name }}", "{{ nobody('x') }}", "{{ 'to ' ~ nobody }}"])
def test_what_nobody_gave_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        rendered(text)


def test_a_field_that_a_value_has_not_is_an_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        rendered("{{ item.nothing }}", item=ITEM)


def test_a_value_that_a_phrase_needs_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match="last"):
        rendered("{{ plain('list.last', first='1') }}")
