"""Reserved slugs come from the URLconf, and a route that collides with a section stops the start."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from pytest_django.fixtures import Settings

from articles.reserved import reserved_slugs
from newsroom.urls import urlpatterns
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db


def urlconf(*patterns: object) -> ModuleType:
    """A URLconf of the test's own."""
    module = ModuleType("urlconf")
    module.urlpatterns = list(patterns)  # type: ignore[attr-defined]
    return module


def view(request: HttpRequest) -> HttpResponse:
    """A page."""
    return HttpResponse()


def test_first_segments_of_routes_static_files_and_media_are_reserved() -> None:
    reserved = reserved_slugs()
    assert {"admin", "authors", "tags", "archive", "feed", "healthz", "static", "media"} <= reserved
    assert "trade" not in reserved


def test_new_route_is_reserved_from_the_moment_it_exists(settings: Settings) -> None:
    settings.ROOT_URLCONF = urlconf(
        path("weather/", view),
        re_path(r"^tides/(?P<day>[0-9]+)/$", view),
        path("", include([path("Crosswords/<int:number>/", view), path("<slug:slug>/", view)])),
        path("games/", include([path("chess/", view)])),
    )
    assert reserved_slugs() == {"weather", "tides", "crosswords", "games", "static", "media"}


def test_section_cannot_take_a_reserved_slug() -> None:
    section = SectionFactory.build(slug="authors")
    with pytest.raises(ValidationError) as refusal:
        section.full_clean()
    assert "slug" in refusal.value.message_dict


def test_check_refuses_a_route_that_takes_a_sections_address(settings: Settings) -> None:
    section = SectionFactory(name="Weather", slug="weather")
    databases = ["default"]
    assert run_checks(tags=[Tags.database], databases=databases) == []
    settings.ROOT_URLCONF = urlconf(path("weather/", view), *urlpatterns)
    [error] = run_checks(tags=[Tags.database], databases=databases)
    assert error.id == "articles.E001"
    assert section.name in error.msg
