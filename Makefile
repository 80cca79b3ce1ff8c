# Everything here needs Python 3.11 and make, nothing else.
PYTHON ?= python3
PY = .venv/bin/python
LOCK = $(PY) -m piptools compile --generate-hashes --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe --quiet

.PHONY: setup demo test torture check bench bench-long lock readme

setup: .venv/ready

.venv/ready: requirements.lock requirements-dev.lock
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; try make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-dev.lock
	touch $@

demo: setup ## a Slack to try it in, in the browser, with the bot in it
	$(PY) -m tests.slack.demo

test: setup ## every test, on SQLite and on PostgreSQL
	$(PY) -m pytest -n 2

torture: setup ## the outbox for ten minutes of bad weather, kill -9 and SIGSTOP, on both engines
	$(PY) -m tests.torture 600

check: setup ## style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: setup ## how fast, beside a floor measured in the same run
	$(PY) -m tests.benchmarks 1000 100000

bench-long: setup
	$(PY) -m tests.benchmarks 1000 100000 1000000

readme: setup ## write the command table into README.md
	$(PY) -m bot help --table README.md

lock: setup ## pin every dependency with its hashes; no addresses, no paths
	PIP_CONFIG_FILE=/dev/null env -u PIP_FIND_LINKS $(LOCK) requirements.in -o requirements.lock
	PIP_CONFIG_FILE=/dev/null env -u PIP_FIND_LINKS $(LOCK) requirements-dev.in -o requirements-dev.lock
