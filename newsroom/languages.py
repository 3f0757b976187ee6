"""The languages that the newsroom and its stories may have: their names, their direction, how search reads them.

A language is named by its BCP 47 tag in lower case ("de", "pt-br"), as in Django's settings and in addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

# The stemmers that PostgreSQL brings, by language; what has none is read word by word.
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_WITHOUT_STEMMER = (
    *("bg", "cs", "cy", "et", "fa", "he", "hr", "is", "ja", "ko", "lv", "mk", "pl", "sk", "sl", "sq", "uk", "ur", "vi"),
    "zh-hans",
)

# What a story may be written in.
STORIES = tuple(sorted((*STEMMERS, *_WITHOUT_STEMMER)))


@dataclass(frozen=True)
class Language:
    """A language: its code, its name in itself, and the direction in which it is written ("ltr" or "rtl")."""

    code: str
    own_name: str
    direction: str

    @property
    def tag(self) -> str:
        """The BCP 47 tag, for `lang=`: "pt-BR", "zh-Hans"."""
        return tag(self.code)

    @property
    def name(self) -> str:
        """The name in the language of whoever reads this."""
        return _(str(LANG_INFO[self.code]["name"]))


def language(code: str) -> Language:
    """The language with this code. Raises KeyError for one that is not known."""
    info = LANG_INFO[code]
    return Language(code, str(info["name_local"]), "rtl" if info["bidi"] else "ltr")


def choices() -> list[tuple[str, str]]:
    """What a story may be written in, by code, in the order of the names that its reader has for them."""
    return sorted(((code, language(code).name) for code in STORIES), key=lambda each: each[1].casefold())


def tag(code: str) -> str:
    """A code as a BCP 47 tag: "en-gb" becomes "en-GB", "zh-hans" "zh-Hans"."""
    first, _separator, second = code.partition("-")
    if not second:
        return first
    return f"{first}-{second.upper() if len(second) == 2 else second.capitalize()}"
