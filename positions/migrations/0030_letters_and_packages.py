import core.clock
import core.models
import django.db.models.deletion
import positions.models.letters
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '__first__'),
        ('positions', '0029_make_old_resolutions_findable'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='enclosures',
            field=models.ManyToManyField(related_name='+', to='positions.attachment', verbose_name='attachments that go along'),
        ),
        migrations.AddField(
            model_name='submission',
            name='letter_body',
            field=models.TextField(blank=True, verbose_name='cover letter'),
        ),
        migrations.AddField(
            model_name='submission',
            name='letter_language',
            field=models.CharField(default='hu', max_length=2, verbose_name='language of the cover letter'),
        ),
        migrations.AddField(
            model_name='submission',
            name='letter_subject',
            field=models.CharField(blank=True, max_length=200, verbose_name='subject of the cover letter'),
        ),
        migrations.AddField(
            model_name='submission',
            name='silent_since',
            field=models.DateField(editable=False, null=True, verbose_name='lack of an answer recorded on'),
        ),
        migrations.AlterField(
            model_name='historicallawprofile',
            name='kind',
            field=models.CharField(choices=[('consultation', 'time for comments on a draft'), ('answer', 'time for an authority to answer'), ('information', 'time to answer an information request')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='lawprofile',
            name='kind',
            field=models.CharField(choices=[('consultation', 'time for comments on a draft'), ('answer', 'time for an authority to answer'), ('information', 'time to answer an information request')], max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='HistoricalLetterTemplate',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cover', 'cover letter'), ('reminder', 'reminder letter'), ('request', 'information request')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(choices=[('hu', 'magyar'), ('en', 'English'), ('sl', 'slovenščina')], max_length=2, verbose_name='language')),
                ('subject', models.CharField(max_length=200, validators=[positions.models.letters.only_known_placeholders], verbose_name='subject')),
                ('body', models.TextField(max_length=10000, validators=[positions.models.letters.only_known_placeholders], verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical template of a letter',
                'verbose_name_plural': 'historical templates of letters',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cover', 'cover letter'), ('reminder', 'reminder letter'), ('request', 'information request')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(choices=[('hu', 'magyar'), ('en', 'English'), ('sl', 'slovenščina')], max_length=2, verbose_name='language')),
                ('subject', models.CharField(max_length=200, validators=[positions.models.letters.only_known_placeholders], verbose_name='subject')),
                ('body', models.TextField(max_length=10000, validators=[positions.models.letters.only_known_placeholders], verbose_name='text')),
            ],
            options={
                'verbose_name': 'template of a letter',
                'verbose_name_plural': 'templates of letters',
                'ordering': ['kind', 'language'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'language'), name='positions_lettertemplate_one_of_each')],
            },
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requested_at', models.DateTimeField(default=core.clock.now, verbose_name='asked for')),
                ('stage', models.CharField(choices=[('waiting', 'waiting'), ('working', 'being made'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='stage')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='done, in per cent')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('fault', models.CharField(blank=True, max_length=500, verbose_name='why it failed')),
                ('content', models.CharField(max_length=64, verbose_name='fingerprint of the content')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('file', models.FileField(blank=True, upload_to=core.models.own_name)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('manifest', models.JSONField(default=list, verbose_name='files in it')),
                ('name', models.CharField(max_length=120, verbose_name='name of the file')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
            ],
            options={
                'verbose_name': 'package for an authority',
                'verbose_name_plural': 'packages for authorities',
                'ordering': ['-requested_at'],
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='package',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='positions.package', verbose_name='package'),
        ),
    ]
