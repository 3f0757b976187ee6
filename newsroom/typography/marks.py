"""Which marks each language has: one table, of which static/js/desk-marks.js is a copy for the desk (`as_script`).

Only what the language's own authorities agree on is in it; what they leave open stays as English has it, or as it was
typed. Where a rule comes from stands at its language. Marks of the inner level answer to the straight single mark.

- Danish: Dansk Sprognævn, Retskrivningsordbogen (» « among those it allows; what papers set)
- German: Duden and the official rules (Rechtschreibrat), § 89–95; DIN 5008 for spaces
- Spanish: RAE and ASALE, Ortografía de la lengua española (2010): « » outside, “ ” inside; a raya touches what it holds
- French: Imprimerie nationale, Lexique des règles typographiques; the narrow space is what the web has for its fine one
- Italian, Portuguese, Catalan, Greek: their academies’ and publishers’ « » outside, “ ” inside
- Dutch: Taalunie and Onze Taal; Swedish: Språkrådet, Svenska skrivregler; Finnish: Kotus, Kielitoimisto
- Norwegian: Språkrådet; Icelandic: Ritreglur; Lithuanian: VLKK
- Polish: PWN; Czech: Internetová jazyková příručka; Slovak: Pravidlá slovenského pravopisu; Hungarian: AkH. 12;
  Romanian: DOOM; Russian: Мильчин, Справочник издателя и автора; Ukrainian: Правопис 2019
- Hebrew, Arabic, Persian, Urdu: a straight mark may be a gershayim or a geresh, so that it stays as it was typed
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache

from django.conf import settings

NARROW = "\u202f"

_SYMBOLS = r"[kcm]?m|[km]?g|km/h|ha|[kMGT]?Wh?|°[CF]|[kMG]?Hz|[kMGT]B"


@dataclass(frozen=True)
class Marks:
    """How a language is set. Patterns are parts of regular expressions that Python and browsers read alike.

    `double` and `single` are opening and closing marks, "" where a straight one stays. `gap` stands inside of double
    marks and before ; : ! and ?. With `raya` a dash touches what it holds – the spaces are the writer’s own.
    `inward` says that guillemets point to the words: »…«.
    """

    double: tuple[str, str] = ("“", "”")
    single: tuple[str, str] = ("‘", "’")
    dash: str = "–"  # between words
    raya: bool = False
    gap: str = ""
    inward: bool = False
    # What begins with an apostrophe, whatever follows; and what does unless a quotation seems to begin there.
    elided: str = ""
    maybe: str = "[0-9][0-9]"
    # What a no-break space holds together: a number and its unit, a day and its month, a title and a name, what counts
    # and a number, and letters with full stops (z. B.).
    units: str = f"{_SYMBOLS}|%|€"
    day: str = "[0-9]{1,2}"
    months: str = ""
    titles: str = ""
    numbers: str = ""
    pairs: bool = False


ENGLISH = Marks(
    elided="[0-9][0-9]['’]?s|(?:tis|tisn|twas|twasn|twere|twill|twould|twouldn|tween|neath|gainst|n|em|til|nuff)(?!-)",
    maybe="[0-9][0-9]|(?:cause|cos|coz|cuz|bout|round|till|flu|phone|burbs|nother|copter|fraid|scuse|er|im|ello)(?!-)",
    units=_SYMBOLS
    + r"|mph|mi|hectares|tonnes|ft|lbs?|miles|metres|kilometres|million|billion|trillion|per cent|a\.?m|p\.?m",
    months="January|February|March|April|May|June|July|August|September|October|November|December",
    titles=r"(?:Mrs?|Ms|Dr|Prof|Sir|Dame|Rev|St)\.?",
    numbers=r"Nos?\.?",
)

_LOW_HIGH = Marks(double=("„", "“"), single=("‚", "‘"), inward=True)
_LOW_RIGHT = Marks(double=("„", "”"), single=("«", "»"))
_GUILLEMETS = Marks(double=("«", "»"), single=("“", "”"))
_EAST = Marks(double=("«", "»"), single=("„", "“"), dash="—")
_RIGHT = Marks(double=("”", "”"), single=("’", "’"))
_AS_TYPED = Marks(double=("", ""), single=("", ""))

TABLE: dict[str, Marks] = {
    "ar": _AS_TYPED,
    "ca": _GUILLEMETS,
    "cs": _LOW_HIGH,
    "da": Marks(double=("»", "«"), single=("›", "‹"), inward=True),
    "de": replace(
        _LOW_HIGH,
        elided="(?:s|n|ne|nem|nen|ner|nes)(?!-)|[0-9][0-9]er",
        maybe="[0-9][0-9]|(?:rum|rein|raus|ran|rauf|runter|rüber|nauf|naus)(?!-)",
        units=_SYMBOLS
        + r"|%|€|Euro|Cent|Dollar|Prozent|Uhr|Meter|Kilometer|Kilogramm|Tonnen|Hektar|Mio\.|Mrd\."
        + "|Millionen?|Milliarden?",
        day=r"[0-9]{1,2}\.",
        months="Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        titles=r"Herrn?|Frau|Dr\.|Prof\.|St\.",
        numbers=r"Nr\.|§§?",
        pairs=True,
    ),
    "el": _GUILLEMETS,
    "en": ENGLISH,
    "es": replace(_GUILLEMETS, dash="—", raya=True),
    "fa": _AS_TYPED,
    "fi": _RIGHT,
    "fr": replace(
        _GUILLEMETS,
        gap=NARROW,
        units=_SYMBOLS + "|%|€|h|euros?|dollars?|heures?|mètres?|kilomètres?|tonnes?|hectares?|millions?|milliards?",
        day="1er|[0-9]{1,2}",
        months="janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        titles=r"MM?\.|Mmes?|Mlles?|Dr|Pr|Me",
        numbers="[nN][o°]s?",
    ),
    "he": _AS_TYPED,
    "hu": Marks(double=("„", "”"), single=("»", "«"), inward=True),
    "is": _LOW_HIGH,
    "it": replace(_GUILLEMETS, maybe="[0-9][0-9]|ndranghet[ae]|sta|sto|ste|sti"),
    "lt": _LOW_HIGH,
    "nb": Marks(double=("«", "»")),
    "nl": Marks(elided="(?:s|t|n|k|m|r)"),
    "pl": _LOW_RIGHT,
    "pt": _GUILLEMETS,
    "ro": _LOW_RIGHT,
    "ru": _EAST,
    "sk": _LOW_HIGH,
    "sv": _RIGHT,
    "uk": _EAST,
    "ur": _AS_TYPED,
}


@cache
def _of(code: str) -> Marks:
    return TABLE.get(code) or TABLE.get(code.partition("-")[0]) or ENGLISH


def marks_of(language: str = "") -> Marks:
    """The marks of a language by its code ("de", "en-gb"), of the newsroom’s own for ""; English for what has none."""
    return _of(language or settings.LANGUAGE_CODE)


def as_script() -> str:
    """What static/js/desk-marks.js says, a language a line."""
    lines = [f"  {code}: {json.dumps(asdict(marks), ensure_ascii=False)},\n" for code, marks in TABLE.items()]
    about = "/* Which marks each language has: a copy of the table of newsroom/typography/marks.py, made by it. */"
    return f"{about}\nwindow.deskMarks = {{\n{''.join(lines)}}};\n"
