// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/failure.h"
#include "parse/klog.h"
#include "report/failure-reason.h"

static void check_mem(const struct fuzz *fuzz, const struct km_klog_mem *mem)
{
	const struct km_buddyinfo_zone *zone;

	fuzz_expect(mem->blocks.len == mem->buddyinfo.zones.len);
	fuzz_expect((mem->page_bytes == KM_UNKNOWN) == !mem->buddyinfo.zones.len);
	km_array_each(zone, &mem->buddyinfo.zones)
		fuzz_expect(zone->orders > 0 && zone->zone.len <= fuzz->text.len);
}

static void check_event(const struct fuzz *fuzz, const struct km_klog_event *event)
{
	struct km_str *frame;

	fuzz_expect(event->line > 0 && event->kind < KM_KLOG_KINDS);
	fuzz_expect(event->task.len <= fuzz->text.len && event->mode_names.len <= fuzz->text.len);
	if (event->mem)
		check_mem(fuzz, event->mem);
	km_array_each(frame, &event->frames)
		fuzz_expect(frame->len && frame->len <= fuzz->text.len);
}

/* Whatever a log says, each of its events has a cause. */
void fuzz_one(struct fuzz *fuzz)
{
	struct km_klog klog = { 0 };
	struct km_sheet sheet;

	km_parse_klog(&fuzz->parse, fuzz->text, &klog);
	for (size_t i = 0; i < klog.events.len; i++)
		check_event(fuzz, klog.events.items[i]);
	sheet = km_failure_derive(&fuzz->pool, &klog, KM_STR("log"));
	fuzz_expect(sheet.len == klog.events.len);
	km_failure_explain((struct km_failure *)(uintptr_t)sheet.rows, sheet.len);
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_failure *row = km_sheet_row(&sheet, i);

		fuzz_expect(km_word_str(row->cause).len && row->reason.len && row->advice.len);
	}
	fuzz_sheet(fuzz, sheet);
	km_klog_deinit(&klog);
}
