"""The pre-publication check: the one list of what blocks a story from readers, and of what only warns.

The form shows it while somebody writes; `require`, inside every verb that lets readers see a text, enforces the part
that blocks. An embargo, a hold and a legal block stand in it beside a missing byline: to the clock they are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import own_links
from articles.models import Article, Block, Photo
from articles.refusals import Incomplete, Obstructed
from authors.models import User
from newsroom import plaintext, richtext
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from articles.content import Content
    from articles.own_links import NotLive

# Longer ones are cut on fronts, in search results and on phones.
LONG_HEADLINE = 90
LONG_SEARCH_TITLE = 60


# What a block shows of the person who set it.
_OWNER = ("id", "username", "first_name", "last_name")


class Weight(StrEnum):
    """Whether a finding keeps the story from readers or only wants to be looked at."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Subject:
    """A text that may go to readers at `readers_from`, and everything about its story that the checks ask for."""

    content: Content
    body: str
    readers_from: datetime
    embargo_until: datetime | None = None
    blocks: Sequence[Block] = ()
    photos: Mapping[int, Photo] = field(default_factory=dict)
    not_live: Sequence[NotLive] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: which check found it, how much it weighs, at which field, and what to do."""

    check: str
    weight: Weight
    at_field: str
    text: str


@dataclass(frozen=True)
class Check:
    """One line of the list. `finds` gives the sentences for a subject, none where all is well.

    `lacks` names what is missing, for the one sentence of a refusal; empty for an obstacle that is not a lack.
    """

    name: str
    weight: Weight
    at_field: str
    finds: Callable[[Subject], Iterable[str]]
    lacks: StrOrPromise = ""


def _lacking(name: str, at_field: str, what: StrOrPromise, has: Callable[[Subject], object]) -> Check:
    def find(subject: Subject) -> Iterable[str]:
        if not has(subject):
            yield _("It needs %(what)s.") % {"what": what}

    return Check(name, Weight.BLOCKS, at_field, find, lacks=what)


def _embargo(subject: Subject) -> Iterable[str]:
    until = subject.embargo_until
    if until is not None and subject.readers_from < until:
        when = in_words(until, now=subject.readers_from)
        yield _("It is under embargo until %(when)s. Nobody can publish it earlier.") % {"when": when}


def _blocks(kind: Block.Kind) -> Callable[[Subject], Iterable[str]]:
    told = {
        Block.Kind.HOLD: gettext_lazy(
            "It is on hold, by %(person)s: “%(reason)s” It can be published once that is released."
        ),
        Block.Kind.LEGAL: gettext_lazy(
            "It is blocked for legal reasons, by %(person)s: “%(reason)s” It can be published once that is released."
        ),
    }[kind]
    return lambda subject: [
        told % {"person": block.owner, "reason": block.reason} for block in subject.blocks if block.kind == kind
    ]


def _shown(subject: Subject) -> list[Photo]:
    """The pictures that readers would see, the lead picture first."""
    lead = subject.content["lead_photo"]
    ids = ([lead] if lead else []) + richtext.references(subject.body).photos
    return [subject.photos[pk] for pk in dict.fromkeys(ids) if pk in subject.photos]


def _without_alt(subject: Subject) -> Iterable[str]:
    lead, own = subject.content["lead_photo"], subject.content["lead_photo_alt"]
    for photo in _shown(subject):
        if not (photo.alt_text or photo.is_decorative or (photo.pk == lead and own)):
            yield _("The picture “%(title)s” has no alternative text, and is not marked as decorative.") % {
                "title": photo.title
            }


def _without_credit(subject: Subject) -> Iterable[str]:
    return (
        _("The picture “%(title)s” has no credit.") % {"title": photo.title}
        for photo in _shown(subject)
        if not photo.credit
    )


def _long(name: str, limit: int, sentence: StrOrPromise) -> Callable[[Subject], Iterable[str]]:
    def find(subject: Subject) -> Iterable[str]:
        length = len(str(subject.content[name]))  # type: ignore[literal-required]  # one of the texts
        if length > limit:
            yield sentence % {"length": length, "limit": limit}

    return find


def _dead_links(subject: Subject) -> Iterable[str]:
    for link in subject.not_live:
        if link.headline:
            sentence = _(
                "“%(words)s” links to a story, “%(headline)s”, that readers cannot open then; they see words without "
                "a link."
            )
        else:
            sentence = _("“%(words)s” links to a story that readers cannot open then; they see words without a link.")
        yield sentence % {"words": link.words, "headline": link.headline}


_LONG_HEADLINE = gettext_lazy(
    "The headline has %(length)s characters; more than %(limit)s are cut where space is short."
)
_LONG_TITLE = gettext_lazy(
    "The search title has %(length)s characters; more than %(limit)s are cut where space is short."
)

CHECKS: tuple[Check, ...] = (
    _lacking("headline", "headline", gettext_lazy("a headline"), lambda s: s.content["headline"].strip()),
    _lacking("section", "section", gettext_lazy("a section"), lambda s: s.content["section"]),
    _lacking("byline", "bylines", gettext_lazy("a byline"), lambda s: s.content["bylines"]),
    _lacking("body", "body", gettext_lazy("a body"), lambda s: plaintext.from_html(s.body)),
    Check("legal", Weight.BLOCKS, "", _blocks(Block.Kind.LEGAL)),
    Check("hold", Weight.BLOCKS, "", _blocks(Block.Kind.HOLD)),
    Check("embargo", Weight.BLOCKS, "", _embargo),
    Check(
        "standfirst", Weight.WARNS, "standfirst",
        lambda s: () if s.content["standfirst"].strip() else (_("It has no standfirst; lists show its first words."),),
    ),
    Check("alt-text", Weight.WARNS, "lead_photo", _without_alt),
    Check("credit", Weight.WARNS, "lead_photo", _without_credit),
    Check("headline-length", Weight.WARNS, "headline", _long("headline", LONG_HEADLINE, _LONG_HEADLINE)),
    Check("search-title-length", Weight.WARNS, "seo_title", _long("seo_title", LONG_SEARCH_TITLE, _LONG_TITLE)),
    Check("links", Weight.WARNS, "body", _dead_links),
)  # fmt: skip


def findings(subject: Subject) -> list[Finding]:
    """Everything that is wrong, what blocks before what warns."""
    return [
        Finding(check.name, check.weight, check.at_field, text) for check in CHECKS for text in check.finds(subject)
    ]


def with_open_blocks(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Stories with what `open_blocks` asks for, so that it need not ask."""
    owner = {name: F(f"owner__{name}") for name in _OWNER}
    found = Block.objects.filter(article=OuterRef("pk"), released_at=None).order_by("set_at", "pk")
    row = JSONObject(kind=F("kind"), reason=F("reason"), set_at=F("set_at"), **owner)
    return articles.annotate(block_rows=ArraySubquery(found.values(data=row)))


