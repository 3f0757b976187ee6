from django.db import migrations, models


def take_the_last_save(apps, schema_editor):
    """What waited already came to wait some time before it was last saved: nothing closer is known."""
    waiting = apps.get_model("articles", "Article").objects.exclude(stage="draft").filter(stage_since=None)
    waiting.update(stage_since=models.F("saved_at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_tell_revisions_that_were_set_aside")]

    operations = [migrations.RunPython(take_the_last_save, migrations.RunPython.noop)]
