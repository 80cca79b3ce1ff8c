"""How long the program takes to stand ready, beside a process that only has its libraries."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
RUNS = 11
CODE = {
    "ours": """
from bot.__main__ import build
from bot.config import Settings
build(Settings(slack_bot_token="xoxb-1", slack_signing_secret="1")).wsgi()
""",
    "bare": """
import jinja2, slack_bolt, sqlalchemy
slack_bolt.App(token="xoxb-1", signing_secret="1", token_verification_enabled=False)
sqlalchemy.create_engine("sqlite://")
""",
}


def medians() -> dict[str, float]:
    """Milliseconds from nothing to a program that could answer; in turn, the first time of each left out."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(1 + RUNS):
        for who, code in CODE.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
            times[who].append(time.perf_counter() - began)
    return {who: median(each[1:]) * 1000 for who, each in times.items()}
