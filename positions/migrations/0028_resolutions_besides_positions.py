import core.clock
import core.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0027_meetings_of_the_board'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='boarddecision',
            name='goes_public',
            field=models.BooleanField(default=True, verbose_name='becomes public'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='subject',
            field=models.CharField(blank=True, max_length=200, verbose_name='subject'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='votes_abstained',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='abstentions'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='votes_against',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='votes against'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='votes_apart',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='took no part'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='votes_for',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='votes for'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='words',
            field=models.TextField(blank=True, max_length=5000, verbose_name='words of the resolution'),
        ),
        migrations.AlterField(
            model_name='boarddecision',
            name='position',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='positions.position', verbose_name='position'),
        ),
        migrations.AlterField(
            model_name='boarddecision',
            name='reasons',
            field=models.TextField(blank=True, verbose_name='reasons'),
        ),
        migrations.AlterField(
            model_name='boarddecision',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='positions.version', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='boarddecision',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='positions.agendaitem', verbose_name='item on the agenda'),
        ),
        migrations.AddConstraint(
            model_name='boarddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('position__isnull', False), ('subject', ''), ('version__isnull', False), ('words', '')), models.Q(('ballot', None), ('item__isnull', False), ('position', None), ('verdict__in', ['accepted', 'rejected']), ('version', None), ('votes_abstained__isnull', False), ('votes_against__isnull', False), ('votes_apart__isnull', False), ('votes_for__isnull', False), models.Q(('words', ''), _negated=True), models.Q(('subject', ''), _negated=True)), _connector='OR'), name='positions_boarddecision_on_position_or_item'),
        ),
        migrations.CreateModel(
            name='ResolutionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='positions.boarddecision', verbose_name='resolution of the board')),
                ('kind', models.CharField(choices=[('revokes', 'revokes'), ('amends', 'amends')], max_length=10, verbose_name='what it does')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_by', to='positions.boarddecision', verbose_name='earlier resolution')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('recorded_at', models.DateTimeField(default=core.clock.now, verbose_name='recorded')),
            ],
            options={
                'verbose_name': 'link between resolutions',
                'verbose_name_plural': 'links between resolutions',
                'ordering': ['source', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('source', 'target'), name='positions_resolutionlink_pair_once'), models.UniqueConstraint(condition=models.Q(('kind', 'revokes')), fields=('target',), name='positions_resolutionlink_revoked_once'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='positions_resolutionlink_to_another')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='BoardPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                ('requested_at', models.DateTimeField(default=core.clock.now, verbose_name='asked for')),
                ('stage', models.CharField(choices=[('waiting', 'waiting'), ('working', 'being made'), ('ready', 'ready'), ('failed', 'failed')], default='waiting', max_length=10, verbose_name='stage')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='done, in per cent')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('fault', models.CharField(blank=True, max_length=500, verbose_name='why it failed')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='positions.meeting', verbose_name='meeting')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='positions.boarddecision', verbose_name='resolution of the board')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word document (DOCX)'), ('odt', 'OpenDocument text (ODT)'), ('redline', 'Word document with tracked changes (DOCX)')], max_length=10, verbose_name='kind')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('content', models.CharField(max_length=64, verbose_name='fingerprint of the content')),
                ('file', models.FileField(blank=True, upload_to=core.models.own_name)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the file')),
            ],
            options={
                'verbose_name': 'paper of the board',
                'verbose_name_plural': 'papers of the board',
                'ordering': ['-requested_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision__isnull', False), ('meeting', None)), models.Q(('decision', None), ('meeting__isnull', False)), _connector='OR'), name='positions_boardpaper_minutes_or_excerpt'), models.UniqueConstraint(fields=('meeting', 'kind', 'language', 'content'), name='positions_boardpaper_minutes_made_once'), models.UniqueConstraint(fields=('decision', 'kind', 'language', 'content'), name='positions_boardpaper_excerpt_made_once')],
                'indexes': [],
            },
        ),
    ]
