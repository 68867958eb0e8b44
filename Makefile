# `make run` starts the portal with its demo; `make test` runs the tests. Needs Python 3.11 or later with venv, make and a shell.
# Everything that is made lies in .venv/ and var/.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; exit; fi; done)
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -n 2 --dist loadgroup
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet
# One file per version of the requirements: as long as they stay the same, nothing is installed again.
RUNTIME := .venv/installed-$(shell cat requirements.txt | cksum | tr -d ' ')
TESTING := .venv/installed-for-tests-$(shell cat requirements.txt tests/requirements.txt | cksum | tr -d ' ')
# What a public site has to be told, with values that only serve to check the settings.
PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production ALLOWED_HOSTS=portal.example \
	SECRET_KEY=a-key-that-only-serves-to-check-the-settings-0123456789 BASE_URL=https://portal.example DATABASE_URL=postgres://portal@localhost/portal \
	REDIS_URL=redis://localhost EMAIL_URL=smtp://localhost MAIL_FROM=post@portal.example
# Compiled Python stays out of the sources, and what pip downloads out of the home folder.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/cache/python
PIP_CACHE_DIR ?= $(CURDIR)/.venv/cache/pip
export PIP_CACHE_DIR

.PHONY: help run demo-large demo-large test relevance bench bench-xl soak screenshots check messages clean

help:
	@echo "make run          start the portal at http://localhost:8000/ (PORT=8123 make run: elsewhere)"
	@echo "make demo-large   add 9,000 invented schools of 1,200 boards to the demo"
	@echo "make test         run the tests"
	@echo "make relevance    ask the judged questions of the finder and of Wagtail's own search"
	@echo "make bench        measure the portal beside stock Wagtail (takes long; SIZES=\"1000 100000\" make bench: others)"
	@echo "make bench-xl     the same with 100,000 lessons (an hour or more)"
	@echo "make soak         search under every fault of Elasticsearch, a thousand times each; kill what can be killed; ask ten thousand hostile things"
	@echo "make screenshots  the pictures of docs/editing.md anew (needs Chromium)"
	@echo "make check        format, lint, types, migrations, deployment settings"
	@echo "make messages     collect and compile the translations (needs gettext)"
	@echo "make clean        throw away .venv and var, with the demo database in it"

run: $(RUNTIME)
	@exec $(PY) -u manage.py run

demo-large: $(RUNTIME)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_vocabulary --verbosity 0
	@$(PY) manage.py make_schools --schools 9000 --boards 1200

# With DATABASE_URL_POSTGRESQL the suite runs a second time, on PostgreSQL; the browser's journeys only once.
test: $(TESTING)
	$(PYTEST)
	@if [ -n "$$DATABASE_URL_POSTGRESQL" ]; then \
		echo "Once more, on PostgreSQL"; DATABASE_URL="$$DATABASE_URL_POSTGRESQL" $(PYTEST) -m "not browser"; fi

relevance: $(TESTING)
	$(PY) -m tests.relevance

bench: $(TESTING)
	$(PY) -m tests.benchmarks $(or $(SIZES),1000 10000)

bench-xl:
	@$(MAKE) bench SIZES="1000 100000"

# Needs ELASTICSEARCH_URL_TEST for the rows with a real server, and ELASTICSEARCH_SERVER_TEST for nodes of its own; docs/search.md.
soak: $(TESTING)
	$(PY) -m tests.faults.search_faults
	$(PY) -m tests.faults.trials rebuilds kills 60
	$(PY) -m tests.faults.trials cluster 60
	HOSTILE_REQUESTS=10000 $(PY) -m pytest -n 0 -s tests/hostile

screenshots: $(TESTING)
	$(PY) -m tests.e2e.screenshots

check: $(TESTING)
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	$(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

messages: $(TESTING)
	$(PY) manage.py makemessages --locale nl --no-obsolete --no-wrap --no-location --ignore .venv --ignore var --ignore tests
	$(PY) manage.py compilemessages --locale nl --ignore .venv

clean:
	rm -rf .venv var

.venv/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or later is needed. Debian and Ubuntu: apt install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python lacks its module venv. Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Making .venv with $$("$(PYTHON)" --version) …"
	@"$(PYTHON)" -m venv --clear .venv

$(RUNTIME): .venv/bin/python
	@echo "Installing packages; the first time this takes a minute …"
	@$(PIP) install --requirement requirements.txt
	@touch $@

$(TESTING): .venv/bin/python
	@echo "Installing packages, those for tests too; the first time this takes a minute …"
	@$(PIP) install --requirement tests/requirements.txt
	@touch $@ $(RUNTIME)
