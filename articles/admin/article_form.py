"""The story's form: its fields, which of them this person may change, and what a save must not overwrite."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import own_links, permissions
from articles.admin.form_story import has_editions, photo_at_hand, picked_for, show_alone, signed_by, tags_of
from articles.admin.picks import BylinesField, PhotoWidget, Pick, PicksField, RelatedField, TagsField
from articles.identities import NOT_PUBLIC
from articles.models import Article, Byline, Edition, Photo, Section
from authors.models import Author, User
from newsroom import languages
from newsroom.plaintext import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from articles.admin.late_save import Choice

# What belongs to editors, whoever's story it is. A writer's post of these changes nothing.
EDITORS_FIELDS = frozenset({"bylines", "tag_names", "related", "slug", "assignee"})

TEXTS = ("kicker", "headline", "standfirst", "body", "dateline")
BESIDE = ("kind", "section", "lead_photo", "lead_photo_caption", "lead_photo_alt")
ELSEWHERE = (
    "short_headline",
    "teaser",
    "seo_title",
    "seo_description",
    "social_title",
    "canonical_url",
    "source_name",
    "disclosure",
    "language",
)
FIELDS = (*TEXTS, *BESIDE, *ELSEWHERE, "slug", "assignee")
# What the form began with, so that a save can tell its person's changes from a colleague's (articles.admin.late_save).
BEGAN = ("version", "revision", "was_slug", "was_assignee")
FORM_FIELDS = (*FIELDS, "bylines", "tag_names", "related", "note", *BEGAN)

# field: (characters that are shown in full, fields whose text stands in for it while it is empty)
COUNTED: dict[str, tuple[int, tuple[str, ...]]] = {
    "headline": (90, ()),
    "standfirst": (200, ()),
    "short_headline": (60, ("headline",)),
    "teaser": (120, ("standfirst",)),
    "seo_title": (60, ("headline",)),
    "seo_description": (155, ("standfirst", "teaser")),
    "social_title": (70, ("seo_title", "headline")),
}


class SectionChoiceField(forms.ModelChoiceField["Section"]):
    """Sections, those inside another one indented below it."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, after its parent's."""
        return f"{obj.parent} › {obj}" if obj.parent_id else str(obj)


