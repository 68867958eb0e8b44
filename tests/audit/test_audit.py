"""The log of rights is written by what happens, read by administrators, and never changed."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.groups import EDITORS, MODERATORS
from portal.accounts.models import User
from portal.audit.models import Entry, Unchangeable
from portal.audit.services import record
from portal.content.models import HomePage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def entries(target: User) -> list[tuple[str, int | None, dict[str, object]]]:
    """What the log says about a person, oldest first."""
    found = Entry.objects.filter(target_kind="accounts.user", target=str(target.pk)).order_by("pk")
    return list(found.values_list("action", "actor", "facts"))


def test_an_entry_is_never_changed_and_never_removed() -> None:
    entry = record(None, "tried", UserFactory())
    attempts = (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(action="other"),
        lambda: Entry.objects.bulk_update([entry], ["action"]),
    )
    for attempt in attempts:
        with pytest.raises(Unchangeable):
            attempt()
    assert Entry.objects.get().action == "tried"


def test_the_log_never_names_a_person() -> None:
    with pytest.raises(ValueError, match="names a person"):
        record(None, "tried", UserFactory(), whom="sam@example.org")


@pytest.mark.parametrize("way", ["of the person", "of the group"])
def test_groups_are_recorded_whichever_way_they_change(way: str) -> None:
    user, group = UserFactory(), Group.objects.get(name=EDITORS)
    if way == "of the person":
        user.groups.add(group)
        user.groups.add(group)
        user.groups.clear()
    else:
        group.user_set.add(user)
        group.user_set.remove(user)
    assert entries(user) == [("group.added", None, {"group": EDITORS}), ("group.removed", None, {"group": EDITORS})]


def test_a_group_may_have_any_name() -> None:
    person = UserFactory()
    person.groups.add(Group.objects.create(name="post@example.org"))
    assert entries(person) == [("group.added", None, {"group": "post at example.org"})]


def test_the_screen_for_accounts_tells_who_did_it(client: Client, site: HomePage) -> None:
    administrator, user = UserFactory(is_superuser=True), UserFactory()
    client.force_login(administrator)
    group = Group.objects.get(name=MODERATORS)
    form = {"email": user.email, "first_name": "Sam", "last_name": "Q", "is_active": "on", "groups": [group.pk]}
    answer = client.post(f"/admin/users/edit/{user.pk}/", form)
    assert answer.status_code == 302, answer.content.decode()
    assert entries(user) == [("group.added", administrator.pk, {"group": MODERATORS})]


def test_becoming_administrator_and_being_shut_out_are_recorded() -> None:
    user = UserFactory()
    user.is_superuser = True
    user.save()
    user.is_superuser, user.is_active = False, False
    user.save(update_fields=["is_superuser", "is_active"])
    user.first_name = "Anders"
    user.save()
    assert [(action, facts) for action, _, facts in entries(user)] == [
        ("administrator", {"now": True}),
        ("administrator", {"now": False}),
        ("account open", {"now": False}),
    ]


def test_administrators_read_the_log_and_others_do_not(client: Client, site: HomePage) -> None:
    administrator, moderator = UserFactory(is_superuser=True), UserFactory()
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    client.force_login(administrator)
    page = client.get("/admin/audit/")
    assert page.status_code == 200
    assert MODERATORS in page.content.decode()
    entry = Entry.objects.first()
    assert entry is not None
    assert client.get(f"/admin/audit/inspect/{entry.pk}/").status_code == 200
    for path in ("/admin/audit/new/", f"/admin/audit/edit/{entry.pk}/", f"/admin/audit/delete/{entry.pk}/"):
        assert client.post(path, {"action": "x"}).status_code in (302, 403, 404)
    client.force_login(moderator)
    assert client.get("/admin/audit/").status_code == 302
    assert Entry.objects.filter(pk=entry.pk, action=entry.action).exists()
