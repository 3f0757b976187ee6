"""Production's start command, as a process: what it refuses, what it serves, how it ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsroom.database import embedded
from newsroom.management.commands import serve
from tests.bench import workers
from tests.servers import ROOT, Served, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty newsroom, served."""
    with served(tmp_path_factory.mktemp("served"), workers=1) as running:
        yield running


def send(site: Served, data: bytes) -> bytes:
    """Send raw bytes, return what comes until the server hangs up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        connection.sendall(data)
        received = b""
        while part := connection.recv(65536):
            received += part
        return received


def test_it_serves_pages_with_their_headers(site: Served) -> None:
    status, headers, _ = site.ask("/")
    assert status == 200
    assert headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert site.get("/readyz") == (200, "ok\n")
    assert site.ask("/", Host="evil.example")[0] == 400


def test_static_files_are_compressed_and_kept_for_ever(site: Served) -> None:
    page = site.get("/")[1]
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    status, headers, _ = site.ask(sheet, **{"Accept-Encoding": "br"})
    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_media_are_served_and_originals_are_not(site: Served) -> None:
    folder = Path(site.environment["NEWSROOM_VAR"])
    (folder / "media" / "photos").mkdir()
    (folder / "media" / "photos" / "abc.webp").write_bytes(b"RIFF")
    (folder / "originals" / "secret.jpg").write_bytes(b"private")
    status, headers, body = site.ask("/media/photos/abc.webp")
    assert (status, headers["Content-Type"], body) == (200, "image/webp", b"RIFF")
    assert "max-age=31536000" in headers["Cache-Control"]
    for path in (
        "/media/../originals/secret.jpg",
        "/media/%2e%2e/originals/secret.jpg",
        "/media/photos/..%2f..%2foriginals/secret.jpg",
        "/originals/secret.jpg",
        "/media/",
        "/media/photos/",
    ):
        status, _, body = site.ask(path)
        assert status in (301, 400, 404), path
        assert b"private" not in body


def test_headers_that_are_too_large_or_too_slow_are_cut_off(site: Served) -> None:
    answer = send(site, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + b"x" * 200_000 + b"\r\n\r\n")
    assert answer == b"" or int(answer.split()[1]) in (400, 413, 431)
    began = time.monotonic()
    send(site, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    assert time.monotonic() - began < 12
    assert site.get("/healthz") == (200, "ok\n")


def test_a_database_that_has_not_been_migrated_is_not_served(tmp_path: Path, site: Served) -> None:
    environment = site.environment | {"NEWSROOM_VAR": str(tmp_path)}
    refused = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port=1"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    embedded.remove(tmp_path / "postgres")
    assert refused.returncode == 1
    assert "Run `manage.py migrate` first." in refused.stderr


def test_a_database_that_does_not_answer_is_named(site: Served) -> None:
    environment = site.environment | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    refused = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port=1"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "The database does not answer." in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_section_that_a_route_has_taken_stops_the_start_and_a_taken_port_too(site: Served) -> None:
    command = [sys.executable, "manage.py", "serve", f"--port={site.port}"]
    refused = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert f"Port {site.port} of 127.0.0.1 is in use." in refused.stderr

    code = "from articles.models import Section; s = Section(name='Search', slug='healthz'); s.save(); print(s.pk)"
    number = site.run(code)
    try:
        refused = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
        assert refused.returncode == 1
        assert "articles.E001" in refused.stderr
    finally:
        site.run(f"from articles.models import Section; print(Section.objects.filter(pk={number}).delete()[0])")


@pytest.mark.parametrize(
    ("allowed", "workers"),
    [("max 100000", 3), ("150000 100000", 2), ("10000 100000", 1), ("900000 100000", 3), ("", 3)],
)
def test_workers_are_as_many_as_the_processors_that_may_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: str, workers: int
) -> None:
    (tmp_path / "cpu.max").write_text(f"{allowed}\n")
    monkeypatch.setattr(serve, "CPU_MAX", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 5})
    assert serve.processors() == workers
    monkeypatch.setattr(serve, "CPU_MAX", tmp_path / "nothing")
    assert serve.processors() == 3


def test_who_asks_while_a_worker_has_died_is_answered_by_the_one_that_follows(site: Served) -> None:
    (worker,) = workers.of(site.pid)
    os.kill(worker, signal.SIGKILL)
    while worker in workers.of(site.pid):  # what it had taken on already is lost
        time.sleep(0.01)
    assert site.get("/")[0] == 200
    (follower,) = workers.of(site.pid)
    assert follower != worker


def test_a_reload_replaces_the_workers_and_no_reader_notices(site: Served) -> None:
    before, answers = set(workers.of(site.pid)), []
    slow = [http.client.HTTPConnection("127.0.0.1", site.port, timeout=20) for _ in range(20)]
    for reader in slow:
        reader.connect()  # and asks when the worker that was there is not any more
    os.kill(site.pid, signal.SIGHUP)
    deadline = time.monotonic() + 60
    while before & set(workers.of(site.pid)):
        assert time.monotonic() < deadline, "The old worker is still there."
        answers.append(site.get("/")[0])
    for reader in slow:
        with closing(reader):
            reader.request("GET", "/")
            answers.append(reader.getresponse().status)
    answers += [site.get("/")[0] for _ in range(20)]
    assert set(answers) == {200}
    assert len(workers.of(site.pid)) == len(before)


def test_a_killed_server_leaves_nothing_that_stops_the_next_and_a_stopped_one_nothing_at_all(tmp_path: Path) -> None:
    with served(tmp_path, workers=2) as running:
        os.kill(running.pid, signal.SIGKILL)
        command = [sys.executable, "manage.py", "serve", f"--port={running.port}", "--workers=1"]
        with subprocess.Popen(
            command, cwd=ROOT, env=running.environment, stdout=subprocess.PIPE, text=True
        ) as following:
            assert following.stdout is not None
            assert following.stdout.readline() == f"ready: http://127.0.0.1:{running.port}/\n"
            assert running.get("/readyz") == (200, "ok\n")
            following.send_signal(signal.SIGINT)
            assert following.wait(timeout=30) == 0
        assert not (embedded.cluster(tmp_path / "postgres") / "data" / "postmaster.pid").exists()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", running.port)) != 0
