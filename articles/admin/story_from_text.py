"""“New story from text”: copy that is pasted or uploaded becomes a draft, and the desk says what it made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importers import Copy, CopyError, read_copy, read_pasted
from articles.importers.files import LARGEST_FILE
from articles.importers.story import Report, take_in
from articles.models import Section
from articles.refusals import Refused
from newsroom.desk import DeskAdmin, moment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from authors.models import User

TEMPLATE = "admin/articles/article/story_from_text.html"


class SectionField(forms.ModelChoiceField["Section"]):
    """Sections, those inside another one after its name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, after its parent's."""
        return f"{obj.parent} › {obj}" if obj.parent_id else str(obj)


class TextForm(forms.Form):
    """Text or a file, and where it belongs. `cleaned_data["copy"]` is what was read from it."""

    section = SectionField(
        Section.objects.select_related("parent"),
        label=gettext_lazy("Section"),
        empty_label=gettext_lazy("Choose a section"),
        widget=forms.Select(attrs={"class": "desk-input"}),
    )
    text = forms.CharField(
        required=False,
        label=gettext_lazy("Text"),
        widget=forms.Textarea(
            attrs={
                "class": "desk-input",
                "rows": 22,
                "placeholder": gettext_lazy("Headline on the first line, then the story"),
                "data-straight": "",  # it may be HTML or Markdown
            }
        ),
        help_text=(
            gettext_lazy(
                "Short lines before a paragraph become subheads, “1. …” alone on its line a subhead "
                "below them, lines with “-” a list. “Author: …” or “By …” is the byline; below it, a "
                "headline and a teaser that ends in “… Read more” are a related story."
            )
        ),
    )
    file = forms.FileField(
        required=False,
        label=gettext_lazy("Or a file"),
        widget=forms.FileInput(attrs={"class": "desk-input", "accept": ".txt,.text,.md,.markdown,.html,.htm,.docx"}),
        help_text=gettext_lazy(".txt, .md, .html or .docx, up to 20 MB."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the copy. What cannot be read is said at the field that it came by."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("file"), given.get("text", "")
        if "text" in self.errors or "file" in self.errors:
            return given
        if file and text.strip():
            self.add_error("file", _("Paste text or choose a file, not both: they would be two stories."))
            return given
        try:
            given["copy"] = _uploaded(file) if file else read_pasted(text)
        except CopyError as error:
            self.add_error("file" if file else "text", str(error))
        return given


def _uploaded(file: UploadedFile[Any]) -> Copy:
    name = file.name or "file"
    if (file.size or 0) > LARGEST_FILE:
        raise CopyError(_("%(name)s is larger than 20 MB. Take its pictures out, or paste its text.") % {"name": name})
    return read_copy(name, file.read())


def text_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    """The address of “New story from text”, for the story's admin."""

    def view(request: HttpRequest) -> HttpResponse:
        return story_from_text(request, model_admin)

    return [path("from-text/", model_admin.admin_site.admin_view(view), name="articles_article_from_text")]


def story_from_text(request: HttpRequest, model_admin: DeskAdmin) -> HttpResponse:
    """Show the form; or make the story, and go on to its own form with a report."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = TextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, at = cast("User", request.user), moment(request)
        try:
            report = take_in(form.cleaned_data["copy"], section=form.cleaned_data["section"], by=by, at=at)
        except (CopyError, Refused) as error:
            form.add_error(None, str(error))
        else:
            _tell(request, report)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[report.article.pk]))
    context = {"form": form, "title": _("New story from text"), "opts": model_admin.opts}
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, TEMPLATE, model_admin.admin_site.each_context(request) | context)


def _tell(request: HttpRequest, report: Report) -> None:
    messages.success(request, report.outcome(at=moment(request)))
    for sentence in report.notices():
        messages.info(request, sentence)
    for sentence in report.warnings:
        messages.warning(request, sentence)
