"""Search reads every language by its own rules with accents folded, and finds headlines by parts and by likeness.

Vectors of before stay as they are; `manage.py reindex_search` brings them up to date while the site is at work.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# PostgreSQL's stemmers; those with a list of words that are too common to be looked for are marked.
STEMMERS = {
    "arabic": False, "armenian": False, "basque": False, "catalan": False, "danish": True, "dutch": True,
    "english": True, "finnish": True, "french": True, "german": True, "greek": False, "hindi": False,
    "hungarian": True, "indonesian": False, "irish": False, "italian": True, "lithuanian": False, "nepali": True,
    "norwegian": True, "portuguese": True, "romanian": False, "russian": True, "serbian": False, "spanish": True,
    "swedish": True, "tamil": False, "turkish": True,
}  # fmt: skip

# The extension's schema is written out: indexes are rebuilt and dumps restored without a search path.
FOLD = """
DO $do$
DECLARE home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'unaccent');
BEGIN
    EXECUTE format($fmt$
        CREATE FUNCTION newsroom_fold(words text) RETURNS text
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
        BEGIN
            RETURN ' ' || translate(
                lower(%1$s.unaccent('%1$s.unaccent'::regdictionary, words)),
                $chars$"'`´‘’‚“”„‹›«»()[]{}<>-‐‑–—−/\\|.,:;!?…·•*+=&%%#@_$chars$ || chr(160),
                repeat(' ', 60)
            ) || ' ';
        END $fn$
    $fmt$, home);
END $do$
"""


def configuration(stemmer):
    """A configuration that drops words which are too common, folds accents, and stems, in this order.

    Common words go first: the lists have them with their accents.
    """
    name, own = f"newsroom_{stemmer}", f"{stemmer}_stem"
    statements = [f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = pg_catalog.{stemmer})"]
    dictionaries = ["unaccent", own]
    if STEMMERS[stemmer]:
        statements.append(
            f"CREATE TEXT SEARCH DICTIONARY {name}_common "
            f"(TEMPLATE = pg_catalog.simple, STOPWORDS = {stemmer}, ACCEPT = false)"
        )
        dictionaries.insert(0, f"{name}_common")
    statements.append(
        f"ALTER TEXT SEARCH CONFIGURATION {name} "
        f"ALTER MAPPING FOR word, hword, hword_part WITH {', '.join(dictionaries)}"
    )
    statements.append(
        f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR numword, numhword WITH unaccent, simple"
    )
    return statements


def no_configuration(stemmer):
    """Take it away again."""
    drop = [f"DROP TEXT SEARCH CONFIGURATION newsroom_{stemmer}"]
    return [*drop, f"DROP TEXT SEARCH DICTIONARY newsroom_{stemmer}_common"] if STEMMERS[stemmer] else drop


SIMPLE = [
    "CREATE TEXT SEARCH CONFIGURATION newsroom_simple (COPY = pg_catalog.simple)",
    "ALTER TEXT SEARCH CONFIGURATION newsroom_simple "
    "ALTER MAPPING FOR word, hword, hword_part, numword, numhword WITH unaccent, simple",
]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_let_a_story_have_a_language_and_a_disclosure"),
    ]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION newsroom_fold(text)"),
        migrations.RunSQL(SIMPLE, "DROP TEXT SEARCH CONFIGURATION newsroom_simple"),
        *(migrations.RunSQL(configuration(each), no_configuration(each)) for each in STEMMERS),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_vector"),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    template="ts_filter(%(expressions)s, '{a}')",
                ),
                condition=models.Q(("retired", False)),
                name="edition_search_headline",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(models.F("headline"), function="newsroom_fold", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                condition=models.Q(("retired", False)),
                name="edition_by_part_of_headline",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("retired", False), models.Q(("language", ""), _negated=True)),
                fields=["language"],
                name="edition_by_other_language",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(models.F("headline"), function="newsroom_fold", output_field=models.TextField()),
                    name="gin_trgm_ops",
                ),
                name="article_by_folded_headline",
            ),
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_by_part_of_headline",
        ),
    ]
