#!/usr/bin/env bash
# Does `make run` do what the README promises? From a clean copy: start, look, stop with Ctrl-C, start again.
set -euo pipefail
cd "$(dirname "$0")/.."
# Every background job gets a process group, as in a terminal.
set -m
copy=$(mktemp -d)
log="$copy.log"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
site="http://localhost:$port"
unset DATABASE_URL REDIS_URL BROKER_URL PORTAL_VAR_DIR BASE_URL DJANGO_SETTINGS_MODULE

finish() {
    status=$?
    [ -z "${run:-}" ] || kill -KILL -- "-$run" 2>/dev/null || true
    for left in $(pgrep -f "$copy/"); do kill -KILL "$left" 2>/dev/null || true; done
    rm -rf "$copy" "$log"
    exit "$status"
}
trap finish EXIT

fail() {
    echo "smoke: $1" >&2
    tail -n 30 "$log" >&2
    exit 1
}

files() {
    (cd "$copy" && find . \( -path ./.venv -o -path ./var \) -prune -o -type f -print | sort)
}

# Starts the portal and waits until it says that it is there, at most so many seconds.
start() {
    local begin=$SECONDS
    # What the start before this one said must not be taken for an answer.
    : >"$log"
    (cd "$copy" && PORT=$port exec make run) >>"$log" 2>&1 </dev/null &
    run=$!
    until grep -q "^Ctrl-C stops everything" "$log"; do
        kill -0 "$run" 2>/dev/null || fail "make run ended before the site was there"
        [ $((SECONDS - begin)) -lt "$1" ] || fail "the site was not there within $1 s"
        sleep 0.2
    done
    echo "smoke: there after $((SECONDS - begin)) s"
}

# Ctrl-C: a terminal sends SIGINT to every process of the group.
stop() {
    local begin=$SECONDS
    kill -INT -- "-$run"
    while kill -0 "$run" 2>/dev/null; do
        [ $((SECONDS - begin)) -le 10 ] || fail "still running 10 s after Ctrl-C"
        sleep 0.1
    done
    run=
    if pgrep -f "$copy/" >/dev/null; then fail "left running: $(pgrep -af "$copy/")"; fi
    echo "smoke: stopped after $((SECONDS - begin)) s"
}

page() {
    curl --silent --show-error --fail --max-time 10 "$site$1" || fail "$1 does not answer"
}

# Is this text on that page? Read whole first: a grep that has seen enough would break off what curl still writes.
has() {
    local body
    body=$(page "$1")
    grep --quiet "$2" <<<"$body"
}

git archive HEAD | tar --extract --directory "$copy"
before=$(files)

start 600
has / 'href="/zoeken/' || fail "the home page has no way to the finder"
has '/zoeken/?q=afval' 'href="/lessen/' || fail "no lesson about afval is found"
home=$(page /)
page "$(grep --only-matching --max-count=1 '/static/css/site[^"]*\.css' <<<"$home" | sed 1q)" >/dev/null
page /admin/login/ >/dev/null
(cd "$copy" && PORT=$port make run >>"$log.second" 2>&1) && fail "a second run on the same port did not refuse"
grep -q "Port $port is taken" "$log.second" || fail "a taken port is not named"
rm -f "$log.second"
stop

start 60
has '/zoeken/?q=afval' 'href="/lessen/' || fail "after a second start nothing is found"
stop

[ "$(files)" = "$before" ] || fail "files outside .venv and var: $(diff <(echo "$before") <(files))"
