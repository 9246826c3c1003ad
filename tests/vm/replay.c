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
 * other reader from the same moment, give the answer that came true. Of any other the snapshots are shown that explain it.
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

/* Free blocks of that order and larger on the request's node, of types that it may use; none of zone Movable. */
static uint64_t count_blocks(const struct moment *moment, const struct trial *trial)
{
	enum { GFP_HIGH = 0x20 };
	const uint64_t node = trial->node == KM_UNKNOWN ? 0 : trial->node;
	const struct km_pagetypeinfo_free *free;
	uint64_t sum = 0;

	km_array_each(free, &moment->pagetypeinfo.free) {
		const unsigned int type = km_supply_type(free->type);

		if (free->node != node || km_str_eq(free->zone, KM_STR("Movable")) || type == KM_BLOCK_CMA ||
		    (type == KM_BLOCK_HIGHATOMIC && !(trial->mask & GFP_HIGH)))
			continue;
		for (size_t i = trial->order; i < free->orders; i++)
			sum += free->nr_free[i];
	}
	return sum;
}

/* The most pages on one CPU's list in a zone of that node, of the module's file. */
static uint64_t count_listed(const struct moment *moment, uint64_t node)
{
	const struct km_module_file_line *line;
	uint64_t most = 0;

	km_array_each(line, &moment->module.lines)
		if (km_str_eq(line->key, KM_STR("pcp")) && km_module_file_number(line, KM_STR("node")) == node) {
			const uint64_t pages = km_num_or(km_module_file_number(line, KM_STR("pages")), 0);

			most = pages > most ? pages : most;
		}
	return most;
}

static void explain(const struct kernel *kernel, const struct moment moments[2], const struct trial *trial)
{
	const uint64_t listed = count_listed(&moments[0], trial->node == KM_UNKNOWN ? 0 : trial->node);

	printf("; usable blocks of this order and larger: %llu before, %llu after",
	       (unsigned long long)count_blocks(&moments[0], trial), (unsigned long long)count_blocks(&moments[1], trial));
	if (kernel->page_bytes << trial->order == kernel->pageblock_bytes && listed >= 1ull << trial->order)
		printf("; the list of a CPU had %llu pages", (unsigned long long)listed);
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

/* What has been tried in a state so far. */
struct history {
	uint64_t huge_node; /* that served a block as large as a huge page; KM_UNKNOWN: none */
};

/*
 * A block of a huge page's size goes to the list of the CPU that frees it, where it merges with nothing and serves no
 * other order (k6.12:mm/page_alloc.c pcp_allowed_order). If the request before took the only usable block, or half of
 * it, the next one does not find it.
 */
static bool was_taken(const struct moment *before, const struct trial *trial, const struct history *history)
{
	return !trial->granted && history->huge_node != KM_UNKNOWN && history->huge_node == trial->node &&
	       count_blocks(before, trial) == 1;
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
		race = taken || agrees_later(kernel, moments, mode, trial, wrong);
		if (wrong)
			*(race ? &count->race : &count->wrong) += 1;
		else
			count->zones_race += race;
		tell(state, mode, trial, &before, race);
		if (!race)
			explain(kernel, moments, trial);
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
		if (trial.granted && kernel->page_bytes << trial.order == kernel->pageblock_bytes)
			history.huge_node = trial.served;
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
