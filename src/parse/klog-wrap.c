// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/klog-wrap-pool.h"
#include "parse/klog-wrap.h"

/* A task's name. */
enum { NAME_MOST = 15 };

/* "#1" of "6.12.1 #1 SMP": the kernel's build, with which the release is whole. */
static bool has_build(struct km_str text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '#' && km_is_digit(text.ptr[i + 1]))
			return true;
	return false;
}

/* "4kB" */
static bool is_kib(struct km_str word)
{
	uint64_t number;

	return km_str_take_u64(&word, &number) &&
	       (km_str_starts(word, KM_STR("kB")) || km_str_starts(word, KM_STR("KB")));
}

/* Of a text that is not empty. */
static struct km_str first_word(struct km_str text)
{
	struct km_str word = KM_STR_INIT("");

	km_str_take_word(&text, &word);
	return word;
}

/* "= 24kB", which ends a free list */
static bool has_sum(struct km_str text)
{
	struct km_str word;

	return km_str_take_last_word(&text, &word) && is_kib(word) && km_str_take_last_word(&text, &word) &&
	       km_str_eq(word, KM_STR("="));
}

/* "free:4kB"; "shmem_thp: 0kB" */
static bool begins_with_figure(struct km_str text)
{
	struct km_str word = first_word(text), name;

	if (!km_str_take_until(&word, ':', &name) || !name.len)
		return false;
	return is_kib(word.len ? word : first_word(km_str_skip(text, name.len + 1)));
}

/* Behind "Node 0 ", which kernels without NUMA leave out. */
static enum km_klog_wrap of_mem(struct km_str text)
{
	struct km_str rest = text, word;
	uint64_t node;

	if (km_str_take_prefix(&rest, KM_STR("Node "))) {
		if (!km_str_take_u64(&rest, &node))
			return KM_WRAP_NONE;
		if (km_str_starts(rest, KM_STR(" active_anon:")))
			return KM_WRAP_STATS;
		if (km_str_starts(rest, KM_STR(" hugepages_total=")))
			return HAS(rest, "hugepages_size=") ? KM_WRAP_NONE : KM_WRAP_HUGE;
	}
	if (!km_str_take_word(&rest, &word))
		return KM_WRAP_NONE;
	if (km_str_starts(rest, KM_STR(" free:")))
		return KM_WRAP_STATS;
	if (km_str_ends(word, KM_STR(":")) && HAS(rest, "*") && HAS(rest, "kB") && !has_sum(rest))
		return KM_WRAP_LIST;
	return KM_WRAP_NONE;
}

/* "[  229]     0   229   428827" lacks its name, or the end of it; "[<ffffffff81131420>] ?" its function. */
static enum km_klog_wrap of_brackets(struct km_str text)
{
	struct km_str rest = text, word;

	if (km_str_starts(text, KM_STR("[<")))
		return HAS(text, "+0x") ? KM_WRAP_MODULE : KM_WRAP_FRAME;
	if (!km_str_take_prefix(&rest, KM_STR("[")) || !km_str_take_until(&rest, ']', &word))
		return KM_WRAP_NONE;
	word = km_str_trim(word);
	if (km_str_eq(word, KM_STR("pid")))
		return km_str_ends(rest, KM_STR(" name")) ? KM_WRAP_NONE : KM_WRAP_COLUMNS;
	for (size_t i = 0; i < word.len; i++)
		if (!km_is_digit(word.ptr[i]))
			return KM_WRAP_NONE;
	return word.len && km_is_digit(*first_word(rest).ptr) ? KM_WRAP_TASK : KM_WRAP_NONE;
}

static enum km_klog_wrap of_first_line(struct km_str text)
{
	if (km_str_starts(text, KM_STR("WARNING: ")))
		return HAS(text, "+0x") ? KM_WRAP_NONE : KM_WRAP_WARNING;
	return HAS(text, "Killed process") || HAS(text, "Kill process") || HAS(text, "ut of memory: Kill") ? KM_WRAP_KILL :
	       HAS(text, " invoked oom-killer:") || HAS(text, "page allocation ") || HAS(text, "vmalloc") ||
		       HAS(text, "Unable to allocate memory") || HAS(text, "percpu: allocation ") || HAS(text, "swiotlb buffer is full") ||
		       HAS(text, "HugeTLB: allocating ") || HAS(text, "alloc failed, req-size: ") ? KM_WRAP_HEAD : KM_WRAP_NONE;
}

