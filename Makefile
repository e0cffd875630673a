# Candour is built by this one file; `make help` lists what it can do.
#
# The release flavour lies directly in build/, every other one in build/<flavour>/. Each flavour has
# all of src/ but the main files in libcandour-core.a, which the programs and the tests are linked with.
# What a compiler understands is asked once and kept in build/<flavour>/probed.mk.

FLAVOUR ?= release
FLAVOURS := release debug asan tsan clang cov fuzz
ifeq ($(filter $(FLAVOUR),$(FLAVOURS)),)
$(error FLAVOUR=$(FLAVOUR) is not known; choose one of: $(FLAVOURS))
endif

# Another folder for all that is built: make BUILD=/tmp/mine
BUILD ?= $(if $(filter release,$(FLAVOUR)),build,build/$(FLAVOUR))
GEN := $(BUILD)/gen

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
BINDIR := $(DESTDIR)$(PREFIX)/bin
SBINDIR := $(DESTDIR)$(PREFIX)/sbin
LIBDIR := $(DESTDIR)$(PREFIX)/lib
# Programs that only our own start.
LIBEXECDIR := $(DESTDIR)$(PREFIX)/libexec/candour
SHAREDIR := $(DESTDIR)$(PREFIX)/share
INCLUDEDIR := $(DESTDIR)$(PREFIX)/include
CONFDIR := $(DESTDIR)$(SYSCONFDIR)/candour
UNITDIR := $(DESTDIR)$(PREFIX)/lib/systemd/system
SYSUSERSDIR := $(DESTDIR)$(PREFIX)/lib/sysusers.d
TMPFILESDIR := $(DESTDIR)$(PREFIX)/lib/tmpfiles.d
PKGCONFIGDIR := $(LIBDIR)/pkgconfig
COMPLETIONDIR := $(SHAREDIR)/bash-completion/completions

ifeq ($(origin CC),default)
CC := $(if $(filter clang fuzz,$(FLAVOUR)),clang,gcc)
endif

# Bytes in, bytes out: sorting, messages and generated files do not depend on who builds.
export LC_ALL := C
unexport CPATH C_INCLUDE_PATH LIBRARY_PATH

define newline


endef

Q := $(if $(V),,@)
say = @printf '  %-6s %s\n' '$(1)' '$(2)'
ifneq ($(V),)
say = @:
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# ---- what is built of what ----------------------------------------------------------------------

# All C files under a folder, sorted, down to three folders deep.
c_files = $(sort $(wildcard $(1)/*.c $(1)/*/*.c $(1)/*/*/*.c))
objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

# Only some rooms, with all they need, while another one is being rebuilt: make unit ROOMS="base model"
ROOMS ?=
of_rooms = $(if $(ROOMS),$(filter $(foreach r,$(ROOMS),$(1)/$(r)/%),$(2)),$(2))

DAEMON_MAIN := $(wildcard src/daemon/main.c)
CTL_MAIN := $(wildcard src/ctl/main.c)
LETTER_MAIN := $(wildcard src/letter/main.c)
PUBLISH_SOURCES := $(call c_files,src/publish)
CORE_SOURCES := $(call of_rooms,src,$(filter-out src/daemon/main.c src/ctl/main.c src/letter/main.c src/publish/%, \
	$(call c_files,src)))
