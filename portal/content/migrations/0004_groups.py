"""Two groups: editors write, moderators publish. They take the place of Wagtail's own "Editors" and "Moderators"; what those
groups may do already stays."""

from django.conf import settings
from django.db import migrations

from portal.accounts.groups import grant, permission

FILES = [
    f"{app}.{action}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
]
GROUPS = {
    # Name: (Wagtail's name, what its members do with pages, everything else).
    "Redacteuren": ("Editors", ["add", "change"], ["wagtailadmin.access_admin"]),
    "Moderatoren": (
        "Moderators",
        ["add", "change", "publish", "lock", "unlock"],
        [
            "wagtailadmin.access_admin",
            *(f"vocabulary.{action}_concept" for action in ("add", "change", "view")),
            *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete", "view")),
            "content.change_sitesettings",
        ],
    ),
}
WORKFLOW = ("Moderators approval", "Nakijken")


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    page = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for name, (was, pages, others) in GROUPS.items():
        if not groups.filter(name=name).exists():
            groups.filter(name=was).update(name=name)
        group = grant(apps, name, others)
        for action in pages if page else []:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=group, page=page, permission=permission(apps, f"wagtailcore.{action}_page")
            )
        for file in FILES if collection else []:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=collection, permission=permission(apps, file)
            )


def name_workflow(apps, schema_editor):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=WORKFLOW[0]).update(name=WORKFLOW[1])


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0003_review_notices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("vocabulary", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(name_workflow, migrations.RunPython.noop),
    ]
