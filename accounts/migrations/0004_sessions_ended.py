from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_given_permissions")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(
                db_default=0, default=0, editable=False, verbose_name="số lần thoát mọi nơi"
            ),
        ),
    ]
