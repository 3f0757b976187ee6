"""A late save: somebody saved the story after this person had opened its form. Both are joined, or the person chooses.

Nothing is ever saved over something that its writer has not seen. What joins by itself is joined in what was posted,
before the form looks at it; where both changed the same text, what was typed is kept at once as a revision beside the
story, and the form comes back with both. From there it is an ordinary save of the newest text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.utils import flatten_fieldsets
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.models import Tag

from articles import content as contents
from articles import publishing
from articles.admin.article_form import ArticleForm
from articles.admin.typed import typed
from articles.comparing import Change, ChoiceChange, Version, compare
from articles.content import TEXT_FIELDS, Content
from articles.joining import BODY, Clash, join
from articles.models import Article, Revision
from articles.tagging import tag_named
from authors.models import User
from newsroom import plaintext, richtext
from newsroom.desk import moment
from newsroom.local_time import then
from newsroom.sentences import enumerated, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.contrib.admin import ModelAdmin
    from django.http import HttpRequest


LISTS = {"bylines": "bylines", "tag_names": "tags", "related": "related"}
# What the form has beside a snapshot: it is in no revision, so that the form says itself what it began with.
BESIDE = ("slug", "assignee")
NAMES = (*TEXT_FIELDS, BODY, "section", "lead_photo", *LISTS, *BESIDE)
CHOICES = frozenset({"theirs", "mine", "both"})
_NOT_SAID = object()


@dataclass(frozen=True)
class Meanwhile:
    """Who saved a story since a revision of it, and when last."""

    who: str
    at: datetime | None
    is_oneself: bool = False
    number: int = 1  # of people

    def saved(self, what: str, *, now: datetime) -> str:
        """“Ben saved the byline at 10:41”."""
        given = {"who": self.who, "what": what, "when": then(self.at, now=now) if self.at else _("meanwhile")}
        if self.is_oneself:
            return _("You saved %(what)s %(when)s, in another window") % given
        return ngettext("%(who)s saved %(what)s %(when)s", "%(who)s saved %(what)s %(when)s", self.number) % given


@dataclass(frozen=True)
class Choice:
    """A field that both changed: from theirs to ours and back, whose theirs is, and what has been chosen so far."""

    name: str
    label: str
    change: Change
    back: Change
    who: str
    chosen: str = ""
    is_oneself: bool = False

    @property
    def theirs_is(self) -> str:
        """Whose the other text is, after “Keep”."""
        return _("the other window’s") if self.is_oneself else _("%(person)s’s") % {"person": self.who}


@dataclass
class LateSave:
    """A post that is brought up to the story's newest text, what came in by that, and what is left to choose."""

    post: QueryDict
    meanwhile: Meanwhile
    came: tuple[str, ...] = ()
    gave: tuple[str, ...] = ()
    choices: dict[str, Choice] = field(default_factory=dict)
    opened: Revision | None = None
    aside: Revision | None = None
    has_chosen: bool = False

    def news(self, kept: Revision, *, now: datetime) -> str:
        """What came into `kept` that the person has not seen, as a sentence; nothing where nothing did."""
        if not self.came:
            return ""
        if not self.gave:
            newest = self.meanwhile.saved(_("the newest text"), now=now)
            given = {"saved": newest, "number": kept.number}
            return _("You had changed nothing. %(saved)s: revision %(number)s.") % given
        if self.meanwhile.is_oneself:
            sentence = _("%(saved)s. Both versions are in revision %(number)s.")
        else:
            sentence = _("%(saved)s. Your text and theirs are both in revision %(number)s.")
        return sentence % {"saved": self.meanwhile.saved(_listed(self.came), now=now), "number": kept.number}

    def explains(self, *, now: datetime) -> str:
        """Why the form is back, for the person who has to choose."""
        given = {
            "saved": self.meanwhile.saved(_("this story"), now=now),
            "same": _listed(tuple(choice.label for choice in self.choices.values())),
            "number": self.aside.number if self.aside else "",
        }
        if self.aside:
            kept = _("Nothing is overwritten: what you typed is kept as revision %(number)s.")
        else:
            kept = _("Nothing is overwritten: what you typed is still here.")
        sentences = (
            _("%(saved)s, after you had opened it, and both of you changed %(same)s."),
            kept,
            _("Everything else is joined already."),
            _("Choose below which text stays, or write one from both; then save."),
        )
        return " ".join(sentence % given for sentence in sentences)


def catch_up(model_admin: ModelAdmin[Article], request: HttpRequest, article: Article) -> LateSave | None:
    """What a post of the story's form comes to, now that its row is locked; None where it is an ordinary save.

    Keeps what was typed as a revision where the person has to choose. A post that the form refuses anyway is left as
    it is: it is joined once it can be saved.
    """
    post = request.POST.copy()
    asked = _number(post.get("aside")) is not None or "clash" in post
    if asked:
        undecided = _decide(article, post, cast("User", request.user), at=moment(request))
        if undecided is not None:
            return undecided
    if not _is_late(article, post):
        return LateSave(post, Meanwhile("", None), has_chosen=True) if asked else None
    form = _form(model_admin, request, article, post)
    if not form.is_valid():
        return LateSave(post, Meanwhile("", None), has_chosen=True) if asked else None
    late = _joined(model_admin, request, article, form, post)
    late.has_chosen = asked
    return late


