from django.db import migrations

from core.richtext import words
from positions.citations import citations


def find(apps, schema_editor):
    """Texts from before: what they cite is found as it is found when a text is saved."""
    Position, Law = apps.get_model("positions", "Position"), apps.get_model("positions", "Law")
    for position in Position.objects.exclude(current=None).select_related("current").iterator():
        text = position.current
        points = text.points.order_by("number").values_list("text", flat=True)
        said = " ".join([text.title, words(text.body), *points])
        laws = [Law.objects.get_or_create(citation=named)[0] for named in citations(said)]
        position.laws.set(laws)


class Migration(migrations.Migration):
    dependencies = [("positions", "0009_identify_paragraphs_of_old_versions")]

    operations = [migrations.RunPython(find, migrations.RunPython.noop, elidable=True)]
