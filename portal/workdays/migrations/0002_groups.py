"""Who keeps the table of school holidays."""

from django.db import migrations

from portal.accounts.groups import MODERATORS, grant


def let_keep(apps, schema_editor):
    grant(apps, MODERATORS, [f"workdays.{action}_schoolholiday" for action in ("add", "change", "delete", "view")])


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial"), ("content", "0004_groups")]

    operations = [migrations.RunPython(let_keep, migrations.RunPython.noop)]
