// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/vmallocinfo (k5.10..7.2:mm/vmalloc.c): one area per line. Every line has the range and the
 * size.
 *
 *   0xSTART-0xEND    8192 fat_cache_add.part.0+0x63/0x1d0 [fat] pages=1 vmalloc N0=1
 *   0xSTART-0xEND    8192 hpet_enable+0xe5/0x46c phys=0x00000000fed00000 ioremap
 *   0xSTART-0xEND 4198400 bpf_prog_pack_alloc+0x2b0/0x3c0 pages=1024 vmalloc vpages N0=512 N1=512
 *   0xSTART-0xEND   20480 unpurged vm_area
 *   0xSTART-0xEND   16384 vm_map_ram
 *
 * A machine that creates and frees areas all day has a million of these lines. So functions that
 * run for each word are inline, and each word is examined once.
 */
#include "base/scan.h"
#include "parse/vmallocinfo.h"

struct state {
	const struct km_vmallocinfo_taker *taker;
	const char *limit; /* the end of the text */
	struct km_vmallocinfo_area areas[KM_VMALLOCINFO_BATCH]; /* the last one may be incomplete */
	size_t len;
	KM_ARRAY(struct km_vmallocinfo_node) nodes; /* of all these areas */
};

#define STARTS(word, text) ((word).len >= sizeof(text) - 1 && !memcmp((word).ptr, text, sizeof(text) - 1))
#define MARK(text, mark)   (!memcmp(word.ptr, text, sizeof(text) - 1) ? (mark) : 0)

/* Compares lengths first: no two of these words with one length have the same first letter. */
static inline unsigned int mark_of(struct km_str word)
{
	switch (word.len) {
	case 4:
		return *word.ptr == 'v' ? MARK("vmap", KM_VMALLOCINFO_VMAP) :
					  MARK("user", KM_VMALLOCINFO_USER);
	case 6:
		return *word.ptr == 'v' ? MARK("vpages", KM_VMALLOCINFO_VPAGES) :
					  MARK("sparse", KM_VMALLOCINFO_SPARSE);
	case 7:
		return *word.ptr == 'v' ? MARK("vmalloc", KM_VMALLOCINFO_VMALLOC) :
					  MARK("ioremap", KM_VMALLOCINFO_IOREMAP);
	case 10:
		return MARK("vm_map_ram", KM_VMALLOCINFO_VM_MAP_RAM);
	case 12:
		return MARK("dma-coherent", KM_VMALLOCINFO_DMA_COHERENT);
	default:
		return 0;
	}
}

static inline bool is_next(const char *dash, const char *end)
{
	return end - dash >= 3 && dash[0] == '-' && dash[1] == '0' && dash[2] == 'x';
}

/*
 * Parses "0xSTART-0xEND". The kernel may print (____ptrval____) for either. Most lines have two
 * 64-bit addresses, with a dash between them and none before.
 */
static inline bool parse_range(struct km_str range, struct km_vmallocinfo_area *area)
{
	const char *dash = range.ptr + sizeof("0xffffc90000000000") - 1, *end = range.ptr + range.len;

	if (!STARTS(range, "0x"))
		return false;
	if (range.len < 21 || !is_next(dash, end) || memchr(range.ptr, '-', (size_t)(dash - range.ptr)))
		for (dash = range.ptr; !is_next(dash, end); dash++)
			if (dash == end)
				return false;
	area->start = (struct km_str){ range.ptr, (size_t)(dash - range.ptr) };
	area->end = (struct km_str){ dash + 1, (size_t)(end - dash) - 1 };
	return true;
}

/* The module of a caller is the only word in brackets. A build id may follow its name. */
static void parse_module(struct km_str *rest, struct km_vmallocinfo_area *area)
{
	struct km_str after = *rest, inside;

	if (!km_str_take_prefix(&after, KM_STR("[")) || !km_str_take_until(&after, ']', &inside))
		return;
	if (km_str_take_word(&inside, &area->module))
		*rest = after;
}

