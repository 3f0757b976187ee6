"""Search for readers: the page, a feed of what any search finds, and what the box offers while somebody types.

Whatever is asked is answered with a page: what cannot be read is left out and said, and a place in the results that
does not exist is the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Self

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata, navigation
from articles.feeds.answering import feed_of
from articles.feeds.formats import ATOM, FORMATS, Format
from articles.listing import Cursor
from articles.metadata import titled
from articles.models import Edition
from articles.navigation import Navigation
from articles.searching import completing, spelling
from articles.searching.extracts import hits
from articles.searching.finding import RANKED, Facet, Found, Place, find
from articles.searching.questions import Filter, Key, Question, ask, tidied
from newsroom import clock
from newsroom.templating import render

NEWEST = "newest"

# The fields beside the words, in the order in which addresses have them; each may come more than once.
FIELDS = (Key.AUTHOR, Key.SECTION, Key.TAG, Key.ON, Key.FROM, Key.TO)
MOST_OF_A_FIELD = 8


@dataclass(frozen=True)
class Asked:
    """What a request asks for: words, fields, order, and the place after which the page begins."""

    text: str = ""
    fields: tuple[tuple[Key, str], ...] = ()
    newest: bool = False
    after: Place | Cursor | None = field(default=None, compare=False)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read a request. What says nothing is as if it were not there."""
        given = request.GET
        fields = (
            (key, value)
            for key in FIELDS
            for value in dict.fromkeys(map(tidied, given.getlist(key.value)[:MOST_OF_A_FIELD]))
            if value
        )
        newest = given.get("sort") == NEWEST
        return cls(given.get("q", ""), tuple(fields), newest, _place(given.get("after", ""), newest=newest))

    @property
    def question(self) -> Question:
        """The question."""
        return ask(self.text, self.fields)

    def path(self, route: str = "search", *args: object) -> str:
        """The address of this search, or of its feed."""
        query = QueryDict(mutable=True)
        if text := tidied(self.text):
            query["q"] = text
        for key, value in self.fields:
            query.appendlist(key.value, value)
        if self.newest and route == "search":
            query["sort"] = NEWEST
        if self.after is not None and route == "search":
            query["after"] = str(self.after)
        path = reverse(route, args=args)
        return f"{path}?{query.urlencode()}" if query else path

    def values(self, key: Key) -> list[str]:
        """What a field has."""
        return [value for one, value in self.fields if one is key]

    def narrowed(self, facet: Facet) -> Self:
        """With one field more, from its beginning."""
        return replace(self, fields=(*self.fields, (facet.key, facet.value)), after=None)

    def without(self, one: Filter, question: Question) -> Self:
        """Without a condition, from its beginning."""
        fields = tuple(each for each in self.fields if each != (one.key, one.value))
        return replace(self, text=question.without(one), fields=fields, after=None)


@dataclass(frozen=True)
class Chip:
    """A condition that is set: what it says, and the address without it."""

    label: str
    path: str


@dataclass(frozen=True)
class Choice:
    """Something to narrow by: its name, how many stories it leaves, and the address with it."""

    name: str
    stories: int
    path: str


@dataclass(frozen=True)
class Choices:
    """What can be narrowed by, of one kind."""

    label: str
    choices: list[Choice]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The search page: the form alone, or one page of what it finds."""
    at, asked, sections = clock.now(), Asked.of(request), navigation.load()
    question = asked.question
    found = find(question, at=at, navigation=sections, after=asked.after, newest=asked.newest)
    meant = _meant(asked, question, found, at=at, sections=sections)
    context = {
        "head": metadata.search(question.text, feeds=() if question.is_empty else _feeds(asked)),
        "navigation": sections,
        "asked": asked,
        "question": question,
        "found": found,
        "most": RANKED,
        "hits": hits(found, at=at),
        "is_first": asked.after is None,
        "is_empty": question.is_empty,
        "only_leaves_out": question.is_empty and bool(question.items),
        "chips": _chips(asked, question, found, sections),
        "facets": _facets(asked, question, found.facets),
        "meant": meant and replace(asked, text=meant, after=None),
        "best_path": replace(asked, newest=False, after=None).path(),
        "newest_path": replace(asked, newest=True, after=None).path(),
        "older_path": replace(asked, after=found.after).path() if found.after else "",
        "feed_path": asked.path("search_feed"),
        **_form(asked, sections),
    }
    return render(request, "articles/search.html", context)


@require_safe
def feed(request: HttpRequest, file_format: Format = ATOM) -> HttpResponseBase:
    """The newest stories that a search finds. One that asks for nothing has none."""
    at, asked = clock.now(), Asked.of(request)
    question = asked.question
    ids = find(question, at=at, navigation=navigation.load(), newest=True).ids
    return feed_of(
        request,
        Edition.objects.live(at=at).filter(pk__in=ids).newest_first(),
        at=at,
        title=titled(question.text, _("Search")),
        about=asked.path(),
        file_format=file_format,
    )


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What may be meant by `q` so far, as {"suggestions": [{"name", "what", "path", "language"}]}."""
    offered = completing.complete(tidied(request.GET.get("q", "")), at=clock.now())
    rows = [{"name": one.name, "what": one.what, "path": one.path, "language": one.language} for one in offered]
    response = JsonResponse({"suggestions": rows})
    response["X-Robots-Tag"] = "noindex"
    return response


