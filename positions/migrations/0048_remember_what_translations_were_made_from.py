from django.db import migrations

from core.translated import made_from

TRANSLATED = [
    ("core", "SpecialDay", ("name",)),
    ("members", "Authority", ("name",)),
    ("sections", "Section", ("name", "mission")),
    ("sections", "Goal", ("title",)),
    ("sections", "GoalPoint", ("text",)),
    ("positions", "LawProfile", ("name",)),
]


def remember(apps, schema_editor):
    """The translations there are were published along with today's originals."""
    for app, name, fields in TRANSLATED:
        model = apps.get_model(app, name)
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(made_from=made_from(row, fields, {}))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_names_know_their_original"),
        ("members", "0005_libraries_speak_more_languages"),
        ("positions", "0047_positions_have_translations"),
        ("sections", "0007_translations_know_their_original"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
