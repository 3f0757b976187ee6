"""The head of a page: what search engines, social networks and feed readers are told. Knows no story.

Structured data goes into pages through `newsroom.richtext.json_ld` alone, which escapes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsroom.newspaper import newspaper

# The country that Open Graph wants with a language, where a tag names none.
COUNTRIES = {
    "ar": "AR",
    "ca": "ES",
    "cs": "CZ",
    "cy": "GB",
    "da": "DK",
    "el": "GR",
    "en": "GB",
    "et": "EE",
    "eu": "ES",
    "fa": "IR",
    "ga": "IE",
    "he": "IL",
    "hi": "IN",
    "hy": "AM",
    "ja": "JP",
    "ko": "KR",
    "nb": "NO",
    "ne": "NP",
    "sl": "SI",
    "sq": "AL",
    "sr": "RS",
    "sv": "SE",
    "ta": "IN",
    "uk": "UA",
    "ur": "PK",
    "vi": "VN",
    "zh": "CN",
}


@dataclass(frozen=True, kw_only=True)
class SocialImage:
    """A picture for those who share the page: full address, size, and what it shows."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed that a page announces, or another form in which machines can have the page."""

    title: str
    url: str
    media_type: str = "application/atom+xml"


@dataclass(frozen=True, kw_only=True)
class Head:
    """One page's head. Addresses are full ones; `properties` are Open Graph's further ones, in order.

    `language` is the BCP 47 tag of what the page holds, where that is not the newspaper's own.
    """

    title: str
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    language: str = ""
    social_title: str = ""
    image: SocialImage | None = None
    feeds: tuple[Feed, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    structured: tuple[dict[str, Any], ...] = ()
    indexed: bool = True

    @property
    def locale(self) -> str:
        """The page's language as Open Graph writes it: “en_GB”."""
        language, _, region = (self.language or newspaper().language).partition("-")
        # Elsewhere the country is called as its language: de_DE. A script ("zh-Hans") is no country.
        country = region if len(region) == 2 else COUNTRIES.get(language, language.upper())
        return f"{language}_{country}"
