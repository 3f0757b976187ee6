"""The processes that fill an archive, seen from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.servers import ROOT

BEGINS_ONE = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from articles.filling import copying
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=copying.begin)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_no_process_outlives_the_one_that_it_works_for(tmp_path: Path) -> None:
    script = tmp_path / "begins_one.py"
    script.write_text(f"import django; django.setup()\n{BEGINS_ONE}")
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
