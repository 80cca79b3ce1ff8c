"""The doctor, as one asks it in a terminal: everything well, and each thing that can be wrong with what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.__main__ import main
from handlers.doctor import SCOPES
from tests.office import Office

MANIFEST = Path(__file__).parents[2] / "manifest.json"
Asked = Callable[..., tuple[int, str]]


@pytest.fixture
def asked(office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Types `python -m bot doctor` with the office's settings, or others: exit code, and what is printed."""

    def run(**settings: str) -> tuple[int, str]:
        given = office.program.settings
        url = office.program.storage.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        environment = {
            "SLACK_BOT_TOKEN": given.slack_bot_token,
            "SLACK_SIGNING_SECRET": given.slack_signing_secret,
            "SLACK_API_URL": given.slack_api_url,
            "DATABASE_URL": url,
        }
        for name, value in (environment | settings).items():
            monkeypatch.setenv(name, value)
        code = main(["doctor"])
        return code, capsys.readouterr().out

    return run


def test_all_is_well(office: Office, asked: Asked) -> None:
    office.founded()
    code, said = asked()
    assert code == 0, said
    assert f"+ Jeg er med i kanalen {office.room.id}." in said
    assert all(line.startswith("+ ") for line in said.splitlines())


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        pytest.param({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN er ikke sat.", id="intet token"),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xoxb-other"}, "Slack vil ikke have SLACK_BOT_TOKEN: invalid_auth", id="forkert token"
        ),
        pytest.param({"SLACK_SIGNING_SECRET": ""}, "så jeg kan ikke høre Slack.", id="ingen hemmelighed"),
        pytest.param({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack svarer ikke.", id="Slack er væk"),
    ],
)
def test_what_is_wrong_says_what_to_do(asked: Asked, settings: dict[str, str], sentence: str) -> None:
    code, said = asked(**settings)
    assert code == 1
    assert f"- {sentence}"[2:] in said


def test_a_missing_scope_is_named(office: Office, asked: Asked) -> None:
    office.slack.scopes = [scope for scope in office.slack.scopes if scope != "files:read"]
    code, said = asked()
    assert code == 1
    assert "- Jeg mangler rettigheder i Slack: files:read." in said


def test_a_channel_without_the_bot_is_named(office: Office, asked: Asked) -> None:
    alone = office.slack.channel("alene", people=[office.anne], bot=False)
    office.types(office.anne, "opsætning", alone)
    code, said = asked()
    assert code == 1
    assert f"- Jeg er ikke med i kanalen {alone.id}" in said


def test_the_doctor_asks_for_the_scopes_of_the_manifest() -> None:
    assert set(json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]) == SCOPES
