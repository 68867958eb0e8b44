#!/usr/bin/env bash
# A real OpenID Connect provider for tests, from Maven: Keycloak with the realm `school` of .ci/keycloak-realm.json.
#
#   keycloak.sh unpack FOLDER        prints the folder of the server
#   keycloak.sh start SERVER PORT    starts it and returns when the realm answers; its process id is in SERVER/pid
#
# Needs maven, java (17 or later), unzip and curl.
set -euo pipefail
version=26.0.7

unpack() {
    local repository="${HOME:-/root}/.m2/repository" zip
    zip="$repository/org/keycloak/keycloak-quarkus-dist/$version/keycloak-quarkus-dist-$version.zip"
    for _ in 1 2 3; do
        [ ! -f "$zip" ] || break
        mvn -q -B "-Dmaven.repo.local=$repository" dependency:get "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:zip" \
            -Dtransitive=false >&2 || sleep 5
    done
    mkdir -p "$1"
    unzip -q -o "$zip" -d "$1"
    echo "$1/keycloak-$version"
}

start() {
    local server=$1 port=$2 here
    here=$(cd "$(dirname "$0")" && pwd)
    mkdir -p "$server/data/import"
    cp "$here/keycloak-realm.json" "$server/data/import/school-realm.json"
    JAVA_OPTS_KC_HEAP="-Xms64m -Xmx512m" setsid "$server/bin/kc.sh" start-dev --http-host 127.0.0.1 --http-port "$port" --import-realm \
        >"$server/output" 2>&1 </dev/null &
    echo $! >"$server/pid"
    wait_for "$server" "$port"
}

# At most five minutes: 45 s where nothing else runs.
wait_for() {
    local until=$((SECONDS + 300))
    while ! curl --silent --fail --output /dev/null --max-time 5 "http://127.0.0.1:$2/realms/school/.well-known/openid-configuration"; do
        if [ $SECONDS -gt $until ]; then
            tail -n 30 "$1/output" >&2
            return 1
        fi
        sleep 0.5
    done
}

"$@"
