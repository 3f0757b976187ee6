"""Two indexes for the desk: parts of headlines, and a path's owner that is no longer mistaken for a story's editions."""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_call_things_as_the_desk_does"),
        ("authors", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.RemoveConstraint(
            model_name="edition",
            name="edition_path_belongs_to_one_story",
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("headline"), name="gin_trgm_ops"
                ),
                name="article_by_part_of_headline",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("path", "="),
                    (django.db.models.expressions.CombinedExpression(models.F("article"), "+", models.Value(0)), "<>"),
                ],
                name="edition_path_belongs_to_one_story",
            ),
        ),
    ]
