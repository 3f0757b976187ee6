"""A story that two people have open: its form’s address, what all of it says, and a form that came back."""

from __future__ import annotations

import json
from typing import Any

from articles.models import Article, Revision
from tests.factories import ArticleFactory, kept


def change(article: Article) -> str:
    """The address of a story's form."""
    return f"/admin/articles/article/{article.pk}/change/"


def story_of_three_paragraphs() -> Article:
    """A story with a revision."""
    made: Article = ArticleFactory(headline="As it was", body="<p>One.</p><p>Two.</p><p>Three.</p>")
    kept(made)
    made.refresh_from_db()
    return made


def texts(article: Article) -> str:
    """Everything that the story and its revisions say."""
    revisions = Revision.objects.filter(article=article)
    return "".join(json.dumps(each.content, ensure_ascii=False) + each.body for each in revisions)


def again(response: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would post of a form that came back, with some changes."""
    assert response.status_code == 200
    form = response.context["adminform"].form
    data: dict[str, Any] = {"seen": response.context["panel"].seen}
    for bound in form:
        value = bound.value()
        if isinstance(value, list):
            data[f"{bound.html_name}-shown"] = "1"
        data[bound.html_name] = "" if value is None else value
    late = response.context["late"]
    if late and late.choices:
        data["clash"] = list(late.choices)
        data["aside"] = late.aside.pk if late.aside else ""
        data["opened"] = late.opened.pk if late.opened else ""
    return data | changes
