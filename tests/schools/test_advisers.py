"""Advisers: who helps whom, their pages, and where they stand on pages of others."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.content.models import DomainPage, HomePage
from portal.media.models import PortalImage
from portal.vocabulary.lookup import Vocabulary
from portal.vocabulary.models import Concept
from schools.advisers.choosing import Wanted, all_advisers, fitting
from schools.advisers.loading import load_advisers
from schools.models import Adviser
from tests import factories


def an_adviser(slug: str, *, is_shown: bool = True, **tags: Any) -> Adviser:
    """A saved adviser; tags are codes."""
    adviser = Adviser(slug=slug, name=slug.title(), is_shown=is_shown)
    for name, codes in tags.items():
        setattr(adviser, name, list(Concept.objects.filter(scheme=adviser._meta.get_field(name).scheme, code__in=codes)))
    adviser.save()
    return adviser


def names(wanted: Wanted) -> list[str]:
    return [one.adviser.slug for one in fitting(all_advisers(), wanted)]


def test_who_names_the_province_comes_before_who_serves_the_country(vocabulary: Vocabulary) -> None:
    an_adviser("anna")
    an_adviser("bas", provinces=["utrecht"])
    an_adviser("cora", provinces=["zeeland"])
    assert names(Wanted(province="utrecht")) == ["bas", "anna"]
    assert names(Wanted()) == ["anna", "bas", "cora"]


def test_sector_and_domain_have_to_fit_as_well(vocabulary: Vocabulary) -> None:
    an_adviser("anna", sectors=["vo"])
    an_adviser("bas", sectors=["po"], wsa=["visie"])
    assert names(Wanted(sectors=["po"])) == ["bas"]
    assert names(Wanted(sectors=["sbo"])) == ["bas"], "special primary education is primary education"
    assert names(Wanted(sectors=["po"], domains=["curriculum"])) == []


def test_the_list_and_the_page_of_an_adviser(client: Client, site: HomePage) -> None:
    an_adviser("anna", provinces=["utrecht"], wsa=["visie"])
    an_adviser("bas", provinces=["zeeland"])
    an_adviser("cora", is_shown=False)
    everybody = client.get("/makelaars/").content.decode()
    assert "Anna" in everybody
    assert "Cora" not in everybody
    here = client.get("/makelaars/?provincie=utrecht").content.decode()
    assert "Anna" in here
    assert "Bas" not in here
    page = client.get("/makelaars/anna/")
    assert "Visie" in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize("address", ["/makelaars/cora/", "/makelaars/niemand/"])
def test_who_is_not_shown_is_not_found(client: Client, site: HomePage, address: str) -> None:
    an_adviser("cora", is_shown=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["provincie=maan", "provincie=%00", "provincie=" + "x" * 5000, "provincie[]=1"])
def test_a_province_that_does_not_exist_breaks_nothing(client: Client, site: HomePage, query: str) -> None:
    assert client.get(f"/makelaars/?{query}").status_code in (200, 400)


def test_more_advisers_cost_no_more_queries(
    client: Client, site: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        an_adviser(f"nummer-{number}", provinces=["utrecht"], wsa=["visie"])
    client.get("/makelaars/")
    with django_assert_max_num_queries(4) as queries:
        assert client.get("/makelaars/").content.decode().count('class="adviser"') == 12
    assert len(queries) <= 4


def test_advisers_stand_on_pages_of_their_domain_and_leave_at_once(client: Client, domain_page: DomainPage) -> None:
    answer = factories.AnswerFactory(parent=factories.SectionFactory(parent=domain_page.get_parent().specific), wsa=["visie"])
    adviser = an_adviser("anna", wsa=["curriculum"])
    assert "Anna" in client.get(domain_page.url).content.decode()
    assert "Anna" not in client.get(answer.url).content.decode()
    adviser.wsa = list(Concept.objects.filter(scheme="wsa", code="visie"))
    adviser.save()
    assert "Anna" not in client.get(domain_page.url).content.decode()
    assert "Anna" in client.get(answer.url).content.decode()


def test_the_advisers_of_the_demo_come_once_and_stay_as_they_were_changed(site: HomePage) -> None:
    call_command("load_advisers", verbosity=0)
    made = Adviser.objects.count()
    assert made >= 6
    assert PortalImage.objects.count() == made
    Adviser.objects.filter(slug="noor-hollander").update(name="Iemand anders")
    call_command("load_advisers", verbosity=0)
    assert Adviser.objects.count() == made
    assert Adviser.objects.get(slug="noor-hollander").name == "Iemand anders"
    assert all("verzonnen" in name for name in Adviser.objects.exclude(slug="noor-hollander").values_list("name", flat=True))


def test_a_file_that_is_wrong_makes_nothing(vocabulary: Vocabulary, tmp_path: Path) -> None:
    file = tmp_path / "advisers.toml"
    file.write_text('[[adviser]]\nslug="a"\nname="A"\n[[adviser]]\nslug="b"\nname="B"\nwsa=["maan"]\n', encoding="utf-8")
    with pytest.raises(CommandError, match="maan"):
        call_command("load_advisers", str(file))
    assert not Adviser.objects.exists()
    file.write_text('[[adviser]]\nslug="a"\nname="A"\n', encoding="utf-8")
    assert load_advisers(file) == 1


def test_an_editor_writes_about_advisers(client: Client, site: HomePage) -> None:
    editor = factories.UserFactory()
    editor.groups.add(Group.objects.get(name="Redacteuren"))
    client.force_login(editor)
    assert client.get(reverse("advisers:index")).status_code == 200
    values = {"name": "Dirk", "slug": "dirk", "is_shown": "on", "wsa": [str(Concept.objects.get(scheme="wsa", code="visie").pk)]}
    assert client.post(reverse("advisers:add"), values).status_code == 302
    assert "Visie" in client.get("/makelaars/dirk/").content.decode()
