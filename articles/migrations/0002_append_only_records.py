"""Let the database itself refuse to change or delete what is written once: revisions, corrections, audit rows."""

from django.db import migrations

TABLES = ("articles_revision", "articles_correction", "articles_event")

CREATE = """
CREATE FUNCTION newsroom_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The verb that erases for a legal order sets this for its own transaction, and nothing else does.
    IF current_setting('newsroom.erasing', true) = 'on' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION newsroom_append_only();\n"
    for table in TABLES
)

DROP = "".join(f"DROP TRIGGER append_only ON {table};\n" for table in TABLES) + "DROP FUNCTION newsroom_append_only();"


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
