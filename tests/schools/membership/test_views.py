"""The pages about memberships, as a browser meets them."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.content.models import HomePage
from portal.outbox.models import Message
from schools.addresses import page_of
from schools.enums import MembershipState, Role, Status
from schools.membership import views
from schools.membership.forms import MOST_BUTTONS
from schools.membership.links import invitation_token
from schools.membership.services import invite
from schools.membership.views import ASKED_A_DAY, INVITED_TO_ONE_A_DAY
from schools.models import Invitation, Membership, School
from tests import factories
from tests.schools.making import a_school
from tests.schools.people import a_desk, a_member, signed_in

MINE = "/mijn-school/"
ASK = "/mijn-school/99zz00/lid-worden/"
PEOPLE = "/mijn-school/99zz00/mensen/"


@pytest.fixture
def school(site: HomePage) -> School:
    return a_school("99ZZ00")


@pytest.fixture
def lead(school: School) -> Membership:
    return a_member(school, Role.COORDINATOR)


def step(member: Membership, word: str) -> str:
    return f"/mijn-school/lidmaatschap/{member.key}/{word}/"


def test_the_page_of_a_school_leads_in_without_a_cookie(school: School, client: Client) -> None:
    answer = client.get("/scholen/99zz00/")
    assert f'href="{ASK}"' in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("path", [MINE, ASK, PEOPLE, "/mijn-school/00aa00/mensen/"])
def test_a_visitor_signs_in_first(path: str, school: School, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert f"next={path}" in answer["Location"].replace("%2F", "/")
    assert answer["Cache-Control"] == "private, no-store"


def test_ask_get_in_and_see_the_school(school: School, lead: Membership) -> None:
    user = factories.UserFactory(first_name="Kim", last_name="de Vries")
    client = signed_in(user)
    assert client.get(ASK).status_code == 200
    assert client.get("/mijn-school/99zz00/").status_code == 404
    sent = client.post(ASK, {"role": "teacher", "remark": "Groep 6"}, follow=True)
    assert sent.redirect_chain == [(MINE, 302)]
    assert 'class="notice"' in sent.content.decode()
    waiting = signed_in(lead.user).get(MINE).content.decode()
    assert "Kim de Vries" in waiting
    assert "Groep 6" in waiting
    asked = Membership.objects.get(user=user)
    assert signed_in(lead.user).post(step(asked, "toekennen")).status_code == 302
    assert client.get("/mijn-school/99zz00/").status_code == 200
    assert client.get(PEOPLE).status_code == 404


def test_nobody_lets_themselves_in(school: School) -> None:
    asked = a_member(school, state=MembershipState.ASKED)
    assert signed_in(asked.user).post(step(asked, "toekennen")).status_code == 404
    teacher = a_member(school)
    assert signed_in(teacher.user).post(step(asked, "toekennen")).status_code == 404
    other = a_member(a_school("98YY00"), Role.COORDINATOR)
    assert signed_in(other.user).post(step(asked, "toekennen")).status_code == 404
    desk = a_desk()
    own = a_member(a_school("97XX00"), user=desk, state=MembershipState.ASKED)
    assert signed_in(desk).post(step(own, "toekennen")).status_code == 404
    asked.refresh_from_db()
    assert asked.is_asked


@pytest.mark.parametrize("who", ["coordinator", "director", "board", "desk"])
def test_these_decide(who: str, school: School) -> None:
    asked = a_member(school, state=MembershipState.ASKED)
    place = school.board if who == "board" else school
    user = a_desk() if who == "desk" else a_member(place, Role(who)).user
    assert signed_in(user).post(step(asked, "weigeren")).status_code == 302
    asked.refresh_from_db()
    assert asked.state == MembershipState.ENDED


def test_a_coordinator_decides_nothing_about_the_board(school: School, lead: Membership) -> None:
    asked = a_member(school.board, Role.BOARD, state=MembershipState.ASKED)
    assert signed_in(lead.user).post(step(asked, "toekennen")).status_code == 404
    assert signed_in(lead.user).get(f"/mijn-bestuur/{school.board.number}/mensen/").status_code == 404


def test_a_decision_twice_is_told_calmly(school: School, lead: Membership) -> None:
    asked = a_member(school, state=MembershipState.ASKED)
    client = signed_in(lead.user)
    client.post(step(asked, "toekennen"))
    answer = client.post(step(asked, "toekennen"), {"from": "people"}, follow=True)
    assert answer.redirect_chain == [(PEOPLE, 302)]
    assert 'class="notice warning"' in answer.content.decode()


def test_ending_is_asked_twice_and_mailed(school: School, lead: Membership) -> None:
    teacher = a_member(school)
    client = signed_in(lead.user)
    assert f'href="{step(teacher, "beeindigen")}"' in client.get(PEOPLE).content.decode()
    page = client.get(step(teacher, "beeindigen"))
    assert str(teacher.user) in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    teacher.refresh_from_db()
    assert teacher.is_granted
    answer = client.post(step(teacher, "beeindigen"), {"from": "people"})
    assert answer["Location"] == PEOPLE
    teacher.refresh_from_db()
    assert teacher.state == MembershipState.ENDED
    assert Message.objects.filter(recipient=teacher.user.email).count() == 1
    assert client.get(step(teacher, "beeindigen")).status_code == 404
    again = client.post(step(teacher, "beeindigen"), {"from": "people"}, follow=True)
    assert 'class="notice warning"' in again.content.decode()


def test_nobody_is_ended_by_strangers_nor_by_themselves(school: School, lead: Membership) -> None:
    teacher = a_member(school)
    other = a_member(a_school("98YY00"), Role.COORDINATOR)
    for member, who in ((teacher, other), (teacher, teacher), (lead, lead), (lead, teacher)):
        assert signed_in(who.user).get(step(member, "beeindigen")).status_code == 404
        assert signed_in(who.user).post(step(member, "beeindigen")).status_code == 404
    assert not Membership.objects.filter(state=MembershipState.ENDED).exists()


def test_the_buttons_want_a_post_and_a_token(school: School, lead: Membership) -> None:
    asked = a_member(school, state=MembershipState.ASKED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead.user)
    assert client.get(step(asked, "toekennen")).status_code == 405
    assert client.post(step(asked, "toekennen")).status_code == 403


def test_invite_and_come_in(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    assert client.post(PEOPLE, {"email": "Kim@school.example", "role": "director"}).status_code == 302
    invitation = Invitation.objects.get()
    link = f"/mijn-school/uitnodiging/{invitation_token(invitation)}/"
    user = factories.UserFactory()
    assert Client().get(link).status_code == 302
    # A scanner that opens every link changes nothing.
    page = signed_in(user).get(link)
    assert page.status_code == 200
    assert not Membership.objects.filter(user=user).exists()
    assert signed_in(user).post(link)["Location"] == "/mijn-school/99zz00/"
    assert Membership.objects.get(user=user).role == Role.DIRECTOR
    assert signed_in(factories.UserFactory()).get(link).status_code == 404


@pytest.mark.parametrize("email", ["", "kim", "a@b.example\nBcc: c@d.example", "x" * 260 + "@b.example", "é@b.example"])
def test_what_is_no_address_is_said_beside_the_field(email: str, school: School, lead: Membership) -> None:
    answer = signed_in(lead.user).post(PEOPLE, {"email": email, "role": "teacher"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="id_email_error"' in html
    assert 'href="#id_email"' in html
    assert not Invitation.objects.exists()


def test_no_mailbox_can_be_filled(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    answers = [
        client.post(PEOPLE, {"email": "kim@b.example", "role": "teacher"}).status_code for _ in range(INVITED_TO_ONE_A_DAY + 2)
    ]
    assert answers.count(302) == Message.objects.count() == INVITED_TO_ONE_A_DAY
    assert answers[-1] == 422


def test_what_is_no_address_is_not_counted(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    for _ in range(INVITED_TO_ONE_A_DAY + 1):
        assert client.post(PEOPLE, {"email": "", "role": "teacher"}).status_code == 422
    assert "Probeer het morgen" not in client.post(PEOPLE, {"email": "", "role": "teacher"}).content.decode()
    assert client.post(PEOPLE, {"email": "kim@b.example", "role": "teacher"}).status_code == 302


def test_nobody_asks_without_end(site: HomePage) -> None:
    client = signed_in(factories.UserFactory())
    codes = [f"99ZZ{number:02}" for number in range(ASKED_A_DAY + 2)]
    for code in codes:
        a_school(code)
    answers = [client.post(f"/mijn-school/{code.lower()}/lid-worden/", {"role": "teacher"}).status_code for code in codes]
    assert answers.count(302) == Membership.objects.count() == ASKED_A_DAY
    cache.clear()
    assert client.post(f"/mijn-school/{codes[-1].lower()}/lid-worden/", {"role": "teacher"}).status_code == 302


@pytest.mark.parametrize("role", ["", "board", "baas", "admin"])
def test_a_role_that_does_not_exist_here_is_refused(role: str, school: School) -> None:
    client = signed_in(factories.UserFactory())
    assert client.post(ASK, {"role": role}).status_code == 422
    assert not Membership.objects.exists()


def test_leave_and_hand_over(school: School, lead: Membership) -> None:
    colleague = a_member(school)
    client = signed_in(lead.user)
    page = client.get(step(lead, "vertrekken")).content.decode()
    assert str(colleague.key) in page
    assert client.post(step(lead, "vertrekken"), {"successor": str(colleague.key)}).status_code == 302
    assert client.get("/mijn-school/99zz00/").status_code == 404
    colleague.refresh_from_db()
    assert colleague.role == Role.COORDINATOR
    assert client.get(step(colleague, "vertrekken")).status_code == 404


def test_another_role(school: School, lead: Membership) -> None:
    colleague = a_member(school)
    client = signed_in(lead.user)
    assert client.get(step(colleague, "rol")).status_code == 200
    assert client.post(step(colleague, "rol"), {"role": "director", "from": "people"})["Location"] == PEOPLE
    colleague.refresh_from_db()
    assert colleague.role == Role.DIRECTOR
    assert Message.objects.get(kind="membership-other_role").recipient == colleague.user.email
    client.post(step(colleague, "rol"), {"role": "director"})
    assert Message.objects.filter(kind="membership-other_role").count() == 1
    assert client.post(step(colleague, "rol"), {"role": "board"}).status_code == 422


def test_the_board_answers_for_its_schools(school: School) -> None:
    member = a_member(school.board, Role.BOARD)
    client = signed_in(member.user)
    assert client.get(f"/mijn-bestuur/{school.board.number}/").status_code == 200
    assert client.get(f"/mijn-bestuur/{school.board.number}/mensen/").status_code == 200
    assert client.get(PEOPLE).status_code == 200
    assert "School 99ZZ00" in client.get(MINE).content.decode()


def test_pages_of_who_signed_in_are_kept_nowhere(school: School, lead: Membership) -> None:
    for path in (MINE, ASK, PEOPLE, "/mijn-school/99zz00/", "/mijn-school/00aa00/"):
        assert signed_in(lead.user).get(path)["Cache-Control"] == "private, no-store"


def test_who_is_shut_out_is_out_at_once(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    lead.user.is_active = False
    lead.user.save()
    assert client.get("/mijn-school/99zz00/").status_code == 302


def test_the_list_costs_as_much_for_many_as_for_one(
    school: School, lead: Membership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        a_member(a_school(f"98YY{number:02}"), Role.COORDINATOR, user=lead.user)
        a_member(school, state=MembershipState.ASKED, remark=f"vraag {number}")
    client = signed_in(lead.user)
    client.get(MINE)
    with django_assert_max_num_queries(11):
        html = client.get(MINE).content.decode()
    assert len(re.findall("vraag ", html)) == 12
    with django_assert_max_num_queries(11):
        client.get(PEOPLE)


def test_the_invitation_of_who_lost_the_right_does_not_work(school: School, lead: Membership) -> None:
    link = (
        f"/mijn-school/uitnodiging/{invitation_token(invite(actor=lead.user, place=school, role=Role.TEACHER, email='a@b.nl'))}/"
    )
    Membership.objects.filter(pk=lead.pk).update(role=Role.TEACHER)
    client = signed_in(factories.UserFactory())
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 302
    assert not Membership.objects.filter(school=school).exclude(pk=lead.pk).exists()


def test_nobody_gives_themselves_another_role(school: School, lead: Membership) -> None:
    client = signed_in(lead.user)
    assert client.get(step(lead, "rol")).status_code == 404
    assert client.post(step(lead, "rol"), {"role": Role.DIRECTOR}).status_code == 404
    lead.refresh_from_db()
    assert lead.role == Role.COORDINATOR


def test_a_coordinator_makes_no_coordinator_of_the_director(school: School, lead: Membership) -> None:
    director, teacher = a_member(school, Role.DIRECTOR), a_member(school)
    page = signed_in(lead.user).get(step(lead, "vertrekken")).content.decode()
    assert str(teacher.key) in page
    assert str(director.key) not in page
    assert str(lead.key) in signed_in(director.user).get(step(director, "vertrekken")).content.decode()


def test_the_desk_goes_on_to_the_page_that_everybody_sees(school: School, lead: Membership) -> None:
    own = 'href="/mijn-school/99zz00/"'
    page = signed_in(a_desk()).get(PEOPLE).content.decode()
    assert own not in page
    assert 'href="/scholen/99zz00/"' in page
    assert own in signed_in(lead.user).get(PEOPLE).content.decode()


def test_who_came_last_is_on_the_last_page(school: School, lead: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SHOWN", 3)
    later = [a_member(school) for _ in range(5)]
    client = signed_in(lead.user)
    first, last = client.get(PEOPLE).content.decode(), client.get(f"{PEOPLE}?page=2").content.decode()
    shown = [[member for member in later if member.user.email in page] for page in (first, last)]
    assert shown == [later[:2], later[2:]]
    for page, onward in ((first, 'rel="next" href="?page=2"'), (last, 'rel="prev" href="?page=1"')):
        assert re.search(r'<nav class="pager" aria-label="[^"]+">', page)
        assert onward in page
    for number in ("0", "99", "x"):
        assert client.get(f"{PEOPLE}?page={number}").status_code == 200


def test_every_colleague_may_take_over_however_many_there_are(
    school: School, lead: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHOWN", 3)
    colleagues = [a_member(school, user=factories.UserFactory(first_name=f"B{number:02}")) for number in range(MOST_BUTTONS)]
    client = signed_in(lead.user)
    assert client.get(step(lead, "vertrekken")).content.decode().count('type="radio"') == 1 + MOST_BUTTONS
    colleagues.insert(0, a_member(school, user=factories.UserFactory(first_name="Anna")))
    page = client.get(step(lead, "vertrekken")).content.decode()
    assert '<select name="successor"' in page
    assert re.findall(r'<option value="([0-9a-f-]{36})"', page) == [str(colleague.key) for colleague in colleagues]
    assert client.post(step(lead, "vertrekken"), {"successor": str(colleagues[-1].key)}).status_code == 302
    colleagues[-1].refresh_from_db()
    assert colleagues[-1].role == Role.COORDINATOR


@pytest.mark.parametrize("of_board", [False, True])
def test_nobody_is_invited_to_what_is_closed(of_board: bool, school: School) -> None:
    place = school.board if of_board else school
    client = signed_in(a_member(place, Role.BOARD if of_board else Role.COORDINATOR).user)
    address = page_of(place, "people")
    sent = {"email": "kim@b.example", "role": "board" if of_board else "teacher"}
    assert 'name="email"' in client.get(address).content.decode()
    type(place).objects.update(status=Status.CLOSED)
    page = client.get(address)
    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()
    assert 'class="notice warning"' in client.post(address, sent, follow=True).content.decode()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_the_form_says_how_long_the_link_works(school: School, lead: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "WORKS_FOR", timedelta(days=9))
    assert re.search(r"\b9 da[gy]", signed_in(lead.user).get(PEOPLE).content.decode())
