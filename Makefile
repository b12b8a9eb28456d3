# Everything a person needs to run, try and test Thread. `make` alone lists the targets.
# Needs git, make and Python 3.11+; Node comes as a Python package where there is none.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UI := portal_ui
# Node of the machine when it is new enough for Vite, else the one in .venv.
NODE_OK := node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(UI)
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -qq --require-hashes
LOCK = uv pip compile --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --python-version 3.11 --universal --quiet
PORT_OFFSET ?= 0
ARGS ?=

.PHONY: help run deal test screenshots check stop clean lock build venv python-packages node-packages ui browser

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## start everything on this machine and open the doors (PORT_OFFSET=100 moves all ports)
	@$(BIN)/python -m deploy.local --port-offset $(PORT_OFFSET)

deal: ## close a deal in the running stand-in HubSpot (ARGS=--help lists ways to do it wrong)
	@test -x $(BIN)/python || { echo "Thread is not installed yet: make run" >&2; exit 1; }
	@$(BIN)/python -m deploy.deal $(ARGS)

stop: ## stop what `make run` started
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m deploy.local --stop; else echo "Thread is not installed here."; fi

test: build browser ## run every test, browser tests included (ARGS="tests/domain -x" for some)
	@$(BIN)/python -m pytest $(ARGS)

screenshots: build browser ## take the pictures of the README anew
	@$(BIN)/python -m pytest tests/e2e/test_deal_to_live.py -k undisturbed --pictures docs/pictures

check: build ## run linters, types, import contracts and the lock check
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python -m deploy.locked
	@$(NPM) run --silent check

build: ## install packages and build the user interface; does nothing when all is there
	@$(MAKE) --no-print-directory venv
	@$(MAKE) --no-print-directory -j2 python-packages ui

clean: stop ## remove everything made here, the demo's data included
	rm -rf .venv .thread $(UI)/node_modules $(UI)/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: ## write requirements/*.txt from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --extra local --extra dev --output-file requirements/dev.txt
	$(PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['node'])" \
		| $(LOCK) - --output-file requirements/node.txt

# A virtual environment knows its own path, so one of a moved folder is made anew, as is one of another lock file.
venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Thread needs Python 3.11 or newer as $(PYTHON) (make PYTHON=python3.12 ... picks another)." >&2; exit 1; }
	@if ! { echo "$(CURDIR)"; cat requirements/dev.txt; } | cmp -s - .venv/made || ! $(BIN)/python -c '' 2>/dev/null; then \
		rm -rf .venv; \
		$(PYTHON) -m venv .venv || { echo "$(PYTHON) -m venv failed: on Debian, apt install python3-venv" >&2; exit 1; }; \
	fi

python-packages:
	@if [ ! -s .venv/made ]; then \
		echo "Installing Python packages (once; about a minute)"; \
		$(PIP_INSTALL) -r requirements/dev.txt || exit 1; \
		{ echo "$(CURDIR)"; cat requirements/dev.txt; } > .venv/made; \
	fi

node-packages:
	@if ! { $(NODE_OK); } && [ ! -x $(BIN)/node ]; then \
		echo "Installing Node (once)"; \
		$(PIP_INSTALL) -r requirements/node.txt || exit 1; \
	fi
	@if ! cat $(UI)/package.json $(UI)/package-lock.json | cmp -s - $(UI)/node_modules/.made; then \
		echo "Installing packages of the user interface (once)"; \
		lock=$$(mktemp) && cp $(UI)/package-lock.json "$$lock"; \
		$(NPM) install --no-fund --no-audit --prefer-offline --loglevel=error || exit 1; \
		if ! cmp -s $(UI)/package-lock.json "$$lock"; then \
			cp "$$lock" $(UI)/package-lock.json; \
			echo "package-lock.json does not fit package.json: run npm install in $(UI) and commit both" >&2; exit 1; \
		fi; \
		rm "$$lock"; \
		cat $(UI)/package.json $(UI)/package-lock.json > $(UI)/node_modules/.made; \
	fi

# Its own make, so that the list of sources is made after the packages are there.
ui: node-packages
	@$(MAKE) --no-print-directory --silent $(UI)/dist/.made

# Folders too: a deleted file changes the time of its folder only.
UI_SOURCES = $(shell find $(UI) -mindepth 1 \( -name node_modules -o -name dist \) -prune -o -print)
$(UI)/dist/.made: $(UI_SOURCES)
	@echo "Building the user interface"
	@log=$$(mktemp); $(NPM) run --silent build >"$$log" 2>&1 || { cat "$$log" >&2; exit 1; }; rm "$$log"
	@touch $@

# Browser tests drive the machine's Chromium: downloads of a test library's own would not work offline.
browser:
	@if command -v chromium >/dev/null || [ -x /usr/bin/chromium ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests (once)"; \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null && exit 0; \
	fi; \
	echo "The browser tests need Chromium: install the package chromium (Debian: apt install chromium)." >&2; exit 1
