"""The time to answer an information request was one of the times to answer a position."""

from django.db import migrations

ANSWER, INFORMATION = "answer", "information"
ACT = "2011. évi CXII. törvény"


def move(source, target):
    def change(apps, schema_editor):
        for name in ("LawProfile", "HistoricalLawProfile"):
            rows = apps.get_model("positions", name).objects
            rows.filter(kind=source, source__startswith=ACT).update(kind=target)

    return change


class Migration(migrations.Migration):
    dependencies = [("positions", '0033_words_of_the_law')]

    operations = [
        migrations.RunPython(move(ANSWER, INFORMATION), move(INFORMATION, ANSWER)),
    ]
