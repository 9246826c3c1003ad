// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-clean.h"
#include "parse/logtext-decide.h"

enum {
	SHAPES_MOST = 32,
	SHARE = 50, /* a recipe of less than a fiftieth of the lines with a prefix is no recipe */
};

/* Lines of the sample that suggest the same recipe. */
struct shape {
	struct km_recipe recipe;
	size_t lines, kernel, process, named, vendor;
	char host[64]; /* the majority's, if there is one (Boyer and Moore); a copy, as lines do not last */
	size_t host_len, lead;
};

struct tally {
	struct shape shapes[SHAPES_MOST];
	size_t len, prefixed;
	size_t bytes, json_bytes, objects, exported, verbose;
};

void km_logsample_add(struct km_logsample *sample, const struct km_logline *line)
{
	struct km_logline *own = km_array_push(&sample->lines);

	*own = *line;
	own->kline.text = km_pool_copy(&sample->pool, line->kline.text);
	if (own->kline.stamp.ptr)
		own->kline.stamp = km_pool_copy(&sample->pool, own->kline.stamp);
	if (own->kline.context.ptr)
		own->kline.context = km_pool_copy(&sample->pool, own->kline.context);
	sample->bytes += line->kline.text.len + sizeof(*own);
}

void km_logsample_clear(struct km_logsample *sample)
{
	km_pool_deinit(&sample->pool);
	km_array_deinit(&sample->lines);
	sample->bytes = 0;
}

static bool same_shape(const struct km_recipe *a, const struct km_recipe *b)
{
	return a->quote == b->quote && a->priority == b->priority &&
	       a->protocol == b->protocol && a->facility == b->facility &&
	       a->time == b->time && a->stream == b->stream && a->tag == b->tag && a->junk == b->junk;
}

static struct shape *shape_of(struct tally *tally, const struct km_recipe *recipe)
{
	for (size_t i = 0; i < tally->len; i++)
		if (same_shape(&tally->shapes[i].recipe, recipe))
			return &tally->shapes[i];
	if (tally->len == SHAPES_MOST)
		return NULL;
	tally->shapes[tally->len] = (struct shape){ .recipe = *recipe };
	return &tally->shapes[tally->len++];
}

static void count_host(struct shape *shape, struct km_str host)
{
	if (shape->lead && km_str_eq((struct km_str){ shape->host, shape->host_len }, host))
		shape->lead++;
	else if (shape->lead)
		shape->lead--;
	else if (host.len < sizeof(shape->host)) {
		memcpy(shape->host, host.ptr, host.len);
		shape->host_len = host.len;
		shape->lead = 1;
	}
}

static void count_recipe(struct tally *tally, struct km_str text)
{
	struct km_kline line;
	struct km_str rest;
	struct km_recipe recipe = km_recipe_guess(text, &rest);
	struct km_recipe_look look;
	struct shape *shape;

	if (!recipe.quote && !recipe.priority && !recipe.facility && !recipe.time && !recipe.tag && !recipe.junk)
		return;
	shape = shape_of(tally, &recipe);
	if (!shape)
		return;
	tally->prefixed++;
	shape->lines++;
	km_recipe_look(rest, &look);
	shape->kernel += look.kernel;
	shape->process += look.process;
	shape->named += look.named;
	if (look.host.len)
		count_host(shape, look.host);
	shape->vendor += km_recipe_vendor(&rest, &line);
}

bool km_dialect_is_verbose_head(struct km_str line)
{
	ptrdiff_t at;

	line = km_str_trim(km_clean_ends(line));
	at = km_str_find(line, KM_STR(" [s="));

	return at > 0 && at < 80 && km_str_find(line, KM_STR(";b=")) > at && km_str_ends(line, KM_STR("]"));
}

static void count_wrap(struct tally *tally, struct km_str text)
{
	struct km_str rest = km_str_trim(text);

	km_str_take_prefix(&rest, KM_STR("\x1e"));
	km_str_take_prefix(&rest, KM_STR("data: "));
	if (rest.len && (*rest.ptr == '{' || *rest.ptr == '}' || *rest.ptr == '"' || *rest.ptr == ']' ||
			 (*rest.ptr == '[' && (rest.len == 1 || rest.ptr[1] == '{'))))
		tally->json_bytes += text.len;
	tally->objects += km_str_starts(rest, KM_STR("{"));
	tally->exported += km_str_starts(rest, KM_STR("__CURSOR=")) ||
			   km_str_starts(rest, KM_STR("__REALTIME_TIMESTAMP="));
	tally->verbose += km_dialect_is_verbose_head(rest);
}

