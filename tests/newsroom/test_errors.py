"""The site's own error pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from newsroom.errors import form_refused, server_error, unavailable
from tests.factories import SectionFactory, managing_editor
from tests.readers import Page, Reader


@pytest.mark.django_db
def test_unknown_address_gets_a_page_of_ours_that_does_not_repeat_it(reader: Reader) -> None:
    SectionFactory(name="Trade", slug="trade")
    for path in ("/nothing-of-the-kind/", "/a/b/c/d/e/", "/nothing.php", "/trade/2026/01/01/x/"):
        response = reader.get(path)
        assert response.status_code == 404
        page = Page(response.content.decode())
        assert page.text_of("title") == ["Page not found – The Northmere Courier"]
        assert page.meta("robots") == "noindex"
        assert "nothing" not in page.html
        assert 'href="/trade/"' in page.html
        assert page.all("link", rel="canonical") == []


@pytest.mark.django_db
def test_all_unknown_addresses_get_the_same_bytes(reader: Reader) -> None:
    paths = ("/a/", "/b/c/", "/authors/nobody/", "/tags/nothing/", "/trade/2026/01/01/x/", "/archive/1999/01/")
    assert len({reader.get(path).content for path in paths}) == 1


def test_fault_of_ours_gets_a_page_that_needs_no_database() -> None:
    with connection.execute_wrapper(_refuse):
        response = server_error(RequestFactory().get("/"))
    page = Page(response.content.decode())
    assert response.status_code == 500
    assert page.text_of("title") == ["Something went wrong – The Northmere Courier"]
    assert page.unclosed == []


@pytest.mark.django_db
def test_exception_in_a_view_ends_in_that_page(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.views.front.lead_of", lambda latest: 1 / 0)
    reader.client.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def _refuse(*_: object) -> None:
    raise AssertionError("The page of a fault asked the database.")


STORY = "/admin/articles/article/7/change/"


@pytest.mark.parametrize(
    ("path", "back"),
    [
        (STORY, STORY),
        ("/admin/articles/article/7/do/submit/", STORY),
        ("/admin/articles/article/add/", "/admin/articles/article/add/"),
        ("/admin/articles/section/add/", "/admin/"),
    ],
)
@pytest.mark.parametrize("page", [server_error, form_refused, unavailable])
def test_a_fault_at_the_desk_leads_back_to_the_words_of_the_story_and_needs_no_database(
    page: Callable[[HttpRequest], HttpResponse], path: str, back: str
) -> None:
    request = RequestFactory().post(path)
    request.resolver_match = resolve(path)
    with connection.execute_wrapper(_refuse):
        html = page(request).content.decode()
    assert f'href="{back}"' in html
    assert ("What you typed is kept" in html) == (back != "/admin/")
    assert Page(html).unclosed == []


@pytest.mark.django_db
def test_a_form_with_an_old_token_is_refused_by_a_page_of_ours() -> None:
    response = Client(enforce_csrf_checks=True).post(STORY, {"headline": "x"}, secure=True)
    assert response.status_code == 403
    assert f'href="{STORY}"' in response.content.decode()


@pytest.mark.django_db
def test_while_the_database_is_away_a_save_is_answered_by_a_page_that_leads_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("articles.admin.article.ArticleAdmin.get_object", away)
    client = Client()
    client.force_login(managing_editor(), backend="authors.backends.DeskBackend")
    response = client.post(STORY, {"version": "1"}, secure=True)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert f'href="{STORY}"' in response.content.decode()


def test_while_the_database_is_away_nobody_is_told_that_a_page_failed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("articles.navigation.load", away)
    response = client.get("/no/such/address/at/all.html", secure=True)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "5", "no-store")
