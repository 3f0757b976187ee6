"""Who may what, asked of the database once for each request: a person's own permissions and those of their role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


class DeskBackend(ModelBackend):
    """Django's own backend, with one query where that has two. Every page of the desk begins with it."""

    def get_all_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None) -> set[str]:
        """What an active person may, as "app.codename"; nothing for anybody else, and nothing for single objects."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        held: set[str] | None = getattr(user_obj, "_perm_cache", None)  # Django's own name, which tests clear
        if held is None:
            permissions = Permission.objects.all()
            if not getattr(user_obj, "is_superuser", False):
                permissions = permissions.filter(Q(user=user_obj.pk) | Q(group__user=user_obj.pk))
            found = permissions.order_by().values_list("content_type__app_label", "codename").distinct()
            held = {f"{app}.{codename}" for app, codename in found}
            user_obj._perm_cache = held  # type: ignore[attr-defined]
        return held
