"""What a person has typed and not saved: one buffer for each person and story, written while they type.

Only its person ever reads a buffer back. Its values are as typed, markup and all: whoever shows them cleans them
first. A buffer is no revision and moves nothing of the story; it goes when its words are saved, or thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.content import TEXT_FIELDS
from articles.models import Article, Buffer, Revision
from articles.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from authors.models import User

# The names that a story's form posts. A list is there only if the form showed it; it may be empty. What the form began
# with goes along where no revision has it, so that words that are put back later are joined with what others saved.
BEGAN = frozenset({"was_slug", "was_assignee"})
SINGLE = frozenset({*TEXT_FIELDS, *BEGAN, "body", "section", "lead_photo", "slug", "assignee", "note"})
SEVERAL = frozenset({"bylines", "tag_names", "related"})

# How long words wait for their person, who may be away; then they go when that person begins to write again.
KEPT_FOR = timedelta(days=90)
MOST_LISTED = 20
HEADLINE_SHOWN = 90

ERASED = gettext_lazy("This story was erased for a legal order while you were writing. It must not go back in.")

# What PostgreSQL keeps in no text.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

Fields: TypeAlias = dict[str, str | list[str]]


class WrittenElsewhere(Refused):
    """Another window of this person wrote into the buffer meanwhile. `buffer` is what stands there."""

    def __init__(self, buffer: Buffer) -> None:
        super().__init__(_("You are also writing this story in another window."))
        self.buffer = buffer


@dataclass(frozen=True)
class Place:
    """Whose words, and for which story: `article`, or the `key` of the form of a story that was never saved."""

    person: User
    article: Article | None
    key: UUID

    def buffers(self) -> QuerySet[Buffer]:
        """The buffer, if there is one."""
        if self.article is not None:
            return Buffer.objects.filter(person=self.person, article=self.article)
        return Buffer.objects.filter(person=self.person, article=None, key=self.key)


@dataclass(frozen=True)
class Base:
    """The text that a person started from: the story's `lock_version` then, and the head revision's id."""

    version: int | None = None
    revision: int | None = None


@dataclass(frozen=True)
class Unsaved:
    """A line for the person's own list: what it is called, since when it waits, and where it is offered back."""

    headline: str
    kept_at: datetime
    address: str
    is_new: bool


def fields_of(posted: Any) -> Fields:
    """What a buffer keeps of a posted story's form (a QueryDict): its values by name, and nothing else."""
    found: Fields = {name: _keepable(posted[name]) for name in SINGLE if name in posted}
    found |= {name: [_keepable(each) for each in posted.getlist(name)] for name in SEVERAL if f"{name}-shown" in posted}
    return found


def write(
    place: Place,
    fields: Mapping[str, str | Sequence[str]],
    *,
    base: Base,
    at: datetime,
    known: datetime | None = None,
    anyway: bool = False,
) -> Buffer:
    """Let the buffer say what was typed, in 2 to 5 queries, none of which waits for the story's row.

    `known` is the `saved_at` of the buffer that this window has seen last. Raises NotAllowed where the person may not
    edit the story, Refused where it is in the bin, and WrittenElsewhere where another window wrote meanwhile, unless
    `anyway`: then what that window wrote is replaced.
    """
    if place.article is not None and is_erased_since(place.article, base):
        raise Refused(ERASED)
    require_editing(place)
    values: dict[str, Any] = {
        "fields": {name: value for name, value in fields.items() if name in SINGLE or name in SEVERAL},
        "base_version": base.version,
        "base_revision_id": _revision_of(place.article, base.revision),
        "saved_at": at,
        "key": place.key,
    }
    seen = Q() if anyway else Q(key=place.key) | Q(saved_at=known) if known else Q(key=place.key)
    if not place.buffers().filter(seen).update(**values):
        _insert(place, values)
    return Buffer(person=place.person, article=place.article, **values)


def require_editing(place: Place) -> None:
    """Raise NotAllowed or Refused where the person may not change this story, or begin one, as things stand."""
    if place.article is None:
        if not (place.person.is_active and place.person.has_perm("articles.add_article")):
            raise NotAllowed(_("Your role does not allow you to write stories. Ask an editor."))
    elif not permissions.may_edit(place.person, place.article):
        raise NotAllowed(_("This story went on to somebody else while you were writing, so you cannot change it now."))
    elif place.article.binned_at is not None:
        raise Refused(_("This story was moved to the bin while you were writing."))


