"""Which stories a question finds, in which order, and what it could be narrowed by. One statement.

**Which.** Stories that readers may see, that have every word, and that fit every filter. PostgreSQL misjudges how many
stories have a word, and would either read the archive from the newest on for a rare one or all stories that have a
common one. So it is not left to choose: the latest 500 stories are looked through, and only where fewer than RANKED of
them fit, the index of words is asked of ten times as many, then of a hundred times, and then of all; of all at once
where the word is so rare that all are few. So a word that is common enough to cost something is found before it
does: of a million stories a few thousand are looked at. The newest RANKED that fit are candidates, and the newest
RANKED that have every word in the headline: otherwise a story about a common word would be lost among those that
mention it. What no window finds and all of the archive takes too long for, as a phrase of words that everything has, is
given up after the time that a statement may take: then what the windows have is the answer.

**In which order.** By relevance, or the newest first. Relevance is

    (words + headline) × (1 + 30 / (30 + age in days))

where `words` is PostgreSQL's ts_rank (a word counts 1 in the headline, 0.4 in kicker, standfirst and names, 0.1 in the
body; words near each other count more than words apart), and `headline` is 1 for a story that has every word in its
headline, else 0. So a story of today counts twice, one of a month ago one and a half times, and no age puts what is
about a thing behind what mentions it once. This is the whole of it: no clicks, no person's hand.

**In which language.** Each story is matched by the rules of its own language alone: the query is read by the
configuration of every language that a readable story is written in, and compared with stories of that language. Were
all readings compared with all stories, “news” would find “new”, which is its stem in other languages. Which languages
there are is asked within the statement: for each of some fifty codes one step in an index that holds only the few
stories that are not in the newsroom's own.

**Page by page.** A page begins after a place: when the first page was asked for, and the relevance and number of the
last story before (or, newest first, its instant and number). Ages are counted from that first page, and stories that
are newer than it are left out, so that nothing moves while somebody reads on.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from articles.listing import EPOCH, PAGE_SIZE, Cursor
from articles.searching.candidates import FACETS, RANKED, Candidates
from articles.searching.questions import Key
from newsroom import clock

if TYPE_CHECKING:
    from articles.navigation import Navigation
    from articles.searching.questions import Question

__all__ = ["RANKED", "Facet", "Found", "Place", "find"]

logger = logging.getLogger(__name__)

_PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,12})-([1-9][0-9]{0,17})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a page in order of relevance begins: after this story. `base` is when the first page was asked for."""

    base: datetime
    relevance: int
    article: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote. Raises ValueError for everything else."""
        match = _PLACE.fullmatch(text)
        if match is None:
            raise ValueError("No place.")
        # As a cursor, so that an instant beyond the calendar is none.
        return cls(Cursor.parse(f"{int(match[1])}-1").published, int(match[2]), int(match[3]))

    def __str__(self) -> str:
        return f"{_microseconds(self.base)}-{self.relevance}-{self.article}"


@dataclass(frozen=True)
class Facet:
    """What a search could be narrowed by, and how many of the candidates would be left."""

    key: Key
    value: str
    name: str
    stories: int


@dataclass(frozen=True)
class Found:
    """A page of what a question finds: editions by id, in order.

    `count` is how many stories there are in all, and `has_more` whether there are more than that. `queries` are what
    PostgreSQL made of the words, by language. `after` is where the next page begins, if there is one. `only_latest`
    says that not all stories were looked through, since that took too long.
    """

    ids: list[int]
    count: int = 0
    has_more: bool = False
    queries: dict[str, str] | None = None
    facets: tuple[Facet, ...] = ()
    after: Place | Cursor | None = None
    only_latest: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether every word is one that no index holds, such as “the”."""
        return self.queries is not None and not any(self.queries.values())


