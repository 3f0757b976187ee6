"""What readers find: which stories, in which order, marked where they fit; by pages that nothing shifts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from articles import navigation, publishing
from articles.models import Edition, Section
from articles.searching import candidates, completing, finding
from articles.searching.questions import ask
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
)
from tests.readers import Page, Reader
from tests.test_query_budgets import LIST

pytestmark = pytest.mark.django_db


def found(text: str, *, newest: bool = False) -> list[str]:
    """The headlines that a query finds, in order."""
    ids = finding.find(ask(text), at=NOON, navigation=navigation.load(), newest=newest).ids
    headlines = dict(Edition.objects.filter(pk__in=ids).values_list("pk", "headline"))
    return [headlines[pk] for pk in ids]


def story(headline: str, text: str = "", **more: Any) -> Edition:
    """A live story of few words."""
    return published(**{"headline": headline, "standfirst": "", "body": f"<p>{text or 'Nothing.'}</p>", **more})


def page(reader: Reader, **query: Any) -> Page:
    """The search page."""
    return reader.page(f"/search/?{urlencode(query, doseq=True)}")


def headlines(read: Page) -> list[str]:
    """The headlines on a page of results."""
    return read.text_of("h2", class_="teaser__headline")


@pytest.fixture
def paper(db: None) -> None:
    """Stories that every condition tells apart."""
    world = SectionFactory(name="World affairs", slug="world")
    europe = SectionFactory(name="Europe", slug="europe", parent=world)
    ada, ben = AuthorFactory(name="Zoë Tennick-Voss", slug="zoe"), AuthorFactory(name="Ben Ray", slug="ben-ray")
    story("One", "Ports and ferries. The night shift begins.", section=world, bylines=[ada], tag_names=["Trade wars"])
    story("Two", "Ports. A shift at night.", section=europe, bylines=[ben, ada], at=NOON - 400 * DAY)
    story("Three", "Café society; don’t ask.", bylines=[ben], tag_names=["Trade wars", "Food"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ports", {"One", "Two"}),
        ("PORT", {"One", "Two"}),
        ("night shift", {"One", "Two"}),
        ('"night shift"', {"One"}),
        ("“night shift”", {"One"}),
        ("night-shift", {"One"}),
        ("ports -ferries", {"Two"}),
        ('ports -"night shift"', {"Two"}),
        ("ferries OR cafe", {"One", "Three"}),
        ("café", {"Three"}),
        ("cafe\u0301", {"Three"}),
        ("don't ask", {"Three"}),
        ("zoe", {"One", "Two"}),
        ("author:zoe", {"One", "Two"}),
        ('author:"tennick voss" author:ray', {"Two"}),
        ("author:nobody ports", set()),
        ("-author:zoe cafe", {"Three"}),
        ("-author:zoe ports", set()),
        ("author:ben -cafe", {"Two"}),
        ("section:world", {"One", "Two"}),
        ("section:Europe ports", {"Two"}),
        ('section:"world affairs" -section:europe', {"One"}),
        ("section:europe section:world ports", {"One", "Two"}),
        ("section:nothing ports", set()),
        ('tag:"trade wars"', {"One", "Three"}),
        ("tag:trade-wars tag:food", {"Three"}),
        ("tag:trade-wars -tag:food", {"One"}),
        ("before:2025 ports", {"Two"}),
        ("from:2026 ports", {"One"}),
        ("ports from:2024-12-30 to:2024-12-30", {"Two"}),
        ("ports zebra", set()),
        ("the", set()),
        ("-ports", set()),
    ],
)
def test_a_query_finds_what_it_says(paper: None, text: str, expected: set[str]) -> None:
    assert set(found(text)) == set(found(text, newest=True)) == expected


def test_a_story_is_found_by_the_rules_of_its_own_language(settings: Settings) -> None:
    story("Häuser am Hafen", language="de")
    story("Las elecciones de mañana", language="es")
    story("A new house", "And nothing else.")
    assert found("hausern") == found("Häusern") == ["Häuser am Hafen"]
    assert found("elección") == ["Las elecciones de mañana"]
    # “news” would be “new” by the rules of Spanish.
    assert found("news") == []
    assert found("houses") == ["A new house"]


def test_a_story_of_before_is_found_until_it_is_brought_up_to_date() -> None:
    old = story("Ports and ferries")
    Edition.objects.filter(pk=old.pk).update(search_vector=_as_before("Ports and ferries"))
    assert found("ferry") == ["Ports and ferries"]


def _as_before(text: str) -> Any:
    from django.contrib.postgres.search import SearchVector
    from django.db.models import Value

    return SearchVector(Value(text), config="english", weight="A")


def test_nothing_is_found_that_readers_do_not_see(reader: Reader) -> None:
    kept(ArticleFactory(headline="Zebra draft", bylines=[AuthorFactory(name="Zebra Author")], tag_names=["Zebra tag"]))
    scheduled(live_from=NOON + HOUR, headline="Zebra ahead")
    withdrawn = story("Zebra gone")
    publishing.withdraw(withdrawn.article, by=managing_editor(), at=NOON - MINUTE)
    changed = story("Horse")
    revised(changed.article, at=NOON, headline="Zebra since")
    for query in ("zebra", "zebras", "author:zebra", "tag:zebra-tag", "zebbra"):
        for sort in ("", "newest"):
            read = page(reader, q=query, sort=sort)
            assert headlines(read) == []
            assert read.all("p", class_="results__meant") == []
        assert "<entry>" not in reader.text(f"/search/feed/?q={query}")
    assert json.loads(reader.text("/search/suggest/?q=zebra")) == {"suggestions": []}
    reader.at = NOON + HOUR
    assert headlines(page(reader, q="zebra")) == ["Zebra ahead"]


def test_headlines_weigh_more_than_standfirsts_and_those_more_than_bodies() -> None:
    story("In passing", "Of harbours, once.")
    story("On the whole", standfirst="All about the harbour.")
    story("The harbour", at=NOON - 3000 * DAY)
    story("Nothing", "At all.")
    assert found("harbour") == ["The harbour", "On the whole", "In passing"]


def test_words_side_by_side_weigh_more_than_words_apart() -> None:
    filler = "Something else was said. " * 20
    story("Apart", f"The bank. {filler} A rate.")
    story("Together", f"The bank rate. {filler}", at=NOON - 2 * HOUR)
    assert found("bank rate") == ["Together", "Apart"]


def test_of_equals_the_newer_comes_first() -> None:
    for years in (3, 0, 1):
        story(f"The harbour {years}", at=NOON - HOUR - years * 365 * DAY)
    assert found("harbour") == ["The harbour 0", "The harbour 1", "The harbour 3"]


def test_a_common_word_does_not_hide_what_is_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LATEST", 20)
    monkeypatch.setattr(candidates, "NEAR", 20)
    monkeypatch.setattr(candidates, "RANKED", 10)
    story("The harbour", at=NOON - 300 * DAY)
    for number in range(30):
        story(f"Day {number}", "At the harbour.", at=NOON - DAY - number * HOUR)
    assert found("harbour")[0] == "The harbour"
    answer = finding.find(ask("harbour"), at=NOON, navigation=navigation.load())
    assert answer.has_more


def test_a_rare_word_is_found_however_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LATEST", 5)
    monkeypatch.setattr(candidates, "NEAR", 5)
    author = AuthorFactory(name="Ada Holm", slug="ada-holm")
    story("Long ago", "An aardvark.", at=NOON - 3000 * DAY, bylines=[author], tag_names=["Beasts"])
    for number in range(12):
        story(f"Day {number}", at=NOON - DAY - number * HOUR, bylines=[author], tag_names=["Beasts"])
    for query in ("aardvark", "author:ada-holm aardvark", "tag:beasts aardvark", "aardvark -zebra"):
        assert found(query) == found(query, newest=True) == ["Long ago"]


@pytest.mark.parametrize("sort", ["", "newest"])
def test_pages_show_every_story_once_and_nothing_shifts_them(reader: Reader, sort: str) -> None:
    section = SectionFactory()
    for number in range(45):
        story(f"Harbour {number}", "Harbour. " * (number % 5), section=section, at=NOON - DAY - (number % 7) * HOUR)
    seen: list[str] = []
    path = f"/search/?{urlencode({'q': 'harbour', 'sort': sort})}"
    while path:
        read = reader.page(path)
        seen += headlines(read)
        story(f"Harbour new{len(seen)}", section=section, at=reader.at)
        reader.at += HOUR
        older = read.all("a", class_="pager__older")
        path = older[0]["href"] if older else ""
    assert sorted(seen) == sorted(f"Harbour {number}" for number in range(45))


def test_what_only_leaves_out_can_be_read_to_its_end(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setattr(candidates, "LATEST", 30)
    monkeypatch.setattr(candidates, "NEAR", 30)
    section = SectionFactory(slug="trade")
    for number in range(50):
        story(f"{'Odd' if number % 2 else 'Even'} {number}", section=section, at=NOON - number * HOUR)
    seen: list[str] = []
    path = "/search/?q=section:trade+-odd&sort=newest"
    while path:
        read = reader.page(path)
        seen += headlines(read)
        older = read.all("a", class_="pager__older")
        path = older[0]["href"] if older else ""
    assert seen == [f"Even {number}" for number in range(0, 50, 2)]


@pytest.mark.parametrize("after", ["x", "1-1", "1-1-1", "-", "99999999999999999-1-1", "9" * 40, "1-1-0", "\x00"])
@pytest.mark.parametrize("sort", ["", "newest"])
def test_a_place_that_does_not_exist_is_no_error(reader: Reader, paper: None, after: str, sort: str) -> None:
    assert page(reader, q="ports", after=after, sort=sort)


def test_the_words_that_fit_are_marked_whatever_their_form_and_accents(reader: Reader) -> None:
    story("Cafés & <markets>", "Old <strong>ca</strong>fé owners, at R&amp;D &lt;b&gt;, say the Café’s shut.")
    text = reader.text("/search/?q=cafe")
    assert "<mark>Cafés</mark> &amp; &lt;markets&gt;" in text
    assert "Old <mark>café</mark> owners, at R&amp;D &lt;b&gt;, say the <mark>Café’s</mark> shut" in text


def test_an_extract_says_where_it_begins_and_ends_inside_a_sentence(reader: Reader) -> None:
    story("The harbour", f"Once {'there were many boats ' * 20} and one ferry {'that went out every day ' * 20}.")
    [extract] = page(reader, q="ferry").text_of("p", class_="results__extract")
    assert extract.startswith("… ")
    assert extract.endswith(" …")
    story("The bridge", "Trams cross rivers, and buses go around.")
    [extract] = page(reader, q="trams").text_of("p", class_="results__extract")
    assert extract.startswith("Trams")


def test_a_mark_in_a_text_is_no_markup(reader: Reader) -> None:
    story("Ports \ue000<script>alert(1)</script>\ue001", "Of \ue000ports\ue001.")
    text = reader.text("/search/?q=ports")
    assert "<script>alert" not in text
    assert "\ue000" not in text.replace("Ports \ue000", "")


def test_an_extract_is_read_in_the_storys_language(reader: Reader) -> None:
    story("Am Hafen", "Die Häuser stehen leer.", language="de")
    read = page(reader, q="Häusern")
    assert read.text_of("mark") == ["Häuser"]
    assert read.one("p", class_="results__extract")["lang"] == "de"


def test_where_no_passage_fits_the_teaser_is_shown(reader: Reader) -> None:
    story("The harbour", "Nothing else.", teaser="What there is.")
    assert page(reader, q="harbour").text_of("p", class_="results__extract") == ["What there is."]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tarifs", "tariffs"),
        ("kesing acord", "kessing accord"),
        ("Tarrifs -steel", "Tariffs -steel"),
        ('"kesing accord"', '"kessing accord"'),
        ("author:ada tarifs", "author:ada tariffs"),
        ("halorran", "halloran"),
        ("fishries", "fisheries"),
        ("tariffs", None),
        ("zzyzx", None),
        ("kesing zebra", None),
        ("x", None),
    ],
)
def test_another_spelling_is_offered_where_this_one_finds_nothing(
    reader: Reader, typed: str, meant: str | None
) -> None:
    ada = AuthorFactory(name="Ada Halloran", slug="ada")
    for number in range(4):
        story(
            f"Tariffs and the Kessing accord {number}", bylines=[ada], tag_names=["Fisheries"], standfirst="Fisheries."
        )
    read = page(reader, q=typed)
    assert read.text_of("p", class_="results__meant") == (
        [f"Did you mean {meant} ?".replace(" ?", "?")] if meant else []
    )
    if meant:
        path = read.one("p", class_="results__meant") and read.html.split("results__meant")[1].split('href="')[1]
        assert headlines(reader.page(path.split('"')[0].replace("&amp;", "&")))


def test_facets_narrow_and_chips_widen_again(reader: Reader, paper: None) -> None:
    read = page(reader, q="ports OR cafe")
    facets = {
        path["href"]: None for path in read.all("a") if path.get("href", "").startswith("/search/?q=ports+OR+cafe&")
    }
    assert {"section=world", "section=europe", "author=zoe", "author=ben-ray", "tag=trade-wars", "on=2026"} <= {
        path.rsplit("&", 1)[1] for path in facets
    }
    narrowed = page(reader, q="ports OR cafe", author="ben-ray", on="2024", section="europe")
    assert headlines(narrowed) == ["Two"]
    assert [chip.removeprefix("Remove: ") for chip in narrowed.text_of("li") if chip.startswith("Remove:")] == [
        "Author: Ben Ray ×",
        "Section: Europe ×",
        "In 2024 ×",
    ]
    widened = [path["href"] for path in narrowed.all("a") if path.get("href", "").count("&") == 2]
    assert "/search/?q=ports+OR+cafe&section=europe&on=2024" in widened


def test_a_typed_condition_has_a_chip_too(reader: Reader, paper: None) -> None:
    read = page(reader, q='ports author:"Ben Ray" -tag:food')
    assert [chip for chip in read.text_of("li") if chip.startswith("Remove:")] == [
        "Remove: Author: Ben Ray ×",
        "Remove: Not tag: food ×",
    ]
    assert "/search/?q=ports+-tag%3Afood" in [path.get("href") for path in read.all("a")]


def test_the_form_holds_what_was_asked(reader: Reader, paper: None) -> None:
    read = page(
        reader, q="ports", section="world", author=["zoe", "ben"], tag="", to="2026-03-01", on="2026", sort="newest"
    )
    assert read.one("input", name="q")["value"] == "ports"
    assert read.one("option", value="world")["selected"] == ""
    assert [one["value"] for one in read.all("input", name="author")] == ["zoe", "ben"]
    assert read.one("input", name="to") == {"id": "search-to", "type": "date", "name": "to", "value": "2026-03-01"}
    assert read.one("input", name="on")["type"] == read.one("input", name="sort")["type"] == "hidden"
    assert page(reader, **{"from": "2025"}).one("input", name="from")["type"] == "text"


def test_how_many_there_are_is_said_honestly(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    section = SectionFactory()
    for number in range(12):
        story(f"Harbour {number}", section=section)
    assert page(reader, q="harbour").text_of("p", class_="results__count") == ["12 stories"]
    assert page(reader, q="harbour 7").text_of("p", class_="results__count") == ["1 story"]
    monkeypatch.setattr(candidates, "RANKED", 10)
    assert page(reader, q="harbour").text_of("p", class_="results__count")[0].startswith("More than")


def test_a_search_without_results_helps_on(reader: Reader, paper: None) -> None:
    assert "No story has all of this." in reader.text("/search/?q=zebra")
    assert "Say also what to look for." in reader.text("/search/?q=-zebra")
    assert "Every story has these words." in reader.text("/search/?q=the")
    assert "words side by side" in reader.text("/search/")
    assert "There are no more stories." in reader.text("/search/?q=ports&after=1-1-1")


def test_no_search_engine_lists_what_a_search_finds(reader: Reader, paper: None) -> None:
    for path in ("/search/?q=ports", "/search/?author=zoe"):
        read = reader.page(path)
        assert read.one("link", rel="canonical")["href"] == "https://www.example.org/search/"
        assert read.meta("robots") == "noindex"
    assert reader.page("/search/").meta("robots") != "noindex"
    assert reader.get("/search/suggest/?q=po").headers["X-Robots-Tag"] == "noindex"


def test_every_search_has_a_feed_of_the_newest_that_it_finds(reader: Reader, paper: None) -> None:
    read = page(reader, q="ports", author="zoe", sort="newest")
    feeds = [link["href"] for link in read.all("link", rel="alternate") if "/search/" in link["href"]]
    query = "?q=ports&author=zoe"
    assert feeds == [f"https://www.example.org/search/feed/{each}{query}" for each in ("", "rss/", "json/")]
    atom = reader.text(f"/search/feed/{query}")
    assert atom.index(">One<") < atom.index(">Two<")
    assert "https://www.example.org/search/?q=ports&amp;author=zoe" in atom
    assert [item["title"] for item in json.loads(reader.text(f"/search/feed/json/{query}"))["items"]] == ["One", "Two"]
    assert "<entry" not in reader.text("/search/feed/")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("por", ["Story: Ports of Zürich"]),
        ("zur PORT", ["Story: Ports of Zürich"]),
        ("zür", ["Story: Ports of Zürich"]),
        ("orts", []),
        ("ten", ["Author: Zoë Tennick-Voss"]),
        ("zoe", ["Author: Zoë Tennick-Voss"]),
        ("trad", ["Tag: Trade wars"]),
        ("t", []),
        ("", []),
        ("%", []),
        ("don't", ["Story: Don’t ask"]),
        ("\x00", []),
        ("a" * 1000, []),
    ],
)
def test_what_begins_so_is_offered_while_somebody_types(reader: Reader, typed: str, offered: list[str]) -> None:
    author = AuthorFactory(name="Zoë Tennick-Voss", slug="zoe")
    story("Ports of Zürich", bylines=[author], tag_names=["Trade wars"])
    story("Don’t ask")
    rows = json.loads(reader.text(f"/search/suggest/?q={quote(typed)}"))["suggestions"]
    assert [f"{row['what']}: {row['name']}" for row in rows] == offered
    assert len(reader.queries) <= 2
    for row in rows:
        assert reader.status(row["path"]) == 200


def test_the_latest_headlines_are_not_the_only_ones_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completing, "LATEST", 3)
    story("Aardvarks", at=NOON - 300 * DAY)
    for number in range(5):
        story(f"Day {number}")
    assert [one.name for one in completing.complete("aard", at=NOON)] == ["Aardvarks"]


def test_the_pages_keep_their_budgets(reader: Reader, paper: None) -> None:
    costs = {
        "/search/": 1,
        "/search/?q=ports": 3,
        "/search/?q=ports&sort=newest": 3,
        "/search/?q=author:zoe+tag:trade-wars+section:world+ports+OR+cafe": 3,
        "/search/?q=cofe": 4,
        "/search/suggest/?q=po": 2,
        "/search/feed/?q=ports": 4,
    }
    for path, cost in costs.items():
        reader.get(path)
        assert len(reader.queries) <= cost <= LIST, path
        assert not any(" OFFSET " in sql for sql in reader.queries)


@pytest.mark.parametrize("path", ["/never/heard/of/", "/search/nothing/"])
def test_a_page_that_is_not_there_has_the_search_box(reader: Reader, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 404
    assert Page(response.content.decode()).one("form", role="search")["action"] == "/search/"


HOSTILE = (
    "a" * 100_000,
    "b " * 10_000,
    '"' * 1000,
    "-" * 1000,
    "OR " * 1000,
    ":* & ! | ( ) <-> <1> \\ '",
    "a:*", "!a", "a <-> b", "%", "_", "\\", "';--", "{}", "{0}", "%s", "%(x)s", "\x00", "a\x00b",
    "שלום “עולם” -רע", "\u202etest\u202c", "👩‍👩‍👧‍👦", "\ufeff", "e\u0301" * 50, "author:" * 50, "tag:\x00", "on:٢٠٢٦",
    "section:'\"", "from:2026-02-30", "ﷺ", "𝒽𝒶𝓇𝒷ℴ𝓊𝓇", "İıŞş", "ß", "½", "1e400", "-1", "0x1f", "'", "’",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_ends_in_a_page(reader: Reader, paper: None, text: str) -> None:
    for path in ("/search/", "/search/suggest/", "/search/feed/"):
        for field in ("q", "author"):
            assert reader.status(f"{path}?{field}={quote(text)}") == 200


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%C3", "%00", "a%ED%B0%80b"])
def test_bytes_that_are_no_text_end_in_a_page(reader: Reader, paper: None, raw: str) -> None:
    for path in ("/search/", "/search/suggest/", "/search/feed/"):
        assert reader.status(f"{path}?q={raw}&author={raw}&from={raw}&after={raw}") == 200


TYPED = st.lists(
    st.one_of(st.text(), st.sampled_from(['"', "“", "-", " OR ", "author:", "tag:", "on:2026", "ports", "*", ":"])),
    max_size=12,
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED, TYPED, st.sampled_from(["", "newest"]))
def test_any_text_ends_in_a_page(reader: Reader, paper: None, text: str, other: str, sort: str) -> None:
    query = urlencode({"q": text, "tag": other, "sort": sort}, errors="replace")
    assert reader.status(f"/search/?{query}") == 200
    assert reader.status(f"/search/suggest/?{query}") == 200


def test_which_languages_there_are_is_not_counted_out(paper: None) -> None:
    story("Am Hafen", language="de")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT FROM articles_edition AS story"
            " WHERE story.language = 'de' AND story.language <> '' AND NOT story.retired"
        )
        assert "edition_by_other_language" in cursor.fetchall()[0][0]


def test_a_section_is_named_by_slug_or_name(paper: None) -> None:
    assert Section.objects.filter(slug="world").exists()
    assert found("section:WORLD") == found('section:"World Affairs"') == ["One", "Two"]
