"""Comparing two versions of a story: what changed, field by field, as data that a template shows.

A version is what a revision holds: content and body. History, the screen for two people who changed the same text, and
words that are offered back all ask `compare`; templates/admin/articles/article/_comparison.html shows the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.content import LATER, TEXT_FIELDS, Content
from articles.identities import Names, Wanted, look_up
from articles.models import Byline, Kind
from articles.pictures import thumbnail
from newsroom import languages, plaintext, richtext
from newsroom.differences import Budget, Op, steps, text_steps
from newsroom.richtext.comparing import Fate, Row
from newsroom.richtext.comparing import compare as compare_bodies

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - names the type, makes nothing safe
    from django_stubs_ext import StrOrPromise

    from articles.models import Photo, Revision
    from authors.models import User

# In the order in which a comparison is read; the body, which takes most room, last.
LABELS: Mapping[str, StrOrPromise] = {
    "kicker": gettext_lazy("Kicker"),
    "headline": gettext_lazy("Headline"),
    "standfirst": gettext_lazy("Standfirst"),
    "section": gettext_lazy("Section"),
    "kind": gettext_lazy("Kind"),
    "dateline": gettext_lazy("Dateline"),
    "bylines": gettext_lazy("Byline"),
    "tags": gettext_lazy("Tags"),
    "lead_photo": gettext_lazy("Picture"),
    "lead_photo_caption": gettext_lazy("Picture’s caption here"),
    "lead_photo_alt": gettext_lazy("Picture’s alternative text here"),
    "related": gettext_lazy("Related stories"),
    "short_headline": gettext_lazy("Short headline"),
    "teaser": gettext_lazy("Teaser"),
    "seo_title": gettext_lazy("Search title"),
    "seo_description": gettext_lazy("Search description"),
    "social_title": gettext_lazy("Social title"),
    "canonical_url": gettext_lazy("First published at"),
    "source_name": gettext_lazy("Source"),
    "disclosure": gettext_lazy("Disclosure"),
    "language": gettext_lazy("Language"),
    "body": gettext_lazy("Body"),
}

# What is not saved yet may say anything.
_KINDS, _ROLES = dict[str, Any](Kind.choices), dict[str, Any](Byline.Role.choices)

# So many unchanged blocks in a row are folded, all but those beside a change.
FOLD_FROM = 3


@dataclass(frozen=True)
class Version:
    """One version of a story: `content` in the shape of `articles.content`, or part of it, and the body's HTML.

    `new_tags` are tags by name that nobody has made yet, in a text that is not saved.
    """

    content: Mapping[str, Any]
    body: str
    new_tags: tuple[str, ...] = ()

    @classmethod
    def of_revision(cls, revision: Revision) -> Self:
        """What a revision holds."""
        return cls(dict.fromkeys(LATER, "") | revision.content, revision.body)

    @classmethod
    def of_content(cls, content: Content, body: str, *, new_tags: Sequence[str] = ()) -> Self:
        """A working copy's snapshot, or what somebody typed."""
        return cls(content, body, tuple(new_tags))

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        """The fields of `articles.joining`: a snapshot's, with the `body` among them; they may be only some."""
        return cls({name: value for name, value in fields.items() if name != "body"}, fields.get("body") or "")


@dataclass(frozen=True)
class Piece:
    """Some words: the same, added or removed."""

    op: Op
    text: str


@dataclass(frozen=True)
class TextChange:
    """A text, word by word."""

    kind: ClassVar[str] = "text"
    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ChoiceChange:
    """One thing out of several; empty where none was chosen."""

    kind: ClassVar[str] = "choice"
    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One name in a list, and what became of it."""

    text: str
    fate: Fate


@dataclass(frozen=True)
class ListChange:
    """Names: those of the later list in its order, and those that were taken out."""

    kind: ClassVar[str] = "list"
    name: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Shown:
    """A picture as readers get it with the story."""

    title: str
    image: str
    caption: str
    alt: str


@dataclass(frozen=True)
class PictureChange:
    """Another picture, one more or one less."""

    kind: ClassVar[str] = "picture"
    name: str
    label: str
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True)
class BodyRow:
    """A block of the body, as it was, as it is, and both in one."""

    fate: Fate
    before: SafeString
    after: SafeString
    both: SafeString
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BodyPart:
    """Blocks in a row; folded where nothing in them or beside them changed."""

    rows: tuple[BodyRow, ...]
    is_folded: bool = False


@dataclass(frozen=True)
class BodyChange:
    """The body."""

    kind: ClassVar[str] = "body"
    name: str
    label: str
    parts: tuple[BodyPart, ...]


Change: TypeAlias = TextChange | ChoiceChange | ListChange | PictureChange | BodyChange


@dataclass(frozen=True)
class Comparison:
    """Everything in which two versions differ."""

    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether they differ in nothing that readers could see."""
        return not self.changes

    @property
    def names(self) -> list[str]:
        """The names of the fields that changed."""
        return [change.name for change in self.changes]


