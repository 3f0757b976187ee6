"""Newsrooms that are filled for benchmarks: the demo newsroom's stories, and an archive among them.

A million stories take half an hour to make: NEWSROOM_BENCH_FOLDER names a folder in which they stay for the next run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import begun, existing, manage, prepared, told

PATIENCE = 4 * 3600

DEMO = """
from tests import paper
from newsroom import clock
paper.demo_newsroom(at=clock.now())
print("null")
"""


@contextmanager
def filled(
    folder: Path, stories: int, *, whole: int | None = None, years: float = 20
) -> Iterator[tuple[dict[str, str], int]]:
    """A newsroom with the newest `stories` of an archive of `whole` in so many years: its environment and its port."""
    kept = os.environ.get("NEWSROOM_BENCH_FOLDER")
    if kept is None:
        with prepared(folder / f"{stories}") as (environment, port):
            _fill(environment, stories, whole or stories, years)
            yield environment, port
        return
    home = Path(kept).absolute() / f"{stories}-of-{whole or stories}"
    mark = home / "filled"
    environment, port = existing(home) if mark.exists() else begun(home)
    if mark.exists():
        manage(environment, "migrate", "--verbosity=0")
    else:
        _fill(environment, stories, whole or stories, years)
        mark.touch()
    yield environment, port


def _fill(environment: dict[str, str], stories: int, whole: int, years: float) -> None:
    told(environment, DEMO)
    size = f"--stories={stories}", f"--of={whole}", f"--years={years}"
    manage(environment, "fill", *size, "--among-others", "--verbosity=0", patience=PATIENCE)
