from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="crops",
            field=models.JSONField(
                default=list,
                editable=False,
                help_text="As renditions, of a part around the focal point; `cut` names which.",
            ),
        ),
    ]
