from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("positions", "0043_what_is_overdue_is_told_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="position",
            name="evaluated_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="evaluated"),
        ),
    ]
