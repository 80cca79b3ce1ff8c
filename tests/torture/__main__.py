"""`make torture`, or `python -m tests.torture SECONDS [SEED]`: on both engines; the exit code says if all is well."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import open_storage, schema
from tests.postgres import Postgres
from tests.torture.ordeal import Least, torture


def main(words: Sequence[str]) -> int:
    """Run, and print what was found."""
    seconds = float(words[0]) if words else 60
    seed = int(words[1]) if len(words) > 1 else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}, {seconds:.0f} s", flush=True)
    postgres = Postgres.start()
    try:
        with TemporaryDirectory() as folder:
            databases = {"sqlite": f"sqlite:///{Path(folder) / 'dap.db'}", "postgresql": postgres.database()}
            for url in databases.values():
                with closing(open_storage(url)) as storage:
                    schema.migrate(storage)
            found = torture(databases, seed, Least(seconds))
    finally:
        postgres.stop()
    print(*found, sep="\n")
    return 0 if all(each.is_clean for each in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
