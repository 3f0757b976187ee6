"""The three roles. Historical models only; content types and permissions are made here, as their own signal comes later."""

from django.db import migrations

LABELS = {
    "add": "Can add",
    "change": "Can change",
    "delete": "Can delete",
    "view": "Can view",
}

# model: (verbose name, actions)
WRITER = {
    ("articles", "article"): ("article", ["view", "add", "change"]),
    ("articles", "photo"): ("photo", ["view", "add", "change"]),
    ("articles", "section"): ("section", ["view"]),
    ("authors", "author"): ("author", ["view"]),
    ("taggit", "tag"): ("tag", ["view"]),
}
EDITOR = WRITER | {
    ("taggit", "tag"): ("tag", ["view", "add", "change"]),
}
MANAGING_EDITOR = EDITOR | {
    ("articles", "photo"): ("photo", ["view", "add", "change", "delete"]),
    ("articles", "section"): ("section", ["view", "add", "change", "delete"]),
    ("authors", "author"): ("author", ["view", "add", "change", "delete"]),
    ("authors", "user"): ("user", ["view", "add", "change"]),
    ("taggit", "tag"): ("tag", ["view", "add", "change", "delete"]),
}

EDITOR_VERBS = {
    "edit_any_article": "Can edit every story",
    "publish_article": "Can publish, schedule and withdraw stories",
    "correct_article": "Can correct published stories",
}
MANAGING_EDITOR_VERBS = EDITOR_VERBS | {
    "readdress_article": "Can change the address of a published story",
    "erase_article": "Can erase a story for a legal order",
}

ROLES = {
    "Writer": (WRITER, {}, False),
    "Editor": (EDITOR, EDITOR_VERBS, False),
    "Managing editor": (MANAGING_EDITOR, MANAGING_EDITOR_VERBS, True),
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for role, (models, verbs, manages_people) in ROLES.items():
        permissions = [
            permission(apps, app, model, f"{action}_{model}", f"{LABELS[action]} {name}")
            for (app, model), (name, actions) in models.items()
            for action in actions
        ]
        permissions += [permission(apps, "articles", "article", verb, label) for verb, label in verbs.items()]
        if manages_people:
            permissions.append(
                permission(apps, "authors", "user", "manage_people", "Can manage people and their roles")
            )
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(permissions)


def permission(apps, app, model, codename, name):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_append_only_records"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("authors", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
