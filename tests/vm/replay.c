// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Predicts again, from the bytes that `lab predict` saved, what was tried then, and counts where the prediction and
 * the kernel disagree:  replay DIRECTORY...
 *
 * A directory is of one kernel and has a folder a group of requests: the files before and after, and tries, a line for
 * each request. Each is predicted three times: from the helper module's file, from what root can read
 * without it, and from what every user can read. Prints one line per mode, for RESULTS.md, then the disagreements.
 *
 * The machine keeps running during the requests. A disagreement is a race if the files after the state, or those of the
 * other reader from the same moment, give the answer that came true, or if the zone was then nearer to its watermark than
 * its counters can lag. Of any other the snapshots are shown that explain it.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include "model/gfp.h"
#include "model/node-order.h"
#include "model/prediction.h"

enum mode { MODE_MODULE, MODE_ROOT, MODE_USER, MODES };

static const char *const mode_names[] = { "module", "root", "user" };

struct count {
	unsigned int requests, sure, wrong, race, zones, zones_right, zones_race;
};

/* The kernel of a directory. */
struct kernel {
	struct km_pool pool;
	struct km_gfp_kernel gfp;
	struct km_node_distance *nodes;
	size_t nodes_len;
	uint64_t pageblock_bytes, page_bytes;
};

/* The files of one moment. */
struct moment {
	struct km_pool pool;
	struct km_problems problems;
	struct km_zoneinfo zoneinfo;
	struct km_buddyinfo buddyinfo;
	struct km_pagetypeinfo pagetypeinfo;
	struct km_module_file module;
	struct km_supply supply[MODES];
};

