// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Each reading opens the machine again. Confinement allows that: this process or its opener can read every file of the
 * running machine that kmeminfo knows, and this one every file below a directory. An archive is not read twice.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "cli/watch.h"
#include "model/extend.h"
#include "model/interval.h"
#include "render/filter.h"
#include "source/opener.h"

struct reading {
	struct km_session session;
	struct km_sheet sheets[KM_REPORT_COUNT];
};

struct km_watch {
	const struct km_options *options;
	struct km_opener opener;
	struct reading readings[2]; /* the current one and the last one, alternating */
	uint64_t count;             /* number of readings */
	const char *main[KM_REPORT_COUNT]; /* keys of the fields whose change is shown; NULL: no change yet */
	bool redraws;
	size_t problems; /* of the last reading */
};

static struct reading *this_reading(struct km_watch *watch)
{
	return &watch->readings[watch->count % 2];
}

static const struct reading *last_reading(const struct km_watch *watch)
{
	return watch->count ? &watch->readings[(watch->count + 1) % 2] : NULL;
}

static size_t position(const struct km_report *report)
{
	size_t i = 0;

	while (km_reports[i] != report)
		i++;
	return i;
}

/* The field that sorts the table; NULL: none. */
static const char *sort_key(struct km_pool *pool, const struct km_sheet_type *type)
{
	struct km_str rest = km_str_from(type->sort), key;

	if (!type->sort)
		return NULL;
	return km_str_take_until(&rest, ':', &key) ? km_pool_copy(pool, key).ptr : type->sort;
}

/* NULL: there is no earlier reading of the report. */
static const struct km_comparison *compare(struct km_watch *watch, size_t at, const struct km_sheet *sheet,
					   const struct km_comparison_type *type)
{
	const struct reading *last = last_reading(watch);
	struct reading *now = this_reading(watch);
	struct km_pool *pool = &now->session.machine.pool;
	struct km_compare_options options = { .all = true, .in_order = true };
	struct km_comparison *comparison;
	struct km_readings readings;

	if (!last || last->sheets[at].type != sheet->type)
		return NULL;
	options.by = sort_key(pool, sheet->type);
	readings = km_readings_relate(&last->session.machine.host, &now->session.machine.host);
	options.interval = km_readings_interval(&readings);
	comparison = km_pool_alloc(pool, 1, sizeof(*comparison));
	km_compare(pool, type, &last->sheets[at], sheet, &options, comparison);
	return comparison;
}

/* The first field that changes is shown from then on, so that columns do not move. */
static void choose_main(struct km_watch *watch, size_t at, const struct km_comparison *comparison)
{
	if (!watch->main[at] && comparison->by && comparison->sheet.len > comparison->same)
		watch->main[at] = comparison->by->of->key;
}

void km_watch_extend(struct km_session *session, const struct km_report *report, struct km_sheet *sheet,
		     struct km_view_options *view)
{
	struct km_watch *watch = session->watch;
	struct km_pool *pool = &session->machine.pool;
	const size_t at = position(report);
	const struct km_comparison_type *type = km_comparison_type(pool, report->type);
	const struct km_comparison *comparison = compare(watch, at, sheet, type);
	const struct km_extension *extension;

	this_reading(watch)->sheets[at] = *sheet;
	if (comparison)
		choose_main(watch, at, comparison);
	/* for people from the second reading on; programs need the same fields in each reading */
	if (!comparison && !km_format_is_for_programs(watch->options->format))
		return;
	extension = km_extension_type(pool, type);
	*sheet = km_extend(pool, extension, sheet, comparison);
	if (view->columns || view->usual)
		view->usual = km_extension_columns(pool, extension, view->usual, NULL);
	else
		view->usual = km_extension_columns(pool, extension, NULL, watch->main[at]);
	if (view->columns)
		view->columns = km_extension_columns(pool, extension, view->columns, NULL);
}

static size_t terminal_lines(void)
{
	struct winsize size;

	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row ? size.ws_row : 24;
}

/* Our own escape sequences bypass the sink, which would clean them. */
static void clear_screen(void)
{
	static const char clear[] = "\033[H\033[2J\033[3J";

	fflush(stdout);
	(void)!write(STDOUT_FILENO, clear, sizeof(clear) - 1);
}

static void print_head(const struct km_watch *watch, const struct km_host *host)
{
	printf("every %g s  %.*s%s\n\n", (double)watch->options->watch_ms / 1000,
	       KM_STR_ARG(host->time.ptr ? host->time : KM_STR("time unknown")), watch->redraws ? "  ^C ends" : "");
}

/* Writes the text before the document. A redrawn document starts at the top, an appended one after a blank line. */
static size_t begin_text(struct km_watch *watch)
{
	const struct km_session *session = &this_reading(watch)->session;

	if (watch->redraws)
		clear_screen();
	else if (watch->count)
		putchar('\n');
	if (!session->style.no_headings)
		print_head(watch, &session->machine.host);
	return session->style.no_headings ? 0 : 2;
}

