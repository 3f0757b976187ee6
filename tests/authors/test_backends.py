"""Rights come from the role and the person's own permissions, in one query, and end with the login."""

from __future__ import annotations

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.permissions import Role
from authors.backends import DeskBackend
from authors.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [None, *Role])
def test_permissions_are_those_of_djangos_own_backend_in_one_query(role: Role | None) -> None:
    user: User = UserFactory(role=role)
    user.user_permissions.add(Permission.objects.get(codename="view_session"))
    with CaptureQueriesContext(connection) as asked:
        found = DeskBackend().get_all_permissions(User.objects.get(pk=user.pk))
    assert len(asked.captured_queries) == 2  # one of them read the person
    assert found == ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
    assert "sessions.view_session" in found


def test_nobody_may_anything_once_their_login_has_ended() -> None:
    user: User = UserFactory(role=Role.EDITOR)
    assert user.has_perm("articles.publish_article")
    ended = User.objects.get(pk=user.pk)
    ended.is_active = False
    assert not ended.has_perm("articles.publish_article")
    assert DeskBackend().get_all_permissions(ended) == set()
    assert DeskBackend().get_all_permissions(user, obj=user) == set()


def test_a_superuser_may_everything_as_in_django() -> None:
    user: User = UserFactory(is_superuser=True)
    assert DeskBackend().get_all_permissions(user) == ModelBackend().get_all_permissions(User.objects.get(pk=user.pk))
