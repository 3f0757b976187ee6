"""Slugs from headlines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.slugs import slugify_headline


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Ministers’ row over Averland's £2bn port", "ministers-row-over-averlands-2bn-port"),
        ("Straße, Øre & Łódź: São Paulo’s æon", "strasse-ore-and-lodz-sao-paulos-aeon"),
        ("  --- “Quoted” — and dashed… ", "quoted-and-dashed"),
        ("1. Autos and quotas", "1-autos-and-quotas"),
        ("日本語", "story"),
        ("", "story"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_headline_becomes_ascii_words(headline: str, slug: str) -> None:
    assert slugify_headline(headline) == slug


def test_a_long_headline_is_cut_after_a_word() -> None:
    assert slugify_headline("one two three", 8) == "one-two"
    assert slugify_headline("one two three", 7) == "one-two"
    assert slugify_headline("one two three", 6) == "one"
    assert slugify_headline("harbourmaster", 7) == "harbour"


@given(st.text(), st.integers(1, 90))
def test_a_slug_is_never_empty_too_long_or_anything_but_a_slug(text: str, limit: int) -> None:
    slug = slugify_headline(text, limit)

    assert len(slug) <= limit
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
