# The only build file.  A .c file is picked up by its folder; header dependencies are written by
# the compiler.  Variants build beside each other:
#   release  float, optimised (the default)         double  everything in double, for gradient checks
#   san      float, address and undefined-behaviour sanitizers
#   fuzz     the same by clang, for the targets of make fuzz alone
#   clang    release, by clang
# All cores build, unless -j says otherwise.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

VARIANT ?= release
ifeq ($(filter $(VARIANT),release double san fuzz clang),)
$(error VARIANT is '$(VARIANT)'; it can be release, double, san, fuzz or clang)
endif

B        := build/$(VARIANT)
ifeq ($(origin CC),default)
CC       := gcc
endif
ifeq ($(origin CXX),default)
CXX      := g++
endif
# The build of OpenBLAS without threads, beside Debian's others: those start one per core on loading.
SERIAL   := $(wildcard /usr/lib/$(shell uname -m)-linux-gnu/openblas-serial)
PKG      := PKG_CONFIG_PATH=$(SERIAL:%=%/pkgconfig:)$$PKG_CONFIG_PATH pkg-config
PKGS     := ompi-c openblas lapacke libcjson libzip zlib libpng libcrypto
# One instruction set for the whole program, checked at start; nn/kernels/ chooses at run time.
MARCH    ?= $(if $(filter x86_64,$(shell uname -m)),-march=x86-64-v3)
OPT      := -O3 -g $(MARCH) -ffp-contract=off -fno-math-errno -fno-trapping-math
ifeq ($(VARIANT),double)
OPT      += -DREAL_DOUBLE
endif
ifeq ($(VARIANT),san)
# -O2 trains four times as fast as -O1, since the kernels are inlined.
OPT      := -O2 -g $(MARCH) -ffp-contract=off -fsanitize=address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifneq ($(filter fuzz clang,$(VARIANT)),)
CC       := clang
endif
ifeq ($(VARIANT),fuzz)
OPT      := -O1 -g $(MARCH) -ffp-contract=off -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
            -Wpointer-arith -Wformat=2 -Wundef -Wno-missing-field-initializers -Wno-unused-parameter -Werror
CPPFLAGS += -D_XOPEN_SOURCE=700 -DVARIANT='"$(VARIANT)"' -I. -I$(B) \
            $(patsubst -I%,-isystem %,$(shell $(PKG) --cflags $(PKGS) 2>/dev/null))
CFLAGS   := -std=c11 $(OPT) $(WARN)
CXXFLAGS := -std=c++17 $(OPT) -Wall -Wextra -Werror
LDLIBS    = $(shell $(PKG) --libs $(PKGS) ncursesw) $(SERIAL:%=-Wl,--disable-new-dtags,-rpath,%) -lm

LIB_DIRS := core nn nn/kernels models loaders partitions problems algorithms topologies gossip \
            train sweep draw report tune clock watch command cli
