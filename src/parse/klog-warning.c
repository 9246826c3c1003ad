// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * WARNINGs about a request for memory that no kernel grants, or that no code should make:
 *
 *   WARNING: CPU: 2 PID: 178 at mm/page_alloc.c:4817 __alloc_pages_noprof+0x2a4/0x310
 *   WARNING: at mm/page_alloc.c:2544 __alloc_pages_nodemask+0x8a1/0x9b0()      (up to 3.12)
 *   WARNING: mm/page_alloc.c:5336 at __alloc_frozen_pages_noprof+0x2a4/0x310, CPU#2: sh/178
 * (since 6.18)
 *   WARNING: CPU: 2 PID: 178 at mm/util.c:665 __kvmalloc_node_noprof (mm/util.c:665)   (scripts/decode_stacktrace.sh)
 *
 * Which check it is that warns, the line number tells only of a known release: that is the model's
 * work.
 */
#include "parse/klog-head.h"

/* Functions that take a request; other WARNINGs of the same files are about something else. */
static const struct place {
	struct km_str file;
	const char *function;
	enum km_klog_kind kind;
} places[] = {
	{ KM_STR_INIT("mm/page_alloc.c"), "__alloc_pages*", KM_KLOG_WARNING },
	{ KM_STR_INIT("mm/page_alloc.c"), "__alloc_frozen_pages*", KM_KLOG_WARNING },
	{ KM_STR_INIT("mm/page_alloc.c"), "get_page_from_freelist*", KM_KLOG_WARNING },
	{ KM_STR_INIT("mm/page_alloc.c"), "*rmqueue*", KM_KLOG_WARNING },
	/* k5.15-7.2:mm/util.c, mm/slub.c: more than INT_MAX bytes */
	{ KM_STR_INIT("mm/util.c"), "*kvmalloc_node*", KM_KLOG_TOO_LARGE },
	{ KM_STR_INIT("mm/slub.c"), "*kvmalloc_node*", KM_KLOG_TOO_LARGE },
	/* k3.11-6.7:mm/slab_common.c kmalloc_slab: more than the largest kmalloc cache */
	{ KM_STR_INIT("mm/slab_common.c"), "kmalloc_slab*", KM_KLOG_TOO_LARGE },
	/* k5.11-7.2:mm/vmalloc.c: 0 bytes */
	{ KM_STR_INIT("mm/vmalloc.c"), "__vmalloc_node_range*", KM_KLOG_VMALLOC },
};

/* "mm/page_alloc.c:4817", or "/build/linux/mm/page_alloc.c:2902" */
static bool parse_place(struct km_str word, struct km_str *ret_file, uint64_t *ret_line)
{
	ptrdiff_t at = km_str_find(word, KM_STR("mm/"));

	word = km_str_skip(word, at < 0 ? word.len : (size_t)at);
	return km_str_take_until(&word, ':', ret_file) && km_str_take_u64(&word, ret_line);
}

/* "+0x2a4/0x310()" of old kernels, "+0x2a4/0x310," of new ones */
static struct km_str parse_function(struct km_str word)
{
	while (word.len && strchr("(),", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

static bool is_request(struct km_klog_event *event)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (km_str_eq(event->warning_file, places[i].file) &&
		    km_klog_frame_fits(event->warning_function, &places[i].function, 1)) {
			event->kind = places[i].kind;
			if (event->kind == KM_KLOG_VMALLOC)
				event->size_bytes = 0;
			return true;
		}
	return false;
}

/* ", CPU#2: sh/178" */
static void parse_task(struct km_str text, struct km_klog_event *event)
{
	struct km_str rest = km_klog_after(text, KM_STR("CPU#")), task;
	uint64_t cpu, pid;

	if (!rest.ptr || !km_str_take_u64(&rest, &cpu) || !km_str_take_prefix(&rest, KM_STR(": ")))
		return;
	task = rest;
	for (size_t slash = rest.len; slash-- > 0;) {
		if (rest.ptr[slash] != '/')
			continue;
		task.len = slash;
		if (km_str_to_u64(km_str_skip(rest, slash + 1), &pid))
			return;
		event->task = task;
		event->pid = pid;
		return;
	}
}

bool km_klog_warning(struct km_str text, struct km_klog_event *ret)
{
	struct km_str rest = text, word, before = { 0 };

	if (!km_str_take_prefix(&rest, KM_STR("WARNING: ")))
		return false;
	km_klog_event_init(ret, KM_KLOG_WARNING);
	ret->message = text;
	while (km_str_take_word(&rest, &word)) {
		if (!ret->warning_file.ptr &&
		    !parse_place(word, &ret->warning_file, &ret->warning_line))
			ret->warning_file = (struct km_str){ 0 };
		if (!ret->warning_function.ptr && km_str_find(word, KM_STR("+0x")) > 0)
			ret->warning_function = parse_function(word);
		/* the place behind the function's name, in place of its offset */
		if (!ret->warning_function.ptr && ret->warning_file.ptr && before.len && km_str_starts(word, KM_STR("(")))
			ret->warning_function = before;
		before = word;
	}
	if (!ret->warning_file.ptr || !is_request(ret))
		return false;
	parse_task(text, ret);
	return true;
}
