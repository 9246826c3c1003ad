// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Heads of reports, as kernels from 4.9 to 7.2 print them:
 *
 *   insmod: page allocation failure: order:4, mode:0xdc0(GFP_KERNEL|__GFP_ZERO), nodemask=(null),cpuset=/,mems_allowed=0
 *   insmod: vmalloc error: size 4096, failed to allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=...
 *   vmap allocation for size 4198400 failed: use vmalloc=<size> to increase size
 *   SLUB: Unable to allocate memory on CPU 0 (of node 0) on node -1, gfp=0x820(GFP_ATOMIC)
 *   tail invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
 *   WARNING: CPU: 2 PID: 178 at mm/page_alloc.c:4817 __alloc_pages_noprof+0x2a4/0x310
 */
#include "parse/klog-head.h"

/* What stands behind a word, up to ", " or ",key"; within parentheses commas are the value's. */
struct km_str km_klog_value(struct km_str text, struct km_str key)
{
	ptrdiff_t at = km_str_find(text, key);
	struct km_str value;
	size_t len = 0, depth = 0;

	if (at < 0)
		return (struct km_str){ 0 };
	value = km_str_skip(text, (size_t)at + key.len);
	for (; len < value.len; len++) {
		depth += value.ptr[len] == '(';
		depth -= depth && value.ptr[len] == ')';
		/* a list of nodes is "0,2-3" */
		if (!depth && value.ptr[len] == ',' &&
		    !(len + 1 < value.len && value.ptr[len + 1] >= '0' && value.ptr[len + 1] <= '9'))
			break;
	}
	value.len = len;
	return value;
}

uint64_t km_klog_number(struct km_str text, struct km_str key)
{
	struct km_str value = km_str_trim(km_klog_value(text, key));
	uint64_t number;

	return value.ptr && km_str_take_u64(&value, &number) ? number : KM_UNKNOWN;
}

/* "0xdc0(GFP_KERNEL|__GFP_ZERO)"; old kernels print the number alone. */
static void parse_mode(struct km_str text, struct km_klog_event *event)
{
	struct km_str number, names;
	uint64_t mode;

	if (!km_str_take_prefix(&text, KM_STR("0x")))
		return;
	/* to 4.5 "(gfp=0x20)" */
	if (!km_str_take_until(&text, '(', &number)) {
		if (!km_str_take_until(&text, ')', &number))
			number = text;
	} else if (km_str_take_until(&text, ')', &names)) {
		event->mode_names = names;
	}
	if (!km_str_to_hex(number, &mode))
		event->mode = mode;
}

/* "(null)" is how a kernel says that no nodemask was given. */
static struct km_str nodemask_of(struct km_str text)
{
	struct km_str value = km_klog_value(text, KM_STR("nodemask="));

	return km_str_eq(value, KM_STR("(null)")) ? (struct km_str){ 0 } : value;
}

void km_klog_places(struct km_str text, struct km_klog_event *event)
{
	event->nodemask = nodemask_of(text);
	event->cpuset = km_klog_value(text, KM_STR("cpuset="));
	event->mems_allowed = km_klog_value(text, KM_STR("mems_allowed="));
}

/* Heads: each says whether the line is one, and opens its event if so. */
struct head {
	struct km_str sign; /* what no other message has */
	enum km_klog_kind kind;
};

static const struct head heads[] = {
	{ KM_STR_INIT(": page allocation failure: "), KM_KLOG_PAGES },
	{ KM_STR_INIT(": page allocation failure. "), KM_KLOG_PAGES }, /* to 4.9 */
	{ KM_STR_INIT(": page allocation stall"), KM_KLOG_STALL }, /* 4.10 to 4.14, and 7.2 */
	{ KM_STR_INIT(": vmalloc error: "), KM_KLOG_VMALLOC },
	{ KM_STR_INIT(": vmalloc: allocation failure"), KM_KLOG_VMALLOC }, /* to 5.12 */
	{ KM_STR_INIT(" invoked oom-killer: "), KM_KLOG_OOM },
	{ KM_STR_INIT("vmap allocation for size "), KM_KLOG_VMAP },
	{ KM_STR_INIT("vmalloc_node_range for size "), KM_KLOG_VMAP }, /* after 6.12 */
	{ KM_STR_INIT("SLUB: Unable to allocate memory "), KM_KLOG_SLUB },
	{ KM_STR_INIT("SLAB: Unable to allocate memory "), KM_KLOG_SLUB }, /* to 6.7 */
};

static const struct head *find_head(struct km_str text, size_t *ret_at)
{
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		ptrdiff_t at = km_str_find(text, heads[i].sign);

		/* in front of " invoked" and ": page" stands a task's name, of others nothing */
		if (at < 0 || (at > 64) || (at == 0) == (*heads[i].sign.ptr == ' ' || *heads[i].sign.ptr == ':'))
			continue;
		*ret_at = (size_t)at;
		return &heads[i];
	}
	return NULL;
}

