#!/usr/bin/env bash
# A real Elasticsearch for tests, from Maven: the server with security, without the optional modules (which the portal does not need).
#
#   elasticsearch.sh unpack FOLDER                          prints the folder of the server
#   elasticsearch.sh start SERVER NODE PORT [SETTING ...]   starts a node in the folder NODE and returns when it answers;
#                                                           its process id is in NODE/pid. A setting is a line of elasticsearch.yml.
#
# As root on Debian with maven, java and unzip. The server refuses to run as root, so it gets a user of its own.
set -euo pipefail
version=8.19.3
user=elastic-test

unpack() {
    local artifact="org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip" zip
    local repository="${HOME:-/root}/.m2/repository"
    zip="$repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch/$version/elasticsearch-$version.zip"
    for _ in 1 2 3; do
        [ ! -f "$zip" ] || break
        mvn -q -B "-Dmaven.repo.local=$repository" dependency:get "-Dartifact=$artifact" -Dtransitive=false >&2 || sleep 5
    done
    mkdir -p "$1"
    chmod 755 "$1"
    unzip -q -o "$zip" -d "$1"
    chmod -R go+rX "$1/elasticsearch-$version"
    echo "$1/elasticsearch-$version"
}

start() {
    local server=$1 node=$2 port=$3 java
    shift 3
    id "$user" >/dev/null 2>&1 || useradd --system --no-create-home --shell /bin/sh "$user"
    mkdir -p "$node/data" "$node/logs" "$node/tmp"
    [ -d "$node/config" ] || cp -r "$server/config" "$node/config"
    {
        printf '%s\n' "cluster.name: portal-test" "http.host: 127.0.0.1" "transport.host: 127.0.0.1" "http.port: $port" \
            "path.data: $node/data" "path.logs: $node/logs" "cluster.routing.allocation.disk.threshold_enabled: false"
        [ $# -gt 0 ] || printf '%s\n' "discovery.type: single-node" "xpack.security.enabled: false"
        [ $# -eq 0 ] || printf '%s\n' "$@"
    } >"$node/config/elasticsearch.yml"
    chown -R "$user" "$node"
    java=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
    (cd / && exec setsid runuser --user "$user" -- env ES_JAVA_HOME="$java" ES_PATH_CONF="$node/config" ES_TMPDIR="$node/tmp" \
        ES_JAVA_OPTS="-Xms${HEAP:-512m} -Xmx${HEAP:-512m}" "$server/bin/elasticsearch" --pidfile "$node/pid" --quiet) \
        >"$node/output" 2>&1 </dev/null &
    wait_for "$node" "$port"
}

# Until it answers at all (with security on a stranger gets 401, which is an answer), at most five minutes: 20 s where nothing else runs.
wait_for() {
    local until=$((SECONDS + 300))
    while ! curl --silent --insecure --output /dev/null --max-time 5 "${SCHEME:-http}://127.0.0.1:$2/_cluster/health?wait_for_status=yellow&timeout=5s"; do
        if [ $SECONDS -gt $until ]; then
            tail -n 30 "$1/output" >&2
            return 1
        fi
        sleep 0.5
    done
}

"$@"
