"""The processes that fill an archive, seen from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.servers import ROOT, prepared, told

BEGINS_ONE = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from articles.filling import processes
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=processes.begin)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""

# As the command does for a large archive, with less to do.
FILLS_IN_PROCESSES = """
from articles.filling import loading
from articles.models import Edition
from newsroom import clock
loading.LARGE = 100
filled = loading.fill(200, at=clock.now(), years=0.1, processes=2)
print(f"[{filled.stories}, {Edition.objects.live(at=clock.now()).count()}]")
"""


def test_a_large_archive_is_filled_by_processes_of_their_own(tmp_path: Path) -> None:
    with prepared(tmp_path) as (environment, _):
        filled, live = told(environment, FILLS_IN_PROCESSES)
    assert filled == 200
    assert live > 100


def test_no_process_outlives_the_one_that_it_works_for(tmp_path: Path) -> None:
    script = tmp_path / "begins_one.py"
    script.write_text(BEGINS_ONE)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _is_there(worker):
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.05)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    # Where nobody asks for what has ended it stays, as a name.
    return not status.exists() or "\nState:\tZ" not in status.read_text()
