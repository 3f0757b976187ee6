"""What happens to every request: a name, a limit, a line in the log, and no traceback when the database is away."""

from __future__ import annotations

import gzip
import io
import json
import logging
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from newsroom import readiness
from newsroom.logs import JsonFormatter
from newsroom.requests import ProxyMiddleware

pytestmark = pytest.mark.django_db


def formatted(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines as the log would hold them."""
    return [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def test_a_request_leaves_one_line_with_its_route_and_without_its_query(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="newsroom.requests"):
        response = client.get("/healthz?token=secret", secure=True)
    [line] = [line for line in formatted(caplog) if line["logger"] == "newsroom.requests"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/healthz", 200)
    assert line["milliseconds"] >= 0
    assert "secret" not in json.dumps(line)
    assert len(response["X-Request-ID"]) == 16


def test_every_request_has_a_name_of_its_own_whatever_the_client_sends(client: Client) -> None:
    names = {client.get("/healthz", secure=True, headers={"x-request-id": "mine"})["X-Request-ID"] for _ in range(3)}
    assert len(names) == 3
    assert "mine" not in names


def test_the_database_being_away_is_a_503_that_says_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> str:
        raise OperationalError("connection refused")

    monkeypatch.setattr(readiness, "missing", away)
    response = client.get("/readyz", secure=True)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"
    assert b"connection refused" not in response.content


def test_readiness_names_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (client.get("/readyz", secure=True).status_code, readiness.missing()) == (200, "")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'authors'")
    response = client.get("/readyz", secure=True)
    assert (response.status_code, response.content) == (503, b"migrations\n")

    def refuse() -> list[str]:
        raise OperationalError("gone")

    monkeypatch.setattr(readiness, "pending_migrations", refuse)
    response = client.get("/readyz", secure=True)
    assert (response.status_code, response.content) == (503, b"database\n")


def test_health_asks_nothing_of_the_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz", secure=True).content == b"ok\n"
    assert client.post("/healthz", secure=True).status_code == 405


def test_what_weighs_too_much_is_refused_before_anything_reads_it(client: Client, settings: Settings) -> None:
    settings.REQUEST_MAX_BYTES = 1000
    assert client.post("/admin/login/", {"username": "x" * 2000}, secure=True).status_code == 413
    assert client.post("/admin/login/", {"username": "x"}, secure=True).status_code == 200
    assert client.get("/healthz", secure=True, CONTENT_LENGTH="-1").status_code == 413


def test_a_log_line_never_holds_the_text_of_a_row(caplog: pytest.LogCaptureFixture) -> None:
    secret = "The minister resigns"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE story (headline text CHECK (length(headline) < 5))")
            cursor.execute("INSERT INTO story VALUES (%s)", [secret])
    except IntegrityError as error:
        told = str(error)
        logging.getLogger("newsroom.test").exception("could not save")
    assert secret in told
    [line] = formatted(caplog)
    assert secret not in json.dumps(line)
    assert "IntegrityError: new row for relation" in line["exception"]
    assert "CheckViolation: new row for relation" in line["exception"]
    assert "test_requests.py" in line["exception"]


def test_readers_get_their_pages_compressed_and_the_desk_does_not(client: Client) -> None:
    front = client.get("/", secure=True, headers={"accept-encoding": "gzip"})
    assert front["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in front["Vary"]
    assert gzip.decompress(front.content).startswith(b"<!doctype html>")
    # Whoever can make a browser ask, and measure the answers, would learn a token letter by letter.
    assert "Content-Encoding" not in client.get("/admin/login/", secure=True, headers={"accept-encoding": "gzip"})


@pytest.mark.parametrize(("address", "heard"), [("127.0.0.1", 100_000), ("192.0.2.1", 0)])
def test_a_trusted_proxy_is_heard_out_where_its_form_was_not_needed(
    settings: Settings, address: str, heard: int
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    form = io.BytesIO(b"x" * 100_000)
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request = WSGIRequest(request.META | {"wsgi.input": form, "CONTENT_LENGTH": "100000"})
    ProxyMiddleware(lambda _: HttpResponse("Not needed."))(request)
    assert form.tell() == heard