/* Terminated by NUL, owned by the pool; .ptr NULL where it cannot be read. */
static struct km_str read_file(struct km_pool *pool, const char *directory, const char *name)
{
	struct km_str path = km_pool_printf(pool, "%s/%s", directory, name);
	FILE *file = fopen(path.ptr, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t len;

	if (!file)
		return (struct km_str){ 0 };
	len = getdelim(&text, &room, EOF, file);
	fclose(file);
	if (len <= 0)
		return (struct km_str){ 0 };
	km_pool_adopt(pool, text);
	return (struct km_str){ text, (size_t)len };
}

static void read_kernel(const char *directory, struct kernel *ret)
{
	struct km_str release = km_str_trim(read_file(&ret->pool, directory, "release")), line, word;
	struct km_str version = read_file(&ret->pool, directory, "version");
	struct km_str nodes = read_file(&ret->pool, directory, "nodes");
	struct km_str huge = read_file(&ret->pool, directory, "hugepage");
	uint64_t sublevel = km_parse_sublevel(release), number;

	km_gfp_of_kernel(&ret->pool, release, NULL, NULL, &ret->gfp);
	if (sublevel == KM_UNKNOWN)
		sublevel = km_parse_debian_sublevel(version);
	ret->gfp.rules = km_alloc_rules_of(km_parse_release(release), sublevel);
	while (km_str_take_word(&huge, &word))
		if (!km_str_to_u64(word, &number))
			ret->pageblock_bytes = number * 1024;
	ret->nodes = km_pool_alloc(&ret->pool, 64, sizeof(*ret->nodes));
	while (ret->nodes_len < 64 && km_str_take_line(&nodes, &line)) {
		struct km_node_distance *node = &ret->nodes[ret->nodes_len++];

		if (!km_str_take_word(&line, &word) || km_str_to_u64(word, &node->node))
			continue;
		node->has_cpus = km_str_take_word(&line, &word) && word.len;
		node->distances = km_pool_alloc(&ret->pool, 64, sizeof(*node->distances));
		while (node->distances_len < 64 && km_str_take_word(&line, &word) &&
		       !km_str_to_u64(word, &node->distances[node->distances_len]))
			node->distances_len++;
	}
}

static void read_moment(const struct kernel *kernel, const char *directory, struct moment *ret)
{
	struct km_parse parse = { .problems = &ret->problems };
	struct km_supply common = { .page_bytes = kernel->page_bytes, .pageblock_bytes = kernel->pageblock_bytes };

	km_parse_zoneinfo(&parse, read_file(&ret->pool, directory, "proc/zoneinfo"), &ret->zoneinfo);
	km_parse_buddyinfo(&parse, read_file(&ret->pool, directory, "proc/buddyinfo"), &ret->buddyinfo);
	km_parse_pagetypeinfo(&parse, read_file(&ret->pool, directory, "proc/pagetypeinfo"), &ret->pagetypeinfo);
	km_parse_module_file(&parse, read_file(&ret->pool, directory, "proc/kmeminfo/zones"), &ret->module);
	common.zones = km_zone_derive(&ret->pool, &ret->zoneinfo, kernel->page_bytes, true);
	common.buddyinfo = &ret->buddyinfo;
	ret->supply[MODE_USER] = ret->supply[MODE_ROOT] = ret->supply[MODE_MODULE] = common;
	km_supply_add_types(&ret->pool, &ret->pagetypeinfo, &ret->supply[MODE_ROOT]);
	if (!km_supply_of_module(&ret->pool, &ret->module, &ret->supply[MODE_MODULE]))
		ret->supply[MODE_MODULE] = ret->supply[MODE_ROOT];
}

static void deinit_moment(struct moment *moment)
{
	km_zoneinfo_deinit(&moment->zoneinfo);
	km_buddyinfo_deinit(&moment->buddyinfo);
	km_pagetypeinfo_deinit(&moment->pagetypeinfo);
	km_module_file_deinit(&moment->module);
	km_problems_deinit(&moment->problems);
	km_pool_deinit(&moment->pool);
}

/* What was tried, and what came of it. */
struct trial {
	uint32_t mask;
	uint64_t order, node; /* KM_UNKNOWN: of the CPU, which is not known */
	bool granted;
	struct km_str zone; /* .ptr NULL: denied */
	uint64_t served;
};

/* "ORDER NODE MASK granted ZONE NODE", "ORDER NODE MASK denied"; node -1 is any. */
static bool parse_trial(struct km_str line, struct trial *ret)
{
	struct km_str order, node, mask, word;
	uint64_t number;

	*ret = (struct trial){ .node = KM_UNKNOWN, .served = KM_UNKNOWN };
	if (!km_str_take_word(&line, &order) || !km_str_take_word(&line, &node) || !km_str_take_word(&line, &mask) ||
	    !km_str_take_word(&line, &word) || km_str_to_u64(order, &ret->order))
		return false;
	if (!km_str_to_u64(node, &number))
		ret->node = number;
	ret->mask = (uint32_t)strtoull(mask.ptr, NULL, 16);
	ret->granted = km_str_eq(word, KM_STR("granted"));
	return !ret->granted || (km_str_take_word(&line, &ret->zone) && km_str_take_word(&line, &word) &&
				 !km_str_to_u64(word, &ret->served));
}

static struct km_prediction predict(const struct kernel *kernel, struct moment *moment, enum mode mode,
				    const struct trial *trial)
{
	struct km_supply supply = moment->supply[mode];
	const uint64_t from = trial->node == KM_UNKNOWN && kernel->nodes_len == 1 ? 0 : trial->node;
	struct km_node_order nodes =
		km_node_order_from(&moment->pool, kernel->nodes, kernel->nodes_len, km_num_or(from, 0));
	struct km_request request;

	request = km_request_from(kernel->gfp.variants, &kernel->gfp.rules, trial->mask);
	request.order = trial->order;
	request.node = from;
	if (from != KM_UNKNOWN) {
		supply.nodes = nodes.nodes;
		supply.nodes_len = nodes.certain;
	}
	return km_prediction_of(&moment->pool, &supply, &request);
}

static bool is_wrong(const struct km_prediction *prediction, const struct trial *trial)
{
	return prediction->answer != KM_TRI_UNKNOWN && (prediction->answer == KM_TRI_YES) != trial->granted;
}

static bool names_other_zone(const struct km_prediction *prediction, const struct trial *trial)
{
	return prediction->zone.ptr && (!km_str_eq(prediction->zone, trial->zone) || prediction->node != trial->served);
}

/* A zone; .ptr NULL: all of the node but Movable. */
struct place {
	uint64_t node;
	struct km_str zone;
};

static bool is_in(const struct place *place, uint64_t node, struct km_str zone)
{
	return node == place->node && (place->zone.ptr ? km_str_eq(zone, place->zone) : !km_str_eq(zone, KM_STR("Movable")));
}

/* Free blocks of that order and larger, of types that the request may use. */
static uint64_t count_blocks(const struct moment *moment, const struct trial *trial, const struct place *place)
{
	enum { GFP_HIGH = 0x20 };
	const struct km_pagetypeinfo_free *free;
	uint64_t sum = 0;

	km_array_each(free, &moment->pagetypeinfo.free) {
		const unsigned int type = km_supply_type(free->type);

		if (!is_in(place, free->node, free->zone) || type == KM_BLOCK_CMA ||
		    (type == KM_BLOCK_HIGHATOMIC && !(trial->mask & GFP_HIGH)))
			continue;
		for (uint64_t i = trial->order; i < free->orders; i++)
			sum += free->nr_free[i];
	}
	return sum;
}

/* The zone that was wrongly thought to serve, or not to serve; of two, that of the node that the request is for. */
static struct place place_of(const struct trial *trial, const struct km_prediction *prediction)
{
	const bool serves = prediction->zone.ptr && (!trial->granted || prediction->node == trial->node);

