"""A real server and a real database, broken for real while somebody types: the words are back afterwards."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from newsroom.database import embedded
from tests.scale import scaled
from tests.servers import Served, running, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "a northmere password"
SET_UP = f"""
import json
from articles import publishing
from articles.models import Article
from authors.models import User
from newsroom import clock
person = User.objects.create_superuser("edda", "edda@example.org", "{PASSWORD}")
now = clock.now()
article = Article.objects.create(headline="As it was", created_by=person, created_at=now, saved_at=now)
publishing.keep(article, by=person, at=now)
print(json.dumps(article.pk))
"""


class Desk:
    """A newsroom that is served, and one person at one of its stories."""

    def __init__(self, folder: Path, chromium: Browser, kept: ExitStack) -> None:
        self.folder, self.kept = folder, kept
        self.site: Served = kept.enter_context(served(folder, workers=1))
        self.story = self.site.run(SET_UP)
        self.context: BrowserContext = chromium.new_context(base_url=f"http://127.0.0.1:{self.site.port}")
        kept.callback(self.context.close)
        page = self.context.new_page()
        page.goto("/admin/")
        self.sign_in(page)
        page.wait_for_url("**/admin/")
        page.close()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database, which needs no process of its own."""
        socket = str(embedded.socket_folder(self.folder / "postgres"))
        with psycopg.connect(host=socket, user=embedded.ROLE, dbname=embedded.DATABASE, autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def sign_in(self, page: Page) -> None:
        """At the desk's own page."""
        page.fill("input[name=username]", "edda")
        page.fill("input[name=password]", PASSWORD)
        page.locator("[type=submit]").last.click()

    def open(self) -> Page:
        """The story's form, in a new tab."""
        page = self.context.new_page()
        page.set_default_timeout(45_000)
        page.goto(f"/admin/articles/article/{self.story}/change/")
        if "/login/" in page.url:
            self.sign_in(page)
        page.locator(".cke_wysiwyg_div").wait_for()
        return page

    # Each breaks something, lets the person type on, and puts it right again.

    def cut_the_line(self, page: Page, type_on: Callable[[], None]) -> None:
        """The network."""
        self.context.set_offline(True)
        type_on()
        _until(page, "Offline: kept on this device")
        self.context.set_offline(False)

    def end_the_session(self, page: Page, type_on: Callable[[], None]) -> None:
        """The session."""
        assert self.ask("DELETE FROM django_session RETURNING 1")
        type_on()
        _until(page, "Signed out: kept on this device")

    def restart_postgresql(self, page: Page, type_on: Callable[[], None]) -> None:
        """PostgreSQL, which is away until whoever minds it may start it again."""
        home = self.folder / "postgres"
        keeper = _keeper(home)
        os.kill(keeper, signal.SIGSTOP)
        os.kill(int((embedded.cluster(home) / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        type_on()
        _until(page, "Could not be kept on the server: kept on this device")
        os.kill(keeper, signal.SIGCONT)

    def kill_the_web_server(self, page: Page, type_on: Callable[[], None]) -> None:
        """Its process and its workers, with -9."""
        os.kill(self.site.pid, signal.SIGKILL)
        type_on()
        _until(page, "Could not be kept on the server: kept on this device")
        again = running(self.folder, self.site.environment, port=self.site.port, workers=1)
        self.site = self.kept.enter_context(again)


def _keeper(home: Path) -> int:
    listed = subprocess.run(["/bin/ps", "-A", "-ww", "-o", "pid=,command="], capture_output=True, text=True, check=True)
    [pid] = [
        int(line.split()[0])
        for line in listed.stdout.splitlines()
        if "newsroom.database.keeper" in line and line.endswith(str(home))
    ]
    return pid


def _until(page: Page, text: str) -> None:
    page.locator(".desk-panel [data-kept-text]", has_text=re.compile(f"^{text}")).wait_for()


def _type(page: Page, words: str) -> None:
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {words}", delay=5)


@pytest.fixture
def desk(tmp_path: Path, chromium: Browser) -> Iterator[Desk]:
    """Served until the test ends, whatever it does to it."""
    with ExitStack() as kept:
        yield Desk(tmp_path, chromium, kept)


def test_words_are_back_after_each_fault_in_the_middle_of_typing(desk: Desk) -> None:
    faults = (desk.cut_the_line, desk.end_the_session, desk.restart_postgresql, desk.kill_the_web_server)
    chance = random.Random(20260203)
    expected = ""
    for number in range(scaled(1, 5)):
        for fault in faults:
            words = [f"{fault.__name__}-{number}-{part}" for part in ("before", "meanwhile", "after")]
            page = desk.open()
            _type(page, words[0])
            if chance.random() < 0.5:
                _until(page, "Kept")
            fault(page, lambda said=words[1], on=page: _type(on, said))  # type: ignore[misc]
            _type(page, words[2])
            time.sleep(0.5 + chance.random())
            page.close(run_before_unload=False)

            page = desk.open()
            page.get_by_role("button", name="Put them back").first.click()
            page.get_by_text("They are back in the form").wait_for()
            expected = f"{expected} {' '.join(words)}".strip()
            assert page.locator(".cke_wysiwyg_div").inner_text().split() == expected.split()
            page.locator("[data-saves]").click()
            page.get_by_text("Saved as revision").first.wait_for()
            page.close()
            [(body, left)] = desk.ask("SELECT body, (SELECT count(*) FROM articles_buffer) FROM articles_article")
            assert re.sub("<[^>]*>|&nbsp;", " ", body).split() == expected.split()
            assert left == 0
