"""The keys of the page cache: above, what pages wear; below, side by side with it, what changes purge.

A page is gone when a change purges one of the keys that it wears. What a key stands for:

    article:42                             anything that readers see of a story, its notes included
    teaser:42                              what lists show of it, and whether it is there
    address:42                             where it is, and whether it is there
    front                                  a story came to the newspaper, or to another block of the front page
    in-section:7  by-author:3  with-tag:9  a story came to this list, wherever in it
    in-section:7/2026-02, …                a story first published in that month came to this list
    in-month:2026-02                       a story first published in that month came or went
    archive                                a story came or went, so that a month may have
    sitemap:2026-02  news                  what the sitemap of that month, or of the last 48 hours, says
    sitemaps                               a picture's file, which every sitemap of a month may name
    corrections                            the public list of notes
    author:3  byline:3                     all about a person; of them their name and address
    authors  address-of:author             the list of all who sign; of them their addresses
    tag:9  address-of:tag                  a tag's name and address; the addresses of all tags
    photo:5  picture:5                     all about a picture; of it what a teaser shows
    section:7  related-in:7                what only a section's own page says of it; how many related stories it wants
    navigation                             the sections' names, addresses, colours, order: every page has them
    site                                   what settings say, and nothing else: nothing purges it

So a new story purges the lists to which it comes and no other story's page. Those from which a story's page is filled
in automatically it wears loosely: when something comes to one of them the page may go on for a while, and must then be
made anew. What an editor picked or linked to is worn whether it is live or not, and comes and goes at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from taggit.models import Tag

from articles import related
from articles.archive import Month
from articles.models import Edition, Photo, Section
from articles.shown import periods, turns
from authors.models import Author

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from articles import corrections
    from articles.bodies import Needed
    from articles.listing import Cursor, Page
    from articles.shown import Period, Shown

SITE = "site"
NAVIGATION = "navigation"
FRONT = "front"
ARCHIVE = "archive"
CORRECTIONS = "corrections"
AUTHORS = "authors"
ADDRESSES_OF_AUTHORS, ADDRESSES_OF_TAGS = "address-of:author", "address-of:tag"
NEWS, SITEMAPS = "news", "sitemaps"

# How long a story stands in the news sitemap.
NEWS_LASTS = timedelta(hours=48)

# A page of a list, and a gap in the archive, that spans more months than this wears the whole list's key.
MOST_MONTHS = 12


# What pages wear.


def teasers(stories: Iterable[Edition], *, people: bool = True, pictures: bool = True) -> set[str]:
    """Stories from `listing.teasers`, with or without who signed them and their pictures."""
    keys = set()
    for story in stories:
        keys.add(f"teaser:{story.article_id}")
        if people:
            keys |= {f"byline:{person['id']}" for person in story.signed_by}  # type: ignore[attr-defined]  # annotated
        if pictures and story.photo_id is not None:
            keys.add(f"picture:{story.photo_id}")
    return keys


def front(pictured: Iterable[Edition], others: Iterable[Edition]) -> set[str]:
    """The front page: the stories that stand on it with their pictures, and the others."""
    return {NAVIGATION, FRONT} | teasers(pictured) | teasers(others, pictures=False)


def section(shown: Section, page: Page, *, after: Cursor | None, at: datetime) -> set[str]:
    """A section's page."""
    return {NAVIGATION, f"section:{shown.pk}"} | _listed(in_section(shown.pk), page, after=after, at=at)


def author(shown: Author, page: Page, *, after: Cursor | None, at: datetime) -> set[str]:
    """An author's page."""
    return {NAVIGATION, f"author:{shown.pk}"} | _listed(by_author(shown.pk), page, after=after, at=at)


def tag(shown: Tag, page: Page, *, after: Cursor | None, at: datetime) -> set[str]:
    """A tag's page."""
    return {NAVIGATION, f"tag:{shown.pk}"} | _listed(with_tag(shown.pk), page, after=after, at=at)


def month(shown: Month, page: Page, *, older: Month | None, newer: Month | None) -> set[str]:
    """A page of a month of the archive, which leads to the months beside it."""
    keys = {NAVIGATION} | teasers(page.stories)
    for first, last in ((older, shown), (shown, newer)):
        keys |= _spanning(first, last, each="in-month:", whole=ARCHIVE)
    return keys | {f"in-month:{shown}"}


def corrected(page: corrections.Page) -> set[str]:
    """A page of the list of corrections; a story that was withdrawn may be back."""
    return {NAVIGATION, CORRECTIONS} | {f"teaser:{each.article}" for each in page.listed}


