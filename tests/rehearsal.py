"""What a process has gone through from which lives of the bot are forked: a life, in each database that it is told of.

So none of them has to compile each statement and template once more, which takes several times as long as what it does
until it is killed. Nothing but what was compiled outlives a rehearsal.
"""

from __future__ import annotations

import logging
import os

from pytest import MonkeyPatch
from sqlalchemy import create_engine

from tests.engines import sharing
from tests.mortal import REHEARSE_IN
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import filed


def rehearse(url: str) -> None:
    """Have an agenda sent, and let the bot go home."""
    office = Office(url)
    try:
        filed(office)
        office.founded()
        send(office)
        office.types(office.bo, "dagsorden")
    finally:
        office.close()


if REHEARSE_IN in os.environ:
    logging.disable()
    MonkeyPatch().setattr("storage.create_engine", sharing(create_engine))
    for each in os.environ[REHEARSE_IN].split():
        rehearse(each)
    logging.disable(logging.NOTSET)
