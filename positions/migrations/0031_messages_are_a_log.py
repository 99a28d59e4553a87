import core.clock
import core.models
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0030_letters_and_packages'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to=core.models.own_name)),
                ('name', models.CharField(max_length=255, verbose_name='name of the file')),
                ('media_type', models.CharField(max_length=100, verbose_name='media type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('uploaded_at', models.DateTimeField(default=core.clock.now, verbose_name='uploaded')),
            ],
            options={
                'verbose_name': 'file on record',
                'verbose_name_plural': 'files on record',
                'ordering': ['uploaded_at', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='message',
            options={'ordering': ['received_on', 'pk'], 'verbose_name': 'message with an authority', 'verbose_name_plural': 'messages with authorities'},
        ),
        migrations.AddField(
            model_name='message',
            name='classified',
            field=models.CharField(blank=True, choices=[('accepted', 'accepts what was asked for'), ('partly', 'accepts a part'), ('rejected', 'refuses'), ('acknowledged', 'only acknowledges receipt'), ('forwarded', 'forwarded to another authority'), ('not_competent', 'declares itself not competent')], max_length=20, verbose_name='what the answer amounts to'),
        ),
        migrations.AddField(
            model_name='message',
            name='direction',
            field=models.CharField(choices=[('from', 'from the authority'), ('to', 'to the authority')], default='from', max_length=5, verbose_name='direction'),
        ),
        migrations.AddField(
            model_name='message',
            name='due_on',
            field=models.DateField(null=True, verbose_name='reply due'),
        ),
        migrations.AddField(
            model_name='message',
            name='medium',
            field=models.CharField(choices=[('letter', 'letter'), ('email', 'e-mail'), ('meeting', 'meeting'), ('phone', 'phone call')], default='letter', max_length=10, verbose_name='way it came or went'),
        ),
        migrations.AddField(
            model_name='message',
            name='published_at',
            field=models.DateTimeField(null=True, verbose_name='published'),
        ),
        migrations.AddField(
            model_name='message',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddField(
            model_name='message',
            name='published_text',
            field=models.TextField(blank=True, verbose_name='text without personal data'),
        ),
        migrations.AddField(
            model_name='message',
            name='reckoning',
            field=models.JSONField(editable=False, null=True, verbose_name='how the day was reckoned'),
        ),
        migrations.AddField(
            model_name='message',
            name='settled_on',
            field=models.DateField(null=True, verbose_name='settled on'),
        ),
        migrations.AddField(
            model_name='message',
            name='step',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='step'),
        ),
        migrations.AddField(
            model_name='message',
            name='subject',
            field=models.CharField(blank=True, max_length=200, verbose_name='subject'),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('interim', 'interim answer'), ('answer', 'answer'), ('reminder', 'reminder letter'), ('request', 'information request'), ('other', 'message')], default='other', max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='message',
            name='received_on',
            field=models.DateField(verbose_name='day'),
        ),
        migrations.CreateModel(
            name='HistoricalMessage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interim', 'interim answer'), ('answer', 'answer'), ('reminder', 'reminder letter'), ('request', 'information request'), ('other', 'message')], default='other', max_length=20, verbose_name='kind')),
                ('direction', models.CharField(choices=[('from', 'from the authority'), ('to', 'to the authority')], default='from', max_length=5, verbose_name='direction')),
                ('medium', models.CharField(choices=[('letter', 'letter'), ('email', 'e-mail'), ('meeting', 'meeting'), ('phone', 'phone call')], default='letter', max_length=10, verbose_name='way it came or went')),
                ('received_on', models.DateField(verbose_name='day')),
                ('file_number', models.CharField(blank=True, max_length=60, verbose_name='file number')),
                ('classified', models.CharField(blank=True, choices=[('accepted', 'accepts what was asked for'), ('partly', 'accepts a part'), ('rejected', 'refuses'), ('acknowledged', 'only acknowledges receipt'), ('forwarded', 'forwarded to another authority'), ('not_competent', 'declares itself not competent')], max_length=20, verbose_name='what the answer amounts to')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('text', models.TextField(verbose_name='what it says')),
                ('due_on', models.DateField(null=True, verbose_name='reply due')),
                ('reckoning', models.JSONField(editable=False, null=True, verbose_name='how the day was reckoned')),
                ('settled_on', models.DateField(null=True, verbose_name='settled on')),
                ('published_text', models.TextField(blank=True, verbose_name='text without personal data')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published')),
                ('recorded_at', models.DateTimeField(default=core.clock.now, verbose_name='recorded')),
                ('step', models.PositiveIntegerField(default=0, editable=False, verbose_name='step')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('submission', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='positions.submission', verbose_name='submission')),
                ('package', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='positions.package', verbose_name='package')),
            ],
            options={
                'verbose_name': 'historical message with an authority',
                'verbose_name_plural': 'historical messages with authorities',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='message',
            name='package',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='positions.package', verbose_name='package'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['settled_on', 'due_on'], name='positions_m_settled_ef76e2_idx'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('published_text', ''), _negated=True), _connector='OR'), name='positions_message_published_with_words'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('kind__in', ['answer', 'interim']), _connector='OR'), name='positions_message_only_answers_are_published'),
        ),
        migrations.AddField(
            model_name='recordfile',
            name='message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='positions.message', verbose_name='message'),
        ),
        migrations.AddField(
            model_name='recordfile',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='positions.submission', verbose_name='submission'),
        ),
        migrations.AddField(
            model_name='recordfile',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by'),
        ),
    ]
