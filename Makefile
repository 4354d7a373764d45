# What can be done here. Each target installs what it lacks, says what it is doing, and stops at the first wrong thing.

PORT ?= 8080
DATABASE ?= sqlite:data/demo.sqlite
PHASES ?= lint build swift browser

.PHONY: help run test bench format

help:
	@echo 'make run      build Nuanlin and serve a living demo community on http://127.0.0.1:$(PORT)'
	@echo '              PORT=8090 chooses another port, DATABASE=sqlite:PATH or postgres://… another database'
	@echo 'make test     lint, build, every Swift test on SQLite and PostgreSQL, the browser and API suites'
	@echo '              PHASES="build swift" runs only some of: lint build swift browser'
	@echo 'make bench    measure pages and orders, each figure beside its floor from the same run'
	@echo 'make format   lay out every Swift file as .swift-format says'

run:
	@tools/run '$(DATABASE)' '$(PORT)'

test:
	@tools/test $(PHASES)

bench:
	@tools/bench

format:
	@tools/check-swift
	@echo 'Laying out Package.swift, Sources and Tests.'
	@swift format --in-place --recursive --parallel Package.swift Sources Tests
