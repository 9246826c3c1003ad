// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "base/nearest.h"
#include "base/units.h"
#include "model/page.h"
#include "model/probe.h"
#include "cli/help-text.h"
#include "cli/options.h"
#include "cli/session.h"

enum {
	OPT_FORMAT = 256, OPT_OUTPUT, OPT_SORT, OPT_TOP, OPT_BYTES, OPT_NO_HEADINGS, OPT_COLOR, OPT_FROM, OPT_PAGE_SIZE,
	OPT_UNPACK_LIMIT, OPT_WHERE, OPT_WATCH, OPT_COUNT, OPT_LANGUAGE
};

const struct km_options km_options_default = {
	.page_bytes = KM_UNKNOWN,
	.format = &km_formats[KM_FORMAT_text],
	.view = { .top = KM_UNKNOWN },
	.count = KM_UNKNOWN,
	.language = KM_LANGUAGES,
};

static const struct {
	unsigned int bit; /* 0: a heading */
	struct argp_option option;
} shared[] = {
	{ 0, { NULL, 0, NULL, 0, "Rows:", 1 } },
	{ KM_OPTION_COLUMNS, { "columns", 'o', "LIST", 0, "show these columns, by key or heading; +KEY adds to the default ones; help lists all", 0 } },
	{ KM_OPTION_SORT, { "sort", OPT_SORT, "KEY[:asc|:desc]", 0, "sort the rows; KEY,KEY: by several columns", 0 } },
	{ KM_OPTION_WHERE,
	  { "where", OPT_WHERE, "TEST", 0, "show only the rows that match, such as 'size > 1M and name ~ kmalloc'", 0 } },
	{ KM_OPTION_TOP, { "top", OPT_TOP, "N", 0, "show only the first N rows", 0 } },
	{ 0, { NULL, 0, NULL, 0, "Output:", 2 } },
	{ KM_OPTION_JSON, { "json", 'j', NULL, 0, "print JSON; see kmeminfo-fields(5)", 0 } },
	{ KM_OPTION_FORMAT,
	  { "format", OPT_FORMAT, "FORMAT", 0,
	    "text, raw (no blank in a cell), json, jsonl (one line per row), csv, html, prometheus or openmetrics", 0 } },
	{ KM_OPTION_OUTPUT,
	  { "output", OPT_OUTPUT, "FILE", 0, "write to FILE, which is replaced as a whole; after an error the old one stays", 0 } },
	{ KM_OPTION_BYTES, { "bytes", OPT_BYTES, NULL, 0, "print sizes as exact numbers of bytes", 0 } },
	{ KM_OPTION_NO_HEADINGS,
	  { "no-headings", OPT_NO_HEADINGS, NULL, 0, "print only rows: no headings, no totals", 0 } },
	{ KM_OPTION_COLOR, { "color", OPT_COLOR, "WHEN", 0, "auto, always or never", 0 } },
	{ KM_OPTION_LANGUAGE,
	  { "language", OPT_LANGUAGE, "LANGUAGE", 0,
	    "en or ja; otherwise LC_MESSAGES decides, and what programs read is English", 0 } },
	{ KM_OPTION_WATCH,
	  { "watch", OPT_WATCH, "SECONDS", 0, "read again every so many seconds, and show what changed", 0 } },
	{ KM_OPTION_COUNT, { "count", OPT_COUNT, "N", 0, "with --watch: end after N readings", 0 } },
	{ 0, { NULL, 0, NULL, 0, "Input:", 3 } },
	{ KM_OPTION_FROM,
	  { "from", OPT_FROM, "PATH", 0,
	    "read a captured machine instead of this one: a directory laid out like /, an archive of "
	    "one, a supportconfig's memory.txt, a file such as slabinfo alone, or the output of "
	    "slabtop -o, vmstat -m or free; - is standard input", 0 } },
	{ KM_OPTION_PAGE_SIZE,
	  { "page-size", OPT_PAGE_SIZE, "SIZE", 0,
	    "page size of the captured machine, if the capture does not contain it", 0 } },
	{ KM_OPTION_UNPACK_LIMIT,
	  { "unpack-limit", OPT_UNPACK_LIMIT, "SIZE", 0,
	    "most bytes that an archive may unpack to (default: 16G)", 0 } },
};

enum { SHARED = sizeof(shared) / sizeof(*shared) };

static const char *const color_words[] = { "auto", "always", "never", NULL };

const struct km_choice km_options_choices[] = {
	{ "format", km_format_words },
	{ "color", color_words },
	{ "language", km_language_codes },
	{ 0 }
};