def open_blocks(article: Article) -> list[Block]:
    """The holds and legal blocks that nobody has released, with their owners; 1 query, or none after the above."""
    rows = getattr(article, "block_rows", None)
    if rows is None:
        return list(article.blocks.filter(released_at=None).select_related("owner"))
    return [
        Block(
            article=article,
            kind=row["kind"],
            reason=row["reason"],
            set_at=datetime.fromisoformat(row["set_at"]),
            owner=User(**{name: row[name] for name in _OWNER}),
        )
        for row in rows
    ]


def examine(
    article: Article,
    content: Content,
    body: str,
    *,
    readers_from: datetime,
    user: User | None = None,
    blocks: Sequence[Block] | None = None,
    at_hand: Sequence[Photo] = (),
) -> list[Finding]:
    """Look at a text of a story as the form does, with its pictures and links: 1 to 4 queries.

    `user` is who reads the findings, who may not know every story that is linked to. `blocks` are the open ones
    and `at_hand` pictures, where the caller has read them.
    """
    photos = {photo.pk: photo for photo in at_hand}
    ids = {*richtext.references(body).photos, *filter(None, [content["lead_photo"]])} - photos.keys()
    if ids:
        photos |= Photo.objects.defer("renditions", "crops").in_bulk(ids)
    return findings(
        Subject(
            content,
            body,
            readers_from,
            embargo_until=article.embargo_until,
            blocks=(open_blocks(article) if article.pk else ()) if blocks is None else blocks,
            photos=photos,
            not_live=own_links.not_live(body, at=readers_from, user=user),
        )
    )


def require(article: Article, content: Content, body: str, *, readers_from: datetime) -> None:
    """Refuse a text that readers may not see at that instant; what only warns is let pass. One query.

    Raises Incomplete where it lacks something, else Obstructed where somebody or an embargo stands in its way.
    """
    blocking = [check for check in CHECKS if check.weight == Weight.BLOCKS]
    subject = Subject(content, body, readers_from, embargo_until=article.embargo_until, blocks=open_blocks(article))
    if lacks := [check.lacks for check in blocking if check.lacks and any(check.finds(subject))]:
        raise Incomplete(lacks)
    if obstacles := [text for check in blocking if not check.lacks for text in check.finds(subject)]:
        raise Obstructed(obstacles)
