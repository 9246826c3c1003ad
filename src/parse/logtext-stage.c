// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-stage.h"

enum {
	SAMPLE_BYTES = 64 * 1024,
	STRANGE_MOST = 100, /* lines in a row that do not fit, after which the dialect is decided again */
	DEPTH_MOST = 3,     /* a container's log in JSON, with syslog in it */
	PARTIAL_MOST = 1 << 20,
};

void km_logstage_init(struct km_logstage *stage, km_logtext_sink *sink, void *data,
		      struct km_logshare *share, unsigned int depth)
{
	*stage = (struct km_logstage){
		.sink = sink, .data = data, .share = share, .depth = depth, .collecting = true,
	};
}

static void settle(struct km_logstage *stage);

static struct km_logstage *inner_of(struct km_logstage *stage)
{
	if (!stage->inner) {
		stage->inner = km_realloc(NULL, 1, sizeof(*stage->inner));
		km_logstage_init(stage->inner, stage->sink, stage->data, stage->share, stage->depth + 1);
	}
	return stage->inner;
}

/* Delivers a part whose continuation never came in a container's log. */
static void end_partial(struct km_logstage *stage)
{
	struct km_logline line = KM_LOGLINE_INIT;

	line.kline.text = (struct km_str){ stage->partial.bytes.items, stage->partial.bytes.len };
	line.kline.number = stage->partial_number;
	if (!line.kline.text.len)
		return;
	km_logstage_take(inner_of(stage), &line);
	stage->partial.bytes.len = 0;
}

void km_logstage_remember(struct km_logstage *stage, const struct km_logline *line, size_t prefix)
{
	struct km_str stamp = line->kline.stamp, context = line->kline.context;

	if (stamp.len + context.len > sizeof(stage->last.room))
		stamp.len = context.len = 0;
	stage->last.prefix = prefix;
	stage->last.owner = line->owner;
	stage->last.wall = line->wall;
	stage->last.uptime = line->uptime;
	stage->last.level = line->kline.level;
	if (stamp.len)
		memmove(stage->last.room, stamp.ptr, stamp.len);
	if (context.len)
		memmove(stage->last.room + stamp.len, context.ptr, context.len);
	stage->last.stamp = (struct km_str){ stamp.ptr ? stage->last.room : NULL, stamp.len };
	stage->last.context = (struct km_str){ context.ptr ? stage->last.room + stamp.len : NULL, context.len };
}

/* journalctl shows "[1.2K blob data]" instead of a message that it considers binary. */
static bool is_left_out(struct km_str text)
{
	return text.len < 24 && km_str_starts(text, KM_STR("[")) && km_str_ends(text, KM_STR(" blob data]"));
}

static void send(struct km_logstage *stage, struct km_kline *line, struct km_str text)
{
	line->text = km_str_trim(text);
	if (line->text.len && line->text.ptr[line->text.len - 1] == '\r')
		line->text = km_str_trim((struct km_str){ line->text.ptr, line->text.len - 1 });
	if (is_left_out(line->text))
		km_logshare_lose(stage->share, line->number);
	if (line->text.len) {
		line->sequence = ++stage->share->facts.passed;
		stage->sink(stage->data, line);
	}
	line->continued = true;
}

/* Lines that wait in an inner stage, or are being joined there, came before. */
static void drain(struct km_logstage *stage)
{
	while (stage) {
		end_partial(stage);
		stage = stage->inner;
		if (stage && stage->held.lines.len)
			settle(stage);
		if (stage && stage->unwrap)
			km_unwrap_pause(stage->unwrap);
	}
}

/* Delivers one message of the kernel: escaped line feeds split it into lines. */
static void emit(struct km_logstage *stage, struct km_logline *line, bool all_escapes)
{
	struct km_str text, part;

	km_logshare_count(stage->share, line);
	if (line->owner == KM_LOG_OTHER)
		return;
	drain(stage);
	line->kline.usec = km_logshare_time(stage->share, line);
	text = km_clean_escapes(&stage->escapes, line->kline.text, all_escapes);
	text = km_clean_colour(&stage->escaped, text, false);
	while (km_str_take_until(&text, '\n', &part))
		send(stage, &line->kline, part);
	send(stage, &line->kline, text);
}

/* Joins parts of a message that a container's log had to cut; the whole goes to the inner stage. */
static void join(struct km_logstage *stage, struct km_logline *line)
{
	struct km_str text = line->kline.text;
	bool whole = !line->partial || stage->partial.bytes.len + text.len > PARTIAL_MOST;

	if (!whole || stage->partial.bytes.len) {
		km_scratch_append(&stage->partial, text);
		stage->partial_number = line->kline.number;
		line->kline.text = (struct km_str){ stage->partial.bytes.items, stage->partial.bytes.len };
	}
	if (!whole)
		return;
	line->partial = false;
	km_logstage_take(inner_of(stage), line);
	stage->partial.bytes.len = 0;
}