/* A sign of quotation alone: the recipe fits every quoted line, also those that have more in front. */
static bool is_quote_alone(const struct shape *shape)
{
	const struct km_recipe *recipe = &shape->recipe;

	return recipe->quote && !recipe->priority && !recipe->facility && !recipe->time && !recipe->tag && !recipe->junk;
}

static int by_lines(const void *a, const void *b)
{
	const struct shape *x = a, *y = b;

	if (is_quote_alone(x) != is_quote_alone(y))
		return is_quote_alone(x) - is_quote_alone(y);
	return (x->lines < y->lines) - (x->lines > y->lines);
}

/*
 * Programs that forward messages of other programs add a host and a name. dmesg does not, and its messages
 * begin with words too ("usb 1-1: "): so a line needs "kernel:" or a process before these count.
 */
static bool names_host(const struct shape *shape)
{
	bool free_text = shape->recipe.time == KM_LOGTIME_BRACKET || shape->recipe.time == KM_LOGTIME_ISO;

	if (shape->recipe.stream || shape->recipe.tag || shape->recipe.time == KM_LOGTIME_KMSG ||
	    shape->recipe.time == KM_LOGTIME_GLOG || shape->recipe.junk || !shape->recipe.time)
		return false;
	if (shape->recipe.protocol)
		return true;
	if (shape->kernel * SHARE >= shape->lines || shape->process * 5 >= shape->lines)
		return shape->kernel + shape->process > 0;
	return !free_text && shape->lead * 2 > shape->lines && shape->named * 2 > shape->lines;
}

static bool is_alnum(char c)
{
	return km_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * A log daemon that receives the messages of a netconsole writes a host and no name. Kernel messages alone begin with many
 * words, not with one.
 */
static bool has_plain_host(const struct shape *shape)
{
	enum { LINES_LEAST = 8 };
	const struct km_recipe *recipe = &shape->recipe;

	return recipe->time >= KM_LOGTIME_ISO && recipe->time <= KM_LOGTIME_CLOCK && !recipe->stream && !recipe->tag &&
	       !shape->kernel && !shape->process && shape->lines >= LINES_LEAST && shape->lead * 20 > shape->lines * 19 && is_alnum(*shape->host);
}

static void choose(struct tally *tally, struct km_dialect *ret)
{
	qsort(tally->shapes, tally->len, sizeof(*tally->shapes), by_lines);
	for (size_t i = 0; i < tally->len && ret->len < KM_DIALECT_RECIPES; i++) {
		struct shape *shape = &tally->shapes[i];
		struct km_recipe *recipe = &ret->recipes[ret->len];

		if (shape->lines * SHARE < tally->prefixed)
			break;
		*recipe = shape->recipe;
		recipe->plain_host = has_plain_host(shape) && shape->named * 2 <= shape->lines;
		recipe->ident = !recipe->plain_host && names_host(shape);
		recipe->vendor = shape->vendor * 3 > shape->lines;
		if (recipe->ident && recipe->time == KM_LOGTIME_BRACKET) {
			memcpy(ret->host, shape->host, shape->host_len);
			recipe->host = (struct km_str){ ret->host, shape->host_len };
		}
		ret->len++;
	}
}

void km_dialect_decide(const struct km_logsample *sample, struct km_dialect *ret)
{
	const struct km_logline *line;
	struct km_scratch scratch = { 0 }, html = { 0 };
	struct tally tally = { 0 };

	memset(ret, 0, sizeof(*ret));
	km_array_each(line, &sample->lines) {
		struct km_str text = line->kline.text;

		if (!km_str_trim(text).len)
			continue;
		tally.bytes += text.len;
		count_wrap(&tally, text);
		ret->html = ret->html || km_clean_is_html(text);
		ret->bare_colour = ret->bare_colour || km_clean_is_bare_colour(text);
		text = km_clean_colour(&scratch, km_clean_ends(text), ret->bare_colour);
		count_recipe(&tally, km_clean_html(&html, text, ret->html));
	}
	if (tally.exported)
		ret->wrap = KM_WRAP_EXPORT;
	else if (tally.verbose)
		ret->wrap = KM_WRAP_VERBOSE;
	else if (tally.objects && tally.json_bytes * 2 > tally.bytes)
		ret->wrap = KM_WRAP_JSON;
	choose(&tally, ret);
	km_scratch_deinit(&scratch);
	km_scratch_deinit(&html);
}
