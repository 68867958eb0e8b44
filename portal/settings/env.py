"""The environment, read once and typed: the only place where settings meet environment variables.

`load()` returns an `Environment`; a required value that is missing raises `environs.EnvValidationError` or `environs.EnvError`
with the name of the variable, so that a process refuses to start instead of running half configured.
"""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """An organisation that knows people: Entree, SURFconext. `url` is the address of its issuer; one that `vouches` is believed
    when it says who works at which school."""

    code: str
    name: str
    url: str
    client_id: str
    client_secret: str
    vouches: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """All settings that differ between machines. Paths are absolute; URLs carry no trailing slash."""

    secret_key: str
    secret_key_fallbacks: list[str]
    allowed_hosts: list[str]
    port: int
    base_url: str
    database_url: str
    redis_url: str
    broker_url: str
    var_dir: Path
    database_connections_seconds: int
    log_level: str
    secure_proxy: bool
    email_url: str
    mail_from: str
    elasticsearch_urls: list[str]
    elasticsearch_prefix: str
    elasticsearch_user: str
    elasticsearch_password: str
    elasticsearch_api_key: str
    elasticsearch_ca_certs: str
    openid_providers: list[OpenIdProvider]


def load(*, production: bool) -> Environment:
    """Read the environment. In production every secret and address is required; elsewhere a laptop's defaults fill in."""
    env = Env()

    def text(name: str, default: str) -> str:
        value: str = env.str(name) if production else env.str(name, default)
        return value

    def openid(code: str) -> OpenIdProvider:
        prefix = f"OIDC_{code.upper().replace('-', '_')}_"
        name, url = env.str(f"{prefix}NAME"), env.str(f"{prefix}URL").rstrip("/")
        client_id, secret = env.str(f"{prefix}CLIENT_ID"), env.str(f"{prefix}CLIENT_SECRET")
        return OpenIdProvider(code, name, url, client_id, secret, env.bool(f"{prefix}VOUCHES", False))

    codes: list[str] = env.list("OIDC_PROVIDERS", [])
    var_dir = Path(env.str("PORTAL_VAR_DIR", str(BASE_DIR / "var"))).resolve()
    port: int = env.int("PORT", 8000)
    return Environment(
        openid_providers=[openid(code) for code in codes],
        elasticsearch_urls=env.list("ELASTICSEARCH_URLS", []),
        elasticsearch_prefix=env.str("ELASTICSEARCH_PREFIX", "portal"),
        elasticsearch_user=env.str("ELASTICSEARCH_USER", ""),
        elasticsearch_password=env.str("ELASTICSEARCH_PASSWORD", ""),
        elasticsearch_api_key=env.str("ELASTICSEARCH_API_KEY", ""),
        elasticsearch_ca_certs=env.str("ELASTICSEARCH_CA_CERTS", ""),
        secret_key=text("SECRET_KEY", "a-key-for-laptops-only-never-for-a-public-site-0123456789"),
        secret_key_fallbacks=env.list("SECRET_KEY_FALLBACKS", []),
        allowed_hosts=env.list("ALLOWED_HOSTS") if production else env.list("ALLOWED_HOSTS", ["*"]),
        port=port,
        base_url=text("BASE_URL", f"http://localhost:{port}").rstrip("/"),
        database_url=text("DATABASE_URL", f"sqlite:///{var_dir}/portal.sqlite3"),
        redis_url=text("REDIS_URL", ""),
        broker_url=env.str("BROKER_URL", env.str("REDIS_URL", "")),
        var_dir=var_dir,
        database_connections_seconds=env.int("DATABASE_CONNECTIONS_SECONDS", 600),
        log_level=env.str("LOG_LEVEL", "INFO"),
        secure_proxy=env.bool("SECURE_PROXY", False),
        email_url=text("EMAIL_URL", "console://"),
        mail_from=text("MAIL_FROM", "Duurzaam op school <post@localhost>"),
    )
