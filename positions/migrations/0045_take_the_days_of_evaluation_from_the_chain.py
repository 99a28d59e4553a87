from django.db import migrations


def take_from_the_chain(apps, schema_editor):
    Position = apps.get_model("positions", "Position")
    AuditEntry = apps.get_model("core", "AuditEntry")
    acts = AuditEntry.objects.filter(
        content_type__app_label="positions", content_type__model="position", action="evaluate"
    )
    for pk, at in acts.order_by("seq").values_list("object_id", "at"):
        Position.objects.filter(pk=pk).update(evaluated_at=at)


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_working_days"),
        ("positions", "0044_evaluations_have_their_day"),
    ]

    operations = [
        migrations.RunPython(take_from_the_chain, migrations.RunPython.noop),
    ]
