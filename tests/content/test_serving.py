"""Public pages: found by one query, answered from memory, and addressed as the web expects."""

import gzip

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from lessons.models import LessonIndexPage, LessonPage
from portal.content.models import HomePage, KnowledgePage, SectionPage
from portal.content.serving import find_route
from portal.content.snapshot import current
from tests import factories


def kept() -> int:
    """How many documents this process keeps."""
    return len(caches["documents"]._cache)


def test_a_route_takes_one_query(article: KnowledgePage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    site = current()
    find_route(site, "kennis/")  # content types are known from the first request on
    with django_assert_num_queries(1):
        route = find_route(site, f"kennis/{article.slug}/")
    assert (route.pk, route.model, route.tree_path) == (article.pk, KnowledgePage, article.path)
    assert route.breadcrumbs == (("Duurzaam op school", "/"), ("Kennis", "/kennis/"))


@pytest.mark.parametrize("path", ["", "kennis/"])
def test_home_and_sections_are_found(article: KnowledgePage, client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/bestaat-niet/", "/kennis/bestaat-niet/", "/kennis/kennis/", "/Kennis/", "/" + "a/" * 13, "/" + "a/" * 1000, "/a.b/"],
)
def test_what_is_not_there_is_a_404_that_helps(article: KnowledgePage, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'action="/zoeken/"' in answer.content.decode()


def test_deep_paths_do_not_reach_the_database(site: HomePage, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = current()
    with django_assert_num_queries(0), pytest.raises(Http404):
        find_route(here, "a/" * 1000)


def test_a_missing_slash_is_added(article: KnowledgePage, client: Client) -> None:
    answer = client.get(f"/kennis/{article.slug}")
    assert (answer.status_code, answer["Location"]) == (301, f"/kennis/{article.slug}/")


def test_a_draft_is_not_there(section: SectionPage, client: Client) -> None:
    draft = factories.KnowledgeFactory(parent=section, live=False)
    assert client.get(f"/kennis/{draft.slug}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(article: KnowledgePage, client: Client, method: str) -> None:
    assert getattr(client, method)(article.url).status_code == 405


def test_the_address_of_a_button_is_answered_with_a_page(article: KnowledgePage, client: Client) -> None:
    refused = client.post(article.url)
    assert (refused.status_code, "GET" in refused["Allow"]) == (405, True)
    assert "Hier is geen pagina" in refused.content.decode()


def test_a_visitor_gets_no_cookie_and_nothing_that_depends_on_one(article: KnowledgePage, client: Client) -> None:
    for path in ("/", "/kennis/", article.url, "/zoeken/", "/zoeken/?q=afval", "/bestaat-niet/"):
        for _ in range(2):
            answer = client.get(path)
            assert not answer.cookies, path
            assert "cookie" not in answer.get("Vary", "").lower(), path


def test_a_kept_page_may_be_kept_elsewhere_if_asked_after(article: KnowledgePage, client: Client) -> None:
    assert client.get(article.url)["Cache-Control"] == "public, no-cache"


def test_an_unchanged_page_is_not_sent_again(article: KnowledgePage, client: Client) -> None:
    first = client.get(article.url)
    again = client.get(article.url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    other = client.get(article.url, headers={"If-None-Match": 'W/"something-else"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_the_validator_changes_with_the_page(article: KnowledgePage, client: Client) -> None:
    before = client.get(article.url)["ETag"]
    article.title = "Een andere titel"
    article.save_revision().publish()
    answer = client.get(article.url, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer["ETag"] != before


def test_head_answers_like_get_without_a_body(article: KnowledgePage, client: Client) -> None:
    full, head = client.get(article.url), client.head(article.url)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == full["ETag"]


def test_compressed_for_who_can_read_it(article: KnowledgePage, client: Client) -> None:
    plain = client.get(article.url)
    packed = client.get(article.url, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]
    # One validator for both forms, so it must not claim that the bytes are equal.
    assert packed["ETag"].startswith("W/")


def test_a_kept_page_costs_two_queries(lesson: LessonPage, client: Client) -> None:
    first = client.get(lesson.url)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(lesson.url)
    assert again.content == first.content
    assert len(queries) == 2, [query["sql"] for query in queries]


def test_parameters_that_mean_nothing_make_no_keys(article: KnowledgePage, client: Client) -> None:
    client.get(article.url)
    before = kept()
    assert before, "control: the page is kept"
    for number in range(5):
        assert client.get(article.url, {"utm_source": number, "page": number}).status_code == 200
    assert kept() == before


def test_a_declared_parameter_shows_another_document(section: SectionPage, client: Client) -> None:
    for number in range(25):
        factories.KnowledgeFactory(parent=section, title=f"Artikel nummer {number:02}")
    first, second = client.get("/kennis/"), client.get("/kennis/?page=2")
    assert "Artikel nummer 24" in first.content.decode()
    assert "Artikel nummer 24" not in second.content.decode()
    assert "Artikel nummer 00" in second.content.decode()
    assert client.get("/kennis/?page=2&utm_source=x").content == second.content


@pytest.mark.parametrize("number", ["3", "99999"])
def test_a_page_of_a_list_beyond_the_last_is_not_there(article: KnowledgePage, client: Client, number: str) -> None:
    before = kept()
    assert client.get("/kennis/", {"page": number}).status_code == 404
    assert kept() == before


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 30, "٣", "", "²"])
def test_what_is_no_page_number_means_the_first_and_is_kept_once(article: KnowledgePage, client: Client, number: str) -> None:
    client.get("/kennis/")
    before = kept()
    assert article.title in client.get("/kennis/", {"page": number}).content.decode()
    assert kept() == before


def test_who_has_a_session_gets_no_kept_document(article: KnowledgePage, admin_client: Client, client: Client) -> None:
    client.get(article.url)
    before = kept()
    answer = admin_client.get(article.url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert kept() == before
    # Nor is what they got kept for others.
    caches["documents"].clear()
    admin_client.get(article.url)
    assert kept() == 0


def test_a_session_that_is_broken_is_no_session(article: KnowledgePage, client: Client) -> None:
    client.cookies["sessionid"] = "x" * 5000
    assert client.get(article.url).status_code == 200
    assert client.get("/zoeken/").status_code == 200


def test_the_lesson_index_is_never_kept(lesson_index: LessonIndexPage, client: Client) -> None:
    assert client.get(lesson_index.url, {"q": "afval"}).status_code == 200
    assert kept() == 0


def test_hosts_do_not_share_documents(lesson: LessonPage, client: Client) -> None:
    """A lesson prints its own address."""
    assert "een.example.org" in client.get(lesson.url, headers={"Host": "een.example.org"}).content.decode()
    assert "een.example.org" not in client.get(lesson.url, headers={"Host": "twee.example.org"}).content.decode()


def test_without_a_site_there_is_nothing_and_no_error(site: HomePage, client: Client) -> None:
    Site.objects.all().delete()
    assert client.get("/").status_code == 404


def test_a_form_that_is_out_of_date_is_answered_with_a_page_of_the_site(site: HomePage) -> None:
    answer = Client(enforce_csrf_checks=True).post("/")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert f"<h1>{gettext('This form is out of date')}</h1>" in text
    assert 'class="site-foot"' in text
