from django.db import migrations

from core.richtext import blocks
from positions.lineage import identities


def identify(apps, schema_editor):
    """Versions from before: as many identities as paragraphs, known again where they are alike."""
    Version = apps.get_model("positions", "Version")
    before = []
    for version in Version.objects.order_by("position", "number").iterator():
        before = [old for old in before if old.position_id == version.position_id]
        paragraphs = blocks(version.body)
        version.paragraph_ids = identities(version.number, paragraphs, before=before)
        version.save(update_fields=["paragraph_ids"])
        before = [version]


class Migration(migrations.Migration):
    dependencies = [("positions", "0008_documents_and_attachments")]

    operations = [migrations.RunPython(identify, migrations.RunPython.noop, elidable=True)]
