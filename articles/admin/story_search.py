"""Finding working copies by what somebody types: parts of the headline and who signs, in the readers' query language.

As for readers (`articles.searching.questions`), with phrases, exclusion, OR, `author:`, `section:` and `tag:`; dates
are those of the last save, and a word may be part of one, unless quoted. Every condition starts from an index, so that
it stays fast.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from django.db.models import CharField, Q, Value
from django.db.models.functions import Trim
from django.db.models.lookups import Contains
from taggit.models import Tag

from articles.folding import folded
from articles.models import Article, Byline, Section
from articles.searching.questions import Key, ask
from articles.tagging import named
from authors.models import Author
from newsroom.slugs import slugify_headline
from newsroom.typography import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Func, QuerySet

    from articles.querysets import ArticleQuerySet
    from articles.searching.questions import Item, Question

Row = TypeVar("Row", Article, Author)

# The index has no fewer letters than these; shorter words are looked for from the newest story on.
SHORTEST = 3

# How many authors a word may mean.
NAMES = 50


def anywhere(field: str, words: str) -> Q:
    """The condition that `words` stand somewhere in `field`, however their quotation marks and apostrophes are set."""
    return reduce(or_, (Q(**{f"{field}__icontains": each}) for each in spellings(words)))


def matching(articles: ArticleQuerySet, text: str) -> ArticleQuerySet:
    """Those of `articles` that fit what somebody typed; all of them where nothing was."""
    question = ask(text)
    if question.text and not question.items and not question.filters:
        return articles.none()
    people = _people(question)
    for group in question.groups:
        fits = reduce(or_, (_says(item) | _signed(people[item.words, item.is_quoted]) for item in group))
        articles = articles.exclude(fits) if group[0].is_excluded else articles.filter(fits)
    for one in question.filters:
        if not one.key.is_date:
            fits = (
                _NARROWED[one.key](one.value) if one.key in _NARROWED else _signed(people[one.value, False], every=True)
            )
            articles = articles.exclude(fits) if one.is_excluded else articles.filter(fits)
    if question.since:
        articles = articles.filter(saved_at__gte=question.since)
    if question.until:
        articles = articles.filter(saved_at__lt=question.until)
    return articles


def _says(item: Item) -> Q:
    if len(item.words) < SHORTEST and not item.is_quoted:
        return Q(Contains(folded("headline"), _looked_for(item.words, whole=False)))
    # As sets of ids, each from its own index: an OR over a join would read every story.
    return Q(pk__in=_containing(Article.objects.order_by(), "headline", item.words, whole=item.is_quoted).values("pk"))


def _signed(authors: Iterable[int], *, every: bool = False) -> Q:
    """Signed by one of these; nobody at all adds nothing to an OR, and with `every` leaves nothing."""
    authors = list(authors)
    if not authors and not every:
        return Q(pk__in=())
    return Q(pk__in=Byline.objects.order_by().filter(author__in=authors).values("article_id"))


def _people(question: Question) -> dict[tuple[str, bool], list[int]]:
    """For each word and each `author:`, and whether it is quoted, the authors whose names have it. One query."""
    names = {(item.words, item.is_quoted) for item in question.items}
    names |= {(one.value, False) for one in question.filters if one.key is Key.AUTHOR}
    found: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    if names:
        first, *others = (
            _containing(Author.objects.order_by(), "name", name, whole=whole)
            .annotate(typed=Value(name, output_field=CharField()), whole=Value(whole))
            .values_list("typed", "whole", "pk")[:NAMES]
            for name, whole in sorted(names)
        )
        for name, whole, author in first.union(*others, all=True) if others else first:
            found[name, whole].append(author)
    return found


def _containing(rows: QuerySet[Row], field: str, words: str, *, whole: bool) -> QuerySet[Row]:
    """Those of `rows` that have the words in a field, whatever their accents; with `whole`, as words of their own."""
    return rows.alias(words=folded(field)).filter(words__contains=_looked_for(words, whole=whole))


def _looked_for(words: str, *, whole: bool) -> Func:
    """Words as a folded text has them: with the spaces around them, or without, to be part of longer ones."""
    return folded(Value(words)) if whole else Trim(folded(Value(words)))


def _of_section(value: str) -> Q:
    slug = slugify_headline(value)
    sections = Section.objects.order_by().filter(
        Q(slug=slug) | Q(name__iexact=value) | Q(parent__slug=slug) | Q(parent__name__iexact=value)
    )
    return Q(section__in=list(sections.values_list("pk", flat=True)))


def _of_tag(value: str) -> Q:
    tags = named(value) | Tag.objects.filter(slug=slugify_headline(value))
    return Q(pk__in=Article.objects.order_by().filter(tags__in=list(tags.values_list("pk", flat=True))).values("pk"))


_NARROWED = {Key.SECTION: _of_section, Key.TAG: _of_tag}
