"""What the verbs that keep a story from readers ask of the person: reasons, an embargo's instant, what was missed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.verb_forms import VerbForm, WhenField, area
from articles.publishing import IfMissed
from newsroom.local_time import in_words

MISSED = [
    (IfMissed.PUBLISH.value, gettext_lazy("Publish the last of them now")),
    (IfMissed.LET_GO.value, gettext_lazy("Let it go; what is still ahead stays planned")),
]


class BlockForm(VerbForm):
    """Why the story is held or blocked."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=area(),
        help_text=gettext_lazy("Whoever wants to publish the story reads it."),
        error_messages={"required": gettext_lazy("Say why: whoever wants to publish the story reads it.")},
    )  # fmt: skip


class FreeingForm(VerbForm):
    """Asks about editions that were taken out and whose instant has passed meanwhile; without any it asks nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        overdue = sorted(each.live_from for each in self.article.withheld.all() if each.live_from <= self.at)
        times = [in_words(instant, now=self.at) for instant in overdue]
        if times:
            self.fields["missed"] = forms.ChoiceField(
                label=_("What was to go out %(times)s was missed") % {"times": ", ".join(times)},
                choices=MISSED,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what happens to what was missed.")},
            )

    @property
    def missed(self) -> IfMissed | None:
        """The answer, if there was a question."""
        answer = self.cleaned_data.get("missed")
        return IfMissed(answer) if answer else None


class EmbargoForm(FreeingForm):
    """Until when nobody may publish."""

    when = WhenField()
    when.label = gettext_lazy("Not before")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].initial = self.article.embargo_until


class WithheldForm(VerbForm):
    """Which of the editions that were taken out."""

    withheld = forms.IntegerField(widget=forms.HiddenInput)


class PutBackForm(WithheldForm):
    """Another instant for what was taken out. Each has its own field; the button says which one is meant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.article.withheld.all():
            self.fields[f"when_{each.pk}"] = WhenField(required=False)

    def clean(self) -> dict[str, Any]:
        """Find the time that belongs to it."""
        field = f"when_{self.cleaned_data.get('withheld')}"
        if field in self.fields and field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, _("Write a date and a time."))
        return self.cleaned_data | {"when": self.cleaned_data.get(field)}