def find(
    question: Question,
    *,
    at: datetime,
    navigation: Navigation,
    after: Place | Cursor | None = None,
    newest: bool = False,
) -> Found:
    """A page of what a question finds at `at`, the best first or the newest first. One query.

    `navigation` knows the sections. The candidates' facets come with the first page only.
    """
    if question.is_empty:
        return Found([])
    base = min(after.base, at) if isinstance(after, Place) else at
    asked = Candidates(question, at=at, base=base, navigation=navigation)
    if newest and isinstance(after, Cursor):
        asked.older(after)
    try:
        answer, only_latest = _answer(asked, with_headlines=not newest, with_facets=after is None)
    except EmptyResultSet:  # a section that there is not, and no need to ask
        return Found([])
    stories = [_Story(*row) for row in answer["stories"] or []]
    queries = answer["queries"] if question.items else None
    found = Found([], len(stories), answer["many"], queries, only_latest=only_latest)
    if newest:
        return _page_of_newest(found, stories, answer, question, navigation, is_first=after is None)
    return _page_of_best(found, stories, answer, navigation, base=base, after=after)


def _answer(asked: Candidates, **what: bool) -> tuple[Any, bool]:
    """What is found, and whether only among the latest: of all stories it took longer than a statement may take.

    So it is for words that most of the archive has and what is new has not, and which stand nowhere as they were asked
    for: a phrase, or in a section that does without. Raises OperationalError where even the latest take too long.
    """
    try:
        return asked.run(**what), False
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled) or connection.in_atomic_block:
            raise
        logger.warning("a search took too long in all stories")
        return asked.run(**what, in_all=False), True


@dataclass(frozen=True)
class _Story:
    id: int
    article: int
    section: int
    relevance: int
    published: int


def _page_of_newest(
    found: Found,
    stories: list[_Story],
    answer: dict[str, Any],
    question: Question,
    navigation: Navigation,
    *,
    is_first: bool,
) -> Found:
    stories.sort(key=lambda story: (-story.published, -story.article))
    page = stories[:PAGE_SIZE]
    after = None
    if len(stories) > PAGE_SIZE:
        after = _cursor(page[-1].published, page[-1].article)
    elif answer["is_cut"] and not question.wanted and answer["last"]:
        # What only leaves out is not looked for in the index: the next page goes on where this one stopped looking.
        after = _cursor(*answer["last"])
    facets = _facets(stories, answer, navigation) if is_first else ()
    return replace(found, ids=[story.id for story in page], facets=facets, after=after)


def _page_of_best(
    found: Found, stories: list[_Story], answer: dict[str, Any], navigation: Navigation, *, base: datetime, after: Any
) -> Found:
    stories.sort(key=lambda story: (-story.relevance, -story.article))
    facets = () if after else _facets(stories, answer, navigation)
    if isinstance(after, Place):
        last = (-after.relevance, -after.article)
        stories = [story for story in stories if (-story.relevance, -story.article) > last]
    page, more = stories[:PAGE_SIZE], stories[PAGE_SIZE:]
    place = Place(base, page[-1].relevance, page[-1].article) if more else None
    return replace(found, ids=[story.id for story in page], facets=facets, after=place)


def _facets(stories: Sequence[_Story], answer: dict[str, Any], navigation: Navigation) -> tuple[Facet, ...]:
    sections = Counter(story.section for story in stories)
    years = Counter(clock.local_date(_instant(story.published)).year for story in stories)
    known = {section.pk: section for section in navigation.sections}
    return (
        *(
            Facet(Key.SECTION, known[pk].slug, known[pk].name, count)
            for pk, count in sections.most_common(FACETS)
            if pk in known
        ),
        *(Facet(Key.AUTHOR, *row) for row in answer["authors"] or []),
        *(Facet(Key.TAG, *row) for row in answer["tags"] or []),
        *(Facet(Key.ON, str(year), str(year), count) for year, count in sorted(years.items(), reverse=True)[:FACETS]),
    )


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // (datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC) - EPOCH)


def _instant(microseconds: int) -> datetime:
    return Cursor.parse(f"{microseconds}-1").published


def _cursor(published: int, article: int) -> Cursor:
    return Cursor(_instant(published), article)
