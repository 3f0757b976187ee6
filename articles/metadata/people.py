"""Authors: the page of each, the list of all, and what structured data says of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.metadata.lists import listed
from articles.metadata.publisher import SCHEMA, organisation
from articles.metadata.words import description
from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import Head

if TYPE_CHECKING:
    from articles.listing import Cursor
    from authors.models import Author


def author(author: Author, *, after: Cursor | None) -> Head:
    """An author's page."""
    named = {"author": author.name, "role": author.role, "newspaper": newspaper().name}
    biography = " ".join(author.biography.split())
    path = author.get_absolute_url()
    whole: dict[str, Any] = {**person(author), "worksFor": organisation()}
    if author.portrait:
        whole["image"] = absolute(author.portrait.url)
    if biography:
        whole["description"] = biography
    if elsewhere := [link.url for link in author.links if link.is_page]:
        whole["sameAs"] = elsewhere
    return listed(
        author.name,
        description(
            biography,
            _("%(author)s, %(role)s at %(newspaper)s.") % named if author.role else "",
            _("Stories by %(author)s in %(newspaper)s.") % named,
        ),
        path,
        after=after,
        feed=address("author_feed", author.slug),
        kind="profile",
        steps=[(_("Authors"), address("authors")), (author.name, path)],
        structured=(
            {
                "@context": SCHEMA,
                "@type": "ProfilePage",
                "name": author.name,
                "url": absolute(path),
                "inLanguage": newspaper().language,
                "mainEntity": whole,
            },
        ),
    )


def authors() -> Head:
    """The list of all authors."""
    words = _("The people who write for %(newspaper)s.") % {"newspaper": newspaper().name}
    return listed(_("Authors"), words, address("authors"), after=None)


def person(author: Author) -> dict[str, Any]:
    """A person by name, page and what they do."""
    known = {"@type": "Person", "name": author.name, "url": absolute(author.get_absolute_url())}
    return {**known, "jobTitle": author.role} if author.role else known
