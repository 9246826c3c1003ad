// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/text.h"
#include "base/nearest.h"
#include "model/gfp.h"

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool km_gfp_same_name(struct km_str a, struct km_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	return true;
}

const struct km_gfp_flag *km_gfp_find(const struct km_gfp *gfp, struct km_str name)
{
	for (size_t i = 0; i < gfp->len; i++)
		if (km_gfp_same_name(gfp->flags[i].name, name))
			return &gfp->flags[i];
	return NULL;
}

uint32_t km_gfp_bits(const struct km_gfp *gfp, const char *name)
{
	const struct km_gfp_flag *flag = km_gfp_find(gfp, km_str_from(name));

	return flag ? flag->value : 0;
}

/* Parses a number of 32 bits, with the suffixes of headers ("0x10u"). 0, -EINVAL or -ERANGE. */
static int to_number(struct km_str text, uint32_t *ret)
{
	uint64_t number;
	int r;

	while (text.len > 1 && memchr("uUlL", text.ptr[text.len - 1], 4))
		text.len--;
	r = km_str_take_prefix(&text, KM_STR("0x")) || km_str_take_prefix(&text, KM_STR("0X")) ?
		    km_str_to_hex(text, &number) :
		    km_str_to_u64(text, &number);
	if (r || number > UINT32_MAX)
		return r ? r : -ERANGE;
	*ret = (uint32_t)number;
	return 0;
}

static bool is_digit(struct km_str text)
{
	return text.len && *text.ptr >= '0' && *text.ptr <= '9';
}

/* "from 4.4 until 6.2; today __GFP_HIGH" */
static const char *describe_history(struct km_pool *pool, const struct km_gfp_history *history,
				    char hint[static KM_HINT_SIZE])
{
	struct km_str first = km_gfp_release_text(pool, history->first);
	struct km_str last = km_gfp_release_text(pool, history->last);
	struct km_str range;

	if (history->first == KM_UNKNOWN) {
		snprintf(hint, KM_HINT_SIZE, KM_SAID("a flag that only %.*s kernels have"),
			 KM_STR_ARG(history->vendor));
		return hint;
	}
	if (history->from_start)
		range = km_pool_printf(pool, KM_SAID("until %.*s"), KM_STR_ARG(last));
	else if (history->to_end)
		range = km_pool_printf(pool, KM_SAID("from %.*s on"), KM_STR_ARG(first));
	else
		range = km_pool_printf(pool, KM_SAID("from %.*s until %.*s"), KM_STR_ARG(first), KM_STR_ARG(last));
	if (history->to_end || !history->today.ptr)
		snprintf(hint, KM_HINT_SIZE, "%.*s", KM_STR_ARG(range));
	else if (km_str_eq(history->today, KM_STR("-")))
		snprintf(hint, KM_HINT_SIZE, KM_SAID("%.*s; today there is nothing like it"), KM_STR_ARG(range));
	else
		snprintf(hint, KM_HINT_SIZE, KM_SAID("%.*s; today %.*s"), KM_STR_ARG(range), KM_STR_ARG(history->today));
	return hint;
}

static int no_such_flag(const struct km_gfp *gfp, struct km_str name, struct km_err *err)
{
	struct km_nearest nearest = { .word = name };
	struct km_gfp_history history;
	struct km_pool pool = { 0 };
	char buf[KM_HINT_SIZE];
	const char *hint;
	int r;

	if (!name.len)
		return km_err_set(err, -EINVAL, "", "a name of a GFP flag is missing");
	for (size_t i = 0; err && i < gfp->len; i++)
		km_nearest_offer(&nearest, km_pool_copy(&pool, gfp->flags[i].name).ptr);
	hint = km_nearest_hint(&nearest, buf, "");
	if (err && km_gfp_history(name, &history))
		hint = describe_history(&pool, &history, buf);
	r = km_err_set(err, -EINVAL, hint, "this kernel has no GFP flag '%.*s'", KM_STR_ARG(name));
	km_pool_deinit(&pool);
	return r;
}

int km_gfp_term(const struct km_gfp *gfp, struct km_str name, uint32_t *ret, struct km_err *err)
{
	const struct km_gfp_flag *flag;

	/* headers define the number with a third underscore: ___GFP_IO */
	if (km_str_starts(name, KM_STR("___GFP_")))
		name = km_str_skip(name, 1);
	flag = km_gfp_find(gfp, name);
	if (flag) {
		*ret = flag->value;
		return 0;
	}
	if (!is_digit(name))
		return km_gfp_same_name(name, KM_STR("none")) ? 0 : no_such_flag(gfp, name, err);
	if (!to_number(name, ret))
		return 0;
	return km_err_set(err, -EINVAL, "a mask is a number of 32 bits such as 0xcc0, or names such as GFP_KERNEL|__GFP_ZERO",
			  "'%.*s' is not a GFP mask", KM_STR_ARG(name));
}

/* Without what follows a mask in a log: ", order=0", ", nodemask=(null)", " migratetype:0". */
static struct km_str up_to_next_label(struct km_str text)
{
	struct km_str rest = text, word;

	(void)km_str_take_word(&rest, &word);
	while (km_str_take_word(&rest, &word))
		if (memchr(word.ptr, '=', word.len) || memchr(word.ptr, ':', word.len))
			return (struct km_str){ text.ptr, (size_t)(word.ptr - text.ptr) };
	return text;
}

/* Removes the words before and after a mask in a log, and blanks at both ends. */
static struct km_str bare(struct km_str text)
{
	static const char *const labels[] = { "mode:", "gfp_mask=", "gfp_mask:", "gfp_flags=", "gfp=" };

	text = km_str_trim(text);
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		ptrdiff_t at = km_str_find(text, km_str_from(labels[i]));

