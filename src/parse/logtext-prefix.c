// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-level.h"
#include "parse/logtext-prefix.h"

/* Room for a host's name and a date; text further right belongs to the message. */
enum { JUNK_MOST = 160 };

static void skip_blanks(struct km_str *rest)
{
	while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\t'))
		*rest = km_str_skip(*rest, 1);
}

/* "> ", "> > ", ">>", "| "; "+" in front of the added lines of a patch; "# ", "* ", "- ", "; " of comments and lists */
static bool take_quote(struct km_str *rest)
{
	const char *begin = rest->ptr;

	while (rest->len && (*rest->ptr == '>' || *rest->ptr == '+' ||
			     (rest->len > 1 && strchr("|#*-;", *rest->ptr) && *rest->ptr && rest->ptr[1] == ' '))) {
		*rest = km_str_skip(*rest, 1);
		skip_blanks(rest);
	}
	return rest->ptr != begin;
}

/* "<4>"; "<12>1 " with the protocol's version */
static bool take_priority(struct km_str *rest, struct km_kline *line)
{
	struct km_str after = *rest;
	uint64_t number;

	if (!km_str_take_prefix(&after, KM_STR("<")) || !km_str_take_u64(&after, &number) || number > 999 ||
	    !km_str_take_prefix(&after, KM_STR(">")))
		return false;
	line->level = number & 7;
	km_str_take_prefix(&after, KM_STR("1 "));
	*rest = after;
	return true;
}

/* "kern  :warn  : "; "kern: warning: ", with "10.0.0.1: " in front for several nodes. */
static bool take_facility(struct km_str *rest, struct km_kline *line)
{
	struct km_str after = *rest, facility, level;

	if (!km_str_take_until(&after, ':', &facility) || facility.len > 64)
		return false;
	if (!km_loglevel_is_facility(km_str_trim(facility))) {
		skip_blanks(&after);
		if (!km_str_take_until(&after, ':', &facility) || !km_loglevel_is_facility(km_str_trim(facility)))
			return false;
	}
	if (!km_str_take_until(&after, ':', &level) || level.len > 10 || !km_loglevel_of_word(km_str_trim(level), &line->level))
		return false;
	skip_blanks(&after);
	*rest = after;
	return true;
}

/* "stdout F " */
static bool take_stream(struct km_str *rest, struct km_logline *line)
{
	struct km_str after = *rest;
	bool partial;

	if (!km_str_take_prefix(&after, KM_STR("stdout ")) && !km_str_take_prefix(&after, KM_STR("stderr ")))
		return false;
	partial = km_str_starts(after, KM_STR("P"));
	if ((!partial && !km_str_starts(after, KM_STR("F"))) || (after.len > 1 && after.ptr[1] != ' '))
		return false;
	line->partial = partial;
	*rest = km_str_skip(after, 2);
	return true;
}

/*
 * "    0     0 W name    : text", "W/name    (    0): text". Android takes the name out of the
 * kernel's own "name: text", so what is behind the level is the message, but for blanks before the colon.
 */
static bool take_tag(struct km_str *rest, struct km_kline *line)
{
	struct km_str after = *rest, word, name;

	if (after.len > 2 && after.ptr[1] == '/' && km_loglevel_of_letter(*after.ptr, &line->level)) {
		if (!km_str_take_until(&after, '(', &name) || !km_str_take_until(&after, ')', &word) ||
		    !km_str_take_prefix(&after, KM_STR(":")))
			return false;
		*rest = after;
		return true;
	}
	for (size_t words = 0, numbers = 0; words < 4 && km_str_take_word(&after, &word); words++) {
		if (word.len != 1 || numbers < 2 || !km_loglevel_of_letter(*word.ptr, &line->level)) {
			numbers = km_is_digit(*word.ptr) ? numbers + 1 : 0;
			continue;
		}
		skip_blanks(&after);
		/* without a name the colon stands alone */
		km_str_take_prefix(&after, KM_STR(": "));
		*rest = after;
		return true;
	}
	return false;
}

/* Of a task or a CPU: "T123", "C0", "T123@C0". */
static bool is_context(struct km_str s)
{
	if (s.len < 2 || (*s.ptr != 'T' && *s.ptr != 'C') || !km_is_digit(s.ptr[1]))
		return false;
	for (size_t i = 1; i < s.len; i++)
		if (!km_is_digit(s.ptr[i]) && s.ptr[i] != '@' && s.ptr[i] != 'C')
			return false;
	return true;
}

static void add_stamp(struct km_logline *line, const struct km_logstamp *stamp)
{
	if (!line->kline.stamp.ptr)
		line->kline.stamp = stamp->text;
	if (stamp->uptime)
		line->uptime = stamp->usec;
	else if (stamp->usec != KM_UNKNOWN)
		line->wall = stamp->usec;
	if (stamp->delta != KM_UNKNOWN)
		line->delta = stamp->delta;
	line->stamped = line->stamped || stamp->uptime;
}