/* Without a caller (vm_struct.caller is NULL) the first word is a mark or contains "=". */
static inline void parse_caller(struct km_str *rest, struct km_vmallocinfo_area *area)
{
	struct km_str after = *rest, word = km_scan_word(&after);

	if (!word.len || mark_of(word) || memchr(word.ptr, '=', word.len))
		return;
	area->caller = word;
	*rest = after;
	after = km_scan_skip_blanks(after);
	if (after.len && *after.ptr == '[') {
		parse_module(&after, area);
		*rest = after;
	}
}

/* Parses "N0=256". False for other words. */
static inline bool parse_node(struct km_str word, struct state *state)
{
	struct km_vmallocinfo_node node;

	word = km_scan_skip(word, 1);
	if (!km_scan_digits_until(&word, state->limit, &node.node) || !word.len || *word.ptr != '=')
		return false;
	word = km_scan_skip(word, 1);
	if (!km_scan_digits_until(&word, state->limit, &node.pages) || word.len)
		return false;
	*km_array_push(&state->nodes) = node;
	return true;
}

/* The marks are adjacent, so one piece of the line contains them all. */
static inline void add_mark(struct km_str word, struct km_vmallocinfo_area *area)
{
	area->mark |= mark_of(word);
	if (!area->marks.ptr)
		area->marks.ptr = word.ptr;
	area->marks.len = (size_t)(word.ptr + word.len - area->marks.ptr);
}

static bool parse_words(struct km_str rest, struct km_vmallocinfo_area *area, struct state *state)
{
	struct km_str word;

	while ((word = km_scan_word(&rest)).len) {
		if (STARTS(word, "pages=")) {
			word = km_scan_skip(word, 6);
			if (area->nr_pages != KM_UNKNOWN ||
			    !km_scan_digits_until(&word, state->limit, &area->nr_pages) || word.len)
				return false;
		} else if (STARTS(word, "phys=")) {
			area->phys = km_scan_skip(word, 5);
		} else if (*word.ptr == 'N' && parse_node(word, state)) {
			area->nodes_len++;
		} else {
			add_mark(word, area);
		}
	}
	return true;
}

/* Clears these members only, because all others are set. Clearing all costs more than reading a word. */
static inline void begin_area(struct km_vmallocinfo_area *area)
{
	area->caller = area->module = area->phys = area->marks = (struct km_str){ NULL, 0 };
	area->nr_pages = KM_UNKNOWN;
	area->mark = 0;
	area->nodes_len = 0;
}

