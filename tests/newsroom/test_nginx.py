"""docs/nginx.conf in a real nginx, before the real server: what it passes on, serves itself and refuses."""

from __future__ import annotations

import getpass
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.checkers import wanted
from tests.report import NO_NGINX
from tests.servers import COLLECTED, ROOT, Served, free_port, served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
OPENSSL = shutil.which("openssl")
HOST = "www.example.org"
MEGABYTE = 1024 * 1024
NOTHING: Mapping[str, str] = {}

AROUND = """
user {user};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """nginx at two ports of this machine, and the newsroom behind it."""

    plain: int
    secure: int
    newsroom: Served

    def ask(
        self, path: str, headers: Mapping[str, str] = NOTHING, *, method: str = "GET", body: bytes | None = None
    ) -> tuple[int, Message, bytes]:
        """Ask by TLS, as a browser would that was sent to www.example.org."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=20, context=context)
        try:
            connection.request(method, path, body=body, headers={"Host": HOST, **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """An empty newsroom behind nginx."""
    wanted(present=bool(NGINX and OPENSSL), reason=NO_NGINX)
    newsroom, folder = tmp_path_factory.mktemp("newsroom"), tmp_path_factory.mktemp("nginx")
    settings = {"PLAIN_HTTP": "0", "TRUSTED_PROXIES": "127.0.0.1", "NEWSROOM_URL": f"https://{HOST}"}
    with served(newsroom, workers=1, ALLOWED_HOSTS=f"{HOST},127.0.0.1", **settings) as site, _nginx(folder, site) as it:
        yield it


@contextmanager
def _nginx(folder: Path, site: Served) -> Iterator[Front]:
    plain, secure = free_port(), free_port()
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    subprocess.run([str(OPENSSL), *made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    (folder / "site.conf").write_text(_for_this_machine(site, plain, secure, certificate, key))
    (folder / "nginx.conf").write_text(AROUND.format(user=getpass.getuser(), folder=folder))
    command = [str(NGINX), "-p", str(folder), "-e", str(folder / "nginx.log"), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
        try:
            deadline = time.monotonic() + 20
            while not _listens(secure):
                assert time.monotonic() < deadline, (folder / "nginx.log").read_text()
                time.sleep(0.02)
            yield Front(plain, secure, site)
        finally:
            nginx.terminate()
            nginx.wait(timeout=20)


def _for_this_machine(site: Served, plain: int, secure: int, certificate: Path, key: Path) -> str:
    """The file as it is documented, with what it says is to be changed."""
    text = (ROOT / "docs" / "nginx.conf").read_text()
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{site.port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(certificate),
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(key),
        "/srv/newsroom/var/static/": f"{COLLECTED}/",
        "/srv/newsroom/var/media/": f"{site.environment['NEWSROOM_VAR']}/media/",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def test_pages_come_through_whole_each_header_once(front: Front) -> None:
    for path in ("/", "/admin/login/"):
        status, headers, body = front.ask(path)
        assert (status, body.lstrip()[:15].lower()) == (200, b"<!doctype html>")
        for name in (
            "Content-Security-Policy",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cache-Control",
            "X-Request-ID",
        ):
            assert len(headers.get_all(name, [])) == 1, f"{name} of {path}"
    assert "no-store" in front.ask("/admin/login/")[1]["Cache-Control"]


def test_readers_pages_come_compressed_and_known_ones_not_again_and_the_desks_never_compressed(
    front: Front,
) -> None:
    _, headers, _ = front.ask("/", {"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert front.ask("/", {"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]})[0] == 304
    assert "Content-Encoding" not in front.ask("/admin/login/", {"Accept-Encoding": "gzip"})[1]


def test_the_newsroom_believes_nginx_that_a_request_came_by_tls_and_nobody_else(front: Front) -> None:
    assert front.ask("/")[0] == 200
    # Whatever a client claims, nginx says what it saw.
    assert front.ask("/", {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"})[0] == 200
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=20)
    connection.request("GET", "/trade/?after=1", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/trade/?after=1")
    connection.close()
    assert front.newsroom.ask("/", Host=HOST)[0] == 301, "the newsroom itself, asked without TLS"


def test_static_files_and_media_come_from_nginx_for_ever_and_nothing_else_does(front: Front) -> None:
    page = front.ask("/")[2].decode()
    sheet = re.findall(r'rel="stylesheet" href="([^"]+)"', page)[0]
    status, headers, _ = front.ask(sheet, {"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"], headers["X-Content-Type-Options"]) == (200, "gzip", "nosniff")
    assert headers["Content-Type"] == "text/css"
    assert "immutable" in headers["Cache-Control"]
    assert "X-Request-ID" not in headers, "the newsroom was not asked"
    home = Path(front.newsroom.environment["NEWSROOM_VAR"])
    (home / "media" / "photos").mkdir(parents=True)
    (home / "media" / "photos" / "abc.webp").write_bytes(b"RIFF")
    (home / "originals" / "secret.jpg").write_bytes(b"private")
    status, headers, body = front.ask("/media/photos/abc.webp")
    assert (status, headers["Content-Type"], body) == (200, "image/webp", b"RIFF")
    assert "immutable" in headers["Cache-Control"]
    for path in ("/static/.collected", "/media/", "/media/../originals/secret.jpg", "/media/..%2foriginals/secret.jpg"):
        status, _, body = front.ask(path)
        assert status in (400, 403, 404), path
        assert b"private" not in body


def test_what_weighs_too_much_is_refused_before_the_newsroom_sees_it(front: Front) -> None:
    def sent(path: str, size: int) -> tuple[int, bool]:
        # Only the announcement: who is refused need not send it.
        status, headers, _ = front.ask(path, {"Content-Length": str(size), "Expect": "100-continue"}, method="POST")
        return status, "X-Request-ID" in headers

    assert sent("/admin/login/", 49 * MEGABYTE) == (413, False)
    assert sent("/", MEGABYTE) == (413, False)
    # A form of the desk's goes through, and the newsroom answers it: there is no token in it.
    status, headers, _ = front.ask("/admin/login/", method="POST", body=b"x=" + b"y" * MEGABYTE)
    assert (status, "X-Request-ID" in headers) == (403, True)


def test_while_the_newsroom_is_away_readers_are_told_when_to_come_back(front: Front, tmp_path: Path) -> None:
    nobody = Served(free_port(), front.newsroom.environment, 0)
    with _nginx(tmp_path, nobody) as alone:
        status, headers, body = alone.ask("/")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "5", "no-store")
    assert body == b"The site is away for a moment. Please try again.\n"
