"""Until now every further vote counted as the repetition of one that missed its quorum."""

from django.db import migrations


def mark(apps, schema_editor):
    apps.get_model("positions", "Ballot").objects.filter(round__gt=1).update(is_repeat=True)


class Migration(migrations.Migration):
    dependencies = [("positions", "0021_votes_are_repeated_and_reminded")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
