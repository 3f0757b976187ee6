"""Take the pictures of every page that readers meet, as the demo newsroom has it: `make pages`.

It fills and serves a newsroom of its own, and writes docs/pages/README.md with what it took.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, find_chromium
from tests.servers import ROOT, Served, served

HERE = Path(__file__).resolve().parent
# How wide a window is, and how much of a page is shown.
WINDOWS = {"desk": (1300, 1700), "phone": (390, 1500)}
SCHEMES: tuple[Any, ...] = ("light", "dark")

# Run inside the demo newsroom: the addresses of one page of each kind, by what it is.
FIND = """
import json
from django.db.models import Count
from django.db.models.functions import Length
from django.urls import NoReverseMatch, reverse
from taggit.models import Tag
from articles.models import Article, Change, Edition, Kind, Section
from authors.models import Author
from newsroom import clock, languages
at = clock.now()
live = Edition.objects.live(at=at).newest_first()
news = live.filter(kind=Kind.NEWS, language="")
long = news.filter(photo__isnull=False).annotate(length=Length("revision__body")).order_by("-length")
parents = Section.objects.exclude(children=None)
author = Author.objects.annotate(stories=Count("edition_bylines")).exclude(portrait="").order_by("-stories", "pk")
tag = Tag.objects.annotate(stories=Count("edition_tags")).order_by("-stories", "pk")
gone = Edition.objects.exclude(article__in=live.values("article")).filter(live_from__lte=at)
stories = {
    "article": long.first(),
    "short article": news.annotate(length=Length("revision__body")).order_by("length").first(),
    "article without a picture": news.filter(photo=None).first(),
    "corrected article": live.filter(change=Change.CORRECTION).first(),
    "opinion": live.filter(kind=Kind.OPINION).first(),
    "article by several": live.annotate(names=Count("bylines")).filter(names__gt=1).first(),
    "withdrawn article": gone.first(),
}
for code in live.exclude(language="").order_by("language").values_list("language", flat=True).distinct():
    stories[f"article in {languages.language(code).name}"] = live.filter(language=code).first()
month = clock.local_date(live.first().first_published_at)
pages = {
    "front": "/",
    "section": parents.first().get_absolute_url() if parents else live.first().section.get_absolute_url(),
    **{name: story.path for name, story in stories.items() if story},
    "author": author.first().get_absolute_url(),
    "authors": reverse("authors"),
    "tag": reverse("tag", args=[tag.first().slug]),
    "archive": reverse("archive"),
    "month": reverse("archive_month", args=[month.year, month.month]),
    "corrections": reverse("corrections"),
    "page that is not there": "/never-heard-of/",
}
try:
    pages["search"] = reverse("search") + "?q=harbour"
except NoReverseMatch:
    pass
print(json.dumps(pages))
"""


def taken(browser: Browser, address: str, *, window: str, scheme: Any) -> bytes:
    """The top of a page as a window of that width shows it, as WebP."""
    width, height = WINDOWS[window]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="en-GB",
        reduced_motion="reduce",
        is_mobile=window == "phone",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    end = page.evaluate("() => document.documentElement.scrollHeight")
    shown = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": min(height, end)})
    context.close()
    out = io.BytesIO()
    Image.open(io.BytesIO(shown)).convert("RGB").save(out, "WEBP", quality=58, method=6)
    return out.getvalue()


def retake(newsroom: Served) -> None:
    """Every page in every window, and the list of them."""
    for former in HERE.glob("*.webp"):
        former.unlink()
    told = [
        "# The readers’ pages",
        "",
        "The demo newsroom’s, on a desk (1300 pixels wide) and on a phone (390), in light and in dark. `make pages`",
        "takes them anew and writes this list.",
    ]
    pages = newsroom.run(FIND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for name, path in pages.items():
            stem = name.lower().replace(" ", "-")
            told += ["", f"## {name[0].upper()}{name[1:]}", ""]
            cells = []
            for window in WINDOWS:
                for scheme in SCHEMES:
                    file = f"{stem}-{window}-{scheme}.webp"
                    address = f"http://127.0.0.1:{newsroom.port}{path}"
                    (HERE / file).write_bytes(taken(browser, address, window=window, scheme=scheme))
                    cells.append(f"![{name}, {window}, {scheme}]({file})")
            told += ["| desk, light | desk, dark | phone, light | phone, dark |", "|---|---|---|---|"]
            told.append(f"| {' | '.join(cells)} |")
        browser.close()
    (HERE / "README.md").write_text("\n".join(told) + "\n")


def main() -> None:
    """Fill a demo newsroom in a folder that goes again, serve it, and look at it."""
    os.environ["NEWSROOM_DEMO"] = "true"
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "newsroom", workers=1) as newsroom:
        subprocess.run([sys.executable, "manage.py", "demo"], cwd=ROOT, env=newsroom.environment, check=True)
        retake(newsroom)


if __name__ == "__main__":
    main()