/* The same as take_brackets(), in half of the time. */
bool km_recipe_take_uptime(struct km_str *rest, struct km_logline *line)
{
	const char *at = rest->ptr, *end = rest->ptr + rest->len, *begin;
	uint64_t seconds = 0, micro = 0;

	if (rest->len < 16 || *at++ != '[')
		return false;
	while (at < end && *at == ' ')
		at++;
	begin = at;
	for (; at < end && km_is_digit(*at) && at - begin < 12; at++)
		seconds = seconds * 10 + (uint64_t)(*at - '0');
	if (at == begin || end - at < 9 || *at != '.' || at[7] != ']' || at[8] != ' ')
		return false;
	for (int i = 1; i <= 6; i++) {
		if (!km_is_digit(at[i]))
			return false;
		micro = micro * 10 + (uint64_t)(at[i] - '0');
	}
	if (!line->kline.stamp.ptr)
		line->kline.stamp = (struct km_str){ begin, (size_t)(at + 7 - begin) };
	line->uptime = seconds * 1000000 + micro;
	line->stamped = true;
	*rest = km_str_skip(*rest, (size_t)(at + 8 - rest->ptr));
	skip_blanks(rest);
	return true;
}

/* The groups in brackets: times and a context; others are the message's ("[  pid  ]"). */
static bool take_brackets(struct km_str *rest, struct km_logline *line)
{
	struct km_str after, inside;
	struct km_logstamp stamp = { .uptime = true };
	bool timed = km_recipe_take_uptime(rest, line);

	for (after = *rest; km_str_take_prefix(&after, KM_STR("[")) && km_str_take_until(&after, ']', &inside);) {
		inside = km_str_trim(inside);
		if (is_context(inside)) {
			/* a task moves from one CPU to another: "T123@C0" */
			if (!km_str_take_until(&inside, '@', &line->kline.context))
				line->kline.context = inside;
		} else if (km_logtime_bracket(inside, &stamp)) {
			add_stamp(line, &stamp);
		} else if (!timed || !km_str_eq(inside, KM_STR("kmsg"))) { /* what LinuxKit calls the source */
			break;
		}
		timed = true;
		/* Talos has "[2026-11-23T09:10:00Z]: text" */
		if (!stamp.uptime)
			km_str_take_prefix(&after, KM_STR(": "));
		skip_blanks(&after);
		*rest = after;
	}
	return timed;
}

ptrdiff_t km_recipe_anchor(struct km_str line)
{
	struct km_str head = { line.ptr, line.len < JUNK_MOST ? line.len : JUNK_MOST };
	struct km_str rest, behind, inside;
	struct km_logstamp stamp;
	ptrdiff_t at;

	for (rest = head; (at = km_str_find(rest, KM_STR("["))) >= 0;) {
		rest = km_str_skip(rest, (size_t)at + 1);
		behind = rest;
		if (km_str_take_until(&behind, ']', &inside) && km_logtime_bracket(km_str_trim(inside), &stamp) &&
		    stamp.uptime)
			return rest.ptr - 1 - line.ptr;
	}
	return -1;
}

/* The time of a log daemon somewhere in the junk: "kern.log.1:Nov 23 09:10:00 host" */
static void find_stamp(struct km_str junk, struct km_logline *line)
{
	struct km_logstamp stamp;

	for (; junk.len; junk = km_str_skip(junk, 1))
		if ((km_logtime_take(KM_LOGTIME_SYSLOG, &junk, &stamp) ||
		     km_logtime_take(KM_LOGTIME_ISO, &junk, &stamp))) {
			add_stamp(line, &stamp);
			return;
		}
}

/* "565 [Sat Sep 11 12:24:42 2021] text", "565:[...] text": the line's number in a file */
static bool take_line_number(struct km_str *rest)
{
	struct km_str after = *rest, behind, inside;
	struct km_logstamp stamp;
	uint64_t number;

	if (!km_str_take_u64(&after, &number))
		return false;
	if (after.len && (*after.ptr == ':' || *after.ptr == '-'))
		after = km_str_skip(after, 1);
	skip_blanks(&after);
	behind = after;
	if (!km_str_take_prefix(&behind, KM_STR("[")) || !km_str_take_until(&behind, ']', &inside) ||
	    !km_logtime_bracket(km_str_trim(inside), &stamp))
		return false;
	*rest = after;
	return true;
}

/* Any text, up to a time of the kernel or "kernel: ". */
static bool take_junk(struct km_str *rest, struct km_logline *line)
{
	const struct km_str cell = KM_STR("\tkernel\t");
	struct km_str name = KM_STR_INIT(" kernel: ");
	ptrdiff_t at = km_recipe_anchor(*rest);
	struct km_str head = { rest->ptr, rest->len < JUNK_MOST ? rest->len : JUNK_MOST };

	if (at >= 0) {
		*rest = km_str_skip(*rest, (size_t)at);
		return true;
	}
	if (take_line_number(rest))
		return true;
	/* a text that lost its times: "kernel: text" */
	if (km_str_take_prefix(rest, km_str_skip(name, 1))) {
		line->owner = KM_LOG_KERNEL;
		return true;
	}
	at = km_str_find(head, name);
	if (at < 0) {
		at = km_str_find(head, cell);
		name = cell;
	}
	if (at < 0)
		return false;
	find_stamp((struct km_str){ rest->ptr, (size_t)at }, line);
	*rest = km_str_skip(*rest, (size_t)at + name.len);
	line->owner = KM_LOG_KERNEL;
	return true;
}

