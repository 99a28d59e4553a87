from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0032_promises'),
    ]

    operations = [
        migrations.AddField(
            model_name='pointoutcome',
            name='law_after',
            field=models.TextField(blank=True, max_length=5000, verbose_name='words of the law after'),
        ),
        migrations.AddField(
            model_name='pointoutcome',
            name='law_before',
            field=models.TextField(blank=True, max_length=5000, verbose_name='words of the law before'),
        ),
    ]
