"""The head of a page: what search engines, social networks and feed readers are told. Knows no story.

Structured data goes into pages through `newsroom.richtext.json_ld` alone, which escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SocialImage:
    """A picture for those who share the page: full address, size, and what it shows."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed that a page announces."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page's head. Addresses are full ones; `properties` are Open Graph's further ones, in order."""

    title: str
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    social_title: str = ""
    image: SocialImage | None = None
    feeds: tuple[Feed, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    structured: tuple[dict[str, Any], ...] = ()
    indexed: bool = True