/* The text up to where mode and order begin. */
static struct km_str message_of(struct km_str text)
{
	static const struct km_str ends[] = {
		KM_STR_INIT(", mode:"), KM_STR_INIT(": gfp_mask="), KM_STR_INIT(", gfp="),
		KM_STR_INIT(": order:"),
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		ptrdiff_t at = km_str_find(text, ends[i]);

		if (at >= 0 && (size_t)at < text.len)
			text.len = (size_t)at;
	}
	return text;
}

static void parse_asked(struct km_str text, struct km_klog_event *event)
{
	struct km_str order = km_klog_value(text, KM_STR("order="));

	event->order = km_klog_number(text, KM_STR("order:"));
	if (event->kind == KM_KLOG_OOM) {
		event->order = km_klog_number(text, KM_STR("order="));
		event->by_hand = km_str_eq(order, KM_STR("-1"));
		parse_mode(km_klog_value(text, KM_STR("gfp_mask=")), event);
	} else if (event->kind == KM_KLOG_SLUB) {
		parse_mode(km_klog_value(text, KM_STR("gfp=")), event);
	} else {
		parse_mode(km_klog_value(text, KM_STR("mode:")), event);
	}
	km_klog_places(text, event);
}

static uint64_t size_behind(struct km_str message, struct km_str before)
{
	ptrdiff_t at = km_str_find(message, before);
	struct km_str rest = km_str_skip(message, at < 0 ? 0 : (size_t)at + before.len);
	uint64_t size;

	return at >= 0 && km_str_take_u64(&rest, &size) ? size : KM_UNKNOWN;
}

/*
 * "vmalloc error: size 4096, exceeds total pages", to 5.12 "allocation failure, allocated 4096 of 8192 bytes" and
 * "allocation failure: 8192 bytes"; "vmap allocation for size 4198400 failed". But "size 65536, failed to allocate pages"
 * is what was got, and not what was asked for (k6.12:mm/vmalloc.c __vmalloc_area_node).
 */
static void parse_sizes(struct km_klog_event *event)
{
	struct km_str message = event->message;
	uint64_t size = size_behind(message, KM_STR(" size "));

	if (km_str_find(message, KM_STR("failed to allocate pages")) >= 0) {
		event->got_bytes = size;
		return;
	}
	if (size == KM_UNKNOWN)
		size = size_behind(message, KM_STR("allocation failure: "));
	if (size == KM_UNKNOWN) {
		size = size_behind(message, KM_STR(" of "));
		event->got_bytes = size_behind(message, KM_STR(", allocated "));
	}
	event->size_bytes = size;
}

/* The function that warns of an order above the maximum, under the names it has had. */
static bool is_page_allocator(struct km_str frame)
{
	static const struct km_str names[] = {
		KM_STR_INIT("__alloc_pages_nodemask"), KM_STR_INIT("__alloc_pages"),
		KM_STR_INIT("__alloc_pages_noprof"), KM_STR_INIT("__alloc_frozen_pages_noprof"),
	};
	struct km_str name;

	if (!km_str_take_until(&frame, '+', &name))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(name, names[i]))
			return true;
	return false;
}

/*
 * "WARNING: CPU: 2 PID: 178 at mm/page_alloc.c:4817 __alloc_pages_noprof+0x2a4/0x310"; since
 * 6.18 "WARNING: mm/page_alloc.c:5336 at __alloc_frozen_pages_noprof+0x2a4/0x310, CPU#2: sh/178"
 */
static bool is_too_large(struct km_str text)
{
	struct km_str word;
	bool here = false;

	if (!km_str_take_prefix(&text, KM_STR("WARNING: ")))
		return false;
	while (km_str_take_word(&text, &word)) {
		here = here || km_str_starts(word, KM_STR("mm/page_alloc.c:"));
		if (here && is_page_allocator(word))
			return true;
	}
	return false;
}

void km_klog_event_init(struct km_klog_event *event, enum km_klog_kind kind)
{
	const uint64_t unknown = KM_UNKNOWN;

	*event = (struct km_klog_event){
		.kind = kind, .order = unknown, .mode = unknown, .size_bytes = unknown,
		.got_bytes = unknown, .pid = unknown, .mem = SIZE_MAX, .limit_kib = unknown,
		.usage_kib = unknown, .victim_pid = unknown, .victim_kib = unknown,
		.object_bytes = unknown, .buffer_bytes = unknown, .default_order = unknown,
		.min_order = unknown, .slabs = unknown, .objects = unknown, .free_objects = unknown,
	};
}

bool km_klog_head(struct km_str text, struct km_klog_event *ret)
{
	const struct head *head;
	size_t at;

	if (is_too_large(text)) {
		km_klog_event_init(ret, KM_KLOG_TOO_LARGE);
		ret->message = text;
		return true;
	}
	head = find_head(text, &at);
	if (!head)
		return false;
	km_klog_event_init(ret, head->kind);
	if (at)
		ret->task = (struct km_str){ text.ptr, at };
	ret->message = km_str_trim(message_of(km_str_skip(text, at)));
	if (km_str_take_prefix(&ret->message, KM_STR(":")))
		ret->message = km_str_trim(ret->message);
	if (head->kind == KM_KLOG_VMALLOC || head->kind == KM_KLOG_VMAP)
		parse_sizes(ret);
	ret->complete = head->kind == KM_KLOG_VMAP;
	parse_asked(text, ret);
	return true;
}
