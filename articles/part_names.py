"""What a refusal calls the parts of a story that two versions changed, by their names in a snapshot."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

_NAMES = {
    "headline": pgettext_lazy("part of a story", "headline"),
    "kicker": pgettext_lazy("part of a story", "kicker"),
    "standfirst": pgettext_lazy("part of a story", "standfirst"),
    "body": pgettext_lazy("part of a story", "body"),
    "dateline": pgettext_lazy("part of a story", "dateline"),
    "short headline": pgettext_lazy("part of a story", "short headline"),
    "teaser": pgettext_lazy("part of a story", "teaser"),
    "seo title": pgettext_lazy("part of a story", "seo title"),
    "seo description": pgettext_lazy("part of a story", "seo description"),
    "social title": pgettext_lazy("part of a story", "social title"),
    "canonical url": pgettext_lazy("part of a story", "canonical url"),
    "source name": pgettext_lazy("part of a story", "source name"),
    "disclosure": pgettext_lazy("part of a story", "disclosure"),
    "language": pgettext_lazy("part of a story", "language"),
    "kind": pgettext_lazy("part of a story", "kind"),
    "section": pgettext_lazy("part of a story", "section"),
    "bylines": pgettext_lazy("part of a story", "bylines"),
    "tags": pgettext_lazy("part of a story", "tags"),
    "related": pgettext_lazy("part of a story", "related"),
    "lead photo": pgettext_lazy("part of a story", "lead photo"),
    "lead photo caption": pgettext_lazy("part of a story", "lead photo caption"),
    "lead photo alt": pgettext_lazy("part of a story", "lead photo alt"),
}


def part_name(part: str) -> str:
    """A part by its name in a snapshot, spaces for underscores: “body”, “short headline”."""
    return str(_NAMES.get(part, part))