def compare(
    before: Version, after: Version, *, person: User, at: datetime, only: Collection[str] | None = None
) -> Comparison:
    """What changed from `before` to `after`, in at most 7 queries and about a second for the longest bodies.

    `person` is who will look: headlines of stories that they may not see are left out. `only` names the fields to
    compare (those of LABELS); a field that one of the two does not have is not compared.
    """
    named = [
        name
        for name in LABELS
        if (only is None or name in only)
        and (name == "body" or (name in before.content and name in after.content))
        and _value(before, name) != _value(after, name)
    ]
    told = _Telling(before, after, look_up(_wanted(named, before, after), person=person, at=at), Budget())
    return Comparison(tuple(filter(None, map(told.change, named))))


def _value(version: Version, name: str) -> Any:
    """A field so that equal ones are equal, whatever their line ends and whatever order tags have."""
    if name == "body":
        return version.body
    value = version.content[name]
    if name == "tags":
        return (sorted(value), version.new_tags)
    return (value or "").replace("\r\n", "\n") if name in TEXT_FIELDS else value


def _language(code: str) -> str:
    """A story's language by its name; what was never saved may say anything."""
    return languages.language(code).name if code in languages.STORIES else code or _("The newsroom’s own")


def _wanted(named: Collection[str], *versions: Version) -> Wanted:
    """The identities that the changed fields hold."""
    wanted = Wanted()
    for version in versions:
        content = version.content
        wanted.authors |= {author for author, _ in content["bylines"]} if "bylines" in named else set()
        wanted.tags |= set(content["tags"]) if "tags" in named else set()
        wanted.articles |= set(content["related"]) if "related" in named else set()
        wanted.sections |= {content["section"]} - {None} if "section" in named else set()
        wanted.photos |= {content["lead_photo"]} - {None} if "lead_photo" in named else set()
        if "body" in named:
            found = richtext.references(version.body)
            wanted.photos |= set(found.photos)
            wanted.articles |= set(found.articles)
    return wanted


