# Everything except main() is a library, which the unit tests and fuzzers also link.
noinst_LIBRARIES += libkmeminfo.a
libkmeminfo_a_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS) $(CAP_NG_CFLAGS) $(JANSSON_CFLAGS) $(LIBPROC2_CFLAGS) $(NCURSES_CFLAGS) $(SECCOMP_CFLAGS) $(SMARTCOLS_CFLAGS) $(SQLITE_CFLAGS)
libkmeminfo_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/array.h \
	src/base/checksum.c src/base/checksum.h \
	src/base/clean.c src/base/clean.h \
	src/base/cleanup.h \
	src/base/epochs.c src/base/epochs.h \
	src/base/err.c src/base/err.h \
	src/base/field.c src/base/field.h \
	src/base/index.c src/base/index.h \
	src/base/nearest.c src/base/nearest.h \
	src/base/num.h \
	src/base/problem.c src/base/problem.h \
	src/base/process.h \
	src/base/prose.c src/base/prose.h \
	src/base/scan.h \
	src/base/sheet-copy.c \
	src/base/str.c src/base/str.h \
	src/base/text.c src/base/text.h \
	src/base/threshold.c src/base/threshold.h \
	src/base/units.c src/base/units.h \
	src/base/utf8.c src/base/utf8.h \
	src/base/word.c src/base/word.h \
	src/machine/callers.c \
	src/machine/capture.c src/machine/capture.h \
	src/machine/redact.c src/machine/redact.h \
	src/machine/cgroups.c src/machine/cgroups.h \
	src/machine/dmabuf.c src/machine/dmabuf.h \
	src/machine/gfp.c \
	src/machine/host.c src/machine/host.h \
	src/machine/logs.c src/machine/logs.h \
	src/machine/machine.c src/machine/machine.h \
	src/machine/module.c \
	src/machine/recorder.c src/machine/recorder.h \
	src/machine/recorder-state.c src/machine/recorder-state.h \
	src/machine/recorder-tables.c src/machine/recorder-tables.h \
	src/machine/recorder-trim.c \
	src/machine/recording.c src/machine/recording.h \
	src/machine/recording-load.c \
	src/machine/recording-read.h \
	src/machine/recording-sheet.c \
	src/machine/recording-span.c \
	src/machine/recording-walk.c \
	src/machine/recording-rows.c src/machine/recording-rows.h \
	src/machine/recording-schema.c src/machine/recording-schema.h \
	src/machine/probe.c \
	src/machine/slab.c \
	src/machine/supply.c \
	src/machine/system.c \
	src/machine/vmalloc.c \
	src/model/account-condense.c \
	src/model/account-list.c src/model/account-list.h \
	src/model/account-missing.c src/model/account-missing.h \
	src/model/account.c src/model/account.h \
	src/model/account-node.c src/model/account-node.h \
	src/model/account-owner.c src/model/account-owner.h \
	src/model/account-part.c src/model/account-part.h \
	src/model/account-reported.c src/model/account-reported.h \
	src/model/api-request.c src/model/api-request.h \
	src/model/charge.c src/model/charge.h \
	src/model/forecast-fields.c \
	src/model/forecast.c src/model/forecast.h \
	src/model/forecast-table.c \
	src/report/forecast-text.c src/report/forecast-text.h \
	src/report/mask-text.c src/report/mask-text.h \
	src/report/mention.c src/report/mention.h \
	src/report/prediction-text.c src/report/prediction-text.h \
	src/report/predict.c \
	src/machine/cgroup.c \
	src/model/alloc-rules.c src/model/alloc-rules.h \
	src/model/arch.c src/model/arch.h \
	src/model/block-tally.c src/model/block-tally.h \
	src/model/buddy.c src/model/buddy.h \
	src/model/caller.c src/model/caller.h \
	src/model/capture.c src/model/capture.h \
	src/model/cgroup.c src/model/cgroup.h \
	src/model/command-usage.c src/model/command-usage.h \
	src/model/failure.c src/model/failure.h \
	src/model/failure-duplicates.c \
	src/model/compare.c src/model/compare.h \
	src/model/compare-columns.c \
	src/model/compare-type.c \
	src/model/compare-value.c src/model/compare-value.h \
	src/model/counter-kind.c src/model/counter-kind.h \
	src/model/extend.c src/model/extend.h \
	src/model/failure-caller.c src/model/failure-caller.h \
	src/model/failure-cause.c src/model/failure-cause.h \
	src/model/failure-cgroup.c \
	src/model/failure-warning.c \
	src/model/failure-causes.c \
	src/model/failure-fields.c \
	src/model/failure-lists.c \
	src/model/failure-memory.c \
	src/model/flags.c src/model/flags.h \
	src/model/fragmentation.c src/model/fragmentation.h \
	src/model/gfp.c src/model/gfp.h \
	src/model/gfp-expression.c \
	src/model/gfp-meaning.c src/model/gfp-meaning.h \
	src/model/gfp-table.c \
	src/model/host.c src/model/host.h \
	src/model/interval.c src/model/interval.h \
	src/model/installed.c src/model/installed.h \
	src/model/limits.c src/model/limits.h \
	src/model/memory-line.c src/model/memory-line.h \
	src/model/mask.c src/model/mask.h \
	src/model/mask-fields.c \
	src/model/memory-range.c src/model/memory-range.h \
	src/model/module-state.c src/model/module-state.h \
	src/model/node.c src/model/node.h \
	src/model/node-order.c src/model/node-order.h \
	src/model/page.c src/model/page.h \
	src/model/pageclass.c src/model/pageclass.h \
	src/model/pageclass-fields.c \
	src/model/pagetype.c src/model/pagetype.h \
	src/model/pointers.c src/model/pointers.h \
	src/model/prediction.c src/model/prediction.h \
	src/model/pressure.c src/model/pressure.h \
	src/model/probe.c src/model/probe.h \
	src/model/probe-parts.c \
	src/model/request.c src/model/request.h \
	src/model/request-fallback.c \
	src/model/request-zone.c src/model/request-zone.h \
	src/model/request-blocks.c src/model/request-blocks.h \
	src/model/request-zone-fields.c \
	src/model/slope.c src/model/slope.h \
	src/model/slab-names.c src/model/slab-names.h \
	src/model/slab.c src/model/slab.h \
	src/model/slab-directory.c src/model/slab-directory.h \
	src/model/source-state.c src/model/source-state.h \
	src/model/system.c src/model/system.h \
	src/model/supply.c src/model/supply.h \
	src/model/supply-module.c \
	src/model/timeline.c src/model/timeline.h \
	src/model/trend.c src/model/trend.h \
	src/model/trend-course.c src/model/trend-course.h \
	src/model/trend-fields.c \
	src/model/trend-onset.c \
	src/model/trend-shape.c \
	src/model/vmalloc.c src/model/vmalloc.h \
	src/model/vmalloc-group.c src/model/vmalloc-group.h \
	src/model/vmalloc-kind.c src/model/vmalloc-kind.h \
	src/model/vmalloc-tally.c src/model/vmalloc-tally.h \
	src/model/zone.c src/model/zone.h \
	src/model/zone-brief.c src/model/zone-brief.h \
	src/model/zone-layout.c src/model/zone-layout.h \
	src/model/zone-lists.c src/model/zone-lists.h \
	src/model/zone-reserve.c \
	src/model/zone-state.c \
	src/parse/allocinfo.c src/parse/allocinfo.h \
	src/parse/buddyinfo.c src/parse/buddyinfo.h \
	src/parse/calltrace.c src/parse/calltrace.h \
	src/parse/changes.c src/parse/changes.h \
	src/parse/gfptable.c src/parse/gfptable.h \
	src/parse/iomem.c src/parse/iomem.h \
	src/parse/kconfig.c src/parse/kconfig.h \
	src/parse/kline.h \
	src/parse/klog.c src/parse/klog.h \
	src/parse/klog-dull.c \
	src/parse/klog-filter.c src/parse/klog-filter.h \
	src/parse/klog-free.c \
	src/parse/klog-head.c src/parse/klog-head.h \
	src/parse/klog-hint.c \
	src/parse/klog-kill.c \
	src/parse/klog-lines.c \
	src/parse/klog-mem.c src/parse/klog-mem.h \
	src/parse/klog-oom.c \
	src/parse/klog-open.c \
	src/parse/klog-orphan.c \
	src/parse/klog-pool.c \
	src/parse/klog-reader.h \
	src/parse/klog-report.h \
	src/parse/klog-slub.c \
	src/parse/klog-store.c \
	src/parse/klog-trace.c \
	src/parse/klog-value.c src/parse/klog-value.h \
	src/parse/klog-warning.c \
	src/parse/klog-wrap-pool.c \
	src/parse/klog-wrap-pool.h \
	src/parse/klog-wrap.c \
	src/parse/klog-wrap.h \
	src/parse/logtext.c src/parse/logtext.h \
	src/parse/logtext-clean.c src/parse/logtext-clean.h \
	src/parse/logtext-decide.c src/parse/logtext-decide.h \
	src/parse/logtext-frame.c src/parse/logtext-frame.h \
	src/parse/logtext-frame-number.c \
	src/parse/logtext-ident.c \
	src/parse/logtext-json.c \
	src/parse/logtext-mail.c \
	src/parse/logtext-mail.h \
	src/parse/logtext-order.c \
	src/parse/logtext-order.h \
	src/parse/logtext-prefix.c src/parse/logtext-prefix.h \
	src/parse/logtext-level.c src/parse/logtext-level.h \
	src/parse/logtext-share.c src/parse/logtext-share.h \
	src/parse/logtext-record.c \
	src/parse/logtext-skim.c src/parse/logtext-skim.h \
	src/parse/logtext-stage.c src/parse/logtext-stage.h \
	src/parse/logtext-time.c src/parse/logtext-time.h \
	src/parse/logtext-typography.c \
	src/parse/logtext-vendor.c \
	src/parse/logtext-wide.c src/parse/logtext-wide.h \
	src/parse/logtext-width.c src/parse/logtext-width.h \
	src/parse/logtext-unwrap.c src/parse/logtext-unwrap.h \
	src/parse/manifest.c src/parse/manifest.h \
	src/parse/dmabuf.c src/parse/dmabuf.h \
	src/parse/kstat.c src/parse/kstat.h \
	src/parse/meminfo.c src/parse/meminfo.h \
	src/parse/module-blocks.c src/parse/module-blocks.h \
	src/parse/module-file.c src/parse/module-file.h \
	src/parse/pagetypeinfo.c src/parse/pagetypeinfo.h \
	src/parse/psi.c src/parse/psi.h \
	src/parse/parse.c src/parse/parse.h \
	src/parse/slabdir.c src/parse/slabdir.h \
	src/parse/slabinfo.c src/parse/slabinfo.h \
	src/parse/topicfile.c src/parse/topicfile.h \
	src/parse/version.c src/parse/version.h \
	src/parse/vmallocinfo.c src/parse/vmallocinfo.h \
	src/parse/vmstat.c src/parse/vmstat.h \
	src/parse/zoneinfo.c src/parse/zoneinfo.h \
	src/render/cut.c src/render/cut.h \
	src/render/csv.c \
	src/render/filter.c src/render/filter.h \
	src/render/fit.c src/render/fit.h \
	src/render/format.c src/render/format.h \
	src/render/heat.c src/render/heat.h \
	src/render/html.c src/render/html.h \
	src/render/html-cell.c \
	src/render/html-head.c \
	src/render/html-notes.c \
	src/render/html-picture.c \
	src/render/html-table.c \
	src/render/json.c \
	src/render/json-rows.h \
	src/render/json-value.c src/render/json-value.h \
	src/render/long.c src/render/long.h \
	src/render/manual.c src/render/manual.h \
	src/render/metric-family.c src/render/metric-family.h \
	src/render/metric-rows.c src/render/metric-rows.h \
	src/render/metric-samples.c \
	src/render/metrics.c \
	src/render/plain.c src/render/plain.h \
	src/render/raw.c \
	src/render/schema.c src/render/schema.h \
	src/render/sink.c src/render/sink.h \
	src/render/speech.c src/render/speech.h \
	src/render/spread.c src/render/spread.h \
	src/render/text.c src/render/text.h \
	src/render/text-cell.c \
	src/render/text-fields.c \
	src/render/text-lines.c \
	src/render/text-table.c \
	src/render/tone.c src/render/tone.h \
	src/report/advice.c src/report/advice.h \
	src/report/account-text.c src/report/account-text.h \
	src/report/advice-fields.c \
	src/report/advice-text.c \
	src/report/assessment.c src/report/assessment.h \
	src/report/buddy.c \
	src/report/callers.c \
	src/report/capture.c \
	src/report/check.c src/report/check.h \
	src/report/check-text.c \
	src/parse/thresholds.c src/parse/thresholds.h \
	src/cli/check-run.c src/cli/check-run.h \
	src/cli/check.c src/cli/check-config.c src/cli/check-config.h src/cli/check-input.c src/cli/check-input.h \
	src/cli/check-record.c src/cli/check-record.h \
	src/report/cell.c \
	src/report/cgroups.c \
	src/report/claim.c src/report/claim.h \
	src/report/claim-paint.c src/report/claim-paint.h \
	src/report/claim-calls.c src/report/claim-flags.c src/report/claim-test.h \
	src/report/diff-once.c \
	src/report/diff.c src/report/diff.h \
	src/report/document.c src/report/document.h \
	src/report/events.c \
	src/report/explain.c \
	src/report/failure-reason.c src/report/failure-reason.h \
	src/report/failure-limits.c \
	src/report/failure-sentence.h \
	src/report/failure-suggestion.c \
	src/report/failure-zones.c \
	src/report/finding.c src/report/finding.h \
	src/report/fragmentation.c \
	src/report/gfp.c \
	src/report/growth.c src/report/growth.h \
	src/report/host.c \
	src/report/look.h \
	src/report/module-command.c src/report/module-command.h \
	src/report/installed.c \
	src/report/lines.c \
	src/report/module.c \
	src/report/moment-recording.c src/report/moment-recording.h \
	src/report/moment.c src/report/moment.h \
	src/report/node-accounts.c \
	src/report/notes.c src/report/notes.h \
	src/report/options.h \
	src/report/pages.c \
	src/report/placeholder.c src/report/placeholder.h \
	src/report/pressure.c \
	src/report/probe.c \
	src/report/recorded.c src/report/recorded.h \
	src/report/registry.c \
	src/report/report.h \
	src/report/rule.c src/report/rule.h \
	src/report/rules-account.c \
	src/report/rules-block.c \
	src/report/rules-cgroup.c \
	src/report/rules-growth.c \
	src/report/rules-kernel.c \
	src/report/rules-memory.c \
	src/report/rules-slab.c \
	src/report/rules-zone.c \
	src/report/served.c src/report/served.h \
	src/report/slab.c \
	src/report/sources.c \
	src/report/system.c \
	src/report/summary.c src/report/summary.h \
	src/report/summary-parts.c \
	src/report/topic-text.c src/report/topic-text.h \
	src/report/topics.c src/report/topics.h \
	src/report/packed.c src/report/packed.h \
	src/report/sort.c src/report/sort.h \
	src/report/stream.c src/report/stream.h \
	src/report/trend.c \
	src/report/trend-text.c src/report/trend-text.h \
	src/report/view.c src/report/view.h \
	src/report/finding-more.c src/report/finding-more.h \
	src/report/where.c src/report/where.h \
	src/report/where-value.c src/report/where-value.h \
	src/report/verdict.c src/report/verdict.h \
	src/report/vmalloc.c \
	src/report/zones.c \
	src/screen/baseline.c src/screen/baseline.h \
	src/screen/detail.c \
	src/screen/draw.c \
	src/screen/explain.c \
	src/screen/frame.c \
	src/screen/graph.c \
	src/screen/help.c \
	src/screen/history.c src/screen/history.h \
	src/screen/keys.c src/screen/keys.h \
	src/screen/no-terminal.c \
	src/screen/pictures.c src/screen/pictures.h \
	src/screen/prompt.c \
	src/screen/reading.c \
	src/screen/screen.c src/screen/screen.h \
	src/screen/state.h \
	src/screen/table.c src/screen/table.h \
	src/screen/table-draw.c \
	src/screen/tabs.c src/screen/tabs.h \
	src/screen/terminal.c src/screen/terminal.h \
	src/source/ahead.c src/source/ahead.h \
	src/source/archive.c src/source/archive.h \
	src/source/archive-library.h \
	src/source/backend.h \
	src/source/clock.c src/source/clock.h \
	src/source/cpu.c src/source/cpu.h \
	src/source/database.c src/source/database.h \
	src/source/database-copy.c \
	src/source/database-journal.c \
	src/source/database-none.c \
	src/source/database-open.c \
	src/source/database-sqlite.h \
	src/source/database-statement.c \
	src/source/database-sums.c src/source/database-sums.h \
	src/source/device.c src/source/device.h \
	src/source/confine-calls.c src/source/confine-calls.h \
	src/source/confine.c src/source/confine.h \
	src/source/directory.c \
	src/source/file.c \
	src/source/files.c src/source/files.h \
	src/source/gunzip.c src/source/gunzip.h \
	src/source/library.c src/source/library.h \
	src/source/log-capture.c src/source/log-capture.h \
	src/source/log-open.h \
	src/source/log.c src/source/log.h \
	src/source/membership.c src/source/membership.h \
	src/source/packed.h \
	src/source/pasted-free.c src/source/pasted-free.h \
	src/source/pasted.c src/source/pasted.h \
	src/source/path.c src/source/path.h \
	src/source/processes.c src/source/processes.h \
	src/source/opener.c src/source/opener.h \
	src/source/pager.c src/source/pager.h \
	src/source/read.c src/source/read.h \
	src/source/replace.c src/source/replace.h \
	src/source/sos.c src/source/sos.h \
	src/source/source.c src/source/source.h \
	src/source/stream.c \
	src/source/streams.c src/source/streams.h \
	src/source/text-clean.c src/source/text.c src/source/text.h \
	src/source/tty.c src/source/tty.h \
	src/source/tree.c src/source/tree.h \
	src/source/unpack.c src/source/unpack.h \
	src/source/writer.c src/source/writer.h \
	src/source/zip-end.c src/source/zip-end.h \
	src/words/language.c src/words/language.h \
	src/words/lookup.c src/words/lookup.h \
	src/words/message.c src/words/message.h \
	src/words/say.c src/words/say.h \
	src/words/texts.c src/words/texts.h \
	src/words/width.c src/words/width.h

