"""Which texts are set when older ones are: all that writers typed for readers, and what is shared by many stories.

A story is set in its own language, what is shared in the newsroom's.
Nothing here runs on saving: whoever made a mark straight again at the form meant it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing
from articles.content import TEXT_FIELDS
from articles.models import Article, Photo, Section
from authors.models import Author
from newsroom import plaintext, richtext
from newsroom.typography import Edit, edits, typeset, typeset_html

if TYPE_CHECKING:
    from authors.models import User

# Written once, in the newsroom's language, like a note that somebody typed.
NOTE = gettext_lazy("Quotation marks, dashes and ellipses set")

STORY = (*(name for name in TEXT_FIELDS if name not in {"kind", "canonical_url", "language"}), "body")
SHARED: Mapping[type[Photo | Author | Section], tuple[str, ...]] = MappingProxyType(
    {
        Photo: ("title", "alt_text", "caption", "credit", "source"),
        Author: ("name", "role", "biography"),
        Section: ("name", "description"),
    }
)

_AROUND = 18  # characters shown on either side of a change


@dataclass(frozen=True)
class Setting:
    """What is to change in one object's texts: `{field: (as it is, as it is to be)}`, and what cannot be, and why."""

    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def setting(thing: Article | Photo | Author | Section) -> Setting:
    """What setting would change in `thing`, by its fields as they stand in memory."""
    found = Setting()
    language = language_of(thing)
    for name in STORY if isinstance(thing, Article) else SHARED[type(thing)]:
        was = getattr(thing, name)
        try:
            now = _set_body(was, language) if name == "body" else typeset(was, language)
        except richtext.RichTextError as refusal:
            found.refused[name] = str(refusal)
            continue
        limit: int | None = getattr(thing._meta.get_field(name), "max_length", None)
        if now != was and limit is not None and len(now) > limit:
            found.refused[name] = _("It would be longer than %(limit)s characters.") % {"limit": limit}
        elif now != was:
            found.changes[name] = (was, now)
    return found


def set_story(pk: int, *, by: User, at: datetime) -> Setting:
    """Set one story's working copy and keep it as a revision. The story is locked and read anew."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=pk)
        found = _write(article)
        if found.changes:
            publishing.keep(article, by=by, at=at, note=str(NOTE))
        return found


def set_shared(model: type[Photo | Author | Section], pk: int) -> Setting:
    """Set one picture's, author's or section's texts. Readers see them at once."""
    with transaction.atomic():
        thing = model._default_manager.select_for_update().filter(pk=pk).first()
        return _write(thing) if thing is not None else Setting()  # deleted meanwhile


def language_of(thing: Article | Photo | Author | Section) -> str:
    """The language that a thing's texts are in; "" is the newsroom's."""
    return thing.language if isinstance(thing, Article) else ""


def excerpts(name: str, was: str, language: str) -> Iterator[tuple[str, str]]:
    """Each change to a field's text with a few words around it: before and after."""
    text = plaintext.from_html(was) if name == "body" else was
    changes = edits(text, language)
    for place, change in enumerate(changes):
        start, end = max(0, change.start - _AROUND), change.end + _AROUND
        within = [each for each in changes[max(0, place - 9) : place + 10] if start <= each.start and each.end <= end]
        yield text[start:end], _applied(text[start:end], within, start)


def _write(thing: Article | Photo | Author | Section) -> Setting:
    found = setting(thing)
    if found.changes:
        for name, (_, now) in found.changes.items():
            setattr(thing, name, now)
        thing.save(update_fields=list(found.changes))
    return found


def _set_body(html: str, language: str) -> str:
    """The body set, or as it is where only no-break spaces are missing: they alone are not worth a revision.

    What the allow-list would change is cleaned first.
    """
    stored = richtext.clean(html)
    if typeset_html(stored, language, holds=False) == stored:
        return html
    return richtext.clean(typeset_html(stored, language))


def _applied(text: str, changes: list[Edit], offset: int) -> str:
    for change in reversed(changes):
        text = text[: change.start - offset] + change.text + text[change.end - offset :]
    return text
