"""The text that search reads, and how much each part of it weighs; what somebody is typing, as a question to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Value
from django.db.models.expressions import CombinedExpression

from newsroom import plaintext

if TYPE_CHECKING:
    from articles.querysets import EditionQuerySet

CONFIG = "english"

# PostgreSQL refuses a tsvector over 1 MB; the first 200,000 characters of a body are some 30,000 words.
BODY_LIMIT = 200_000

# Of all that match, the newest so many are ranked: the cost does not grow with the archive.
RANKED = 200

_WORDS = re.compile(r"[^\W_]+")


def vector(*, headline: str, summary: str, body: str) -> CombinedExpression:
    """The weighted search vector of an edition: headline before standfirst and names before body (HTML)."""
    return (
        SearchVector(Value(headline), weight="A", config=CONFIG)
        + SearchVector(Value(summary), weight="B", config=CONFIG)
        + SearchVector(Value(plaintext.from_html(body)[:BODY_LIMIT]), weight="C", config=CONFIG)
    )


def typed(words: str) -> SearchQuery | None:
    """What somebody is typing: every word, of which the last may go on. None without a letter or digit."""
    found = _WORDS.findall(words)[:8]
    return SearchQuery(" & ".join(found) + ":*", search_type="raw", config=CONFIG) if found else None


def best(editions: EditionQuerySet, query: SearchQuery) -> EditionQuerySet:
    """Those of the newest `editions` that match, the best first."""
    newest = editions.filter(search_vector=query).newest_first().values("pk")[:RANKED]
    rank = SearchRank(F("search_vector"), query)
    return editions.filter(pk__in=newest).annotate(rank=rank).order_by("-rank", "-first_published_at", "-article_id")
