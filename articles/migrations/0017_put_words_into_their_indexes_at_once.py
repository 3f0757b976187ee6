"""What is published goes into the indexes of words at once, and not into a list that every search reads through.

No index is built anew: the setting changes, which takes a moment, and what waits is put where it belongs.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

INDEXES = ("edition_words", "edition_by_part_of_headline", "article_by_folded_headline")


class Migration(migrations.Migration):
    # Not in one transaction, which would keep the locks of the first statements until the last has ended.
    atomic = False

    dependencies = [
        ("articles", "0016_keep_how_many_words_an_edition_has"),
    ]

    operations = [
        *(
            migrations.RunSQL(f"ALTER INDEX {name} SET (fastupdate = off)", f"ALTER INDEX {name} RESET (fastupdate)")
            for name in INDEXES
        ),
        *(migrations.RunSQL(f"SELECT gin_clean_pending_list('{name}')", "") for name in INDEXES),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex(
                    model_name="article",
                    name="article_by_folded_headline",
                ),
                migrations.RemoveIndex(
                    model_name="edition",
                    name="edition_by_part_of_headline",
                ),
                migrations.RemoveIndex(
                    model_name="edition",
                    name="edition_words",
                ),
                migrations.AddIndex(
                    model_name="article",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                models.F("headline"), function="newsroom_fold", output_field=models.TextField()
                            ),
                            name="gin_trgm_ops",
                        ),
                        fastupdate=False,
                        name="article_by_folded_headline",
                    ),
                ),
                migrations.AddIndex(
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
                        fastupdate=False,
                        name="edition_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="edition",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                models.F("headline"), function="newsroom_fold", output_field=models.TextField()
                            ),
                            name="gin_trgm_ops",
                        ),
                        condition=models.Q(("retired", False)),
                        fastupdate=False,
                        name="edition_by_part_of_headline",
                    ),
                ),
            ],
        ),
    ]
