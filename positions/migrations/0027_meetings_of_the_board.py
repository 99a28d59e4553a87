import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0026_what_became_of_it_is_counted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status_since', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='in this state since')),
                ('step', models.PositiveIntegerField(default=0, editable=False, verbose_name='step')),
                ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='number')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('convened', 'convened'), ('in_session', 'in session'), ('held', 'held'), ('drafted', 'minutes to be authenticated'), ('authenticated', 'minutes authenticated'), ('closed', 'closed'), ('not_quorate', 'not quorate'), ('cancelled', 'cancelled')], default='planned', editable=False, max_length=20, verbose_name='state')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('place', models.CharField(max_length=300, verbose_name='place or link')),
                ('quorum', models.CharField(choices=[('more_than_half', 'more than half of those entitled to vote'), ('two_thirds', 'at least two thirds of those entitled to vote'), ('any', 'any number of votes'), ('none', 'none: silence is consent')], max_length=20, verbose_name='quorum')),
                ('repeats', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='positions.meeting', verbose_name='repeats')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='planned by')),
                ('created_at', models.DateTimeField(default=core.clock.now, verbose_name='planned')),
                ('convened_at', models.DateTimeField(null=True, verbose_name='convened')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('authenticated_at', models.DateTimeField(null=True, verbose_name='minutes authenticated')),
                ('guests', models.TextField(blank=True, max_length=2000, verbose_name='guests')),
                ('presided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='presided over by')),
                ('minute_taker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='minute-taker')),
                ('first_authenticator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='first authenticator')),
                ('second_authenticator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='second authenticator')),
            ],
            options={
                'verbose_name': 'meeting of the board',
                'verbose_name_plural': 'meetings of the board',
                'ordering': ['-starts_at'],
                'constraints': [models.UniqueConstraint(fields=('year', 'number'), name='positions_meeting_numbered_once'), models.CheckConstraint(condition=models.Q(('minute_taker', None), models.Q(models.Q(('minute_taker', models.F('first_authenticator')), _negated=True), models.Q(('minute_taker', models.F('second_authenticator')), _negated=True), models.Q(('first_authenticator', models.F('second_authenticator')), _negated=True)), _connector='OR'), name='positions_meeting_signed_by_three'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['authenticated', 'closed', 'drafted', 'held', 'in_session']), _negated=True), models.Q(('first_authenticator__isnull', False), ('minute_taker__isnull', False), ('opened_at__isnull', False), ('second_authenticator__isnull', False)), _connector='OR'), name='positions_meeting_in_session_is_kept')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='positions.meeting', verbose_name='meeting')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place on the agenda')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='positions.position', verbose_name='position')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='what it is about')),
                ('presenter', models.CharField(blank=True, max_length=150, verbose_name='presented by')),
                ('added_at', models.DateTimeField(default=core.clock.now, verbose_name='added')),
                ('is_late', models.BooleanField(default=False, verbose_name='added after the invitations')),
                ('note', models.TextField(blank=True, max_length=20000, verbose_name='in the minutes')),
                ('note_step', models.PositiveIntegerField(default=0, editable=False)),
                ('note_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
            ],
            options={
                'verbose_name': 'item on the agenda',
                'verbose_name_plural': 'items on the agenda',
                'ordering': ['meeting', 'place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'position'), name='positions_agendaitem_position_once'), models.CheckConstraint(condition=models.Q(('position__isnull', False), models.Q(('title', ''), _negated=True), _connector='OR'), name='positions_agendaitem_says_what_it_is')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='positions.meeting', verbose_name='meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member of the board')),
                ('presence', models.CharField(choices=[('present', 'present'), ('excused', 'excused'), ('absent', 'absent')], default='absent', max_length=10, verbose_name='presence')),
                ('arrived_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='positions.agendaitem', verbose_name='arrived for item')),
                ('left_after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='positions.agendaitem', verbose_name='left after item')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendances',
                'ordering': ['meeting', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='positions_attendance_person_once'), models.CheckConstraint(condition=models.Q(('presence', 'present'), models.Q(('arrived_for', None), ('left_after', None)), _connector='OR'), name='positions_attendance_only_who_came_leaves')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Authentication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authentications', to='positions.meeting', verbose_name='meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='authenticator')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='fingerprint of the minutes')),
                ('at', models.DateTimeField(default=core.clock.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'authentication of minutes',
                'verbose_name_plural': 'authentications of minutes',
                'ordering': ['meeting', 'at'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person', 'fingerprint'), name='positions_authentication_text_once')],
                'indexes': [],
            },
        ),
        migrations.AddField(
            model_name='ballot',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='positions.agendaitem', verbose_name='item on the agenda'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('item', None), ('kind', 'board'), _connector='OR'), name='positions_ballot_at_a_meeting_is_the_boards'),
        ),
    ]