/* A delta counts from the previous line, as dmesg -H and --time-format=delta print it. */
static void add_delta(struct km_logstage *stage, struct km_logline *line)
{
	if (line->delta == KM_UNKNOWN || line->wall != KM_UNKNOWN || line->uptime != KM_UNKNOWN)
		return;
	line->wall = stage->last.wall == KM_UNKNOWN ? line->delta : stage->last.wall + line->delta;
}

static void deliver(struct km_logstage *stage, const struct km_recipe *recipe, struct km_logline *line,
		    size_t prefix)
{
	add_delta(stage, line);
	km_logstage_remember(stage, line, prefix);
	if ((recipe->stream || line->partial || (stage->partial.bytes.len && recipe->time == KM_LOGTIME_KMSG)) &&
	    stage->depth < DEPTH_MOST) {
		join(stage, line);
		return;
	}
	if (recipe->tag)
		line->kline.text = km_clean_tag(&stage->tag, line->kline.text);
	emit(stage, line, recipe->time == KM_LOGTIME_KMSG);
}

/* Keeps the form of a line that all stages have passed unchanged, and whose time is its own. */
static void keep_form(struct km_logstage *stage, const struct km_recipe *recipe, const struct km_logline *line, struct km_str whole)
{
	const size_t prefix = stage->last.prefix;

	stage->form.len = 0;
	if (recipe->stream || recipe->tag || recipe->vendor || recipe->junk || recipe->time == KM_LOGTIME_KMSG ||
	    line->owner != KM_LOG_KERNEL || line->partial || line->delta != KM_UNKNOWN || line->kline.usec == KM_UNKNOWN ||
	    stage->depth || stage->inner || stage->unwrap || stage->dialect.html || stage->dialect.bare_colour ||
	    prefix < KM_LOGFORM_LEAST || prefix >= sizeof(stage->form.bytes))
		return;
	stage->form.recipe = recipe;
	stage->form.usec = line->kline.usec;
	memcpy(stage->form.bytes, whole.ptr, prefix);
	stage->form.len = prefix;
}

/*
 * The second line of a message, which dmesg and journalctl indent below the first. A record of /dev/kmsg is
 * followed by keys and values (" SUBSYSTEM=pci").
 */
static bool is_continuation(const struct km_logstage *stage, struct km_str text)
{
	size_t blanks = 0;

	if (!stage->last.prefix)
		return false;
	while (blanks < text.len && text.ptr[blanks] == ' ')
		blanks++;
	return blanks >= stage->last.prefix && blanks < text.len;
}

static bool is_dictionary(const struct km_logstage *stage, struct km_str text)
{
	struct km_str key;

	return stage->dialect.len && stage->dialect.recipes[0].time == KM_LOGTIME_KMSG &&
	       km_str_take_prefix(&text, KM_STR(" ")) && km_str_take_until(&text, '=', &key) && key.len &&
	       *key.ptr >= 'A' && *key.ptr <= 'Z';
}

static void continue_last(struct km_logstage *stage, struct km_logline *line)
{
	line->kline.stamp = stage->last.stamp;
	line->kline.context = stage->last.context;
	line->wall = stage->last.wall;
	line->uptime = stage->last.uptime;
	line->kline.level = stage->last.level;
	line->kline.continued = true;
	line->owner = stage->last.owner;
	emit(stage, line, false);
}

/* The next of the lines that a carriage return or a tag of HTML ends. */
static bool take_piece(struct km_str *rest, struct km_str *ret)
{
	if (km_str_take_until(rest, '\r', ret) || km_str_take_until(rest, '\n', ret))
		return true;
	*ret = *rest;
	rest->len = 0;
	return ret->len;
}

static struct km_str cleaned(struct km_logstage *stage, struct km_str text)
{
	text = km_clean_colour(&stage->colour, km_clean_ends(text), stage->dialect.bare_colour);
	return km_clean_html(&stage->html, text, stage->dialect.html);
}

/* A line without a known prefix: unchanged, or without the text that a terminal left in front of the time. */
static void take_plain(struct km_logstage *stage, struct km_logline *line)
{
	static const struct km_recipe glued = { .junk = true, .time = KM_LOGTIME_BRACKET };

	line->kline.text = cleaned(stage, line->kline.text);
	if (stage->dialect.len && km_recipe_anchor(line->kline.text) >= 0)
		km_recipe_fits(&glued, line);
	emit(stage, line, false);
}