def story(shown: Mapping[str, Any]) -> set[str]:
    """A story's page, by its context."""
    edition: Edition = shown["story"]
    needed: Needed = shown["needed"]
    onward = shown["onward"]
    keys = {NAVIGATION, f"article:{edition.article_id}", f"related-in:{edition.section_id}"}
    keys |= {f"author:{person.pk}" for person in shown["people"]}
    keys |= {f"tag:{each['id']}" for each in shown["tags"]}
    keys |= {f"teaser:{pick}" for pick in shown["content"]["related"]}
    keys |= teasers(shown["related"], people=False, pictures=False)
    keys |= teasers(onward.more, pictures=False)
    keys |= teasers([onward.next] if onward.next else [], people=False, pictures=False)
    return keys | _told([edition], needed)


def filled_in(shown: Mapping[str, Any]) -> set[str]:
    """What a story's page wears loosely: the lists from which it is filled in, to which other stories come."""
    edition: Edition = shown["story"]
    keys = {in_section(edition.section_id)}  # “More from”, “Next in”
    wanted = edition.section.related_count - (len(shown["related"]) - len(shown["filled"]))
    if wanted > 0:
        keys |= {in_section(edition.root_section_id)}
        keys |= {with_tag(each["id"]) for each in shown["tags"]}
        keys |= {by_author(person.pk) for person in shown["people"]}
        if related.takes_strangers(shown["filled"], wanted=wanted):
            keys.add(FRONT)
    return keys


def entries(stories: Collection[Edition], needed: Needed) -> set[str]:
    """Stories as a feed carries them: with full text, `people` and `tagged`."""
    keys = {NAVIGATION} | {f"article:{one.article_id}" for one in stories}
    for one in stories:
        keys |= {f"byline:{person['id']}" for person in one.people}  # type: ignore[attr-defined]  # annotated
        keys |= {f"tag:{each['id']}" for each in one.tagged}  # type: ignore[attr-defined]  # annotated
    return keys | _told(stories, needed)


def card(edition: Edition, people: Iterable[Author]) -> set[str]:
    """A story's card."""
    return {NAVIGATION, f"teaser:{edition.article_id}"} | {f"byline:{person.pk}" for person in people}


def in_section(pk: int) -> str:
    """The list of a section, with a parent's the stories of its children."""
    return f"in-section:{pk}"


def by_author(pk: int) -> str:
    """The list of what somebody signs."""
    return f"by-author:{pk}"


def with_tag(pk: int) -> str:
    """The list of what carries a tag."""
    return f"with-tag:{pk}"


def sitemap(shown: Month) -> str:
    """The sitemap of a month."""
    return f"sitemap:{shown}"


def _told(stories: Iterable[Edition], needed: Needed) -> set[str]:
    """The pictures and links of stories that are told in full."""
    photos = {one.photo_id for one in stories if one.photo_id is not None} | needed.photos
    return {f"photo:{photo}" for photo in photos} | {f"address:{article}" for article in needed.articles}


def _listed(name: str, page: Page, *, after: Cursor | None, at: datetime) -> set[str]:
    """A page of a list. An older one is changed by what comes in the months that it spans and by no other story."""
    keys = teasers(page.stories)
    if page.beyond is None:
        # It ends the list, so that whatever comes in below it is its own.
        return keys | {name}
    keys.add(f"address:{page.beyond.article_id}")
    if after is None or after.published > at:
        return keys | {name}
    oldest = Month.of(page.beyond.first_published_at)
    return keys | _spanning(oldest, Month.of(after.published), each=f"{name}/", whole=name)


def _spanning(first: Month | None, last: Month | None, *, each: str, whole: str) -> set[str]:
    """The months from one to another, both included, or what stands for all where they are too many to name."""
    if first is None or last is None or last.number - first.number >= MOST_MONTHS:
        return {whole}
    return {f"{each}{Month.numbered(number)}" for number in range(first.number, last.number + 1)}


# What changes purge.

# What readers see of what is looked up when it is shown, by field. A field that is not here is shown to nobody.
SHOWN_OF: dict[type[Model], dict[str, tuple[str, ...]]] = {
    Section: {
        **dict.fromkeys(("name", "slug", "parent_id", "colour", "position"), (NAVIGATION,)),
        "description": ("section:{pk}",),
        "related_count": ("related-in:{pk}",),
    },
    Author: {
        "name": ("author:{pk}", "byline:{pk}", AUTHORS),
        "slug": ("author:{pk}", "byline:{pk}", AUTHORS, ADDRESSES_OF_AUTHORS),
        **dict.fromkeys(("role", "biography", "portrait"), ("author:{pk}", AUTHORS)),
        "elsewhere": ("author:{pk}",),
    },
    Tag: {"name": ("tag:{pk}",), "slug": ("tag:{pk}", ADDRESSES_OF_TAGS)},
    Photo: {
        **dict.fromkeys(("alt_text", "is_decorative", "caption", "credit", "crops"), ("photo:{pk}",)),
        **dict.fromkeys(("focal_x", "focal_y"), ("picture:{pk}",)),
        "renditions": ("photo:{pk}", "picture:{pk}", SITEMAPS),
    },
}


