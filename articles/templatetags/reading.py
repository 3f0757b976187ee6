"""Filters and tags of the readers' pages: times in the newsroom's zone, section colours, pictures, names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import metadata, pictures, tones
from articles.models import Edition, Kind
from newsroom import clock, languages, newspaper, richtext
from newsroom.local_time import zone_name

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - names the type, makes nothing safe

    from articles.models import Photo, Section

register = template.Library()


@register.filter
def stamp(at: datetime) -> str:
    """An instant for `datetime=`: with the newsroom's offset."""
    return metadata.stamp(at)


@register.filter
def mail_stamp(at: datetime) -> str:
    """An instant as mail and RSS write it: “Tue, 03 Feb 2026 12:00:00 +0000”."""
    return format_datetime(at.astimezone(clock.newsroom_zone()))


@register.filter
def moment(at: datetime) -> str:
    """An instant for people, with the zone's name: “3 February 2026, 12:00 GMT”."""
    local = at.astimezone(clock.newsroom_zone())
    # Translators: the format of a date with a time, in Django's letters for dates.
    written = date_format(local, pgettext("date format", "j F Y, H:i"))
    return f"{written} {zone_name(local)}"


@register.filter
def absolute(path: str) -> str:
    """The full address of a path of ours."""
    return newspaper.absolute(path)


@register.filter
def day(at: datetime) -> str:
    """The newsroom's date of an instant: “3 February 2026”."""
    # Translators: the format of a date, in Django's letters for dates.
    return date_format(clock.local_date(at), pgettext("date format", "j F Y"))


@register.filter
def tone(belongs: Edition | Section) -> str:
    """The class that gives a section's colour to what stands inside; a child without one has its parent's."""
    if isinstance(belongs, Edition):
        colour = belongs.section.colour or belongs.root_section.colour
    else:
        colour = belongs.colour or (belongs.parent.colour if belongs.parent else "")
    return f"tone-{tones.tone(colour)}"


@register.filter
def names(people: Sequence[dict[str, str]]) -> str:
    """Names as a sentence has them: “A, B and C”."""
    every = [person["name"] for person in people]
    if len(every) < 2:
        return "".join(every)
    return _("%(names)s and %(last)s") % {"names": ", ".join(every[:-1]), "last": every[-1]}


@register.filter
def label(story: Edition) -> str:
    """What stands above a headline: the kind where it must be said, else the kicker, else the section."""
    if story.kind == Kind.OPINION:
        return str(Kind.OPINION.label)
    return story.kicker or story.section.name


@register.simple_tag
def spoken(story: Edition) -> SafeString | str:
    """The attributes of what a story says, where its language is not the page's: ` lang="ar" dir="rtl"`."""
    if not story.language or story.language == settings.LANGUAGE_CODE:
        return ""
    language = languages.language(story.language)
    return format_html(' lang="{}" dir="{}"', language.tag, language.direction)


@register.simple_tag
def structured(data: dict[str, Any]) -> SafeString:
    """Structured data as a script element that nothing in it can close."""
    return richtext.json_ld(data)


@register.inclusion_tag("articles/_picture.html")
def picture(
    photo: Photo,
    *,
    sizes: str,
    alt: str = "",
    shape: str = "",
    first: bool = False,
    full_addresses: bool = False,
) -> dict[str, Any]:
    """A photo in the widths that it has, whole or cropped to a shape (3x2); the page's `first` picture is not lazy."""
    return {
        "picture": pictures.picture(photo, full_addresses=full_addresses),
        "sizes": sizes,
        "alt": alt,
        "shape": shape,
        "first": first,
    }
