"""Who writes the statements of the quick scan: the editors of the site."""

from django.db import migrations

from portal.accounts.groups import EDITORS, MODERATORS, grant


def let_write(apps, schema_editor):
    for group in (EDITORS, MODERATORS):
        grant(apps, group, [f"schools.{action}_scanstatement" for action in ("add", "change", "view")])


class Migration(migrations.Migration):
    dependencies = [("schools", "0006_scan_and_uses")]

    operations = [migrations.RunPython(let_write, migrations.RunPython.noop)]
