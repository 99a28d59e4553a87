from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("positions", "0011_minority_opinions_say_whether_they_become_public")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="quoted",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=150,
                verbose_name="how the paragraph begins",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="wording",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Fingerprint of the paragraph's words: whether it was reworded since.",
                max_length=64,
            ),
        ),
    ]
