// SPDX-License-Identifier: GPL-2.0-or-later
/* A sample of a recording as a moment. */
#include <errno.h>
#include "machine/recording.h"
#include "report/moment-recording.h"

void km_recording_host(const struct km_recording *recording, size_t sample, struct km_pool *pool, struct km_host *host)
{
	const struct km_recording_sample *taken = &recording->samples.items[sample];
	const struct km_recording_boot *boot = taken->boot < recording->boots.len ? &recording->boots.items[taken->boot] : NULL;

	km_row_init(&km_host_type, host);
	host->source = &km_host_sources[KM_HOST_RECORDING];
	host->time = km_host_time(pool, taken->clock.wall_us / 1000000);
	if (taken->clock.boottime_us != KM_NO_TIME && taken->clock.boottime_us >= 0)
		host->uptime_ms = (uint64_t)taken->clock.boottime_us / 1000;
	if (!boot)
		return;
	host->release = boot->release;
	host->machine = boot->machine;
	host->page_bytes = boot->page_bytes;
	host->boot_id = boot->boot_id;
}

int km_moment_of_recording(struct km_recording *recording, size_t sample, const struct km_report *one,
			   struct km_pool *pool, struct km_problems *problems, struct km_moment *ret, struct km_err *err)
{
	struct km_host *host = km_pool_alloc(pool, 1, sizeof(*host));
	char text[KM_CLOCK_SIZE];

	km_recording_host(recording, sample, pool, host);
	*ret = (struct km_moment){ .host = host };
	ret->name = km_pool_printf(pool, "%s at %s", recording->path,
				   km_clock_text(text, recording->samples.items[sample].clock.wall_us)).ptr;
	for (size_t i = 0; km_reports[i]; i++) {
		const struct km_report *report = km_reports[i];
		struct km_sheet sheet;
		int r;

		if ((one && report != one) || !(report->flags & KM_REPORT_OVER_TIME))
			continue;
		r = km_recording_sheet(recording, report->type->name, report->type, sample, pool, &sheet, err);
		if (r == -EBADMSG && !one) {
			km_problem_source(problems, km_str_from(ret->name), NULL, "the values of %s are damaged", report->type->name);
			continue;
		}
		if (r)
			return r;
		if (sheet.len || report->flags & KM_REPORT_ALWAYS)
			ret->sheets[i] = (struct km_moment_sheet){ sheet, true };
	}
	return 0;
}
