from django.db import migrations, models

from kis.core.append_only import RenewAppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0002_order_and_contract'),
    ]

    operations = [
        RenewAppendOnly('billing_invoice'),
        migrations.AddField(
            model_name='invoice',
            name='pdf',
            field=models.BinaryField(default=b''),
        ),
        RenewAppendOnly('billing_invoice'),
    ]
