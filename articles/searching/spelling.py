"""“Did you mean”: for words that find nothing, the words most like them that readers can find.

Likeness is that of PostgreSQL's trigrams, over the words of live headlines, of the names of authors who sign a live
story and of tags that one has; nothing else is known here, so that nothing else can be guessed. A word that stands
there as it is needs no other. No list of words is kept: the headlines have an index for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.models import Edition
from articles.searching import naming
from articles.searching.finding import find
from articles.searching.questions import ask
from articles.searching.statements import part
from articles.suggesting import fold

if TYPE_CHECKING:
    from articles.navigation import Navigation
    from articles.searching.questions import Question

# For so many words at most, of no fewer letters, another spelling is looked for.
WORDS = 6
SHORTEST = 4

# How many texts that have a likely word are looked at for each word, and how like it must be in the end.
TEXTS = 200
ALIKE = 0.72

# How alike the index takes words to be of the same, and how many of each word's likes are compared letter by letter.
LOOSELY = 0.45
COMPARED = 8

_STATEMENT = """
SELECT typed.word, likely.word
FROM unnest(%(words)s::text[]) AS typed (word)
-- The setting ends with the statement, and is made before the index is asked, since what it is asked for comes of it.
CROSS JOIN LATERAL (
    SELECT btrim(newsroom_fold(typed.word))
        || left(set_config('pg_trgm.word_similarity_threshold', '{loosely}', true), 0) AS word
) AS folded
CROSS JOIN LATERAL (
    SELECT piece.word, count(*) AS uses
    FROM (
        (SELECT headline AS words FROM ({editions}) AS story
            WHERE newsroom_fold(headline) %%> folded.word LIMIT {texts})
        UNION ALL
        (SELECT name FROM ({authors}) AS author WHERE newsroom_fold(name) %%> folded.word LIMIT {texts})
        UNION ALL
        (SELECT name FROM ({tags}) AS tag WHERE newsroom_fold(name) %%> folded.word LIMIT {texts})
    ) AS found
    CROSS JOIN LATERAL regexp_split_to_table(found.words, '[^[:alnum:]]+') AS piece (word)
    GROUP BY piece.word
    ORDER BY similarity(newsroom_fold(piece.word), folded.word) DESC, uses DESC, piece.word LIMIT {compared}
) AS likely
ORDER BY likely.uses DESC, likely.word
"""


def meant(question: Question, *, at: datetime, navigation: Navigation) -> str | None:
    """The query in another spelling that finds something; None where there is none. Two queries."""
    words = _words(question)
    if not words:
        return None
    better = {word: other for word, other in _likely(words, at=at).items() if fold(other) != fold(word)}
    if not better:
        return None
    text = _respelled(question, better)
    other = replace(ask(text), filters=question.filters, since=question.since, until=question.until)
    return text if find(other, at=at, navigation=navigation).ids else None


def _words(question: Question) -> list[str]:
    words = (word for item in question.wanted for word in item.words.split())
    return list(dict.fromkeys(word for word in words if len(word) >= SHORTEST and not word.isdigit()))[:WORDS]


def _likely(words: list[str], *, at: datetime) -> dict[str, str]:
    """For each word the one that is most like it; a word that is known stands for itself."""
    parameters: dict[str, Any] = {"words": words}
    statement = _STATEMENT.format(
        editions=part(Edition.objects.live(at=at).values("headline"), "editions", parameters),
        authors=part(naming.authors(at=at).values("name"), "authors", parameters),
        tags=part(naming.tags(at=at).values("name"), "tags", parameters),
        texts=TEXTS,
        compared=COMPARED,
        loosely=LOOSELY,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    found: dict[str, str] = {}
    for typed in words:
        likes = [(_likeness(typed, other), other) for word, other in rows if word == typed]
        likeness, other = max(likes, default=(0.0, ""), key=itemgetter(0))  # the first, which most texts have
        if likeness >= ALIKE:
            found[typed] = other.lower() if typed.islower() else other
    return found


def _likeness(one: str, other: str) -> float:
    """How much of two words is the same letters in the same order, whatever their case and accents; 1 for all."""
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()


def _respelled(question: Question, better: dict[str, str]) -> str:
    """What was typed, with other words in the places of some."""
    text = question.text
    for item in sorted(question.wanted, key=lambda item: -item.place[0]):
        first, after = item.place
        said = text[first:after]
        for word in item.words.split():
            said = said.replace(word, better.get(word, word), 1)
        text = text[:first] + said + text[after:]
    return text
