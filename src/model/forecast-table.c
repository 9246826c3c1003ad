// SPDX-License-Identifier: GPL-2.0-or-later
/* What a machine can still give: common masks by order. */
#include "model/forecast.h"

static enum km_forecast_word {
	WORD_YES, WORD_LOW, WORD_RESERVE, WORD_SERVED, WORD_RECLAIM, WORD_COMPACT, WORD_CGROUP, WORD_NO, WORD_UNKNOWN
} word_of(const struct km_prediction *prediction)
{
	switch (prediction->verdict) {
	case KM_PREDICTION_AT_ONCE:
		return WORD_YES;
	case KM_PREDICTION_BELOW_LOW:
		return WORD_LOW;
	case KM_PREDICTION_RESERVES:
		return WORD_RESERVE;
	case KM_PREDICTION_SERVED:
		return WORD_SERVED;
	case KM_PREDICTION_RECLAIM:
		return WORD_RECLAIM;
	case KM_PREDICTION_COMPACTION:
		return WORD_COMPACT;
	case KM_PREDICTION_CGROUP_RECLAIM:
		return WORD_CGROUP;
	case KM_PREDICTION_CGROUP_REFUSED:
		return prediction->answer == KM_TRI_NO ? WORD_NO : WORD_CGROUP;
	case KM_PREDICTION_REFUSED:
	case KM_PREDICTION_NO_ZONE:
	case KM_PREDICTION_TOO_LARGE:
		return WORD_NO;
	case KM_PREDICTION_UNKNOWN:
	case KM_PREDICTIONS:
		break;
	}
	return WORD_UNKNOWN;
}

/* Masks that kernel code uses often, from the most to the least permissive. */
static const char *const table_masks[] = {
	"GFP_KERNEL", "GFP_KERNEL_ACCOUNT", "GFP_KERNEL|__GFP_NORETRY", "GFP_NOFS", "GFP_NOWAIT", "GFP_ATOMIC", "GFP_USER",
	"GFP_HIGHUSER_MOVABLE", "GFP_TRANSHUGE_LIGHT", "GFP_DMA|GFP_KERNEL", "GFP_DMA|GFP_ATOMIC", "GFP_DMA32|GFP_KERNEL",
};

enum { TABLE_MASKS = sizeof(table_masks) / sizeof(*table_masks), MOST_ORDERS = 32 };

static size_t orders_of(const struct km_supply *supply)
{
	size_t orders = supply->buddyinfo && supply->buddyinfo->zones.len ? supply->buddyinfo->zones.items[0].orders : 0;

	return orders < MOST_ORDERS ? orders : MOST_ORDERS;
}

/* Whether any limit of a cgroup could be read. Without limits a row for a charged mask would show nothing. */
static bool has_limits(const struct km_forecast_query *query)
{
	return query->cgroup.known != KM_TRI_UNKNOWN || query->cgroup.limits.len ||
	       !(query->mask & km_gfp_bits(query->kernel->variants, "__GFP_ACCOUNT"));
}

struct km_sheet km_forecast_table(const struct km_forecast_query *query)
{
	struct km_forecast_row *rows = km_pool_alloc(query->pool, TABLE_MASKS, sizeof(*rows));
	struct km_forecast_query one = *query;
	size_t len = 0, orders = orders_of(query->supply);

	one.api = -1;
	for (size_t i = 0; i < TABLE_MASKS; i++) {
		struct km_forecast_cell *cells = km_pool_alloc(query->pool, orders, sizeof(*cells));

		/* not every kernel defines every name */
		if (km_gfp_encode(query->kernel->variants, km_str_from(table_masks[i]), &one.mask, NULL) || !has_limits(&one))
			continue;
		for (one.order = 0; one.order < orders; one.order++) {
			/* the zones of one prediction, which the table does not show */
			struct km_pool pool = { 0 };
			struct km_forecast_result result;
			enum km_forecast_word word;

			one.pool = &pool;
			result = km_forecast_predict(&one);
			word = word_of(&result.prediction);

			cells[one.order] = (struct km_forecast_cell){
				one.order, km_num_mul(query->supply->page_bytes, 1ull << one.order),
				result.prediction.answer, result.prediction.word, &km_forecast_words[word],
			};
			km_pool_deinit(&pool);
		}
		km_row_init(&km_forecast_row_type, &rows[len]);
		rows[len].gfp = km_str_from(table_masks[i]);
		rows[len++].orders = (struct km_rows){ cells, orders };
	}
	return (struct km_sheet){ &km_forecast_row_type, rows, len, NULL };
}
