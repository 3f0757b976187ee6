"""No way into the database leaves a body uncleaned, and what a form refuses is still in it."""

from __future__ import annotations

import json

import pytest
from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import translation
from django.utils.functional import lazy

from articles.models import Article
from newsroom.richtext import CKEDITOR_CONFIG, RichTextError, RichTextField
from newsroom.richtext.allowed import ALLOWED
from tests.factories import NOON

HOSTILE = '<p onclick="alert(1)">a <b>b</b></p><script>alert(1)</script>'
CLEAN = "<p>a <strong>b</strong></p>"
DEEP = "<div>" * 40_000 + "Words of a <b>writer</b>"


class BodyForm(forms.ModelForm[Article]):
    """The body alone."""

    class Meta:
        model = Article
        fields = ("body",)


def article(body: str) -> Article:
    """An unsaved story."""
    return Article(headline="Harbour reopens", body=body, created_at=NOON, saved_at=NOON)


def stored() -> str:
    """The only body in the database, read past the field."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM articles_article")
        (row,) = cursor.fetchall()
        return str(row[0])


@pytest.mark.django_db
def test_save_cleans_the_row_and_the_instance() -> None:
    story = article(HOSTILE)
    story.save()

    assert (stored(), story.body) == (CLEAN, CLEAN)


@pytest.mark.django_db
def test_save_cleans_lazy_text() -> None:
    story = article("")
    story.body = lazy(lambda: HOSTILE, str)()
    story.save()

    assert stored() == CLEAN


@pytest.mark.django_db
def test_bulk_create_cleans() -> None:
    Article.objects.bulk_create([article(HOSTILE)])

    assert stored() == CLEAN


@pytest.mark.django_db
def test_update_cleans() -> None:
    article("x").save()
    Article.objects.update(body=HOSTILE)

    assert stored() == CLEAN


@pytest.mark.django_db
def test_bulk_update_cleans() -> None:
    story = article("x")
    story.save()
    story.body = HOSTILE
    Article.objects.bulk_update([story], ["body"])

    assert stored() == CLEAN


@pytest.mark.django_db
def test_update_or_create_cleans() -> None:
    article("x").save()
    Article.objects.update_or_create(headline="Harbour reopens", defaults={"body": HOSTILE})

    assert stored() == CLEAN


@pytest.mark.django_db
def test_loading_a_fixture_cleans() -> None:
    story = article("x")
    story.save()
    [data] = json.loads(serializers.serialize("json", [story]))
    data["fields"] = {**data["fields"], "body": HOSTILE}
    for loaded in serializers.deserialize("json", json.dumps([data])):
        loaded.save()

    assert stored() == CLEAN


@pytest.mark.django_db
def test_searching_bodies_compares_with_what_was_typed() -> None:
    article(HOSTILE).save()

    assert Article.objects.filter(body__contains="<strong>b").exists()


def test_full_clean_cleans_and_says_what_it_refuses() -> None:
    story = article(HOSTILE)
    story.clean_fields(exclude=[f.name for f in Article._meta.fields if f.name != "body"])
    assert story.body == CLEAN

    story.body = DEEP
    with pytest.raises(ValidationError) as refusal:
        story.clean_fields()
    assert "body" in refusal.value.message_dict


@pytest.mark.django_db
def test_saving_past_the_form_refuses_excess() -> None:
    with pytest.raises(RichTextError):
        article(DEEP).save()


def test_migrations_see_a_text_column() -> None:
    name, path, _, kwargs = RichTextField(blank=True, name="body").deconstruct()

    assert (name, path, kwargs) == ("body", "django.db.models.TextField", {"blank": True})


def test_a_form_gives_a_clean_body() -> None:
    form = BodyForm({"body": HOSTILE})

    assert form.is_valid()
    assert form.cleaned_data["body"] == CLEAN


def test_a_form_says_at_the_field_what_it_refuses_and_keeps_the_words() -> None:
    form = BodyForm({"body": DEEP})

    assert list(form.errors) == ["body"]
    assert "100 levels" in form.errors["body"][0]
    assert "Words of a" in form.as_p()
    assert "writer" in form.as_p()
    assert "&lt;div&gt;" not in form.as_p()


def test_the_editor_loads_cleaned_text_only() -> None:
    assert "onclick" not in BodyForm(instance=article(HOSTILE)).as_p()
    assert "onclick" not in BodyForm({"body": HOSTILE}).as_p()


def test_other_white_space_and_markup_for_the_same_body_is_no_change() -> None:
    story = article(CLEAN)

    assert not BodyForm({"body": "<p>a\n  <b>b</b></p>\n"}, instance=story).has_changed()
    assert BodyForm({"body": "<p>a <b>c</b></p>"}, instance=story).has_changed()
    assert BodyForm({"body": DEEP}, instance=story).has_changed()


def test_the_field_stays_ckeditor_where_another_widget_is_handed_to_it() -> None:
    field = Article._meta.get_field("body").formfield(widget=forms.Textarea)

    assert isinstance(field.widget, CKEditorWidget)


def test_editor_and_sanitiser_hold_the_same() -> None:
    rules = CKEDITOR_CONFIG["allowedContent"].split("; ")
    tags = {rule.split("[")[0] for rule in rules}

    assert tags == set(ALLOWED)
    assert CKEDITOR_CONFIG["format_tags"] == "p;h2;h3"
    assert "a[!href,rel]" in rules
    assert "a[!data-article,rel]" in rules
    assert CKEDITOR_CONFIG["toolbar"][:5] == [
        ["Format"],
        ["Bold", "Italic"],
        ["Link", "Unlink"],
        ["BulletedList", "NumberedList", "Blockquote", "PullQuote"],
        ["Table"],
    ]


def test_the_editor_asks_no_other_host_and_loads_no_plugin_that_is_removed() -> None:
    form = BodyForm()
    widget = form.fields["body"].widget
    config = widget.get_context("body", "", {})["widget"]["config"]

    assert '"versionCheck": false' in config
    assert "fullPage" not in config
    assert CKEDITOR_CONFIG["removePlugins"] == (
        "exportpdf,scayt,wsc,iframe,forms,flash,preview,print,newpage,save,templates,smiley,docprops,about,"
        "elementspath,ajax,xml,colordialog,embed,autoembed,pastetools,pastefromword,pastefromgdocs,pastefromlibreoffice"
    )
    assert "http" not in config.replace("https://", "", 1), "only the default protocol of links"


@pytest.mark.parametrize(("newsroom", "editor"), [("en-gb", "en-gb"), ("de", "de")])
def test_the_editor_speaks_the_newsrooms_language(newsroom: str, editor: str) -> None:
    with translation.override(newsroom):
        config = BodyForm().fields["body"].widget.get_context("body", "", {})["widget"]["config"]

    assert f'"language": "{editor}"' in config


def test_the_field_is_a_text_field() -> None:
    assert isinstance(Article._meta.get_field("body"), models.TextField)