HARNESS_SOURCES := $(call c_files,tests/harness)
UNIT_SOURCES := $(call of_rooms,tests/unit,$(filter %_test.c,$(call c_files,tests/unit)))
STORY_SOURCES := $(call c_files,tests/story)
# Programs that whole tests and benchmarks use.
TOOL_SOURCES := $(call c_files,tests/tool)
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
SCRIPTS := $(sort $(wildcard src/store/*.lua))

CORE := $(BUILD)/libcandour-core.a
PUBLISH := $(if $(PUBLISH_SOURCES),$(BUILD)/libcandour.a)
HARNESS := $(if $(HARNESS_SOURCES),$(BUILD)/libharness.a)
PROGRAMS := $(if $(DAEMON_MAIN),$(BUILD)/candourd) $(if $(CTL_MAIN),$(BUILD)/candourctl) \
	$(if $(LETTER_MAIN),$(BUILD)/candour-letter)
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(UNIT_SOURCES))
# The story runner: all of tests/story/*.c as one program that runs every story there.
STORY_TESTS := $(if $(STORY_SOURCES),$(BUILD)/tests/story/stories)
TOOLS := $(patsubst %.c,$(BUILD)/%,$(TOOL_SOURCES))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(FUZZ_SOURCES))

# ---- flags --------------------------------------------------------------------------------------

PACKAGES := libuv hiredis jansson libcmark yaml-0.1 libcrypto gmime-3.0 libesmtp-1.0 libssl libcurl libidn2 \
	pangocairo pangoft2 cairo-pdf cairo-ft freetype2 fontconfig zlib libmicrohttpd

# Each is asked for at the compiler; what it does not know is left out.
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wcast-align -Wcast-qual \
	-Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wmissing-variable-declarations \
	-Wnested-externs -Wredundant-decls -Wformat=2 -Wformat-signedness -Wdate-time -Wfloat-equal \
	-Wdouble-promotion -Wlogical-op -Wimplicit-fallthrough -Wpointer-arith -Wwrite-strings -Wvla \
	-Walloca -Wunreachable-code -Wundef -Wunused-macros -Wswitch-enum -Wnull-dereference \
	-Wduplicated-cond -Wduplicated-branches -Wjump-misses-init -Wtrampolines -Wstack-usage=16384

# Sanitizers add code and stack of their own, about which these two would speak.
ifneq ($(filter asan tsan fuzz cov,$(FLAVOUR)),)
WARNINGS := $(filter-out -Wnull-dereference -Wstack-usage=%,$(WARNINGS))
endif

HARDENING := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -fPIE -fstrict-flex-arrays=3 -ftrivial-auto-var-init=zero \
	-fno-delete-null-pointer-checks -fno-strict-overflow
HARDENING_LINK := -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code

FLAGS_release := -O2 -g $(HARDENING)
FLAGS_clang := $(FLAGS_release)
FLAGS_debug := -Og -g3
FLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_tsan := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
FLAGS_cov := -O0 -g --coverage
FLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
LINK_release := $(HARDENING_LINK)
LINK_clang := $(HARDENING_LINK)
LINK_asan := -fsanitize=address,undefined
LINK_tsan := -fsanitize=thread
LINK_cov := --coverage
LINK_fuzz := -fsanitize=address,undefined

WANTED := $(WARNINGS) $(FLAGS_$(FLAVOUR)) -fno-common -fvisibility=hidden \
	-ffile-prefix-map=$(CURDIR)=.
WANTED_LINK := $(LINK_$(FLAVOUR)) -Wl,--as-needed

# These goals need no compiler, so they work before anything is installed.
NO_COMPILER := help clean deps coverage demo demo-stop bench check check-all fuzz arrows format format-check uninstall test-deb asyncapi
GOALS := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out $(NO_COMPILER),$(GOALS)),)
include $(BUILD)/probed.mk
$(shell mkdir -p $(BUILD) $(GEN))
endif

$(BUILD)/probed.mk: Makefile scripts/probe
	$(call say,PROBE,$(CC) for $(BUILD))
	$(Q)CC='$(CC)' PACKAGES='$(PACKAGES)' scripts/probe '$(WANTED)' '$(WANTED_LINK)' $@

WERROR := $(if $(filter-out 0,$(NO_WERROR)),,-Werror)
INCLUDES := -Isrc -Iinclude -I$(GEN)
CPPFLAGS_ALL := -D_GNU_SOURCE $(INCLUDES) $(patsubst -I%,-isystem %,$(PACKAGE_FLAGS)) $(CPPFLAGS)
CFLAGS_ALL := -std=c17 $(PROBED_FLAGS) $(WERROR) $(CFLAGS)
LDFLAGS_ALL := $(filter -fsanitize%,$(PROBED_FLAGS)) $(PROBED_LINK) $(LDFLAGS)
# libunistring comes without a file for pkg-config.
LIBS_ALL := $(PACKAGE_LIBS) -lunistring -lpthread $(LIBS)

# ---- programs and libraries ---------------------------------------------------------------------

all: $(PROGRAMS) $(CORE) $(PUBLISH) ## build the programs and libraries (the default)

# What a thing is made of, written down, so that it is made anew when only that has changed: a source
# that is gone, other flags.
define remember
ifneq ($(filter-out $(NO_COMPILER),$(GOALS)),)
ifneq ($$(if $$(wildcard $(BUILD)/$(1)),$$(strip $$(file <$(BUILD)/$(1))),missing),$(strip $(2)))
$$(file >$(BUILD)/$(1),$(strip $(2)))
endif
endif
$(BUILD)/$(1): ;
endef
$(eval $(call remember,core.list,$(call objects,$(CORE_SOURCES))))
$(eval $(call remember,publish.list,$(call objects,$(PUBLISH_SOURCES))))
$(eval $(call remember,harness.list,$(call objects,$(HARNESS_SOURCES))))
$(eval $(call remember,stories.list,$(call objects,$(STORY_SOURCES))))
$(eval $(call remember,scripts.list,$(SCRIPTS)))
$(eval $(call remember,flags.list,$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) $(LIBS_ALL)))

define archive
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcsD $@ $(filter %.o,$^)
endef

define link
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(1) $(LIBS_ALL)
endef

$(BUILD)/obj/%.o: %.c $(BUILD)/flags.list | $(GEN)/scripts.inc
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(CFLAGS_here) -MMD -MP -c -o $@ $<

# What publishers link into libraries of their own.
$(BUILD)/obj/src/publish/%.o: CFLAGS_here := -fPIC
# cmocka hands every test a state that few of them want; and a test may use much stack.
$(BUILD)/obj/tests/%.o: CFLAGS_here := -Wno-unused-parameter -Itests -Itests/harness \
	$(if $(filter -Wstack-usage=%,$(PROBED_FLAGS)),-Wno-stack-usage)

# The Redis scripts as texts in C, which src/store/scripts.c includes.
$(GEN)/scripts.inc: $(SCRIPTS) scripts/embed $(BUILD)/scripts.list
	$(call say,EMBED,$@)
	$(Q)mkdir -p $(@D)
	$(Q)scripts/embed $(SCRIPTS) > $@.new && mv -f $@.new $@

$(CORE): $(call objects,$(CORE_SOURCES)) $(BUILD)/core.list
	$(archive)

$(BUILD)/libcandour.a: $(call objects,$(PUBLISH_SOURCES)) $(BUILD)/publish.list
	$(archive)

$(BUILD)/libharness.a: $(call objects,$(HARNESS_SOURCES)) $(BUILD)/harness.list
	$(archive)

$(BUILD)/candourd: $(call objects,src/daemon/main.c) $(CORE)
	$(call link)

$(BUILD)/candourctl: $(call objects,src/ctl/main.c) $(CORE)
	$(call link)

$(BUILD)/candour-letter: $(call objects,src/letter/main.c) $(CORE)
	$(call link)

# ---- tests --------------------------------------------------------------------------------------

tests: $(UNIT_TESTS) $(STORY_TESTS) $(TOOLS) ## build the unit and story tests

tools: $(TOOLS)

$(TOOLS): $(BUILD)/%: $(BUILD)/obj/%.o $(CORE)
	$(call link)

$(UNIT_TESTS): $(BUILD)/%: $(BUILD)/obj/%.o $(HARNESS) $(CORE) $(PUBLISH)
	$(call link,-lcmocka)

# The letter channel's workers, as bad as they can be.
$(filter $(BUILD)/tests/unit/deliver/%,$(UNIT_TESTS)): | $(BUILD)/tests/tool/bad_letter

$(BUILD)/tests/story/stories: $(call objects,$(STORY_SOURCES)) $(BUILD)/stories.list $(HARNESS) $(CORE)
	$(call link,-lcmocka)

-include $(patsubst %.o,%.d,$(call objects,$(CORE_SOURCES) $(DAEMON_MAIN) $(CTL_MAIN) $(LETTER_MAIN) $(PUBLISH_SOURCES) \
	$(HARNESS_SOURCES) $(UNIT_SOURCES) $(STORY_SOURCES) $(TOOL_SOURCES) $(FUZZ_SOURCES)))

unit: $(UNIT_TESTS) ## run the unit tests (T=base/str: only those whose name holds that)
	$(Q)scripts/run-tests --filter '$(T)' --rooms '$(ROOMS)' --build '$(FLAVOUR)=$(BUILD)' unit:$(FLAVOUR)

# Working time against a slow and obvious twin, and every place where clocks change.
million: $(BUILD)/tests/unit/reckon/twin_test
	$(call say,RUN,a million cases: $<)
	$(Q)CANDOUR_CASES=1000000 $<

# Every template as a letter, in every size and for both envelopes.
pages: $(PROGRAMS)
	$(Q)CANDOUR_ALL_PAGES=1 CANDOUR_BUILD=$(abspath $(BUILD)) tests/whole/pages.py every

# Ten thousand text messages through two providers, one of which fails in every way.
texts: $(PROGRAMS)
	$(call say,RUN,10 000 text messages)
	$(Q)CANDOUR_MESSAGES=10000 CANDOUR_BUILD=$(abspath $(BUILD)) tests/whole/sms.py 'two providers'

# The service manager's watchdog, withheld after five minutes: in a booted systemd.
watchdog: $(PROGRAMS)
	$(Q)CANDOUR_LONG=1 CANDOUR_BUILD=$(abspath $(BUILD)) python3 tests/whole/release/systemd.py

# 5,000 families are taken over, and a month goes by.
month: $(PROGRAMS)
	$(Q)CANDOUR_FAMILIES=5000 CANDOUR_BUILD=$(abspath $(BUILD)) tests/whole/month.py

ROOM ?= decide
coverage: ## say which branches of a room its tests take, and hold docs/uncovered.txt to it (ROOM=decide, WRITE=1)
	$(Q)$(MAKE) --no-print-directory FLAVOUR=cov BUILD=build/cov cov-tests ROOM=$(ROOM)
	$(Q)scripts/coverage build/cov $(ROOM) $(if $(filter-out 0,$(WRITE)),--write)

cov-tests: $(filter $(BUILD)/tests/unit/$(ROOM)/%,$(UNIT_TESTS)) $(STORY_TESTS)

# Two days without Candour, and 10,000 events wait.
outage: $(PROGRAMS)
	$(Q)CANDOUR_EVENTS=10000 CANDOUR_BUILD=$(abspath $(BUILD)) tests/whole/outage.py

# Families whose record forbids this and that: nothing goes there, as the simulator tells it and as the daemon does.
told: $(BUILD)/tests/unit/simulate/told_test $(PROGRAMS)
	$(call say,RUN,three thousand families: $<)
	$(Q)CANDOUR_CASES=3000 $<
	$(Q)CANDOUR_FAMILIES=300 CANDOUR_BUILD=$(abspath $(BUILD)) tests/whole/people.py 'whatever happens'

chaos: $(PROGRAMS) ## kill, freeze and restart what works, in the order that SEED= gives (printed, when it is not given)
	$(Q)SEED=$(SEED) CANDOUR_BUILD=$(abspath $(BUILD)) tests/chaos.py

deps: ## install what building, running and testing need (says what, and only what is missing)
	$(Q)scripts/deps check

demo: ## show Candour at work on two families (KEEP=1 leaves it running)
	$(Q)scripts/deps demo
	$(Q)$(MAKE) --no-print-directory all
	$(Q)scripts/demo $(if $(filter-out 0,$(KEEP)),keep)

demo-stop: ## stop what make demo KEEP=1 left running
	$(Q)scripts/demo stop

bench: ## measure the whole way of an event; figures and ratios go to build/bench.json
	$(Q)scripts/deps all
	$(Q)$(MAKE) --no-print-directory all tools
	$(Q)bench/run
	$(Q)bench/reckon
	$(Q)bench/email
	$(Q)bench/sms
	$(Q)bench/letter

# Everything in the release flavour, then with the sanitizers for addresses and undefined behaviour.
CHECK := make:arrows make:all make:tests unit story whole \
	make:all:asan make:tests:asan unit:asan story:asan whole:asan
# What takes longer or wants more tools; dead code shows only when both programs are there.
CHECK_MORE := make:format-check make:headers make:hardening \
	$(if $(and $(DAEMON_MAIN),$(CTL_MAIN)),make:dead) \
	make:all:clang make:tests:clang unit:clang story:clang \
	make:all:tsan make:tests:tsan unit:tsan whole:tsan \
	make:coverage make:million make:pages make:month make:outage make:watchdog make:chaos make:told make:texts \
	make:tests:debug valgrind make:clang-tidy make:cppcheck make:analyzer make:browser make:asyncapi

check: ## everything a change has to pass (about ten minutes)
	$(Q)scripts/deps check || echo "going on without; what that hinders is counted"
	$(Q)scripts/run-tests $(CHECK)

check-all: ## check, and TSan, valgrind, clang, static analysis, format, hardening
	$(Q)scripts/deps all || echo "going on without; what that hinders is counted"
	$(Q)scripts/run-tests $(CHECK) $(CHECK_MORE)

browser: $(PROGRAMS) ## show emails to Chromium and axe-core; the pictures are in build/browser/pictures/
	$(Q)CANDOUR_BUILD=$(abspath $(BUILD)) tests/browser/emails.py

asyncapi: ## read docs/asyncapi.json with AsyncAPI's own parser
	$(Q)scripts/check-asyncapi build/asyncapi docs/asyncapi.json

# ---- fuzzing ------------------------------------------------------------------------------------

SECONDS ?= 60

$(FUZZERS): $(BUILD)/%: $(BUILD)/obj/%.o $(HARNESS) $(CORE)
	$(call link,-fsanitize=fuzzer)

fuzzers: $(FUZZERS)

fuzz: ## run each fuzz target for SECONDS=60; what it finds is left in build/fuzz/found/
	$(Q)scripts/deps all
	$(Q)$(MAKE) --no-print-directory FLAVOUR=fuzz fuzzers
	$(Q)scripts/run-fuzz $(SECONDS) $(patsubst tests/fuzz/fuzz_%.c,%,$(FUZZ_SOURCES))

# ---- judging the code ---------------------------------------------------------------------------

C_SOURCES := $(CORE_SOURCES) $(DAEMON_MAIN) $(CTL_MAIN) $(LETTER_MAIN) $(PUBLISH_SOURCES)
TEST_SOURCES := $(HARNESS_SOURCES) $(UNIT_SOURCES) $(STORY_SOURCES) $(TOOL_SOURCES) $(FUZZ_SOURCES)
HEADERS := $(sort $(wildcard src/*/*.h include/candour/*.h))
TEST_HEADERS := $(sort $(wildcard tests/*/*.h tests/*/*/*.h))
ANALYSIS_FLAGS := $(CPPFLAGS_ALL) -std=c17

