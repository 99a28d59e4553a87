from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("positions", "0019_keep_how_days_were_reckoned")]

    operations = [migrations.RemoveField(model_name="submission", name="answer_days")]
