"""The way from the front page to a page, in structured data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.metadata.publisher import SCHEMA
from newsroom.newspaper import absolute, newspaper

if TYPE_CHECKING:
    from articles.models import Section


def crumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way from the front page over `steps`, each a name and a path of ours; the last is the page itself."""
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate([(newspaper().name, "/"), *steps], start=1)
        ],
    }


def steps_to(section: Section) -> list[tuple[str, str]]:
    """A section's steps, its parent's before its own."""
    family = [section.parent, section] if section.parent else [section]
    return [(each.name, each.get_absolute_url()) for each in family]
