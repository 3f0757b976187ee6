"""What a text is about, in the words of the search index: those that it uses much and that other stories use little.

How many stories use a word is known from the statistics that PostgreSQL keeps of the search vectors for its planner:
of the thousand most common ones, how common each is; every other word is rarer than those. Nothing is counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from articles.models import Edition
from articles.search import configuration

if TYPE_CHECKING:
    from collections.abc import Sequence

# At most so many words, which together stand in at most so many stories: this bounds what is read for them.
MOST = 8
READ = 20_000

# A word that every fifth story has says nothing of any, unless there are but a few stories; one that a body has but
# once is rarely what it is about.
TOO_COMMON = 0.2
A_FEW = 20
ENOUGH = 2
SHORTEST = 3
UNKNOWN = 0.01

_PLACE = {"A": 4.0, "B": 2.0}

_WORDS = """
WITH common AS MATERIALIZED (
    SELECT word.lexeme, word.share
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS word (lexeme, share)
    WHERE schemaname = current_schema() AND tablename = %(table)s AND attname = 'search_vector'
      AND word.lexeme IS NOT NULL
)
SELECT word.lexeme, word.weights, cardinality(word.positions), common.share,
       (SELECT min(share) FROM common),
       (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = to_regclass(%(table)s))
FROM unnest(
    setweight(to_tsvector(%(config)s::regconfig, %(headline)s), 'A')
    || setweight(to_tsvector(%(config)s::regconfig, %(standfirst)s), 'B')
    || to_tsvector(%(config)s::regconfig, %(body)s)
) AS word (lexeme, positions, weights)
LEFT JOIN common USING (lexeme)
"""


@dataclass(frozen=True)
class Term:
    """A word as the index has it, how much the text makes of it, and the share of all stories that have it, at most."""

    lexeme: str
    stress: float
    share: float

    @property
    def weight(self) -> float:
        """How much the text is about it."""
        return self.stress * math.log(1 + 1 / self.share)


@dataclass(frozen=True)
class Subjects:
    """What a text is about, the weightiest first; `stories` is how many the index holds, about."""

    terms: list[Term]
    stories: float


def salient(*, headline: str, standfirst: str, body: str) -> Subjects:
    """What these plain texts are about. One query, which reads no story."""
    texts = {"headline": headline, "standfirst": standfirst, "body": body}
    values = {name: text.replace("\x00", " ") for name, text in texts.items()}  # which PostgreSQL has not in any text
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"table": Edition._meta.db_table, "config": configuration()} | values)
        rows = cursor.fetchall()
    stories = rows[0][-1] if rows else 0.0
    terms = filter(None, (_term(*row) for row in rows))
    return Subjects(_affordable(sorted(terms, key=lambda term: (-term.weight, term.lexeme)), stories), stories)


def _term(
    lexeme: str, places: Sequence[str], count: int, share: float | None, rarest: float | None, stories: float
) -> Term | None:
    """A word of the text; None for one that is no subject."""
    place = max(_PLACE.get(each, 1.0) for each in places)
    is_word = len(lexeme) >= SHORTEST and lexeme.isalnum() and not lexeme.isdigit()
    if not is_word or (place == 1.0 and count < ENOUGH):
        return None
    if share is None:
        # Rarer than the rarest of the thousand; without statistics every word counts the same.
        share = rarest / 2 if rarest is not None else UNKNOWN
    if share > TOO_COMMON and share * stories > A_FEW:
        return None
    return Term(lexeme, place * (1 + math.log(count)), share)


def _affordable(terms: list[Term], stories: float) -> list[Term]:
    chosen: list[Term] = []
    left = float(READ)
    for term in terms:
        if term.share * stories <= left:
            chosen.append(term)
            left -= term.share * stories
        if len(chosen) == MOST:
            break
    return chosen
