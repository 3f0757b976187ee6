"""What readers' templates can say of stories: times in the newsroom's zone, section colours, pictures, names.

They have these filters, Jinja2's own, and nothing else; a template that needs more gets it here. Filters and not
functions, since Jinja2 looks at each function that it calls for a while, and works out what is said of constants once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.defaultfilters import linebreaks_filter
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import pgettext
from jinja2 import Environment, StrictUndefined

from articles import metadata, pictures, tones
from articles.models import Edition, Kind
from newsroom import clock, languages, newspaper, richtext, templating
from newsroom.addresses import address
from newsroom.local_time import day_in_full, zone_name
from newsroom.sentences import enumerated

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - names the type, makes nothing safe

    from articles.models import Section
    from authors.models import Author


def environment(**options: Any) -> Environment:
    """Jinja2 as readers' templates have it."""
    strict: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined}
    made = Environment(  # noqa: S701 - it is set above
        **(options | strict), trim_blocks=True, lstrip_blocks=True, extensions=[templating.Translation]
    )
    made.template_class = templating.EscapingTemplate
    made.globals.clear()  # each import of macros, which a page has a dozen of, would look whether it needs them
    made.filters |= {
        "absolute": newspaper.absolute,
        "address": address_of,
        "day": day_of,
        "kind": kind_of,
        "label": label,
        "linebreaks": linebreaks_filter,
        "mail_stamp": mail_stamp,
        "marked": richtext.marked,
        "moment": moment,
        "month": month,
        "month_and_year": month_and_year,
        "names": names,
        "picture": pictures.picture,
        "spoken": spoken,
        "stamp": metadata.stamp,
        "static": static,
        "structured": richtext.json_ld,
        "tone": tone,
        "twice": twice,
        "url": address,
    }
    return made


def address_of(thing: Section | Author) -> str:
    """The path of the page about something."""
    return thing.get_absolute_url()


def mail_stamp(at: datetime) -> str:
    """An instant as mail and RSS write it: “Tue, 03 Feb 2026 12:00:00 +0000”."""
    return format_datetime(at.astimezone(clock.newsroom_zone()))


def moment(at: datetime) -> str:
    """An instant for people, with the zone's name: “3 February 2026, 12:00 GMT”."""
    local = at.astimezone(clock.newsroom_zone())
    # Translators: the format of a date with a time, in Django's letters for dates.
    written = date_format(local, pgettext("date format", "j F Y, H:i"))
    return f"{written} {zone_name(local)}"


def day_of(at: datetime) -> str:
    """The newsroom's date of an instant, for people: “3 February 2026”."""
    return _day(at.astimezone(clock.newsroom_zone()).date(), templating.page_language())


@lru_cache(maxsize=1024)
def _day(on: date, language: str | None) -> str:
    return day_in_full(on)


def month(on: date) -> str:
    """A date's month by name: “February”."""
    return date_format(on, "F")


def month_and_year(on: date) -> str:
    """A date's month and year: “February 2026”."""
    return date_format(on, "F Y")


def tone(belongs: Edition | Section) -> str:
    """The class that gives a section's colour to what stands inside; a child without one has its parent's."""
    if isinstance(belongs, Edition):
        colour = belongs.section.colour or belongs.root_section.colour
    else:
        colour = belongs.colour or (belongs.parent.colour if belongs.parent else "")
    return f"tone-{tones.tone(colour)}"


def names(people: Sequence[dict[str, str]]) -> str:
    """Names as a sentence has them: “A, B and C”."""
    return enumerated([person["name"] for person in people])


def label(story: Edition) -> str:
    """What stands above a headline: the kind where it must be said, else the kicker, else the section."""
    if story.kind == Kind.OPINION:
        return kind_of(story)
    return story.kicker or story.section.name


def kind_of(story: Edition) -> str:
    """The name of a story's kind: “Analysis”."""
    return _kind(story.kind, templating.page_language())


@lru_cache(maxsize=64)
def _kind(kind: str, language: str | None) -> str:
    return str(Kind(kind).label)


def spoken(story: Edition) -> SafeString | str:
    """The attributes of what a story says, where its language is not the page's: ` lang="ar" dir="rtl"`."""
    if not story.language or story.language == settings.LANGUAGE_CODE:
        return ""
    language = languages.language(story.language)
    return format_html(' lang="{}" dir="{}"', language.tag, language.direction)


def twice(text: str) -> str:
    """HTML that says a plain text, itself to be escaped once more where XML carries HTML."""
    return str(escape(str(text)))
