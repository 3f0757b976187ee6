"""The desk's door and the readers' front, as a browser sees them: nothing that their policies refuse is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from authors.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_signs_in_and_lands_at_the_desk(browser_page: Page) -> None:
    User.objects.create_superuser("managing", password="a northmere password")
    browser_page.goto("/admin/")
    browser_page.fill("input[name=username]", "managing")
    browser_page.fill("input[name=password]", "a northmere password")
    browser_page.click("button[type=submit]")
    browser_page.wait_for_url("**/admin/")
    assert [cookie["path"] for cookie in browser_page.context.cookies()] == ["/admin/"] * 2


def test_the_front_sets_no_cookie(browser_page: Page) -> None:
    response = browser_page.goto("/")
    assert response is not None
    assert response.status == 200
    assert browser_page.context.cookies() == []
