/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GFP masks to explain: a row for each interpretation of each mask. */
#ifndef KM_MODEL_MASK_H
#define KM_MODEL_MASK_H

#include "model/prediction.h"

/* A flag of a mask. parts are the flags of a combination. */
struct km_mask_flag {
	struct km_str name;
	struct km_str value;
	const struct km_word *group;
	struct km_str brief;
	struct km_rows parts; /* struct km_mask_flag */
};

/* Whether the names beside a number match it. */
enum km_mask_names {
	KM_MASK_NAMES_RIGHT, /* they match, or there are none */
	KM_MASK_NAMES_OF_KERNEL, /* they match in other releases */
	KM_MASK_NAMES_OF_HEADER, /* the same for a line of a header */
	KM_MASK_NAMES_OF_NONE, /* they match in no known release */
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
	/* Input of report/mask-text.h, which writes complaints and reason. */
	struct km_prediction predicted;
	unsigned int faults; /* km_gfp_faults() */
	uint32_t unnamed;    /* bits that are no flags of the kernel */
	enum km_mask_names names;
	struct km_str names_of; /* with KM_MASK_NAMES_OF_KERNEL and _OF_HEADER, the releases */
};

/* The kernel of a list of flags. */
struct km_mask_kernel {
	struct km_str kernel;
	struct km_str kernels;
	const struct km_word *source;
	enum km_tri verified;
};

extern const struct km_sheet_type km_mask_type;
extern const struct km_sheet_type km_mask_kernel_type;
extern const struct km_sheet_type km_mask_flag_type;

/* The words of source and of group. Each ends with a NULL key. */
extern const struct km_word km_mask_ways[];
extern const struct km_word km_mask_groups[];

enum km_mask_group { KM_MASK_HOW, KM_MASK_WHERE, KM_MASK_TYPE };

struct km_mask_query {
	struct km_pool *pool;
	const struct km_gfp_kernel *kernel;
	struct km_str release;        /* as uname prints it, or as the user requested */
	struct km_supply supply;      /* of the machine, with all zones; may have none */
	uint64_t order, node;         /* of the request; node: the first one, or KM_UNKNOWN */
	/* Returns a phrase about a flag; may be NULL. */
	struct km_str (*brief)(void *data, struct km_str name);
	void *data;
	struct km_str machine; /* release of the machine with this supply; empty: unknown */
};

/*
 * The interpretations of a word: usually one. There are several if they depend on an unknown configuration.
 * One that leaves a bit without a name is only returned if all do. 0, or -EINVAL with err of km_gfp_encode().
 */
int km_mask_derive(const struct km_mask_query *query, struct km_str word, struct km_sheet *ret,
		   struct km_err *err);

/*
 * Whether the machine has a zone with this name. data is a sheet of struct km_zone. True if its zones are
 * unknown.
 */
bool km_mask_has_zone(const void *data, struct km_str name);

/* Fills *ret. The query's pool owns the texts. */
void km_mask_kernel(const struct km_mask_query *query, struct km_mask_kernel *ret);

/* The flags of a kernel as rows of km_flags_type. Values that depend on an unknown configuration are unknown. */
struct km_sheet km_mask_list(const struct km_mask_query *query);

/*
 * Whether a word is a mask, such as "0xcc0", "gfp_mask=0xcc0(GFP_KERNEL)" or "GFP_KERNEL|__GFP_COMP", and not
 * a line of a log that contains one.
 */
bool km_mask_is_like(struct km_str word);

extern const struct km_vocabulary km_mask_way_vocabulary;

extern const struct km_vocabulary km_mask_group_vocabulary;

#endif
