# What each target does stands beside it; `make help` shows that.
.DEFAULT_GOAL := help
.PHONY: help run test check lint bench fuzz pictures test-stock-postgres lock install

# The first Python that is new enough; an unusable one (a shim, a broken link) is passed over.
FIND_PYTHON = for name in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if command -v $$name >/dev/null 2>&1 && \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then \
	found=$$(python3 --version 2>/dev/null || echo "no Python 3"); \
	echo "Python 3.11 or newer is needed; this machine has $$found. Install one first, on Debian or Ubuntu with: sudo apt install python3 python3-venv" >&2; \
	exit 1; fi
PYTHON = .venv/bin/python
ARGUMENTS ?=
SECONDS ?= 600
# Only for tests and checks: no site that anybody reads is signed with it.
TEST_KEY = a-key-for-tests-that-signs-nothing-anybody-else-will-ever-read-or-trust

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

run: ## Start the site on http://127.0.0.1:8000/ (PORT changes it, DATABASE_URL gives it another database)
	@$(FIND_PYTHON); exec $$python -m alstrom_site.run

install: ## Make .venv with everything that tests and checks need
	@$(FIND_PYTHON); exec $$python -m alstrom_site.run.installing development

test: install ## Run all tests, in a real browser too (ARGUMENTS goes to pytest)
	@$(PYTHON) -m tests.chromium
	@SECRET_KEY="$${SECRET_KEY:-$(TEST_KEY)}" $(PYTHON) -m pytest --numprocesses auto --dist worksteal $(ARGUMENTS)

lint: install ## Check form, types, floors, templates, migrations and production settings
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	git ls-files -z -- 'templates/*.html' | xargs -0 -r .venv/bin/djade --target-version 5.2 --check
	$(PYTHON) manage.py makemigrations --check --dry-run
	DEBUG=false SECRET_KEY="$(TEST_KEY)" SITE_URL=https://site.example ALLOWED_HOSTS=site.example \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

check: lint test ## Everything a change must pass

test-stock-postgres: install ## Run all tests on a stock PostgreSQL of this machine
	@$(PYTHON) -m tests.chromium
	@SECRET_KEY="$(TEST_KEY)" $(PYTHON) -m tests.stock_postgres \
		$(PYTHON) -m pytest --numprocesses auto --dist worksteal $(ARGUMENTS)

bench: install ## Measure speed and memory on made-up content, and print the figures
	@SECRET_KEY="$(TEST_KEY)" $(PYTHON) -m pytest -q -s -o faulthandler_timeout=0 tests/bench/bench_*.py

fuzz: install ## Give the readers of files and replies odd bytes for SECONDS, ten minutes unless told
	@SECRET_KEY="$(TEST_KEY)" $(PYTHON) -m tests.fuzz.at_length $(SECONDS)

pictures: install ## Take the two pictures of the README again, from the site with its starter content
	@$(PYTHON) -m tests.chromium
	@SECRET_KEY="$(TEST_KEY)" $(PYTHON) -m pytest -q tests/journeys/take_pictures.py

lock: install ## Lock the newest allowed packages: names, exact numbers and hashes
	cd requirements && CUSTOM_COMPILE_COMMAND="make lock" ../$(PYTHON) -m piptools compile --upgrade $(LOCK_OPTIONS) \
		--output-file runtime.txt runtime.in
	cd requirements && CUSTOM_COMPILE_COMMAND="make lock" ../$(PYTHON) -m piptools compile --upgrade $(LOCK_OPTIONS) \
		--constraint runtime.txt --output-file development.txt development.in

LOCK_OPTIONS = --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
