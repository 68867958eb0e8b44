"""Who reads the register on the desk, and who fills in what it does not say."""

from django.db import migrations

from portal.accounts.groups import EDITORS, MODERATORS, grant

READ = ["schools.view_school", "schools.view_board"]


def let_in(apps, schema_editor):
    grant(apps, EDITORS, READ)
    grant(apps, MODERATORS, [*READ, "schools.change_school"])


class Migration(migrations.Migration):
    dependencies = [("schools", "0007_scan_groups"), ("content", "0004_groups")]

    operations = [migrations.RunPython(let_in, migrations.RunPython.noop)]
