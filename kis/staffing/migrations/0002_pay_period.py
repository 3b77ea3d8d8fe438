from django.db import migrations, models

CHOICES = [("week", "Week"), ("four_weeks", "Four Weeks"), ("month", "Month")]


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial")]

    operations = [
        migrations.AddField(
            "agencysettings", "pay_period", models.CharField(choices=CHOICES, default="week", max_length=10)
        ),
        migrations.AddField("agencysettings", "billing", models.BooleanField(default=False)),
        migrations.AddField("worker", "pay_period", models.CharField(choices=CHOICES, default="week", max_length=10)),
    ]
