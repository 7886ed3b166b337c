from django.db import migrations, models


def have_all_signed_anew(apps, schema_editor):
    """Prints of the first method are gone with their table; what people said of pairs stays (digests do)."""
    apps.get_model("initiatives", "Signature").objects.update(method=0)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0012_kept_forms"),
    ]

    operations = [
        migrations.DeleteModel(name="Fingerprint"),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "initiative_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("initiative_id", models.IntegerField(verbose_name="sáng kiến")),
            ],
            options={
                "verbose_name": "dấu của một đoạn",
                "verbose_name_plural": "dấu của các đoạn",
            },
        ),
        migrations.RemoveField(model_name="signature", name="prints"),
        migrations.AddField(model_name="signature", name="runs", field=models.BinaryField(default=b"")),
        migrations.RunPython(have_all_signed_anew, migrations.RunPython.noop),
    ]
