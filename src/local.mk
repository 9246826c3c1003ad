# All but main() is a library that the unit tests and fuzzers link as well.
noinst_LIBRARIES += libkmeminfo.a
libkmeminfo_a_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS) $(JANSSON_CFLAGS) $(LIBPROC2_CFLAGS) $(SMARTCOLS_CFLAGS)
libkmeminfo_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/array.h \
	src/base/cleanup.h \
	src/base/err.c src/base/err.h \
	src/base/index.c src/base/index.h \
	src/base/nearest.c src/base/nearest.h \
	src/base/num.h \
	src/base/problem.c src/base/problem.h \
	src/base/process.h \
	src/base/str.c src/base/str.h \
	src/base/units.c src/base/units.h \
	src/base/utf8.c src/base/utf8.h \
	src/explain/advice-fields.c \
	src/explain/advice.c src/explain/advice.h \
	src/explain/finding.c src/explain/finding.h \
	src/explain/language.c src/explain/language.h \
	src/explain/rule.h \
	src/explain/rules-kernel.c \
	src/explain/rules-memory.c \
	src/explain/rules-zone.c \
	src/explain/texts.c src/explain/texts.h \
	src/explain/topics.c src/explain/topics.h \
	src/describe.c src/describe.h \
	src/figures.c src/figures.h \
	src/model/account-part.c src/model/account-part.h \
	src/model/account-told.c src/model/account-told.h \
	src/model/account.c src/model/account.h \
	src/model/buddy.c src/model/buddy.h \
	src/model/capture.c src/model/capture.h \
	src/model/request-zone-fields.c \
	src/model/request-zone.c src/model/request-zone.h \
	src/model/failure-caller.c src/model/failure-caller.h \
	src/model/failure-cause.c src/model/failure-cause.h \
	src/model/failure-causes.c \
	src/model/failure-memory.c \
	src/model/failure.c src/model/failure.h \
	src/model/field.c src/model/field.h \
	src/model/gfp-facts.c src/model/gfp-facts.h \
	src/model/gfp-table.c \
	src/model/gfp.c src/model/gfp.h \
	src/model/holder.c src/model/holder.h \
	src/model/host.c src/model/host.h \
	src/model/limits.c src/model/limits.h \
	src/model/machine.c src/model/machine.h \
	src/model/mask-fields.c \
	src/model/mask.c src/model/mask.h \
	src/model/node.c src/model/node.h \
	src/model/outlook.c src/model/outlook.h \
	src/model/page.c src/model/page.h \
	src/model/pagetype.c src/model/pagetype.h \
	src/model/pointers.c src/model/pointers.h \
	src/model/request.c src/model/request.h \
	src/model/topic.h \
	src/model/slab-directory.c src/model/slab-directory.h \
	src/model/slab.c src/model/slab.h \
	src/model/vmalloc-group.c src/model/vmalloc-group.h \
	src/model/vmalloc-kind.c src/model/vmalloc-kind.h \
	src/model/vmalloc.c src/model/vmalloc.h \
	src/model/zone-brief.c src/model/zone-brief.h \
	src/model/zone-state.c \
	src/model/zone.c src/model/zone.h \
	src/parse/buddyinfo.c src/parse/buddyinfo.h \
	src/parse/gfptable.c src/parse/gfptable.h \
	src/parse/kconfig.c src/parse/kconfig.h \
	src/parse/kline.c src/parse/kline.h \
	src/parse/klog-head.c src/parse/klog-head.h \
	src/parse/klog-mem.c src/parse/klog-mem.h \
	src/parse/klog.c src/parse/klog.h \
	src/parse/logtext.c src/parse/logtext.h \
	src/parse/manifest.c src/parse/manifest.h \
	src/parse/meminfo.c src/parse/meminfo.h \
	src/parse/pagetypeinfo.c src/parse/pagetypeinfo.h \
	src/parse/parse.c src/parse/parse.h \
	src/model/claim.c src/model/claim.h \
	src/model/flags.c src/model/flags.h \
	src/model/modstate.c src/model/modstate.h \
	src/model/pageclass.c src/model/pageclass.h \
	src/model/probe-outlook.c \
	src/model/probe.c src/model/probe.h \
	src/parse/modfile.c src/parse/modfile.h \
	src/source/device.c src/source/device.h \
	src/parse/topicfile.c src/parse/topicfile.h \
	src/parse/slabdir.c src/parse/slabdir.h \
	src/parse/slabinfo.c src/parse/slabinfo.h \
	src/parse/vmstat.c src/parse/vmstat.h \
	src/parse/version.c src/parse/version.h \
	src/parse/vmallocinfo.c src/parse/vmallocinfo.h \
	src/parse/zoneinfo.c src/parse/zoneinfo.h \
	src/render/cell.c \
	src/render/document.h \
	src/render/heat.c src/render/heat.h \
	src/render/fit.c src/render/fit.h \
	src/render/json.c \
	src/render/manual.c src/render/manual.h \
	src/render/prose.c src/render/prose.h \
	src/render/schema.c src/render/schema.h \
	src/render/text.c \
	src/render/view.c src/render/view.h \
	src/snapshot-gfp.c \
	src/snapshot-module.c \
	src/snapshot-slab.c \
	src/snapshot.c src/snapshot.h \
	src/summary.c src/summary.h \
	src/source/archive.c src/source/archive.h \
	src/source/backend.h \
	src/source/directory.c \
	src/source/file.c \
	src/source/files.c src/source/files.h \
	src/source/log.c src/source/log.h \
	src/source/path.c src/source/path.h \
	src/source/processes.c src/source/processes.h \
	src/source/read.c src/source/read.h \
	src/source/sos.c src/source/sos.h \
	src/source/source.c src/source/source.h \
	src/source/text.c src/source/text.h \
	src/source/tree.c src/source/tree.h \
	src/source/writer.c src/source/writer.h

bin_PROGRAMS += kmeminfo
kmeminfo_SOURCES = \
	src/advise.c src/advise.h \
	src/cmd-buddy.c \
	src/capture.c src/capture.h \
	src/cmd-capture.c \
	src/cmd-complete.c \
	src/cmd-explain.c \
	src/cmd-fields.c \
	src/cmd-gfp.c \
	src/cmd-log.c \
	src/cmd-module.c \
	src/cmd-pages.c \
	src/cmd-probe.c \
	src/cmd-slab.c \
	src/cmd-summary.c \
	src/cmd-vmalloc.c \
	src/cmd-zones.c \
	src/cmd.c src/cmd.h \
	src/main.c \
	src/manual-topics.c src/manual-topics.h \
	src/options.c src/options.h \
	src/parts.c src/parts.h \
	src/report.c \
	src/spelling.c src/spelling.h \
	src/tell-failure.c src/tell-failure.h \
	src/tell.c src/tell.h
kmeminfo_LDADD = libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS) -lm
