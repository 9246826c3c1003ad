END =
# Programs that only the tests need; make check runs them through tests/runner.
unit_tests = \
	tests/unit/test-account \
	tests/unit/test-advice \
	tests/unit/test-ahead \
	tests/unit/test-alloc \
	tests/unit/test-buddy \
	tests/unit/test-capture \
	tests/unit/test-cell \
	tests/unit/test-changes \
	tests/unit/test-checksum \
	tests/unit/test-clean \
	tests/unit/test-clock \
	tests/unit/test-claim \
	tests/unit/test-compare \
	tests/unit/test-counter-kind \
	tests/unit/test-field \
	tests/unit/test-formats \
	tests/unit/test-placeholder \
	tests/unit/test-finding \
	tests/unit/test-callers \
	tests/unit/test-fragmentation \
	tests/unit/test-charge \
	tests/unit/test-forecast \
	tests/unit/test-gfp \
	tests/unit/test-gfptable \
	tests/unit/test-cut \
	tests/unit/test-heat \
	tests/unit/test-command-usage \
	tests/unit/test-index \
	tests/unit/test-installed \
	tests/unit/test-interval \
	tests/unit/test-log \
	tests/unit/test-logtext \
	tests/unit/test-klog \
	tests/unit/test-language \
	tests/unit/test-lookup \
	tests/unit/test-json \
	tests/unit/test-long \
	tests/unit/test-manifest \
	tests/unit/test-mask \
	tests/unit/test-meminfo \
	tests/unit/test-membership \
	tests/unit/test-module-file \
	tests/unit/test-nearest \
	tests/unit/test-num \
	tests/unit/test-opener \
	tests/unit/test-prediction \
	tests/unit/test-probe \
	tests/unit/test-page \
	tests/unit/test-pageclass \
	tests/unit/test-pagetypeinfo \
	tests/unit/test-path \
	tests/unit/test-problem \
	tests/unit/test-prose \
	tests/unit/test-psi \
	tests/unit/test-request \
	tests/unit/test-recording \
	tests/unit/test-redact \
	tests/unit/test-say \
	tests/unit/test-screen \
	tests/unit/test-sink \
	tests/unit/test-slab \
	tests/unit/test-source \
	tests/unit/test-str \
	tests/unit/test-supply \
	tests/unit/test-threshold \
	tests/unit/test-tone \
	tests/unit/test-topicfile \
	tests/unit/test-trend \
	tests/unit/test-units \
	tests/unit/test-version \
	tests/unit/test-view \
	tests/unit/test-vmalloc \
	tests/unit/test-writer \
	tests/unit/test-vmallocinfo \
	tests/unit/test-zip-end \
	tests/unit/test-zone \
	tests/unit/test-zoneinfo \
	$(END)

# One per parser: linked with libFuzzer if configure was run with that option, otherwise with tests/fuzz/replay.c.
fuzz_programs = \
	tests/fuzz/fuzz-archive \
	tests/fuzz/fuzz-buddyinfo \
	tests/fuzz/fuzz-callers \
	tests/fuzz/fuzz-changes \
	tests/fuzz/fuzz-gfptable \
	tests/fuzz/fuzz-iomem \
	tests/fuzz/fuzz-klog \
	tests/fuzz/fuzz-listing \
	tests/fuzz/fuzz-logtext \
	tests/fuzz/fuzz-manifest \
	tests/fuzz/fuzz-mask \
	tests/fuzz/fuzz-meminfo \
	tests/fuzz/fuzz-module-blocks \
	tests/fuzz/fuzz-module-file \
	tests/fuzz/fuzz-num \
	tests/fuzz/fuzz-pagetypeinfo \
	tests/fuzz/fuzz-psi \
	tests/fuzz/fuzz-recording \
	tests/fuzz/fuzz-reports \
	tests/fuzz/fuzz-request \
	tests/fuzz/fuzz-slabdir \
	tests/fuzz/fuzz-slabinfo \
	tests/fuzz/fuzz-summary \
	tests/fuzz/fuzz-supportconfig \
	tests/fuzz/fuzz-thresholds \
	tests/fuzz/fuzz-topicfile \
	tests/fuzz/fuzz-tree \
	tests/fuzz/fuzz-version \
	tests/fuzz/fuzz-vmallocinfo \
	tests/fuzz/fuzz-vmstat \
	tests/fuzz/fuzz-where \
	tests/fuzz/fuzz-zoneinfo \
	$(END)

