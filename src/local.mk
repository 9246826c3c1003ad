# All but main() is a library that the unit tests and fuzzers link as well.
noinst_LIBRARIES += libkmeminfo.a
libkmeminfo_a_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS) $(JANSSON_CFLAGS) $(LIBPROC2_CFLAGS) $(SMARTCOLS_CFLAGS)
libkmeminfo_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/array.h \
	src/base/checksum.c src/base/checksum.h \
	src/base/cleanup.h \
	src/base/err.c src/base/err.h \
	src/base/index.c src/base/index.h \
	src/base/nearest.c src/base/nearest.h \
	src/base/num.h \
	src/base/problem.c src/base/problem.h \
	src/base/process.h \
	src/base/scan.h \
	src/base/str.c src/base/str.h \
	src/base/units.c src/base/units.h \
	src/base/utf8.c src/base/utf8.h \
	src/report/advice-fields.c \
	src/report/advice.c src/report/advice.h \
	src/report/failure-reason.c src/report/failure-reason.h \
	src/report/failure-suggestion.c \
	src/report/finding.c src/report/finding.h \
	src/words/language.c src/words/language.h \
	src/report/rule.h \
	src/report/rules-kernel.c \
	src/report/rules-memory.c \
	src/report/rules-zone.c \
	src/words/texts.c src/words/texts.h \
	src/report/topics.c src/report/topics.h \
	src/machine/host.c src/machine/host.h \
	src/machine/supply.c \
	src/report/placeholder.c src/report/placeholder.h \
	src/model/account-part.c src/model/account-part.h \
	src/model/account-reported.c src/model/account-reported.h \
	src/model/account.c src/model/account.h \
	src/model/alloc-rules.c src/model/alloc-rules.h \
	src/model/buddy.c src/model/buddy.h \
	src/model/capture.c src/model/capture.h \
	src/model/request-fallback.c \
	src/model/request-zone-fields.c \
	src/model/zone-layout.c src/model/zone-layout.h \
	src/model/request-zone.c src/model/request-zone.h \
	src/model/failure-caller.c src/model/failure-caller.h \
	src/model/failure-cause.c src/model/failure-cause.h \
	src/model/failure-causes.c \
	src/model/failure-fields.c \
	src/model/failure-memory.c \
	src/model/failure.c src/model/failure.h \
	src/base/field.c src/base/field.h \
	src/model/gfp-meaning.c src/model/gfp-meaning.h \
	src/model/gfp-table.c \
	src/model/gfp.c src/model/gfp.h \
	src/model/command-usage.c src/model/command-usage.h \
	src/model/host.c src/model/host.h \
	src/model/limits.c src/model/limits.h \
	src/model/arch.c src/model/arch.h \
	src/model/mask-fields.c \
	src/model/mask.c src/model/mask.h \
	src/model/node-order.c src/model/node-order.h \
	src/model/node.c src/model/node.h \
	src/model/prediction.c src/model/prediction.h \
	src/model/page.c src/model/page.h \
	src/model/pagetype.c src/model/pagetype.h \
	src/model/pointers.c src/model/pointers.h \
	src/model/request.c src/model/request.h \
	src/words/topic.h \
	src/model/supply.c src/model/supply.h \
	src/model/slab-directory.c src/model/slab-directory.h \
	src/model/slab.c src/model/slab.h \
	src/model/vmalloc-group.c src/model/vmalloc-group.h \
	src/model/vmalloc-kind.c src/model/vmalloc-kind.h \
	src/model/vmalloc-tally.c src/model/vmalloc-tally.h \
	src/model/vmalloc.c src/model/vmalloc.h \
	src/model/zone-brief.c src/model/zone-brief.h \
	src/model/zone-state.c \
	src/model/zone.c src/model/zone.h \
	src/parse/buddyinfo.c src/parse/buddyinfo.h \
	src/parse/gfptable.c src/parse/gfptable.h \
	src/parse/kconfig.c src/parse/kconfig.h \
	src/parse/kline.h \
	src/parse/klog-free.c \
	src/parse/klog-head.c src/parse/klog-head.h \
	src/parse/klog-kill.c src/parse/klog-report.h \
	src/parse/klog-mem.c src/parse/klog-mem.h \
	src/parse/klog-oom.c \
	src/parse/klog-open.c src/parse/klog-reader.h \
	src/parse/klog-orphan.c \
	src/parse/klog-pool.c \
	src/parse/klog-slub.c \
	src/parse/klog-trace.c \
	src/parse/klog-value.c src/parse/klog-value.h \
	src/parse/klog-warning.c \
	src/parse/klog.c src/parse/klog.h \
	src/parse/logtext.c src/parse/logtext.h \
	src/parse/logtext-clean.c src/parse/logtext-clean.h \
	src/parse/logtext-decide.c src/parse/logtext-decide.h \
	src/parse/logtext-json.c \
	src/parse/logtext-prefix.c src/parse/logtext-prefix.h \
	src/parse/logtext-stage.c src/parse/logtext-stage.h \
	src/parse/logtext-time.c src/parse/logtext-time.h \
	src/parse/logtext-unwrap.c src/parse/logtext-unwrap.h \
	src/parse/manifest.c src/parse/manifest.h \
	src/parse/meminfo.c src/parse/meminfo.h \
	src/parse/pagetypeinfo.c src/parse/pagetypeinfo.h \
	src/parse/parse.c src/parse/parse.h \
	src/model/claim.c src/model/claim.h \
	src/model/flags.c src/model/flags.h \
	src/model/module-state.c src/model/module-state.h \
	src/model/block-tally.c src/model/block-tally.h \
	src/model/fragmentation.c src/model/fragmentation.h \
	src/model/memory-range.c src/model/memory-range.h \
	src/model/pageclass.c src/model/pageclass-fields.c src/model/pageclass.h \
	src/model/probe-prediction.c \
	src/model/probe.c src/model/probe.h \
	src/parse/module-blocks.c src/parse/module-blocks.h \
	src/parse/module-file.c src/parse/module-file.h \
	src/source/cpu.c src/source/cpu.h \
	src/source/device.c src/source/device.h \
	src/parse/topicfile.c src/parse/topicfile.h \
	src/parse/slabdir.c src/parse/slabdir.h \
	src/parse/slabinfo.c src/parse/slabinfo.h \
	src/parse/vmstat.c src/parse/vmstat.h \
	src/parse/version.c src/parse/version.h \
	src/parse/vmallocinfo.c src/parse/vmallocinfo.h \
	src/parse/zoneinfo.c src/parse/zoneinfo.h \
	src/report/cell.c \
	src/report/document.h \
	src/render/heat.c src/render/heat.h \
	src/render/fit.c src/render/fit.h \
	src/render/json.c \
	src/render/manual.c src/render/manual.h \
	src/base/prose.c src/base/prose.h \
	src/render/schema.c src/render/schema.h \
	src/render/text.c \
	src/report/view.c src/report/view.h \
	src/machine/gfp.c \
	src/machine/module.c \
	src/machine/slab.c \
	src/machine/vmalloc.c \
	src/machine/machine.c src/machine/machine.h \
	src/report/summary.c src/report/summary.h \
	src/source/archive-library.h \
	src/source/archive.c src/source/archive.h \
	src/source/backend.h \
	src/source/directory.c \
	src/source/file.c \
	src/source/files.c src/source/files.h \
	src/source/gunzip.c src/source/gunzip.h \
	src/source/library.c src/source/library.h \
	src/source/log.c src/source/log.h \
	src/source/packed.h \
	src/source/path.c src/source/path.h \
	src/source/processes.c src/source/processes.h \
	src/source/read.c src/source/read.h \
	src/source/sos.c src/source/sos.h \
	src/source/source.c src/source/source.h \
	src/source/stream.c \
	src/source/text.c src/source/text.h \
	src/source/tree.c src/source/tree.h \
	src/source/unpack.c src/source/unpack.h \
	src/source/writer.c src/source/writer.h

bin_PROGRAMS += kmeminfo
kmeminfo_SOURCES = \
	src/base/heap.c \
	src/report/advice-text.c src/report/advice-text.h \
	src/cli/buddy.c \
	src/machine/capture.c src/machine/capture.h \
	src/cli/capture.c \
	src/cli/complete.c \
	src/cli/explain.c \
	src/cli/fields.c \
	src/cli/fragmentation.c \
	src/cli/gfp.c \
	src/cli/log.c \
	src/cli/module.c \
	src/cli/pages.c \
	src/cli/probe.c \
	src/cli/slab.c \
	src/cli/summary.c \
	src/cli/vmalloc.c \
	src/cli/zones.c \
	src/cli/command.c src/cli/command.h \
	src/main.c \
	src/cli/manual-topics.c src/cli/manual-topics.h \
	src/cli/options.c src/cli/options.h \
	src/report/parts.c src/report/parts.h \
	src/cli/report.c \
	src/cli/spelling.c src/cli/spelling.h \
	src/report/failure-text.c src/report/failure-text.h \
	src/report/topic-text.c src/report/topic-text.h
kmeminfo_LDADD = libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS) -lm
