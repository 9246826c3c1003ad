/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GFP flags of a kernel release: from masks to names and back. Numbers depend on the release and,
 * from 6.10 on, on the configuration: what is not known of it leaves several variants.
 */
#ifndef KM_MODEL_GFP_H
#define KM_MODEL_GFP_H

#include "base/err.h"
#include "base/field.h"
#include "model/alloc-rules.h"
#include "model/flags.h"
#include "parse/version.h"

struct km_gfp_flag {
	struct km_str name;
	uint32_t value; /* 0: left out by the configuration */
	uint32_t never; /* a mask with one of these bits is not printed by this name */
	bool single;    /* a __GFP_* bit; false: a combination */
};

/* One configuration's values. All borrow from the builtin tables, the module's file, or a pool. */
struct km_gfp {
	const struct km_gfp_flag *flags; /* bits, then combinations */
	size_t len;
	const struct km_str *print; /* the names that the kernel prints, in its order */
	size_t print_len;
	uint32_t named;  /* all bits that have a name */
	uint32_t config; /* bit i: symbol i of km_gfp_kernel.symbols is set */
};

/* How it is known which numbers hold: a word of km_gfp_ways. */
enum km_gfp_way {
	KM_GFP_MODULE,
	KM_GFP_CONFIG,
	KM_GFP_RELEASE,
	KM_GFP_UNVERIFIED, /* newer than the newest table, which is used; or the release is not known */
	KM_GFP_NONE,       /* no table: older than all of them, or a vendor's that is not known */
	KM_GFP_WAYS
};

struct km_gfp_kernel {
	uint64_t release;     /* KM_RELEASE(), at most that of the table */
	uint64_t first, last; /* mainline releases that have the table; KM_UNKNOWN without a table */
	struct km_str vendor; /* whose kernels alone have the table: "el7"; .ptr NULL: mainline */
	struct km_alloc_rules rules; /* of the release itself; its stable release is not known here */
	enum km_gfp_way way;
	struct km_texts symbols; /* CONFIG_* that the numbers depend on and that are not known */
	const struct km_gfp *variants; /* one for each state of the symbols */
	size_t len;
};

/* Returns the value of a CONFIG_* symbol. data is the caller's. */
typedef enum km_tri km_gfp_config(void *data, struct km_str symbol);

/*
 * The flags of a kernel by its full release ("3.10.0-1160.el7.x86_64"), from the built-in tables (data/gfp):
 * that of its vendor, if the vendor's kernels have flags of their own, or mainline's. config NULL:
 * nothing is known. Without a table (KM_GFP_NONE) there is one variant, without flags.
 */
void km_gfp_of_kernel(struct km_pool *pool, struct km_str release, km_gfp_config *config, void *data,
		      struct km_gfp_kernel *ret);

/* The same for a mainline release, as km_parse_release(). KM_UNKNOWN: the newest table. */
void km_gfp_of_release(struct km_pool *pool, uint64_t release, km_gfp_config *config, void *data,
		       struct km_gfp_kernel *ret);

/* 0, or -ENOENT with err when there is no table for the kernel, whose release is given for the message. */
int km_gfp_check(const struct km_gfp_kernel *kernel, struct km_str release, struct km_err *err);

/* The kernels that know a name which another kernel lacks. */
struct km_gfp_history {
	uint64_t first, last;   /* mainline releases that have it; KM_UNKNOWN: none has */
	struct km_str vendor;   /* the first vendor that has it, when no mainline release has */
	struct km_str today;    /* what newer kernels have instead; "-": nothing; .ptr NULL: not known */
	bool from_start, to_end; /* from the first table on, to the last */
};

/* False when no table has the name. Texts are built in. */
bool km_gfp_history(struct km_str name, struct km_gfp_history *ret);

/* Flags in the form of rows of km_flags_type, from which the texts are borrowed. */
void km_gfp_of_flags(struct km_pool *pool, const struct km_sheet *flags, struct km_gfp *ret);

/* The same with the values that the helper module was compiled with, which are exact. */
void km_gfp_of_module(struct km_pool *pool, uint64_t release, const struct km_sheet *flags,
		      struct km_gfp_kernel *ret);

/* Whether two names of flags are the same: upper and lower case are. */
bool km_gfp_same_name(struct km_str a, struct km_str b);

/* NULL when this kernel has none of that name; upper and lower case are the same. */
const struct km_gfp_flag *km_gfp_find(const struct km_gfp *gfp, struct km_str name);

/* The bits of a name, 0 when this kernel has no such flag. */
uint32_t km_gfp_bits(const struct km_gfp *gfp, const char *name);

/*
 * A mask as people, logs and headers write it, with or without "mode:" or "gfp_mask=" before it:
 *   0xcc0, 3264, 0x10u                        a number
 *   GFP_KERNEL|__GFP_ZERO                     names, with | + or , between; ~NAME takes away
 *   0xcc0(GFP_KERNEL)                         both: the number counts
 *   #define GFP_NOIO (__GFP_RECLAIM)          a line of gfp.h: the right side counts
 * 0, or -EINVAL with err filled. err names the unknown flag, and since or until when kernels have it, or the
 * nearest name.
 */
int km_gfp_encode(const struct km_gfp *gfp, struct km_str text, uint32_t *ret, struct km_err *err);

/* The names behind a number in "0xcc0(GFP_KERNEL)"; .ptr NULL when there are none. */
struct km_str km_gfp_names_in(struct km_str text);

/* The name that a line of gfp.h defines, "#define GFP_NOIO (__GFP_RECLAIM)"; .ptr NULL for other text. */
struct km_str km_gfp_defined_in(struct km_str text);

/* Whether a mask is written as a number, which means other flags in other kernels. */
bool km_gfp_is_number(struct km_str text);

/*
 * The flags that make up a mask, combinations first, as the kernel's %pGg writes them
 * (k4.6-7.2:lib/vsprintf.c format_flags): "GFP_KERNEL|__GFP_COMP". What has no name follows as a number,
 * a mask of 0 is "0". Owned by the pool.
 */
struct km_str km_gfp_name(struct km_pool *pool, const struct km_gfp *gfp, uint32_t mask);

/* Takes the next flag of that row from *mask, what is left of a whole one; NULL when that has no name. */
const struct km_gfp_flag *km_gfp_take(const struct km_gfp *gfp, uint32_t whole, uint32_t *mask);

/* The single flags in a value, "__GFP_IO,__GFP_FS"; .ptr NULL for none. Owned by the pool. */
struct km_str km_gfp_bits_text(struct km_pool *pool, const struct km_gfp *gfp, uint32_t value);

/* Whether a flag, by its place among a variant's, has the same value in all variants. */
bool km_gfp_is_certain(const struct km_gfp_kernel *kernel, size_t flag);

/* "6.12" of KM_RELEASE(6, 12), "2.6.32" of KM_RELEASE_2_6(32). */
struct km_str km_gfp_release_text(struct km_pool *pool, uint64_t release);

#endif