check_LIBRARIES = tests/fuzz/libfuzz.a
tests_fuzz_libfuzz_a_SOURCES = tests/fuzz/dress.c tests/fuzz/dress.h tests/fuzz/formats.c tests/fuzz/formats.h tests/fuzz/fuzz.c tests/fuzz/fuzz.h \
	tests/fuzz/mutate.c tests/fuzz/mutate.h tests/fuzz/replay.c

AM_CPPFLAGS += $(CMOCKA_CFLAGS)
# unit tests use nothing from libfuzz.a, which has a main()
LDADD = $(LIB_FUZZING_ENGINE) tests/fuzz/libfuzz.a libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS) $(CMOCKA_LIBS) -lm
check_PROGRAMS = $(fuzz_programs) tests/vm/replay
tests_vm_replay_SOURCES = tests/vm/replay.c
tests_vm_replay_LDADD = libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS) -lm
if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
endif

# These are copied by a rule of their own. In EXTRA_DIST, "tests" would also copy the build tree's folder of that
# name, and "check" is a target of make, which would run first.
#
# If xz is missing at the end of the pipe, the tarball is empty. Files that autotools generated must be newer than
# their sources; otherwise a machine with another automake, or without one, would generate them again.
dist-hook:
	@command -v xz >/dev/null || { echo "make dist needs xz (Debian: xz-utils)" >&2; exit 1; }
	cp "$(srcdir)/check" "$(distdir)/check"
	$(MKDIR_P) "$(distdir)/tests"
	cp -R "$(srcdir)/tests/." "$(distdir)/tests"
	chmod -R u+w "$(distdir)/tests"
	find "$(distdir)/tests" \( -name '*.o' -o -name .deps -o -name .dirstamp -o -name __pycache__ \) \
		-exec rm -rf {} +
	cd "$(distdir)" && rm -f $(check_PROGRAMS)
	cd "$(distdir)" && touch aclocal.m4 && touch configure config.h.in Makefile.in

.PHONY: check-programs
check-programs: $(check_PROGRAMS)
	$(AM_V_at)$(MKDIR_P) tests/unit
if !HAVE_CMOCKA
	$(AM_V_at)touch tests/unit/without-cmocka
endif

.PHONY: fuzz fuzz-programs
fuzz-programs: $(fuzz_programs)
fuzz:
	$(srcdir)/tests/fuzz/run --build $(abs_builddir)/fuzz

# The cost of kmeminfo compared with other programs: "make bench" writes tests/bench/RESULTS.md.
bench_programs = tests/bench/confinement tests/bench/group tests/bench/jansson-rows tests/bench/logs tests/bench/measure \
	tests/bench/nothing tests/bench/reader tests/bench/record-day
EXTRA_PROGRAMS = $(bench_programs)
tests_bench_confinement_LDADD = libkmeminfo.a
tests_bench_group_LDADD =
tests_bench_jansson_rows_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_bench_jansson_rows_LDADD = $(JANSSON_LIBS)
tests_bench_logs_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
tests_bench_logs_LDADD = $(JANSSON_LIBS) -larchive
tests_bench_measure_LDADD =
tests_bench_record_day_LDADD = libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS) -lm
tests_bench_nothing_LDADD =
tests_bench_reader_LDADD =

.PHONY: bench
bench: kmeminfo $(bench_programs)
	@$(srcdir)/tests/bench/run $(abs_builddir) --output $(srcdir)/tests/bench/RESULTS.md

# The runner and most suites need Python. Without Python only the unit tests run.
check-local: all
	@if command -v python3 >/dev/null; then \
		$(srcdir)/tests/runner --build $(builddir); \
	else \
		echo "no python3: only the unit tests are run"; \
		$(MAKE) unit-tests; \
	fi

.PHONY: unit-tests
unit-tests: check-programs
	@$(MKDIR_P) logs; failed=0; for each in $(check_PROGRAMS); do \
		case $$each in tests/unit/*) ;; *) continue ;; esac; \
		if $$each >logs/unit-test 2>&1; then \
			echo "ok   $$each"; \
		else \
			cat logs/unit-test; echo "FAIL $$each"; failed=1; \
		fi; \
	done; exit $$failed

clean-local:
	rm -rf captures logs tmp build.log .configured-in tests/faults/shim.so tests/unit/without-cmocka $(bench_programs)
