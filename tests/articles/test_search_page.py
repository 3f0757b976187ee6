"""The search page: marks where words fit, other spellings, conditions, what the box offers; anything ends in a page."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.searching import candidates, completing
from tests.articles.searched_paper import headlines, page, printed, story
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
)
from tests.readers import Page, Reader
from tests.test_query_budgets import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db: None) -> None:
    """Some stories."""
    printed()


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


@pytest.mark.parametrize("typed", ["univ", "universi", "universities", "Univérsities 1", "o'br", "o’brien"])
@pytest.mark.parametrize("indexed", [4, 10_000])
def test_headlines_beyond_the_latest_are_offered_the_newest_first(
    monkeypatch: pytest.MonkeyPatch, typed: str, indexed: int
) -> None:
    monkeypatch.setattr(completing, "LATEST", 3)
    monkeypatch.setattr(completing, "INDEXED", indexed)
    for number in range(3):
        story(f"Day {number}", at=NOON - number * HOUR)
    for number in range(12):
        story(f"Universities {number} tell O’Brien", at=NOON - DAY - 30 * number * DAY)
    fitting = [number for number in range(12) if typed[-1] != "1" or str(number).startswith("1")]
    assert [one.name for one in completing.complete(typed, at=NOON)] == [
        f"Universities {number} tell O’Brien" for number in fitting[:5]
    ]


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
