"""Content files become pages: all or nothing, once, and with every problem named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from lessons.models import LessonIndexPage, LessonPage
from portal.content.loading.loader import Report, load_folders
from portal.content.loading.reading import ContentFileError
from portal.content.models import AnswerPage, HomePage, KnowledgePage, LoadedFile, PageRelation, SectionPage
from portal.media.models import PortalDocument, PortalImage
from portal.vocabulary.lookup import Vocabulary
from tests.factories import picture_bytes

HOME = """
type = "content.HomePage"
title = "Onze school"
"""
SECTION = """
type = "content.SectionPage"
slug = "kennis"
title = "Kennis"
show_in_menus = true
"""
ARTICLE = """
type = "content.KnowledgePage"
parent = "/kennis/"
slug = "afval"
title = "Minder afval"
summary = "Hoe je begint."
wsa = ["curriculum", "gebouw-bedrijfsvoering"]
checked_on = 2026-10-01
image = "bak.png"

[[body]]
text = \"\"\"
## Begin klein
Lees ook [de vraag](/kennis/hoe/).
\"\"\"

[[body]]
image = { image = "bak.png", caption = "Een bak" }

[[body]]
links = [{ title = "De vraag", page = "/kennis/hoe/" }]

[[relations]]
target = "/kennis/hoe/"
kind = "deepens"
note = "Past hierbij"
"""
ANSWER = """
type = "content.AnswerPage"
parent = "/kennis/"
slug = "hoe"
title = "Hoe beginnen we?"
summary = "Begin met wegen."
wsa = ["visie"]
answer = "Weeg een week lang **alles**."
"""
INDEX = """
type = "lessons.LessonIndexPage"
slug = "lessen"
title = "Lessen"
"""
LESSON = """
type = "lessons.LessonPage"
parent = "/lessen/"
slug = "wegen"
title = "Afval wegen"
summary = "De klas weegt het afval."
wsa = ["curriculum"]
sectors = ["po"]
sdg47 = ["duurzame-levenswijzen"]
minutes = 50
needs = ["een weegschaal", "handschoenen"]
licence = "cc-by-40"

[[steps]]
phase = "start"
title = "Raden"
minutes = 10
body = [{ text = "Hoeveel zit erin?" }, { question = "Wat denk jij?" }]

[[materials]]
document = { title = "Werkblad", document = "blad.txt", audience = "pupil" }