def _place(text: str, *, newest: bool) -> Place | Cursor | None:
    try:
        return Cursor.parse(text) if newest else Place.parse(text)
    except ValueError:
        return None


def _feeds(asked: Asked) -> list[tuple[Format, str]]:
    return [(each, asked.path("search_feed", *([] if each is ATOM else [each]))) for each in FORMATS]


def _meant(asked: Asked, question: Question, found: Found, *, at: datetime, sections: Navigation) -> str | None:
    """Another spelling, where this one finds nothing."""
    if asked.after is not None or found.ids or found.says_nothing or found.only_latest:
        return None
    return spelling.meant(question, at=at, navigation=sections)


def _chips(asked: Asked, question: Question, found: Found, sections: Navigation) -> list[Chip]:
    """What is set, by the names of things where they are known."""
    names = {(facet.key, facet.value): facet.name for facet in found.facets}
    names |= {(Key.SECTION, section.slug): section.name for section in sections.sections}
    return [
        Chip(_said(one, names.get((one.key, one.value), one.value)), asked.without(one, question).path())
        for one in question.filters
    ]


def _said(one: Filter, value: str) -> str:
    """A condition in words: “Author: Ada Holm”, “Not section: World”."""
    labels = {
        Key.AUTHOR: _("Not author: %(value)s") if one.is_excluded else _("Author: %(value)s"),
        Key.SECTION: _("Not section: %(value)s") if one.is_excluded else _("Section: %(value)s"),
        Key.TAG: _("Not tag: %(value)s") if one.is_excluded else _("Tag: %(value)s"),
        Key.FROM: _("From %(value)s"),
        Key.TO: _("Until %(value)s"),
        Key.ON: _("In %(value)s"),
        Key.AFTER: _("After %(value)s"),
        Key.BEFORE: _("Before %(value)s"),
    }
    return labels[one.key] % {"value": value}


def _facets(asked: Asked, question: Question, facets: Iterable[Facet]) -> list[Choices]:
    """What would narrow the search, by kind; what is set already, and what would leave all stories, is left out."""
    labels = {Key.SECTION: _("Sections"), Key.AUTHOR: _("Authors"), Key.TAG: _("Tags"), Key.ON: _("Years")}
    set_already = {(one.key, one.value) for one in question.filters}
    groups = []
    for key, group in groupby(facets, key=lambda facet: facet.key):
        every = list(group)
        choices = [
            Choice(facet.name, facet.stories, asked.narrowed(facet).path())
            for facet in every
            if (facet.key, facet.value) not in set_already
        ]
        # One section or one year is what all of them have.
        if choices and (len(every) > 1 or key in {Key.AUTHOR, Key.TAG}):
            groups.append(Choices(labels[key], choices))
    return groups


def _form(asked: Asked, sections: Navigation) -> dict[str, object]:
    """What the form's fields hold. The first value of each is in its field, all others go along unseen."""
    shown = {key.value: (asked.values(key) or [""])[0] for key in FIELDS}
    named = {section.slug for section in sections.sections}
    hidden = [(key.value, value) for key in FIELDS for value in asked.values(key)[1:]]
    # What no field can show goes along unseen: a year, a section by another name.
    unseen = [Key.ON] if shown["section"] in {"", *named} else [Key.ON, Key.SECTION]
    hidden += [(key.value, shown[key.value]) for key in unseen if shown[key.value]]
    if asked.newest:
        hidden.append(("sort", NEWEST))
    # A browser's own field for days shows days alone.
    kinds = {f"{key}_kind": "date" if _is_day(shown[key]) else "text" for key in ("from", "to")}
    return {"form": shown | kinds, "hidden": hidden}


def _is_day(text: str) -> bool:
    return not text or (len(text) == len("2026-02-03") and text.replace("-", "").isdigit())
