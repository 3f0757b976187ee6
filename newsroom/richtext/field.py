"""The model field and the form field for rich text: whatever comes in, by whichever way, is cleaned.

A form cleans and says at the field what it refuses; the model field cleans again on the way into the
database, for scripts, importers and bulk operations. Text is cleaned once more when it is loaded into the
editor.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from html import escape
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.utils.functional import Promise

from newsroom.richtext.editor import CKEDITOR_CONFIG, editor_language
from newsroom.richtext.limits import RichTextError, words
from newsroom.richtext.stored import clean

_SCRIPTS = [f"js/desk-{name}.js" for name in ("editor", "structure", "figures", "rtf", "clipboard", "place", "paste")]


def _validated(value: str) -> str:
    try:
        return clean(value)
    except RichTextError as error:
        raise ValidationError(str(error), code="rich_text") from error


class RichTextWidget(CKEditorWidget):  # type: ignore[misc]  # django-ckeditor has no types
    """CKEditor, set to what the allow-list holds."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs)
        self.config = deepcopy(dict(CKEDITOR_CONFIG))
        self.external_plugin_resources: list[tuple[str, str, str]] = []

    def _set_config(self) -> None:
        """Speak the newsroom's language, whatever the person's browser asks for; the rest stays as it is."""
        self.config["language"] = editor_language()

    @property
    def media(self) -> forms.Media:
        """The editor's own files, and the look of readers' pages for what is being written."""
        editor: forms.Media = super().media
        return editor + forms.Media(css={"all": ["css/desk-editor.css"]}, js=_SCRIPTS)


class RichTextFormField(forms.CharField):
    """A form field for rich text: its cleaned value is a cleaned body."""

    widget = RichTextWidget

    def __init__(self, **kwargs: Any) -> None:
        # Django's admin hands every text field a widget of its own.
        if not isinstance(kwargs.get("widget"), RichTextWidget):
            kwargs["widget"] = RichTextWidget()
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Clean. Raises ValidationError, at this field, for what is too large or nested too deeply."""
        return _validated(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> str:
        """What the editor loads: cleaned; of text that was refused, its words without the markup."""
        text = "" if value is None else str(value)
        try:
            return clean(text)
        except RichTextError:
            paragraphs = filter(None, map(str.strip, words(text).splitlines()))
            return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the texts differ once cleaned: the editor writes the same body with other white space."""
        if self.disabled:
            return False
        try:
            return clean(initial or "") != clean(data or "")
        except RichTextError:
            return True


class RichTextField(models.TextField[str, str]):
    """A text column that holds nothing but cleaned bodies."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To migrations it is a column of text: they go on working when this module changes."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def to_python(self, value: Any) -> Any:
        """Clean, for `full_clean` and deserialisation. Raises ValidationError."""
        return _validated(value) if isinstance(value, str) else super().to_python(value)

    def pre_save(self, model_instance: Model, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Clean what a `.save()` or `bulk_create` is about to write, on the instance too. Raises
        RichTextError.
        """
        value = getattr(model_instance, self.attname)
        if isinstance(value, (str, Promise)):
            value = clean(str(value))
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Clean what `update` and `bulk_update` write. Raises RichTextError."""
        if isinstance(value, (str, Promise)):
            value = clean(str(value))
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        """CKEditor with a form field that cleans."""
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})