arrows: ## check that every include follows docs/arrows.txt
	$(Q)scripts/check-arrows

format: ## lay out all C files as .clang-format says
	$(Q)clang-format -i $(C_SOURCES) $(TEST_SOURCES) $(HEADERS) $(TEST_HEADERS)

format-check:
	$(Q)clang-format --dry-run -Werror $(C_SOURCES) $(TEST_SOURCES) $(HEADERS) $(TEST_HEADERS)

clang-tidy: $(C_SOURCES:%=clang-tidy/%)
$(C_SOURCES:%=clang-tidy/%): clang-tidy/%: $(GEN)/scripts.inc
	$(call say,TIDY,$*)
	$(Q)clang-tidy --quiet $* -- $(ANALYSIS_FLAGS)

# nullPointerRedundantCheck, ctunullpointer: it takes require() and fatal() for functions that return. internalAstError: it cannot
# read a compound literal between ? and :, which is its fault, not ours. CastIntegerToAddressAtReturn: it
# takes the word template in `struct template` for C++.
cppcheck: $(GEN)/scripts.inc
	$(call say,CHECK,cppcheck)
	$(Q)mkdir -p $(BUILD)/cppcheck
	$(Q)cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j 2 \
		--enable=warning,performance,portability --cppcheck-build-dir=$(BUILD)/cppcheck \
		--suppress=missingInclude \
		--suppress=nullPointerRedundantCheck --suppress=ctunullpointer --suppress=internalAstError \
		--suppress=CastIntegerToAddressAtReturn -D_GNU_SOURCE $(INCLUDES) $(or $(C_SOURCES),src)

