import django.db.models.deletion
from django.db import migrations, models

from kis.core.append_only import KeepAppendOnly

TO_THE_WORKER = ("refusal", "proposal", "handed_in")  # mails whose key says which timesheet they are about


def note_earlier_mails(apps, schema_editor):
    """A notice for each mail that was sent about one timesheet before there were notices."""
    Notice, Timesheet = apps.get_model("timesheets", "Notice"), apps.get_model("timesheets", "Timesheet")
    known = set(Timesheet.objects.values_list("pk", flat=True))
    mails = apps.get_model("post", "OutboxMail").objects.filter(kind__in=TO_THE_WORKER).values_list("pk", "key")
    about = ((pk, int(key.split(":")[1])) for pk, key in mails)
    Notice.objects.bulk_create(
        (Notice(mail_id=pk, timesheet_id=sheet, party="worker") for pk, sheet in about if sheet in known),
        batch_size=1000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('post', '0003_secret_of_a_mail'),
        ('timesheets', '0005_state_week'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('worker', 'worker'), ('client', 'client'), ('agency', 'agency'), ('system', 'system')], max_length=10)),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='post.outboxmail')),
                ('timesheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='timesheets.timesheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mail', 'timesheet'), name='noticed_once_per_mail'), models.CheckConstraint(condition=models.Q(('party__in', ['worker', 'client'])), name='notice_of_worker_or_client')],
            },
        ),
        migrations.RunPython(note_earlier_mails, migrations.RunPython.noop),
        KeepAppendOnly('timesheets_notice'),
    ]