size_t km_choice_take(const struct km_choice *choice, const char *arg, struct argp_state *state)
{
	char list[256] = "";
	size_t i, len = 0;

	for (i = 0; choice->words[i]; i++)
		if (!strcasecmp(choice->words[i], arg))
			return i;
	for (i = 0; choice->words[i] && len < sizeof(list); i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%s", i ? ", " : "", choice->words[i]);
	argp_error(state, "--%s: '%s' is none of %s", choice->option, arg, list);
	return 0;
}

void km_option_count(const char *option, const char *arg, uint64_t least, uint64_t most, uint64_t *ret,
		      struct argp_state *state)
{
	if (km_str_to_u64(km_str_from(arg), ret) || *ret < least || *ret > most)
		argp_error(state, "--%s needs a number from %llu to %llu, not '%s'", option,
			   (unsigned long long)least, (unsigned long long)most, arg);
}

void km_option_cgroup(const char *arg, const char **ret, struct argp_state *state)
{
	if (*arg != '/')
		argp_error(state, "--cgroup needs a path that begins with / (kmeminfo cgroups lists them): %s", arg);
	*ret = arg;
}

static error_t parse_rows(int key, char *arg, struct km_options *options, struct argp_state *state)
{
	switch (key) {
	case 'o':
		options->view.columns = arg;
		return 0;
	case OPT_WHERE:
		options->view.where = arg;
		return 0;
	case OPT_SORT:
		options->view.sort = arg;
		return 0;
	case OPT_TOP:
		if (km_str_to_u64(km_str_from(arg), &options->view.top))
			argp_error(state, "--top needs a number, not '%s'", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_output(int key, char *arg, struct km_options *options, struct argp_state *state)
{
	switch (key) {
	case 'j':
		options->format = &km_formats[KM_FORMAT_json];
		return 0;
	case OPT_FORMAT:
		options->format = &km_formats[km_choice_take(&km_options_choices[0], arg, state)];
		return 0;
	case OPT_OUTPUT:
		if (!*arg)
			argp_error(state, "--output needs the name of a file");
		options->output = arg;
		return 0;
	case OPT_BYTES:
		options->exact = true;
		return 0;
	case OPT_NO_HEADINGS:
		options->no_headings = true;
		return 0;
	case OPT_COLOR:
		options->color = (enum km_color)km_choice_take(&km_options_choices[1], arg, state);
		return 0;
	case OPT_LANGUAGE:
		options->language = (enum km_language)km_choice_take(&km_options_choices[2], arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

enum { SECOND_MS = 1000, DAY_MS = 86400 * SECOND_MS };

/* Parses "2", "0.5": up to three decimals. */
static bool take_seconds(struct km_str text, uint64_t *ret_ms)
{
	uint64_t seconds, part = 0, scale = SECOND_MS;
	struct km_str digits;

	if (!km_str_take_u64(&text, &seconds))
		return false;
	if (km_str_take_prefix(&text, KM_STR("."))) {
		digits = text;
		if (!km_str_take_u64(&text, &part) || digits.len - text.len > 3)
			return false;
		for (size_t i = digits.len - text.len; i; i--)
			scale /= 10;
	}
	*ret_ms = km_num_add(km_num_mul(seconds, SECOND_MS), part * scale);
	return !text.len;
}

static error_t parse_watch(int key, const char *arg, struct km_options *options, struct argp_state *state)
{
	switch (key) {
	case OPT_WATCH:
		if (!take_seconds(km_str_from(arg), &options->watch_ms) || options->watch_ms < SECOND_MS / 10 ||
		    options->watch_ms > DAY_MS)
			argp_error(state, "--watch needs seconds from 0.1 to 86400, not '%s'", arg);
		return 0;
	case OPT_COUNT:
		km_option_count("count", arg, 1, UINT32_MAX, &options->count, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_input(int key, char *arg, struct km_options *options, struct argp_state *state)
{
	switch (key) {
	case OPT_FROM:
		if (options->from && strcmp(options->from, arg))
			argp_error(state, "--from accepts only one input; 'kmeminfo diff A B' compares two");
		if (!*arg)
			argp_error(state, "--from needs a path");
		options->from = arg;
		return 0;
	case OPT_UNPACK_LIMIT:
		if (km_units_parse(km_str_from(arg), &options->source.unpacked_max) ||
		    !options->source.unpacked_max)
			argp_error(state, "--unpack-limit is a size such as 64G, not '%s'", arg);
		return 0;
	case OPT_PAGE_SIZE:
		if (km_units_parse(km_str_from(arg), &options->page_bytes) ||
		    !km_page_is_size(options->page_bytes))
			argp_error(state, "--page-size needs a power of two from 4K to 256K, not '%s'", arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static error_t parse_shared(int key, char *arg, struct argp_state *state)
{
	struct km_options *options = state->input;

	for (size_t i = 0; i < SHARED; i++)
		if (shared[i].bit && shared[i].option.key == key)
			options->given |= shared[i].bit;
	if (!parse_rows(key, arg, options, state) || !parse_output(key, arg, options, state) ||
	    !parse_watch(key, arg, options, state))
		return 0;
	return parse_input(key, arg, options, state);
}

/* Whether a heading of the table has an option below it that the command accepts. */
static bool heads_options(size_t heading, unsigned int declined)
{
	for (size_t i = heading + 1; i < SHARED && shared[i].bit; i++)
		if (!(shared[i].bit & declined))
			return true;
	return false;
}

struct argp km_options_argp(struct argp_option table[static KM_OPTIONS_MAX], unsigned int declined)
{
	struct argp_option *next = table;

	_Static_assert((int)SHARED < (int)KM_OPTIONS_MAX, "the table has room for all");
	for (size_t i = 0; i < SHARED; i++) {
		if (!shared[i].bit && !heads_options(i, declined))
			continue;
		*next = shared[i].option;
		next++->flags |= shared[i].bit & declined ? OPTION_HIDDEN : 0;
	}
	*next = (struct argp_option){ 0 };
	return (struct argp){ .options = table, .parser = parse_shared, .help_filter = km_help_filter };
}

static void refuse(const char *command, unsigned int bits, const char *why)
{
	for (size_t i = 0; i < SHARED; i++)
		if (shared[i].bit & bits) {
			fprintf(stderr, "kmeminfo %s: --%s %s\n  " KM_SAID("'kmeminfo %s --help' lists the options") "\n",
				command, shared[i].option.name, why, command);
			exit(argp_err_exit_status);
		}
}

void km_options_check(const struct km_options *options, unsigned int declined, const char *name)
{
	const unsigned int of_capture = KM_OPTION_PAGE_SIZE | KM_OPTION_UNPACK_LIMIT;

	refuse(name, options->given & declined & KM_OPTIONS_OF_SOURCE,
	       KM_SAID("means nothing here: this command works on the running kernel only"));
	refuse(name, options->given & declined & (KM_OPTION_WATCH | KM_OPTION_COUNT),
	       KM_SAID("means nothing here: what this command prints does not change"));
	refuse(name, options->given & declined, KM_SAID("means nothing here: this command prints no single table"));
	if (options->watch_ms)
		refuse(name, options->given & KM_OPTION_OUTPUT, KM_SAID("means nothing with --watch"));
	else
		refuse(name, options->given & KM_OPTION_COUNT, KM_SAID("means nothing without --watch"));
	if (options->watch_ms && options->format->flags & (KM_FORMAT_METRICS | KM_FORMAT_PAGE))
		refuse(name, KM_OPTION_WATCH, KM_SAID("means nothing in a format for one moment"));
	if (!options->from)
		refuse(name, options->given & of_capture, KM_SAID("means nothing without --from"));
	if (options->format != &km_formats[KM_FORMAT_text] && !(options->format->flags & KM_FORMAT_PAGE))
		refuse(name, options->given & KM_OPTION_BYTES, KM_SAID("means nothing in a format with exact numbers"));
	if (km_format_is_data(options->format) && !(options->format->flags & KM_FORMAT_ONE_TABLE))
		refuse(name, options->given & KM_OPTION_NO_HEADINGS, KM_SAID("means nothing in a format without headings"));
}

bool km_options_one_table(const struct km_options *options)
{
	const char *columns = options->view.columns;

	if (options->format->flags & KM_FORMAT_ONE_TABLE)
		return true;
	return !km_format_is_data(options->format) && (options->no_headings || (columns && *columns != '+'));
}

static size_t terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	if (columns && !km_str_to_u64(km_str_from(columns), &width) && width > 0 && width < 10000)
		return (size_t)width;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 80;
}

struct km_style km_options_style(const struct km_options *options)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	bool terminal = isatty(STDOUT_FILENO);
	bool wanted = terminal && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));

	if (options->paged)
		return *options->paged;
	return (struct km_style){
		.exact = options->exact,
		.no_headings = options->no_headings,
		.terminal = terminal,
		.utf8 = terminal && !strcmp(nl_langinfo(CODESET), "UTF-8"),
		.width = terminal_width(),
		.color = options->color == KM_COLOR_ALWAYS ||
			 (options->color == KM_COLOR_AUTO && wanted),
		.version = PACKAGE_VERSION,
		.from = options->from,
		.sink = options->sink,
	};
}

void km_option_size(const char *arg, uint64_t least, uint64_t *ret, struct argp_state *state)
{
	if (km_units_parse(km_str_from(arg), ret) || *ret < least)
		argp_error(state, "--size needs a number of bytes such as 4096 or 64K, not '%s'", arg);
}

unsigned int km_option_api(const char *name, struct argp_state *state)
{
	struct km_nearest nearest = { .word = km_str_from(name) };
	char hint[KM_HINT_SIZE];
	int api = km_probe_api_find(nearest.word);

	if (api >= 0)
		return (unsigned int)api;
	for (unsigned int i = 0; km_probe_api_name(i); i++)
		km_nearest_offer(&nearest, km_probe_api_name(i));
	argp_error(state, "no allocation call is called '%s'; %s", name,
		   km_nearest_hint(&nearest, hint, KM_SAID("--help lists them")));
	return 0; /* not reached: argp_error() exits */
}
