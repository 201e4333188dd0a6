# SPDX-License-Identifier: GPL-2.0
# `make help` lists what there is. Recipes are one line each: what they do is in tools/ and vm/.

# Which kernel, and where things go: see tools/setup.
export KERNEL KDIR CHECKED LORE_KERNEL_SRC LORE_CACHE V
ifeq ($(LORE_CACHE),)
unexport LORE_CACHE
endif

# What tests/iface writes is laid out by it alone.
GENERATED := ':!sdk/rust/src/interface.rs' ':!sdk/rust/src/host/gates.rs'

.DEFAULT_GOAL := help
.PHONY: help setup kmod lore guest run shell test exhaustive bench bench-quick mutants check clean distclean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  KERNEL=7.2 picks another kernel of tools/kernels, KDIR=... a built tree,'
	@echo '  CHECKED=1 the one with the kernel'"'"'s own checkers, V=1 shows commands'

setup: ## fetch and build what everything else needs, once, into the cache
	@tools/setup

kmod: setup ## lore.ko, for the VM's kernel or for KDIR
	@tools/kmod

lore: ## the lore command for this machine
	@tools/cargo build --release -p lore

guest: setup ## the lore command for the guest, static
	@tools/cargo-guest build --release -p lore

run: kmod lore guest ## the examples in the VM: results, faults and refusals, as they come
	@examples/run

shell: setup ## a shell in the VM
	@vm/run

test: kmod guest ## every test that is not long
	@tools/test

exhaustive: ## all 2^32 words against two decoders, an hour of images in the emulator
	@tests/differential/run all

bench: kmod lore ## what LoRe costs: every guard scheme and its peers, exact counts from the VM, in one report
	@bench/run

bench-quick: kmod lore ## a small part of it, in minutes
	@bench/run quick

mutants: ## mutants of the verifier that no test kills (long; wants `cargo install cargo-mutants`)
	@tools/cargo mutants --output build

check: ## format, lints and host tests
	@tools/cargo fmt --all --check
	@rustfmt --edition 2021 --config-path .rustfmt.toml --check kmod/main.rs $$(git ls-files 'sdk/*.rs' 'examples/*.rs' 'tests/sdk/*.rs' 'tests/libraries/crates/*.rs' $(GENERATED))
	@tools/cargo clippy --workspace --all-targets -- -D warnings
	@tools/cargo test --workspace

clean: ## remove what was built here
	@rm -rf build target

distclean: clean ## remove the cache too: kernels, tools, guest
	@tools/distclean
