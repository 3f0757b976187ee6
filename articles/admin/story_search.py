"""Finding working copies by words: in the headline, or by who signs. Starts from indexes, so that it stays fast."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article, Byline
from authors.models import Author
from newsroom.typography import spellings

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet


def anywhere(field: str, words: str) -> Q:
    """The condition that `words` stand somewhere in `field`, however their quotation marks and apostrophes are set."""
    return reduce(or_, (Q(**{f"{field}__icontains": each}) for each in spellings(words)))


def matching(articles: ArticleQuerySet, words: str) -> ArticleQuerySet:
    """Those of `articles` that have every word in their headline or in a signing author's name."""
    for word in words.split()[:8]:
        # As sets of ids, each from its own index: an OR over a join would read every story.
        by_headline = Article.objects.filter(anywhere("headline", word)).values("pk")
        authors = list(Author.objects.filter(anywhere("name", word)).values_list("pk", flat=True)[:50])
        by_author = Byline.objects.filter(author__in=authors).values("article_id")
        articles = (
            articles.filter(Q(pk__in=by_headline) | Q(pk__in=by_author))
            if authors
            else articles.filter(pk__in=by_headline)
        )
    return articles
