"""Asking, granting, leaving, handing over, inviting: what becomes of a membership, who is told, what is remembered."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from unittest import mock

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.content.models import HomePage
from portal.content.snapshot import current
from portal.outbox.models import Message
from schools.enums import MembershipAction, MembershipState, Role
from schools.errors import NotPossibleError
from schools.membership import services
from schools.membership.links import WORKS_FOR, invitation_token
from schools.membership.workflow import BEGINNINGS, TRANSITIONS, transition
from schools.models import Membership, MembershipEvent, School
from tests import factories
from tests.schools.making import a_board, a_school
from tests.schools.people import a_desk, a_member

pytestmark = pytest.mark.django_db


def mailed(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=f"membership-{kind}").values_list("recipient", flat=True))


def history(membership: Membership) -> list[str]:
    return list(membership.history.order_by("pk").values_list("action", flat=True))


def test_a_question_reaches_who_leads_the_school(db: None) -> None:
    school = a_school()
    lead, teacher, board = a_member(school, Role.COORDINATOR), a_member(school), a_member(school.board, Role.BOARD)
    membership = services.ask(user=factories.UserFactory(), place=school, role=Role.TEACHER, remark="Groep 6")
    assert (membership.state, membership.role, membership.remark) == ("asked", "teacher", "Groep 6")
    assert mailed("asked") == {lead.user.email}
    assert teacher.user.email not in mailed("asked")
    assert board.user.email not in mailed("asked")


def test_without_a_leader_the_board_is_asked_and_without_a_board_the_desk(db: None) -> None:
    school, desk = a_school(), a_desk()
    services.ask(user=factories.UserFactory(), place=school, role=Role.DIRECTOR)
    assert mailed("asked") == {desk.email}
    Message.objects.all().delete()
    member = a_member(school.board, Role.BOARD)
    services.ask(user=factories.UserFactory(), place=school, role=Role.DIRECTOR)
    assert mailed("asked") == {member.user.email}


def test_asking_twice_is_asking_once(db: None) -> None:
    school, user = a_school(), factories.UserFactory()
    a_member(school, Role.COORDINATOR)
    one = services.ask(user=user, place=school, role=Role.TEACHER)
    two = services.ask(user=user, place=school, role=Role.DIRECTOR)
    assert one == two
    assert two.role == Role.TEACHER
    assert Message.objects.count() == 1
    assert history(one) == ["ask"]


def test_a_closed_school_takes_nobody(db: None) -> None:
    with pytest.raises(NotPossibleError):
        services.ask(user=factories.UserFactory(), place=a_school(status="closed"), role=Role.TEACHER)


def test_nobody_is_invited_to_a_closed_school(db: None) -> None:
    school = a_school(status="closed")
    with pytest.raises(NotPossibleError):
        services.invite(actor=a_member(school, Role.DIRECTOR).user, place=school, role=Role.TEACHER, email="kim@school.example")
    assert not mailed("invitation")


def test_a_role_fits_its_place(db: None) -> None:
    school = a_school()
    with pytest.raises(ValueError, match="does not fit"):
        services.ask(user=factories.UserFactory(), place=school, role=Role.BOARD)
    with pytest.raises(ValueError, match="does not fit"):
        services.ask(user=factories.UserFactory(), place=school.board, role=Role.TEACHER)


@pytest.mark.parametrize(
    "wrong", [{"board": True}, {"school": None}, {"role": Role.BOARD}, {"board": True, "school": None, "role": Role.TEACHER}]
)
def test_the_table_takes_one_place_and_a_role_that_fits(wrong: dict[str, object]) -> None:
    school = a_school()
    values = {"user": factories.UserFactory(), "school": school, "role": Role.TEACHER, **wrong}
    values["board"] = school.board if wrong.get("board") else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**values)


def test_the_table_takes_a_person_once_a_place_until_it_ended(db: None) -> None:
    member = a_member(a_school())
    with pytest.raises(IntegrityError), transaction.atomic():
        a_member(member.place, user=member.user)
    services.leave(membership=member)
    assert a_member(member.place, user=member.user).pk != member.pk


def test_granted_or_refused_is_told_and_remembered(db: None) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR).user
    first, second = (services.ask(user=factories.UserFactory(), place=school, role=Role.TEACHER) for _ in range(2))
    granted = services.grant(membership=first, actor=lead)
    refused = services.refuse(membership=second, actor=lead)
    assert (granted.state, refused.state) == ("granted", "ended")
    assert granted.granted_at
    assert refused.ended_at
    assert mailed("granted") == {first.user.email}
    assert mailed("refused") == {second.user.email}
    assert history(granted) == ["ask", "grant"]
    assert granted.history.get(action="grant").actor == lead


@pytest.mark.parametrize("action", [action for action in MembershipAction if action in TRANSITIONS])
@pytest.mark.parametrize("state", MembershipState.values)
def test_only_what_the_table_allows_happens(action: MembershipAction, state: str) -> None:
    member = a_member(a_school(), state=state)
    needed, then = TRANSITIONS[action]
    if state == needed:
        assert transition(member, action, actor=None).state == then
        assert history(member) == [action]
    else:
        with pytest.raises(NotPossibleError):
            transition(member, action, actor=None)
        assert Membership.objects.get().state == state
        assert not MembershipEvent.objects.exists()


def test_every_action_has_a_place_in_the_table() -> None:
    assert {*TRANSITIONS, *BEGINNINGS} == set(MembershipAction)


def test_a_decision_that_came_too_late_mails_nobody(db: None) -> None:
    member = a_member(a_school(), state=MembershipState.ASKED)
    services.refuse(membership=member, actor=None)
    with pytest.raises(NotPossibleError):
        services.grant(membership=member, actor=None)
    assert not mailed("granted")


def test_history_is_only_added_to(db: None) -> None:
    event = services.leave(membership=a_member(a_school())).history.get()
    event.action = MembershipAction.GRANT
    with pytest.raises(TypeError):
        event.save()


def test_leaving_ends_it_and_taking_back_a_question_too(db: None) -> None:
    assert history(services.leave(membership=a_member(a_school()))) == ["leave"]
    asked = a_member(a_school("99ZZ01"), state=MembershipState.ASKED)
    assert history(services.leave(membership=asked)) == ["withdraw"]


def test_who_leaves_hands_the_role_to_a_colleague(db: None) -> None:
    school = a_school()
    lead, colleague = a_member(school, Role.COORDINATOR), a_member(school)
    assert services.hand_over(membership=lead, successor=colleague).state == "ended"
    colleague.refresh_from_db()
    assert (colleague.state, colleague.role) == ("granted", "coordinator")
    assert mailed("handed_over") == {colleague.user.email}
    assert history(colleague) == ["change-role"]


def test_a_role_is_not_handed_to_who_does_not_belong_there(db: None) -> None:
    lead = a_member(a_school(), Role.COORDINATOR)
    for other in (a_member(a_school("99ZZ01")), a_member(lead.place, state=MembershipState.ASKED), lead):
        with pytest.raises(NotPossibleError):
            services.hand_over(membership=lead, successor=other)
        lead.refresh_from_db()
        assert lead.state == "granted"


def test_an_invitation_makes_a_member_once(db: None) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR).user
    invitation = services.invite(actor=lead, place=school, role=Role.DIRECTOR, email="Kim@School.example")
    assert mailed("invitation") == {"kim@school.example"}
    token = invitation_token(invitation)
    user = factories.UserFactory()
    member = services.accept(token=token, user=user)
    assert (member.user, member.role, member.state) == (user, "director", "granted")
    assert history(member) == ["accept"]
    with pytest.raises(NotPossibleError):
        services.accept(token=token, user=factories.UserFactory())


def test_the_mail_holds_the_link(db: None) -> None:
    school = a_school()
    invitation = services.invite(actor=a_member(school, Role.DIRECTOR).user, place=school, role=Role.TEACHER, email="a@b.example")
    text = bytes(Message.objects.get(kind="membership-invitation").raw).decode().replace("=\n", "").replace("=3D", "=")
    assert re.search(rf"/mijn-school/uitnodiging/{re.escape(invitation_token(invitation)).split(':')[0]}", text)


def test_an_invitation_ends_with_time_and_with_the_rights_of_its_sender(db: None) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR)
    token = invitation_token(services.invite(actor=lead.user, place=school, role=Role.TEACHER, email="kim@school.example"))
    assert services.find_invitation(token)
    late = (timezone.now() + WORKS_FOR + timedelta(minutes=1)).timestamp()
    with mock.patch.object(signing.time, "time", return_value=late):
        assert services.find_invitation(token) is None
    services.leave(membership=lead)
    assert services.find_invitation(token) is None


@pytest.mark.parametrize(
    "token",
    ["", "x", "é", "a:b:c", "a" * 5000, signing.dumps("geen sleutel", salt="schools.invitation")],
    ids=["none", "short", "accent", "parts", "long", "signed"],
)
def test_a_link_that_we_did_not_make_leads_nowhere(token: str) -> None:
    assert services.find_invitation(token) is None


def test_who_belongs_there_already_leaves_the_link_to_a_colleague(db: None) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR)
    token = invitation_token(services.invite(actor=lead.user, place=school, role=Role.TEACHER, email="kim@school.example"))
    assert services.accept(token=token, user=lead.user).role == Role.COORDINATOR
    assert services.accept(token=token, user=factories.UserFactory()).role == Role.TEACHER


def test_an_invitation_answers_a_question(db: None) -> None:
    school = a_school()
    lead = a_member(school, Role.COORDINATOR)
    asked = services.ask(user=factories.UserFactory(), place=school, role=Role.TEACHER)
    token = invitation_token(services.invite(actor=lead.user, place=school, role=Role.DIRECTOR, email="kim@school.example"))
    member = services.accept(token=token, user=asked.user)
    assert (member.pk, member.state, member.role) == (asked.pk, "granted", "director")


def vouched(brin: str) -> list[School]:
    return [membership.school for membership in services.grant_by_brin(factories.UserFactory(), brin)]


def test_a_school_that_vouches_for_somebody_makes_a_teacher(db: None) -> None:
    main, other = a_school("99ZZ00"), a_school("99ZZ01")
    a_school("98YY02")
    lonely = a_school("97XX03")
    assert vouched("99zz01 ") == [other]
    assert vouched("99ZZ") == [main]
    assert vouched("97XX") == [lonely]
    for nowhere in ("", "9", "99ZZ77", "12AB", "%", "99Z_"):
        assert vouched(nowhere) == []


def test_who_left_is_not_brought_back_by_signing_in(db: None) -> None:
    a_school("99ZZ00", board=a_board())
    user = factories.UserFactory()
    (member,) = services.grant_by_brin(user, "99ZZ00")
    assert (member.role, member.state, history(member)) == ("teacher", "granted", ["sign-in"])
    assert services.grant_by_brin(user, "99ZZ00") == []
    services.leave(membership=member)
    assert services.grant_by_brin(user, "99ZZ00") == []


def test_mails_name_a_role_in_the_middle_of_a_sentence_and_who_sends_them(site: HomePage) -> None:
    school = a_school()
    a_member(school, Role.COORDINATOR)
    services.ask(user=factories.UserFactory(), place=school, role=Role.TEACHER)
    mail = message_from_bytes(bytes(Message.objects.get(kind="membership-asked").raw), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    assert f" {Role.TEACHER.label.lower()}" in text
    assert str(Role.TEACHER.label) not in text
    assert text.rstrip().endswith(current().name)
