"""The text that search reads, and how much each part of it weighs; what somebody is typing, as a question to it.

A story is read by the rules of its own language, which a text search configuration of that language holds (made by a
migration: words that are too common are dropped, accents folded, the rest stemmed). Only words reach PostgreSQL, apart
by spaces: its parser would take “and/or” for a file, “-19” for a number, and a host's name for one word, so that what
stands in a text and what somebody types would differ by what happens to stand beside it.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

import regex
from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.expressions import CombinedExpression

from newsroom import languages, plaintext

if TYPE_CHECKING:
    from articles.querysets import EditionQuerySet

# PostgreSQL refuses a tsvector over 1 MB; the first 200,000 characters of a body are some 30,000 words.
BODY_LIMIT = 200_000

# Of all that match, the newest so many are ranked; a word that many stories have is looked for in the latest only.
RANKED = 200
LATEST = 2_000

# With fewer letters than these a word that may go on is most of the dictionary.
SHORTEST_START = 3

_WHOLE_WORDS = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")
# Soft hyphens, joiners and marks of direction stand inside words and are not of them.
_UNSEEN = dict.fromkeys([0xAD, 0x200B, *range(0x200D, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def configuration(language: str = "") -> str:
    """The text search configuration of a language; of the newsroom's own for the empty string."""
    spoken = (language or settings.LANGUAGE_CODE).partition("-")[0]
    return f"newsroom_{languages.STEMMERS.get(spoken, 'simple')}"


def words(text: str) -> str:
    """The words of a plain text, apart by single spaces, as search reads them and is asked for them."""
    return " ".join(_WHOLE_WORDS.findall(unicodedata.normalize("NFC", text.translate(_UNSEEN))))


def vector(*, headline: str, summary: str, body: str, language: str = "") -> CombinedExpression:
    """The weighted search vector of an edition: headline before standfirst and names before body (HTML)."""
    config = configuration(language)
    return (
        SearchVector(Value(words(headline)), weight="A", config=config)
        + SearchVector(Value(words(summary)), weight="B", config=config)
        + SearchVector(Value(words(plaintext.from_html(body)[:BODY_LIMIT])), weight="C", config=config)
    )


def typed(text: str) -> SearchQuery | None:
    """What somebody is typing: every word, of which the last may go on. None while there is no word to look for."""
    *whole, last = words(text).split()[:8] or [""]
    asked = [*whole, *([f"{last}:*"] if len(last) >= SHORTEST_START else [])]
    return SearchQuery(" & ".join(asked), search_type="raw", config=configuration()) if asked else None


def newest(editions: EditionQuerySet, query: SearchQuery) -> EditionQuerySet:
    """Those of `editions` that match, the newest first."""
    # By an expression, which no index has: PostgreSQL takes any word beyond the thousand most common for one that
    # every two-hundredth story has, and would go through the whole archive in order for those that few have.
    published = ExpressionWrapper(F("first_published_at") + timedelta(), output_field=DateTimeField())
    return editions.filter(search_vector=query).order_by(published.desc(), "-article_id")


def best(editions: EditionQuerySet, query: SearchQuery, *, enough: int) -> EditionQuerySet:
    """Those of the newest `editions` that match, the best first. Two or three queries, of which this returns the last.

    Words that `enough` of the latest stories have are looked for there; only rarer ones in the whole archive.
    """
    latest = editions.filter(pk__in=editions.newest_first().values("pk")[:LATEST])
    found = list(newest(latest, query).values_list("pk", flat=True)[:RANKED])
    if len(found) < enough:
        found = list(newest(editions, query).values_list("pk", flat=True)[:RANKED])
    rank = SearchRank(F("search_vector"), query)
    return editions.filter(pk__in=found).annotate(rank=rank).order_by("-rank", "-first_published_at", "-article_id")
