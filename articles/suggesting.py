"""Suggestions for a story that is being written: stories to relate it to, and tags to give it.

A story fits by the words that this one is about (`articles.terms`), by tags and by authors that both have, and a little
more the newer it is. For each word, tag and author the newest few stories are looked at, so that the cost does not grow
with the archive. A tag fits because the text names it, or because the stories that fit carry it.

What is suggested is what readers see; to editors also what they will see, marked with its time. Nothing is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, FloatField, Func, OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject
from taggit.models import Tag

from articles import listing, search
from articles.models import Edition, EditionByline, EditionTag
from articles.querysets import EditionQuerySet
from articles.terms import Subjects, salient

# How much of a text is read.
SHORT_LIMIT = 1_000
BODY_LIMIT = 24_000

# How many of the newest stories are looked at for each word, tag and author, and for how many tags and authors.
CANDIDATES = 40
SUBJECTS = 8
UPCOMING = 10

# What a headline or standfirst names counts as named so often.
ABOVE = 3

_WORD = re.compile(r"[^\W_]+")

# How many of them are compared with the text in full, and how many stories and tags are suggested.
COMPARED = 30
STORIES = 12
TAGS = 12

# What a word is worth in a body, in names and standfirst, in a headline (D is not used by editions).
PLACES = [0.1, 0.3, 0.6, 1.0]
SHARED_TAG = 0.05
MOST_SHARED = 3
SHARED_AUTHOR = 0.015
FIT = 0.1
HALF_LIFE = timedelta(days=365)

# A tag that this share of the fitting stories carries, and at least two of them, fits too.
OFTEN = 0.25


@dataclass(frozen=True)
class Writing:
    """A story as it stands in the form: plain texts, and what is picked already. `article` is None for a new one."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    tags: Sequence[str] = ()
    related: Sequence[int] = ()
    authors: Sequence[int] = ()
    article: int | None = None


@dataclass(frozen=True)
class StoryToRelate:
    """A story that fits. `opens_at` is set where readers cannot open it yet; `shared` are the tags that both have."""

    article: int
    headline: str
    section: str
    first_published_at: datetime
    opens_at: datetime | None
    shared: tuple[str, ...]


@dataclass(frozen=True)
class TagToGive:
    """A tag that fits: how often the text names it, and how many of the fitting stories carry it."""

    name: str
    named: int
    carried: int


@dataclass(frozen=True)
class Suggestions:
    """What fits, the best first."""

    stories: list[StoryToRelate] = field(default_factory=list)
    tags: list[TagToGive] = field(default_factory=list)


def suggest(writing: Writing, *, at: datetime, with_upcoming: bool = False) -> Suggestions:
    """What fits a story, without what it has already; `with_upcoming` also stories that begin later. Four queries."""
    given = {fold(name) for name in writing.tags}
    tags = [(fold(name), name, pk) for pk, name in Tag.objects.values_list("pk", "name")]
    own = [pk for key, _, pk in tags if key in given][:SUBJECTS]
    subjects = salient(
        headline=" ".join([writing.headline[:SHORT_LIMIT], *(name[:SHORT_LIMIT] for name in writing.tags[:SUBJECTS])]),
        standfirst=writing.standfirst[:SHORT_LIMIT],
        body=writing.body[:BODY_LIMIT],
    )
    found = _Fitting(writing, subjects, own, at=at, with_upcoming=with_upcoming).found()
    stories = [_told(each, own=own, at=at) for each in found[:STORIES]]
    return Suggestions(stories, _tags(_named(tags, writing), found, given=given))


def _told(found: _Candidate, *, own: Sequence[int], at: datetime) -> StoryToRelate:
    edition = found.edition
    return StoryToRelate(
        article=edition.article_id,
        headline=edition.list_headline,
        section=edition.section.name,
        first_published_at=edition.first_published_at,
        opens_at=edition.live_from if edition.live_from > at else None,
        shared=tuple(sorted(name for pk, name in found.tags.items() if pk in own)),
    )


