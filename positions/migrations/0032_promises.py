import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('positions', '0031_messages_are_a_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000, verbose_name='what was promised')),
                ('due_on', models.DateField(verbose_name='to be looked at on')),
                ('state', models.CharField(choices=[('open', 'open'), ('kept', 'kept'), ('broken', 'broken')], default='open', max_length=10, verbose_name='state')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='how it is known')),
                ('recorded_at', models.DateTimeField(default=core.clock.now, verbose_name='recorded')),
                ('judged_at', models.DateTimeField(null=True, verbose_name='judged')),
                ('reminded_at', models.DateTimeField(editable=False, null=True, verbose_name='reminded')),
            ],
            options={
                'verbose_name': 'promise',
                'verbose_name_plural': 'promises',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='promise',
            name='judged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='judged by'),
        ),
        migrations.AddField(
            model_name='promise',
            name='message',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='positions.message', verbose_name='message it was made in'),
        ),
        migrations.AddField(
            model_name='promise',
            name='position',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='positions.position', verbose_name='position'),
        ),
        migrations.AddField(
            model_name='promise',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['state', 'due_on'], name='positions_p_state_aa3331_idx'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='positions_promise_judged_once_not_open'),
        ),
    ]