	return serves ? (struct place){ prediction->node, prediction->zone } :
			(struct place){ trial->served, trial->zone };
}

/* A figure of the zone's line in the module's file. */
static long long figure_of(const struct moment *moment, const struct place *place, const char *name)
{
	const struct km_module_file_line *line;

	km_array_each(line, &moment->module.lines)
		if (km_str_eq(line->key, KM_STR("zone")) &&
		    is_in(place, km_module_file_number(line, KM_STR("node")), km_module_file_text(line, KM_STR("zone"))))
			return (long long)km_num_or(km_module_file_number(line, km_str_from(name)), 0);
	return 0;
}

static const struct km_request_zone *row_of(const struct km_prediction *prediction, const struct place *place)
{
	for (size_t i = 0; i < prediction->zones.len; i++)
		if (is_in(place, prediction->zones.rows[i].node, prediction->zones.rows[i].zone))
			return &prediction->zones.rows[i];
	return NULL;
}

/*
 * What the zone had for this request before and after, in pages: above its low watermark and above what must stay free at
 * the last attempt; blocks of the order and larger; what else changed.
 */
static void explain(const struct kernel *kernel, struct moment moments[2], enum mode mode, const struct trial *trial)
{
	static const char *const figures[] = { "low_pages", "pcp_pages", "highatomic_pages" };
	const struct km_prediction before = predict(kernel, &moments[0], mode, trial);
	const struct km_prediction after = predict(kernel, &moments[1], mode, trial);
	const struct place place = place_of(trial, &before);
	const struct km_request_zone *first = row_of(&before, &place), *last = row_of(&after, &place);
	const int64_t page = (int64_t)kernel->page_bytes;

	if (!first || !last)
		return;
	printf("; node %llu %.*s; above_low %lld %lld; above_limit %lld %lld; blocks %llu %llu",
	       (unsigned long long)place.node, KM_STR_ARG(place.zone),
	       (long long)(first->above_low_bytes / page), (long long)(last->above_low_bytes / page),
	       (long long)(first->available_bytes / page), (long long)(last->available_bytes / page),
	       (unsigned long long)count_blocks(&moments[0], trial, &place),
	       (unsigned long long)count_blocks(&moments[1], trial, &place));
	for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
		printf("; %s %lld %lld", figures[i], figure_of(&moments[0], &place, figures[i]),
		       figure_of(&moments[1], &place, figures[i]));
}

static void tell(const char *state, enum mode mode, const struct trial *trial, const struct km_prediction *prediction,
		 bool race)
{
	printf("  %s %s: 0x%x order %llu node %lld: predicted %.*s (node %lld %.*s), came out %s (node %lld %.*s)%s",
	       state, mode_names[mode], trial->mask, (unsigned long long)trial->order, (long long)trial->node,
	       KM_STR_ARG(km_word_str(prediction->word)), (long long)prediction->node, KM_STR_ARG(prediction->zone),
	       trial->granted ? "granted" : "denied", (long long)trial->served, KM_STR_ARG(trial->zone),
	       race ? ", a race" : "");
}

static bool is_right(const struct km_prediction *prediction, const struct trial *trial)
{
	return prediction->answer != KM_TRI_UNKNOWN && !is_wrong(prediction, trial);
}

static bool names_zone(const struct km_prediction *prediction, const struct trial *trial)
{
	return prediction->zone.ptr && !names_other_zone(prediction, trial);
}

/*
 * What is wrong before is not wrong after. The module's file is read first: the other files say what was a moment
 * later, and the other way round.
 */
static bool agrees_later(const struct kernel *kernel, struct moment moments[2], enum mode mode, const struct trial *trial,
			 bool wrong)
{
	const struct km_prediction after = predict(kernel, &moments[1], mode, trial);
	const struct km_prediction beside = predict(kernel, &moments[0], mode == MODE_MODULE ? MODE_ROOT : MODE_MODULE, trial);

	if (wrong)
		return !is_wrong(&after, trial) || is_right(&beside, trial);
	return names_zone(&after, trial) || names_zone(&beside, trial);
}

static bool is_within(int64_t bytes, uint64_t drift)
{
	return drift != KM_UNKNOWN && (uint64_t)(bytes < 0 ? -bytes : bytes) <= drift;
}

/* After the requests the zone is as near to its low watermark, or to its last limit, as CPUs' counters may lag. */
static bool is_within_lag(const struct kernel *kernel, struct moment moments[2], enum mode mode, const struct trial *trial)
{
	const struct km_prediction before = predict(kernel, &moments[0], mode, trial);
	const struct km_prediction after = predict(kernel, &moments[1], mode, trial);
	const struct place place = place_of(trial, &before);
	const struct km_request_zone *row = row_of(&after, &place);
	const struct km_sheet *zones = &moments[1].supply[MODE_USER].zones;

	for (size_t i = 0; row && i < zones->len; i++) {
		const struct km_zone *zone = km_sheet_row(zones, i);

		if (is_in(&place, zone->node, zone->zone))
			return is_within(row->above_low_bytes, zone->drift_bytes) ||
			       is_within(row->available_bytes, zone->drift_bytes);
	}
	return false;
}

/* What has been tried in a state so far. */
struct history {
	uint64_t listed_node; /* its last block of an order that CPUs keep on their lists; KM_UNKNOWN: none */
};

/* Orders whose freed blocks stay on the list of a CPU (k6.12:mm/page_alloc.c pcp_allowed_order). */
static bool is_listed(const struct kernel *kernel, const struct trial *trial)
{
	enum { COSTLY_ORDER = 3 };

	return trial->order <= COSTLY_ORDER || kernel->page_bytes << trial->order == kernel->pageblock_bytes;
}

/*
 * A block on the list of a CPU merges with nothing and serves no other order. If a request before took the only usable
 * block, or a piece of it, the next one does not find it.
 */
static bool was_taken(const struct moment *before, const struct trial *trial, const struct history *history)
{
	const struct place node = { trial->node, { 0 } };

	return !trial->granted && history->listed_node != KM_UNKNOWN && history->listed_node == trial->node &&
	       count_blocks(before, trial, &node) == 1;
}

static void judge(const struct kernel *kernel, const char *state, struct moment moments[2], const struct trial *trial,
		  const struct history *history, struct count counts[MODES])
{
	const bool taken = was_taken(&moments[0], trial, history);

	for (enum mode mode = 0; mode < MODES; mode++) {
		struct km_prediction before = predict(kernel, &moments[0], mode, trial);
		struct count *count = &counts[mode];
		bool wrong = is_wrong(&before, trial), other = false, race;

		count->requests++;
		count->sure += before.answer != KM_TRI_UNKNOWN;
		if (!wrong && trial->granted && before.zone.ptr) {
			other = names_other_zone(&before, trial);
			count->zones++;
			count->zones_right += !other;
		}
		if (!wrong && !other)
			continue;
		race = taken || agrees_later(kernel, moments, mode, trial, wrong) ||
		       is_within_lag(kernel, moments, mode, trial);
		if (wrong)
			*(race ? &count->race : &count->wrong) += 1;
		else
			count->zones_race += race;
		tell(state, mode, trial, &before, race);
		explain(kernel, moments, mode, trial);
		putchar('\n');
	}
}

static void replay_state(struct kernel *kernel, const char *directory, const char *state, struct count counts[MODES])
{
	struct km_pool pool = { 0 };
	struct km_str folder = km_pool_printf(&pool, "%s/%s", directory, state), tries, line;
	struct history history = { KM_UNKNOWN };
	struct moment moments[2] = { 0 };

	tries = read_file(&pool, folder.ptr, "tries");
	read_moment(kernel, km_pool_printf(&pool, "%s/before", folder.ptr).ptr, &moments[0]);
	read_moment(kernel, km_pool_printf(&pool, "%s/after", folder.ptr).ptr, &moments[1]);
	while (km_str_take_line(&tries, &line)) {
		struct trial trial;

		if (!parse_trial(line, &trial))
			continue;
		judge(kernel, state, moments, &trial, &history, counts);
		if (trial.granted && is_listed(kernel, &trial))
			history.listed_node = trial.served;
	}
	deinit_moment(&moments[0]);
	deinit_moment(&moments[1]);
	km_pool_deinit(&pool);
}

static int is_state(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strchr(entry->d_name, '-');
}

static bool replay(const char *directory)
{
	const char *name = strrchr(directory, '/') ? strrchr(directory, '/') + 1 : directory;
	struct kernel kernel = { .page_bytes = strstr(name, "16k") ? 16384 : strstr(name, "64k") ? 65536 : 4096 };
	struct count counts[MODES] = { 0 };
	struct dirent **states;
	int len = scandir(directory, &states, is_state, alphasort);
	bool good = len > 0;

	read_kernel(directory, &kernel);
	printf("%s\n", name);
	for (int i = 0; i < len; i++) {
		replay_state(&kernel, directory, states[i]->d_name, counts);
		free(states[i]);
	}
	for (enum mode mode = 0; mode < MODES; mode++) {
		const struct count *count = &counts[mode];

		printf("| %s | %s | %d | %u | %u | %u | %u | %u of %u | %u |\n", name, mode_names[mode], len,
		       count->requests, count->sure, count->wrong, count->race, count->zones_right, count->zones,
		       count->zones_race);
		good &= count->requests && count->wrong * 1000 <= count->sure;
	}
	if (len >= 0)
		free(states);
	km_pool_deinit(&kernel.pool);
	return good;
}

int main(int argc, char **argv)
{
	bool good = argc > 1;

	for (int i = 1; i < argc; i++)
		good &= replay(argv[i]);
	return !good;
}
