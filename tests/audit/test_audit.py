"""The log of rights is written by what happens, read by administrators, and never changed."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.groups import EDITORS, MODERATORS
from portal.accounts.models import User
from portal.audit.models import Entry, Unchangeable
from portal.audit.services import record
from portal.audit.words import act_words, fact_words, kind_words
from portal.content.models import HomePage
from schools.enums import MembershipAction, MembershipState, Role
from schools.membership.workflow import transition
from tests.factories import UserFactory
from tests.schools.making import a_school
from tests.schools.people import a_member

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


@pytest.fixture
def log(client: Client, site: HomePage) -> Client:
    """A browser of an administrator."""
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_the_log_reads_as_dutch(log: Client) -> None:
    asked = a_member(a_school("98LG00"), Role.COORDINATOR, state=MembershipState.ASKED)
    transition(asked, MembershipAction.GRANT, actor=None)
    entry = Entry.objects.get(action="membership.grant")
    for address in ("/admin/audit/", f"/admin/audit/inspect/{entry.pk}/"):
        text = log.get(address).content.decode()
        assert "Lidmaatschap: Toegelaten" in text
        assert "plaats 98LG00, rol coördinator" in text
        assert "schools.membership" not in text.partition("<main")[2].replace('value="schools.membership"', "")
        assert "{" not in fact_words(entry.facts)


def test_the_log_is_narrowed_by_the_same_words(log: Client) -> None:
    record(None, "account.erased", UserFactory())
    record(None, "second-factor.added", UserFactory(), type="totp")
    listing = log.get("/admin/audit/").content.decode()
    assert "Account gewist" in listing
    assert 'value="account.erased"' in listing
    found = log.get("/admin/audit/results/", {"action": "account.erased", "target_kind": "accounts.user"}).content.decode()
    rows = found.partition("<tbody")[2].partition("</tbody>")[0]
    assert "Account gewist" in rows
    assert "Tweede stap" not in rows


def test_what_somebody_typed_stays_text(log: Client) -> None:
    UserFactory().groups.add(Group.objects.create(name="<script>alert(1)</script>"))
    for address in ("/admin/audit/", f"/admin/audit/inspect/{Entry.objects.latest('pk').pk}/"):
        text = log.get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert(1)" not in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"now": True}, "vanaf nu ja"),
        ({"type": "webauthn"}, "met een passkey"),
        ({"person": 10, "place": "", "role": "teacher"}, "accountnummer 10, rol leraar"),
        ({"odd": "x", "permissions": 0}, "aantal rechten 0, odd x"),
        ({}, ""),
    ],
)
def test_facts_read_as_words(facts: dict[str, Any], words: str) -> None:
    assert fact_words(facts) == words


def test_what_nobody_named_is_shown_as_it_is() -> None:
    assert act_words("tried") == "tried"
    assert kind_words("gone.model") == "gone.model"
    assert kind_words("nonsense") == "nonsense"


def test_every_act_that_is_written_has_words() -> None:
    written = {
        *("group.added", "group.removed", "permissions.add", "permissions.remove", "administrator", "account open"),
        *("account.erased", "second-factor.added", "second-factor.removed"),
        *(f"membership.{action}" for action in MembershipAction),
    }
    assert [act for act in written if act_words(act) == act] == []
