"""Every page that readers meet: the Nu checker and axe find nothing in it, on a phone and on a desk, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django.live_server_helper import LiveServer

from newsroom import clock
from tests import checkers
from tests.report import ROOT
from tests.scale import scaled
from tests.small_paper import printed_with_a_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

LOOKS = [("light", 390), ("dark", 1300), ("light", 1300), ("dark", 390)]
# As with the desk's screens: a round looks at each page in one of the four, a soak at each in all four.
EVERY = scaled(len(LOOKS), 1)

# The checker wants @import before everything but @charset, and does not know that layers may be named first.
NOT_A_FAULT = "CSS: @import are not allowed after any valid statement other than @charset and @import."


@pytest.fixture
def paper(media: Path) -> dict[str, str]:
    """The addresses of a small newspaper with real pictures."""
    return printed_with_a_picture(at=clock.now())


def test_html_checker_finds_nothing(browser_page: Page, paper: dict[str, str], tmp_path: Path) -> None:
    files = []
    for name, path in paper.items():
        answer = browser_page.goto(path)
        assert answer is not None
        assert answer.status == {"never heard of": 404, "withdrawn": 410}.get(name, 200), name
        files.append(tmp_path / f"{name.replace(' ', '-')}.html")
        files[-1].write_bytes(answer.body())
    assert checkers.faults(files) == []


def test_style_checker_finds_nothing() -> None:
    sheets = [sheet for sheet in sorted((ROOT / "static" / "css").rglob("*.css")) if "desk" not in str(sheet)]
    assert [fault for fault in checkers.faults(sheets, css=True) if NOT_A_FAULT not in fault] == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_on_any_page(
    chromium: Browser, live_server: LiveServer, paper: dict[str, str], scheme: Any, width: int
) -> None:
    turn = LOOKS.index((scheme, width))
    # axe tries styles of its own on a page, which readers' pages forbid.
    context = chromium.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
    )
    page, found = context.new_page(), {}
    for name, path in list(paper.items())[turn % EVERY :: EVERY]:
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [f"{each['id']}: {node['html'][:160]}" for each in violations for node in each["nodes"]]
    context.close()
    assert found == {}