bin_PROGRAMS += kmeminfo
kmeminfo_SOURCES = \
	src/base/heap.c \
	src/cli/buddy.c \
	src/cli/callers.c \
	src/cli/capture.c \
	src/cli/cgroups.c \
	src/cli/command.c src/cli/command.h \
	src/cli/complete.c \
	src/cli/completion.c src/cli/completion.h \
	src/cli/diff.c \
	src/cli/diff-readings.c src/cli/diff-readings.h \
	src/cli/explain.c \
	src/cli/fields.c \
	src/cli/fragmentation.c \
	src/cli/gfp.c \
	src/cli/help.c \
	src/cli/help-text.c src/cli/help-text.h \
	src/cli/log.c \
	src/cli/log-print.c src/cli/log-print.h \
	src/cli/manual-topics.c src/cli/manual-topics.h \
	src/cli/meminfo.c \
	src/cli/messages.c src/cli/messages.h \
	src/cli/metrics.c \
	src/cli/module.c \
	src/cli/mistake.c src/cli/mistake.h \
	src/cli/output.c src/cli/output.h \
	src/cli/pager.c src/cli/pager.h \
	src/cli/options.c src/cli/options.h \
	src/cli/pages.c \
	src/cli/predict.c \
	src/cli/predict-log.c src/cli/predict-log.h \
	src/cli/pressure.c \
	src/cli/probe.c \
	src/cli/report.c src/cli/report-parts.c src/cli/report-parts.h src/cli/report-time.c src/cli/report-time.h \
	src/cli/record.c \
	src/cli/record-loop.c src/cli/record-loop.h \
	src/cli/recording-session.c src/cli/recording-session.h \
	src/cli/root.c src/cli/root.h \
	src/cli/session.c src/cli/session.h \
	src/cli/session-language.c \
	src/cli/slab.c \
	src/cli/spelling.c src/cli/spelling.h \
	src/cli/summary.c \
	src/cli/top.c \
	src/cli/trend.c \
	src/cli/version.c src/cli/version.h \
	src/cli/vmstat.c \
	src/cli/vmalloc.c \
	src/cli/watch.c src/cli/watch.h \
	src/cli/zones.c \
	src/main.c
kmeminfo_LDADD = libkmeminfo.a $(JANSSON_LIBS) $(SMARTCOLS_LIBS)