static bool take_time(const struct km_recipe *recipe, struct km_str *rest, struct km_logline *line)
{
	struct km_logstamp stamp;

	if (recipe->time == KM_LOGTIME_NONE)
		return true;
	if (recipe->time == KM_LOGTIME_BRACKET)
		return take_brackets(rest, line);
	if (recipe->time == KM_LOGTIME_KMSG)
		return km_recipe_record(rest, line);
	if (!km_logtime_take(recipe->time, rest, &stamp))
		return false;
	add_stamp(line, &stamp);
	return true;
}

/* "host [   12.345678] text", "{job="journal"} [   12.345678] text": words of a program that are not known, up to the kernel's time. */
static void skip_to_stamp(const struct km_recipe *recipe, struct km_str *rest, const struct km_logline *line)
{
	ptrdiff_t at;

	if (line->owner != KM_LOG_UNCERTAIN || line->stamped || recipe->stream || recipe->tag ||
	    recipe->time < KM_LOGTIME_ISO || recipe->time > KM_LOGTIME_CLOCK)
		return;
	at = km_recipe_anchor(*rest);
	if (at > 0)
		*rest = km_str_skip(*rest, (size_t)at);
}

static void skip_word(struct km_str *rest)
{
	struct km_str word;

	km_str_take_word(rest, &word);
	skip_blanks(rest);
}

bool km_recipe_fits(const struct km_recipe *recipe, struct km_logline *line)
{
	struct km_str rest = line->kline.text;
	struct km_logline own = *line;

	skip_blanks(&rest);
	if ((recipe->quote && !take_quote(&rest)) || (recipe->priority && !take_priority(&rest, &own.kline)) ||
	    (recipe->facility && !take_facility(&rest, &own.kline)) ||
	    (recipe->junk && !take_junk(&rest, &own)) || !take_time(recipe, &rest, &own) ||
	    (recipe->stream && !take_stream(&rest, &own)) || (recipe->tag && !take_tag(&rest, &own.kline)))
		return false;
	km_recipe_ident(recipe, &rest, &own);
	if (recipe->plain_host)
		skip_word(&rest);
	skip_to_stamp(recipe, &rest, &own);
	if (own.owner == KM_LOG_UNCERTAIN && !own.stamped && recipe->time != KM_LOGTIME_KMSG)
		km_recipe_sent_record(&rest, &own);
	/* the text of a container's line is parsed by a stage of its own */
	if (!recipe->stream && (recipe->time != KM_LOGTIME_BRACKET || recipe->ident)) {
		take_priority(&rest, &own.kline);
		take_brackets(&rest, &own);
	}
	if (recipe->vendor)
		km_recipe_vendor(&rest, &own.kline);
	/* a line with the kernel's time is the kernel's, no matter what program passed it on */
	if (own.stamped && (own.owner == KM_LOG_UNCERTAIN || (!line->stamped && recipe->time != KM_LOGTIME_BRACKET)))
		own.owner = KM_LOG_KERNEL;
	own.kline.text = rest;
	*line = own;
	return true;
}

static bool guess_tag(struct km_str rest)
{
	struct km_kline line;

	return take_tag(&rest, &line);
}

struct km_recipe km_recipe_guess(struct km_str text, struct km_str *ret_rest)
{
	struct km_logline line = KM_LOGLINE_INIT;
	struct km_recipe ret = { 0 };
	struct km_logstamp stamp;
	struct km_str rest = text;

	skip_blanks(&rest);
	ret.quote = take_quote(&rest);
	ret.priority = take_priority(&rest, &line.kline);
	ret.protocol = ret.priority && rest.ptr[-1] == ' ';
	ret.facility = take_facility(&rest, &line.kline);
	if (km_recipe_record(&rest, &line))
		ret.time = KM_LOGTIME_KMSG;
	else if (take_brackets(&rest, &line))
		ret.time = line.kline.stamp.ptr || line.kline.context.ptr ? KM_LOGTIME_BRACKET : KM_LOGTIME_NONE;
	else if ((ret.time = km_logtime_guess(rest)))
		km_logtime_take(ret.time, &rest, &stamp);
	ret.stream = ret.time == KM_LOGTIME_ISO && take_stream(&rest, &line);
	ret.tag = (ret.time == KM_LOGTIME_MONTH || ret.time == KM_LOGTIME_ISO || ret.time == KM_LOGTIME_UNIX ||
		   (!ret.time && rest.len > 2 && rest.ptr[1] == '/')) && guess_tag(rest);
	if (!ret.time && !ret.tag) {
		line.owner = KM_LOG_UNCERTAIN;
		ret.junk = take_junk(&rest, &line);
	}
	*ret_rest = rest;
	return ret;
}
