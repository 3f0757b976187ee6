"""The one statement that reads candidates: `articles.searching.finding` says which those are, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from articles import search
from articles.models import Edition, EditionByline, EditionTag
from articles.searching.questions import Key
from articles.searching.statements import as_far_back_as, part
from authors.models import Author
from newsroom import languages
from newsroom.slugs import slugify_headline

if TYPE_CHECKING:
    from articles.listing import Cursor
    from articles.models import Section
    from articles.navigation import Navigation
    from articles.searching.questions import Item, Question

LATEST = search.LATEST
NEAR = 500
RANKED = search.RANKED

# Words that so many of the latest headlines have are looked for in no other headlines.
COMMON_IN_HEADLINES = 50

# What ts_rank gives a word of weight D (none has it), C, B and A.
WEIGHTS = "{0, 0.1, 0.4, 1}"
HALF_LIFE_DAYS = 30
SCALE = 1_000_000

# How many of each kind a search can be narrowed by.
FACETS = 8

_COLUMNS = ("id", "article_id", "language", "first_published_at", "section_id", "search_vector")

_STATEMENT = """
WITH spoken AS MATERIALIZED (
    SELECT known.language, known.config FROM unnest(%(languages)s::text[], %(configs)s::regconfig[])
        AS known (language, config)
    WHERE known.language = '' OR EXISTS (
        SELECT FROM {editions} AS story
        WHERE story.language = known.language AND story.language <> '' AND NOT story.retired
    )
), asked AS MATERIALIZED (
    SELECT language, {query} AS query FROM spoken
), {lists}visible AS NOT MATERIALIZED (
    {visible}
), latest AS MATERIALIZED (
    SELECT * FROM visible {among} ORDER BY first_published_at DESC, article_id DESC LIMIT {latest}
), fitting AS MATERIALIZED (
    SELECT latest.*, asked.query, {in_headline} AS in_headline
    FROM latest JOIN asked USING (language) WHERE {fits}
), near AS MATERIALIZED (
    SELECT id FROM fitting ORDER BY first_published_at DESC, article_id DESC LIMIT {ranked}
), near_headlines AS MATERIALIZED (
    SELECT id FROM fitting WHERE in_headline ORDER BY first_published_at DESC, article_id DESC LIMIT {ranked}
){far}, scored AS MATERIALIZED (
    SELECT DISTINCT ON (story.article_id) story.id, story.article_id, story.section_id, story.first_published_at,
        ({words} + CASE WHEN {story_in_headline} THEN 1 ELSE 0 END)
        * (1 + {half_life} / ({half_life} + greatest(
            extract(epoch FROM %(base)s - story.first_published_at) / 86400, 0
        ))) AS relevance
    FROM {editions} AS story JOIN asked USING (language)
    WHERE story.id = ANY (ARRAY({candidates}))
    ORDER BY story.article_id, story.id DESC
)
SELECT json_build_object(
    'stories', (SELECT json_agg(json_build_array(
        id, article_id, section_id, round(relevance::numeric * {scale})::bigint,
        (extract(epoch FROM first_published_at) * 1000000)::bigint
    )) FROM scored),
    'queries', (SELECT json_object_agg(language, query::text) FROM asked),
    'many', (SELECT greatest({counts}) >= {ranked}),
    'last', (SELECT json_build_array((extract(epoch FROM first_published_at) * 1000000)::bigint, article_id)
             FROM latest ORDER BY first_published_at, article_id LIMIT 1),
    'is_cut', {is_cut},
    'authors', {authors},
    'tags', {tags}
)
"""

_FAR = """, {name} AS MATERIALIZED (
    SELECT hit.id FROM asked CROSS JOIN LATERAL (
        SELECT id, first_published_at, article_id FROM visible
        WHERE visible.language = asked.language AND {match}{since}
        -- An expression, which no index has: PostgreSQL must not go through the archive in order.
        ORDER BY visible.first_published_at + interval '0' DESC, visible.article_id DESC LIMIT {ranked}
    ) AS hit
    WHERE {is_cut} AND {too_few}
    ORDER BY hit.first_published_at DESC, hit.article_id DESC LIMIT {ranked}
)"""

# So many times as many stories as the latest ones are looked through by the index where those do not suffice; then all.
_WINDOWS = (10, 100)
# A window is worth its weeks only for words that one story in so many has; of rarer ones all there are are soon read.
_RARE = 500

_AUTHORS = """(SELECT json_agg(json_build_array(slug, name, stories)) FROM (
    SELECT author.slug, author.name, count(DISTINCT byline.edition_id) AS stories
    FROM {bylines} AS byline JOIN {authors} AS author ON author.id = byline.author_id
    WHERE byline.edition_id IN (SELECT id FROM scored)
    GROUP BY author.id ORDER BY stories DESC, author.name, author.id LIMIT {facets}
) AS facet)"""

_TAGS = """(SELECT json_agg(json_build_array(slug, name, stories)) FROM (
    SELECT tag.slug, tag.name, count(*) AS stories
    FROM {tagged} AS tagged JOIN taggit_tag AS tag ON tag.id = tagged.tag_id
    WHERE tagged.edition_id IN (SELECT id FROM scored)
    GROUP BY tag.id ORDER BY stories DESC, tag.name, tag.id LIMIT {facets}
) AS facet)"""

# Who or what is meant: an exact address first, and no more than some.
MEANT = 50
_SIGNED = """{name}_meant AS MATERIALIZED (
    SELECT author.id FROM {authors} AS author
    WHERE author.slug = %({name}_slug)s
        OR newsroom_fold(author.name) LIKE '%%' || newsroom_fold(%({name}_words)s) || '%%'
    ORDER BY author.slug = %({name}_slug)s DESC, author.id LIMIT {meant}
), """
_TAGGED = """{name}_meant AS MATERIALIZED (
    SELECT tag.id FROM taggit_tag AS tag
    WHERE tag.slug = %({name}_slug)s OR upper(tag.name) = upper(%({name}_words)s)
    ORDER BY tag.slug = %({name}_slug)s DESC, tag.id LIMIT {meant}
), """

# The latest stories of an author or a tag, from the indexes of their lists.
_LIST = """{name} AS MATERIALIZED (
    SELECT hit.edition_id, hit.first_published_at FROM {name}_meant AS meant CROSS JOIN LATERAL (
        SELECT listed.edition_id, listed.first_published_at FROM {rows} AS listed
        WHERE listed.{column} = meant.id AND NOT listed.retired AND {period}
        ORDER BY listed.first_published_at DESC LIMIT {longest}
    ) AS hit
), """

# Whether one story is among all of theirs. Not EXISTS: PostgreSQL would read all of them to know.
_IS_LISTED = """(
    SELECT true FROM {rows} AS listed
    WHERE listed.edition_id = "{editions}"."id" AND listed.{column} IN (SELECT id FROM {name}_meant) LIMIT 1
) IS {answer}"""

# Of lists, the latest are picked by their numbers; how many numbers are looked up at most, some of which may be ahead.
LISTED = LATEST + 500
_LISTED = "listed AS MATERIALIZED ({lists}), "
_AMONG = "WHERE id = ANY (ARRAY(SELECT edition_id FROM listed ORDER BY first_published_at DESC LIMIT {listed}))"


_LISTS = {
    Key.AUTHOR: (EditionByline._meta.db_table, "author_id"),
    Key.TAG: (EditionTag._meta.db_table, "tag_id"),
}


class Candidates:
    """The statement for one question, put together. Everything that is typed goes into its parameters."""

    def __init__(self, question: Question, *, at: datetime, base: datetime, navigation: Navigation) -> None:
        self.question = question
        self.visible = Edition.objects.live(at=at).filter(first_published_at__lte=base)
        spoken = ("", *languages.STORIES)
        self.parameters: dict[str, Any] = {
            "languages": list(spoken),
            "configs": [search.configuration(each) for each in spoken],
            "base": base,
        }
        # Where there are words to ask the index for, fewer have to be read word by word.
        self.latest = NEAR if question.wanted else LATEST
        self.meant: dict[str, Key] = {}
        self.among: list[str] = []
        self.newest_of_all = base
        if question.since:
            self.visible = self.visible.filter(first_published_at__gte=question.since)
        if question.until:
            self.visible = self.visible.filter(first_published_at__lt=question.until)
        self._sections(navigation)
        for key in (Key.AUTHOR, Key.TAG):
            for excluded in (False, True):
                for number, value in enumerate(question.of(key, excluded=excluded)):
                    self._listed(f"{key}_{'not_' * excluded}{number}", key, value, excluded=excluded)

    def older(self, cursor: Cursor) -> None:
        """Only stories that come after a place, the newest first."""
        self.visible = self.visible.filter(cursor.older("first_published_at"))
        self.newest_of_all = min(self.newest_of_all, cursor.published)

    def run(self, *, with_headlines: bool, with_facets: bool, in_all: bool = True) -> Any:
        """What the statement answers. If not `in_all` stories, it goes back as far as the widest window does."""
        has_words = bool(self.question.items)
        tables = {
            "editions": Edition._meta.db_table,
            "bylines": EditionByline._meta.db_table,
            "tagged": EditionTag._meta.db_table,
            "authors": Author._meta.db_table,
        }
        far, sources = "", ["near", *(["near_headlines"] if with_headlines else [])]
        if self.question.wanted:
            far, sources = self._far(with_headlines=with_headlines, in_all=in_all)
        statement = _STATEMENT.format(
            editions=tables["editions"],
            query=self._query() if has_words else "NULL::tsquery",
            lists=self._lists(tables),
            among=_AMONG.format(listed=LISTED) if self.among else "",
            is_cut=self._is_cut,
            visible=part(self.visible.values(*_COLUMNS), "visible", self.parameters),
            latest=self.latest,
            ranked=RANKED,
            fits="latest.search_vector @@ asked.query" if has_words else "true",
            in_headline=_in_headline("latest") if has_words else "false",
            far=far,
            words=f"ts_rank('{WEIGHTS}', story.search_vector, asked.query)" if has_words else "1",
            story_in_headline=_in_headline("story") if has_words else "false",
            half_life=float(HALF_LIFE_DAYS),
            scale=SCALE,
            candidates=" UNION ".join(f"TABLE {source}" for source in sources),
            counts=", ".join(f"(SELECT count(*) FROM {one})" for one in sources if "headlines" not in one),  # noqa: S608
            authors=_AUTHORS.format(facets=FACETS, **tables) if with_facets else "NULL",
            tags=_TAGS.format(facets=FACETS, **tables) if with_facets else "NULL",
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, self.parameters)
            return cursor.fetchone()[0]

    def _far(self, *, with_headlines: bool, in_all: bool) -> tuple[str, list[str]]:
        """The looks further back, and the names of all that is found."""
        whole = "visible.search_vector @@ asked.query"
        far, sources = self._further(whole, near="near", enough=RANKED, in_all=in_all)
        if not with_headlines:
            return far, sources
        match = _in_headline("visible")
        if any(item.is_excluded for item in self.question.items):
            match = f"{match} AND {whole}"  # what is to be left out may stand in the body
        enough = COMMON_IN_HEADLINES
        further, headlines = self._further(match, near="near_headlines", enough=enough, in_all=in_all)
        return far + further, sources + headlines

    def _further(self, match: str, *, near: str, enough: int, in_all: bool) -> tuple[str, list[str]]:
        names, looks, size = [near], "", self.latest
        for times in (*_WINDOWS, *([None] if in_all else [])):
            few = [f"(SELECT count(*) FROM {one}) < {enough}" for one in names]  # noqa: S608
            if times and in_all:
                few.append(f"(SELECT count(*) FROM {names[-1]}) >= {size // _RARE}")  # noqa: S608 - a number of ours
                size = self.latest * times
            names.append(f"{near}_{times or 'all'}")
            looks += _FAR.format(
                name=names[-1],
                match=match,
                since=f" AND {as_far_back_as(self.latest * times)}" if times else "",
                too_few=" AND ".join(few),
                ranked=RANKED,
                is_cut=self._is_cut,
            )
        return looks, names

    def _query(self) -> str:
        """The words as a tsquery, by the configuration of each language."""
        groups = []
        for group in self.question.groups:
            any_of = " || ".join(self._item(item) for item in group)
            groups.append(f"!!({any_of})" if group[0].is_excluded else f"({any_of})")
        return " && ".join(groups)

    def _item(self, item: Item) -> str:
        name = f"word_{len(self.parameters)}"
        self.parameters[name] = item.words
        return f"phraseto_tsquery(config, %({name})s)"

    def _sections(self, navigation: Navigation) -> None:
        """Any of the sections that are named, and none of those that are excluded, each with those inside it."""
        for excluded in (False, True):
            values = self.question.of(Key.SECTION, excluded=excluded)
            if values:
                found = [one for value in values for one in _sections_named(value, navigation)]
                roots = [one.pk for one in found if one.parent_id is None]
                children = [one.pk for one in found if one.parent_id is not None]
                # One of the two where one will do: each has an index in the order of lists.
                among = Q(root_section__in=roots) if not children else Q(section__in=children)
                among = among | Q(root_section__in=roots) if roots and children else among
                self.visible = self.visible.exclude(among) if excluded else self.visible.filter(among)

    def _listed(self, name: str, key: Key, value: str, *, excluded: bool) -> None:
        """Only stories that somebody signs, or that have a tag; or all but those."""
        self.meant[name] = key
        self.parameters[f"{name}_slug"] = slugify_headline(value)
        self.parameters[f"{name}_words"] = value
        rows, column = _LISTS[key]
        table, answer = Edition._meta.db_table, "NULL" if excluded else "NOT NULL"
        is_listed = _IS_LISTED.format(rows=rows, editions=table, column=column, name=name, answer=answer)
        self.visible = self.visible.filter(RawSQL(is_listed, (), output_field=BooleanField()))  # noqa: S611 - names of ours
        if not excluded:
            self.among.append(name)

    def _lists(self, tables: dict[str, str]) -> str:
        """Who and what is meant, their lists, and what all those have in common that a story must be in."""
        period = ["listed.first_published_at <= %(newest_of_all)s"]
        self.parameters["newest_of_all"] = self.newest_of_all
        if self.question.since:
            period.append("listed.first_published_at >= %(since)s")
            self.parameters["since"] = self.question.since
        # One list may be cut: what is below is looked for by its words. Of several nobody knows how far they overlap.
        longest = LISTED + 1 if len(self.among) == 1 else "ALL"
        lists = ""
        for name, key in self.meant.items():
            lists += (_SIGNED if key is Key.AUTHOR else _TAGGED).format(name=name, meant=MEANT, **tables)
        for name in self.among:
            rows, column = _LISTS[self.meant[name]]
            lists += _LIST.format(name=name, rows=rows, column=column, period=" AND ".join(period), longest=longest)
        if self.among:
            lists += _LISTED.format(lists=" INTERSECT ".join(f"TABLE {name}" for name in self.among))
        return lists

    @property
    def _is_cut(self) -> str:
        """Whether there are more stories than the latest."""
        counts = [f"(SELECT count(*) FROM latest) = {self.latest}"]  # noqa: S608 - a number of ours
        if self.among:
            counts.append(f"(SELECT count(*) FROM listed) > {LISTED}")  # noqa: S608 - a number of ours
        return f"({' OR '.join(counts)})"


def _in_headline(table: str) -> str:
    return f"ts_filter({table}.search_vector, '{{a}}') @@ asked.query"


def _sections_named(value: str, navigation: Navigation) -> list[Section]:
    slug, name = slugify_headline(value), value.casefold()
    return [one for one in navigation.sections if one.slug == slug or one.name.casefold() == name]
