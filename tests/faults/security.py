"""A node with TLS and a user who may do everything with `portal-*` and nothing else, as a real installation has it."""

import subprocess
from pathlib import Path

from tests.faults.nodes import Node
from tests.services import requires_url

PASSWORD = "a-password-for-tests"
_ROLE = """
portal:
  indices:
    - names: ["portal-*"]
      privileges: ["all"]
"""


def secured_node(folder: Path) -> tuple[Node, Path]:
    """A node that is not started yet, and the file with its certificate. Its user is `portal` with PASSWORD."""
    server = Path(requires_url("ELASTICSEARCH_SERVER_TEST"))
    config = folder / "config"
    for part in (folder / "data", folder / "logs", folder / "tmp"):
        part.mkdir(parents=True)
    subprocess.run(["cp", "-r", server / "config", config], check=True)
    keys, certificate = config / "http.p12", folder.parent / "node.pem"
    keytool = ["keytool", "-storetype", "PKCS12", "-keystore", str(keys), "-storepass", PASSWORD, "-alias", "node"]
    names = ["-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1,dns:localhost"]
    subprocess.run([*keytool, "-genkeypair", "-keyalg", "RSA", "-validity", "30", *names], check=True, capture_output=True)
    subprocess.run([*keytool, "-exportcert", "-rfc", "-file", str(certificate)], check=True, capture_output=True)
    (config / "roles.yml").write_text(_ROLE, encoding="utf-8")
    settings = (
        "xpack.security.enabled: true",
        "xpack.security.http.ssl.enabled: true",
        "xpack.security.http.ssl.keystore.path: http.p12",
        f"xpack.security.http.ssl.keystore.password: {PASSWORD}",
        "xpack.security.transport.ssl.enabled: false",
        "discovery.type: single-node",
    )
    node = Node(folder, *settings, scheme="https")
    return node, certificate


def add_user(folder: Path) -> None:
    """Add the user `portal`; before the node starts."""
    server = requires_url("ELASTICSEARCH_SERVER_TEST")
    java = subprocess.run(["readlink", "-f", "/usr/bin/java"], check=True, capture_output=True, text=True).stdout.strip()
    environment = {"ES_PATH_CONF": str(folder / "config"), "ES_JAVA_HOME": str(Path(java).parents[1]), "PATH": "/usr/bin:/bin"}
    command = [f"{server}/bin/elasticsearch-users", "useradd", "portal", "-p", PASSWORD, "-r", "portal"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
