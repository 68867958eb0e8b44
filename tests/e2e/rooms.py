"""Every page of schools and of accounts: who opens it, and where. `test_rooms.py` looks at all of them, and fails for a page that
is added to the URL conf and not here."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Page

from tests.e2e.barriers import everywhere, too_heavy

SCHOOL, BOARD = "/mijn-school/90gu00/", "/mijn-bestuur/90105/"
ACCOUNT = "/account/"


@dataclass(frozen=True, slots=True)
class Room:
    """The page whose address has this `name`. `who` of the demo opens it ("" a visitor): at `path`, or by the link `by` there."""

    name: str
    who: str
    path: str
    by: str = ""
    status: int = 200


def _own(who: str, under: str, **names: str) -> tuple[Room, ...]:
    return tuple(Room(f"schools:{name.replace('_', '-')}", who, f"{under}{path}") for name, path in names.items())


ENTRANCE = (
    Room("account_login", "", f"{ACCOUNT}aanmelden/"),
    Room("account_signup", "", f"{ACCOUNT}nieuw/"),
    Room("account_email_verification_sent", "", f"{ACCOUNT}nieuw/mail/"),
    Room("account_confirm_email", "", f"{ACCOUNT}bevestigen/te-oud/"),
    Room("account_inactive", "", f"{ACCOUNT}gesloten/"),
    Room("account_reset_password", "", f"{ACCOUNT}wachtwoord-vergeten/"),
    Room("account_reset_password_done", "", f"{ACCOUNT}wachtwoord-vergeten/mail/"),
    Room("account_reset_password_from_key", "", f"{ACCOUNT}wachtwoord-vergeten/1-te-oud/"),
    Room("account_left", "", f"{ACCOUNT}verwijderd/"),
    Room("socialaccount_login_cancelled", "", f"{ACCOUNT}elders/gestopt/"),
    Room("socialaccount_login_error", "", f"{ACCOUNT}elders/mislukt/", status=401),
)
OWN_ACCOUNT = (
    Room("account", "coordinator", ACCOUNT),
    Room("account", "adviespunt", ACCOUNT),
    Room("account_logout", "coordinator", f"{ACCOUNT}afmelden/"),
    Room("account_name", "coordinator", f"{ACCOUNT}naam/"),
    Room("account_email", "coordinator", f"{ACCOUNT}e-mail/"),
    Room("account_change_password", "coordinator", f"{ACCOUNT}wachtwoord/"),
    Room("usersessions_list", "coordinator", f"{ACCOUNT}sessies/"),
    Room("account_download", "coordinator", f"{ACCOUNT}gegevens/"),
    Room("account_leave", "coordinator", f"{ACCOUNT}verwijderen/"),
    Room("account_reauthenticate", "coordinator", f"{ACCOUNT}opnieuw/"),
    Room("mfa_index", "coordinator", f"{ACCOUNT}tweede-stap/"),
    Room("mfa_activate_totp", "coordinator", f"{ACCOUNT}tweede-stap/app/"),
    Room("mfa_list_webauthn", "coordinator", f"{ACCOUNT}tweede-stap/passkeys/"),
    Room("mfa_add_webauthn", "coordinator", f"{ACCOUNT}tweede-stap/passkeys/nieuw/"),
    Room("socialaccount_connections", "coordinator", f"{ACCOUNT}elders/"),
)
# How visitors see schools, boards and advisers stands in `pages.py` as well; here how those do who belong there.
PLACES = (
    Room("schools:list", "coordinator", "/scholen/"),
    Room("schools:school", "coordinator", "/scholen/90gu00/"),
    Room("schools:board", "bestuur", "/besturen/90105/"),
    Room("schools:advisers", "coordinator", "/makelaars/"),
    Room("schools:adviser", "coordinator", "/makelaars/noor-hollander/"),
)
OWN_SCHOOL = (
    *(Room("schools:mine", who, "/mijn-school/") for who in ("coordinator", "bestuur", "adviespunt")),
    Room("schools:own", "leraar", SCHOOL),
    Room("schools:scan", "leraar", f"{SCHOOL}scan/"),
    *_own("coordinator", SCHOOL, own="", people="mensen/", profile="profiel/", scan="scan/", scan_step="scan/visie/"),
    *_own("coordinator", SCHOOL, needs="behoeften/", need="behoeften/1/", need_change="behoeften/1/wijzigen/"),
    *_own("coordinator", SCHOOL, need_add="behoeften/nieuw/", used="gebruikt/", plan="plan/"),
    Room("schools:ask", "coordinator", "/mijn-school/97eg00/lid-worden/"),
    Room("schools:ask", "coordinator", f"{SCHOOL}lid-worden/"),
    Room("schools:invitation", "coordinator", "/mijn-school/uitnodiging/te-oud/", status=404),
    Room("schools:role", "coordinator", f"{SCHOOL}mensen/", by="Andere rol"),
    Room("schools:end", "coordinator", f"{SCHOOL}mensen/", by="Beëindigen"),
    Room("schools:leave", "coordinator", f"{SCHOOL}mensen/", by="Vertrek of draag over"),
    Room("schools:board-ask", "coordinator", f"{BOARD}lid-worden/"),
    *_own("bestuur", BOARD, board_own="", board_people="mensen/"),
)
ROOMS = (*ENTRANCE, *OWN_ACCOUNT, *PLACES, *OWN_SCHOOL)

# Pages that stand at the end of a way; the tests that walk it look at them.
ON_THE_WAY = {
    "account_reset_password_from_key_done": "test_accounts.py",
    "account_confirm_login_code": "test_second_factor.py",
    "mfa_authenticate": "test_second_factor.py",
    "mfa_reauthenticate": "test_second_factor.py",
    "mfa_reauthenticate_webauthn": "test_second_factor.py",
    "mfa_deactivate_totp": "test_second_factor.py",
    "mfa_view_recovery_codes": "test_second_factor.py",
    "mfa_generate_recovery_codes": "test_second_factor.py",
    "mfa_edit_webauthn": "test_second_factor.py",
    "mfa_remove_webauthn": "test_second_factor.py",
}
# Addresses that show no page of ours, or none here, and why.
NO_PAGE = {
    "mfa_login_webauthn": "a script asks it for what a passkey must sign",
    "mfa_download_recovery_codes": "a file",
    "schools:plan-pdf": "a file",
    "schools:board-export": "a file",
    "schools:decide": "a button",
    "schools:use": "a button",
    "schools:need-step": "a button",
    "account_set_password": "only who came by way of an organisation has no password; a laptop knows none",
    "socialaccount_signup": "an organisation that tells no address; a laptop knows none",
    "openid_connect_login": "the way to an organisation; a laptop knows none",
    "openid_connect_callback": "the way back from an organisation",
}


def look(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open, which has to be the one of this name."""
    found = resolve(urlsplit(page.url).path).view_name
    return [f"this is {found}"] if found != name else [*too_heavy(page), *everywhere(page)]