[[curriculum]]
concept = "po-2006-39"
why = "De leerlingen leren met zorg om te gaan met hun omgeving."
"""
FILES = {"home": HOME, "kennis": SECTION, "afval": ARTICLE, "hoe": ANSWER, "lessen": INDEX, "wegen": LESSON}
ABOUT = '["bak.png"]\ntitle = "Een volle bak"\nalt = "Een bak vol papier"\n'


@pytest.fixture
def folder(tmp_path: Path, vocabulary: Vocabulary) -> Path:
    """A folder with content files, a picture and a document."""
    place = tmp_path / "inhoud"
    for name, text in FILES.items():
        write(place, name, text)
    (place / "images").mkdir()
    (place / "documents").mkdir()
    (place / "images" / "bak.png").write_bytes(picture_bytes())
    (place / "images" / "images.toml").write_text(ABOUT)
    (place / "documents" / "blad.txt").write_text("Weeg het.\n")
    return place


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text)


def test_files_become_pages(folder: Path) -> None:
    assert load_folders([folder]) == Report(created=6, updated=0, unchanged=0)
    site = Site.objects.get()
    assert site.root_page.specific.title == "Onze school"
    assert set(Page.objects.filter(live=True, depth__gt=1).values_list("url_path", flat=True)) == {
        f"/home/{path}" for path in ("", "kennis/", "kennis/afval/", "kennis/hoe/", "lessen/", "lessen/wegen/")
    }
    article = KnowledgePage.objects.get()
    answer = AnswerPage.objects.get()
    assert [concept.code for concept in article.wsa.all()] == ["curriculum", "gebouw-bedrijfsvoering"]
    assert article.image.description == "Een bak vol papier"
    assert article.first_published_at.date() == article.checked_on
    assert [block.block_type for block in article.body] == ["text", "image", "links"]
    assert article.body[0].value.source == (
        f'<h2>Begin klein</h2><p>Lees ook <a linktype="page" id="{answer.pk}">de vraag</a>.</p>'
    )
    assert article.body[2].value[0]["page"].pk == answer.pk
    relation = PageRelation.objects.get()
    assert (relation.source_id, relation.target_id, relation.kind, relation.note) == (
        article.pk, answer.pk, "deepens", "Past hierbij",
    )  # fmt: skip
    assert answer.answer == "<p>Weeg een week lang <b>alles</b>.</p>"


def test_a_lesson_with_all_that_belongs_to_it(folder: Path) -> None:
    load_folders([folder])
    lesson = LessonPage.objects.get()
    assert lesson.needs_list() == ["een weegschaal", "handschoenen"]
    assert lesson.licence.code == "cc-by-40"
    assert [(link.concept.code, link.why[:14]) for link in lesson.curriculum.all()] == [("po-2006-39", "De leerlingen ")]
    step = lesson.steps[0].value
    assert (step["phase"], step["minutes"], [part.block_type for part in step["body"]]) == ("start", 10, ["text", "question"])
    document = lesson.materials[0].value["document"]
    assert document == PortalDocument.objects.get()


def test_loading_again_writes_nothing(folder: Path, django_assert_num_queries: Any) -> None:
    load_folders([folder])
    before = {page.pk: page.latest_revision_created_at for page in Page.objects.all()}
    with django_assert_num_queries(1):
        assert load_folders([folder]) == Report(created=0, updated=0, unchanged=6)
    assert {page.pk: page.latest_revision_created_at for page in Page.objects.all()} == before


def test_a_changed_file_changes_its_page_and_no_other(folder: Path) -> None:
    load_folders([folder])
    other = AnswerPage.objects.get()
    write(folder, "afval", ARTICLE.replace("Minder afval", "Veel minder afval").replace('kind = "deepens"', 'kind = "follows"'))
    assert load_folders([folder]) == Report(created=0, updated=1, unchanged=5)
    assert KnowledgePage.objects.get().title == "Veel minder afval"
    assert PageRelation.objects.get().kind == "follows"
    assert AnswerPage.objects.get().latest_revision_id == other.latest_revision_id
    assert PortalImage.objects.count() == 1


def test_what_an_editor_deleted_stays_away(folder: Path) -> None:
    """Control for the next: until its own file changes."""
    load_folders([folder])
    KnowledgePage.objects.get().delete()
    write(folder, "hoe", ANSWER.replace("Begin met", "Start met"))
    assert load_folders([folder]) == Report(created=0, updated=1, unchanged=5)
    assert not KnowledgePage.objects.exists()
    write(folder, "afval", ARTICLE.replace("Minder", "Nog minder"))
    assert load_folders([folder]) == Report(created=1, updated=0, unchanged=5)
    assert KnowledgePage.objects.get().live


def test_pages_may_point_to_each_other_whatever_their_order(folder: Path) -> None:
    write(folder, "hoe", ANSWER + '\n[[relations]]\ntarget = "/kennis/afval/"\n')
    load_folders([folder])
    assert PageRelation.objects.count() == 2


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = FILES[name]
        assert old in text
        write(folder, name, text.replace(old, new))

    return change


def without(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


WRONG = {
    "no TOML": (lambda folder: write(folder, "afval", "title = "), ["afval.toml"]),
    "no UTF-8": (lambda folder: (folder / "afval.toml").write_bytes(b'title = "\xff"'), ["afval.toml"]),
    "no title": (replaced("afval", 'title = "Minder afval"\n', ""), ["afval.toml: title is missing"]),
    "title is a number": (replaced("afval", '"Minder afval"', "5"), ["afval.toml: title is missing or no text"]),
    "slug with capitals": (replaced("afval", 'slug = "afval"', 'slug = "Afval weg"'), ["afval.toml", "Afval weg"]),
    "slug ends a line": (replaced("afval", 'slug = "afval"', 'slug = "afval\\n"'), ["afval.toml"]),
    "parent without slash": (replaced("afval", '"/kennis/"\nslug', '"kennis"\nslug'), ["afval.toml", "slash"]),
    "parent is a list": (replaced("afval", '"/kennis/"\nslug', "[]\nslug"), ["afval.toml: parent"]),
    "parent that is not there": (replaced("afval", '"/kennis/"\nslug', '"/weg/"\nslug'), ["afval.toml", "'/weg/'"]),
    "order is no number": (replaced("afval", 'slug = "afval"', 'slug = "afval"\norder = "a"'), ["afval.toml: order"]),
    "two files for one address": (lambda folder: write(folder, "twee", ARTICLE), ["twee.toml: afval.toml has the address"]),
    "unknown type": (replaced("afval", "content.KnowledgePage", "content.Nothing"), ["afval.toml", "content.Nothing"]),
    "no page type": (replaced("afval", "content.KnowledgePage", "media.PortalImage"), ["afval.toml", "media.PortalImage"]),
    "unknown field": (replaced("afval", "checked_on", "cheked_on"), ["afval.toml", "'cheked_on'"]),
    "unknown code": (replaced("afval", '"curriculum"', '"curiculum"'), ["afval.toml", "wsa", "'curiculum'"]),
    "a code for a list": (replaced("lessen", 'slug = "lessen"', 'slug = "lessen"\nsummary = ["a"]\nimage = 3'), ["lessen.toml"]),
    "codes that are no list": (replaced("afval", '["curriculum", "gebouw-bedrijfsvoering"]', '"visie"'), ["afval.toml: a list"]),
    "unknown image": (replaced("afval", 'image = "bak.png"\n\n', 'image = "weg.png"\n\n'), ["afval.toml", "'weg.png'"]),
    "image without words": (
        lambda folder: (folder / "images" / "images.toml").write_text(""),
        ["afval.toml", "alternative text"],
    ),
    "broken image": (lambda folder: (folder / "images" / "bak.png").write_bytes(b"\x89PNG\r\n\x1a\n"), ["afval.toml"]),
    "unknown document": (without("documents/blad.txt"), ["wegen.toml", "'blad.txt'"]),
    "unknown page in a link": (replaced("afval", "(/kennis/hoe/)", "(/kennis/weg/)"), ["afval.toml", "'/kennis/weg/'"]),
    "unknown page in a block": (replaced("afval", 'page = "/kennis/hoe/"', 'page = "/weg/"'), ["afval.toml", "'/weg/'"]),
    "unknown page in a relation": (replaced("afval", 'target = "/kennis/hoe/"', 'target = "/weg/"'), ["afval.toml", "'/weg/'"]),
    "relation to nothing": (replaced("afval", 'target = "/kennis/hoe/"\n', ""), ["afval.toml", "target"]),
    "unknown kind of relation": (replaced("afval", '"deepens"', '"loves"'), ["afval.toml", "kind"]),
    "unknown key in a relation": (replaced("afval", 'note = "', 'nota = "'), ["afval.toml", "'nota'"]),
    "unknown block": (replaced("afval", "[[body]]\ntext", "[[body]]\ntekst"), ["afval.toml", "'tekst'"]),
    "two blocks in one": (replaced("afval", "links = [", 'quote = { text = "x" }\nlinks = ['), ["afval.toml", "one key"]),
    "unknown key in a block": (replaced("afval", "caption", "captoin"), ["afval.toml", "captoin"]),
    "text where a list belongs": (replaced("afval", "links = [{", 'links = "x" #'), ["afval.toml: a list"]),
    "number where text belongs": (replaced("hoe", '"Weeg een week lang **alles**."', "7"), ["hoe.toml: a text"]),
    "step without a title": (replaced("wegen", 'title = "Raden"\n', ""), ["wegen.toml: steps.0.title"]),
    "step in no phase": (replaced("wegen", '"start"', '"begin"'), ["wegen.toml: steps.0.phase"]),
    "minutes that are none": (replaced("wegen", "minutes = 50", 'minutes = "lang"'), ["wegen.toml: minutes"]),
    "too few minutes": (replaced("wegen", "minutes = 50", "minutes = 1"), ["wegen.toml: minutes"]),
    "not ready to go live": (replaced("wegen", 'sectors = ["po"]\n', ""), ["wegen.toml: sectors"]),
    "a goal without a reason": (replaced("wegen", "why = ", "#"), ["wegen.toml", "why"]),
    "unknown goal": (replaced("wegen", "po-2006-39", "po-2006-99"), ["wegen.toml", "'po-2006-99'"]),
    "title too long": (replaced("hoe", "Hoe beginnen we?", "x" * 256), ["hoe.toml", "255"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_and_nothing_is_loaded(case: str, folder: Path) -> None:
    break_it, words = WRONG[case]
    break_it(folder)
    before = list(Page.objects.values_list("pk", "title"))
    with pytest.raises(ContentFileError) as error:
        load_folders([folder])
    for word in words:
        assert word in str(error.value)
    assert list(Page.objects.values_list("pk", "title")) == before
    assert not LoadedFile.objects.exists()
    assert not PortalImage.objects.exists()


def test_every_problem_is_named_at_once(folder: Path) -> None:
    replaced("afval", '"curriculum"', '"curiculum"')(folder)
    replaced("hoe", '"visie"', '"vizie"')(folder)
    with pytest.raises(ContentFileError) as error:
        load_folders([folder])
    assert [line.partition(":")[0] for line in str(error.value).splitlines()] == ["afval.toml", "hoe.toml"]


def test_a_page_of_another_type_is_left_alone(folder: Path) -> None:
    load_folders([folder])
    write(folder, "afval", ARTICLE.replace("content.KnowledgePage", "content.AnswerPage"))
    with pytest.raises(ContentFileError, match=r"afval\.toml: /kennis/afval/ is taken by a page of another type"):
        load_folders([folder])
    assert KnowledgePage.objects.get().title == "Minder afval"


def test_it_fits_in_a_site_that_is_there(
    folder: Path, site: HomePage, section: SectionPage, lesson_index: LessonIndexPage
) -> None:
    (folder / "home.toml").unlink()
    report = load_folders([folder])
    assert (report.created, report.updated) == (3, 2)
    assert KnowledgePage.objects.get().get_parent().pk == section.pk


def test_the_command_says_what_it_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_content", str(folder))
    assert "6 pages made, 0 changed, 0 unchanged" in capsys.readouterr().out
    call_command("load_content", str(folder))
    assert "0 pages made, 0 changed, 6 unchanged" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(folder: Path) -> None:
    with pytest.raises(CommandError, match="No such folder"):
        call_command("load_content", str(folder / "weg"))
    replaced("afval", '"curriculum"', '"curiculum"')(folder)
    with pytest.raises(CommandError, match="curiculum"):
        call_command("load_content", str(folder))
