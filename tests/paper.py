"""An archive to search in: the demo newsroom's stories, and as many more as are wanted whose words are the demo's.

The words of the others are drawn from the demo's own, each as often as it is used there, so that every word that one
looks for is in many stories, and only some stories are about it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import connection
from django.db.models import Value
from django.db.models.expressions import CombinedExpression
from taggit.models import Tag

from articles import search
from articles.demo import loader, pictures
from articles.demo.copy import stories
from articles.models import Section
from authors.models import Author
from newsroom import plaintext
from tests.bulk import archive_of
from tests.pictures import file_of, quarters

# No more bodies than these are made; they are dealt out again and again, each time with a headline of its own.
BODIES = 4_000
WORDS_OF_A_BODY = 320
WORDS_OF_A_HEADLINE = 7
AT_ONCE = 10_000

_SMALL = file_of(quarters(64, 36)).getvalue()


def demo_newsroom(*, at: datetime) -> None:
    """Publish the demo newsroom's stories as of `at`, with pictures that cost nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "scene", lambda *_, **__: _SMALL)
        patch.setattr(pictures, "portrait", lambda *_, **__: _SMALL)
        loader.fill(at=at)


def more_stories(count: int, *, newest: datetime, apart: timedelta = timedelta(minutes=17)) -> None:
    """Publish `count` more, one every `apart` back from `newest`, found by their words as if verbs had published them.

    Afterwards PostgreSQL knows what the tables hold.
    """
    draw = _Draw(min(count, BODIES))
    for first in range(0, count, AT_ONCE):
        archive_of(
            min(AT_ONCE, count - first),
            sections=list(Section.objects.all()),
            authors=list(Author.objects.all()),
            tags=list(Tag.objects.order_by("pk")[:40]),
            newest=newest - first * apart,
            apart=apart,
            texts=partial(draw.texts, first),
            search_vector=partial(draw.search_vector, first),
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Draw:
    """Headlines and bodies drawn by lot, the same ones every time."""

    def __init__(self, bodies: int) -> None:
        self.lot = random.Random(4)
        counted = Counter(word for text in _demo_texts() for word in search.words(text).lower().split())
        self.words, self.shares = zip(*sorted(counted.items()), strict=True)
        self.bodies = [self._body() for _ in range(bodies)]
        texts = [search.words(plaintext.from_html(body)) for body in self.bodies]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setweight(to_tsvector(%s::regconfig, body), 'C')::text"
                " FROM unnest(%s::text[]) WITH ORDINALITY AS text (body, number) ORDER BY number",
                [search.configuration(), texts],
            )
            self.vectors = [row[0] for row in cursor.fetchall()]

    def texts(self, first: int, number: int) -> tuple[str, str]:
        """The headline of a story, which nobody else has, and its body."""
        headline = f"{' '.join(self._drawn(WORDS_OF_A_HEADLINE)).capitalize()} {first + number}"
        return headline, self.bodies[(first + number) % len(self.bodies)]

    def search_vector(self, first: int, headline: str, number: int) -> CombinedExpression:
        """What search has of it; the body's part is worked out once for all stories that share it."""
        body = Value(self.vectors[(first + number) % len(self.vectors)], output_field=SearchVectorField())
        words = SearchVector(Value(search.words(headline)), weight="A", config=search.configuration())
        return CombinedExpression(words, "||", body, output_field=SearchVectorField())

    def _body(self) -> str:
        drawn = self._drawn(WORDS_OF_A_BODY)
        paragraphs = (" ".join(drawn[start : start + 40]).capitalize() for start in range(0, len(drawn), 40))
        return "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)

    def _drawn(self, count: int) -> list[str]:
        return self.lot.choices(self.words, self.shares, k=count)


def _demo_texts() -> Iterator[str]:
    for story in stories():
        yield story.texts["headline"]
        yield plaintext.from_html(story.body)
