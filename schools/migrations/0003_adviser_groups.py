"""Who writes about advisers: the editors of the site."""

from django.db import migrations

from portal.accounts.groups import EDITORS, MODERATORS, grant

ACTIONS = ("add", "change", "delete", "view")


def let_write(apps, schema_editor):
    for group in (EDITORS, MODERATORS):
        grant(apps, group, [f"schools.{action}_adviser" for action in ACTIONS])


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_adviser"), ("content", "0004_groups")]

    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
