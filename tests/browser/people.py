"""People who sign in with a password, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import UserFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.permissions import Role
    from authors.models import User

PASSWORD = "a northmere password"


def person(name: str, role: Role) -> User:
    """A colleague with a role, who has a password."""
    user: User = UserFactory(username=name, role=role)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(page: Page, user: User) -> None:
    """Sign in as `user`, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto("/admin/")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