LIB_SRC  := $(filter-out cli/main.c,$(wildcard $(LIB_DIRS:%=%/*.c)))
LIB      := $(B)/libgossipbench.a
PROGRAM  := $(B)/gossipbench
TESTS    := $(patsubst %.c,$(B)/%,$(wildcard tests/test_*.c))
FUZZ     := $(basename $(notdir $(wildcard tests/fuzz/fuzz_*.c)))
SOURCES  := $(filter-out %/list.h,$(wildcard $(LIB_DIRS:%=%/*.[ch]))) \
            $(wildcard bench/*.[ch] bench/*.cc scripts/*.c scripts/*/*.c tests/*.[ch] \
            tests/fuzz/*.[ch])
SCRIPTS  := $(wildcard scripts/*.sh scripts/*/*.sh tests/*.sh datasets/*.sh)
# The code that can change a bit of a result: the code that all runs share, in groups, and the
# plug-ins; a run counts only the plug-ins that it uses.  Printing, progress, files and help are not
# in it (train/identity.h).
CODE := core: core/real.h $(wildcard core/random.[ch] core/worker.[ch]) \
  gossip: $(filter-out gossip/alone.%,$(wildcard gossip/*.[ch])) topologies/topologies.c \
  train: $(wildcard train/loop.c train/run.c train/optimizer.c train/graph.c train/schedule.c \
    train/evaluate.c train/faults.c) algorithms/registry.c \
  network: $(wildcard nn/*.[ch]) $(wildcard nn/kernels/kernels.[ch]) nn/kernels/plain.c \
    models/registry.c train/task_network.c train/network.h train/network_test.c loaders/dataset.c \
    loaders/sampler.c loaders/normalise.h partitions/partition.c partitions/partitions.c \
  toy: problems/toy.c train/task_toy.c \
  plugins: $(filter-out %/list.h %/registry.c loaders/write% loaders/class_names% \
    loaders/get% loaders/check% algorithms/algorithms.h loaders/dataset% loaders/sampler% \
    loaders/normalise.h models/models.h partitions/partition.% partitions/partitions.% problems/problems.h \
    problems/toy.c topologies/topologies.% topologies/spectrum.% nn/kernels/kernels.% \
    nn/kernels/plain.c, $(wildcard $(patsubst %,%/*.[ch], algorithms loaders models partitions \
    problems topologies nn/kernels)))
CODE_FILES := $(filter-out %:,$(CODE))
# The rest of core/ and train/, which changes no bit.  A new file there belongs in one of the two
# lists (make lint).
NOT_CODE := $(addprefix core/,build.c code.c column.c core.c csv.c file.c hash.c interrupt.c json.c \
              limits.c memory.c message.c npy.c npz.c npz_reader.c parameter.c path.c registry.c replacement.c \
              safetensors.c shared.c sums.c terminal.c text.c) \
            $(addprefix train/,agreement.c checkpoint.c checkpoint_file.c config.c config_check.c config_hash.c \
              conformance_method.c conformance_model.c identity.c keys.c manifest.c model_file.c \
              model_save.c model_test.c progress.c \
              record.c samples.c stability.c state_dict.c task.c)
UNLISTED := $(filter-out $(CODE_FILES) $(NOT_CODE),$(wildcard core/*.c train/*.c))

.PHONY: all help test bench bench-peers bench-scale bench-cost reproduce nightly baseline expected report fuzz lint schema \
        cppcheck format datasets deps clean programs install uninstall deb
all: $(PROGRAM)
	$(if $(filter release,$(VARIANT)),@ln -sfn release/gossipbench build/gossipbench)

#> make                      the program, build/gossipbench; V=1 shows the commands
#> make install              into PREFIX (/usr/local) below DESTDIR; also uninstall
#> make deb                  a Debian package, in build/deb/
#> make reproduce            the paper's main items from nothing: TIER=smoke|quick|standard|night|full TABLE=core|all|NAME
#> make test                 all tests; make lint, format and cppcheck for developers
#> make datasets             the official files that can be downloaded
#> make report               all tables, verdicts and figures there are, on one page
#> make bench                what takes how long; make bench-peers compares with PyTorch
#> make nightly              whether code or speed have become worse; make baseline changes what is expected
#> make expected TIER=quick  the results that come with the code, all of a tier or TABLE=NAME, made again
#> make fuzz SECONDS=60      each fuzz target for a minute
#> make VARIANT=double|san   other builds (docs/development.md)
#> make clean                removes build/
help:
	@sed -n 's/^#> //p' Makefile

programs: all $(TESTS) $(if $(filter san,$(VARIANT)),$(FUZZ:%=$(B)/tests/fuzz/%))

# One short line a file; V=1 shows the commands, and make -s nothing.
quiet = $(if $(V),,@$(if $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),,printf '  %-4s %s\n' $1 $@ && ))

$(PROGRAM): $(B)/cli/main.o $(LIB)
	$(call quiet,LD)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(LDLIBS)
$(LIB): $(LIB_SRC:%.c=$(B)/%.o)
	$(call quiet,AR)rm -f $@ && ar rcs $@ $^
$(TESTS): %: %.o $(LIB)
	$(call quiet,LD)$(CC) $(CFLAGS) $(LDFLAGS) $^ -o $@ $(LDLIBS) -lcmocka
$(FUZZ:%=$(B)/tests/fuzz/%): %: %.o $(if $(filter san,$(VARIANT)),$(B)/tests/fuzz/replay.o) $(LIB)
	$(call quiet,LD)$(CC) $(CFLAGS) $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer) $(LDFLAGS) $^ -o $@ $(LDLIBS)
$(B)/bench/main: $(patsubst %,$(B)/%.o,$(basename $(wildcard bench/*.c bench/*.cc))) $(LIB)
	$(call quiet,LD)$(CXX) $(CXXFLAGS) $(LDFLAGS) $^ -o $@ $(LDLIBS) -lbenchmark

# code_parts.h is rewritten only when it changes; its tool is the same in all variants.
$(B)/scripts/code_parts: scripts/code_parts.c core/hash.c core/core.c core/terminal.c
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(CPPFLAGS) -std=c11 -O1 $(WARN) $^ -o $@ -lcrypto
$(B)/code_parts.h: $(B)/scripts/code_parts $(CODE_FILES) Makefile
	@$< $(CODE) >$@.new
	@cmp -s $@.new $@ && rm $@.new && touch $@ || mv $@.new $@
$(B)/core/code.o: $(B)/code_parts.h

$(B)/%.o: %.c Makefile | $(B)/version.h
	@mkdir -p $(@D)
	$(call quiet,CC)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@
$(B)/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(call quiet,CXX)$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c $< -o $@

# Each kernel set is built for its own instructions and may fuse multiplication and addition.
ifeq ($(shell uname -m),x86_64)
$(B)/nn/kernels/avx2.o: CFLAGS += -mavx2 -mfma -ffp-contract=fast
$(B)/nn/kernels/avx512.o: CFLAGS += -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma \
    -mprefer-vector-width=512 -ffp-contract=fast
endif

# gcc builds the kernels: clang lacks a built-in that they use; no fuzz target runs them.
ifneq ($(filter fuzz clang,$(VARIANT)),)
$(B)/nn/kernels/%.o: CC = gcc
endif
ifeq ($(VARIANT),fuzz)
$(B)/nn/kernels/%.o: CFLAGS = -std=c11 -O1 -g $(MARCH) -ffp-contract=off $(WARN)
endif

# Rewritten only when it changes, so that it does not cause a full rebuild.
$(B)/version.h: FORCE
	@mkdir -p $(@D)
	@{ echo '#define GIT_COMMIT "$(shell git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)"'; \
	   echo '#define COMPILER "$(shell $(CC) --version | head -n 1)"'; \
	   echo '#define COMPILER_FLAGS "$(OPT)"'; } > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
.PHONY: FORCE

deps:
	@scripts/install-deps.sh

# Dependencies are installed first: only the makes below call pkg-config.  tests/cli_*.sh need the
# first three variants in any case; VARIANTS and CLI_VARIANT choose what else is run.
VARIANTS ?= release double san
test: deps
	@for v in $(sort release double san $(VARIANTS)); do \
	    $(MAKE) --no-print-directory -s VARIANT=$$v programs || exit 1; done
	@VARIANTS="$(VARIANTS)" tests/run.sh

# Official files only, no substitutes.
datasets: deps
	@$(MAKE) --no-print-directory -s all
	@$(PROGRAM) data get cifar10 --real
	@$(PROGRAM) data get ag_news --real

# Everything from scratch: make reproduce [TIER=quick] [TABLE=core]; TABLE can be all or one table.
# make turns every code into 2; the last line before its own says which it was, such as EXIT=3.
TABLE ?= core
TIER  ?= quick
reproduce:
	@scripts/reproduce.sh $(TABLE) $(TIER) --names
	@$(MAKE) --no-print-directory -s deps
	@echo "reproduce: building"
	@$(MAKE) --no-print-directory -s all
	@scripts/reproduce.sh $(TABLE) $(TIER)

# results/expected made again, all of a tier unless a TABLE is given; commit the result.
expected: deps
	@$(MAKE) --no-print-directory -s all
	@scripts/expected.sh $(if $(filter command,$(firstword $(origin TABLE))),$(TABLE),all) $(TIER)

# Whether the code has become worse than results/expected says; baseline changes what that is.
# With a TABLE, its runs are compared with the expected ones instead of the cells of the gate.
nightly baseline: deps
	@$(MAKE) --no-print-directory -s all $(B)/bench/main
	@$(if $(filter command,$(firstword $(origin TABLE))),scripts/reproduce.sh $(TABLE) $(TIER) --gate,scripts/$@.sh)

# All tables, verdicts and figures there are, on one page.
report: all
	@$(PROGRAM) report

# One thread, one rank, 2 to 3 minutes; BENCH holds options of Google Benchmark, such as
# --benchmark_filter=mix or --benchmark_min_time=1
bench: deps
	@$(MAKE) --no-print-directory -s $(B)/bench/main
	@$(B)/bench/main --benchmark_out=results/bench.json --benchmark_out_format=json \
	    --benchmark_min_time=0.2 $(BENCH)
bench-peers: deps
	@$(MAKE) --no-print-directory -s all $(B)/bench/main
	@scripts/peers/run.sh
bench-scale: deps
	@$(MAKE) --no-print-directory -s all
	@scripts/scale.sh

# `gossipbench cost` against measured rounds on two shaped links: scripts/cluster/cost.sh
bench-cost: all $(B)/scripts/cluster/shaped_link
	@scripts/cluster/cost.sh
$(B)/scripts/cluster/shaped_link: scripts/cluster/shaped_link.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O2 -Wall -Wextra $< -o $@

# Each target for SECONDS: make fuzz [SECONDS=60] [FUZZ=fuzz_npz]
SECONDS ?= 60
fuzz: deps
	@scripts/install-deps.sh libclang-rt-14-dev clang-14 clang
	@$(MAKE) --no-print-directory -s VARIANT=fuzz $(FUZZ:%=build/fuzz/tests/fuzz/%)
	@scripts/fuzz.sh $(SECONDS) $(FUZZ)

# What is read only is in SHARE; results and data are where the program is used (core/path.h).
PREFIX  ?= /usr/local
ZSH_DIR ?= $(PREFIX)/share/zsh/site-functions
SHARE   := $(PREFIX)/share/gossipbench
DOC     := $(PREFIX)/share/doc/gossipbench
BASH    := $(PREFIX)/share/bash-completion/completions/gossipbench
MAN     := $(PREFIX)/share/man/man1
SHARED  := $(wildcard experiments/*.json experiments/rates/*.json) results/published results/expected datasets/README.md \
           datasets/contents.csv datasets/fetch.sh scripts/mpirun.sh scripts/mpi-env.sh scripts/signals.sh
RUN     := datasets/fetch.sh scripts/mpirun.sh
PAGES   := README.md REPRODUCE.md CHANGELOG.md LICENSE $(wildcard docs/*)
# Files and folders with the same mode of their files, below a folder.
put = install -d "$(DESTDIR)$3" && find $2 -type f ! -path '*/figures/*' | \
      tar -cf - --mode=$1 -T - | tar -C "$(DESTDIR)$3" --no-same-owner -xf -
install: all
	@install -D -m 755 $(PROGRAM) "$(DESTDIR)$(PREFIX)/bin/gossipbench"
	@ln -sf ../share/gossipbench/scripts/mpirun.sh "$(DESTDIR)$(PREFIX)/bin/gossipbench-mpirun"
	@$(call put,644,$(filter-out $(RUN),$(SHARED)),$(SHARE))
	@$(call put,755,$(RUN),$(SHARE))
	@$(call put,644,$(PAGES),$(DOC))
	@install -d "$(DESTDIR)$(MAN)" "$(DESTDIR)$(dir $(BASH))" "$(DESTDIR)$(ZSH_DIR)"
	@$(PROGRAM) man >"$(DESTDIR)$(MAN)/gossipbench.1"
	@ln -sf gossipbench.1 "$(DESTDIR)$(MAN)/gossipbench-mpirun.1"
	@$(PROGRAM) completion bash >"$(DESTDIR)$(BASH)"
	@$(PROGRAM) completion zsh >"$(DESTDIR)$(ZSH_DIR)/_gossipbench"
	@chmod 644 "$(DESTDIR)$(MAN)/gossipbench.1" "$(DESTDIR)$(BASH)" "$(DESTDIR)$(ZSH_DIR)/_gossipbench"
	@echo "installed: $(DESTDIR)$(PREFIX)/bin/gossipbench"
uninstall:
	@rm -rf "$(DESTDIR)$(SHARE)" "$(DESTDIR)$(DOC)" "$(DESTDIR)$(ZSH_DIR)/_gossipbench" "$(DESTDIR)$(BASH)" \
	    "$(DESTDIR)$(MAN)/gossipbench.1" "$(DESTDIR)$(MAN)/gossipbench-mpirun.1" \
	    "$(DESTDIR)$(PREFIX)/bin/gossipbench" "$(DESTDIR)$(PREFIX)/bin/gossipbench-mpirun"
deb: all
	@scripts/install-deps.sh dpkg-dev
	@scripts/deb.sh

format:
	clang-format -i $(SOURCES)
lint:
	@clang-format --dry-run -Werror $(SOURCES)
	@[ -z "$(UNLISTED)" ] || { echo "lint: neither in CODE nor in NOT_CODE: $(UNLISTED)"; exit 1; }
	@scripts/layers.sh
	@! command -v shellcheck >/dev/null || shellcheck -S warning .ci/run $(SCRIPTS)
# What editors check experiments by.
schema: $(B)/tests/test_schema
	@WRITE=1 $< >/dev/null && echo docs/experiment.schema.json written
# --suppress: what version 2.10 gets wrong in this tree.
cppcheck:
	@scripts/install-deps.sh cppcheck
	@cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability,performance \
	    --max-configs=1 --template=gcc -I. -D__x86_64__ \
	    '-DcJSON_ArrayForEach(item, list)=while ((item = (list)->child))' \
	    $(addprefix --suppress=,uninitvar:nn/kernels/vector.h ctuuninitvar IOWithoutPositioning arrayIndexThenCheck \
	    sizeofwithnumericparameter internalAstError invalidFunctionArg invalidPointerCast) \
	    $(LIB_DIRS) bench scripts
clean:
	rm -rf build

-include $(patsubst %,$(B)/%.d,$(basename $(wildcard $(LIB_DIRS:%=%/*.c) bench/*.c bench/*.cc \
    tests/*.c tests/fuzz/*.c)))
