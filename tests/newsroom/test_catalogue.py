"""The words of the desk's scripts: whose language, for whom, and for how long they are kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from newsroom import catalogue

FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_words_are_for_everybody_and_cost_no_query_and_no_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(catalogue.address(), secure=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == FOR_GOOD
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies


@pytest.mark.django_db
def test_words_are_in_the_newsrooms_language_at_an_address_of_their_own(client: Client, settings: Settings) -> None:
    english = catalogue.address()
    assert "Wird gespeichert" not in client.get(english, secure=True).content.decode()
    settings.LANGUAGE_CODE = "de"
    german = catalogue.address()
    assert german != english
    assert '"Saving\\u2026": "Wird gespeichert \\u2026"' in client.get(german, secure=True).content.decode()


@pytest.mark.django_db
def test_words_under_an_address_that_is_not_theirs_are_not_kept(client: Client) -> None:
    answer = client.get(reverse("desk_catalogue", args=["of-another-release"]), secure=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_the_sign_in_page_has_the_words_before_any_script_that_says_them(client: Client) -> None:
    page = client.get(reverse("admin:login"), secure=True).content.decode()
    assert page.index(catalogue.address()) < page.index("js/desk-language.js") < page.index("js/desk-keys.js")
    assert '<html lang="en-GB"' in page
