"""What the desk calls the stories’ models and their fields, where the models say it only in their fields’ names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from articles.models.article import Article
from articles.models.photo import Photo
from articles.models.section import Section
from newsroom.labels import name_fields, name_model


def give() -> None:
    """Name them; before any form is made of a model."""
    name_model(Section, gettext_lazy("section"), gettext_lazy("sections"))
    name_model(Photo, gettext_lazy("picture"), gettext_lazy("pictures"))
    name_fields(
        Article,
        {
            "kind": gettext_lazy("kind"),
            "kicker": gettext_lazy("kicker"),
            "headline": gettext_lazy("headline"),
            "standfirst": gettext_lazy("standfirst"),
            "body": gettext_lazy("body"),
            "dateline": gettext_lazy("dateline"),
            "short_headline": gettext_lazy("short headline"),
            "teaser": gettext_lazy("teaser"),
            "social_title": gettext_lazy("social title"),
            "disclosure": gettext_lazy("disclosure"),
            "language": gettext_lazy("language"),
            "slug": gettext_lazy("slug"),
            "section": gettext_lazy("section"),
            "stage": gettext_lazy("stage"),
            "assignee": gettext_lazy("assignee"),
        },
    )
    name_fields(
        Photo,
        {
            "title": gettext_lazy("title"),
            "caption": gettext_lazy("caption"),
            "credit": gettext_lazy("credit"),
            "source": gettext_lazy("source"),
        },
    )
    name_fields(
        Section,
        {
            "name": gettext_lazy("name"),
            "slug": gettext_lazy("slug"),
            "parent": gettext_lazy("parent"),
            "description": gettext_lazy("description"),
            "colour": gettext_lazy("colour"),
            "position": gettext_lazy("position"),
        },
    )
