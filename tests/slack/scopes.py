"""The scopes that the app asks for."""

from __future__ import annotations

import json
from pathlib import Path

MANIFEST = Path(__file__).parents[2] / "manifest.json"


def of_the_manifest() -> list[str]:
    """The bot's scopes in the manifest: what a workspace grants that installs the app as it is."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])
