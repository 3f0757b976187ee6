"""A person at the desk, at an instant of the test's choosing: opens forms, posts them, presses buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON

if TYPE_CHECKING:
    from articles.models import Article
    from authors.models import User


@dataclass
class Desk:
    """A browser in which `user` is signed in. `queries` holds the SQL of the last page."""

    user: User
    at: datetime = NOON
    client: Client = field(default_factory=Client)
    queries: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client.force_login(self.user, backend="authors.backends.DeskBackend")

    def get(self, path: str, **query: str) -> Any:
        """Ask for a page of the desk."""
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path, query, secure=True)
        self.queries = [each["sql"] for each in captured.captured_queries]
        return response

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """Post to an address of the desk."""
        return self.client.post(path, data or {}, secure=True)

    def form_of(self, article: Article | None) -> dict[str, Any]:
        """What the browser would post of a story's form, as it stands."""
        path = f"/admin/articles/article/{article.pk}/change/" if article else "/admin/articles/article/add/"
        response = self.get(path)
        assert response.status_code == 200, f"{path} answered {response.status_code}"
        form = response.context["adminform"].form
        data: dict[str, Any] = {}
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                data[f"{bound.html_name}-shown"] = "1"
            data[bound.html_name] = "" if value is None else value
        if article:
            data["revision"] = response.context["stored"].head_revision_id or ""
        return data

    def save(self, article: Article | None, **changes: Any) -> Any:
        """Open a story's form, change something, and save it."""
        path = f"/admin/articles/article/{article.pk}/change/" if article else "/admin/articles/article/add/"
        return self.post(path, self.form_of(article) | changes)

    def press(self, verb: str, article: Article, **answers: Any) -> Any:
        """Press a verb's button without the form's text; `answers` are its dialog's fields."""
        data = {f"{verb}-{name}": value for name, value in answers.items()}
        return self.post(verb_path(article, verb), data | {"revision": article.head_revision_id or ""})


def verb_path(article: Article, verb: str) -> str:
    """The address of a verb."""
    return f"/admin/articles/article/{article.pk}/do/{verb}/"


def said(response: Any) -> str:
    """Every message that a response leaves for the next page."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
