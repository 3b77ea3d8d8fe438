from django.db import migrations, models

from kis.core.append_only import RenewAppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0001_initial'),
    ]

    operations = [
        RenewAppendOnly('billing_invoice'),
        migrations.AddField(
            model_name='billingprofile',
            name='contract',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='invoice',
            name='contract',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='invoice',
            name='order',
            field=models.CharField(blank=True, max_length=60),
        ),
        RenewAppendOnly('billing_invoice'),
    ]
