"""Looking after people: exactly one role each, nobody raises their own, and nobody reaches a superuser."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from articles.permissions import Role
from authors.models import Author, User
from tests.articles.admin.conftest import Newsroom, newsroom
from tests.desk import Desk
from tests.factories import AuthorFactory, UserFactory

__all__ = ["newsroom"]

LOGINS = "/admin/authors/user/"
PASSWORD = "a long enough password 42"


def _group(role: Role) -> str:
    return str(Group.objects.get(name=role).pk)


def _data(user: User, **changes: Any) -> dict[str, Any]:
    groups = user.groups.first()
    data = {"username": user.username, "role": str(groups.pk) if groups else "", "is_active": "on"} | changes
    return {name: value for name, value in data.items() if value is not None}


@pytest.fixture
def chief(newsroom: Newsroom) -> Desk:
    """A managing editor."""
    return newsroom.desk(Role.MANAGING_EDITOR)


@pytest.mark.parametrize("role", list(Role))
def test_a_new_login_gets_exactly_the_role_that_was_chosen(chief: Desk, role: Role) -> None:
    data = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD, "role": _group(role)}
    response = chief.post(f"{LOGINS}add/", data | {"is_superuser": "on", "user_permissions": ["1"]})
    assert response.status_code == 302, response.context["errors"]
    made = User.objects.get(username="newcomer")
    assert [group.name for group in made.groups.all()] == [role]
    assert made.check_password(PASSWORD)
    assert made.is_staff
    assert not made.is_superuser
    assert not made.user_permissions.exists()


def test_a_login_without_a_role_is_not_made(chief: Desk) -> None:
    data = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}
    assert chief.post(f"{LOGINS}add/", data).status_code == 200
    other = Group.objects.create(name="Something else")
    assert chief.post(f"{LOGINS}add/", data | {"role": str(other.pk)}).status_code == 200
    assert not User.objects.filter(username="newcomer").exists()


def test_a_role_is_changed_and_a_login_made_inactive(chief: Desk) -> None:
    person = UserFactory(role=Role.WRITER)
    data = _data(person, role=_group(Role.EDITOR), is_active=None)
    assert chief.post(f"{LOGINS}{person.pk}/change/", data).status_code == 302
    person.refresh_from_db()
    assert [group.name for group in person.groups.all()] == [Role.EDITOR]
    assert not person.is_active


def test_what_is_not_in_the_form_changes_nothing(chief: Desk) -> None:
    person = UserFactory(role=Role.WRITER)
    posted = {
        "is_superuser": "on",
        "is_staff": "",
        "groups": [_group(Role.MANAGING_EDITOR)],
        "user_permissions": [str(Permission.objects.values_list("pk", flat=True)[0])],
        "password": "x",
    }
    before = person.password
    assert chief.post(f"{LOGINS}{person.pk}/change/", _data(person, **posted)).status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser
    assert person.is_staff
    assert person.password == before
    assert [group.name for group in person.groups.all()] == [Role.WRITER]
    assert not person.user_permissions.exists()


def test_nobody_changes_their_own_role_or_locks_themselves_out(chief: Desk) -> None:
    data = _data(chief.user, role=_group(Role.WRITER), is_active=None, first_name="Ada")
    assert chief.post(f"{LOGINS}{chief.user.pk}/change/", data).status_code == 302
    chief.user.refresh_from_db()
    assert chief.user.first_name == "Ada"
    assert chief.user.is_active
    assert [group.name for group in chief.user.groups.all()] == [Role.MANAGING_EDITOR]


@pytest.mark.parametrize("page", ["change", "password", "history", "delete"])
def test_a_superuser_does_not_exist_for_a_managing_editor(chief: Desk, page: str) -> None:
    root = UserFactory(username="root", is_superuser=True)
    root.set_password(PASSWORD)
    root.save()
    posted = {"username": "taken", "password1": PASSWORD + "x", "password2": PASSWORD + "x", "usable_password": "true"}
    response = chief.post(f"{LOGINS}{root.pk}/{page}/", posted | {"role": _group(Role.WRITER)})
    assert response.status_code in {302, 403, 404}
    root.refresh_from_db()
    assert root.username == "root"
    assert root.check_password(PASSWORD)
    assert "root" not in chief.get(LOGINS).content.decode()


def test_a_password_is_set_for_somebody_else(chief: Desk) -> None:
    person = UserFactory(role=Role.WRITER)
    path = f"{LOGINS}{person.pk}/password/"
    assert path in chief.get(f"{LOGINS}{person.pk}/change/").content.decode()
    assert chief.get(path).status_code == 200
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert chief.post(path, data).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("lookup", ["password__startswith", "groups__name", "email__contains", "is_superuser__exact"])
def test_the_list_answers_no_questions_through_secrets(chief: Desk, lookup: str) -> None:
    assert chief.get(LOGINS, **{lookup: "1"}).status_code == 400
    assert chief.get("/admin/authors/author/", **{f"user__{lookup}": "1"}).status_code == 400


def test_logins_are_never_deleted(chief: Desk) -> None:
    person = UserFactory(role=Role.WRITER)
    assert chief.post(f"{LOGINS}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


def test_an_author_keeps_a_former_address_and_none_takes_it(chief: Desk) -> None:
    author = AuthorFactory(name="Ada", slug="ada")
    data = {"name": "Ada", "slug": "ada-kilbride", "role": "", "biography": "", "user": ""}
    assert chief.post(f"/admin/authors/author/{author.pk}/change/", data).status_code == 302
    refused = chief.post("/admin/authors/author/add/", data | {"name": "Another Ada", "slug": "ada"})
    assert "was the address of Ada" in refused.content.decode()
    assert Author.objects.count() == 1


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR])
def test_other_roles_see_no_logins(newsroom: Newsroom, role: Role) -> None:
    desk = newsroom.desk(role)
    assert desk.get(LOGINS).status_code == 403
    assert "Logins" not in desk.get("/admin/").content.decode()
