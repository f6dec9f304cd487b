# Footnote. `make chat` opens a page to ask about the articles in seeds/, `make test` runs the tests.
# A second run installs nothing. Uses uv where it is installed, else python3 -m venv and pip.

VENV := .venv
BIN := $(VENV)/bin
ARTICLES ?= seeds
# An index belongs to one folder of articles.
INDEX = .indexes/$(notdir $(abspath $(ARTICLES)))
UV := $(shell command -v uv 2>/dev/null)
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$name && break; done)

.PHONY: help chat ask test check format eval bench clean

help:
	@echo 'make chat                 open the page to ask about the articles in seeds/ (ARTICLES=DIR for your own)'
	@echo 'make ask Q="…"            ask one question'
	@echo 'make test                 run the tests'
	@echo 'make check                lint, format and types'
	@echo 'make eval                 measure what is found, said, cited and refused; write a report'
	@echo 'make bench                measure speed and memory'

chat: $(VENV)/installed
	@$(BIN)/footnote chat '$(ARTICLES)' --index '$(INDEX)'

# By way of the environment, so that a quotation mark in the question is only that.
ask: export QUESTION = $(Q)
ask: $(VENV)/installed
	@$(BIN)/footnote ask "$$QUESTION" --folder '$(ARTICLES)' --index '$(INDEX)' || test $$? -eq 3 # the articles do not say

test: $(VENV)/installed-test
	$(BIN)/pytest --numprocesses 2 --dist loadfile

check: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/installed-test
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

eval: $(VENV)/installed
	$(BIN)/footnote eval --floors

bench: $(VENV)/installed
	$(BIN)/footnote bench --articles $(ARTICLES)

clean:
	rm -rf $(VENV) .indexes .bench .evals

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)
	@$(call install,.)
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)
	@$(call install,.[test])
	@touch $@ $(VENV)/installed

$(VENV):
ifdef UV
	uv venv --quiet --python '>=3.11,<3.14' $(VENV)
else
	@test -n '$(PYTHON)' || { echo 'error: Footnote needs Python 3.11, 3.12 or 3.13.' \
		'hint: install one of them, or uv, which fetches its own.' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
endif

# Hard links would make nltk, which llama-index brings, refuse its own data.
ifdef UV
install = echo 'installing …' && UV_LINK_MODE=copy uv pip install --quiet --python $(VENV) -c constraints.txt -e '$(1)'
else
install = echo 'installing …' && $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(1)'
endif
