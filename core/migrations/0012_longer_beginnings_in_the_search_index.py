"""Beginnings of up to eleven letters are kept by SQLite's index: it is made anew."""

from django.db import migrations

from core.search import index


def made_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        index.remove(schema_editor.connection)
        index.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0011_public_records_say_when_they_changed")]

    operations = [migrations.RunPython(made_anew, migrations.RunPython.noop)]