/* Returns what is wrong with the line, or NULL. */
static inline const char *parse_area(struct km_str line, struct km_vmallocinfo_area *area,
				     struct state *state)
{
	begin_area(area);
	if (!parse_range(km_scan_word(&line), area))
		return KM_SAID("no \"0xSTART-0xEND\" in front");
	if (!km_scan_number(km_scan_word(&line), &area->size))
		return KM_SAID("no size");
	line = km_scan_skip_blanks(line);
	if (STARTS(line, "unpurged vm_area")) {
		area->mark = KM_VMALLOCINFO_UNPURGED;
		area->marks = km_str_trim(line);
		return NULL;
	}
	parse_caller(&line, area);
	return parse_words(line, area, state) ? NULL : "\"pages=\" is not one number";
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum {
	WIDE_DASH = sizeof("0xffffc90000000000") - 1,
	WIDE_SIZE = 2 * WIDE_DASH + 1,  /* the blank before the size */
	WIDE_REST = WIDE_SIZE + 1 + 7, /* the blank after the size (%7ld) */
};

#define ALL(byte) (0x0101010101010101ull * (byte))
/* Bit 4 of each byte: 0 for a blank, a dash, a tab and a line end, 1 for a character of an address. */
#define SOLID(bytes) ((bytes) | (bytes) >> 2)

/*
 * Parses the range and the size as 64-bit kernels print them. No branch depends on the digits,
 * because a CPU cannot predict them, and a wrong guess costs more than this whole function. False:
 * the line has another form.
 */
static inline bool usual_range(const char *at, struct km_vmallocinfo_area *area)
{
	uint64_t solid, size, blanks, others;

	solid = SOLID(km_scan_load(at + 2)) & SOLID(km_scan_load(at + 10)) &
		SOLID(km_scan_load(at + WIDE_DASH + 3)) & SOLID(km_scan_load(at + WIDE_DASH + 11));
	size = km_scan_load(at + WIDE_SIZE);
	others = km_scan_no_digits(size);
	blanks = others ^ ALL(0x80);
	/* all places before the first digit are blanks, and no blank follows it */
	blanks = blanks ? (blanks & -blanks) - 1 : 0;
	if (~solid & ALL(0x10) || memcmp(at, "0x", 2) || memcmp(at + WIDE_DASH, "-0x", 3) ||
	    at[WIDE_SIZE] != ' ' || others != (blanks & ALL(0x80)) || ((size ^ ALL(' ')) & (blanks >> 7)) ||
	    at[WIDE_REST] != ' ')
		return false;
	area->start = (struct km_str){ at, WIDE_DASH };
	area->end = (struct km_str){ at + WIDE_DASH + 1, WIDE_DASH };
	area->size = km_scan_eight(size);
	return true;
}
enum {
	USUAL_CALLER = 256, /* bytes */
	USUAL_MODULE = 64,
	USUAL_NODES = 8,
	USUAL_BYTES = 1024, /* more bytes than such a line has, including those examined after it */
};

/*
 * One bit for each of eight bytes that is "=" or at most 0x20. If several bits are set, only the
 * lowest is reliable.
 */
static inline uint32_t ends_of(const char *at)
{
	const uint64_t bytes = km_scan_load(at), equal = bytes ^ ALL('=');
	const uint64_t ends = (((bytes - ALL(0x21)) & ~bytes) | ((equal - ALL(1)) & ~equal)) & ALL(0x80);

	return (uint32_t)((ends >> 7) * 0x0102040810204080 >> 56);
}

/*
 * The length of a caller that ends with a blank; 0: the word is something else. Most callers have
 * up to 32 bytes; for them no branch depends on the length.
 */
static inline size_t usual_caller(const char *at)
{
	for (size_t len = 0; len < USUAL_CALLER; len += 32) {
		const uint32_t ends = ends_of(at + len) | ends_of(at + len + 8) << 8 |
				      ends_of(at + len + 16) << 16 | ends_of(at + len + 24) << 24;

		if (!ends)
			continue;
		len += (size_t)__builtin_ctz(ends);
		return at[len] == ' ' ? len : 0;
	}
	return 0;
}

/* Parses " N0=512 N1=512" up to the end of the line. */
static inline bool usual_nodes(const char **at, struct km_vmallocinfo_area *area, struct state *state)
{
	while ((*at)[0] == ' ' && (*at)[1] == 'N' && area->nodes_len < USUAL_NODES) {
		struct km_vmallocinfo_node node;
		const char *next = *at + 2;

		next += km_scan_few_digits(next, &node.node);
		if (next == *at + 2 || *next != '=')
			return false;
		*at = ++next;
		next += km_scan_few_digits(next, &node.pages);
		if (next == *at)
			return false;
		*at = next;
		*km_array_push(&state->nodes) = node;
		area->nodes_len++;
	}
	return **at == '\n';
}

/* Parses " [MODULE]", or nothing. False: the brackets contain something else. */
static inline bool usual_module(const char **at, struct km_vmallocinfo_area *area)
{
	const char *name = *at + 2;
	size_t len = 0;

	if ((*at)[1] != '[')
		return true;
	while (len < USUAL_MODULE && name[len] > ' ' && name[len] != ']')
		len++;
	if (!len || name[len] != ']')
		return false;
	area->module = (struct km_str){ name, len };
	*at = name + len + 1;
	return true;
}

/* "CALLER [MODULE] pages=4 vmalloc vpages N0=4" */
static inline bool usual_words(const char **at, struct km_vmallocinfo_area *area, struct state *state)
{
	const struct km_str caller = { *at, usual_caller(*at) };
	const char *marks, *next = *at + caller.len;
	size_t digits;

	if (!caller.len || mark_of(caller) || !usual_module(&next, area) || memcmp(next, " pages=", 7))
		return false;
	digits = km_scan_few_digits(next + 7, &area->nr_pages);
	next += 7 + digits;
	if (!digits || memcmp(next, " vmalloc", 8))
		return false;
	area->caller = caller;
	area->mark = KM_VMALLOCINFO_VMALLOC;
	marks = next + 1;
	next += 8;
	if (!memcmp(next, " vpages", 7)) {
		area->mark |= KM_VMALLOCINFO_VPAGES;
		next += 7;
	}
	area->marks = (struct km_str){ marks, (size_t)(next - marks) };
	*at = next;
	return usual_nodes(at, area, state);
}

/*
 * Reads a line in one of the two forms that nearly all of a million lines have, without a search
 * for its end. False: takes nothing, and the caller reads the line word by word.
 */
static inline bool take_usual(struct km_str *text, struct km_vmallocinfo_area *area, struct state *state)
{
	static const char unpurged[] = "unpurged vm_area\n";
	const size_t nodes = state->nodes.len;
	const char *at = text->ptr + WIDE_REST + 1;

	if (text->len < USUAL_BYTES || !usual_range(text->ptr, area))
		return false;
	begin_area(area);
	if (!memcmp(at, unpurged, sizeof(unpurged) - 1)) {
		area->mark = KM_VMALLOCINFO_UNPURGED;
		area->marks = (struct km_str){ at, sizeof(unpurged) - 2 };
		at += sizeof(unpurged) - 2;
	} else if (!usual_words(&at, area, state)) {
		state->nodes.len = nodes;
		return false;
	}
	*text = km_scan_skip(*text, (size_t)(at + 1 - text->ptr));
	return true;
}
#else
static inline bool take_usual(struct km_str *text, struct km_vmallocinfo_area *area, struct state *state)
{
	(void)text;
	(void)area;
	(void)state;
	return false;
}
#endif

/* Nodes move while more of them are read, so the areas get their pointers at the end. */
static void hand_on(struct state *state)
{
	const struct km_vmallocinfo_node *node = state->nodes.items;

	for (size_t i = 0; i < state->len; i++) {
		state->areas[i].nodes = node;
		if (state->areas[i].nodes_len)
			node += state->areas[i].nodes_len;
	}
	if (state->len)
		state->taker->take(state->taker->data, state->areas, state->len);
	state->len = state->nodes.len = 0;
}

/* Adds the area that was read. */
static inline void take_area(struct state *state)
{
	if (++state->len == KM_VMALLOCINFO_BATCH)
		hand_on(state);
}

void km_parse_vmallocinfo(struct km_parse *parse, struct km_str text,
			  const struct km_vmallocinfo_taker *taker)
{
	struct state state = { .taker = taker, .limit = text.ptr + text.len };
	const char *wrong;
	struct km_str line;

	for (;;) {
		const size_t nodes = state.nodes.len;

		if (take_usual(&text, &state.areas[state.len], &state)) {
			parse->line++;
			take_area(&state);
			continue;
		}
		if (!km_parse_line(parse, &text, &line))
			break;
		wrong = parse_area(line, &state.areas[state.len], &state);
		if (!wrong) {
			take_area(&state);
			continue;
		}
		state.nodes.len = nodes;
		if (km_str_trim(line).len)
			km_parse_problem(parse, "%s", wrong);
	}
	hand_on(&state);
	km_array_deinit(&state.nodes);
}
