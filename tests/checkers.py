"""The Nu Html Checker, which the tests ask about readers' pages. `make checker` installs it; it wants a Java.

Where it is not installed the tests that want it are skipped and named; NEWSROOM_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.report import NO_CHECKER, ROOT

JAR = ROOT / "var" / "tools" / "checker" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def wanted(*, present: bool, reason: str) -> None:
    """Skip the test that asks, or fail it where nothing may be left out, unless what it needs is `present`."""
    if present:
        return
    if os.environ.get("NEWSROOM_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def faults(files: Iterable[Path], *, css: bool = False) -> list[str]:
    """Everything that the checker says of some files, a line each: errors, warnings and hints. One Java for all."""
    java = shutil.which("java")
    wanted(present=bool(java) and JAR.exists(), reason=NO_CHECKER)
    command = [str(java), "-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [*command, *(["--css"] if css else []), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [
        f"{Path(said['url']).name}: {said.get('subType', said['type'])}: {said['message']}"
        f" | {' '.join(said.get('extract', '').split())}"
        for said in json.loads(done.stderr)["messages"]
    ]
