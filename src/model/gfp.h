/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GFP flags of a kernel release: from masks to names and back. The numbers depend on the release, and from
 * 6.10 on also on the configuration. An unknown configuration leaves several variants.
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
	uint32_t value; /* 0: disabled by the configuration */
	uint32_t never; /* a mask with one of these bits does not get this name */
	bool single;    /* a __GFP_* bit; false: a combination */
};

/* The values in one configuration. Texts are borrowed from the built-in tables, the module's file, or a pool. */
struct km_gfp {
	const struct km_gfp_flag *flags; /* bits, then combinations */
	size_t len;
	const struct km_str *print; /* the names that the kernel prints, in its order */
	size_t print_len;
	uint32_t named;  /* all bits with a name */
	uint32_t config; /* bit i: symbol i of km_gfp_kernel.symbols is set */
};

/* The source of the numbers: a position in km_gfp_ways. */
enum km_gfp_way {
	KM_GFP_MODULE,
	KM_GFP_CONFIG,
	KM_GFP_RELEASE,
	KM_GFP_UNVERIFIED, /* newer than the newest table, which is used; or an unknown release */
	KM_GFP_NONE,       /* no table: older than all tables, or an unknown vendor */
	KM_GFP_WAYS
};

struct km_gfp_kernel {
	uint64_t release;     /* KM_RELEASE(), at most that of the table */
	uint64_t first, last; /* mainline releases with these flags; KM_UNKNOWN without a table */
	struct km_str vendor; /* only this vendor's kernels have these flags: "el7"; .ptr NULL: mainline */
	struct km_alloc_rules rules; /* of the release; its stable release is unknown here */
	enum km_gfp_way way;
	struct km_texts symbols; /* CONFIG_* that the numbers depend on and that are unknown */
	const struct km_gfp *variants; /* one per combination of the symbols */
	size_t len;
};

/* Returns the value of a CONFIG_* symbol. data is the caller's. */
typedef enum km_tri km_gfp_config(void *data, struct km_str symbol);

/*
 * The flags of a kernel by its full release ("3.10.0-1160.el7.x86_64"), from the built-in tables (data/gfp):
 * the vendor's table if the vendor has other flags, otherwise mainline's. config NULL: the configuration is
 * unknown. Without a table (KM_GFP_NONE) there is one variant, without flags.
 */
void km_gfp_of_kernel(struct km_pool *pool, struct km_str release, km_gfp_config *config, void *data,
		      struct km_gfp_kernel *ret);

/* The same for a mainline release, as km_parse_release(). KM_UNKNOWN: the newest table. */
void km_gfp_of_release(struct km_pool *pool, uint64_t release, km_gfp_config *config, void *data,
		       struct km_gfp_kernel *ret);

/* 0, or -ENOENT with err filled if there is no table for the kernel. release is for the message. */
int km_gfp_check(const struct km_gfp_kernel *kernel, struct km_str release, struct km_err *err);

/* The kernels that have a name which another kernel lacks. */
struct km_gfp_history {
	uint64_t first, last;   /* mainline releases with the name; KM_UNKNOWN: none */
	struct km_str vendor;   /* the first vendor with the name, if no mainline release has it */
	struct km_str today;    /* its replacement in newer kernels; "-": nothing; .ptr NULL: unknown */
	bool from_start, to_end; /* from the first table on; up to the last */
};

/* Finds the history of a name. False if no table has it. Texts are built in. */
bool km_gfp_history(struct km_str name, struct km_gfp_history *ret);

/* Converts rows of km_flags_type, and borrows their texts. */
void km_gfp_of_flags(struct km_pool *pool, const struct km_sheet *flags, struct km_gfp *ret);

/* The same with the values compiled into the helper module, which are exact. */
void km_gfp_of_module(struct km_pool *pool, uint64_t release, const struct km_sheet *flags,
		      struct km_gfp_kernel *ret);

/* Whether two names of flags are equal; upper and lower case are the same. */
bool km_gfp_same_name(struct km_str a, struct km_str b);

/* The flag with this name; NULL if this kernel has none. Upper and lower case are the same. */
const struct km_gfp_flag *km_gfp_find(const struct km_gfp *gfp, struct km_str name);

/* The bits of a name; 0 if this kernel has no such flag. */
uint32_t km_gfp_bits(const struct km_gfp *gfp, const char *name);

/*
 * Parses a mask as people, logs and headers write it, with or without "mode:" or "gfp_mask=" in front:
 *
 *	0xcc0, 3264, 0x10u                        a number
 *	GFP_KERNEL|__GFP_ZERO                     names separated by | + or ,; & and ~ as in C
 *	0xcc0(GFP_KERNEL)                         both: the number counts
 *	#define GFP_NOIO (__GFP_RECLAIM)          a line of gfp.h: the right side counts
 *
 * 0, or -EINVAL with err filled. err names the unknown flag and the kernels that have it, or the most similar
 * name.
 */
int km_gfp_encode(const struct km_gfp *gfp, struct km_str text, uint32_t *ret, struct km_err *err);
/* Private to model/: the bits of one name or number, and of an expression of these. As km_gfp_encode(). */
int km_gfp_term(const struct km_gfp *gfp, struct km_str name, uint32_t *ret, struct km_err *err);
int km_gfp_expression(const struct km_gfp *gfp, struct km_str words, uint32_t *ret, struct km_err *err);

/* The names in "0xcc0(GFP_KERNEL)"; .ptr NULL if there are none. */
struct km_str km_gfp_names_in(struct km_str text);

/* The name in a line of gfp.h, "#define GFP_NOIO (__GFP_RECLAIM)"; .ptr NULL for other text. */
struct km_str km_gfp_defined_in(struct km_str text);

/* Whether a mask is written as a number, which means other flags in other kernels. */
bool km_gfp_is_number(struct km_str text);

/*
 * The names of a mask as the kernel's %pGg prints them, combinations first (k4.6-7.2:lib/vsprintf.c
 * format_flags): "GFP_KERNEL|__GFP_COMP". Bits without a name follow as a number, and a mask of 0 is "0". The
 * pool owns the text.
 */
struct km_str km_gfp_name(struct km_pool *pool, const struct km_gfp *gfp, uint32_t mask);

/* Takes the next of these flags from *mask, the rest of a whole mask; NULL if the rest has no name. */
const struct km_gfp_flag *km_gfp_take(const struct km_gfp *gfp, uint32_t whole, uint32_t *mask);

/* The single flags in a value, "__GFP_IO,__GFP_FS"; .ptr NULL if there are none. The pool owns the text. */
struct km_str km_gfp_bits_text(struct km_pool *pool, const struct km_gfp *gfp, uint32_t value);

/* Whether a flag has the same value in all variants. flag is its index in a variant. */
bool km_gfp_is_certain(const struct km_gfp_kernel *kernel, size_t flag);

/* "6.12" for KM_RELEASE(6, 12), "2.6.32" for KM_RELEASE_2_6(32). */
struct km_str km_gfp_release_text(struct km_pool *pool, uint64_t release);

#endif