def _is_late(article: Article, post: QueryDict) -> bool:
    """Whether the story is not what the form began with; a verb may have handed it over without saving a text."""
    version = _number(post.get("version"))
    if version is None:
        return False  # the form refuses a post that does not say what it began with
    stored = {"slug": article.slug, "assignee": _plain(article.assignee_id)}
    return version != article.lock_version or any(
        post.get(f"was_{name}", stored[name]) != stored[name] for name in BESIDE
    )


def is_erased_since(article: Article, post: QueryDict) -> bool:
    """Whether the story was erased after the form was opened: what is typed there is the text that had to go."""
    if _number(post.get("version")) == article.lock_version:
        return False
    return article.events.filter(verb="erase", pk__gt=_number(post.get("seen")) or 0).exists()


def meanwhile(article: Article, base: Revision | None, person: User) -> Meanwhile:
    """Who saved the story since `base` (1 query)."""
    since = article.revisions.filter(aside_of=None).select_related("created_by").defer("body", "content")
    since = since.filter(number__gt=base.number) if base else since.filter(head_of=article)
    saves = list(since.order_by("number"))
    people = list(dict.fromkeys(save.created_by for save in saves))
    names = [_("You") if each == person else str(each) for each in sorted(people, key=lambda each: each != person)]
    last = saves[-1].created_at if saves else None
    return Meanwhile(enumerated(names) or _("Somebody"), last, people == [person], number=len(names) or 1)


def _joined(
    model_admin: ModelAdmin[Article], request: HttpRequest, article: Article, form: ArticleForm, post: QueryDict
) -> LateSave:
    base = _revision(article, post.get("revision"))
    stored = _stored(article)
    began = None if base is None else _began(base, post)
    ours = _typed(form, began or stored)
    joined = join(began, ours, stored)
    clashes, fields = dict(joined.clashes), joined.fields
    person = cast("User", request.user)
    late = LateSave(
        post,
        meanwhile(article, base, person),
        came=tuple(_the(part) for part in joined.from_theirs if part not in {*clashes, *BESIDE}),
        gave=joined.from_ours,
        opened=base,
    )
    _fill(post, fields | {part: clash.ours for part, clash in clashes.items()})
    post["version"], post["revision"] = str(article.lock_version), _plain(article.head_revision_id)
    for name in BESIDE:
        post[f"was_{name}"] = _plain(stored[name])
    # What could be saved on either side and cannot be together is for the person to put right.
    for name in _form(model_admin, request, article, post).errors:
        part = LISTS.get(name, name)
        if part in ours and part not in clashes:
            clashes[part] = Clash(ours[part], stored[part])
            _fill(post, {part: ours[part]})
    if clashes:
        content = cast("Content", {name: ours[name] for name in Content.__annotations__})
        late.aside = publishing.set_aside(
            article, content, ours[BODY], base=base, by=person, at=moment(request), note=_note(form, late.meanwhile)
        )
        _ask(late, clashes, person=person, at=moment(request))
    return late


def _ask(late: LateSave, clashes: Mapping[str, Clash], *, person: User, at: datetime) -> None:
    """Let the form ask which of two texts stays."""
    theirs, ours = (
        Version.of_fields({part: getattr(clash, side) for part, clash in clashes.items() if part not in BESIDE})
        for side in ("theirs", "ours")
    )
    changes = {each.name: each for each in compare(theirs, ours, person=person, at=at, only=clashes.keys()).changes}
    # Words that are compared have the spaces of the later text: each of the two is shown as the later one once.
    texts = [name for name, change in changes.items() if change.kind == "text"]
    backwards = {each.name: each for each in compare(ours, theirs, person=person, at=at, only=texts).changes}
    for name, part in _parts().items():
        if part in clashes:
            change = changes.get(part) or ChoiceChange(part, part, *_beside(part, clashes[part]))
            chosen = late.post.get(f"choose-{name}", "")
            back = backwards.get(part, change)
            late.choices[name] = Choice(
                name, _the(part), change, back, late.meanwhile.who, chosen, late.meanwhile.is_oneself
            )


def _beside(part: str, clash: Clash) -> list[str]:
    """Theirs and ours of what no comparison shows: an address, an assignee, white space."""
    found = [_plain(side) for side in (clash.theirs, clash.ours)]
    if part == BODY:
        return [plaintext.from_html(side) for side in found]
    if part == "assignee":
        people = User.objects.in_bulk([pk for side in found if (pk := _number(side)) is not None])
        return [str(people.get(_number(side) or 0, _("Nobody"))) for side in found]
    return found


