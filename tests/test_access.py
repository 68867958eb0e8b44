"""The access matrix: every address of the URL conf × everybody. Ours have a rule each; Wagtail's, those of accounts and those of
a laptop have one by prefix. `docs/roles.md` says the same in words."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from portal.content.models import HomePage
from portal.vocabulary.enums import Scheme
from portal.vocabulary.models import Concept
from schools import access
from schools.enums import MembershipState, Role
from schools.membership.links import invitation_token
from schools.membership.services import invite
from schools.models import Membership, ScanStatement, School
from schools.needs.services import add_need
from schools.profiles.services import save_profile
from schools.scan.loading import load_statements
from tests import factories
from tests.access import (
    ACCOUNT_PREFIX,
    ANONYMOUS,
    BOARD,
    DECIDERS,
    DESK,
    DESK_PREFIX,
    LAPTOP_PREFIX,
    LEADER,
    LEADERS,
    MEMBERS,
    NEED_WORDS,
    OTHER,
    PEOPLE_WORDS,
    PROFILE_WORDS,
    PUBLIC,
    STRANGER,
    TEACHER,
    WITH_ACCOUNT,
    Route,
    Rule,
    World,
    address,
    own,
    routes,
)
from tests.schools.making import a_board, a_school
from tests.schools.people import a_desk, a_member, signed_in

ALL = list(routes())
OURS = {route.key: route for route in own(ALL)}

RULES: dict[str, Rule] = {
    "schools:mine": Rule(WITH_ACCOUNT),
    "schools:ask": Rule(WITH_ACCOUNT),
    "schools:board-ask": Rule(WITH_ACCOUNT),
    # Whoever holds the link.
    "schools:invitation": Rule(WITH_ACCOUNT),
    "schools:own": Rule(MEMBERS),
    "schools:needs": Rule(MEMBERS),
    "schools:need": Rule(MEMBERS),
    "schools:need-add": Rule(LEADERS),
    "schools:need-change": Rule(LEADERS),
    "schools:need-step": Rule(LEADERS, post_only=True, values={"word": "oppakken"}),
    "schools:profile": Rule(LEADERS),
    "schools:people": Rule(DECIDERS),
    "schools:decide": Rule(DECIDERS, post_only=True, values={"action": "toekennen"}),
    "schools:role": Rule(DECIDERS, values={"uuid:key": "member"}),
    "schools:end": Rule(DECIDERS, values={"uuid:key": "member"}),
    "schools:leave": Rule(frozenset({TEACHER}), values={"uuid:key": "member"}),
    "schools:scan": Rule(MEMBERS),
    "schools:scan-step": Rule(LEADERS, values={"domain": "visie"}),
    "schools:used": Rule(MEMBERS),
    "schools:use": Rule(MEMBERS, post_only=True, values={"int:page": "page"}),
    "schools:plan": Rule(MEMBERS),
    # Where no PDF can be made, the page to print.
    "schools:plan-pdf": Rule(MEMBERS, statuses=(200, 302)),
    "schools:board-own": Rule(frozenset({BOARD})),
    "schools:board-export": Rule(frozenset({BOARD})),
    "schools:board-people": Rule(frozenset({BOARD, DESK})),
} | dict.fromkeys(
    (
        *("schools:list", "schools:school", "schools:board", "schools:advisers", "schools:adviser"),
        *("search", "search-suggestions", "search-clicked", "search-answered", "search-feed"),
        *("search-save", "search-save-sent", "search-saved", "search-stop"),
        *("feedback", "feedback-thanks", "health", "robots", "feed", "feed-kind", "sitemap", "sitemap-part"),
        *("wagtaildocs_serve", "wagtaildocs_authenticate_with_password", "media"),
        *("wagtailcore_authenticate_with_password", "wagtailcore_login", "wagtail_serve"),
    ),
    PUBLIC,
)


@pytest.fixture
def world(site: HomePage) -> World:
    """School A of board A with a need, a profile, a question and an invitation; school B of board B; seven browsers."""
    a, b = a_school("11AA00", board=a_board("11111")), a_school("22BB00", board=a_board("22222"))
    leader, teacher = a_member(a, Role.COORDINATOR), a_member(a)
    other = a_member(b, Role.COORDINATOR)
    a_member(b.board, Role.BOARD, user=other.user)
    asker = factories.UserFactory(first_name=PEOPLE_WORDS)
    asked = a_member(a, user=asker, state=MembershipState.ASKED, remark=PEOPLE_WORDS)
    _fill(a, leader)
    invitation = invite(actor=leader.user, place=a, role=Role.TEACHER, email=f"{PEOPLE_WORDS}@example.org")
    people = {
        STRANGER: factories.UserFactory(),
        OTHER: other.user,
        TEACHER: teacher.user,
        LEADER: leader.user,
        BOARD: a_member(a.board, Role.BOARD).user,
        DESK: a_desk(),
    }
    return World(
        browsers={ANONYMOUS: Client(), **{who: signed_in(user) for who, user in people.items()}},
        values={
            "code": "11aa00",
            "board:number": "11111",
            "str:number": "11111",
            "int:number": "1",
            "uuid:key": str(asked.key),
            "member": str(teacher.key),
            "token": invitation_token(invitation),
            "page": str(site.pk),
        },
    )


def _fill(school: School, leader: Membership) -> None:
    domain = Concept.objects.get(scheme=Scheme.WSA, code="visie")
    add_need(school=school, actor=leader.user, values={"what": NEED_WORDS, "domain": domain})
    load_statements()
    ScanStatement.objects.create(domain=domain, text="Iedereen kent onze visie.")
    save_profile(school=school, actor=leader.user, values={"contact_name": PROFILE_WORDS}, practices={"visie": PROFILE_WORDS})


def _rule(key: str, world: World) -> Rule:
    """The rule, with the objects that it names by their role in the world."""
    rule = RULES[key]
    values = {name: world.values.get(value, value) for name, value in rule.values.items()}
    return rule if rule is PUBLIC else replace(rule, values=values)


def test_every_address_of_ours_has_a_rule_and_every_rule_an_address() -> None:
    assert unruled(OURS) == []
    assert [key for key in RULES if key not in OURS] == []


def unruled(keys: Any) -> list[str]:
    """Addresses without a rule."""
    return [key for key in keys if key not in RULES]


def test_control_an_address_without_a_rule_is_seen() -> None:
    assert unruled([*OURS, Route("mijn-school/<school:code>/nieuw/", "schools:new").key]) == ["schools:new"]


@pytest.mark.parametrize("key", sorted(OURS))
def test_everybody_tries(key: str, world: World) -> None:
    assert world.complaints(OURS[key], _rule(key, world)) == []


# Addresses whose object is found by no membership: whoever has an account asks to belong, and whoever holds a link opens it.
GUARDED = sorted(key for key, rule in RULES.items() if rule.may < WITH_ACCOUNT)


@pytest.mark.parametrize("key", GUARDED)
def test_control_when_memberships_are_nobodys_each_address_is_seen(
    key: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 404 for others is no proof that it is kept from them: perhaps there was nothing at that address. Here all can come in."""
    rows = type(Membership.objects.all())
    monkeypatch.setattr(rows, "granted_to", lambda rows, user: rows.filter(state=MembershipState.GRANTED))
    monkeypatch.setattr(rows, "filter", _without_the_user(rows.filter))
    complaints = world.complaints(OURS[key], _rule(key, world))
    # Not each of them: where something ends, the first who comes in ends it.
    assert any(complaint.startswith((f"{OTHER} ", f"{STRANGER} ")) for complaint in complaints)


