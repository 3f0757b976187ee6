"""The site's own error pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory

from newsroom.errors import server_error
from tests.factories import SectionFactory
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
