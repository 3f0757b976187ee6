"""System checks: what must be true of the site before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from articles.models import Section
from articles.reserved import reserved_slugs


@register(Tags.database)
def no_route_takes_a_sections_address(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """articles.E001: a route of the site begins with the slug of a section, whose page nobody could reach."""
    table = Section._meta.db_table
    return [
        Error(
            f"The address /{slug}/ is the section “{name}” and a route of the site.",
            hint="Rename the route, or give the section another slug; its old one redirects only until then.",
            obj="articles.Section",
            id="articles.E001",
        )
        for alias in databases or ()
        # Before the first migration there is no table, and no section either.
        if table in connections[alias].introspection.table_names()
        for name, slug in Section.objects.using(alias).filter(slug__in=reserved_slugs()).values_list("name", "slug")
    ]
