"""Tags of the story’s form."""

from __future__ import annotations

from django import template

from newsroom.length import WORDS_PER_MINUTE

register = template.Library()


@register.simple_tag
def words_per_minute() -> int:
    """The pace at which reading times are told."""
    return WORDS_PER_MINUTE
