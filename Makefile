# Two commands: `make run` and `make test`. The rest: `make help`.
PORT ?= 8000
# The first Python that is new enough and can make a virtual environment. The system's own comes first: it is compiled
# for speed, which one built on the machine seldom is. Another one: make run PYTHON=/path/to/python3.12
PYTHON ?= $(shell for needs in "ensurepip, venv, sys" sys; do \
	for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	if command -v $$p >/dev/null 2>&1 && $$p -c "import $$needs; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; \
	then echo $$p; exit; fi; done; done)
VENV ?= .venv
PY = $(VENV)/bin/python
ANTALL ?= 1000
DEL ?=
export PORT VENV MAKECMDGOALS

.DEFAULT_GOAL := help
.PHONY: help run test testrask lint fix demo reset shell bench sokemal ordretninger bevis lock drift utvikling

help:  ## This list
	@echo "make run    starts the portal on http://127.0.0.1:$(PORT)"
	@echo "make test   runs every check there is"
	@echo
	@grep -hE '^[a-z]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*  ## (.*)/  make \1|\2/' | \
		while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

run: drift  ## Start the portal with example data; PORT=8001 chooses another port
	@$(PY) scripts/run.py

test: utvikling  ## Everything: lint, the suite on SQLite and on PostgreSQL, browser tests
	@$(PY) scripts/run_tests.py

testrask: utvikling  ## The suite on SQLite only; DEL="tests/kommuner -k Halden" chooses a part
	@$(PY) scripts/run_tests.py sqlite -- $(DEL)

lint: utvikling  ## Only the checks that read the code
	@$(PY) scripts/run_tests.py lint

fix: utvikling  ## Format the code and mend what can be mended by machine
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .
	@find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} +

demo: drift  ## Add generated projects to the database of make run; ANTALL=1000 says how many
	@PORTAL_UTVIKLING=1 $(PY) manage.py last_eksempler --antall $(ANTALL)

reset:  ## Delete the database, mail and files of make run, and start over next time
	@rm -rf var/portal.sqlite3 var/portal.sqlite3-wal var/portal.sqlite3-shm var/epost var/filer
	@echo "Deleted. 'make run' makes a new one."

shell: drift  ## Django's shell on the database of make run
	@PORTAL_UTVIKLING=1 $(PY) manage.py shell

bench: drift  ## Measure with 5 000 to 50 000 projects and write docs/performance.md
	@$(PY) scripts/bench.py

sokemal: utvikling  ## Measure how good the search is, on both databases
	@$(PY) scripts/sokemal.py

ordretninger: utvikling  ## Work out which way the words of the search's lists point, when a list has changed
	@$(PY) scripts/ordretninger.py

bevis: utvikling  ## Install and start as in production in a clean folder, with gunicorn and PostgreSQL
	@$(PY) scripts/prove_production.py

lock: utvikling  ## Write krav/*.txt anew from pyproject.toml, newest versions that fit
	@$(PY) scripts/lock.py

drift:
	@$(or $(PYTHON),$(error No Python 3.11 or newer was found. Install one, or: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12)) scripts/venv.py drift

utvikling:
	@$(or $(PYTHON),$(error No Python 3.11 or newer was found. Install one, or: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12)) scripts/venv.py drift utvikling
