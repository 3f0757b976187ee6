"""Taking a story over from a colleague who has it open: recorded, told to them, and without losing what they typed.

What they had typed and not saved becomes a revision in the same transaction: joined into the working copy where it
joins by itself, set aside beside it where it does not. Their form then reads; what it still sends is saved like any
other late save.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import content as contents
from articles import notices, own_links, permissions, presence, publishing, working_copy
from articles.content import TEXT_FIELDS, Content
from articles.deeds import Deed, deed
from articles.joining import BODY, Pair, join
from articles.models import Article, Buffer, Byline, Kind, Notice, Photo, Presence, Section
from articles.refusals import Refused
from articles.tagging import TagError, tag_named
from authors.models import Author
from newsroom import richtext
from newsroom.plaintext import one_line

if TYPE_CHECKING:
    from authors.models import User

MOST_NOTE = 200


def take_over(article: Article, *, from_person: User, by: User, at: datetime) -> None:
    """Take `article` over from a colleague who has it open, or has left words in it that are not saved.

    The event names them, and the revision that their words became, if there were any. Raises NotAllowed, Stale, or
    Refused where there is nothing to take over.
    """
    with deed("take_over", article, by=by, at=at) as doing:
        if from_person == by:
            raise Refused(_("You have this story yourself."))
        buffer = Buffer.objects.filter(article=doing.article, person=from_person).first()
        here = Presence.objects.filter(
            article=doing.article, person=from_person, seen_at__gt=at - presence.GONE_AFTER
        ).exists()
        if buffer is None and not here:
            raise Refused(_("They have left the story, and there is nothing to take over. Go on writing."))
        doing.details |= {"from": str(from_person), "person": from_person.pk}
        if buffer is not None:
            _keep_words(doing, buffer, from_person)
        presence.take_over(doing.article, from_person=from_person, by=by, at=at)
        notices.tell([from_person], doing.article, Notice.Kind.TAKEN_OVER, by=by, at=at, text=_told(doing.details))


def _keep_words(doing: Deed, buffer: Buffer, person: User) -> None:
    """Make a revision of what was typed, and note in the deed which, and whether it is in the working copy."""
    article, at, base = doing.article, doing.at, buffer.base_revision
    if base is not None and not base.digest:
        return  # erased: what was typed there is the text that had to go
    stored = {**contents.snapshot(article), BODY: article.body}
    began: dict[str, Any] = stored if base is None else {**base.content, BODY: base.body}
    content, body = _said(buffer, article, person, otherwise=began, at=at)
    if contents.digest(content, body) == contents.digest(_content(began), began[BODY]):
        return
    # Written once, in the newsroom's language, like a note that somebody typed.
    note = (buffer.fields.get("note") or _("Not yet saved when %(by)s took over.") % {"by": doing.by})[:MOST_NOTE]
    joined = join(None if base is None else began, {**content, BODY: body}, stored)
    is_theirs = permissions.may_edit(person, article)
    if is_theirs and not joined.clashes and _fits(joined.fields):
        working_copy.apply(article, _content(joined.fields), joined.fields[BODY])
        article.saved_at = at
        article.save(update_fields=["saved_at"])
        kept = publishing.keep(article, by=person, at=at, note=note)
        # As they typed it, without what others saved meanwhile: their form goes on from here.
        own = publishing.set_aside(article, content, body, base=base, by=person, at=at, note=note)
        doing.details |= {"revision": kept.number, "kept": kept.pk, "began": own.pk, "is_joined": True}
    else:
        aside = publishing.set_aside(article, content, body, base=base, by=person, at=at, note=note)
        doing.details |= {"revision": aside.number, "kept": aside.pk, "is_joined": False}
    buffer.delete()


def _said(buffer: Buffer, article: Article, person: User, *, otherwise: Mapping[str, Any], at: datetime) -> Pair:
    """What a buffer says, as content: what its person may change and can be kept; the rest as it was `otherwise`."""
    fields: dict[str, Any] = buffer.fields
    said: dict[str, Any] = {name: otherwise.get(name) for name in Content.__annotations__}
    for name in TEXT_FIELDS:
        if name in fields and (name != "kind" or fields[name] in Kind.values):
            said[name] = one_line(fields[name]) if name == "headline" else fields[name].strip()
    edits_all = person.has_perm("articles.edit_any_article")
    if "section" in fields and (edits_all or article.section_id is None):
        said["section"] = _known(Section, fields["section"], said["section"])
    if "lead_photo" in fields:
        said["lead_photo"] = _known(Photo, fields["lead_photo"], said["lead_photo"])
    if edits_all:
        _say_lists(said, fields, person, article)
    # What is too large or too deep to be stored keeps its words.
    body = richtext.RichTextFormField().prepare_value(fields.get(BODY, otherwise[BODY]))
    return cast("Content", said), own_links.by_identity(body, user=person, at=at)


def _say_lists(said: dict[str, Any], fields: Mapping[str, Any], person: User, article: Article) -> None:
    if "bylines" in fields:
        pairs = [(_number(author), role) for author, _, role in (each.partition(":") for each in fields["bylines"])]
        known = Author.objects.in_bulk([author for author, _ in pairs if author is not None])
        signed = [[author, role] for author, role in pairs if author in known and role in Byline.Role.values]
        said["bylines"] = [each for place, each in enumerate(signed) if each not in signed[:place]]
    if "tag_names" in fields:
        said["tags"] = sorted({pk for name in fields["tag_names"] if (pk := _tag(name)) is not None})
    if "related" in fields:
        ids = list(dict.fromkeys(filter(None, map(_number, fields["related"]))))
        visible = permissions.visible(person).exclude(pk=article.pk).in_bulk(ids)
        said["related"] = [pk for pk in ids if pk in visible]


def _tag(name: str) -> int | None:
    try:
        return int(tag_named(name).pk)
    except TagError:
        return None


def _known(model: Any, value: str, otherwise: int | None) -> int | None:
    """An identity as posted, if there is such a thing."""
    if not value:
        return None
    number = _number(value)
    return number if number is not None and model.objects.filter(pk=number).exists() else otherwise


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def _fits(fields: Mapping[str, Any]) -> bool:
    """Whether the story's form would take these texts."""
    story = Article(**{name: fields[name] for name in TEXT_FIELDS})
    try:
        story.clean_fields(exclude={field.name for field in Article._meta.fields} - set(TEXT_FIELDS))
        story.clean()
    except ValidationError:
        return False
    return True


def _content(fields: Mapping[str, Any]) -> Content:
    return cast("Content", {name: fields[name] for name in Content.__annotations__ if name in fields})


def _told(details: Mapping[str, Any]) -> str:
    if "revision" not in details:
        return ""
    if details["is_joined"]:
        sentence = _("What you had typed and not saved is revision %(number)s, in the story.")
    else:
        sentence = _("What you had typed and not saved is revision %(number)s, beside the story, in its history.")
    return sentence % {"number": details["revision"]}


def newest(article: Article, person: User) -> dict[str, Any]:
    """What the newest take-over from `person` noted (1 query): `revision` and `kept`, if words were kept."""
    events = article.events.filter(verb="take_over", details__person=person.pk).order_by("-pk")
    return cast("dict[str, Any]", events.values_list("details", flat=True).first() or {})