static bool is_text(const struct km_options *options)
{
	return options->format == &km_formats[KM_FORMAT_text];
}

/* The filter between the document and stdout. */
static struct km_filter filter_for(struct km_watch *watch)
{
	const struct km_options *options = watch->options;
	struct km_filter filter = {
		.to = stdout, .one_line = options->format == &km_formats[KM_FORMAT_json], .lines = UINT64_MAX,
	};
	size_t lines, head = is_text(options) ? begin_text(watch) : 0;

	if (!watch->redraws)
		return filter;
	lines = terminal_lines();
	/* a line for the cursor, and one for the number of missing lines */
	filter.lines = lines > head + 3 ? lines - head - 2 : 1;
	return filter;
}

/* stderr lists problems once, because they are the same at each reading. */
static enum km_exit finish(struct km_watch *watch)
{
	struct km_session *session = &this_reading(watch)->session;
	struct km_filter filter;
	enum km_exit status;
	size_t problems;

	km_machine_note_failures(&session->machine);
	problems = session->machine.problems.list.len;
	filter = filter_for(watch);
	session->out = km_filter_open(&filter);
	session->quiet = watch->count && problems == watch->problems && !watch->redraws;
	/* the first document names the columns */
	session->style.no_headings |= watch->count && !is_text(watch->options);
	status = km_session_finish(session);
	if (filter.dropped)
		printf("(%llu more lines)", (unsigned long long)filter.dropped);
	watch->problems = problems;
	fflush(stdout);
	return status;
}

/* A source that cannot change is read once. */
static bool can_change(const struct km_session *session)
{
	if (km_source_info(session->machine.source)->again)
		return true;
	km_print_message(NULL, NULL, "--watch reads the running machine or a directory, and this is a file");
	return false;
}

static enum km_exit read_once(struct km_watch *watch, const struct km_options *options,
			      enum km_exit (*add)(struct km_session *session, void *data), void *data)
{
	struct reading *now = this_reading(watch);
	enum km_exit status;

	memset(now->sheets, 0, sizeof(now->sheets));
	if (!km_session_init(&now->session, options)) {
		now->session = (struct km_session){ 0 };
		return KM_EXIT_FAILED;
	}
	now->session.watch = watch;
	if (!can_change(&now->session))
		status = KM_EXIT_USAGE;
	else
		status = add(&now->session, data);
	return status == KM_EXIT_COMPLETE ? finish(watch) : status;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until a time. True: a signal came first. */
static bool is_ended(const sigset_t *signals, int64_t until_ms)
{
	for (;;) {
		int64_t left = until_ms - now_ms();
		struct timespec wait = { 0 };

		if (left > 0)
			wait = (struct timespec){ (time_t)(left / 1000), (long)(left % 1000 * 1000000) };
		if (sigtimedwait(signals, NULL, &wait) > 0)
			return true;
		if (errno != EINTR)
			return false;
	}
}

/* These signals end the loop between two documents. Signals that must end the program at once keep their effect. */
static void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGHUP);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

static void forget(struct km_watch *watch)
{
	for (size_t i = 0; i < 2; i++)
		if (watch->readings[i].session.options)
			km_session_deinit(&watch->readings[i].session);
	km_opener_end(&watch->opener);
	free(watch);
}

enum km_exit km_watch_run(const struct km_options *options,
			  enum km_exit (*add)(struct km_session *session, void *data), void *data)
{
	struct km_watch *watch = km_realloc(NULL, 1, sizeof(*watch));
	struct km_options again = *options;
	int64_t next = now_ms();
	enum km_exit status;
	sigset_t signals;

	memset(watch, 0, sizeof(*watch));
	watch->opener.fd = -1;
	watch->options = &again;
	watch->redraws = is_text(options) && isatty(STDOUT_FILENO);
	again.source.watches = true;
	again.source.also = (const char *const[]){ options->from, NULL };
	again.source.opener = &watch->opener;
	block_signals(&signals);
	if (again.source.confined && !options->from)
		km_opener_start(&watch->opener);
	do {
		status = read_once(watch, &again, add, data);
		again.source.confined = false; /* confinement cannot be undone */
		if (status == KM_EXIT_FAILED || status == KM_EXIT_USAGE || ++watch->count == options->count)
			break;
		if (this_reading(watch)->session.options)
			km_session_deinit(&this_reading(watch)->session);
		this_reading(watch)->session = (struct km_session){ 0 };
		/* after a reading that took longer than the interval, the next one follows at once */
		next += (int64_t)options->watch_ms;
		next = next < now_ms() ? now_ms() : next;
	} while (!is_ended(&signals, next));
	if (watch->redraws)
		putchar('\n');
	forget(watch);
	return status;
}
