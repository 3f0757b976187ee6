"""What pages wear and what changes purge: no page is stale after any change, and none goes without need.

A field that is new has to be declared: it is changed here and shows somewhere, follows something that is, or never
shows. All changes are tried on all pages in a soak, and in a round each of them on some.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from taggit.models import Tag

from articles import cache_keys, preview_links, publishing
from articles.listing import Cursor
from articles.models import Edition
from authors.models import Author
from newsroom import redirects
from tests.articles.changes_of_a_paper import CHANGES, article_of, back, withdrawn
from tests.articles.worn_paper import printed
from tests.bulk import archive_of
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    updated,
)
from tests.keys import held, needless, stale, told, undone
from tests.readers import Reader
from tests.scale import scaled
from tests.surfaces import ARGUMENTS, addresses, routes

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365.25)

# Pages, beside those that have keys of it, on which a round looks for what a change did.
SOME = scaled(6, 1000)

# What goes though it says the same afterwards: by the change, the kinds of keys that may take it, and why.
NEEDLESS: dict[str, set[str]] = {
    # Sections change a few times a year, and all but everything shows them.
    r"Section\..*|a section (more|less)": {"navigation"},
    # One key for all of a thing, where some pages say only a part of it.
    r"Author\.slug": {"byline"},
    r"Author\.elsewhere": {"author"},
    r"Tag\.slug": {"tag"},
    r"Photo\.(focal_.|crops|renditions)": {"photo", "picture", "sitemaps"},
    r"Article\.(kind|kicker|short_headline|standfirst|teaser|language|lead_photo.*|section.*|slug|authors)": {"teaser"},
    r"Byline\..*": {"teaser"},
    # Whether somebody, a tag or a month has other live stories is not asked: two who withdraw the last two stories at
    # once would each see the other's. The index of sitemaps names authors and tags by their thousands.
    r"(Author|Tag)\.slug": {"address-of"},
    r"Article\.(authors|tags|canonical_url)|Byline\.author": {"authors", "address-of", "archive"},
    r"(a first publication|a withdrawal|a return|an erasure).*": {"authors", "address-of", "archive", "in-month"},
}

# What shows only by way of something else, and what changes that here.
FOLLOWS = {
    "Author.id|Section.id|Photo.id|Tag.id|Article.id|Edition.id|Byline.id|RelatedArticle.id": "a first publication",
    "Photo.original|Photo.width|Photo.height|Photo.digest": "Photo.renditions",
    "Byline.article|RelatedArticle.article": "a first publication",
    "Revision.body": "Article.body",
    "Revision.content": "Article.headline",
    "Correction.*": "a correction",
    "Edition.article|Edition.revision|Edition.live_from|Edition.first_published_at": "a first publication",
    "Edition.live_until": "a withdrawal",
    "Edition.path": "Article.slug",
    "Edition.section|Edition.root_section": "Article.section",
    "Edition.updated_at|Edition.change": "Article.body",
    "Edition.kind": "Article.kind",
    "Edition.kicker": "Article.kicker",
    "Edition.headline": "Article.headline",
    "Edition.list_headline": "Article.short_headline",
    "Edition.standfirst": "Article.standfirst",
    "Edition.teaser": "Article.teaser",
    "Edition.photo": "Article.lead_photo",
    "Edition.is_syndicated": "Article.canonical_url",
    "Edition.language": "Article.language",
    "Edition.words": "Article.body",
    "EditionByline.*": "Byline.author",
    "EditionTag.*": "Article.tags",
}

# What no reader's page shows, or only pages that are never held: redirects, search, previews.
NEVER_SHOWN = {
    "User.*", "Author.user", "Photo.title", "Photo.source", "Photo.created_by", "Photo.created_at",
    "authors.FormerSlug.*", "articles.FormerSlug.*", "Block.*", "Withheld.*", "Comment.*", "Notice.*",
    "PreviewLink.*", "PreviewOpening.*", "Event.*", "Buffer.*", "Presence.*",
    *(f"Article.{name}" for name in (
        "stage", "stage_since", "embargo_until", "assignee", "created_by", "created_at", "saved_at", "binned_at",
        "lock_version", "head_revision", "has_unpinned_changes",
    )),
    *(f"Revision.{name}" for name in (
        "id", "article", "number", "digest", "note", "aside_of", "created_at", "created_by",
    )),
    *(f"Edition.{name}" for name in ("retired", "search_vector", "created_at", "created_by")),
}  # fmt: skip

NOT_HELD = frozenset(
    ("search", "search_suggest", "search_feed", "shared_preview", "change_password", "healthz", "readyz", "metrics")
)


def fields() -> Iterator[tuple[str, str]]:
    """Every field of every model of ours, and of tags: "Section", "name"."""
    names = [model.__name__ for label in ("authors", "articles") for model in apps.get_app_config(label).get_models()]
    for model in (*apps.get_app_config("authors").get_models(), *apps.get_app_config("articles").get_models(), Tag):
        label = model.__name__ if names.count(model.__name__) < 2 else f"{model._meta.app_label}.{model.__name__}"
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            yield label, field.name


def test_every_field_is_known_to_show_or_never_to_show() -> None:
    follows = {name for group in FOLLOWS for name in group.split("|")}
    declared = follows | NEVER_SHOWN | set(CHANGES)
    unknown = [f"{model}.{name}" for model, name in fields() if not {f"{model}.{name}", f"{model}.*"} & declared]
    assert unknown == [], "say in CHANGES how it changes, in FOLLOWS with what, or that readers never see it"
    assert set(FOLLOWS.values()) <= set(CHANGES)
    real = {f"{model}.{name}" for model, name in fields()} | {f"{model}.*" for model, _ in fields()}
    assert {name for name in follows | NEVER_SHOWN if name not in real} == set()
    assert {name for name in CHANGES if re.fullmatch(r"\w+\.\w+", name)} <= real


def test_what_is_looked_up_is_watched_field_by_field() -> None:
    for model, shown in cache_keys.SHOWN_OF.items():
        tried = {name.split(" ")[0].split(",")[0] for name in CHANGES if name.startswith(f"{model.__name__}.")}
        assert {f"{model.__name__}.{name.removesuffix('_id')}" for name in shown} == tried
        assert {"id"} | {model._meta.get_field(name).attname for name in shown} <= {
            field.attname for field in model._meta.concrete_fields
        }


def test_no_page_is_stale_after_a_change_and_none_goes_without_need(reader: Reader) -> None:
    paper = printed()
    every = held(reader, paper.paths())
    assert {path for path, page in every.items() if page.status != 200 or not page.keys} == set()
    found = {}
    for name, change in CHANGES.items():
        paths = sorted(every)
        before = {path: every[path] for path in random.Random(name).sample(paths, min(SOME, len(paths)))}
        with undone():
            with told() as said:
                change(paper)
            after = held(reader, before)
            # What shows on a page by its name is no new choice of stories.
            picked = None if name.startswith(("Section.", "Author.", "Tag.", "Photo.")) else paper.picked_on
            left = stale(before, after, said.keys, picked=picked)
            allowed = set().union(*(kinds for pattern, kinds in NEEDLESS.items() if re.fullmatch(pattern, name)))
            gone = {path: kinds for path, kinds in needless(before, after, said.keys).items() if not kinds <= allowed}
        assert not said.flushes, name
        if left or gone:
            found[name] = {"stale": left, "without need": gone, "purged": sorted(said.keys)}
    assert found == {}


def test_new_story_purges_no_other_storys_page(reader: Reader) -> None:
    paper = printed()
    stories = [each.path for each in (paper.story, paper.linked, paper.picked, paper.plain, *paper.old[:5])]
    before = held(reader, stories)
    with told() as said:
        CHANGES["a first publication"](paper)
    assert [path for path, page in before.items() if page.keys & said.keys] == []


def test_older_pages_of_a_list_stay_until_something_comes_to_their_months(reader: Reader) -> None:
    paper = printed()
    [older] = [path for path in paper.paths() if "?after=" in path]
    page = held(reader, [older])[older]
    with undone(), told() as new:
        CHANGES["a first publication"](paper)
    article = article_of(paper.picked)
    with undone(), told() as newest:
        publishing.withdraw(article, by=managing_editor(), at=NOON)
    with told() as returned:
        CHANGES["a return of an old story"](paper)
    assert not page.keys & (new.keys | newest.keys)
    assert page.keys & returned.keys
    assert b"A play that was not shown" in held(reader, [older])[older].body


def test_place_ahead_of_all_stories_goes_like_the_beginning(reader: Reader) -> None:
    paper = printed()
    path = f"{paper.arts.get_absolute_url()}?after=4102444800000000-1"
    assert cache_keys.in_section(paper.arts.pk) in held(reader, [path])[path].keys


def test_page_of_a_list_that_spans_years_wears_the_whole_list(reader: Reader) -> None:
    section, carl = SectionFactory(), AuthorFactory()
    old = archive_of(30, sections=[section], authors=[carl], tags=[], apart=40 * DAY)
    after = Cursor(old[1].first_published_at, old[1].article_id)
    path = f"{section.get_absolute_url()}?after={after}"
    keys = held(reader, [path])[path].keys
    assert cache_keys.in_section(section.pk) in keys
    assert not any("/" in key for key in keys)


def test_month_that_comes_back_is_led_to_from_those_beside_it(reader: Reader) -> None:
    published(at=NOON - HOUR)
    between = published(at=NOON - 100 * DAY)
    published(at=NOON - 200 * DAY)
    withdrawn(between)
    paths = [f"/archive/{each}/" for each in ("2026/02", "2025/07")]
    before = held(reader, paths)
    with told() as said:
        back(between)
    after = held(reader, paths)
    assert [before[path].body != after[path].body for path in paths] == [True, True]
    assert stale(before, after, said.keys) == []


def test_what_is_planned_purges_what_changes_at_its_instant(reader: Reader) -> None:
    paper = printed()
    updated(article_of(paper.story), live_from=NOON + 2 * HOUR, headline="Eight countries, after all")
    publishing.withdraw(article_of(paper.linked), live_until=NOON + 3 * HOUR, by=managing_editor(), at=NOON)
    paths = paper.paths()
    plan = cache_keys.planned(at=NOON)
    assert [instant for instant, _ in plan] == [NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]
    for instant, keys in plan:
        reader.at = instant - timedelta(microseconds=1)
        before = held(reader, paths)
        reader.at = instant
        after = held(reader, paths)
        assert stale(before, after, set(keys), picked=paper.picked_on) == [], instant
        assert any(before[path].body != after[path].body for path in paths)
    assert cache_keys.planned(at=NOON + 3 * HOUR) == []


def test_plan_is_bounded_and_whole_until_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = printed()
    for hours in (2, 3, 4, 5):
        updated(article_of(paper.story), live_from=NOON + hours * HOUR, headline=f"After {hours} hours")
    whole = cache_keys.planned(at=NOON)
    assert len(whole) == 5
    monkeypatch.setattr(cache_keys, "MOST_PLANNED", 3)
    assert cache_keys.planned(at=NOON) == whole[:2]
    assert cache_keys.planned(at=whole[1][0]) == whole[2:4]


@pytest.mark.parametrize(
    ("verb", "told_anew"),
    [("what is planned, sooner", True), ("what is planned, put on hold", True), ("Article.body", False)],
)
def test_workers_are_told_when_the_plan_is_another(verb: str, told_anew: bool) -> None:
    paper = printed()
    with told() as said:
        CHANGES[verb](paper)
    assert said.reschedules is told_anew


def test_every_verb_of_the_schedule_tells_the_workers() -> None:
    paper = printed()
    by = managing_editor()
    said = []
    steps: tuple[Callable[[], object], ...] = (
        lambda: updated(article_of(paper.plain), live_from=NOON + 2 * HOUR, headline="Louder"),
        lambda: publishing.withdraw(article_of(paper.linked), live_until=NOON + 3 * HOUR, by=by, at=NOON),
        lambda: publishing.move_withdrawal(
            Edition.objects.get(pk=paper.linked.pk), live_until=NOON + 4 * HOUR, by=by, at=NOON
        ),
        lambda: publishing.keep_live(article_of(paper.linked), by=by, at=NOON),
        lambda: publishing.set_embargo(article_of(paper.upcoming), until=NOON + DAY, by=by, at=NOON),
        lambda: publishing.put_back(
            article_of(paper.upcoming).withheld.get(), live_from=NOON + 2 * DAY, by=by, at=NOON
        ),
        lambda: publishing.cancel(
            Edition.objects.upcoming(at=NOON).get(article=paper.upcoming.article_id), by=by, at=NOON
        ),
        lambda: CHANGES["Section.parent"](paper),
    )
    for step in steps:
        with told() as one:
            step()
        said.append(one.reschedules)
    assert said == [True] * len(steps)


def test_what_begins_while_its_verb_is_committed_is_purged_with_it() -> None:
    paper = printed()
    with undone(), told() as at_once:
        updated(article_of(paper.plain), live_from=NOON + timedelta(seconds=2), headline="Louder")
    with undone(), told() as later:
        updated(article_of(paper.plain), live_from=NOON + HOUR, headline="Louder")
    assert f"teaser:{paper.plain.article_id}" in at_once.keys
    assert later.keys == set()


def test_nothing_depends_on_the_clock_but_what_says_until_when(reader: Reader) -> None:
    paper = printed()
    publishing.cancel(Edition.objects.get(pk=paper.upcoming.pk), by=managing_editor(), at=NOON)
    paths = paper.paths()
    before = held(reader, paths)
    until = {path: page.not_after for path, page in before.items() if page.not_after}
    stories = {each.path: each for each in (paper.story, paper.linked, paper.picked, paper.plain, paper.old[4])}
    assert until.keys() == {*stories, "/news-sitemap.xml", "/.well-known/security.txt"}
    for path, each in stories.items():
        years = (NOON - each.first_published_at) // YEAR
        assert until[path] == each.first_published_at + YEAR * (years + 1)
    reader.at = NOON + 1200 * DAY
    later = held(reader, [path for path in paths if path not in until])
    assert [path for path in later if later[path].body != before[path].body] == []
    for path in until.keys() - stories.keys():
        reader.at = until[path] - timedelta(microseconds=1)
        assert held(reader, [path])[path].body == before[path].body, path
        reader.at = until[path]
        assert held(reader, [path])[path].body != before[path].body, path


def test_story_is_made_anew_on_its_birthday(reader: Reader) -> None:
    paper = printed()
    birthday = paper.plain.first_published_at + YEAR
    reader.at = birthday - timedelta(minutes=1)
    assert held(reader, [paper.plain.path])[paper.plain.path].not_after == birthday
    reader.at = birthday
    assert held(reader, [paper.plain.path])[paper.plain.path].not_after == birthday + YEAR


def test_every_public_page_wears_keys_or_is_never_held(reader: Reader) -> None:
    paper = printed()
    assert set(ARGUMENTS) == set(routes())
    for path, page in held(reader, [*addresses(paper.plain), *addresses(paper.story), *paper.paths()]).items():
        name = reader.client.get(path, secure=True).resolver_match.url_name
        if page.status == 200 and name not in NOT_HELD:
            assert page.keys, path
        if name in NOT_HELD:
            assert not page.keys, path


def test_previews_are_never_held(reader: Reader) -> None:
    paper = printed()
    article = article_of(paper.story)
    by = managing_editor()
    link = preview_links.share(article, revision=kept(article), expires_at=NOON + DAY, by=by, at=NOON)
    page = held(reader, [reverse("shared_preview", args=[preview_links.token(link)])])
    assert [(each.status, each.keys) for each in page.values()] == [(200, frozenset())]


def test_what_is_saved_meanwhile_is_compared_with(reader: Reader) -> None:
    ada = AuthorFactory(name="Ada Holm")
    stale_copy = Author.objects.get(pk=ada.pk)
    ada.name = "Ada Quist"
    ada.save()
    with told() as said:
        stale_copy.save()
    assert f"byline:{ada.pk}" in said.keys


def test_pages_declare_what_they_read_of_their_query(reader: Reader) -> None:
    paper = printed()
    read = {name: {"after"} for name in ("section", "author", "tag", "archive_month", "corrections")}
    read["oembed"] = {"url", "format", "maxwidth", "maxheight"}
    for path, page in held(reader, paper.paths()).items():
        name = reader.client.get(path, secure=True).resolver_match.url_name
        relics = set(redirects.RELICS) if name in redirects.LISTS else set()
        assert page.parameters == read.get(str(name), set()) | relics, path


def test_nothing_changes_past_the_watch_on_what_has_no_verbs() -> None:
    watched = "|".join((*(model.__name__ for model in cache_keys.SHOWN_OF), "Correction"))
    passing_by = re.compile(rf"\b({watched})\.(objects|_default_manager)\b.*\.(update|bulk_update)\(")
    project = Path(__file__).resolve().parent.parent.parent
    found = [
        line.strip()
        for app in ("articles", "authors")
        for file in (project / app).rglob("*.py")
        for line in file.read_text().splitlines()
        if "migrations" not in file.parts and passing_by.search(line)
    ]
    # Erasing tells of it by itself.
    assert found == ['Correction.objects.filter(article=article).update(wrong="", text=ERASED)']
