"""Slugs: the readable part of an address, made from a headline."""

from __future__ import annotations

import re
import unicodedata

FALLBACK = "story"

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
    }
    | {"&": " and "}
)
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def slugify_headline(text: str, limit: int = 80) -> str:
    """`text` as lower-case ASCII words joined by hyphens, at most `limit` characters, cut after a word.

    Never empty: a headline without a Latin letter or digit gives "story".
    """
    plain = _APOSTROPHES.sub("", text.lower()).translate(_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    slug = _SEPARATORS.sub("-", ascii_only).strip("-")
    if len(slug) > limit:
        whole_words = slug[: limit + 1].rpartition("-")[0]
        slug = (whole_words or slug[:limit]).strip("-")
    return slug or FALLBACK[:limit]
