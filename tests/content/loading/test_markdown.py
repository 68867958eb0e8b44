"""Markdown of content files becomes rich text that Wagtail keeps."""

import pytest

from portal.content.loading.markdown import UnknownAddress, rich_text

PAGES = {"/": 3, "/kennis/": 7, "/kennis/afval/": 12}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Een *schuin* en **vet** woord.", "<p>Een <i>schuin</i> en <b>vet</b> woord.</p>"),
        ("## Kop\n\nTekst", "<h2>Kop</h2><p>Tekst</p>"),
        ("- een\n- twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("1. een\n2. twee", "<ol><li>een</li><li>twee</li></ol>"),
        ("Een\n\n---\n\nTwee", "<p>Een</p><p>Twee</p>"),
        ("[elders](https://example.org/a?b=1&c=2)", '<p><a href="https://example.org/a?b=1&amp;c=2">elders</a></p>'),
        ("[vraag](/zoeken/?q=afval)", '<p><a href="/zoeken/?q=afval">vraag</a></p>'),
        ("[afval](/kennis/afval/)", '<p><a linktype="page" id="12">afval</a></p>'),
        ('[afval](/kennis/afval/ "Een titel")', '<p><a linktype="page" id="12">afval</a></p>'),
        (
            "[thuis](/) en [kennis](/kennis/)",
            '<p><a linktype="page" id="3">thuis</a> en <a linktype="page" id="7">kennis</a></p>',
        ),
        ("", ""),
    ],
)
def test_what_becomes_of_it(source: str, expected: str) -> None:
    assert rich_text(source, PAGES) == expected


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "a <b>b</b>", "<img src=x onerror=alert(1)>", "1 < 2 & 3"])
def test_html_is_text(source: str) -> None:
    found = rich_text(source, PAGES)
    assert "&lt;" in found
    assert "<script" not in found
    assert "<img" not in found


@pytest.mark.parametrize("source", ["[x](javascript:alert(1))", "[x](data:text/html,y)", "![x](https://example.org/x.png)"])
def test_no_link_does_anything_but_lead_somewhere(source: str) -> None:
    found = rich_text(source, PAGES)
    assert 'href="javascript' not in found
    assert 'href="data' not in found
    assert "<img" not in found


@pytest.mark.parametrize("address", ["/kennis/weg/", "/kennis/afval", "//evil.example/", "/kennis/afval/#deel"])
def test_a_link_to_nowhere_is_an_error_that_names_it(address: str) -> None:
    with pytest.raises(UnknownAddress) as error:
        rich_text(f"[x]({address})", PAGES)
    assert error.value.args == (address,)
