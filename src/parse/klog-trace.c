// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who ran, and its stack, as the architectures print them:
 *
 *   CPU: 2 UID: 0 PID: 178 Comm: sh Tainted: G   W  OE   6.12.107+deb13-amd64 #1   UID since 6.12
 *   Pid: 178, comm: sh Not tainted 2.6.32-754.el6.x86_64 #1                        up to 3.9
 *   CPU: 2 PID: 178 Comm: sh Kdump: loaded Not tainted 3.10.0-957.el7.x86_64 #1    RHEL, SUSE
 *   CPU: 0 Not tainted  (2.6.35 #1)                                                arm up to 3.9
 *   CPU: 0 Not tainted 2.6.32 #1                                                   s390 up to 3.9, with the next line
 *   Process sh (pid: 178, task: 00000000fb1f4348, ksp: 00000000fb1f3a90)
 *
 *   Call Trace:                                    x86, riscv, loongarch
 *   Call trace:                                    arm64, sh
 *    run+0x387/0x550 [kmfail]
 *    [<ffffffff8111e1a1>] ? run+0x387/0x550        up to 4.8, riscv, mips, s390; "?" is a doubt
 *   ([<0000000000112f1c>] run+0x387/0x550)         s390
 *   [c0000000] [c0000000] run+0x387/0x550 (unreliable)   powerpc
 *   [<c0110b60>] (warn) from [<c010bb54>] (run+0x10/0x14)   arm up to 5.17
 *    warn from run+0x10/0x14                       arm since 5.18
 *    run (drivers/run.c:77 (discriminator 1)) kmfail   any, behind scripts/decode_stacktrace.sh
 */
#include <fnmatch.h>
#include "parse/klog-report.h"

enum { FRAMES_MOST = 64 };

/*
 * "Tainted: G        W  OE      6.12.107 #1", "Not tainted 2.6.32 #1", "Not tainted  (2.6.35 #1)". A page of a
 * bug tracker makes a link of the number: "6.12.107 owner/project#1".
 */
static struct km_str parse_release(struct km_str text)
{
	ptrdiff_t at = km_str_find(text, KM_STR("#"));
	struct km_str head = { text.ptr, at < 0 ? 0 : (size_t)at }, release = { 0 };

	while (head.len && head.ptr[head.len - 1] != ' ')
		head.len--;
	if (!km_str_take_last_word(&head, &release))
		return (struct km_str){ 0 };
	km_str_take_prefix(&release, KM_STR("("));
	return release;
}

static void parse_comm(struct km_str text, struct km_str key, struct km_klog_runner *ret)
{
	struct km_str name = km_klog_after(text, key);
	ptrdiff_t at = km_str_find(name, KM_STR("ainted"));

	if (at < 1)
		return;
	/* "Tainted", "Not tainted" */
	name.len = (size_t)at - 1;
	if (km_str_ends(name, KM_STR("Not ")))
		name.len -= sizeof("Not ") - 1;
	if (km_str_ends(name, KM_STR(" Kdump: loaded ")))
		name.len -= sizeof(" Kdump: loaded ") - 1;
	ret->task = km_str_trim(name);
	ret->release = parse_release(km_klog_after(text, KM_STR("ainted")));
}

bool km_klog_runner(struct km_str text, struct km_klog_runner *ret)
{
	struct km_str rest;

	*ret = (struct km_klog_runner){ .pid = KM_UNKNOWN };
	if (km_str_starts(text, KM_STR("Pid: "))) {
		ret->pid = km_klog_number_after(text, KM_STR("Pid: "));
		parse_comm(text, KM_STR(", comm: "), ret);
		return ret->task.ptr != NULL;
	}
	if (!km_str_starts(text, KM_STR("CPU: ")))
		return false;
	rest = km_klog_after(text, KM_STR("ainted"));
	if (!rest.ptr)
		return false;
	ret->pid = km_klog_number_after(text, KM_STR(" PID: "));
	parse_comm(text, KM_STR(" Comm: "), ret);
	if (!ret->task.ptr)
		ret->release = parse_release(rest);
	return true;
}

/* "(mm/slub.c:4230)", "(./include/linux/gfp.h:77", "(mm/util.c:?)": what the script puts in place of an offset */
static bool is_place(struct km_str text)
{
	struct km_str path;

	return km_str_take_prefix(&text, KM_STR(" (")) && km_str_take_until(&text, ':', &path) && path.len > 2 && text.len &&
	       !memchr(path.ptr, ' ', path.len) && path.ptr[path.len - 2] == '.' && (km_is_digit(*text.ptr) || *text.ptr == '?');
}

/* "run_step+0x387/0x550", whatever follows it, or "run_step (drivers/run.c:77)" */
static bool is_frame(struct km_str text)
{
	struct km_str word, part;

	if (!km_str_take_word(&text, &word))
		return false;
	if (is_place(text))
		return true;
	return km_str_take_until(&word, '+', &part) && part.len &&
	       km_str_take_prefix(&word, KM_STR("0x")) && km_str_take_until(&word, '/', &part) &&
	       km_str_starts(word, KM_STR("0x"));
}

/* Addresses in brackets, "<IRQ>", and s390's parenthesis around it all. */
static struct km_str strip(struct km_str text)
{
	struct km_str part;

	for (;;) {
		text = km_str_trim(text);
		if (km_str_starts(text, KM_STR("(")) && km_str_ends(text, KM_STR(")")))
			text = (struct km_str){ text.ptr + 1, text.len - 2 };
		else if (km_str_starts(text, KM_STR("([")))
			text = km_str_skip(text, 1);
		else if (!(km_str_starts(text, KM_STR("[")) &&
			   km_str_take_until(&text, ']', &part)) &&
			 !(km_str_starts(text, KM_STR("<")) &&
			   km_str_take_until(&text, '>', &part)))
			return text;
	}
}

/* Of arm's pairs the second: the first is the line above. */
static bool parse_frame(struct km_str text, struct km_str *ret)
{
	struct km_str caller = km_klog_after(text, KM_STR(" from "));

	text = strip(caller.ptr ? caller : text);
	if (!is_frame(text))
		return false;
	*ret = text;
	return true;
}

/* What the unwinder is not sure of has a "?" and is left out; so has powerpc's "(unreliable)". */
static bool take_frame(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	struct km_str frame;

	if (km_str_starts(strip(text), KM_STR("? ")))
		return true;
	if (!parse_frame(text, &frame))
		return false;
	if (!open->foreign && !open->mixed && event->frames.len < FRAMES_MOST &&
	    !km_str_ends(frame, KM_STR("(unreliable)")))
		*km_array_push(&event->frames) = frame;
	return true;
}

/* m68k and old mips put the first frame behind the heading. arm has no heading. */
static bool is_heading(struct km_str text, struct km_str *ret_rest)
{
	static const struct km_str headings[] = {
		KM_STR_INIT("Call Trace:"),  KM_STR_INIT("Call trace:"), KM_STR_INIT("Backtrace:"),
		KM_STR_INIT("Stack Trace:"), KM_STR_INIT("Trace:"),
	};

	*ret_rest = text;
	for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++)
		if (km_str_take_prefix(ret_rest, headings[i]))
			return true;
	/* "unwind_backtrace from", "[<c010fb24>] (unwind_backtrace) from" */
	return text.len && (*text.ptr == 'u' || *text.ptr == '[' || *text.ptr == '(') &&
	       km_str_find(text, KM_STR("unwind_backtrace")) >= 0 &&
	       km_str_find(text, KM_STR(" from ")) > 0;
}

