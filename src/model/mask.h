/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GFP masks to explain: a row for each reading of each. */
#ifndef KM_MODEL_MASK_H
#define KM_MODEL_MASK_H

#include "model/prediction.h"

/* A flag of a mask; parts are what a combination is made of. */
struct km_mask_flag {
	struct km_str name;
	struct km_str value;
	const struct km_word *group;
	struct km_str brief;
	struct km_rows parts; /* struct km_mask_flag */
};

/* Whether the names beside a number belong to it. */
enum km_mask_names {
	KM_MASK_NAMES_RIGHT, /* they do, or there are none */
	KM_MASK_NAMES_OF_KERNEL, /* they belong to it in other releases */
	KM_MASK_NAMES_OF_HEADER, /* the same of a line of a header */
	KM_MASK_NAMES_OF_NONE, /* in no release that has a table */
};

struct km_mask {
	struct km_str word;
	struct km_str name;
	struct km_str value;
	uint64_t number;
	struct km_str when;
	struct km_str kernel;
	struct km_str kernels;
	const struct km_word *source;
	enum km_tri verified;
	enum km_tri block;
	enum km_tri io;
	enum km_tri fs;
	enum km_tri kswapd;
	struct km_texts contexts;
	double min_ratio;
	enum km_tri highatomic;
	struct km_str zone;
	struct km_str type;
	enum km_tri slab;
	struct km_texts complaints;
	struct km_rows flags; /* struct km_mask_flag */
	uint64_t order;
	uint64_t request_bytes;
	struct km_str zones_from;
	const struct km_word *prediction;
	struct km_str reason;
	struct km_rows zones; /* struct km_request_zone */
	/* Input for report/mask-text.h, which writes complaints and reason. */
	struct km_prediction predicted;
	unsigned int faults; /* km_gfp_faults() */
	uint32_t unnamed;    /* bits that are no flag of the kernel */
	enum km_mask_names names;
	struct km_str names_of; /* the releases, with KM_MASK_NAMES_OF_KERNEL and _OF_HEADER */
};

/* Which kernel's flags a list has. */
struct km_mask_kernel {
	struct km_str kernel;
	struct km_str kernels;
	const struct km_word *source;
	enum km_tri verified;
};

extern const struct km_sheet_type km_mask_type;
extern const struct km_sheet_type km_mask_kernel_type;
extern const struct km_sheet_type km_mask_flag_type;

/* The words of source and of group; each ends with a word without key. */
extern const struct km_word km_mask_ways[];
extern const struct km_word km_mask_groups[];

enum km_mask_group { KM_MASK_HOW, KM_MASK_WHERE, KM_MASK_TYPE };

struct km_mask_query {
	struct km_pool *pool;
	const struct km_gfp_kernel *kernel;
	struct km_str release;        /* as the kernel calls itself, or as it was requested */
	struct km_supply supply;      /* the machine's, with all zones; may have none */
	uint64_t order, node;         /* of the request; node KM_UNKNOWN: not known where it begins */
	/* A phrase about a flag; may be NULL. */
	struct km_str (*brief)(void *data, struct km_str name);
	void *data;
	struct km_str machine; /* release of the machine that the supply is of; empty: not known */
};

/*
 * The readings of a word: one, unless the configuration decides and is not known. Those that leave a
 * bit without a name are only given when all do. -EINVAL with err as of km_gfp_encode().
 */
int km_mask_derive(const struct km_mask_query *query, struct km_str word, struct km_sheet *ret,
		   struct km_err *err);

/* Whether the machine has a zone of that name; data is a sheet of struct km_zone. Yes when its zones are not known. */
bool km_mask_has_zone(const void *data, struct km_str name);

/* Texts owned by the query's pool. */
void km_mask_kernel(const struct km_mask_query *query, struct km_mask_kernel *ret);

/* The flags of a kernel as rows of km_flags_type; a value that the configuration decides is unknown. */
struct km_sheet km_mask_list(const struct km_mask_query *query);

extern const struct km_vocabulary km_mask_way_vocabulary;

extern const struct km_vocabulary km_mask_group_vocabulary;

#endif