def _decide(article: Article, post: QueryDict, person: User, *, at: datetime) -> LateSave | None:
    """Put what was chosen into the post. What is still to be chosen comes back, with everything as it was."""
    opened, aside, base = (_revision(article, post.get(name)) for name in ("opened", "aside", "revision"))
    sides = [
        None if each is None else {**each.content, BODY: richtext.clean(each.body)} for each in (opened, aside, base)
    ]
    was, ours, theirs = sides
    clashes = join(was, ours, theirs).clashes if ours is not None and theirs is not None else {}
    names = [name for name in post.getlist("clash") if name in NAMES]
    late = LateSave(post, meanwhile(article, opened, person), opened=opened, aside=aside)
    open_: dict[str, Clash] = {}
    for name in names:
        part, chosen = LISTS.get(name, name), post.get(f"choose-{name}")
        typed_now = post.getlist(name) if name in LISTS else post.get(name, "")
        if name in BESIDE:
            clash = Clash(typed_now, post.get(f"was_{name}", ""))
        else:
            clash = clashes.get(part) or Clash((ours or {}).get(part), (theirs or {}).get(part))
        if chosen not in CHOICES:
            open_[part] = clash
        elif chosen == "theirs" or (chosen == "mine" and name not in BESIDE and ours is not None):
            _fill(post, {part: clash.theirs if chosen == "theirs" else clash.ours})
    if not open_:
        return None
    _ask(late, open_, person=person, at=at)
    return late


def _typed(form: ArticleForm, otherwise: Mapping[str, Any]) -> dict[str, Any]:
    """What this person made of the story; what the form did not have, or they may not change, as it was `otherwise`."""
    said, data = typed(form), form.cleaned_data
    fields: dict[str, Any] = {**said.content, BODY: richtext.clean(said.body), "slug": data["slug"]}
    fields["tags"] = sorted({*said.content["tags"], *(tag_named(name).pk for name in said.new_tags)})
    fields["assignee"] = data["assignee"].pk if data["assignee"] else None
    for name, part in _parts().items():
        if form.fields[name].disabled or (name in LISTS and data[name] is None):
            fields[part] = otherwise[part]
    return fields


def _stored(article: Article) -> dict[str, Any]:
    return {**contents.snapshot(article), BODY: article.body, "slug": article.slug, "assignee": article.assignee_id}


def _began(base: Revision, post: QueryDict) -> dict[str, Any]:
    """What the form began with: a revision, and what it says itself of the rest."""
    slug, assignee = (post.get(f"was_{name}", _NOT_SAID) for name in BESIDE)
    assignee = assignee if assignee is _NOT_SAID else _number(cast("str", assignee))
    return {**base.content, BODY: base.body, "slug": slug, "assignee": assignee}


def _form(model_admin: ModelAdmin[Article], request: HttpRequest, article: Article, post: QueryDict) -> ArticleForm:
    """The form with this post in it, looked at as if nobody had saved meanwhile. It writes on no instance of ours."""
    current = post.copy()
    current["version"] = str(article.lock_version)
    fieldsets = model_admin.get_fieldsets(request, article)
    maker = model_admin.get_form(request, article, change=True, fields=flatten_fieldsets(fieldsets))
    return cast("ArticleForm", maker(current, instance=Article.objects.get(pk=article.pk)))


def _fill(post: QueryDict, fields: Mapping[str, Any]) -> None:
    """Let the post say what these fields say, as a browser would have posted it."""
    for name, part in _parts().items():
        if part not in fields:
            continue
        value = fields[part]
        if name not in LISTS:
            post[name] = _plain(value)
            continue
        post[f"{name}-shown"] = "1"
        post.setlist(name, list(_posted(name, value or [])))


def _posted(name: str, values: list[Any]) -> Iterable[str]:
    if name == "bylines":
        return (f"{each[0]}:{each[1]}" if isinstance(each, list) else str(each) for each in values)
    if name == "tag_names":
        known = Tag.objects.in_bulk([each for each in values if isinstance(each, int)])
        return (known[each].name if each in known else str(each) for each in values)
    return map(str, values)


def _parts() -> dict[str, str]:
    """The name of each part of a story in the form, and in a snapshot."""
    return {name: LISTS.get(name, name) for name in NAMES}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _note(form: ArticleForm, saved: Meanwhile) -> str:
    typed_note: str = form.cleaned_data["note"]
    # Written once, in the newsroom's language, like a note that somebody typed.
    set_aside = _("Set aside: %(who)s had changed the same text.") % {"who": saved.who}
    return typed_note or set_aside[:200]


def _the(part: str) -> str:
    """What the form calls a part of the story, in a sentence."""
    label = str(ArticleForm.base_fields["tag_names" if part == "tags" else part].label or part)
    return _("the %(part)s") % {"part": within(label[0]) + label[1:]}


def _listed(names: tuple[str, ...]) -> str:
    if len(names) <= 3:
        return enumerated(names)
    given = {"names": ", ".join(names[:2]), "number": len(names) - 2}
    return _("%(names)s and %(number)s other fields") % given


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def _revision(article: Article, number: str | None) -> Revision | None:
    """The revision with this id, if it is one of the story's."""
    pk = _number(number)
    return None if pk is None else article.revisions.filter(pk=pk).first()
