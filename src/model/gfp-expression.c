// SPDX-License-Identifier: GPL-2.0-or-later
/* Masks as C computes them: GFP_KERNEL & ~__GFP_IO, (GFP_USER | __GFP_ZERO). */
#include <errno.h>
#include <string.h>
#include "model/gfp.h"

/* The bits of an expression of C, or behind ~ the bits that it removes from others. */
struct bits {
	uint32_t mask;
	bool removed;
};

struct expression {
	const struct km_gfp *gfp;
	struct km_str rest;
	struct km_err *err;
};

static bool take_sign(struct expression *text, const char *signs)
{
	text->rest = km_str_trim(text->rest);
	if (!text->rest.len || !strchr(signs, *text->rest.ptr))
		return false;
	text->rest = km_str_skip(text->rest, 1);
	return true;
}

/* The parentheses of a cast, whose words are blanks by now. */
static bool take_cast(struct expression *text)
{
	const struct km_str before = text->rest;

	if (take_sign(text, "(") && take_sign(text, ")"))
		return true;
	text->rest = before;
	return false;
}

static int take_term(struct expression *text, uint32_t *ret)
{
	struct km_str term = { text->rest.ptr, 0 };

	while (term.len < text->rest.len && !memchr("|+,&~()", term.ptr[term.len], 7))
		term.len++;
	text->rest = km_str_skip(text->rest, term.len);
	*ret = 0;
	return km_gfp_term(text->gfp, km_str_trim(term), ret, text->err);
}

static int take_union(struct expression *text, unsigned int depth, struct bits *ret);

/* A name, a number, ~ in front of another, or an expression in parentheses. */
static int take_operand(struct expression *text, unsigned int depth, struct bits *ret)
{
	bool removed = false;
	int r;

	while (take_cast(text) || take_sign(text, "~"))
		removed ^= text->rest.ptr[-1] == '~';
	if (!take_sign(text, "(")) {
		*ret = (struct bits){ 0 };
		r = take_term(text, &ret->mask);
	} else if (!depth) {
		r = km_err_set(text->err, -EINVAL, "", "a mask has too many parentheses");
	} else {
		r = take_union(text, depth - 1, ret);
		if (!r && !take_sign(text, ")"))
			r = km_err_set(text->err, -EINVAL, "", "a mask lacks the parenthesis at its end");
	}
	ret->removed ^= removed;
	return r;
}

static struct bits common(struct bits a, struct bits b)
{
	if (a.removed && b.removed)
		return (struct bits){ a.mask | b.mask, true };
	if (b.removed)
		return (struct bits){ a.mask & ~b.mask, false };
	return (struct bits){ a.removed ? b.mask & ~a.mask : a.mask & b.mask, false };
}

static int take_common(struct expression *text, unsigned int depth, struct bits *ret)
{
	struct bits more;
	int r = take_operand(text, depth, ret);

	while (!r && take_sign(text, "&")) {
		r = take_operand(text, depth, &more);
		if (!r)
			*ret = common(*ret, more);
	}
	return r;
}

/* As in C, & binds closer than |. In a list, ~NAME removes. */
static int take_union(struct expression *text, unsigned int depth, struct bits *ret)
{
	struct bits more;
	int r = take_common(text, depth, ret);

	while (!r && take_sign(text, "|+,")) {
		r = take_common(text, depth, &more);
		if (!r && (ret->removed || more.removed))
			*ret = common(*ret, more);
		else if (!r)
			ret->mask |= more.mask;
	}
	return r;
}

int km_gfp_expression(const struct km_gfp *gfp, struct km_str words, uint32_t *ret, struct km_err *err)
{
	enum { DEPTH = 8 };
	struct expression text = { gfp, words, err };
	struct bits bits = { 0 };
	int r = take_union(&text, DEPTH, &bits);

	if (r)
		return r;
	if (text.rest.len)
		return km_err_set(err, -EINVAL, "join names with | & and ~ as C does", "'%.*s' is left at the end of a mask", KM_STR_ARG(text.rest));
	if (bits.removed)
		return km_err_set(err, -EINVAL, "write the mask that it is removed from, as in GFP_KERNEL&~__GFP_IO", "a mask of ~ alone has no meaning for a request");
	*ret = bits.mask;
	return 0;
}
