"""What each verb asks of the person: times, reasons, and what happens to editions that are scheduled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import colleagues, corrections
from articles.admin.picks import FromTemplates
from articles.models import Article, Change, Correction, Section
from articles.state import Outlook
from newsroom.local_time import LocalTimeError, RepeatedTimeError, in_words, read_local, wall_clock

if TYPE_CHECKING:
    pass

CHANGES = [
    (Change.SUBSTANTIVE.value, gettext_lazy("An update: readers are told when")),
    (Change.MINOR.value, gettext_lazy("Minor: a typo, a link")),
]
DECISIONS = [("carry", gettext_lazy("Take this change in")), ("leave", gettext_lazy("Leave it out"))]


class VerbForm(forms.Form):
    """What a verb asks of the person. `article`, `person` and `at` are the circumstances."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, article: Article, at: datetime, outlook: Outlook, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.article, self.at, self.outlook = article, at, outlook

    def first_error(self) -> str:
        """The first sentence that says what is wrong."""
        return next(str(message) for messages in self.errors.values() for message in messages)


class WhenField(forms.MultiValueField):
    """A time as typed on the newsroom's clock, with the answer to the question which of two is meant."""

    def __init__(self, *, required: bool = True, initial: datetime | None = None) -> None:
        super().__init__(
            (forms.CharField(required=False), forms.CharField(required=False)),
            required=required,
            require_all_fields=False,
            label=gettext_lazy("When"),
            initial=initial,
            widget=WhenWidget(),
            error_messages={"required": gettext_lazy("Write a date and a time.")},
        )

    def compress(self, data_list: list[str]) -> datetime | None:
        """The instant. Raises ValidationError with the sentence of what is wrong."""
        typed, fold = [*data_list, "", ""][:2]
        if not typed:
            return None
        try:
            wall = datetime.fromisoformat(typed)
        except ValueError as error:
            raise ValidationError(_("Write a date and a time, such as 2026-02-03 06:00.")) from error
        if wall.tzinfo is not None:
            raise ValidationError(_("Write the time without an offset: it is read on the newsroom’s clock."))
        try:
            return read_local(wall.date(), wall.time(), fold=int(fold) if fold in {"0", "1"} else None)
        except RepeatedTimeError as question:
            cast("WhenWidget", self.widget).ask(question.choices)
            raise ValidationError(str(question)) from question
        except LocalTimeError as error:
            raise ValidationError(str(error)) from error


class WhenWidget(FromTemplates, forms.MultiWidget):
    """A date and time field, and the question that is shown once it arises."""

    template_name = "admin/articles/widgets/when.html"

    def __init__(self) -> None:
        self.choices: tuple[tuple[int, str], ...] = ()
        super().__init__({"": forms.TextInput(), "fold": forms.TextInput()})

    def ask(self, choices: tuple[tuple[int, str], ...]) -> None:
        """Show which two instants a time may mean."""
        self.choices = choices

    def id_for_label(self, id_: str) -> str:
        """The field for date and time, which is the one that a label means."""
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: datetime | None) -> list[str]:
        """The wall clock's time, for the field."""
        return [f"{wall_clock(value):%Y-%m-%dT%H:%M}", ""] if value else ["", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the choices."""
        context = super().get_context(name, value, attrs)
        context["widget"]["choices"] = self.choices
        return context


class DecidingForm(VerbForm):
    """Asks for every scheduled edition whether the change is to be part of it."""

    needs_reasons = False  # whether leaving it out has to be explained

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for edition in self.outlook.upcoming:
            when = in_words(edition.live_from, now=self.at)
            self.fields[f"edition_{edition.pk}"] = forms.ChoiceField(
                label=_("The update of %(when)s") % {"when": when},
                choices=DECISIONS,
                widget=forms.RadioSelect,
                initial="carry",
                error_messages={
                    "required": _("Say whether the update of %(when)s takes this change in.") % {"when": when}
                },
            )
            label = _("If it is left out, why") if self.needs_reasons else _("Why it is left out")
            reason = forms.CharField(label=label, required=False, max_length=200, widget=_words())
            reason.depends = self.needs_reasons  # type: ignore[attr-defined]  # not to be called optional
            self.fields[f"reason_{edition.pk}"] = reason
            for name in (f"edition_{edition.pk}", f"reason_{edition.pk}"):
                # Where a time is asked too, updates before it are none of the question.
                self.fields[name].begins = f"{wall_clock(edition.live_from):%Y-%m-%dT%H:%M}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say at the field where a reason is missing; the verb has the same rule."""
        given: dict[str, Any] = super().clean() or {}
        for edition in self.outlook.upcoming if self.needs_reasons else ():
            if given.get(f"edition_{edition.pk}") == "leave" and not given.get(f"reason_{edition.pk}"):
                self.add_error(f"reason_{edition.pk}", _("Say why: this update would bring the error back."))
        return given

    @property
    def carry(self) -> set[int]:
        """The editions that take the change in."""
        return {e.pk for e in self.outlook.upcoming if self.cleaned_data[f"edition_{e.pk}"] == "carry"}

    @property
    def leave(self) -> dict[int, str]:
        """The editions that do not, with the reason for each."""
        left = [e.pk for e in self.outlook.upcoming if e.pk not in self.carry]
        return {pk: self.cleaned_data[f"reason_{pk}"] for pk in left}


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "desk-input", **attrs})


def _words() -> forms.TextInput:
    """A line of words, in which marks are set as one types."""
    return _text(**{"data-typeset": ""})


