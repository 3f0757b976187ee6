"""Offering words back that were typed and not saved: whether they are in the story already, what they change there, and
how they go into the form again. Everything typed comes out of here cleaned, by the same fields that would save it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles import content as contents
from articles import joining
from articles.admin.picks import Pick, thumbnail
from articles.admin.typed import Typed, typed
from articles.buffers import BEGAN, SEVERAL, SINGLE, Base
from articles.comparing import Version, compare
from articles.content import TEXT_FIELDS, Content
from articles.models import Article, Revision
from newsroom import richtext

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.admin import ModelAdmin
    from django.http import HttpRequest

    from articles.admin.article_form import ArticleForm
    from authors.models import User

# What a form says beside what readers may see: the name there, and the column of the story.
BESIDE = {"slug": "slug", "assignee": "assignee_id"}
IDENTITIES = frozenset({"section", "lead_photo", "assignee"})


def form_with(
    model_admin: ModelAdmin[Article],
    request: HttpRequest,
    article: Article | None,
    fields: Mapping[str, str | Sequence[str]],
) -> ArticleForm:
    """The story's form for this person with these values in it, validated and not saved.

    `article` must be an instance that nothing else uses: the form writes on it. What the values do not name stays as
    it is stored, as does what this person may not change.
    """
    fieldsets = model_admin.get_fieldsets(request, article)
    maker = model_admin.get_form(request, article, change=article is not None, fields=flatten_fieldsets(fieldsets))
    stored, data = article or Article(), QueryDict(mutable=True)
    for name in SINGLE - BEGAN:
        was = getattr(stored, f"{name}_id" if name in IDENTITIES else name, "")
        data[name] = str(fields[name]) if name in fields else "" if was is None else str(was)
    for name in SEVERAL & fields.keys():
        data[f"{name}-shown"] = "1"
        data.setlist(name, list(fields[name]))
    data["version"] = str(stored.lock_version)
    form = cast("ArticleForm", maker(data, instance=stored))
    form.is_valid()
    return form


def is_unsaved(
    form: ArticleForm,
    said: Typed,
    stored: tuple[Article, Content] | None,
    *,
    base: Base,
    fields: Mapping[str, str | Sequence[str]],
) -> bool:
    """Whether there are words or choices here that neither the story nor a revision of it has.

    `stored` is the story with its snapshot, `fields` are the values that `form` was made with. What colleagues changed
    since `base` does not count, and neither does what this person changed and has saved since.
    """
    body = richtext.clean(said.body)
    if "body" in form.errors or said.new_tags:
        return True
    digest = contents.digest(said.content, body)
    if stored is None:
        # A save whose answer never came back has left the story behind all the same.
        begun = Revision.objects.filter(created_by=form.person, number=1, digest=digest)
        return _has_words(said, body) and not begun.exists()
    article, content = stored
    if any(_is_changed(form, name, getattr(article, column), fields) for name, column in BESIDE.items()):
        return True
    note = str(fields.get("note", "")).strip()
    kept = article.revisions.filter(digest=digest, pk__gte=base.revision or 0)
    if kept.filter(**({"note": note} if note else {})).exists():
        return False
    began = article.revisions.filter(pk=base.revision).first() if base.revision is not None else None
    return bool(note) or began is None or _adds(began, (said.content, body), (content, article.body))


def _has_words(said: Typed, body: str) -> bool:
    texts = (text for name, text in said.content.items() if name in TEXT_FIELDS and name != "kind")
    return bool(any(str(text).strip() for text in texts) or richtext.blocks(body) or said.content["lead_photo"])


def _is_changed(form: ArticleForm, name: str, stored: Any, fields: Mapping[str, Any]) -> bool:
    if name not in fields or form.fields[name].disabled:
        return False
    return fields[name] not in {str(stored or ""), fields.get(f"was_{name}")}


def _adds(began: Revision, ours: tuple[Content, str], theirs: tuple[Content, str]) -> bool:
    """Whether what this person changed since they began is missing in what is stored."""
    base, mine, stored = ({**each, "body": text} for each, text in ((began.content, began.body), ours, theirs))
    joined = joining.join(base, mine, stored)
    return bool(joined.clashes) or joined.fields != stored


def differences(
    form: ArticleForm,
    stored: tuple[Article, Content] | None,
    fields: Mapping[str, str | Sequence[str]],
    *,
    person: User,
    at: datetime,
) -> dict[str, Any]:
    """What the form's values change in what is stored, as _difference.html shows it."""
    said = typed(form)
    nothing: Content = dict.fromkeys(TEXT_FIELDS, "") | {"section": None, "lead_photo": None}  # type: ignore[assignment]
    was, body = nothing | {"bylines": [], "tags": [], "related": []}, ""
    if stored is not None:
        was, body = stored[1], stored[0].body
    before, after = Version(was, body), Version(said.content, richtext.clean(said.body), said.new_tags)
    story = stored[0] if stored else Article()
    changed = [name for name in BESIDE if _is_changed(form, name, getattr(story, BESIDE[name]), fields)]
    return {
        "comparison": compare(before, after, person=person, at=at),
        "beside": [(form[name].label, _in_words(form, name)) for name in [*changed, "note"] if fields.get(name)],
    }


def _in_words(form: ArticleForm, name: str) -> str:
    chosen = form.cleaned_data.get(name)
    return str(chosen if chosen is not None else form.data.get(name, ""))


def refill(form: ArticleForm, fields: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """What the page's script puts back into the form: values, the rows of lists, the picture; the body is cleaned.

    Holds only what `fields` names and this person may change.
    """
    open_to = [name for name in sorted(fields) if name in form.fields and not form.fields[name].disabled]
    rows = {name: _picks(form, name, list(fields[name])) for name in open_to if name in SEVERAL}
    found: dict[str, Any] = {
        "values": {name: str(form[name].value() or "") for name in open_to if name in SINGLE - BEGAN - {"lead_photo"}},
        "rows": {name: [_row(pick) for pick in picks] for name, picks in rows.items()},
        "began": {name: fields[name] for name in BEGAN if name in fields},
    }
    if "lead_photo" in open_to:
        photo = form.cleaned_data.get("lead_photo")
        found["photo"] = None
        if photo is not None:
            found["photo"] = {"id": photo.pk, "label": photo.title, "image": thumbnail(photo), "alt": photo.alt_text}
    return found


def _row(pick: Pick) -> dict[str, str]:
    return {"id": pick.value, "label": pick.label, "hint": pick.hint, "role": pick.role}


def _picks(form: ArticleForm, name: str, values: list[str]) -> list[Pick]:
    """The rows of a list; of one in which something cannot be chosen any more, the others."""
    field: Any = form.fields[name]
    whole = _chosen(field, values)
    if whole is not None:
        return whole
    return [pick for value in dict.fromkeys(values) for pick in _chosen(field, [value]) or ()]


def _chosen(field: Any, values: list[str]) -> list[Pick] | None:
    try:
        return list(field.rows(field.clean(values)))
    except ValidationError:
        return None
