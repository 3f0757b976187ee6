"""Where a story fits a question: its headline and the passages of its text, with the words that fit marked.

PostgreSQL's ts_headline finds the passages, by the rules of the story's own language, so that other forms of a word and
other accents are marked as well. It is given standfirst and body without markup, and puts marks around words that are
no markup either: what becomes of them on a page, `newsroom.richtext.marked` decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.functions import Cast, Concat, Left

from articles import search
from articles.listing import PAGE_SIZE, teasers
from articles.models import Edition
from newsroom.database.prepared import Prepared
from newsroom.richtext import CLOSES, OPENS

if TYPE_CHECKING:
    from articles.querysets import EditionQuerySet
    from articles.searching.finding import Found

# How much of a body is looked through for passages: some 3,000 words.
LIMIT = 20_000

GAP = " … "

# Elements that stand inside words or beside them; every other one ends a piece of text.
_INLINE = "</?(a|abbr|b|bdi|bdo|cite|code|em|i|ins|del|kbd|mark|q|s|small|span|strong|sub|sup|u|var)( [^>]*)?>"
_PASSAGES = (
    f'StartSel="{OPENS}", StopSel="{CLOSES}", MaxFragments=2, MaxWords=26, MinWords=14, ShortWord=2, '
    f'FragmentDelimiter="{GAP}"'
)
_WHOLE = f'StartSel="{OPENS}", StopSel="{CLOSES}", HighlightAll=true'


@dataclass(frozen=True)
class Hit:
    """A story that was found. `headline` and `extract` have their marks; both are plain text apart from those.

    `extract` is empty where no passage of the text has a word: then the teaser says more.
    """

    story: Edition
    headline: str
    extract: str


def hits(found: Found, *, at: datetime) -> list[Hit]:
    """The stories of a page as readers may see them at `at`, in the order in which they were found. One query."""
    if not found.ids:
        return []
    queries = found.queries or {}
    # As many for every page, so that it is one statement that is prepared and not twenty.
    ids = [*found.ids, *found.ids[-1:] * (PAGE_SIZE - len(found.ids))]
    if any(queries.values()):
        by_language = {f"query_{number}": query for number, query in enumerate(queries.values())}
        stories = _MARKED(tuple(queries), ids=ids, at=at, **by_language)
    else:
        stories = _PLAIN(ids=ids, at=at)
    by_id = {story.pk: story for story in stories}
    return [_hit(by_id[pk]) for pk in found.ids if pk in by_id]


def _plain(*, ids: Sequence[int], at: datetime) -> EditionQuerySet:
    return teasers(Edition.objects.live(at=at).filter(pk__in=ids))


def _with_marks(languages: Sequence[str], *, ids: Sequence[int], at: datetime, **queries: str) -> EditionQuerySet:
    """With marks by what PostgreSQL made of the words in each of the languages; `queries` are in their order."""
    by_language = dict(zip(languages, queries.values(), strict=True))
    return _plain(ids=ids, at=at).annotate(
        marked_headline=_marked(F("list_headline"), by_language, _WHOLE),
        marked_text=_marked(_text(), by_language, _PASSAGES),
    )


_PLAIN, _MARKED = Prepared(_plain), Prepared(_with_marks)


def _hit(story: Any) -> Hit:
    text = " ".join(unescape(getattr(story, "marked_text", "")).split())
    if OPENS not in text:
        text = ""
    else:
        # A passage that begins in small letters begins inside a sentence, as far as one can see.
        begins = "… " if text.lstrip(OPENS)[:1].islower() else ""
        ends = "" if text.endswith((".", "!", "?", "”", "…")) else " …"
        text = f"{begins}{text}{ends}"
    return Hit(story, getattr(story, "marked_headline", story.list_headline), text)


def _text() -> Func:
    """Standfirst and body as plain text, as far as entities go."""
    body = Left("revision__body", LIMIT)
    inline = Func(body, Value(_INLINE), Value(""), Value("g"), function="regexp_replace")
    blocks = Func(inline, Value("<[^>]*>"), Value(" "), Value("g"), function="regexp_replace")
    return Concat(F("standfirst"), Value(" "), blocks, output_field=TextField())


def _marked(text: Any, queries: Mapping[str, str], options: str) -> Func:
    """`text` with marks, by the configuration and the query of the story's language."""
    configs = {language: search.configuration(language) for language in queries}
    return Func(
        Cast(_by_language(configs), _Named("regconfig")),
        Func(text, Value(OPENS + CLOSES), Value(""), function="translate"),
        Cast(_by_language(queries), _Named("tsquery")),
        Value(options),
        function="ts_headline",
        output_field=TextField(),
    )


def _by_language(values: Mapping[str, str]) -> Case:
    cases = (When(language=language, then=Value(value)) for language, value in values.items() if language)
    return Case(*cases, default=Value(values.get("", "")), output_field=TextField())


class _Named(TextField[str, str]):
    """A type of PostgreSQL by its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def db_type(self, connection: Any) -> str:
        """The name."""
        return self._name
