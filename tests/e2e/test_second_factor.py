"""Somebody becomes an editor: the password alone opens nothing, an app and a passkey do. Each page on the way is looked at."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, expect

from tests.accounts.people import app_code
from tests.e2e.people import PASSWORD, at_the_desk, fill_in_sign_in, mail_to, make_account, window
from tests.e2e.rooms import look

# Not of the demo, whose people are let in without a second step.
EMAIL = "eva.editor@school.example"
SECOND = "/account/tweede-stap/"


def test_an_editor_cannot_do_without_a_second_step(browser: Browser, site: str) -> None:
    with window(browser, site) as page:
        make_account(page, EMAIL, "Eva", "Editor")
        with at_the_desk(browser, site, "administrator") as administrator:
            _make_an_editor(administrator)
        _is_sent_to_set_it_up(page)
        codes = _set_up_an_app(page)
        _sign_in_with(page, codes[0])
        _use_new_codes(page)
        with _security_key(page):
            _add_a_passkey(page)
            _sign_in_by_passkey(page)
            _prove_by_passkey(page)
            _take_the_passkey_away(page)
        page.goto(f"{SECOND}app/weg/")
        _prove(page)
        assert look(page, "mfa_deactivate_totp") == []
        page.get_by_role("button", name="Haal de app weg").click()
        expect(page.get_by_role("alert")).to_contain_text("redactie")


def test_a_browser_that_knows_no_passkeys_shows_no_button_for_them(browser: Browser, site: str) -> None:
    with window(browser, site) as page:
        page.add_init_script("delete PublicKeyCredential.parseRequestOptionsFromJSON")
        page.goto("/account/aanmelden/")
        expect(page.locator("[data-passkey]")).to_be_hidden()


def test_a_passkey_that_fails_is_told_and_one_that_was_refused_is_not(browser: Browser, site: str) -> None:
    with window(browser, site) as page:
        page.goto("/account/aanmelden/")
        said = page.locator("[data-passkey] + [role=status]")
        failed = said.get_attribute("data-failed") or ""
        assert failed
        for fault, told in (
            ("SecurityError", failed),
            ("NotAllowedError", ""),
            ("NotSupportedError", failed),
            ("AbortError", ""),
        ):
            page.evaluate(
                "name => { navigator.credentials.get = () => Promise.reject(new DOMException('', name)); }",
                fault,
            )
            page.get_by_role("button", name="Aanmelden met een passkey").click()
            expect(said).to_have_text(told)
        page.route("**/account/aanmelden/passkey/", lambda route: route.fulfill(content_type="text/html", body="Even wachten"))
        page.get_by_role("button", name="Aanmelden met een passkey").click()
        expect(said).to_have_text(failed)


def _make_an_editor(administrator: Page) -> None:
    administrator.goto("/admin/users/?q=Eva")
    administrator.get_by_role("link", name="Eva Editor").first.click()
    administrator.get_by_role("tab", name=re.compile("Rollen")).click()
    administrator.get_by_label("Redacteuren").check()
    administrator.get_by_role("button", name="Opslaan").click()
    expect(administrator.locator(".messages")).to_contain_text("Eva Editor")


def _is_sent_to_set_it_up(page: Page) -> None:
    """The session that began with a password alone opens neither the desk nor the page that sets up a second step."""
    page.goto("/admin/")
    expect(page).to_have_url(re.compile(f"{SECOND}$"))
    page.get_by_role("link", name="Stel een app in").click()
    page.wait_for_url("**/account/aanmelden/**")
    fill_in_sign_in(page, EMAIL, PASSWORD)
    page.wait_for_url("**/account/aanmelden/code/")
    assert look(page, "account_confirm_login_code") == []
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail_to(page, EMAIL), re.MULTILINE)
    assert code
    page.goto("/account/aanmelden/code/")
    page.locator("input[name=code]").fill(code[1])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/aanmelden/" not in url)
    _prove(page)
    expect(page).to_have_url(re.compile(f"{SECOND}app/$"))


def _set_up_an_app(page: Page) -> list[str]:
    """Returns the codes for emergencies."""
    secret = page.locator(".set-up code").inner_text()
    page.locator("input[name=code]").fill(app_code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SECOND}noodcodes/")
    assert look(page, "mfa_view_recovery_codes") == []
    return page.locator(".codes code").all_inner_texts()


def _sign_in_with(page: Page, code: str) -> None:
    _sign_out(page)
    page.goto("/admin/")
    fill_in_sign_in(page, EMAIL, PASSWORD)
    page.wait_for_url("**/account/aanmelden/tweede-stap/**")
    assert look(page, "mfa_authenticate") == []
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^[^?]*/admin/$"))


def _sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url(lambda url: not url.endswith("/account/"))


def _prove(page: Page) -> None:
    """Show by the password that it is still the same person, where a page asks for that."""
    if "/account/opnieuw/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/account/opnieuw/" not in url)


def _use_new_codes(page: Page) -> None:
    page.goto(f"{SECOND}noodcodes/nieuw/")
    _prove(page)
    assert look(page, "mfa_generate_recovery_codes") == []
    page.goto("/account/opnieuw/code/")
    assert look(page, "mfa_reauthenticate") == []


@contextmanager
def _security_key(page: Page) -> Iterator[None]:
    """A passkey of the browser's own, that always says yes (WebAuthn, section 11: automation)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    session.send("WebAuthn.disable")


def _add_a_passkey(page: Page) -> None:
    page.goto(f"{SECOND}passkeys/nieuw/")
    _prove(page)
    page.locator("input[name=passwordless]").check()
    page.locator("input[name=name]").fill("Mijn laptop")
    # Enter in the field is the button: the form without a passkey is none.
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SECOND}")
    page.goto(f"{SECOND}passkeys/")
    expect(page.get_by_text("Mijn laptop")).to_be_visible()
    assert look(page, "mfa_list_webauthn") == []


def _sign_in_by_passkey(page: Page) -> None:
    """Without a password, and straight on to where one wanted to be."""
    _sign_out(page)
    page.goto("/admin/")
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(page).to_have_url(re.compile(r"^[^?]*/admin/$"))


def _prove_by_passkey(page: Page) -> None:
    address = f"/account/opnieuw/passkey/?next={SECOND}"
    assert page.context.browser
    without = page.context.browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = without.new_page()
    plain.goto(urljoin(page.url, address))
    expect(plain.get_by_role("heading", level=1)).to_have_text("Ben jij het?")
    expect(plain.locator("[data-passkey]")).to_be_hidden()
    without.close()

    page.goto(address)
    assert look(page, "mfa_reauthenticate_webauthn") == []
    page.get_by_role("button", name="Gebruik een passkey").click()
    expect(page).to_have_url(re.compile(rf"^[^?]*{SECOND}$"))


def _take_the_passkey_away(page: Page) -> None:
    page.goto(f"{SECOND}passkeys/")
    page.get_by_role("link", name="Verander de naam").click()
    assert look(page, "mfa_edit_webauthn") == []
    page.locator("input[name=name]").fill("Laptop van school")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SECOND}passkeys/")
    page.get_by_role("link", name="Weghalen").click()
    assert look(page, "mfa_remove_webauthn") == []
    page.get_by_role("button", name="Weghalen").click()
    page.wait_for_url(f"**{SECOND}passkeys/")
    expect(page.get_by_text("Laptop van school")).to_have_count(0)
