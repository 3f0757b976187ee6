# The project's commands. `make help` lists them. Nothing but Python 3.11, make and git is needed beforehand.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
# One more than the cores of a small machine: browsers and servers are waited for much of the time.
WORKERS ?= 3

# Tests and benchmarks start hundreds of processes, each of which would compile the site anew where no bytecode is kept.
export PYTHONDONTWRITEBYTECODE :=

# What a deployment sets; `check` looks at the project as one.
CHECK_ENV := NEWSROOM_VAR=$(CURDIR)/var/check SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=www.example.org NEWSROOM_NAME=Newsroom NEWSROOM_URL=https://www.example.org NEWSROOM_TIME_ZONE=Europe/London

# Where nothing is for people at the site: commands and tests speak English, and packages bring their own.
UNTRANSLATED := '.venv/*' 'docs/*' 'tests/*' 'var/*'

.DEFAULT_GOAL := help
.PHONY: help run test soak bench pictures pages checker lighthouse check lock clean

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: $(INSTALLED) var/newsroom.env ## Start the site with the demo newsroom, at http://127.0.0.1:8000/ (PORT=… for another port)
	@NEWSROOM_URL=http://127.0.0.1:$(PORT); export NEWSROOM_URL; exec $(BIN)/python manage.py run --port $(PORT)

test: $(INSTALLED) ## Run every test, in a small seeded round
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

soak: $(INSTALLED) ## Run the same tests at their full numbers, and write the result to docs/soak.md
	@NEWSROOM_SCALE=full $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

bench: $(INSTALLED) ## Measure the server beside nginx, the desk, search and every page (NEWSROOM_BENCH_STORIES=… for a size)
	@$(BIN)/python -m pytest -q -p no:logging -o python_files='bench_*.py' -o python_functions='bench_*' tests/bench

pictures: $(INSTALLED) ## Take the documents' pictures anew, of a freshly filled `make run` (NEWSROOM_URL=… for its address)
	@$(BIN)/python -m docs.img.retake

pages: $(INSTALLED) ## Take the pictures of all readers' pages anew, of a demo newsroom that is filled for them
	@$(BIN)/python -m docs.pages.take

checker: var/tools/checker/installed ## Install the HTML checker that `make test` asks about readers' pages (it wants npm and a Java)

lighthouse: var/tools/lighthouse/installed ## Install Lighthouse, which `make soak` asks about readers' pages (it wants npm and Chromium)

# What only makes differences (a date, line numbers) stays out of the catalogues, which are committed with what they compile to.
messages: $(INSTALLED) ## Gather what the site says for translation, and compile the translations (needs gettext: apt install gettext)
	$(CHECK_ENV) $(BIN)/python manage.py makemessages --all --domain django --no-wrap --no-obsolete --add-location file \
		--extension html,txt,py,xml $(addprefix --ignore ,$(UNTRANSLATED))
	$(CHECK_ENV) $(BIN)/python manage.py makemessages --all --domain djangojs --no-wrap --no-obsolete --add-location file \
		$(addprefix --ignore ,$(UNTRANSLATED) 'static/js/vendor/*')
	@sed -i.old -e '/^"POT-Creation-Date:/d' -e '/^"Report-Msgid-Bugs-To:/d' newsroom/locale/*/LC_MESSAGES/*.po && rm newsroom/locale/*/LC_MESSAGES/*.po.old
	$(CHECK_ENV) $(BIN)/python manage.py compilemessages --ignore var --ignore .venv

check: $(INSTALLED) ## Check style, types, templates, layers, migrations and deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(CHECK_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

lock: ## Pin the newest packages that pyproject.toml allows, with their hashes
	@test -x var/lock/bin/uv || { $(PYTHON) -m venv var/lock && var/lock/bin/python -m pip install --quiet uv; }
	@var/lock/bin/uv pip compile --quiet pyproject.toml --group embedded --group dev --generate-hashes --universal \
		--upgrade --python-version 3.11 --no-emit-index-url --no-annotate --no-header --output-file requirements.lock

# A demonstration's settings: its key is its own, and it talks plain HTTP, to this machine only.
var/newsroom.env:
	@mkdir -p var
	@umask 077; { \
		echo "SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')"; \
		echo 'ALLOWED_HOSTS=127.0.0.1,localhost'; \
		echo 'NEWSROOM_NAME="The Northmere Courier"'; \
		echo 'NEWSROOM_STRAP="Independent reporting from the coast and the counties"'; \
		echo 'NEWSROOM_URL=http://127.0.0.1:8000'; \
		echo 'NEWSROOM_TIME_ZONE=Europe/London'; \
		echo 'NEWSROOM_DEMO=true'; \
		echo 'PLAIN_HTTP=true'; \
		echo 'LOG_LEVEL=WARNING'; \
	} > $@.new && mv $@.new $@

# Outside the sources, without scripts of strangers, and only what the lock file names by its hash.
var/tools/%/installed: tests/tools/%/package.json tests/tools/%/package-lock.json
	@mkdir -p $(@D)
	@cp $^ $(@D)/
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean: ## Remove what the commands made, the demo newsroom's data included
	@for link in var/postgres/cluster var/*/postgres/cluster; do \
		if test -L "$$link"; then rm -rf "$$(readlink "$$link")"; fi; \
	done
	@find articles authors docs newsroom tests -name __pycache__ -prune -exec rm -rf {} +
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The lock file names every package with its hash, so that pip has nothing to work out.
$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PYTHON=… names it.")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python's venv is missing (Debian: apt install python3-venv)." >&2; exit 1; }
	@test -x $(BIN)/python || { echo 'Installing …'; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@touch $@
