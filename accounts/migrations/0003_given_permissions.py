import django.db.models.deletion
from django.db import migrations, models

# What every release so far gave to a new group: where it is missing, somebody took it away.
BOARD = """
    accounts.view_union accounts.add_union accounts.change_union initiatives.view_initiative dossiers.view_plan
    dossiers.view_extension dossiers.add_extension awards.view_fileddossier awards.change_fileddossier
    awards.view_complaint awards.add_complaint awards.change_complaint awards.view_selection awards.change_selection
"""
NATIONAL = """
    accounts.view_union accounts.add_union accounts.change_union accounts.view_user accounts.add_user
    accounts.change_user accounts.view_membership accounts.add_membership accounts.change_membership
    accounts.delete_membership initiatives.view_campaign initiatives.add_campaign initiatives.change_campaign
    initiatives.view_initiative dossiers.view_plan dossiers.add_plan dossiers.change_plan dossiers.view_quotaexception
    dossiers.add_quotaexception dossiers.change_quotaexception dossiers.delete_quotaexception dossiers.view_extension
    awards.view_fileddossier awards.view_complaint awards.view_selection awards.view_publication record.view_event
    outbox.view_message
"""
GIVEN = {"Hội đồng": BOARD.split(), "Tổng Liên đoàn": NATIONAL.split()}


def remember(apps, schema_editor):
    """Note what the groups of a site that is in use have, or once had; the rest is theirs when it loads again."""
    Group, Given = apps.get_model("auth", "Group"), apps.get_model("accounts", "GivenPermission")
    for group in Group.objects.filter(name__in=GIVEN):
        held = group.permissions.values_list("content_type__app_label", "codename")
        labels = {f"{app}.{codename}" for app, codename in held} | set(GIVEN[group.name])
        Given.objects.bulk_create(Given(group=group, label=label) for label in sorted(labels))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitations"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200, verbose_name="quyền")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                        verbose_name="nhóm",
                    ),
                ),
            ],
            options={
                "verbose_name": "quyền mặc định đã cấp",
                "verbose_name_plural": "quyền mặc định đã cấp",
                "constraints": [
                    models.UniqueConstraint(fields=("group", "label"), name="default_permission_given_once")
                ],
            },
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
