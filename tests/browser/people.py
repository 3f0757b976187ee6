"""People at the desk in a real browser. They sign in by a session of their own, unless a test is about signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client

from tests.factories import UserFactory

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from articles.permissions import Role
    from authors.models import User

PASSWORD = "a northmere password"
ADD = "/admin/articles/article/add/"


def person(name: str, role: Role) -> User:
    """A colleague with a role, who has a password."""
    user: User = UserFactory(username=name, role=role)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(context: BrowserContext, user: User) -> None:
    """Sign in as `user` without the detour over the form; whoever was signed in before is no longer."""
    client = Client()
    client.force_login(user, backend="authors.backends.DeskBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "127.0.0.1", "path": "/admin/"}
    context.clear_cookies()
    context.add_cookies([cookie])


def sign_in_by_the_form(page: Page, user: User) -> None:
    """Sign in as `user` with name and password, whoever was signed in before; ends on the desk's first page."""
    page.context.clear_cookies()
    page.goto("/admin/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