static void flush(struct km_logstage *stage)
{
	struct km_logline *line;

	if (!stage->held.lines.len)
		return;
	km_array_each(line, &stage->held.lines)
		take_plain(stage, line);
	km_logsample_clear(&stage->held);
}

static void take_message(void *data, struct km_logline *message)
{
	struct km_logstage *stage = data;
	struct km_str text = message->kline.text, part;

	if (message->owner == KM_LOG_OTHER) {
		km_logshare_count(stage->share, message);
		return;
	}
	if (!message->kline.text.ptr) {
		km_logshare_lose(stage->share, message->kline.number);
		return;
	}
	if (message->owner == KM_LOG_KERNEL || stage->depth >= DEPTH_MOST) {
		emit(stage, message, false);
		return;
	}
	while (km_str_take_until(&text, '\n', &part)) {
		struct km_logline line = *message;

		line.kline.text = part;
		line.partial = false;
		join(stage, &line);
	}
	message->kline.text = text;
	if (text.len)
		join(stage, message);
}

static bool unwrap(struct km_logstage *stage, const struct km_logline *line)
{
	if (!stage->unwrap)
		return false;
	if (!km_unwrap_accepts(stage->unwrap, line->kline.text)) {
		km_unwrap_pause(stage->unwrap);
		return false;
	}
	flush(stage);
	km_unwrap_take(stage->unwrap, line->kline.text, line->kline.number);
	return true;
}

/*
 * A junk recipe allows any text before the time: a line that begins like another dialect belongs to that one.
 */
static bool is_of_other(const struct km_recipe *recipe, struct km_str text)
{
	struct km_str rest;

	return recipe->junk && !km_recipe_guess(text, &rest).junk;
}

static bool fits(struct km_logstage *stage, struct km_logline *line)
{
	const struct km_str whole = line->kline.text;
	const char *begin = whole.ptr;

	for (size_t i = 0; i < stage->dialect.len; i++) {
		if (is_of_other(&stage->dialect.recipes[i], whole) || !km_recipe_fits(&stage->dialect.recipes[i], line))
			continue;
		flush(stage);
		deliver(stage, &stage->dialect.recipes[i], line, (size_t)(line->kline.text.ptr - begin));
		keep_form(stage, &stage->dialect.recipes[i], line, whole);
		return true;
	}
	if (!is_continuation(stage, line->kline.text))
		return is_dictionary(stage, line->kline.text);
	flush(stage);
	continue_last(stage, line);
	return true;
}

/* Takes the line where it fits. Lines that waited go first. */
static bool take_fitting(struct km_logstage *stage, const struct km_logline *line)
{
	struct km_logline own = *line;
	struct km_str rest, piece;

	if (unwrap(stage, line))
		return true;
	rest = cleaned(stage, line->kline.text);
	if (!take_piece(&rest, &piece) || !rest.len) {
		own.kline.text = piece;
		return fits(stage, &own);
	}
	flush(stage);
	do {
		own = *line;
		own.kline.text = piece;
		if (!fits(stage, &own))
			emit(stage, &own, false);
	} while (take_piece(&rest, &piece));
	return true;
}

static void settle(struct km_logstage *stage)
{
	struct km_logsample sample = stage->held;
	struct km_logline *line;

	stage->held = (struct km_logsample){ 0 };
	stage->collecting = false;
	km_dialect_decide(&sample, &stage->dialect);
	km_unwrap_end(stage->unwrap);
	stage->unwrap = stage->dialect.wrap && stage->depth < DEPTH_MOST ?
				km_unwrap_begin(stage->dialect.wrap, take_message, stage) : NULL;
	/* these lines were tried: they do not wait again */
	km_array_each(line, &sample.lines)
		if (!take_fitting(stage, line))
			take_plain(stage, line);
	km_logsample_clear(&sample);
}

void km_logstage_take(struct km_logstage *stage, const struct km_logline *line)
{
	if (!stage->collecting && take_fitting(stage, line))
		return;
	stage->form.len = 0;
	km_logsample_add(&stage->held, line);
	if (!stage->collecting)
		stage->collecting = stage->held.lines.len >= STRANGE_MOST;
	if (stage->held.bytes >= SAMPLE_BYTES)
		settle(stage);
}

void km_logstage_end(struct km_logstage *stage)
{
	if (stage->held.lines.len)
		settle(stage);
	km_unwrap_end(stage->unwrap);
	end_partial(stage);
	if (stage->inner) {
		km_logstage_end(stage->inner);
		free(stage->inner);
	}
	km_scratch_deinit(&stage->partial);
	km_scratch_deinit(&stage->colour);
	km_scratch_deinit(&stage->html);
	km_scratch_deinit(&stage->escapes);
	km_scratch_deinit(&stage->escaped);
	km_scratch_deinit(&stage->tag);
}