static bool is_limit(struct km_str text)
{
	static const struct km_str limits[] = {
		KM_STR_INIT("memory: usage "), KM_STR_INIT("memory+swap: usage "), KM_STR_INIT("swap: usage "),
		KM_STR_INIT("kmem: usage "),
	};

	return ANY(text, limits) && !HAS(text, "failcnt ");
}

/* "run+0x387/0x550", whose module may stand below */
static bool ends_with_frame(struct km_str text)
{
	static const size_t digits = 8;
	size_t i = text.len;

	while (i && text.len - i < digits && ((text.ptr[i - 1] >= 'a' && text.ptr[i - 1] <= 'f') || km_is_digit(text.ptr[i - 1])))
		i--;
	return i > 2 && i < text.len && text.ptr[i - 1] == 'x' && text.ptr[i - 2] == '0' && text.ptr[i - 3] == '/';
}

/* "kmalloc-64   123KB" of "Unreclaimable slab info", where two figures stand */
static bool has_one_size(struct km_str text)
{
	struct km_str word;

	return km_str_ends(text, KM_STR("KB")) && km_str_take_last_word(&text, &word) && is_kib(word) &&
	       km_str_take_last_word(&text, &word) && !text.len;
}

/* Switches on the first character: most lines of a log end here. */
enum km_klog_wrap km_klog_wrap_of(struct km_str text, bool may)
{
	switch (text.len ? *text.ptr : '\0') {
	case '[':
		return of_brackets(text);
	case '?':
		if (text.len == 1)
			return KM_WRAP_FRAME;
		break;
	case 'N': /* Node, Normal */
	case 'D': /* DMA, DMA32, Device */
	case 'H': /* HighMem */
	case 'M': /* Movable */
		if (km_str_starts(text, KM_STR("Memory cgroup stats for ")) && HAS(text, "KB"))
			return KM_WRAP_CHARGES;
		if (of_mem(text) != KM_WRAP_NONE)
			return of_mem(text);
		break;
	case 'c':
		if (km_str_starts(text, KM_STR("cache: ")))
			return KM_WRAP_CACHE;
		if (km_str_starts(text, KM_STR("cma: ")))
			return km_klog_wrap_of_cma(text);
		break;
	case 'C':
	case 'P':
		if ((km_str_starts(text, KM_STR("CPU: ")) || km_str_starts(text, KM_STR("Pid: "))) && HAS(text, "omm: ") &&
		    !has_build(text))
			return KM_WRAP_RUNNER;
		break;
	case 'm':
	case 's':
	case 'k':
		if (is_limit(text))
			return KM_WRAP_LIMIT;
		break;
	case 'T':
		if (km_str_starts(text, KM_STR("Task in /")) && !HAS(text, " limit of /"))
			return KM_WRAP_TASK_IN;
		break;
	default:
		break;
	}
	if (ends_with_frame(text))
		return KM_WRAP_MODULE;
	if (has_one_size(text))
		return KM_WRAP_SLAB;
	return may ? of_first_line(text) : KM_WRAP_NONE;
}

static bool goes_on_head(struct km_str so_far, struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("order="), KM_STR_INIT("gfp_mask="),
		KM_STR_INIT("gfp="), KM_STR_INIT("nodemask="), KM_STR_INIT("cpuset="), KM_STR_INIT("mems_allowed="),
		KM_STR_INIT("oom_score_adj="), KM_STR_INIT("oom_adj="),
		KM_STR_INIT("failed to allocate pages"), KM_STR_INIT("to allocate pages"), KM_STR_INIT("allocate pages"),
		KM_STR_INIT("pages,"), KM_STR_INIT("exceeds total pages"), KM_STR_INIT("total pages"),
		KM_STR_INIT("align="), KM_STR_INIT("atomic="), KM_STR_INIT("failed to populate"), KM_STR_INIT("to populate"),
		KM_STR_INIT("populate"),
	};

	if (HAS(so_far, "swiotlb buffer is full") && !HAS(so_far, "used "))
		return km_str_starts(text, KM_STR("total ")) || km_str_starts(text, KM_STR("used ")) || HAS(text, "(slots)");

	if (km_str_starts(so_far, KM_STR("cma: ")))
		return km_klog_wrap_goes_on_cma(so_far, text);
	if (HAS(so_far, "HugeTLB: allocating "))
		return km_klog_wrap_goes_on_hugetlb(so_far, text);
	if (km_str_starts(so_far, KM_STR("SL")))
		return !HAS(so_far, "gfp=") && HAS(text, "gfp=");
	if (HAS(text, "mode:0x") && !HAS(so_far, "mode:0x") && of_first_line(text) == KM_WRAP_NONE)
		return true;
	if (km_str_take_prefix(&text, KM_STR("order:")))
		return km_is_digit(*first_word(text).ptr);
	return ANY(text, words);
}

