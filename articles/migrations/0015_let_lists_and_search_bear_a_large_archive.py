"""Corrections are listed from an index, and the index of words knows the weeks of its stories.

All of it is done while the site is at work: indexes are built beside readers and writers, and the old ones go last.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import AddIndexConcurrently, BtreeGinExtension, RemoveIndexConcurrently
from django.db import migrations, models

WEEK = """
CREATE FUNCTION newsroom_week(at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN floor(extract(epoch FROM at - timestamptz '2000-01-03 00:00:00+00') / 604800)::int
"""


class Migration(migrations.Migration):
    # What is built beside readers and writers cannot be part of a transaction.
    atomic = False

    dependencies = [
        ("articles", "0014_let_search_read_every_language"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="correction",
            index=models.Index(fields=["-published_at", "-id"], name="correction_newest_first"),
        ),
        BtreeGinExtension(),
        migrations.RunSQL(WEEK, "DROP FUNCTION newsroom_week(timestamptz)"),
        AddIndexConcurrently(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search_vector"),
                models.Func(
                    models.F("search_vector"),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="ts_filter(%(expressions)s, '{a}')",
                ),
                models.Func(
                    models.F("first_published_at"), function="newsroom_week", output_field=models.IntegerField()
                ),
                condition=models.Q(("retired", False)),
                name="edition_words",
            ),
        ),
        RemoveIndexConcurrently(model_name="edition", name="edition_search"),
        RemoveIndexConcurrently(model_name="edition", name="edition_search_headline"),
    ]
