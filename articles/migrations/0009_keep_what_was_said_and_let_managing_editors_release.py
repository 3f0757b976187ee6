"""Comments and openings of preview links are written once and stay; managing editors may release a legal block."""

from django.db import migrations

TABLES = ("articles_comment", "articles_previewopening")

CREATE = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION newsroom_append_only();\n"
    for table in TABLES
)
DROP = "".join(f"DROP TRIGGER append_only ON {table};\n" for table in TABLES)


def add_permissions(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="article"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="release_legal_article",
        defaults={"name": "Can release a colleague’s legal block"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Managing editor"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_what_a_desk_of_thirty_needs")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunPython(add_permissions, migrations.RunPython.noop),
    ]
