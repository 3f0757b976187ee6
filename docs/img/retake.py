"""Take the pictures of the desk anew, as the documents show them: `make pictures`.

It wants `make run` at NEWSROOM_URL (http://127.0.0.1:8000 unless told), freshly filled: it writes and schedules there.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.conftest import FLAGS, find_chromium

SITE = os.environ.get("NEWSROOM_URL", "http://127.0.0.1:8000")
HERE = Path(__file__).resolve().parent
EDITOR = ("editor", "anchor-ledger-plover")
STORIES = "/admin/articles/article/"


def keep(page: Page, name: str, *, height: int | None = None) -> None:
    """Write the window, or its uppermost `height` pixels, to `name`.png, in few colours."""
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(700)
    data = page.screenshot(clip={"x": 0, "y": 0, "width": 1300, "height": height} if height else None)
    image = Image.open(io.BytesIO(data)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    image.save(HERE / f"{name}.png", optimize=True)


def opened(page: Page, address: str) -> None:
    """A story's form, ready to write in."""
    page.goto(address)
    page.locator(".cke_wysiwyg_div").wait_for()
    page.wait_for_timeout(1500)


def saved(page: Page) -> None:
    """Press Save, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("[data-saves]").click()
    page.locator(".cke_wysiwyg_div").wait_for()


def retake(page: Page) -> None:
    """Every picture, in the order of a day at the desk."""
    page.goto("/")
    page.locator("article a").first.click()
    page.wait_for_load_state()
    keep(page, "story")
    page.goto("/admin/")
    page.fill("input[name=username]", EDITOR[0])
    page.fill("input[name=password]", EDITOR[1])
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    keep(page, "today", height=1100)

    page.goto(f"{STORIES}?state=live")
    address = page.locator("#result_list a[href*='/change/']").first.get_attribute("href") or ""
    opened(page, address)
    keep(page, "desk", height=1000)

    page.locator("[data-opens=dialog-schedule]").first.click()
    page.locator("#dialog-schedule input[type=datetime-local]").fill(_tomorrow(page))
    keep(page, "schedule")
    with page.expect_navigation():
        page.locator("#dialog-schedule [data-confirms]").click()
    page.locator(".cke_wysiwyg_div").wait_for()

    page.fill("#id_standfirst", "Ministers promised an answer before the summer. The harbours want one now.")
    saved(page)
    page.wait_for_timeout(1500)
    page.locator("[data-opens=dialog-publish]").first.click()
    keep(page, "publish-over")
    page.keyboard.press("Escape")

    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.locator("[data-opens=dialog-correct]").first.click()
    keep(page, "correct")
    page.keyboard.press("Escape")

    opened(page, address)
    page.keyboard.press("Control+Alt+p")
    page.wait_for_timeout(3000)
    keep(page, "preview")

    page.goto(address.split("?")[0].replace("/change/", "/history/"))
    page.locator("a", has_text="Against what readers see").first.click()
    page.wait_for_load_state()
    keep(page, "comparison")

    opened(page, address)
    page.fill("#id_kicker", "Harbours")
    page.locator("[data-kept-text]", has_text="Kept").first.wait_for()
    page.goto(address)
    page.locator(".cke_wysiwyg_div").wait_for()
    page.get_by_role("button", name="Put them back").first.wait_for()
    page.get_by_role("button", name="Look at the difference").first.click()
    keep(page, "recovery", height=700)
    page.get_by_role("button", name="Throw them away").first.click()


def _tomorrow(page: Page) -> str:
    day: str = page.evaluate("() => new Date(Date.now() + 864e5).toISOString().slice(0, 10)")
    return f"{day}T18:00"


def main() -> None:
    """Open a window of the size that the documents show, and take them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        window = ViewportSize(width=1300, height=900)
        context = browser.new_context(base_url=SITE, viewport=window, locale="en-GB", color_scheme="light")
        page = context.new_page()
        # A form with words that are not saved asks before it is left.
        page.on("dialog", lambda dialog: dialog.accept())
        retake(page)
        browser.close()


if __name__ == "__main__":
    main()