def is_erased_since(article: Article, base: Base) -> bool:
    """Whether the story was erased after `base`: what was typed there is the text that had to go (at most 1 query)."""
    if base.version == article.lock_version:
        return False
    began = Revision.objects.filter(article=article, pk=base.revision or 0).values("created_at")
    erased = article.events.filter(verb="erase")
    return (erased.filter(at__gte=Subquery(began)) if base.revision else erased).exists()


def _insert(place: Place, values: dict[str, Any]) -> None:
    """A buffer where there is none. Raises WrittenElsewhere where there is one."""
    there = place.buffers().first()
    if there is not None:
        raise WrittenElsewhere(there)
    try:
        with transaction.atomic():
            Buffer.objects.create(person=place.person, article=place.article, **values)
            # The insert has waited for whoever held the story: if that was its erasure, nothing of this may stay.
            fresh = Article.objects.only("lock_version").filter(pk=place.article.pk).first() if place.article else None
            if fresh is not None and is_erased_since(fresh, Base(values["base_version"], values["base_revision_id"])):
                raise Refused(ERASED)
    except IntegrityError:
        there = place.buffers().first()
        if there is None:
            raise
        raise WrittenElsewhere(there) from None
    # Beginning a buffer is rare enough to look for those that nobody came back for.
    Buffer.objects.filter(person=place.person, saved_at__lt=values["saved_at"] - KEPT_FOR).delete()


def read(place: Place) -> Buffer | None:
    """What this person has typed and not saved, as typed; None where there is nothing."""
    return place.buffers().first()


def drop(place: Place, *, known: datetime | None) -> bool:
    """Throw away what was buffered; `known` says which words are meant. False where newer ones stand there."""
    mine = place.buffers()
    mine.filter(Q(saved_at=known) if known else Q(key=place.key)).delete()
    return not mine.exists()


def saved(person: User, article: Article, *, key: UUID | None) -> None:
    """Say that the form with `key` is saved: its buffer goes. To be called in the transaction that saves the story.

    What another window has buffered stays, and so does what is typed into this one from now on: a form takes a new key
    when it is sent.
    """
    if key is not None:
        mine = Buffer.objects.filter(person=person, key=key)
        mine.filter(Q(article=article) | Q(article=None)).delete()


def of(person: User) -> list[Unsaved]:
    """This person's unsaved words, newest first, in one query: for the desk's first page, and for nobody else's eyes.

    Each says what to call it, since when it waits, and the address at which the words are offered back: the story's
    form, or, where the person can no longer change the story, a page from which they can be copied. The text that
    names it is the person's own: a story that they may not see any more tells nothing here.
    """
    rows = (
        Buffer.objects.filter(person=person)
        .annotate(
            typed=KeyTextTransform("headline", "fields"),
            is_visible=Exists(permissions.visible(person).filter(pk=OuterRef("article"))),
        )
        .values_list("pk", "article", "key", "saved_at", "typed", "is_visible")[:MOST_LISTED]
    )
    return [
        Unsaved(
            headline=called(typed),
            kept_at=kept_at,
            address=_address(pk, article, key, is_visible=is_visible),
            is_new=article is None,
        )
        for pk, article, key, kept_at, typed, is_visible in rows
    ]


def of_new_stories(person: User) -> QuerySet[Buffer]:
    """This person's buffers of stories that were never saved, newest first."""
    return Buffer.objects.filter(person=person, article=None)


def called(headline: str | None) -> str:
    """What a list calls a story whose headline this is, as typed."""
    return Truncator(" ".join((headline or "").split())).chars(HEADLINE_SHOWN) or _("A story without a headline")


def _address(pk: int, article: int | None, key: UUID | None, *, is_visible: bool) -> str:
    if article is None:
        return f"{reverse('admin:articles_article_add')}?unsaved={key}"
    if is_visible:
        return reverse("admin:articles_article_change", args=[article])
    return reverse("admin:articles_article_words", args=[pk])


def _revision_of(article: Article | None, revision: int | None) -> int | None:
    """A revision's id, if it is one of the story's."""
    if article is None or revision is None:
        return None
    if revision == article.head_revision_id:
        return revision
    return Revision.objects.filter(article=article, pk=revision).values_list("pk", flat=True).first()


def _keepable(text: str) -> str:
    return _UNKEEPABLE.sub("", text)
