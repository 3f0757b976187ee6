"""Lighthouse gives every reader's page 100 for accessibility, best practices and search. Part of the soak alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.browser.conftest import find_chromium
from tests.checkers import wanted
from tests.report import NO_CHROMIUM, NO_LIGHTHOUSE, ROOT
from tests.servers import served
from tests.small_paper import FILL

CLI = ROOT / "var" / "tools" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("accessibility", "best-practices", "seo")
# It looks at no page that answers with an error.
ERRORS = ("never heard of", "withdrawn")
# What others search for is not to be listed by search engines, which is a fault for Lighthouse.
NOT_LISTED = ("search that finds stories", "search that finds nothing")


def test_lighthouse_finds_nothing_on_any_page(tmp_path: Path) -> None:
    node, chromium = shutil.which("node"), find_chromium()
    wanted(present=bool(node) and CLI.exists(), reason=NO_LIGHTHOUSE)
    wanted(present=bool(chromium), reason=NO_CHROMIUM)
    found = {}
    with served(tmp_path / "newsroom", workers=1) as newsroom:
        for name, path in newsroom.run(FILL).items():
            if name not in ERRORS:
                result = _report(f"http://127.0.0.1:{newsroom.port}{path}", str(node), str(chromium), tmp_path)
                allowed = {"is-crawlable"} if name in NOT_LISTED else set()
                found[name] = _short_of_all(result, allowed)
    assert {name: faults for name, faults in found.items() if faults} == {}


def _report(address: str, node: str, chromium: str, folder: Path) -> dict[str, dict[str, object]]:
    """What Lighthouse says of one page, as on a phone."""
    told = folder / "report.json"
    command = [node, str(CLI), address, "--quiet", "--output=json", f"--output-path={told}"]
    options = [
        f"--only-categories={','.join(CATEGORIES)}",
        "--throttling-method=provided",
        "--no-enable-error-reporting",
    ]
    flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
    subprocess.run(
        [*command, *options, "--no-enable-error-reporting", f"--chrome-flags={flags}"],
        env=os.environ | {"CHROME_PATH": chromium},
        capture_output=True,
        timeout=180,
        check=True,
    )
    result: dict[str, dict[str, object]] = json.loads(told.read_text())
    return result


def _short_of_all(result: dict[str, dict[str, object]], allowed: set[str]) -> list[str]:
    """What keeps the scores below 100, but for the audits that are `allowed` to."""
    faults = []
    for name in CATEGORIES:
        category = result["categories"][name]
        assert isinstance(category, dict)
        assert category["score"] is not None, name
        for part in category["auditRefs"]:
            audit = result["audits"][part["id"]]
            assert isinstance(audit, dict)
            if part["weight"] and part["id"] not in allowed and audit["score"] is not None and audit["score"] < 1:
                found = json.dumps(audit.get("details", {}))[:600]
                faults.append(f"{name} {category['score']}, {part['id']}: {audit['title']} {found}")
    return faults
