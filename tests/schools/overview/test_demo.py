"""The demo's people, needs and profiles: on whatever register is there, and once."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from portal.content.loading.demo import demo_accounts
from portal.vocabulary.lookup import Vocabulary
from schools.enums import Role
from schools.models import Membership, School, SchoolProfile, SupportNeed
from schools.overview.comparison import compare
from schools.overview.demo import load_life
from tests import factories
from tests.schools.making import a_board, a_school


@pytest.fixture
def register(vocabulary: Vocabulary) -> School:
    """Two boards, the larger with a closed school before its first open one."""
    a_school("11AA00", board=a_board("11111"))
    large = a_board("22222")
    a_school("22BA00", board=large, status="closed")
    for number in range(2):
        a_school(f"22BB0{number}", board=large)
    for account in demo_accounts():
        factories.UserFactory(email=account.email)
    return School.objects.get(code="22BB00")


def test_everybody_gets_a_place_and_schools_something_to_show(register: School) -> None:
    members, needs = load_life()
    assert (members, needs) == (4, SupportNeed.objects.count())
    roles = {membership.role: membership.place for membership in Membership.objects.select_related("school", "board")}
    assert roles == {Role.TEACHER: register, Role.COORDINATOR: register, Role.DIRECTOR: register, Role.BOARD: register.board}
    assert SchoolProfile.objects.count() == 3
    assert not SupportNeed.objects.filter(school__status="closed").exists()
    assert all(need.topics.all() for need in SupportNeed.objects.all())


def test_loading_again_changes_nothing(register: School) -> None:
    load_life()
    before = list(SupportNeed.objects.values_list()), list(Membership.objects.values_list())
    assert load_life() == (0, 0)
    assert (list(SupportNeed.objects.values_list()), list(Membership.objects.values_list())) == before


def test_without_a_register_there_is_nothing_to_do(vocabulary: Vocabulary) -> None:
    assert load_life() == (0, 0)


def test_a_public_site_refuses(db: None, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_members")


def test_the_board_of_the_demo_sees_a_comparison(vocabulary: Vocabulary) -> None:
    call_command("make_schools", verbosity=0)
    for account in demo_accounts():
        factories.UserFactory(email=account.email)
    load_life()
    board = Membership.objects.get(role=Role.BOARD).board
    assert compare(board) is not None