@dataclass(frozen=True)
class _Telling:
    """Two versions, and what their identities stand for."""

    before: Version
    after: Version
    names: Names
    budget: Budget

    def change(self, name: str) -> Change | None:
        """What changed in one field; None where it shows nowhere."""
        label = str(LABELS[name])
        match name:
            case "body":
                return self.body(label)
            case "bylines":
                return self.listed(
                    name, label, tuple, lambda pair: f"{_ROLES.get(pair[1], pair[1])} {self.names.author(pair[0])}"
                )
            case "related":
                return self.listed(name, label, int, self.names.article)
            case "tags":
                return self.tags(label)
            case "section":
                was, now = (self.names.section(side.content[name]) for side in (self.before, self.after))
                return ChoiceChange(name, label, was, now)
            case "kind":
                was, now = (
                    str(_KINDS.get(side.content[name], side.content[name])) for side in (self.before, self.after)
                )
                return ChoiceChange(name, label, was, now)
            case "language":
                was, now = (_language(side.content[name]) for side in (self.before, self.after))
                return ChoiceChange(name, label, was, now)
            case "lead_photo":
                return PictureChange(name, label, self.picture(self.before), self.picture(self.after))
        return self.text(name, label, *(str(_value(side, name)) for side in (self.before, self.after)))

    def text(self, name: str, label: str, was: str, now: str) -> TextChange:
        """A text, word by word."""
        return TextChange(name, label, tuple(Piece(op, text) for op, text in text_steps(was, now, budget=self.budget)))

    def listed(self, name: str, label: str, key: Callable[[Any], Hashable], words: Callable[[Any], str]) -> ListChange:
        """An ordered list of identities."""
        was, now = ([key(each) for each in side.content[name]] for side in (self.before, self.after))
        return ListChange(name, label, tuple(_entries(was, now, words, budget=self.budget)))

    def tags(self, label: str) -> ListChange:
        """Tags, by name."""
        was, now = (
            {self.names.tag(pk) for pk in side.content["tags"]} | set(side.new_tags)
            for side in (self.before, self.after)
        )
        return ListChange(
            "tags",
            label,
            tuple(
                Entry(name, Fate.SAME if name in was & now else Fate.ADDED if name in now else Fate.REMOVED)
                for name in sorted(was | now, key=str.casefold)
            ),
        )

    def picture(self, version: Version) -> Shown | None:
        """A version's picture, with the words that go with it there."""
        pk = version.content["lead_photo"]
        if pk is None:
            return None
        photo = self.names.photos.get(pk)
        caption, alt = (str(version.content.get(f"lead_photo_{name}") or "") for name in ("caption", "alt"))
        if photo is None:
            return Shown(_("a picture that is gone"), "", caption, alt)
        own_alt = _("decorative") if photo.is_decorative else photo.alt_text
        return Shown(photo.title, thumbnail(photo), caption or photo.caption, alt or own_alt)

    def body(self, label: str) -> BodyChange | TextChange | None:
        """The body, block by block; only its words where it cannot be read."""
        try:
            rows = compare_bodies(self.before.body, self.after.body, budget=self.budget, stories=self.names.articles)
        except richtext.RichTextError:
            was, now = (plaintext.from_html(side.body) for side in (self.before, self.after))
            return self.text("body", label, was, now)
        if all(row.fate == Fate.SAME for row in rows):
            return None
        photos = {pk: _figure(photo) for pk, photo in self.names.photos.items()}
        gone = format_html("<p>{}</p>", _("A picture that is gone"))
        every = {**dict.fromkeys(self.photo_ids(), gone), **photos}
        return BodyChange("body", label, tuple(_folded([_shown(row, every) for row in rows])))

    def photo_ids(self) -> set[int]:
        """The pictures in both bodies."""
        return {pk for side in (self.before, self.after) for pk in richtext.references(side.body).photos}


def _entries(
    was: Sequence[Hashable], now: Sequence[Hashable], words: Callable[[Any], str], *, budget: Budget
) -> Iterator[Entry]:
    """What became of each entry; one that was taken out and put in again has moved, and stands where it is now."""
    found = steps(was, now, budget=budget, for_people=False)
    moved = set(was) & set(now)
    for step in found:
        if step.op == Op.SAME:
            yield from (Entry(words(each), Fate.SAME) for each in now[step.after])
        elif step.op == Op.ADDED:
            for each in now[step.after]:
                yield Entry(words(each), Fate.MOVED_HERE if each in moved else Fate.ADDED)
        else:
            yield from (Entry(words(each), Fate.REMOVED) for each in was[step.before] if each not in moved)


def _figure(photo: Photo) -> SafeString:
    image = thumbnail(photo)
    picture = format_html('<img src="{}" alt="" loading="lazy">', image) if image else ""
    return format_html(
        '<p class="desk-diff__figure">{} {}</p>', picture, _("Picture: %(title)s") % {"title": photo.title}
    )


def _shown(row: Row, photos: Mapping[int, SafeString]) -> BodyRow:
    before, after, both = (richtext.compared(html, photos=photos) for html in (row.before, row.after, row.both))
    return BodyRow(row.fate, before, after, both, row.notes)


def _folded(rows: Sequence[BodyRow]) -> Iterable[BodyPart]:
    """The rows in parts: long stretches without a change are folded, but for the row beside the change."""
    groups = [(same, list(group)) for same, group in groupby(rows, key=lambda row: row.fate == Fate.SAME)]
    for place, (same, group) in enumerate(groups):
        first, last = int(place > 0), int(place < len(groups) - 1)
        hidden = group[first : len(group) - last]
        if not same or len(hidden) < FOLD_FROM:
            yield BodyPart(tuple(group))
            continue
        yield from (BodyPart(tuple(part)) for part in (group[:first],) if part)
        yield BodyPart(tuple(hidden), is_folded=True)
        yield from (BodyPart(tuple(part)) for part in (group[len(group) - last :],) if part)
