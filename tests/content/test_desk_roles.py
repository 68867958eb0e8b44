"""Who may do what at the desk: editors write, moderators publish, and mails go from the one to the other."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.models import GroupPagePermission

from portal.accounts.groups import EDITORS, MODERATORS
from portal.accounts.models import User
from portal.content.models import HomePage, KnowledgePage
from tests import factories
from tests.content.conftest import edit, signed_in

migration = importlib.import_module("portal.content.migrations.0004_groups")


@pytest.fixture
def draft(site: HomePage, editor: User) -> KnowledgePage:
    section = factories.SectionFactory(parent=site, title="Kennis", slug="kennis")
    return factories.KnowledgeFactory(parent=section, title="Zwerfafval", live=False, owner=editor)


def test_an_editor_writes_and_does_not_publish(editor: User, draft: KnowledgePage) -> None:
    edit(signed_in(editor), draft, action__publish="1", summary="Nieuwe woorden.")
    draft.refresh_from_db()
    assert draft.summary == "Nieuwe woorden."
    assert not draft.live


def test_a_moderator_publishes(moderator: User, draft: KnowledgePage) -> None:
    assert edit(signed_in(moderator), draft, action__publish="1").status_code == 302
    draft.refresh_from_db()
    assert draft.live


@pytest.mark.parametrize(
    "screen", ["wagtailadmin_home", "all_pages:index", "wagtailimages:index", "wagtaildocs:index", "feedback:index"]
)
def test_both_may_open(screen: str, editor: User, moderator: User, site: HomePage) -> None:
    assert signed_in(editor).get(reverse(screen)).status_code == 200
    assert signed_in(moderator).get(reverse(screen)).status_code == 200


@pytest.mark.parametrize("screen", ["concepts:index", "wagtailredirects:index", "retired_concepts", "synonyms:index"])
def test_moderators_alone_may_open(screen: str, editor: User, moderator: User, site: HomePage) -> None:
    assert signed_in(editor).get(reverse(screen)).status_code == 302
    assert signed_in(moderator).get(reverse(screen)).status_code == 200


@pytest.mark.parametrize("screen", ["wagtailusers_users:index", "wagtailusers_groups:index", "wagtailadmin_workflows:index"])
def test_administrators_alone_may_open(screen: str, editor: User, moderator: User, site: HomePage) -> None:
    assert signed_in(editor).get(reverse(screen)).status_code == 302
    assert signed_in(moderator).get(reverse(screen)).status_code == 302
    assert signed_in(factories.UserFactory(is_superuser=True)).get(reverse(screen)).status_code == 200


def test_a_visitor_with_an_account_has_no_desk(site: HomePage, db: None) -> None:
    response = signed_in(factories.UserFactory()).get(reverse("wagtailadmin_home"))
    assert response.status_code == 404


def test_permissions_are_given_by_role_to_the_whole_site_and_never_for_one_page(db: None) -> None:
    rows = GroupPagePermission.objects.values_list("group__name", "page__depth", "permission__codename")
    assert set(rows) == {
        (EDITORS, 1, "add_page"),
        (EDITORS, 1, "change_page"),
        *((MODERATORS, 1, f"{action}_page") for action in ("add", "change", "publish", "lock", "unlock")),
    }


def test_making_the_groups_again_changes_nothing(db: None) -> None:
    before = {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}
    migration.make_groups(apps, connection.schema_editor())
    assert {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()} == before
    assert set(before) >= {EDITORS, MODERATORS}


def test_without_wagtails_groups_they_are_made_with_all_they_need(db: None) -> None:
    before = set(Group.objects.get(name=EDITORS).collection_permissions.values_list("permission__codename", flat=True))
    Group.objects.all().delete()
    migration.make_groups(apps, connection.schema_editor())
    group = Group.objects.get(name=EDITORS)
    assert set(group.collection_permissions.values_list("permission__codename", flat=True)) == before
    assert set(group.page_permissions.values_list("permission__codename", flat=True)) == {"add_page", "change_page"}


def test_submitting_mails_the_moderators_and_nobody_else(editor: User, moderator: User, draft: KnowledgePage) -> None:
    factories.UserFactory(is_superuser=True)
    assert edit(signed_in(editor), draft, action__submit="1").status_code == 302
    assert [message.to for message in mail.outbox] == [[moderator.email]]
    assert "Zwerfafval" in mail.outbox[0].subject
    assert "ingediend" in mail.outbox[0].body
    assert f"/admin/pages/{draft.pk}/edit/" in mail.outbox[0].body


def test_a_page_without_what_visitors_need_is_not_submitted(editor: User, moderator: User, draft: KnowledgePage) -> None:
    response = edit(signed_in(editor), draft, action__submit="1", summary="")
    assert response.status_code == 200
    assert not mail.outbox


@pytest.mark.parametrize(("action", "live", "word"), [("approve", True, "goedgekeurd"), ("reject", False, "afgekeurd")])
def test_the_editor_hears_what_became_of_the_page(
    action: str, live: bool, word: str, editor: User, moderator: User, draft: KnowledgePage
) -> None:
    edit(signed_in(editor), draft, action__submit="1")
    mail.outbox.clear()
    task = draft.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(draft.pk, action, task.pk))
    signed_in(moderator).post(address, {"comment": "Noem ook de bron."})
    draft.refresh_from_db()
    assert draft.live is live
    assert [message.to for message in mail.outbox] == [[editor.email]]
    assert word in mail.outbox[0].subject
    assert ("Noem ook de bron." in mail.outbox[0].body) is not live
