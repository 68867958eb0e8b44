"""The people of the advice point, who decide on memberships where a school has nobody to do so."""

from django.db import migrations

from portal.accounts.groups import grant
from schools.permissions import DESK


def make_desk(apps, schema_editor):
    grant(apps, DESK, ["wagtailadmin.access_admin", "schools.change_membership", "schools.view_membership"])


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0004_membership_and_needs"),
        ("content", "0004_groups"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_desk, migrations.RunPython.noop)]
