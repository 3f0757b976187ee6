"""The numbers of all workers of a machine, for who keeps the site running and for nobody else."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from newsroom.pagecache import numbers
from newsroom.pagecache.numbers import Numbers

TOKEN = "only-for-tests-0123456789"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the workers write: this process is one that lives, and there is one that does not."""
    settings.VAR = tmp_path
    mine = Numbers(hits=90, misses=10, pages=3, bytes=30_000)
    mine.purge(frozenset({"article:1", "article:2", "front"}))
    mine.write()
    file = tmp_path / "pagecache" / f"{os.getpid()}.json"
    (tmp_path / "pagecache" / "1.json").write_text(file.read_text())
    (tmp_path / "pagecache" / "99999999.json").write_text(file.read_text())
    return file.parent


def test_the_numbers_of_the_workers_that_live_are_added_up(folder: Path) -> None:
    workers = numbers.of_workers()
    assert list(workers) == [1, os.getpid()]
    total = numbers.added(list(workers.values()))
    assert (total.hits, total.pages, total.purges["article"]) == (180, 6, 4)
    assert not (folder / "99999999.json").exists()


def test_the_command_prints_them(folder: Path) -> None:
    out = StringIO()
    call_command("pagecache", stdout=out)
    told = out.getvalue()
    assert "2 workers" in told
    assert "90.0% of 200 pages from memory" in told
    assert "60,000  bytes" in told


def test_the_command_says_so_where_no_worker_is(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    out = StringIO()
    call_command("pagecache", stdout=out)
    assert out.getvalue() == "No worker holds pages on this machine.\n"


def test_prometheus_gets_them_with_the_token(folder: Path, settings: Settings, client: Client) -> None:
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", secure=True, headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    told = response.content.decode()
    assert f'newsroom_pagecache_hits_total{{worker="{os.getpid()}"}} 90\n' in told
    assert f'newsroom_pagecache_purged_keys_total{{worker="{os.getpid()}",kind="article"}} 2\n' in told
    assert "# TYPE newsroom_pagecache_bytes gauge\n" in told
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("token", ["", TOKEN])
@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", f"bearer-{TOKEN}", "Bearer größe"])
def test_for_everybody_else_there_is_no_such_page(settings: Settings, client: Client, token: str, given: str) -> None:
    settings.METRICS_TOKEN = token
    response = client.get("/metrics", secure=True, headers={"authorization": given})
    unknown = client.get("/metricz", secure=True)
    assert (response.status_code, response.content) == (404, unknown.content)


def test_every_number_has_a_meaning() -> None:
    assert {*numbers.MEANINGS, *numbers.SIZES, "purges"} == vars(Numbers()).keys()
