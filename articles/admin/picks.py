"""Choosing things by search: authors in order, tags, related stories, a picture. Fields, widgets, and what they ask.

A list of picks is posted as one value for each, in order. A hidden `…-shown` says that the list was in the form at all:
a post without it leaves the list as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Byline, Photo
from articles.pictures import thumbnail as thumbnail
from articles.tagging import NAME_LIMIT
from authors.models import Author

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString  # noqa: TID251 - for the type checker
    from django_stubs_ext import StrOrPromise

    from articles.querysets import ArticleQuerySet

MOST_PICKS = 40


@dataclass(frozen=True)
class Pick:
    """One row of a list of picks: what is posted, what is shown, and a byline's role."""

    value: str
    label: str
    hint: str = ""
    role: str = ""


class FromTemplates:
    """A widget whose template lies with the project's; Django's own renderer looks only into the apps'."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(template_name, context)


class PicksWidget(FromTemplates, forms.Widget):
    """A list of picks with a search field below it; static/js/desk-picks.js does the rest."""

    template_name = "admin/articles/widgets/picks.html"

    def __init__(self, *, search: str, prompt: StrOrPromise, ordered: bool, creates: bool = False) -> None:
        super().__init__()
        self.search, self.prompt, self.ordered, self.creates = search, prompt, ordered, creates
        self.roles: list[tuple[str, _StrOrPromise]] = []
        self.rows: list[Pick] = []
        self.locked = False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str] | None:
        """The posted values in order; None where the list was not in the form."""
        if f"{name}-shown" not in data:
            return None
        return _many(data, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Never left out, for Django: the marker says it."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the rows to show and where to search."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "rows": self.rows,
            "roles": self.roles,
            "search_url": reverse_lazy("admin:articles_article_pick", args=[self.search]),
            "prompt": self.prompt,
            "ordered": self.ordered,
            "creates": self.creates,
            "locked": self.locked,
        }
        return context


class PicksField(forms.Field):
    """An ordered list of picks. An id that may not be chosen is refused like one that does not exist."""

    widget: PicksWidget
    gone = gettext_lazy("One of these cannot be chosen any more. Take it out of the list.")

    def __init__(self, *, widget: PicksWidget, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(required=False, widget=widget, label=label, help_text=help_text)

    def clean(self, value: Any) -> Any:
        """The objects, in the order given, each once; None where it stays as it is."""
        if value is None or self.disabled:
            return None
        values = list(dict.fromkeys(str(each) for each in value if str(each).strip()))
        if len(values) > MOST_PICKS:
            raise ValidationError(_("At most %(number)s can be chosen.") % {"number": MOST_PICKS})
        return self.objects(values)

    def objects(self, values: list[str]) -> Any:
        """What the values stand for. Raises ValidationError."""
        raise NotImplementedError

    def _ids(self, values: Iterable[str]) -> list[int]:
        try:
            return [int(each) for each in values]
        except ValueError as error:
            raise ValidationError(self.gone) from error


class BylinesField(PicksField):
    """Authors in order, each with a role, as (author, role) pairs. Posted as `id:role`."""

    def __init__(self) -> None:
        widget = PicksWidget(search="authors", prompt=gettext_lazy("Add an author…"), ordered=True)
        widget.roles = list(Byline.Role.choices)
        super().__init__(
            widget=widget,
            label=gettext_lazy("Byline"),
            help_text=gettext_lazy("In the order in which readers see them."),
        )

    def objects(self, values: list[str]) -> list[tuple[Author, str]]:
        """The pairs. Raises ValidationError for unknown authors or roles."""
        pairs = [value.partition(":") for value in values]
        ids = self._ids(author for author, _, _ in pairs)
        found = Author.objects.in_bulk(ids)
        roles = [role or Byline.Role.BY.value for _, _, role in pairs]
        if any(pk not in found for pk in ids) or any(role not in Byline.Role.values for role in roles):
            raise ValidationError(self.gone)
        signed = list(zip((found[pk] for pk in ids), roles, strict=True))
        if len(set(signed)) != len(signed):
            raise ValidationError(_("An author can be named only once in each role."))
        return signed

    @staticmethod
    def rows(signed: Iterable[tuple[Author, str]]) -> list[Pick]:
        """Rows for the widget."""
        return [Pick(str(author.pk), author.name, author.role, role) for author, role in signed]


class TagsField(PicksField):
    """Tags by name, in no order; a new name makes a tag when the story is saved."""

    def __init__(self) -> None:
        widget = PicksWidget(search="tags", prompt=gettext_lazy("Add a tag…"), ordered=False, creates=True)
        super().__init__(widget=widget, label=gettext_lazy("Tags"))

    def objects(self, values: list[str]) -> list[str]:
        """The names. Raises ValidationError for one that is too long."""
        names = [" ".join(value.split()) for value in values]
        if any("\x00" in name for name in names):
            raise ValidationError(_("A tag has letters, digits and spaces."))
        if any(len(name) > NAME_LIMIT for name in names):
            raise ValidationError(_("A tag has at most %(number)s characters.") % {"number": NAME_LIMIT})
        if any(not any(character.isalnum() for character in name) for name in names):
            raise ValidationError(_("A tag needs a letter or a digit."))
        return names

    @staticmethod
    def rows(names: Iterable[str]) -> list[Pick]:
        """Rows for the widget."""
        return [Pick(name, name) for name in names]


class RelatedField(PicksField):
    """Related stories in order, out of those in `choosable`, which the form sets for the person at it."""

    choosable: ArticleQuerySet

    def __init__(self) -> None:
        widget = PicksWidget(search="related", prompt=gettext_lazy("Find a story…"), ordered=True)
        super().__init__(
            widget=widget,
            label=gettext_lazy("Related stories"),
            help_text=gettext_lazy("Drag or use the arrows to order them. What is missing is filled in by itself."),
        )

    def objects(self, values: list[str]) -> list[Article]:
        """The stories. Raises ValidationError for those that the person may not choose."""
        ids = self._ids(values)
        found = self.choosable.defer("body").in_bulk(ids)
        if any(pk not in found for pk in ids):
            raise ValidationError(self.gone)
        return [found[pk] for pk in ids]

    @staticmethod
    def rows(articles: Iterable[Article]) -> list[Pick]:
        """Rows for the widget."""
        return [Pick(str(article.pk), article.headline) for article in articles]


class PhotoWidget(FromTemplates, forms.HiddenInput):
    """One picture: a preview, a search, and a button to upload one."""

    template_name = "admin/articles/widgets/photo.html"
    input_type = "hidden"

    def __init__(self) -> None:
        super().__init__()
        self.locked = False
        self.may_add = False
        self.at_hand: Photo | None = None

    @property
    def is_hidden(self) -> bool:
        """No: only its input is."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the picture that is chosen, if it exists."""
        context = super().get_context(name, value, attrs)
        photo = None
        if self.at_hand is not None and str(value) == str(self.at_hand.pk):
            photo = self.at_hand
        elif re.fullmatch("[0-9]{1,18}", str(value or "")):
            photo = Photo.objects.filter(pk=value).first()
        context["widget"] |= {
            "photo": photo,
            "thumbnail": thumbnail(photo) if photo else "",
            "search_url": reverse_lazy("admin:articles_article_pick", args=["photos"]),
            "add_url": reverse_lazy("admin:articles_photo_add"),
            "locked": self.locked,
            "may_add": self.may_add,
        }
        return context


def _many(data: Mapping[str, Any] | MultiValueDict[str, Any], name: str) -> list[str]:
    getlist = getattr(data, "getlist", None)
    values = getlist(name) if getlist else data.get(name, [])
    return [values] if isinstance(values, str) else [str(value) for value in values]
