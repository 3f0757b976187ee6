"""The text that search reads, and how much each part of it weighs."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from newsroom import plaintext

CONFIG = "english"

# PostgreSQL refuses a tsvector over 1 MB; the first 200,000 characters of a body are some 30,000 words.
BODY_LIMIT = 200_000


def vector(*, headline: str, summary: str, body: str) -> CombinedExpression:
    """The weighted search vector of an edition: headline before standfirst and names before body (HTML)."""
    return (
        SearchVector(Value(headline), weight="A", config=CONFIG)
        + SearchVector(Value(summary), weight="B", config=CONFIG)
        + SearchVector(Value(plaintext.from_html(body)[:BODY_LIMIT]), weight="C", config=CONFIG)
    )