# Without -O, at which gcc's analyser sees most. It cannot know that arena_take never gives NULL, nor that
# a str without bytes has no length: what may be NULL is for clang's analyser, in clang-tidy. It loses memory
# that a struct's member owns ("leak of '<unknown>'"): leaks are for AddressSanitizer and valgrind.
ANALYZER := -fanalyzer -Wno-analyzer-null-argument -Wno-analyzer-null-dereference \
	-Wno-analyzer-possible-null-argument -Wno-analyzer-possible-null-dereference -Wno-analyzer-malloc-leak

analyzer: $(C_SOURCES:%=analyzer/%)
$(C_SOURCES:%=analyzer/%): analyzer/%: $(GEN)/scripts.inc
	$(call say,ANALYZE,$*)
	$(Q)gcc $(ANALYSIS_FLAGS) $(ANALYZER) -Werror -c -o /dev/null $*

headers: ## check that each header can be included alone, the public ones from C99 and C++ too
	$(Q)CC='$(CC)' CPPFLAGS='$(CPPFLAGS_ALL)' scripts/check-headers $(HEADERS)

hardening: $(PROGRAMS)
	$(Q)scripts/check-hardening $(PROGRAMS)

dead: $(PROGRAMS) $(CORE)
	$(Q)scripts/check-dead $(BUILD)/obj/src $(C_SOURCES)

