"""The newspaper in structured data: who publishes all of this, and its site."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper

SCHEMA = "https://schema.org"

# The icon of every newspaper that has no logo of its own.
ICON = "icons/icon-512.png"


@lru_cache(maxsize=1)
def _icon() -> str:
    return static(ICON)  # whose files are those of the release, all the time that a process runs


def organisation() -> dict[str, Any]:
    """The newspaper as a publisher, by name, page and logo: as other things refer to it."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#newspaper"),
        "name": newspaper().name,
        "url": absolute("/"),
        "logo": {"@type": "ImageObject", "url": settings.NEWSROOM_LOGO or absolute(_icon())},
    }


def newspaper_itself() -> dict[str, Any]:
    """All that is told of the newspaper, for the one page that is about it."""
    paper = newspaper()
    told: dict[str, Any] = {**organisation(), "correctionsPolicy": absolute(address("corrections"))}
    if paper.strap:
        told["slogan"] = paper.strap
    if settings.NEWSROOM_CONTACT:
        told["email"] = settings.NEWSROOM_CONTACT
        told["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "email": settings.NEWSROOM_CONTACT,
        }
    if settings.NEWSROOM_PROFILES:
        told["sameAs"] = list(settings.NEWSROOM_PROFILES)
    return told


def website() -> dict[str, Any]:
    """The newspaper as a site, and how to search it."""
    paper = newspaper()
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": paper.name,
        "url": absolute("/"),
        "inLanguage": paper.language,
        "publisher": {"@id": absolute("/#newspaper")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute("/search/?q={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    }
