# Two commands are enough: `make run` and `make test`. Everything they need is put into .venv once; afterwards they need
# no network.

PYTHON ?=
export PYTHON
# Python keeps what it compiled, or every start would compile Django again.
unexport PYTHONDONTWRITEBYTECODE
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q
ON_ALL_CORES := $(PYTEST) -n auto --maxprocesses 4 --dist worksteal
LANGUAGES := kk ru
# Those to walk: all of them, unless some are named.
JOURNEYS ?= tests
# Beside those Babel knows: _ gettext ngettext pgettext npgettext N_
KEYWORDS := -k gettext_lazy -k gettext_noop -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3

.DEFAULT_GOAL := help
.PHONY: help run test check lint types arrows unit quick kill chaos journeys bench bench-desk bench-insured texts lock clean for-running for-testing

help: ## show this
	@echo "make what:"
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: for-running ## start everything with demo data; PORT=8001 for another port
	@exec .venv/bin/qorgau run --demo $(if $(PORT),--port $(PORT))

test: lint types arrows unit kill journeys ## every check there is
	@echo "Everything passed."

check: for-testing ## the quick checks side by side, in about a minute
	@$(MAKE) --no-print-directory -j2 types quick lint arrows

lint: for-testing
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: for-testing
	.venv/bin/mypy

arrows: for-testing
	.venv/bin/lint-imports --no-logo

unit: for-testing
	$(ON_ALL_CORES) -m "not journey and not kill"

quick: for-testing
	$(ON_ALL_CORES) -m "not journey and not kill and not slow"

kill: for-testing
	$(PYTEST) -m kill

chaos: for-testing ## 200 conversations each way while bot, worker and web are killed; SEED=7 for another course
	CHAOS_CONVERSATIONS=$(or $(CONVERSATIONS),200) $(if $(SEED),CHAOS_SEED=$(SEED)) \
		$(PYTEST) -s tests/channels/telegram/chaos

journeys: for-testing
	CHROMIUM="$$(tools/chromium)" && export CHROMIUM && $(PYTEST) -m journey $(JOURNEYS)

bench: for-testing ## measure, next to the bare machine
	$(PY) -m bench

bench-desk: for-testing ## measure the desk with a million appeals; the first time takes a quarter of an hour
	$(PY) -m bench.desk

bench-insured: for-testing ## measure the insured register with the whole country; needs 12 GB of disk
	$(PY) -m bench.insured --people 15500000

texts: for-testing ## gather the texts to translate into qorgau/locale, and compile them
	@mkdir -p var
	PYTHONPATH=. .venv/bin/pybabel -q extract -F babel.cfg $(KEYWORDS) --add-location=file --sort-by-file \
		--add-comments="Translators:" --project=Qorgau --version="" -o var/django.pot qorgau
	@for language in $(LANGUAGES); do \
		.venv/bin/pybabel -q update -D django -i var/django.pot -d qorgau/locale -l $$language \
			--width=100 --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done
	@$(PY) -c "from pathlib import Path; from qorgau.lib.catalogues import compile_catalogues; \
		compile_catalogues(Path('qorgau/locale'))"

lock: for-testing ## write requirements/*.lock anew from *.in
	tools/lock

clean: ## remove what can be made again; data under var/ stay
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info var/test-db*
	find qorgau -name '*.mo' -delete
	find qorgau tests -name __pycache__ -type d -prune -exec rm -rf {} +

for-running:
	@tools/install run

for-testing:
	@tools/install test
