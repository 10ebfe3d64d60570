from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attention", name="held_until", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
