"""What every table gets of an invented story: the rows that the desk's verbs would have left, and nothing else.

`COLUMNS` says in which order. The numbers of stories, revisions and editions are dealt out before, so that rows can
name each other while several processes write at once; all other rows are numbered by the database.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from articles.content import LATER, TEXT_FIELDS
from articles.filling.prose import NOTES, Matter, Pen, zipf
from articles.models import (
    Article,
    Byline,
    Correction,
    Edition,
    EditionByline,
    EditionTag,
    Event,
    RelatedArticle,
    Revision,
    Stage,
)
from newsroom import length, plaintext, richtext
from newsroom.slugs import slugify_headline

if TYPE_CHECKING:
    from articles.filling.cast import Cast
    from articles.filling.vectors import Lexemes

# No story has more than these, so that the numbers of all can be dealt out.
REVISIONS = 6
EDITIONS = 4

TAGGED = "taggit_taggeditem"
COLUMNS = {
    Article._meta.db_table: (
        "id kind kicker headline standfirst body dateline short_headline teaser seo_title seo_description social_title"
        " canonical_url source_name slug section_id lead_photo_id lead_photo_caption lead_photo_alt stage created_by_id"
        " created_at saved_at lock_version head_revision_id has_unpinned_changes"
    ),
    Revision._meta.db_table: "id article_id number content body digest note created_at created_by_id",
    Edition._meta.db_table: (
        "id article_id revision_id live_from live_until retired path section_id root_section_id first_published_at"
        " updated_at change kind kicker headline list_headline standfirst teaser photo_id is_syndicated"
        " words search_vector created_at created_by_id"
    ),
    EditionByline._meta.db_table: "edition_id author_id role position first_published_at retired",
    EditionTag._meta.db_table: "edition_id tag_id first_published_at retired",
    Byline._meta.db_table: "article_id author_id role position",
    TAGGED: "tag_id content_type_id object_id",
    RelatedArticle._meta.db_table: "article_id related_id position",
    Correction._meta.db_table: "article_id revision_id kind wrong text placement published_at created_by_id",
    Event._meta.db_table: "article_id verb by_id at from_state details",
}

_KINDS = ("news",) * 14 + ("analysis", "analysis", "feature", "interview", "opinion", "opinion")
_HOW_MANY_EDITIONS = (1,) * 62 + (2,) * 28 + (3,) * 8 + (4,) * 2
_HOW_MANY_MORE_REVISIONS = (0,) * 4 + (1,) * 7 + (2,) * 7 + (3,) * 2
_CHANGES = ("minor",) * 10 + ("substantive",) * 8 + ("correction",) * 2
_WITHDRAWN = 0.003
_WITH_CHANGES = 0.005


@dataclass(frozen=True)
class Numbers:
    """The first number of each kind; the story of place p has those after p, p × REVISIONS and p × EDITIONS."""

    article: int
    revision: int
    edition: int


@dataclass
class Body:
    """A body in blocks: as the desk has it, with anchors as revisions have it, and plain."""

    stored: list[str]
    anchored: list[str]
    plain: list[str]


@dataclass
class Maker:
    """Makes stories into `rows`, by table."""

    pen: Pen
    cast: Cast
    numbers: Numbers
    lexemes: Lexemes
    # Nothing happens to any story from here on.
    until: datetime
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def __post_init__(self) -> None:
        cast = self.cast
        self._weights = {len(things): zipf(len(things)) for things in (cast.authors, cast.tags, cast.sections)}

    def story(self, place: int, at: datetime, prefix: str, taken: set[str], lot: random.Random) -> None:
        """A story first published `at`; `prefix` is its path's date, and `taken` holds the paths of that day."""
        article = self.numbers.article + place
        matter = self.pen.matter(lot)
        section, slug, root = self._one(self.cast.sections, lot)
        headline = self.pen.headline(matter, lot)
        path = _free(f"/{slug}/{prefix}/{slugify_headline(headline)}", taken)
        standfirst = self.pen.standfirst(matter, lot)
        content: dict[str, Any] = dict.fromkeys(TEXT_FIELDS, "")
        content |= {
            "kind": lot.choice(_KINDS),
            "kicker": matter.place if lot.random() < 0.3 else "",
            "headline": headline,
            "standfirst": standfirst,
            "dateline": matter.place if lot.random() < 0.5 else "",
            "section": section,
            "lead_photo": lot.choice(self.cast.photos) if self.cast.photos and lot.random() < 0.7 else None,
            "bylines": [[author, "by"] for author in self._some(self.cast.authors, (1, 1, 1, 1, 2, 2, 3), lot)],
            "tags": sorted(self._some(self.cast.tags, (1, 2, 2, 3, 3, 4, 5), lot)),
            "related": self._earlier(place, lot.choice((0,) * 9 + (1, 2, 3)), lot),
        }
        editions, revisions = self._history(at, lot)
        self._desk_rows(article, content)
        body = self._body(matter, place, lot)
        written = at - timedelta(minutes=40 + lot.getrandbits(7))
        pins = {revision: number for number, (revision, _, _) in enumerate(editions)}
        first_revision = self.numbers.revision + place * REVISIONS
        vector_texts = {
            "headline": f"{headline} {content['short_headline']}",
            "summary": " ".join(
                [content["kicker"], standfirst, *(self.cast.names[author] for author, _ in content["bylines"])]
            ),
        }
        for number in range(revisions):
            if number:
                self._change(body, matter, lot)
            pin = pins.get(number)
            if pin is not None:
                written = min(editions[pin][1] - timedelta(minutes=3), self.until)
            elif number:
                written += timedelta(minutes=5)
            self._revision(first_revision + number, article, number + 1, content, body, written, lot)
            if pin is not None:
                plain = " ".join(body.plain)
                counted = length.words(plain), self.lexemes.vector(**vector_texts, body=plain)
                self._edition(place, pin, editions, path, root, content, counted, lot, first_revision)
        self.rows[Article._meta.db_table].append(
            (
                article,
                *(content[name] for name in ("kind", "kicker", "headline", "standfirst")),
                "".join(body.stored),
                content["dateline"],
                *("",) * 8,
                section,
                content["lead_photo"],
                *("", "", Stage.DRAFT.value, self.cast.by, at - timedelta(hours=4), written, revisions),
                first_revision + revisions - 1,
                revisions - 1 not in pins,
            )
        )

    def _history(self, at: datetime, lot: random.Random) -> tuple[list[tuple[int, datetime, str]], int]:
        """The editions as (place of its revision, beginning, change), and how many revisions there are."""
        count = lot.choice(_HOW_MANY_EDITIONS)
        starts, change = [at], ["first"]
        for _ in range(count - 1):
            later = starts[-1] + timedelta(minutes=35 + int(lot.expovariate(1 / 300)))
            if later < self.until:
                starts.append(later)
                change.append(lot.choice(_CHANGES))
        more = min(lot.choice(_HOW_MANY_MORE_REVISIONS), REVISIONS - len(starts))
        revisions = len(starts) + more
        # The last edition pins the head, unless something was changed since.
        is_changed = more > 0 and lot.random() < _WITH_CHANGES
        pinnable = range(revisions - 1 - is_changed)
        pinned = [*sorted(lot.sample(pinnable, len(starts) - 1)), revisions - 1 - is_changed]
        return list(zip(pinned, starts, change, strict=True)), revisions

    def _body(self, matter: Matter, place: int, lot: random.Random) -> Body:
        body = Body([], [], [])
        subheads: set[str] = set()
        for number in range(11 + lot.getrandbits(2) + lot.getrandbits(1)):
            if number % 4 == 3 and (subhead := self.pen.subhead(matter, lot)) not in subheads:
                subheads.add(subhead)
                self._block(body, f"<h2>{subhead}</h2>", subhead)
            told = self.pen.paragraph(matter, lot)
            html = told
            if number == 2 and (linked := self._earlier(place, 1 if lot.random() < 0.25 else 0, lot)):
                first, _, rest = told.partition(" ")
                html = f'<a data-article="{linked[0]}">{first}</a> {rest}'
            self._block(body, f"<p>{html}</p>", told)
        return body

    def _block(self, body: Body, html: str, plain: str) -> None:
        body.stored.append(html)
        body.anchored.append(richtext.anchor(html) if html.startswith("<h") else html)
        body.plain.append(plain)

    def _change(self, body: Body, matter: Matter, lot: random.Random) -> None:
        """Write one paragraph anew."""
        place = lot.choice([number for number, html in enumerate(body.stored) if html.startswith("<p>") and number > 3])
        told = self.pen.paragraph(matter, lot)
        body.plain[place] = told
        body.stored[place] = body.anchored[place] = f"<p>{told}</p>"

    def _revision(
        self, pk: int, article: int, number: int, content: dict[str, Any], body: Body, at: datetime, lot: random.Random
    ) -> None:
        said = {name: value for name, value in content.items() if value or name not in LATER}
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(f"{canonical}\0{''.join(body.stored)}".encode()).hexdigest()
        note = lot.choice(NOTES) if number > 1 else ""
        self.rows[Revision._meta.db_table].append(
            (
                pk,
                article,
                number,
                json.dumps(content, ensure_ascii=False),
                "".join(body.anchored),
                digest,
                note,
                at,
                self.cast.by,
            )
        )

    def _edition(
        self,
        place: int,
        pin: int,
        editions: list[tuple[int, datetime, str]],
        path: str,
        root: int,
        content: dict[str, Any],
        counted: tuple[int, str],
        lot: random.Random,
        first_revision: int,
    ) -> None:
        pk = self.numbers.edition + place * EDITIONS + pin
        article, by, first = self.numbers.article + place, self.cast.by, editions[0][1]
        number, at, change = editions[pin]
        is_last = pin == len(editions) - 1
        until = None if is_last else editions[pin + 1][1]
        if is_last and lot.random() < _WITHDRAWN and (end := at + timedelta(hours=30)) < self.until:
            until = end
            self._event(article, "withdraw", end, "live", {"reason": "A source withdrew their account."})
        revision = first_revision + number
        updated = [one for _, one, how in editions[1 : pin + 1] if how != "minor"]
        self.rows[Edition._meta.db_table].append(
            (
                *(pk, article, revision, at, until, not is_last, f"{path}/", content["section"], root, first),
                *(updated[-1] if updated else None, change, content["kind"], content["kicker"], content["headline"]),
                *(content["headline"], content["standfirst"], plaintext.shorten(content["standfirst"])),
                *(content["lead_photo"], False, *counted, at, by),
            )
        )
        self.rows[EditionByline._meta.db_table] += [
            (pk, author, role, position, first, not is_last)
            for position, (author, role) in enumerate(content["bylines"])
        ]
        self.rows[EditionTag._meta.db_table] += [(pk, tag, first, not is_last) for tag in content["tags"]]
        if change == "correction":
            told = ("correction", "An earlier version gave a wrong number.", "The number has been put right.", "below")
            self.rows[Correction._meta.db_table].append((article, revision, *told, at, by))
        verb, details = ("correct", {"kind": "correction"}) if change == "correction" else ("publish", {})
        self._event(article, verb, at, "live" if pin else Stage.DRAFT.value, {"revision": number + 1, **details})

    def _event(self, article: int, verb: str, at: datetime, state: str, details: dict[str, Any]) -> None:
        told = json.dumps(details, ensure_ascii=False)
        self.rows[Event._meta.db_table].append((article, verb, self.cast.by, at, state, told))

    def _desk_rows(self, article: int, content: dict[str, Any]) -> None:
        self.rows[Byline._meta.db_table] += [
            (article, author, role, position) for position, (author, role) in enumerate(content["bylines"])
        ]
        self.rows[TAGGED] += [(tag, self.cast.content_type, article) for tag in content["tags"]]
        self.rows[RelatedArticle._meta.db_table] += [
            (article, other, position) for position, other in enumerate(content["related"])
        ]

    def _one(self, things: tuple[Any, ...], lot: random.Random) -> Any:
        return lot.choices(things, cum_weights=self._weights[len(things)])[0]

    def _some(self, things: tuple[int, ...], counts: tuple[int, ...], lot: random.Random) -> list[int]:
        """A few of them, each once."""
        return list(dict.fromkeys(lot.choices(things, cum_weights=self._weights[len(things)], k=lot.choice(counts))))

    def _earlier(self, place: int, count: int, lot: random.Random) -> list[int]:
        """The numbers of so many stories of the weeks before."""
        back = {1 + int(lot.random() * 3000) for _ in range(count)}
        return [self.numbers.article + place - one for one in sorted(back) if one <= place]


def _free(path: str, taken: set[str]) -> str:
    found, number = path, 1
    while found in taken:
        number += 1
        found = f"{path}-{number}"
    taken.add(found)
    return found


def moments(day_begins: datetime, count: int, *, before: datetime, lot: random.Random) -> Iterator[datetime]:
    """So many instants of a day, from five in the morning to eleven at night, in order."""
    seconds = (
        sorted(lot.sample(range(5 * 3600, 23 * 3600), count)) if count < 60_000 else range(5 * 3600, 5 * 3600 + count)
    )
    for second in seconds:
        yield min((day_begins + timedelta(seconds=second)), before).astimezone(UTC)