		if (at < 0)
			continue;
		text = km_str_skip(text, (size_t)at + strlen(labels[i]));
		break;
	}
	text = km_str_trim(up_to_next_label(text));
	while (text.len && text.ptr[text.len - 1] == ',')
		text.len--;
	return km_str_trim(text);
}

/* Splits a line of gfp.h, "#define NAME VALUE": the name, and the value without a comment. False for other text. */
static bool take_define(struct km_str text, struct km_str *name, struct km_str *value)
{
	struct km_str word;
	ptrdiff_t comment;

	if (!km_str_take_word(&text, &word) || (km_str_eq(word, KM_STR("#")) && !km_str_take_word(&text, &word)))
		return false;
	if ((!km_str_eq(word, KM_STR("#define")) && !km_str_eq(word, KM_STR("define"))) ||
	    !km_str_take_word(&text, name))
		return false;
	comment = km_str_find(text, KM_STR("/*"));
	if (comment >= 0)
		text.len = (size_t)comment;
	*value = km_str_trim(text);
	return true;
}

struct km_str km_gfp_defined_in(struct km_str text)
{
	struct km_str name, value;

	if (!take_define(text, &name, &value))
		return (struct km_str){ 0 };
	return km_str_starts(name, KM_STR("___GFP_")) ? km_str_skip(name, 1) : name;
}

/* Removes C code around names: the words of casts, the backslash at the end of a line. */
static struct km_str without_c(struct km_pool *pool, struct km_str text)
{
	static const char *const noise[] = { "__force", "gfp_t", "unsigned int" };
	char *copy = km_pool_alloc(pool, text.len + 1, 1);
	size_t len = 0;

	while (text.len) {
		size_t skip = !!memchr("\\\n\t", *text.ptr, 3);

		for (size_t i = 0; !skip && i < sizeof(noise) / sizeof(*noise); i++)
			if (km_str_starts(text, km_str_from(noise[i])))
				skip = strlen(noise[i]);
		if (skip)
			copy[len++] = ' ';
		else
			copy[len++] = *text.ptr;
		text = km_str_skip(text, skip ? skip : 1);
	}
	return km_str_trim((struct km_str){ copy, len });
}

struct km_str km_gfp_names_in(struct km_str text)
{
	struct km_str number;

	text = bare(text);
	if (!is_digit(text) || !km_str_take_until(&text, '(', &number) || !km_str_ends(text, KM_STR(")")))
		return (struct km_str){ 0 };
	return (struct km_str){ text.ptr, text.len - 1 };
}

bool km_gfp_is_number(struct km_str text)
{
	struct km_str names = km_gfp_names_in(text);
	uint32_t number;

	text = bare(text);
	if (names.ptr)
		text.len = (size_t)(names.ptr - text.ptr) - 1;
	return !to_number(text, &number);
}

/* Parses a line of a header. Numbers are taken as they are, names as those of this kernel. */
static int encode_line(const struct km_gfp *gfp, struct km_str text, uint32_t *ret, struct km_err *err)
{
	struct km_pool pool = { 0 };
	int r = km_gfp_expression(gfp, without_c(&pool, text), ret, err);

	km_pool_deinit(&pool);
	return r;
}

int km_gfp_encode(const struct km_gfp *gfp, struct km_str text, uint32_t *ret, struct km_err *err)
{
	struct km_str name, value, names;

	if (take_define(text, &name, &value))
		return encode_line(gfp, value, ret, err);
	names = km_gfp_names_in(text);
	text = bare(text);
	if (names.ptr)
		text.len = (size_t)(names.ptr - text.ptr) - 1;
	return km_gfp_expression(gfp, text, ret, err);
}

const struct km_gfp_flag *km_gfp_take(const struct km_gfp *gfp, uint32_t whole, uint32_t *mask)
{
	for (size_t i = 0; i < gfp->print_len; i++) {
		const struct km_gfp_flag *flag = km_gfp_find(gfp, gfp->print[i]);

		if (!flag || !flag->value || (*mask & flag->value) != flag->value || whole & flag->never)
			continue;
		*mask &= ~flag->value;
		return flag;
	}
	/* flags without a name in the kernel, which prints them as a number */
	for (size_t i = 0; i < gfp->len; i++) {
		const struct km_gfp_flag *flag = &gfp->flags[i];

		if (!flag->single || !flag->value || (*mask & flag->value) != flag->value)
			continue;
		*mask &= ~flag->value;
		return flag;
	}
	return NULL;
}

struct km_str km_gfp_name(struct km_pool *pool, const struct km_gfp *gfp, uint32_t mask)
{
	const struct km_gfp_flag *flag;
	struct km_text name = { 0 };
	const uint32_t whole = mask;

	if (!mask)
		return KM_STR("0");
	while ((flag = km_gfp_take(gfp, whole, &mask)))
		km_text_printf(&name, "%s%.*s", name.len ? "|" : "", KM_STR_ARG(flag->name));
	if (mask)
		km_text_printf(&name, "%s0x%x", name.len ? "|" : "", mask);
	return km_text_keep(&name, pool);
}

struct km_str km_gfp_bits_text(struct km_pool *pool, const struct km_gfp *gfp, uint32_t value)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < gfp->len; i++)
		if (gfp->flags[i].single && gfp->flags[i].value & value)
			km_text_join(&text, &gfp->flags[i].name, 1, ",");
	return km_text_keep_some(&text, pool);
}

bool km_gfp_is_certain(const struct km_gfp_kernel *kernel, size_t flag)
{
	for (size_t v = 1; v < kernel->len; v++)
		if (kernel->variants[v].flags[flag].value != kernel->variants[0].flags[flag].value)
			return false;
	return true;
}