class ArticleForm(forms.ModelForm[Article]):
    """Everything about a story that a person types or picks. `person` and `at` are set by the admin for each request.

    Fields that the person may not change are disabled, so that Django keeps what is stored, whatever was posted.
    """

    person: ClassVar[User]
    at: ClassVar[datetime]
    # Fields that this person and a colleague both changed, by name: which text stays is still to be said.
    choices: ClassVar[Mapping[str, Choice]] = MappingProxyType({})

    bylines = BylinesField()
    tag_names = TagsField()
    related = RelatedField()
    section = SectionChoiceField(
        Section.objects.select_related("parent"),
        required=False,
        label=gettext_lazy("Section"),
        widget=forms.Select(attrs={"class": "desk-input"}),
    )
    lead_photo = forms.ModelChoiceField(
        Photo.objects.all(), required=False, label=gettext_lazy("Picture"), widget=PhotoWidget()
    )
    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "last_name", "username"),
        required=False,
        label=gettext_lazy("Assignee"),
        empty_label=gettext_lazy("Nobody"),
        widget=forms.Select(attrs={"class": "desk-input"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=lambda: [("", _("The newsroom’s own")), *languages.choices()],
        required=False,
        help_text=gettext_lazy("For hyphens, quotation marks, screen readers and search."),
        widget=forms.Select(attrs={"class": "desk-input"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note on this version"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "class": "desk-input",
                "placeholder": gettext_lazy("What changed, for the history"),
                "data-typeset": "",
            }
        ),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    was_slug = forms.CharField(required=False, widget=forms.HiddenInput)
    was_assignee = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = FIELDS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "kicker": forms.TextInput(attrs={"class": "desk-kicker", "placeholder": gettext_lazy("Kicker")}),
            "headline": forms.Textarea(
                attrs={"class": "desk-headline", "rows": 1, "data-grows": "", "placeholder": gettext_lazy("Headline")}
            ),
            "standfirst": forms.Textarea(
                attrs={
                    "class": "desk-standfirst",
                    "rows": 2,
                    "data-grows": "",
                    "placeholder": gettext_lazy("Standfirst"),
                }
            ),
            "kind": forms.Select(attrs={"class": "desk-input"}),
            "dateline": forms.TextInput(attrs={"class": "desk-input"}),
            "lead_photo_caption": forms.Textarea(attrs={"class": "desk-input", "rows": 2}),
            "lead_photo_alt": forms.Textarea(attrs={"class": "desk-input", "rows": 2}),
            "short_headline": forms.TextInput(attrs={"class": "desk-input"}),
            "teaser": forms.Textarea(attrs={"class": "desk-input", "rows": 2}),
            "seo_title": forms.TextInput(attrs={"class": "desk-input"}),
            "seo_description": forms.Textarea(attrs={"class": "desk-input", "rows": 3}),
            "social_title": forms.TextInput(attrs={"class": "desk-input"}),
            "canonical_url": forms.URLInput(attrs={"class": "desk-input"}),
            "source_name": forms.TextInput(attrs={"class": "desk-input"}),
            "disclosure": forms.Textarea(attrs={"class": "desk-input", "rows": 2}),
            "slug": forms.TextInput(attrs={"class": "desk-input"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edits_all = self.person.has_perm("articles.edit_any_article")
        if "headline" not in self.fields:
            return  # Django leaves out what is stored where somebody may only read
        cast("RelatedField", self.fields["related"]).choosable = permissions.visible(self.person).exclude(
            pk=self.instance.pk
        )
        picture = cast("PhotoWidget", self.fields["lead_photo"].widget)
        picture.may_add = self.person.has_perm("articles.add_photo")
        picture.at_hand = photo_at_hand(self.instance, self.instance.lead_photo_id)
        for name, choice in self.choices.items():
            self.fields[name].choice = choice  # type: ignore[attr-defined]  # for the template
        self._load()
        self._lock()
        self._count()

    def _load(self) -> None:
        """Start from what is stored; the body is cleaned again on its way into the editor."""
        story = self.instance
        self.initial["version"] = story.lock_version
        self.initial["revision"] = str(story.head_revision_id or "")
        self.initial["was_slug"], self.initial["was_assignee"] = story.slug, str(story.assignee_id or "")
        self.signed: list[tuple[Author, str]] = []
        self.tagged: list[str] = []
        self.tag_ids: dict[str, int] = {}
        self.picked: list[Article] = []
        if story.pk:
            self.signed = signed_by(story)
            self.tag_ids = tags_of(story)
            self.tagged = sorted(self.tag_ids, key=str.casefold)
            self.picked = picked_for(story)
        elif (own := Author.objects.filter(user=self.person).first()) is not None:
            self.signed = [(own, Byline.Role.BY.value)]
        self.own_byline = self.signed
        self.initial["bylines"] = [f"{author.pk}:{role}" for author, role in self.signed]
        self.initial["tag_names"] = self.tagged
        self.initial["related"] = [str(article.pk) for article in self.picked]
        self.fields["related"].widget.attrs["data_story"] = story.pk or ""
        self._fill_rows()

    def _fill_rows(self) -> None:
        """Let the pickers show what was posted, or what is stored."""
        rows = {
            "bylines": BylinesField.rows(self.signed),
            "tag_names": TagsField.rows(self.tagged),
            "related": self._related_rows(),
        }
        makers = {"bylines": BylinesField.rows, "tag_names": TagsField.rows, "related": RelatedField.rows}
        for name, stored in rows.items():
            field = cast("PicksField", self.fields[name])
            field.widget.rows = stored
            if self.is_bound and (self.edits_all or name not in EDITORS_FIELDS):
                posted = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                try:
                    chosen = field.clean(posted)
                except ValidationError:
                    continue
                if chosen is not None:
                    field.widget.rows = makers[name](chosen)  # type: ignore[operator]

    def _related_rows(self) -> list[Pick]:
        """The stored picks; those that this person may not see, and readers do not see, without their headline."""
        rows = RelatedField.rows(self.picked)
        if self.edits_all or not rows:
            return rows
        ids = [article.pk for article in self.picked]
        live = Edition.objects.live(at=self.at).filter(article__in=ids).values("article_id")
        visible = permissions.visible(self.person).filter(pk__in=ids).values("pk")
        known = set(Article.objects.filter(Q(pk__in=live) | Q(pk__in=visible)).values_list("pk", flat=True))
        return [row if int(row.value) in known else Pick(row.value, str(NOT_PUBLIC)) for row in rows]

    def _lock(self) -> None:
        """Disable what this person may not change: the server's rule, not only the screen's."""
        locked = set() if self.edits_all else set(EDITORS_FIELDS)
        if not self.edits_all and self.instance.section_id is not None:
            # A writer proposes the section of a new story; moving it to another one is an editor's decision.
            locked.add("section")
        if self.instance.pk and has_editions(self.instance):
            locked.add("slug")
            self.fields["slug"].help_text = _(
                "Set when it was published or scheduled. “Change address…” gives a new one."
            )
        for name in locked:
            self.fields[name].disabled = True
            if hasattr(self.fields[name].widget, "locked"):
                self.fields[name].widget.locked = True
            if name in {"section", "assignee"}:
                show_alone(self.fields[name], getattr(self.instance, name))

    def _count(self) -> None:
        for name, (limit, fallbacks) in COUNTED.items():
            attrs = self.fields[name].widget.attrs
            attrs["data-counted"] = limit
            if fallbacks:
                attrs["data-fallback"] = " ".join(fallbacks)
                attrs["placeholder"] = next((text for each in fallbacks if (text := getattr(self.instance, each))), "")

    def clean_headline(self) -> str:
        """One line, whatever was pasted."""
        return one_line(self.cleaned_data["headline"])

    def clean_body(self) -> str:
        """With the addresses of our own stories turned into links by identity."""
        return own_links.by_identity(self.cleaned_data["body"], user=self.person, at=self.at)

    def clean_version(self) -> int | None:
        """Refuse to save over what somebody else saved meanwhile. A post that can be joined has been by now."""
        token: int | None = self.cleaned_data["version"]
        current = self.instance.lock_version
        if self.instance.pk and token is None:
            raise ValidationError(
                _(
                    "It is not clear which text you began with, so nothing is saved yet. Everything you "
                    "typed is still here: copy what is new, open the story again, and put it in."
                ),
                code="late",
            )
        if self.instance.pk and token != current:
            raise ValidationError(
                _(
                    "Somebody saved this story after you had opened it. Nothing of yours or theirs is lost: "
                    "put right what is said at the fields, and your next save joins both."
                ),
                code="late",
            )
        return current

    def clean(self) -> dict[str, Any]:
        """Ask for every choice that is still open."""
        given = super().clean() or {}
        for name in self.choices:
            if name not in self.errors:
                self.add_error(name, _("Choose which text stays, or write one from both."))
        return given
