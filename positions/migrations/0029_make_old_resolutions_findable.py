from django.db import migrations

from core.text import fold

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def find(apps, schema_editor):
    """What the model derives at each save, for those that were there before."""
    BoardDecision = apps.get_model("positions", "BoardDecision")
    for each in BoardDecision.objects.select_related("position__section").iterator():
        day, position = each.decided_on, each.position
        number = f"{each.number}/{each.year}. ({ROMAN[day.month - 1]}. {day.day}.)"
        reference = f"{position.section.code}-{position.year}/{position.number:03}"
        each.search_text = fold(f"{number} {position.title} {reference}")
        each.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("positions", "0028_resolutions_besides_positions")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop, elidable=True)]
