"""Where else an author is found: addresses of the web, checked when they are typed, shown on the author's page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from authors.models import Author
from tests.factories import AuthorFactory, published
from tests.readers import Reader

pytestmark = pytest.mark.django_db

ELSEWHERE = "https://www.example.org/ada\nmailto:ada@example.org"


def test_authors_page_leads_to_where_else_they_are(reader: Reader) -> None:
    ada = AuthorFactory(name="Ada Holm", slug="ada-holm", elsewhere=ELSEWHERE)
    published(bylines=[ada])
    page = reader.page("/authors/ada-holm/")
    assert [link["href"] for link in page.all("a", rel="me")] == ELSEWHERE.split()
    assert page.text_of("a", rel="me") == ["example.org", "ada@example.org"]
    [profile] = [data for data in page.json_ld if data["@type"] == "ProfilePage"]
    assert profile["mainEntity"]["sameAs"] == ["https://www.example.org/ada"]


@pytest.mark.parametrize(
    "line",
    ["javascript:alert(1)", "example.org", "mailto:nobody", "ftp://example.org/", "https://", "data:text/html,x"],
)
def test_what_is_no_address_of_the_web_is_refused_and_named(line: str) -> None:
    author = Author(name="Ada", slug="ada", elsewhere=f"https://example.org/\n{line}")
    with pytest.raises(ValidationError, match="is no address of the web") as refused:
        author.full_clean()
    assert line in str(refused.value)
    assert list(refused.value.message_dict) == ["elsewhere"]