manual: $(BUILD)/tests/tool/tables ## write manuals, schemas and docs/events.md out of the program's tables
	$(Q)scripts/manual $<

tidy: arrows format-check clang-tidy cppcheck ## arrows, format, clang-tidy and cppcheck

# ---- installing ---------------------------------------------------------------------------------

TEMPLATES := $(sort $(shell test -d templates && find templates -type f))
CONF := $(sort $(shell test -d conf && find conf -type f))
UNITS := $(sort $(wildcard systemd/*.service))
MANUALS := $(sort $(wildcard docs/*.[1578]))
PUBLIC := $(sort $(wildcard include/candour/*.h))
VERSION := $(shell sed -n 's/^\#define CANDOUR_VERSION "\(.*\)"/\1/p' src/base/version.h)
manual_path = $(SHAREDIR)/man/man$(patsubst .%,%,$(suffix $(1)))/$(notdir $(1))

# The configuration is the operator's: one that is there stays, and ours goes beside it where they differ.
# The units name the place of candourd.
install: all ## install under DESTDIR and PREFIX (default /usr/local), configuration in SYSCONFDIR
	$(Q)install -d $(SBINDIR) $(BINDIR) $(LIBEXECDIR) $(LIBDIR) $(INCLUDEDIR)/candour $(CONFDIR) $(SHAREDIR)/candour
	$(Q)install -m 755 $(BUILD)/candourd $(SBINDIR)/candourd
	$(Q)install -m 755 $(BUILD)/candourctl $(BINDIR)/candourctl
	$(Q)install -m 755 $(BUILD)/candour-letter $(LIBEXECDIR)/candour-letter
	$(Q)install -m 644 $(PUBLISH) $(LIBDIR)/libcandour.a
	$(Q)install -m 644 $(PUBLIC) $(INCLUDEDIR)/candour
	$(Q)install -d $(PKGCONFIGDIR) $(COMPLETIONDIR) $(SYSUSERSDIR) $(TMPFILESDIR) $(UNITDIR)
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' scripts/candour.pc.in > $(PKGCONFIGDIR)/candour.pc
	$(Q)install -m 644 scripts/candourctl.bash $(COMPLETIONDIR)/candourctl
	$(Q)install -m 644 systemd/candour.sysusers $(SYSUSERSDIR)/candour.conf
	$(Q)install -m 644 systemd/candour.tmpfiles $(TMPFILESDIR)/candour.conf
	$(Q)for f in $(UNITS); do \
		sed 's|^ExecStart=/usr/local/|ExecStart=$(PREFIX)/|' $$f > $(UNITDIR)/$${f##*/}; \
		chmod 644 $(UNITDIR)/$${f##*/}; done
	$(foreach m,$(MANUALS),$(Q)install -D -m 644 $(m) $(call manual_path,$(m))$(newline))
	$(Q)for f in $(TEMPLATES); do install -D -m 644 $$f $(SHAREDIR)/candour/$$f; done
	$(Q)install -D -m 644 -t $(SHAREDIR)/candour/monitoring monitoring/candour.rules.yml monitoring/candour-dashboard.json
	$(Q)for f in $(CONF); do \
		to=$(CONFDIR)/$${f#conf/}; install -d $${to%/*}; \
		sed 's|^templates: .*|templates: $(PREFIX)/share/candour/templates|' $$f > $$to.new; \
		chmod 644 $$to.new; \
		if [ ! -e $$to ]; then mv $$to.new $$to; \
		elif cmp -s $$to.new $$to; then rm $$to.new; \
		else echo "kept $$to; the new one is $$to.new"; fi; done
	$(Q)install -d -m 700 $(CONFDIR)/credentials

uninstall: ## remove what install put there; the configuration stays
	$(Q)rm -f $(SBINDIR)/candourd $(BINDIR)/candourctl $(LIBDIR)/libcandour.a $(PKGCONFIGDIR)/candour.pc \
		$(COMPLETIONDIR)/candourctl $(SYSUSERSDIR)/candour.conf $(TMPFILESDIR)/candour.conf
	$(Q)rm -rf $(INCLUDEDIR)/candour $(SHAREDIR)/candour $(LIBEXECDIR)
	$(Q)rm -f $(foreach m,$(MANUALS),$(call manual_path,$(m))) $(foreach u,$(UNITS),$(UNITDIR)/$(notdir $(u)))
	@echo "the configuration stays in $(CONFDIR)"

deb: all ## make build/deb/candour_VERSION_ARCH.deb (VERSION= makes another version)
	$(Q)scripts/deb $(BUILD)

test-deb: ## try the package in a fresh Debian 12, and walk docs/operate.md (needs the network once)
	$(Q)scripts/deps all
	$(Q)$(MAKE) --no-print-directory all
	$(Q)CANDOUR_BUILD=$(abspath $(BUILD)) python3 tests/package/deb.py
	$(Q)CANDOUR_BUILD=$(abspath $(BUILD)) python3 tests/package/operate.py

clean: ## remove what was built
	rm -rf build

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "Flavours, as in make FLAVOUR=asan: $(FLAVOURS). V=1 shows commands; NO_WERROR=1 lets warnings pass."

.PHONY: all tests tools unit coverage cov-tests million pages month outage watchdog chaos told deps demo demo-stop bench check check-all fuzzers fuzz arrows format format-check clang-tidy \
	$(C_SOURCES:%=clang-tidy/%) cppcheck analyzer $(C_SOURCES:%=analyzer/%) headers hardening dead tidy \
	install uninstall deb test-deb asyncapi manual clean help
