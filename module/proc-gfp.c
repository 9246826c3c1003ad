// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/gfp: every GFP flag and every predefined combination, as compiled into this kernel.
 *
 *	kmeminfo-gfp 1
 *	bits_shift N			the flags fit into N bits
 *	unnamed_bits 0xN		bits below N without a line
 *	movable_shift N			GFP_MOVABLE_SHIFT
 *	bit name=__GFP_X WORDS		one flag; its value is 0 if this kernel has it disabled
 *	combination name=GFP_X WORDS	several flags under one name, or a mask
 *
 * WORDS: value=0xN zone=NAME (the highest zone that it allows; - if the flags are contradictory)
 * type=MIGRATETYPE (- likewise) block=0|1 (may sleep) direct=0|1 kswapd=0|1 (how it reclaims)
 * io=0|1 fs=0|1. A combination also has bits=NAME,NAME... (- if none).
 *
 * A name that this kernel does not define has no line. Some flags have the same value, so a value can
 * have several names.
 */
#include <linux/seq_file.h>
#include <linux/string.h>
#include "compat.h"
#include "names.h"
#include "proc.h"
#include "zone.h"

struct flags {
	const char *name;
	gfp_t value;
};

#define FLAGS(name) { #name, (__force gfp_t)(name) }

static const struct flags bits[] = {
	FLAGS(__GFP_DMA),
	FLAGS(__GFP_HIGHMEM),
	FLAGS(__GFP_DMA32),
	FLAGS(__GFP_MOVABLE),
	FLAGS(__GFP_RECLAIMABLE),
	FLAGS(__GFP_HIGH),
	FLAGS(__GFP_IO),
	FLAGS(__GFP_FS),
	FLAGS(__GFP_ZERO),
#ifdef __GFP_ATOMIC	/* up to 6.2 */
	FLAGS(__GFP_ATOMIC),
#endif
	FLAGS(__GFP_DIRECT_RECLAIM),
	FLAGS(__GFP_KSWAPD_RECLAIM),
	FLAGS(__GFP_WRITE),
	FLAGS(__GFP_NOWARN),
	FLAGS(__GFP_RETRY_MAYFAIL),
	FLAGS(__GFP_NOFAIL),
	FLAGS(__GFP_NORETRY),
	FLAGS(__GFP_MEMALLOC),
	FLAGS(__GFP_COMP),
	FLAGS(__GFP_NOMEMALLOC),
	FLAGS(__GFP_HARDWALL),
	FLAGS(__GFP_THISNODE),
	FLAGS(__GFP_ACCOUNT),
#ifdef __GFP_ZEROTAGS
	FLAGS(__GFP_ZEROTAGS),
#endif
#ifdef __GFP_SKIP_ZERO
	FLAGS(__GFP_SKIP_ZERO),
#endif
#ifdef __GFP_SKIP_KASAN
	FLAGS(__GFP_SKIP_KASAN),
#endif
#ifdef __GFP_SKIP_KASAN_UNPOISON
	FLAGS(__GFP_SKIP_KASAN_UNPOISON),
#endif
#ifdef __GFP_SKIP_KASAN_POISON
	FLAGS(__GFP_SKIP_KASAN_POISON),
#endif
	FLAGS(__GFP_NOLOCKDEP),
#ifdef __GFP_NO_OBJ_EXT
	FLAGS(__GFP_NO_OBJ_EXT),
#endif
};

static const struct flags combinations[] = {
	FLAGS(__GFP_RECLAIM),
	FLAGS(GFP_ATOMIC),
	FLAGS(GFP_KERNEL),
	FLAGS(GFP_KERNEL_ACCOUNT),
	FLAGS(GFP_NOWAIT),
	FLAGS(GFP_NOIO),
	FLAGS(GFP_NOFS),
	FLAGS(GFP_USER),
	FLAGS(GFP_DMA),
	FLAGS(GFP_DMA32),
	FLAGS(GFP_HIGHUSER),
	FLAGS(GFP_HIGHUSER_MOVABLE),
	FLAGS(GFP_TRANSHUGE_LIGHT),
	FLAGS(GFP_TRANSHUGE),
	FLAGS(GFP_ZONEMASK),
	{ "GFP_MOVABLE_MASK", KM_MOVABLE_MASK },
};

/* gfp_migratetype() needs a variable that is not exported; the bits themselves encode the type. */
static const char *type_name(gfp_t flags)
{
	unsigned int type = (__force unsigned int)(flags & KM_MOVABLE_MASK) >> KM_MOVABLE_SHIFT;

	return type < MIGRATE_PCPTYPES ? km_migratetype_name(type) : "-";
}

static void show_words(struct seq_file *m, const struct flags *f)
{
	int zone = km_gfp_zone(f->value);

	seq_printf(m, " name=%s value=0x%x zone=%s type=%s", f->name, (__force u32)f->value,
		   zone < 0 ? "-" : km_zone_name(zone), type_name(f->value));
	seq_printf(m, " block=%d direct=%d kswapd=%d io=%d fs=%d",
		   gfpflags_allow_blocking(f->value), !!(f->value & __GFP_DIRECT_RECLAIM),
		   !!(f->value & __GFP_KSWAPD_RECLAIM), !!(f->value & __GFP_IO),
		   !!(f->value & __GFP_FS));
}

static void show_bits_of(struct seq_file *m, gfp_t value)
{
	const char *before = " bits=";
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		if (bits[i].value & value) {
			seq_printf(m, "%s%s", before, bits[i].name);
			before = ",";
		}
	}
	seq_puts(m, value ? "\n" : " bits=-\n");
}

static int show(struct seq_file *m, void *unused)
{
	gfp_t unnamed = __GFP_BITS_MASK;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++)
		unnamed &= ~bits[i].value;
	seq_puts(m, "kmeminfo-gfp 1\n");
	seq_printf(m, "bits_shift %d\n", __GFP_BITS_SHIFT);
	seq_printf(m, "unnamed_bits 0x%x\n", (__force u32)unnamed);
	seq_printf(m, "movable_shift %d\n", KM_MOVABLE_SHIFT);
	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		seq_puts(m, "bit");
		show_words(m, &bits[i]);
		seq_putc(m, '\n');
	}
	for (i = 0; i < ARRAY_SIZE(combinations); i++) {
		seq_puts(m, "combination");
		show_words(m, &combinations[i]);
		show_bits_of(m, combinations[i].value);
	}
	return 0;
}

int km_gfp_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, show, NULL, 16384);
}