def area(rows: int = 3) -> forms.Textarea:
    """A field for some sentences, as the desk shows it."""
    return forms.Textarea(attrs={"class": "desk-input", "rows": rows})


def _change_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("What kind of change"),
        choices=CHANGES,
        initial=Change.SUBSTANTIVE.value,
        required=False,
        widget=forms.RadioSelect,
    )


class PublishForm(DecidingForm):
    """Now; the first publication needs no kind of change."""

    change = _change_field()


class CorrectForm(DecidingForm):
    """A correction, with its public note."""

    needs_reasons = True

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of note"),
        choices=Correction.Kind.choices,
        initial=Correction.Kind.CORRECTION.value,
        widget=forms.Select(attrs={"class": "desk-input"}),
    )
    wrong = forms.CharField(
        label=gettext_lazy("What was wrong"),
        max_length=1000,
        required=False,
        widget=area(2),
        help_text=gettext_lazy("A correction says it; a clarification, an editor’s note or an update may do without."),
    )
    wrong.depends = True  # type: ignore[attr-defined]  # on the kind: not to be called optional
    text = forms.CharField(
        label=gettext_lazy("What is right"),
        max_length=1000,
        widget=area(3),
        help_text=gettext_lazy("Readers see both with the story, for good."),
        error_messages={"required": gettext_lazy("Say what is right; readers see this note with the story.")},
    )
    placement = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=Correction.Placement.choices,
        initial=Correction.Placement.BELOW.value,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Above: readers would otherwise take away something wrong."),
    )

    def clean(self) -> dict[str, Any]:
        """Say at the field what a correction lacks; the verb has the same rule."""
        given = super().clean()
        if given.get("kind") == Correction.Kind.CORRECTION and not given.get("wrong"):
            self.add_error("wrong", _("Say what was wrong; readers see it beside what is right."))
        return given


class StrikeOutForm(VerbForm):
    """Which note was itself mistaken, and what is right."""

    note = forms.TypedChoiceField(label=gettext_lazy("Which note"), coerce=int, widget=forms.RadioSelect)
    wrong = forms.CharField(label=gettext_lazy("What was wrong"), max_length=1000, required=False, widget=area(2))
    text = forms.CharField(
        label=gettext_lazy("What is right"),
        max_length=1000,
        widget=area(3),
        help_text=gettext_lazy("The mistaken note stays, struck through, and this one stands with it."),
        error_messages={
            "required": gettext_lazy("Say what is right; readers see this with the note that it strikes out.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = cast("forms.TypedChoiceField", self.fields["note"])
        note.choices = [
            (each.id, f"{each.label}, {in_words(each.published_at, now=self.at)}: {each.text}")
            for each in (corrections.standing(self.article) if self.article.pk else ())
        ]


class ScheduleForm(DecidingForm):
    """At an instant ahead. The answers count only for updates that come after it; `schedule` looks at no other."""

    when = WhenField()
    change = _change_field()


class RescheduleForm(VerbForm):
    """Another instant for a scheduled edition. Each has its own field; the button says which one is meant."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for edition in self.outlook.upcoming:
            self.fields[f"when_{edition.pk}"] = WhenField(required=False, initial=edition.live_from)

    def clean(self) -> dict[str, Any]:
        """Find the time that belongs to the edition."""
        field = f"when_{self.cleaned_data.get('edition')}"
        if field in self.fields and field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, _("Write a date and a time."))
        return self.cleaned_data | {"when": self.cleaned_data.get(field)}


class EditionForm(VerbForm):
    """Which scheduled edition."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(VerbForm):
    """Now, or at an instant; what is scheduled for later goes too, unless it is kept."""

    when = WhenField(required=False)
    reason = forms.CharField(label=gettext_lazy("Why, for the record"), required=False, max_length=300, widget=_words())
    keep = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Still to be published afterwards"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A ticked update brings the story back at its time. One before the withdrawal comes in any case."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = cast("forms.TypedMultipleChoiceField", self.fields["keep"])
        keep.choices = [(e.pk, in_words(e.live_from, now=self.at)) for e in self.outlook.upcoming]
        if not keep.choices:
            del self.fields["keep"]


class AddressForm(VerbForm):
    """A new address for a live story."""

    slug = forms.SlugField(label=gettext_lazy("New last part of the address"), max_length=80, widget=_text())
    section = forms.ModelChoiceField(
        Section.objects.all(), label=gettext_lazy("Under the section"), required=False,
        empty_label=gettext_lazy("as it is"), widget=forms.Select(attrs={"class": "desk-input"}),
    )  # fmt: skip


class SendBackForm(VerbForm):
    """Why a story goes back."""

    reason = forms.CharField(
        label=gettext_lazy("What is to be changed"), max_length=1000, widget=area(),
        error_messages={"required": gettext_lazy("Say what the writer is to change.")},
    )  # fmt: skip


class AssignForm(VerbForm):
    """Whose story it is from now on."""

    to = forms.ModelChoiceField(
        colleagues.who_may_write(), label=gettext_lazy("To"), required=False, empty_label=gettext_lazy("Nobody"),
        widget=forms.Select(attrs={"class": "desk-input"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["to"] = self.article.assignee_id


class TakeOverForm(VerbForm):
    """From whom; static/js/desk-presence.js says it."""

    person = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class EraseForm(VerbForm):
    """On whose order."""

    reason = forms.CharField(
        label=gettext_lazy("On whose order, and why"), max_length=500, widget=area(),
        error_messages={"required": gettext_lazy("Say on whose order the story is erased; it is kept in the record.")},
    )  # fmt: skip