static bool goes_on_kill(struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("process "),
		KM_STR_INIT("total-vm:"), KM_STR_INIT("anon-rss:"), KM_STR_INIT("file-rss:"), KM_STR_INIT("shmem-rss:"),
		KM_STR_INIT("UID:"), KM_STR_INIT("UID "), KM_STR_INIT("pgtables:"), KM_STR_INIT("oom_score_adj:"),
		KM_STR_INIT("score "), KM_STR_INIT("or sacrifice child"), KM_STR_INIT("sacrifice child"),
	};

	/* the next process that was killed, in a log without times */
	if (HAS(text, "Kill process ") || HAS(text, "Killed process ") || HAS(text, "kill process "))
		return false;
	return ANY(text, words) || HAS(text, ") total-vm:") || HAS(text, ") score ");
}

static bool goes_on_runner(struct km_str text)
{
	static const struct km_str others[] = {
		KM_STR_INIT("Hardware name:"), KM_STR_INIT("Call "), KM_STR_INIT("Tainted: ["), KM_STR_INIT("Workqueue:"),
	};

	return !ANY(text, others) && (has_build(text) || HAS(text, "ainted"));
}

/*
 * Whether a line of figures was cut inside a word: "pagetables" ":4kB", "b" "ounce:0kB", "free_pcp:0" "kB". Each figure
 * has its name, a colon and kB.
 */
static bool is_cut(struct km_str so_far, struct km_str text)
{
	struct km_str last = { 0 }, name, word = first_word(text);
	uint64_t number;

	if (!km_str_take_last_word(&so_far, &last) || km_str_ends(last, KM_STR("?")) || km_str_ends(last, KM_STR(":")) ||
	    km_str_ends(last, KM_STR("kB")) || km_str_ends(last, KM_STR("KB")))
		return false;
	/* "all_unreclaimable? no Balloon:0kB" */
	if (km_str_eq(last, KM_STR("yes")) || km_str_eq(last, KM_STR("no")))
		return false;
	if (!km_str_take_until(&last, ':', &name))
		return *word.ptr == ':' || HAS(word, ":");
	return km_str_take_u64(&last, &number) && (is_kib(word) || *word.ptr == 'k' || *word.ptr == 'B');
}

bool km_klog_wrap_is_glued(enum km_klog_wrap wrap, struct km_str so_far, struct km_str text)
{
	return wrap == KM_WRAP_STATS && is_cut(so_far, text);
}

static bool goes_on_stats(struct km_str so_far, struct km_str text)
{
	struct km_str word = first_word(text), last = { 0 };

	if (is_cut(so_far, text))
		return true;
	km_str_take_last_word(&so_far, &last);
	if (km_str_eq(last, KM_STR("all_unreclaimable?")))
		return km_str_eq(word, KM_STR("yes")) || km_str_eq(word, KM_STR("no"));
	if (km_str_ends(last, KM_STR(":")))
		return is_kib(word);
	return begins_with_figure(text) || km_str_eq(word, KM_STR("all_unreclaimable?")) ||
	       km_str_starts(word, KM_STR("pages_scanned:"));
}

static bool goes_on_list(struct km_str so_far, struct km_str text)
{
	struct km_str word = first_word(text);

	if (has_sum(so_far))
		return false;
	return *word.ptr == '(' || km_str_eq(word, KM_STR("=")) || (km_is_digit(*word.ptr) && HAS(word, "kB"));
}

