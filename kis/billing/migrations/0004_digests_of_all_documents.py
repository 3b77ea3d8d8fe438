from django.db import migrations, models

from kis.core.append_only import RenewAppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0003_invoice_on_paper'),
    ]

    operations = [
        RenewAppendOnly('billing_invoice'),
        migrations.AddField(
            model_name='invoice',
            name='csv_sha256',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invoice',
            name='pdf_sha256',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        RenewAppendOnly('billing_invoice'),
    ]