def _without_the_user(filtered: Any) -> Any:
    """`filter` of a queryset that forgets to look whose row it is."""
    return lambda rows, *conditions, user_id=None, user=None, **more: filtered(rows, *conditions, **more)


@pytest.mark.parametrize(
    ("key", "scope"),
    [
        *((key, "schools_for") for key in ("schools:own", "schools:scan", "schools:plan", "schools:plan-pdf", "schools:used")),
        *((key, "schools_led_by") for key in ("schools:need-add", "schools:profile", "schools:scan-step")),
        *((key, "boards_for") for key in ("schools:board-own", "schools:board-export")),
    ],
)
def test_control_without_a_scope_it_is_seen(key: str, scope: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {"boards_for": School.board.field.related_model}.get(scope, School)
    monkeypatch.setattr(access, scope, lambda user: everything.objects.all())
    complaints = world.complaints(OURS[key], _rule(key, world))
    assert any(complaint.startswith(f"{OTHER} gets 200") for complaint in complaints)
    assert any(complaint.startswith(f"{STRANGER} gets 200") for complaint in complaints)


@pytest.mark.parametrize("key", ["schools:need", "schools:needs", "schools:decide"])
def test_control_without_the_scope_of_a_manager_it_is_seen(key: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if key == "schools:decide":
        monkeypatch.setattr(type(Membership.objects.all()), "decided_by", lambda rows, user: rows)
    else:
        monkeypatch.setattr("schools.permissions.schools_for", lambda user: School.objects.all())
        monkeypatch.setattr(access, "schools_for", lambda user: School.objects.all())
    complaints = world.complaints(OURS[key], _rule(key, world))
    assert any(complaint.startswith(OTHER) for complaint in complaints)


# Screens of Wagtail that tell nothing about content: a sprite of icons, and the words of scripts.
FOR_ALL_AT_THE_DESK = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}


def test_nobody_without_the_right_comes_behind_the_desk(world: World) -> None:
    screens = [route for route in ALL if route.pattern.startswith(DESK_PREFIX) and route.name not in FOR_ALL_AT_THE_DESK]
    assert len(screens) > 200
    found = []
    for route in screens:
        for who in (ANONYMOUS, STRANGER, OTHER, TEACHER, LEADER, BOARD):
            found += _inside(who, world, route)
    assert found == []


def _inside(who: str, world: World, route: Route) -> list[str]:
    """A complaint when somebody gets more than a way out from a screen of the desk."""
    answer = world.browsers[who].get(address(route, world.values))
    return [] if answer.status_code in (302, 301, 403, 404, 405) else [f"{who} gets {answer.status_code} from {route.pattern}"]


@pytest.mark.parametrize("prefix", [ACCOUNT_PREFIX, LAPTOP_PREFIX])
def test_accounts_and_the_laptop_tell_nothing_of_a_school(prefix: str, world: World) -> None:
    found = []
    for route in ALL:
        if route.pattern.startswith(prefix):
            found += world.complaints(route, PUBLIC)
    assert found == []
