from django.db import migrations, models

from kis.core.append_only import RenewAppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('mailbox', '0001_initial'),
    ]

    operations = [
        RenewAppendOnly('mailbox_message'),
        migrations.AddField(
            model_name='message',
            name='sending',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        RenewAppendOnly('mailbox_message'),
    ]
