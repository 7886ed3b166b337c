# Two commands do everything: `make run` and `make test`. See README.md.
PORT ?= 8000
PYTHON = .venv/bin/python

.PHONY: run test office pictures lint format lock styles audit scan bench bench-copies faults deploy-check rehearse clean

run: .venv/run var/static/staticfiles.json
	@PORT=$(PORT) bin/run

test: .venv/dev var/static/staticfiles.json
	@bin/test

# Print letters, tables, forms and certificates with LibreOffice and look for every word on paper.
office: .venv/dev var/static/staticfiles.json
	$(PYTHON) -m pytest -m office

# Take the guides' pictures anew (needs Chromium): after a change of the form or the board's pages, look at them and commit them.
pictures: .venv/dev var/static/staticfiles.json
	PICTURES=static/img/guide BOARD_PICTURES=static/img/board $(PYTHON) -m pytest -m browser tests/browser/test_guide_pictures.py tests/browser/test_board_pictures.py

lint: .venv/dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	env -u DATABASE_URL $(PYTHON) manage.py makemigrations --check --dry-run
	env -u DATABASE_URL ALLOWED_HOSTS=sangkien.example.vn SECRET_KEY=$$($(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))") \
	  $(PYTHON) manage.py check --deploy --fail-level WARNING

format: .venv/dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Pin what requirements.in and requirements-dev.in ask for.
lock: .venv/dev
	.venv/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.txt requirements.in
	.venv/bin/pip-compile -q --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements-dev.txt requirements-dev.in

# Build static/vendor/bootstrap/ anew from styles/bootstrap.scss. Needs npm; the result is committed.
styles:
	npm --prefix styles ci
	npm --prefix styles run build

# Let axe, Lighthouse and the Nu HTML checker look at every page. Needs npm, Chromium and Java. See docs/quality.md.
audit: .venv/dev var/static/staticfiles.json audit/node_modules/.package-lock.json
	@$(PYTHON) -m audit.run

# Scanners of others: bandit over the code, wapiti over a running site as each role. Minutes; see docs/scanners.md.
scan: .venv/dev var/static/staticfiles.json var/scanners/ready
	@$(PYTHON) -m audit.scan

# How quick the site is, against a bare Django project on the same machine. Needs PostgreSQL. See docs/bench.md.
bench: .venv/run var/static/staticfiles.json
	@$(PYTHON) -m bench.run --scale "$(SCALE)" --only "$(ONLY)"

# Kill, cut and restore what the site stands on, and count that nothing is lost. All three run, whichever fails. Needs
# PostgreSQL's programs; each takes minutes.
faults: .venv/dev var/static/staticfiles.json
	@failed=""; for part in crash failover backup; do \
	  $(PYTHON) -m faults.$$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then echo "faults: failed:$$failed"; exit 1; fi; echo "faults: all held"

# How well copies are found, by kind of copying.
bench-copies: .venv/run
	@$(PYTHON) -m bench.copies

# Look at a running site from outside: make deploy-check URL=https://sangkien.example.vn
deploy-check:
	@python3 deploy/check.py $(URL)

# Put up nginx, HAProxy, gunicorn, PgBouncer and PostgreSQL as deploy/ says and walk through. Needs them installed, and root.
rehearse: .venv/run var/static/staticfiles.json
	@$(PYTHON) -m deploy.rehearsal

audit/node_modules/.package-lock.json: audit/package-lock.json
	npm --prefix audit ci

var/scanners/ready: audit/scanners.txt
	python3 -m venv var/scanners
	var/scanners/bin/pip install -q --disable-pip-version-check --require-hashes -r audit/scanners.txt
	@touch $@

.venv/run: requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

var/static/staticfiles.json: .venv/run $(shell find static -type f)
	@$(PYTHON) manage.py collectstatic --no-input --clear -v0

# The virtual environment and everything made while running, the database too.
clean:
	rm -rf .venv var
