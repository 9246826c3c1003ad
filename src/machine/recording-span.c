// SPDX-License-Identifier: GPL-2.0-or-later
/* Finds the samples of a recording between two times. */
#include <errno.h>
#include <string.h>
#include "machine/recording-read.h"

enum { SECOND_US = 1000000 };

/* The clock may have been set back, so the last sample that is not later wins. */
size_t km_recording_at(const struct km_recording *recording, int64_t wall_us)
{
	size_t i = recording->samples.len;

	while (i && recording->samples.items[i - 1].clock.wall_us > wall_us)
		i--;
	return i - 1;
}

static int64_t end_of(const struct km_recording *recording)
{
	return recording->samples.items[recording->samples.len - 1].clock.wall_us;
}

/* The last moment of what a text means: a time of day is a whole second, as times are printed. */
static int64_t end_of_time(const char *text, int64_t wall_us)
{
	return *text == '-' || wall_us > INT64_MAX - SECOND_US ? wall_us : wall_us + SECOND_US - 1;
}

/* The last sample up to the end of a time; SIZE_MAX if all are later. */
static int find(const struct km_recording *recording, const char *text, size_t *ret, int64_t *ret_us, struct km_err *err)
{
	if (km_clock_parse(km_str_from(text), end_of(recording), ret_us))
		return km_err_set(err, -ERANGE, "write a time such as 2026-11-28T10:00:00Z, 10:00 or -1h", "'%s' is not a time",
				  text);
	*ret = km_recording_at(recording, end_of_time(text, *ret_us));
	return 0;
}

static int begins_later(const struct km_recording *recording, const char *text, struct km_err *err)
{
	char first[KM_CLOCK_SIZE];

	return km_err_set(err, -ERANGE, NULL, "%s begins later than %s, at %s", recording->path, text,
			  km_clock_text(first, recording->samples.items[0].clock.wall_us));
}

static int find_last(const struct km_recording *recording, const char *text, size_t *ret, struct km_err *err)
{
	int64_t wall_us;
	int r;

	*ret = recording->samples.len - 1;
	if (!text)
		return 0;
	r = find(recording, text, ret, &wall_us, err);
	return !r && *ret == SIZE_MAX ? begins_later(recording, text, err) : r;
}

static int find_first(const struct km_recording *recording, const struct km_recording_span *span, size_t *ret,
		      struct km_err *err)
{
	const char *text = span->from ? span->from : span->usual_from;
	char last[KM_CLOCK_SIZE];
	int64_t wall_us;
	int r;

	*ret = 0;
	if (!text)
		return 0;
	r = find(recording, text, ret, &wall_us, err);
	if (r)
		return r;
	if (wall_us > end_of(recording))
		return km_err_set(err, -ERANGE, "write the day, too, if another one is meant", "%s ends before %s, at %s",
				  recording->path, text, km_clock_text(last, end_of(recording)));
	if (*ret != SIZE_MAX) {
		/* the first of those in the second */
		while (*ret && recording->samples.items[*ret - 1].clock.wall_us >= wall_us)
			--*ret;
		return 0;
	}
	*ret = 0;
	return span->exact ? begins_later(recording, text, err) : 0;
}

int km_recording_narrow(struct km_recording *recording, const struct km_recording_span *span, struct km_err *err)
{
	size_t all = recording->samples.len, first, last;
	int r = find_last(recording, span->to, &last, err);

	if (r)
		return r;
	/* the default is before the end of the span */
	if (!span->from)
		recording->samples.len = last + 1;
	r = find_first(recording, span, &first, err);
	recording->samples.len = all;
	if (r)
		return r;
	if (first > last)
		return km_err_set(err, -ERANGE, NULL, "--from-time %s is later than --to-time %s", span->from, span->to);
	recording->samples.len = last - first + 1;
	memmove(recording->samples.items, recording->samples.items + first,
		recording->samples.len * sizeof(*recording->samples.items));
	return 0;
}
