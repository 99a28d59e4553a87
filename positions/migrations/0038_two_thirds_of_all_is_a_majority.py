from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("positions", "0037_what_it_costs_the_members"),
    ]

    operations = [
        migrations.AlterField(
            model_name='ballot',
            name='majority',
            field=models.CharField(choices=[('simple', 'more yes than no votes'), ('absolute', 'more than half of the votes cast'), ('two_thirds', 'at least two thirds of the votes cast'), ('absolute_of_all', 'more than half of those entitled to vote'), ('two_thirds_of_all', 'at least two thirds of those entitled to vote'), ('unopposed', 'no vote against it')], max_length=20, verbose_name='majority'),
        ),
    ]
