# What tests need beside Python, for .ci/run: Debian packages, and a PostgreSQL, a Redis, an Elasticsearch and a Keycloak of their own on
# free ports.
# A service whose URL is in the environment already (DATABASE_URL_POSTGRESQL, REDIS_URL_TEST or REDIS_URL,
# ELASTICSEARCH_URL_TEST, KEYCLOAK_URL_TEST) is used as it is.

install_packages() {
    local packages="python3-venv make gettext git procps curl postgresql redis-server chromium chromium-driver libimage-exiftool-perl"
    packages="$packages maven unzip libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    dpkg --status $packages >/dev/null 2>&1 && return
    # No packages start a service by themselves here. The second try is for a mirror that did not answer.
    for _ in 1 2; do
        # shellcheck disable=SC2086
        apt-get update -qq && apt-get install -qq --yes --no-install-recommends $packages >/dev/null && return
    done
    echo "The Debian packages could not be installed: $packages" >&2
    return 1
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_services() {
    services=$(mktemp -d)
    chmod 755 "$services"
    [ -n "${DATABASE_URL_POSTGRESQL:-}" ] || start_postgresql
    export REDIS_URL_TEST="${REDIS_URL_TEST:-${REDIS_URL:-}}"
    [ -n "$REDIS_URL_TEST" ] || start_redis
    [ -n "${ELASTICSEARCH_URL_TEST:-}" ] || start_elasticsearch
    [ -n "${KEYCLOAK_URL_TEST:-}" ] || start_keycloak
}

# A server that is thrown away afterwards: nothing has to reach the disk. 300 connections are for races of many processes.
start_postgresql() {
    local port binaries
    port=$(free_port)
    binaries=$(ls -d /usr/lib/postgresql/*/bin | sort --version-sort | tail -n 1)
    install --directory --owner postgres "$services/postgresql"
    as_postgres "$binaries/initdb" --pgdata "$services/postgresql/data" --auth trust --encoding UTF8 --locale C.UTF-8 >/dev/null
    as_postgres "$binaries/pg_ctl" --pgdata "$services/postgresql/data" --wait --silent --log "$services/postgresql/log" \
        --options "-p $port -h 127.0.0.1 -k $services/postgresql -c max_connections=300 -c fsync=off -c full_page_writes=off" start
    stop_postgresql="$binaries/pg_ctl --pgdata $services/postgresql/data --mode immediate --silent stop"
    export DATABASE_URL_POSTGRESQL="postgres://postgres@127.0.0.1:$port/postgres"
}

start_redis() {
    local port
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --save '' --dir "$services" --daemonize yes --logfile "$services/redis.log"
    export REDIS_URL_TEST="redis://127.0.0.1:$port/0"
    stop_redis="redis-cli -p $port shutdown nosave"
}

start_elasticsearch() {
    local port
    port=$(free_port)
    # Tests that need a node of their own (to kill it, to reach it by TLS) start it from here.
    ELASTICSEARCH_SERVER_TEST=$(.ci/elasticsearch.sh unpack "$services/elasticsearch")
    export ELASTICSEARCH_SERVER_TEST
    .ci/elasticsearch.sh start "$ELASTICSEARCH_SERVER_TEST" "$services/elasticsearch/node" "$port"
    stop_elasticsearch="$services/elasticsearch/node/pid"
    export ELASTICSEARCH_URL_TEST="http://127.0.0.1:$port"
}

start_keycloak() {
    local port server
    port=$(free_port)
    server=$(.ci/keycloak.sh unpack "$services/keycloak")
    .ci/keycloak.sh start "$server" "$port"
    stop_keycloak="$server/pid"
    export KEYCLOAK_URL_TEST="http://127.0.0.1:$port"
}

# Debian's server refuses to run as root.
as_postgres() {
    (cd / && runuser --user postgres -- "$@")
}

stop_services() {
    # shellcheck disable=SC2086
    [ -z "${stop_postgresql:-}" ] || as_postgres $stop_postgresql || true
    [ -z "${stop_redis:-}" ] || $stop_redis || true
    [ -z "${stop_elasticsearch:-}" ] || kill -KILL "$(cat "$stop_elasticsearch")" || true
    [ -z "${stop_keycloak:-}" ] || kill -KILL -- "-$(cat "$stop_keycloak")" || true
    [ -z "${services:-}" ] || rm -rf "$services"
}