def _tags(named: Mapping[str, int], found: Sequence[_Candidate], *, given: Collection[str]) -> list[TagToGive]:
    """Tags that the text names and tags that the fitting stories often carry, without those given already."""
    carried = Counter(name for story in found for name in story.tags.values())
    often = {name: count for name, count in carried.items() if count >= max(2, OFTEN * len(found))}
    tags = [
        TagToGive(name, named.get(name, 0), often.get(name, 0))
        for name in {**named, **often}
        if fold(name) not in given
    ]
    return sorted(tags, key=lambda tag: (-2 * min(tag.named, 6) - tag.carried, tag.name.casefold()))[:TAGS]


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name as it is compared: its words of letters and digits, without case, accents and punctuation."""
    return _words(name)


def _words(text: str) -> str:
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(_WORD.findall(text.casefold()))


def _named(tags: Iterable[tuple[str, str, int]], writing: Writing) -> dict[str, int]:
    """The tags whose names stand in the text as whole words, with how often; of two at one place the longer.

    What the headline and the standfirst name counts as named three times there.
    """
    above = [_words(writing.headline[:SHORT_LIMIT]), _words(writing.standfirst[:SHORT_LIMIT])]
    # Two spaces between words: each has its own on either side, also where a name follows itself.
    text = _spaced(" | ".join([*above * ABOVE, _words(writing.body[:BODY_LIMIT])]))
    words = set(text.split())
    possible = [(key, name) for key, name, _ in tags if key.partition(" ")[0] in words]
    found: dict[str, int] = {}
    for key, name in sorted(possible, key=lambda each: (-len(each[0]), each[1])):
        if count := text.count(_spaced(key)):
            found[name] = count
            text = text.replace(_spaced(key), " | ")
    return found


def _spaced(words: str) -> str:
    return f" {words.replace(' ', '  ')} "


@dataclass
class _Candidate:
    """A story that may fit, and how well it does; `tags` are names by id."""

    edition: Edition
    fit: float
    tags: dict[int, str]

    def age_worth(self, at: datetime) -> float:
        """How well it fits, and a little less the older it is."""
        age: float = max(at - self.edition.first_published_at, timedelta()) / HALF_LIFE
        return self.fit * (0.6 + 0.4 * float(0.5**age))


class _Has(Func):
    """How much an edition has of each word, times what that word is worth. Arguments: vector, places, words, worths."""

    template = (
        "(SELECT sum(ts_rank(places::float4[], vector, word) * worth) "
        "FROM (VALUES (%(expressions)s)) AS given (vector, places, words, worths), "
        "unnest(words::tsquery[], worths::float8[]) AS asked (word, worth))"
    )
    output_field = FloatField()


class _Fitting:
    """One search for stories that fit."""

    def __init__(
        self, writing: Writing, subjects: Subjects, tags: Sequence[int], *, at: datetime, with_upcoming: bool
    ) -> None:
        self.at, self.tags, self.authors = at, tags, list(writing.authors)[:SUBJECTS]
        self.terms, self.stories = list(subjects.terms), subjects.stories
        self.queries = [SearchQuery(term.lexeme, config="simple", search_type="plain") for term in self.terms]
        self.with_upcoming = with_upcoming
        self.but = {*writing.related, *([writing.article] if writing.article else [])}

    def found(self) -> list[_Candidate]:
        """Those that fit, the best first. Two queries."""
        editions = self._first_sight()
        if not editions:
            return []
        compared = (self._compared(edition) for edition in self._with_all(editions))
        return sorted(
            (each for each in compared if each.fit >= FIT),
            key=lambda each: (-each.age_worth(self.at), -each.edition.article_id),
        )

    def _first_sight(self) -> list[int]:
        """The editions that have most in common with the text, of the newest with each term, tag and author."""
        editions = Edition.objects.exclude(article__in=self.but)
        live = editions.live(at=self.at)
        lists = [
            *(search.newest(live, query)[:CANDIDATES] for query in self.queries),
            *(listing.by_tag(live, tag)[:CANDIDATES] for tag in self.tags),
            *(listing.by_author(live, author)[:CANDIDATES] for author in self.authors),
        ]
        if self.with_upcoming and self.queries:
            lists.append(self._upcoming(editions)[:UPCOMING])
        if not lists:
            return []
        first, *others = (
            one.annotate(list=Value(number)).values_list("pk", "list") for number, one in enumerate(lists)
        )
        hits = list(first.union(*others, all=True) if others else first)
        self._learn(Counter(number for _, number in hits))
        worth = [
            *(term.weight / self._total for term in self.terms),
            *([SHARED_TAG] * len(self.tags)),
            *([SHARED_AUTHOR] * len(self.authors)),
            1.0,  # the upcoming ones are few, and all of them are looked at
        ]
        scores: defaultdict[int, float] = defaultdict(float)
        for edition, number in hits:
            scores[edition] += worth[number]
        return sorted(scores, key=lambda edition: (-scores[edition], -edition))[:COMPARED]

    @property
    def _total(self) -> float:
        return sum(term.weight for term in self.terms) or 1.0

    def _upcoming(self, editions: EditionQuerySet) -> EditionQuerySet:
        """Stories that readers have never seen and will: those that have most of the terms."""
        any_of_them = reduce(or_, self.queries)
        ahead = editions.upcoming(at=self.at).filter(live_from=F("first_published_at"), retired=False)
        rank = SearchRank(F("search_vector"), any_of_them)
        return ahead.filter(search_vector=any_of_them).order_by(rank.desc(), "-article_id")

    def _learn(self, hits: Counter[int]) -> None:
        """A term that few stories have is worth more than the statistics knew."""
        if self.stories:
            self.terms = [
                replace(term, share=min(term.share, hits[number] / self.stories))
                if 0 < hits[number] < CANDIDATES
                else term
                for number, term in enumerate(self.terms)
            ]

    def _with_all(self, editions: Iterable[int]) -> EditionQuerySet:
        """With everything that is compared: how much of each term they have, their tags, who signs them."""
        tags = EditionTag.objects.filter(edition=OuterRef("pk")).values(
            data=JSONObject(id=F("tag"), name=F("tag__name"))
        )
        authors = EditionByline.objects.filter(edition=OuterRef("pk")).values("author_id")
        words = [f"'{term.lexeme}'" for term in self.terms]
        worths = [term.weight / self._total for term in self.terms]
        text = Coalesce(_Has(F("search_vector"), Value(PLACES), Value(words), Value(worths)), Value(0.0))
        return (
            Edition.objects.filter(pk__in=editions)
            .select_related("section")
            .only("article", "list_headline", "section__name", "first_published_at", "live_from")
            .annotate(text=text, tag_list=ArraySubquery(tags), author_list=ArraySubquery(authors))
        )

    def _compared(self, edition: Any) -> _Candidate:
        shared = min(sum(tag["id"] in self.tags for tag in edition.tag_list), MOST_SHARED)
        people = len({*self.authors} & {*edition.author_list})
        fit = edition.text + SHARED_TAG * shared + SHARED_AUTHOR * people
        return _Candidate(edition, fit, {tag["id"]: tag["name"] for tag in edition.tag_list})
