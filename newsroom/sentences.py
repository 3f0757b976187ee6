"""What a sentence needs of the words that are put into it: names in a row, quotation marks, large numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def enumerated(names: Sequence[StrOrPromise]) -> str:
    """Names in a row: “a”, “a and b”, “a, b and c”; empty for none."""
    *most, last = names or ("",)
    if not most:
        return str(last)
    return _and(get_language()) % {"names": ", ".join(map(str, most)), "last": last}


@lru_cache(maxsize=16)
def _and(language: str | None) -> str:
    return _("%(names)s and %(last)s")


def quoted(words: str) -> str:
    """Somebody's words in the language's quotation marks."""
    return _("“%(words)s”") % {"words": words}


def grouped(number: int) -> str:
    """A large number as the language writes it: “12,000”."""
    return number_format(number, use_l10n=True, force_grouping=True)


def within(label: StrOrPromise) -> str:
    """A label as it stands within a sentence: in small letters, but for German, whose nouns keep their capitals."""
    return str(label) if (get_language() or "").startswith("de") else str(label).lower()
