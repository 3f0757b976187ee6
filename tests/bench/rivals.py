"""What a page is measured against: nginx with the same bytes in a file, and two bare applications on our own server.

`python -m tests.bench.rivals APPLICATION PORT WORKERS` serves one of the applications as `manage.py serve` serves the
newsroom; BENCH_PAGE names the folder that `kept` has written.
"""

from __future__ import annotations

import getpass
import gzip
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import Message
from pathlib import Path

from tests.bench.load import waited
from tests.servers import ROOT, free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

# nginx as it is when nobody has changed anything, but for the log, which our held pages have none of either.
CONFIGURATION = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log error;
worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    gzip_static on;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def kept(folder: Path, headers: Message, body: bytes) -> None:
    """Keep a page as it was answered, for the rivals to answer with."""
    (folder / "page.html").write_bytes(body)
    (folder / "page.html.gz").write_bytes(gzip.compress(body, compresslevel=6))
    of_server = {"server", "date", "connection", "transfer-encoding"}
    told = [(name, value) for name, value in headers.items() if name.lower() not in of_server]
    (folder / "headers.json").write_text(json.dumps(told))


@contextmanager
def nginx(folder: Path, *, workers: int) -> Iterator[str]:
    """Serve the kept page with nginx; its address, until the block ends."""
    assert NGINX is not None
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(user=getpass.getuser(), folder=folder, port=port, workers=workers))
    with _process([NGINX, "-p", str(folder), "-e", "stderr", "-c", str(configuration)], port, os.environ):
        yield f"http://127.0.0.1:{port}/page.html"


@contextmanager
def bare(application: str, folder: Path, environment: Mapping[str, str], *, workers: int) -> Iterator[str]:
    """Serve the kept page with one of the bare applications; its address, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.rivals", application, str(port), str(workers)]
    with _process(command, port, {**environment, "BENCH_PAGE": str(folder)}):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def _process(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, cwd=ROOT, env=dict(environment)) as process:
        try:
            waited(lambda: _listens(port))
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _serve(application: str, port: int, workers: int) -> None:
    import django

    django.setup()
    from newsroom.management.commands.serve import server

    multiprocessing.set_start_method("spawn", force=True)
    server("127.0.0.1", port, workers, application=f"tests.bench.{application}:application").serve()


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
