"""What a search box offers while somebody types: stories, authors and tags whose names have words that begin so.

Only what readers may see, as in every list of theirs. Two queries, whatever is typed: one for stories, which looks
through the latest headlines, where those have too few among many more by the index of words, which has the weeks too,
and where there are no more through all of them; and one for authors and tags.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import RTrim
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import search
from articles.folding import folded
from articles.models import Edition
from articles.searching import naming
from articles.searching.statements import as_far_back_as, part
from newsroom import languages

STORIES = 5
AUTHORS = 3
TAGS = 3

# How many of the latest headlines are looked through first, and how many by the index of words. Of what fewer than five
# of so many have, all there are are soon read.
LATEST = 500
INDEXED = 10_000

# With fewer letters nearly everything begins so.
SHORTEST = 2
MOST_WORDS = 6
LONGEST = 100

_STATEMENT = """
WITH visible AS NOT MATERIALIZED ({visible}), latest AS MATERIALIZED (
    SELECT {columns} FROM visible ORDER BY first_published_at DESC, article_id DESC LIMIT {latest}
), near AS MATERIALIZED (
    SELECT * FROM latest WHERE {begins} ORDER BY first_published_at DESC, article_id DESC LIMIT {most}
), indexed AS MATERIALIZED (
    SELECT {columns} FROM visible
    WHERE ts_filter(visible.search_vector, '{{a}}') @@ to_tsquery(%(config)s, %(query)s) AND {begins} AND {since}
        AND {is_cut} AND (SELECT count(*) FROM near) < {most}
    -- An expression, which no index has: see articles.searching.finding.
    ORDER BY first_published_at + interval '0' DESC, article_id DESC LIMIT {most}
), far AS MATERIALIZED (
    SELECT {columns} FROM visible WHERE {begins}
        AND {is_cut} AND (SELECT count(*) FROM near) < {most} AND (SELECT count(*) FROM indexed) < {most}
    ORDER BY first_published_at + interval '0' DESC, article_id DESC LIMIT {most}
)
SELECT headline, path, language FROM (TABLE near UNION TABLE indexed UNION TABLE far) AS story
ORDER BY first_published_at DESC, article_id DESC LIMIT {most}
"""


@dataclass(frozen=True)
class Suggestion:
    """Something that readers can open: its name, its path, and what it is. `language` is one that is not the page's."""

    name: str
    path: str
    what: str
    language: str = ""


def complete(text: str, *, at: datetime) -> list[Suggestion]:
    """What may be meant by somebody who has typed so much: stories, then authors and tags."""
    words = search.words(text[:LONGEST]).split()[:MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    return [*_stories(words, at=at), *_people_and_tags(words, at=at)]


def _stories(words: list[str], *, at: datetime) -> list[Suggestion]:
    columns = ("headline", "path", "language", "first_published_at", "article_id")
    parameters: dict[str, Any] = {f"word_{number}": word for number, word in enumerate(words)}
    begins = " AND ".join(
        f"newsroom_fold(headline) LIKE '%%' || rtrim(newsroom_fold(%({name})s)) || '%%'" for name in parameters
    )
    parameters["config"] = search.configuration()
    parameters["query"] = " & ".join("'{}':*".format(word.replace("'", "''")) for word in words)
    statement = _STATEMENT.format(
        begins=begins,
        columns=", ".join(columns),
        visible=part(Edition.objects.live(at=at).values(*columns, "search_vector"), "visible", parameters),
        since=as_far_back_as(INDEXED),
        is_cut=f"(SELECT count(*) FROM latest) = {LATEST}",  # noqa: S608 - a number of ours
        latest=LATEST,
        most=STORIES,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return [
        Suggestion(headline, path, _("Story"), languages.tag(language) if language else "")
        for headline, path, language in rows
    ]


def _people_and_tags(words: list[str], *, at: datetime) -> list[Suggestion]:
    authors = _beginning(naming.authors(at=at), words, what="author")[:AUTHORS]
    tags = _beginning(naming.tags(at=at), words, what="tag")[:TAGS]
    labels = {"author": _("Author"), "tag": _("Tag")}
    found = sorted(authors.union(tags, all=True), key=lambda row: (row[2], row[0]))
    return [Suggestion(name, reverse(what, args=[slug]), labels[what]) for name, slug, what in found]


def _beginning(rows: QuerySet[Any], words: list[str], *, what: str) -> QuerySet[Any]:
    """Those whose name has, for each word, one that begins so: as (name, slug, what)."""
    conditions = (Q(words__contains=RTrim(folded(Value(word)))) for word in words)
    named = rows.alias(words=folded("name")).filter(*conditions).order_by("name", "pk")
    described: QuerySet[Any] = named.annotate(what=Value(what, output_field=CharField()))
    return described.values_list("name", "slug", "what")
