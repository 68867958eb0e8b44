"""What is known about people at schools: handed over whole, about nobody else, erased, and not kept for ever."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from portal.accounts.erasing import erase, export
from portal.accounts.retention import apply
from portal.audit.models import Entry
from portal.vocabulary.enums import Scheme
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from schools.enums import MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership import services
from schools.membership.links import WORKS_FOR
from schools.membership.privacy import KEEP_ASKED, KEEP_ENDED
from schools.models import Invitation, Membership, MembershipEvent, NeedEvent, School, SchoolProfile, SupportNeed
from schools.needs.services import add_need
from schools.profiles.services import save_profile
from tests import factories
from tests.accounts.dump import traces
from tests.schools.making import a_school
from tests.schools.people import a_member


@pytest.fixture
def school(vocabulary: Vocabulary) -> School:
    return a_school()


def busy(school: School, name: str) -> Membership:
    """Somebody who asked, was let in, invited, wrote a need and is the contact."""
    user = factories.UserFactory(first_name=name, last_name="Zilverschoon", email=f"{name.lower()}@planted.example")
    member = services.grant(membership=services.ask(user=user, place=school, role=Role.COORDINATOR, remark=name), actor=user)
    services.invite(actor=user, place=school, role=Role.TEACHER, email=f"collega-van-{name.lower()}@planted.example")
    domain = Concept.objects.get(scheme=Scheme.WSA, code="visie")
    add_need(school=school, actor=user, values={"what": "Een visie", "domain": domain})
    values = {"contact_name": user.get_full_name(), "contact_email": user.email}
    save_profile(school=school, actor=user, values=values, practices={"visie": "Wij beginnen."})
    return member


def test_a_download_holds_what_is_mine_and_nothing_of_others(school: School) -> None:
    mine, other = busy(school, "Anna"), busy(school, "Bas")
    archive = zipfile.ZipFile(BytesIO(export(mine.user)))
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    for words in ("Een visie", "School 99ZZ00", "coordinator", "Anna"):
        assert words in text
    assert other.user.email not in text
    assert "Bas" not in text
    assert "collega-van" not in text


def test_an_account_that_goes_leaves_the_school_its_words_and_nobodys_name(school: School) -> None:
    member = busy(school, "Anna")
    services.invite(actor=a_member(school, Role.DIRECTOR).user, place=school, role=Role.TEACHER, email=member.user.email)
    words = (member.user.email, "Anna", "Zilverschoon")
    places = {trace.partition(":")[0] for trace in traces(*words)}
    assert places >= {"schools_schoolprofile.contact_email", "schools_invitation.email", "outbox_message.raw"}
    erase(member.user, by=None)
    assert traces(*words) == []
    assert not Membership.objects.filter(remark="Anna").exists()
    assert Invitation.objects.filter(email__contains="anna").count() == 0
    need, profile = SupportNeed.objects.get(), SchoolProfile.objects.get()
    assert (need.what, need.created_by) == ("Een visie", None)
    assert NeedEvent.objects.get().actor is None
    assert (profile.contact_name, profile.contact_email, profile.changed_by) == ("", "", None)


def test_each_change_stands_in_the_log_of_rights_without_a_name(school: School) -> None:
    member = busy(school, "Anna")
    services.leave(membership=member)
    rows = Entry.objects.filter(target_kind="schools.membership", target=str(member.pk)).order_by("pk")
    assert list(rows.values_list("action", flat=True)) == ["membership.ask", "membership.grant", "membership.leave"]
    assert rows[0].facts == {"person": member.user_id, "place": "99ZZ00", "role": "coordinator"}


def test_a_change_that_is_undone_leaves_no_trace(school: School) -> None:
    member = a_member(school, state=MembershipState.ENDED)
    with pytest.raises(NotPossibleError):
        services.grant(membership=member, actor=None)
    assert not Entry.objects.filter(target_kind="schools.membership", target=str(member.pk)).exists()
    assert not MembershipEvent.objects.exists()


def test_what_is_over_is_not_kept_for_ever(school: School) -> None:
    now, hour = timezone.now(), timedelta(hours=1)
    ended = {"state": MembershipState.ENDED}
    a_member(school, ended_at=now - KEEP_ENDED - hour, **ended)
    recent = a_member(school, ended_at=now - KEEP_ENDED + hour, **ended)
    a_member(school, state=MembershipState.ASKED, asked_at=now - KEEP_ASKED - hour)
    granted = a_member(school, asked_at=now - KEEP_ENDED * 2)
    for age in (WORKS_FOR + hour, WORKS_FOR - hour):
        Invitation.objects.create(
            school=school, role="teacher", email="x@b.example", invited_by=granted.user, created_at=now - age
        )
    report = apply(dry_run=True)
    assert (report["ended memberships"], report["old invitations"]) == (2, 1)
    assert Membership.objects.count() == 4
    apply(dry_run=False)
    assert set(Membership.objects.all()) == {recent, granted}
    assert [invitation.created_at for invitation in Invitation.objects.all()] == [now - WORKS_FOR + hour]
