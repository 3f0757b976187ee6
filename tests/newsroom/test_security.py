"""What browsers are told, and what strangers may not do: headers, cookies, hosts, proxies, guesses at passwords."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings

from newsroom.security import DESK_POLICY, EDITOR_POLICY

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/nothing/here/", "/admin/login/", "/healthz", "/robots.txt"]


def directives(response: Any) -> dict[str, set[str]]:
    """The policy of a response, by directive."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(client: Client, address: str) -> None:
    response = client.get(address, secure=True)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin")
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert directives(response)["frame-ancestors"] == {"'none'"}
    assert directives(response)["base-uri"] == {"'none'"}


@pytest.mark.parametrize("address", ["/", "/nothing/here/", "/healthz"])
def test_a_readers_page_may_use_what_is_its_own_and_nothing_else(client: Client, address: str) -> None:
    policy = directives(client.get(address, secure=True))
    assert policy.pop("default-src") == {"'none'"}
    assert policy.pop("frame-ancestors") == policy.pop("base-uri") == {"'none'"}
    assert set.union(*policy.values()) == {"'self'"}


def test_a_readers_page_neither_sets_a_cookie_nor_differs_by_one(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    response = client.get("/", secure=True)
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_no_policy_allows_eval_or_another_host() -> None:
    sources = [source for policy in (DESK_POLICY, EDITOR_POLICY) for sources in policy.values() for source in sources]
    assert set(sources) <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert "'unsafe-inline'" not in {source for sources in DESK_POLICY.values() for source in sources}


def test_pages_of_the_desk_are_kept_by_nobody_and_named_to_nobody(client: Client) -> None:
    response = client.get("/admin/login/", secure=True)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_cookies_are_the_desks_secure_and_out_of_reach_of_scripts(client: Client) -> None:
    get_user_model().objects.create_superuser("managing", password="a northmere password")
    form = {"username": "managing", "password": "a northmere password"}
    response = client.post("/admin/login/", form, secure=True)
    assert response.status_code == 302
    assert {"sessionid", "csrftoken"} == set(response.cookies)
    for cookie in response.cookies.values():
        assert (cookie["path"], cookie["secure"], cookie["httponly"], cookie["samesite"]) == (
            "/admin/",
            True,
            True,
            "Lax",
        )


def test_plain_http_is_redirected_except_for_whoever_asks_after_our_health(client: Client) -> None:
    redirected = client.get("/")
    assert (redirected.status_code, redirected["Location"]) == (301, "https://testserver/")
    assert client.get("/healthz").status_code == 200


def test_a_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.get("/", secure=True, headers={"host": "evil.example"}).status_code == 400


def test_guessing_a_password_is_slowed_down_for_that_account_from_that_address(client: Client) -> None:
    get_user_model().objects.create_superuser("managing", password="a northmere password")

    def attempt(name: str, password: str, address: str) -> int:
        form = {"username": name, "password": password}
        return client.post("/admin/login/", form, secure=True, REMOTE_ADDR=address).status_code

    tries = [attempt("managing", f"guess {number}", "203.0.113.7") for number in range(8)]
    assert tries[:7] == [200] * 7
    assert tries[7] == 429
    assert attempt("managing", "a northmere password", "203.0.113.7") == 429
    assert attempt("somebody else", "a guess", "203.0.113.7") == 200
    assert attempt("managing", "a northmere password", "198.51.100.4") == 302


def test_a_stranger_cannot_claim_to_be_a_proxy(client: Client) -> None:
    forged = {"x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.9", "x-forwarded-host": "evil.example"}
    assert client.get("/", headers=forged).status_code == 301
    form = {"username": "nobody", "password": "a guess"}
    for number in range(8):
        moving = {"x-forwarded-for": f"198.51.100.{number}"}
        last = client.post("/admin/login/", form, secure=True, headers=moving).status_code
    assert last == 429


def test_a_named_proxy_is_believed_about_tls_and_the_client(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.2", "10.0.0.3"]
    from newsroom.requests import ProxyMiddleware

    seen: list[str] = []
    middleware = ProxyMiddleware(lambda request: seen.append(request.META["REMOTE_ADDR"]))  # type: ignore[arg-type,return-value]
    client = Client()
    through = {"x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6, 203.0.113.7, 10.0.0.3"}
    assert client.get("/", headers=through, REMOTE_ADDR="10.0.0.2").status_code == 200
    request = client.get("/healthz", headers=through, REMOTE_ADDR="10.0.0.2").wsgi_request
    request.META["REMOTE_ADDR"] = "10.0.0.2"
    middleware(request)
    assert seen == ["203.0.113.7"]


def test_the_editor_is_told_nothing_that_reopens_its_holes() -> None:
    from newsroom.richtext.editor import CKEDITOR_CONFIG

    assert CKEDITOR_CONFIG["versionCheck"] is False
    assert isinstance(CKEDITOR_CONFIG["allowedContent"], str)
    assert "script" not in CKEDITOR_CONFIG["allowedContent"]
    assert not CKEDITOR_CONFIG.get("fullPage")
