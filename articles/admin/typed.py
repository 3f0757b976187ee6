"""What the form says at this moment, as content: for a preview and a check of words that are not saved yet.

Nothing here writes. A value that the form would refuse stands as it was typed, where it is a text; else as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q
from taggit.models import Tag

from articles.content import TEXT_FIELDS
from newsroom import richtext

if TYPE_CHECKING:
    from articles.admin.article_form import ArticleForm
    from articles.content import Content


@dataclass(frozen=True)
class Typed:
    """What a form's values say, as a snapshot would: `body` cleaned, and tags by name that nobody has made yet."""

    content: Content
    body: str
    new_tags: tuple[str, ...] = ()


def typed(form: ArticleForm) -> Typed:
    """The content and the cleaned body of a form, posted or fresh: at most 1 query beside the form's own.

    A posted form is validated, which writes on its instance: bring one that is not saved afterwards.
    """
    if form.is_bound:
        form.is_valid()
    content: dict[str, Any] = {name: _text(form, name) for name in TEXT_FIELDS}
    content["section"] = _identity(form, "section")
    content["lead_photo"] = _identity(form, "lead_photo")
    signed = _given(form, "bylines")
    content["bylines"] = [[author.pk, str(role)] for author, role in (form.signed if signed is None else signed)]
    related = _given(form, "related")
    content["related"] = [article.pk for article in (form.picked if related is None else related)]
    names = _given(form, "tag_names")
    known = form.tag_ids if names is None else _tags(names)
    content["tags"] = sorted(known.values())
    new_tags = tuple(name for name in names or () if name.casefold() not in known)
    return Typed(cast("Content", content), _body(form), new_tags)


def _given(form: ArticleForm, name: str) -> Any:
    """A cleaned value; None where the form is fresh, or the value was refused."""
    return form.cleaned_data.get(name) if form.is_bound else None


def _text(form: ArticleForm, name: str) -> str:
    if not form.is_bound:
        return str(getattr(form.instance, name))
    value = form.cleaned_data.get(name)
    if value is None and name in form.fields:
        value = form[name].value()
    return str(value or "")


def _identity(form: ArticleForm, name: str) -> int | None:
    if not form.is_bound or name in form.errors:
        return cast("int | None", form.initial.get(name))
    chosen = form.cleaned_data.get(name)
    return chosen.pk if chosen else None


def _body(form: ArticleForm) -> str:
    body = _given(form, "body")
    if body is None:
        body = form.initial.get("body") or ""
    return richtext.anchor(richtext.clean(str(body)))


def _tags(names: list[str]) -> dict[str, int]:
    """Those of these tags that there are, by their folded name; one query, none without names."""
    if not names:
        return {}
    wanted = reduce(or_, (Q(name__iexact=name) for name in names))
    return {name.casefold(): pk for name, pk in Tag.objects.filter(wanted).order_by("-pk").values_list("name", "pk")}