static bool goes_on_limit(struct km_str text)
{
	return km_str_starts(text, KM_STR("limit ")) || km_str_starts(text, KM_STR("failcnt ")) ||
	       km_is_digit(*text.ptr);
}

/* The parts of "killed as a result of limit of /b", in front of or behind a path. */
static bool goes_on_task_in(struct km_str so_far, struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("killed "), KM_STR_INIT("as "), KM_STR_INIT("a result "), KM_STR_INIT("result "), KM_STR_INIT("of "),
		KM_STR_INIT("limit of "), KM_STR_INIT("/"),
	};

	return !HAS(so_far, " limit of /") && ANY(text, words);
}

/* Figures, if any are missing, then a name: it may have blanks. Not "Mem-Info:". */
static bool goes_on_task(struct km_str text, bool stamped)
{
	struct km_str rest = text, word;

	while (km_str_take_word(&rest, &word) && (km_is_digit(*word.ptr) || *word.ptr == '-'))
		text = rest;
	return *text.ptr != '[' && (stamped || !km_str_ends(text, KM_STR(":"))) && km_str_trim(text).len <= NAME_MOST;
}

static bool goes_on_columns(struct km_str so_far, struct km_str text)
{
	static const struct km_str columns[] = {
		KM_STR_INIT("uid"), KM_STR_INIT("tgid"), KM_STR_INIT("total_vm"), KM_STR_INIT("rss"), KM_STR_INIT("pgtables_bytes"),
		KM_STR_INIT("nr_ptes"), KM_STR_INIT("nr_pmds"), KM_STR_INIT("swapents"), KM_STR_INIT("oom_"), KM_STR_INIT("cpu"),
		KM_STR_INIT("name"),
	};

	return !km_str_ends(so_far, KM_STR(" name")) && ANY(text, columns);
}

static bool goes_on_cache(struct km_str so_far, struct km_str text)
{
	static const struct km_str words[] = {
		KM_STR_INIT("object "), KM_STR_INIT("size: "), KM_STR_INIT("buffer "), KM_STR_INIT("default "), KM_STR_INIT("order: "),
		KM_STR_INIT("min "),
	};

	return ANY(text, words) || (km_str_ends(so_far, KM_STR(":")) && km_is_digit(*text.ptr));
}

bool km_klog_wrap_goes_on(enum km_klog_wrap wrap, struct km_str so_far, struct km_str text, bool stamped)
{
	switch (wrap) {
	case KM_WRAP_HEAD:
		return goes_on_head(so_far, text);
	case KM_WRAP_KILL:
		return goes_on_kill(text);
	case KM_WRAP_WARNING:
		return !HAS(so_far, "+0x") && HAS(text, "+0x");
	case KM_WRAP_FRAME:
		return !HAS(so_far, "+0x") && HAS(text, "+0x") &&
		       (!km_str_starts(text, KM_STR("[<")) || km_str_ends(so_far, KM_STR(" from")));
	case KM_WRAP_RUNNER:
		return !has_build(so_far) && goes_on_runner(text);
	case KM_WRAP_SLAB:
		return has_one_size(so_far) && is_kib(text);
	case KM_WRAP_MODULE:
		return *text.ptr == '[' && km_str_ends(text, KM_STR("]")) && !km_is_digit(text.ptr[1]);
	case KM_WRAP_STATS:
		return goes_on_stats(so_far, text);
	case KM_WRAP_LIST:
		return goes_on_list(so_far, text);
	case KM_WRAP_HUGE:
		return km_str_starts(text, KM_STR("hugepages_"));
	case KM_WRAP_POOL:
		return km_klog_wrap_goes_on_pool(text);
	case KM_WRAP_CHARGES:
		return begins_with_figure(text);
	case KM_WRAP_LIMIT:
		return goes_on_limit(text);
	case KM_WRAP_TASK_IN:
		return goes_on_task_in(so_far, text);
	case KM_WRAP_COLUMNS:
		return goes_on_columns(so_far, text);
	case KM_WRAP_CACHE:
		return goes_on_cache(so_far, text);
	case KM_WRAP_TASK:
		return goes_on_task(text, stamped);
	case KM_WRAP_NONE:
		break;
	}
	return false;
}
