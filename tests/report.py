"""What a run says at its end beyond pytest's own words: what could not run here, and a soak's record."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

ROOT = Path(__file__).resolve().parent.parent
SOAK = ROOT / "docs" / "soak.md"
NO_CHROMIUM = "no Chromium was found"
NO_CHECKER = "the Nu Html Checker or a Java was not found"
NO_LIGHTHOUSE = "Lighthouse or a node was not found"
NO_NGINX = "nginx or openssl was not found"
# What a machine may lack, and what gives it.
LACKING = {
    NO_CHROMIUM: "browser tests not run: no Chromium (CHROMIUM=… names one)",
    NO_CHECKER: "checks of pages not run: no checker (a Java and `make checker` give it)",
    NO_NGINX: "tests of docs/nginx.conf not run: no nginx (Debian: apt install nginx-light openssl)",
    NO_LIGHTHOUSE: "checks of pages not run: no Lighthouse (`make lighthouse` gives it)",
}


def name_tests_not_run(reporter: TerminalReporter) -> None:
    """List by name the tests that wanted what this machine lacks."""
    for lacking, heading in LACKING.items():
        skipped = reporter.stats.get("skipped", [])
        names = [str(report.nodeid) for report in skipped if lacking in str(report.longrepr)]
        if names:
            reporter.section(heading)
            for name in sorted(names):
                reporter.line(f"  {name}")


def record_soak(reporter: TerminalReporter, *, exit_status: int, began: float) -> None:
    """Write docs/soak.md: when, on what commit and machine, with what result."""
    counts = {kind: len(reporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
    failed = [f"- `{report.nodeid}`" for kind in ("failed", "error") for report in reporter.stats.get(kind, [])]
    changed = _git("status", "--porcelain", "--", ".", ":!docs/soak.md")
    lines = [
        "# The last soak",
        "",
        "Written by `make soak`: every test at its full numbers.",
        "",
        f"- Date: {time.strftime('%Y-%m-%d', time.gmtime())}",
        f"- Commit: {_git('rev-parse', 'HEAD')}{' and changes on top' if changed else ''}",
        f"- Machine: {os.cpu_count()} cores, {platform.platform(terse=True)}, Python {platform.python_version()}",
        f"- Result: {'passed' if exit_status == 0 else 'FAILED'}; "
        + ", ".join(f"{count} {kind}" for kind, count in counts.items() if count),
        f"- Time: {round(time.monotonic() - began)} seconds",
        *failed,
        "",
    ]
    SOAK.write_text("\n".join(lines))


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip()
