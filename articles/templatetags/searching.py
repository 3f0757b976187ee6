"""What the search page needs: texts in which the words that fit are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from newsroom import richtext

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - names the type, makes nothing safe

register = template.Library()


@register.filter
def marked(text: str) -> SafeString:
    """A text of `articles.searching.extracts`, escaped, with marks."""
    return richtext.marked(text)
