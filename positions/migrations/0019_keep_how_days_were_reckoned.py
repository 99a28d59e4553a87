"""Due dates that were set keep their calculation: so many calendar days, nothing moved."""

from django.db import migrations


def keep(apps, schema_editor):
    Submission = apps.get_model("positions", "Submission")
    for sent in Submission.objects.exclude(due_on=None).select_related("law_profile"):
        sent.reckoning = {
            "started_on": sent.sent_on.isoformat(),
            "days": sent.answer_days,
            "unit": "calendar",
            "extension": 0,
            "paused": 0,
            "counted_to": sent.due_on.isoformat(),
            "due_on": sent.due_on.isoformat(),
            "source": sent.law_profile.source,
        }
        sent.save(update_fields=["reckoning"])


def give_back(apps, schema_editor):
    Submission = apps.get_model("positions", "Submission")
    for sent in Submission.objects.exclude(reckoning=None):
        sent.answer_days = sent.reckoning["days"] + sent.reckoning["extension"]
        sent.save(update_fields=["answer_days"])


class Migration(migrations.Migration):
    dependencies = [("positions", "0018_deadlines_know_working_days")]

    operations = [migrations.RunPython(keep, give_back)]