def looked_up(model: type[Model], pk: int, fields: Iterable[str]) -> set[str]:
    """These fields of an author, a section, a tag or a picture became others."""
    return {key.format(pk=pk) for name in fields for key in SHOWN_OF[model][name]}


def noted(article: int) -> set[str]:
    """A story has a note more, or its notes were struck out or erased."""
    return {CORRECTIONS, f"article:{article}"}


def changed(before: Shown | None, after: Shown | None, *, at: datetime) -> set[str]:
    """Readers see, from `at`, `after` of a story instead of `before`; None is nothing of it."""
    story = after or before
    if story is None or before == after:
        return set()
    number, here = story.article, Month.of(story.first_published_at)
    keys = {f"article:{number}"} | _of_files(before, after, at=at)
    if before is None or after is None:
        keys |= {f"teaser:{number}", f"address:{number}", f"in-month:{here}", ARCHIVE}
    else:
        keys |= {f"teaser:{number}"} if before.as_teaser != after.as_teaser else set()
        keys |= {f"address:{number}"} if before.path != after.path else set()
    if after is not None:
        # What a story leaves by going wears it; what it leaves for another list may wear only that it is there.
        moved = _lists(after) ^ _lists(before) if before is not None else _lists(after)
        keys |= {key for name in moved for key in (name, f"{name}/{here}")}
        keys |= {FRONT} if before is None or before.root_section != after.root_section else set()
    return keys


def _lists(story: Shown) -> set[str]:
    """The lists in which a story stands."""
    sections = {in_section(story.section), in_section(story.root_section)}
    return sections | {by_author(each) for each in story.authors} | {with_tag(each) for each in story.tags}


def _of_files(before: Shown | None, after: Shown | None, *, at: datetime) -> set[str]:
    """What lists more than a page can wear: sitemaps, in which nothing syndicated is, and who and what is public."""
    both = (before, after)
    keys = set()
    if len({frozenset(one.authors) if one else frozenset() for one in both}) > 1:
        keys |= {AUTHORS, ADDRESSES_OF_AUTHORS}
    if len({one.tags if one else frozenset() for one in both}) > 1:
        keys.add(ADDRESSES_OF_TAGS)
    own = [one for one in both if one is not None and not one.is_syndicated]
    if len(own) == 1:
        keys.add(ARCHIVE)
    if own and (len(own) == 1 or len({(one.path, one.updated_at, one.photo) for one in own}) > 1):
        keys.add(sitemap(Month.of(own[0].first_published_at)))
    if own and own[0].first_published_at > at - NEWS_LASTS:
        keys |= {NEWS} if len(own) == 1 or len({(one.path, one.headline, one.language) for one in own}) > 1 else set()
    return keys


# What changes by the clock alone.

# So many beginnings and so many ends of editions are planned for. What lies beyond is known when the last of these has
# come, since whoever holds a plan reads it anew then.
MOST_PLANNED = 5_000


def planned(*, at: datetime) -> list[tuple[datetime, frozenset[str]]]:
    """Every instant after `at` at which an edition begins or ends, in order, with the keys that this purges. One query.

    It is read from the indexes on both; of each at most the next `MOST_PLANNED`.
    """
    begin = Edition.objects.filter(live_from__gt=at).order_by("live_from").values("pk")[:MOST_PLANNED]
    end = Edition.objects.filter(live_until__gt=at).order_by("live_until").values("pk")[:MOST_PLANNED]
    found = periods(Edition.objects.filter(pk__in=begin.union(end)))
    known_until = min(
        _known_until((one.live_from for one in found), at=at),
        _known_until((one.live_until for one in found if one.live_until), at=at),
    )
    plan = plan_of(found, at=at)
    return sorted((instant, frozenset(keys)) for instant, keys in plan.items() if instant < known_until)


def plan_of(found: Iterable[Period], *, at: datetime) -> dict[datetime, set[str]]:
    """What is purged at each instant after `at` at which one of these periods begins or ends."""
    plan: dict[datetime, set[str]] = {}
    for turn in turns(found, after=at):
        plan.setdefault(turn.at, set()).update(changed(turn.before, turn.after, at=turn.at))
    return plan


def _known_until(instants: Iterable[datetime], *, at: datetime) -> datetime:
    """Where as many as are asked for were found, what else there is at the last of them is not known."""
    ahead = sorted(instant for instant in instants if instant > at)
    return ahead[MOST_PLANNED - 1] if len(ahead) >= MOST_PLANNED else datetime.max.replace(tzinfo=UTC)