static bool is_end(struct km_str text)
{
	static const struct km_str ends[] = {
		KM_STR_INIT("Mem-Info:"), KM_STR_INIT("Mem-info:"),
		KM_STR_INIT("RIP: "),	  KM_STR_INIT("---[ end trace"),
		KM_STR_INIT("Code: "),	  KM_STR_INIT("Last Breaking-Event-Address"),
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (km_str_starts(text, ends[i]))
			return true;
	return false;
}

static bool is_warning(const struct km_klog_event *event)
{
	return event->warning_file.ptr != NULL || event->kind == KM_KLOG_PERCPU;
}

/* "Process sh (pid: 178, ", below the runner's line of s390 up to 3.9 */
static void take_process(struct km_klog_event *event, struct km_str text)
{
	struct km_str name = text;
	const ptrdiff_t at = km_str_find(text, KM_STR(" (pid: "));

	if (event->pid != KM_UNKNOWN || event->mem || at < 0 || !km_str_take_prefix(&name, KM_STR("Process ")))
		return;
	name.len = (size_t)at - (size_t)(name.ptr - text.ptr);
	if (!event->task.ptr || km_str_eq(name, event->task))
		event->pid = km_klog_number_after(text, KM_STR(" (pid: "));
}

bool km_klog_take_trace(struct km_klog_open *open, struct km_klog_event *event, struct km_str text)
{
	struct km_str rest;

	if (text.len && *text.ptr == 'P')
		take_process(event, text);
	if (is_heading(text, &rest)) {
		open->in_trace = !event->mem && !event->frames.len;
		if (open->in_trace)
			take_frame(open, event, rest);
		event->complete = event->complete || event->kind == KM_KLOG_PERCPU;
		return true;
	}
	if (is_end(text)) {
		event->complete =
			event->complete || (is_warning(event) && open->in_trace && !open->foreign);
		open->in_trace = false;
		if (!km_str_starts(text, KM_STR("---[ end trace")))
			return false;
		event->complete = event->complete || (is_warning(event) && !open->foreign);
		open->foreign = false;
		return true;
	}
	return open->in_trace && take_frame(open, event, text);
}

bool km_klog_frame_fits(struct km_str frame, const char *const patterns[], size_t len)
{
	struct km_str name;
	char text[128];

	if (!km_str_take_until(&frame, '+', &name) && !km_str_take_word(&frame, &name))
		return false;
	if (name.len >= sizeof(text))
		return false;
	memcpy(text, name.ptr, name.len);
	text[name.len] = 0;
	for (size_t i = 0; i < len; i++)
		if (!fnmatch(patterns[i], text, 0))
			return true;
	return false;
}
