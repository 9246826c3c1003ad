/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/: how a claim is tested, and the test of each claim. */
#ifndef KM_REPORT_CLAIM_TEST_H
#define KM_REPORT_CLAIM_TEST_H

#include "report/claim.h"
#include "words/say.h"

enum km_claim_verdict {
	KM_CLAIM_HOLDS,
	KM_CLAIM_NO_LONGER,
	KM_CLAIM_FALSE,
	KM_CLAIM_BY_RULE,
	KM_CLAIM_UNTESTABLE,
};

struct km_claim_result {
	enum km_claim_verdict verdict;
	struct km_str evidence;
};

#define RESULT(verdict, ...)                                                                       \
	((struct km_claim_result){ verdict, km_say_printf(prober->pool, __VA_ARGS__) })
#define CHECKED(condition, ...) RESULT((condition) ? KM_CLAIM_HOLDS : KM_CLAIM_FALSE, __VA_ARGS__)

#define U(number) ((unsigned long long)(number))

/* No allocator returns larger contiguous memory, and sizes up to this can be doubled. */
#define MOST_BYTES (1ULL << 48)

/* The bits of a flag in this kernel; 0 if it has no flag with this name. */
uint32_t km_claim_flag(const struct km_claim_prober *prober, const char *name);

/* The answer of a probe. The verdict is denied if the device cannot be queried. */
struct kmeminfo_probe km_claim_probe(const struct km_claim_prober *prober, enum kmeminfo_api api, uint64_t bytes,
				   const char *gfp, uint32_t prepare, uint32_t repeat);

/* A number in /proc/kmeminfo/info; KM_UNKNOWN if it is missing. */
uint64_t km_claim_info(const struct km_claim_prober *prober, const char *key);

/* Whether memory was granted, and the fact was true each time. */
bool km_claim_yes(const struct kmeminfo_probe *probe, enum kmeminfo_fact fact);

/* The result of a claim whose probe got no memory. */
struct km_claim_result km_claim_denied(const struct km_claim_prober *prober, const struct kmeminfo_probe *probe);

/* The tests, by the key of the claim. */
struct km_claim_result km_claim_page_frames(const struct km_claim_prober *prober);
struct km_claim_result km_claim_objects_fit(const struct km_claim_prober *prober);
struct km_claim_result km_claim_kmalloc_linear(const struct km_claim_prober *prober);
struct km_claim_result km_claim_kmalloc_contig(const struct km_claim_prober *prober);
struct km_claim_result km_claim_kmalloc_128k(const struct km_claim_prober *prober);
struct km_claim_result km_claim_kfree_pairs(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vmalloc_virtual(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vmalloc_range(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vmalloc_nolimit(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vmalloc_sleeps(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vfree_sleeps(const struct km_claim_prober *prober);
struct km_claim_result km_claim_vmalloc_modules(const struct km_claim_prober *prober);
struct km_claim_result km_claim_zeroed_page(const struct km_claim_prober *prober);
struct km_claim_result km_claim_free_page(const struct km_claim_prober *prober);
struct km_claim_result km_claim_free_pages(const struct km_claim_prober *prober);
struct km_claim_result km_claim_devm_frees(const struct km_claim_prober *prober);
struct km_claim_result km_claim_devm_zeroed(const struct km_claim_prober *prober);
struct km_claim_result km_claim_flags_how(const struct km_claim_prober *prober);
struct km_claim_result km_claim_flags_where(const struct km_claim_prober *prober);
struct km_claim_result km_claim_flags_type(const struct km_claim_prober *prober);
struct km_claim_result km_claim_gfp_table(const struct km_claim_prober *prober);
struct km_claim_result km_claim_gfp_old_kernel(const struct km_claim_prober *prober);
struct km_claim_result km_claim_atomic(const struct km_claim_prober *prober);
struct km_claim_result km_claim_noio(const struct km_claim_prober *prober);
struct km_claim_result km_claim_nofs(const struct km_claim_prober *prober);
struct km_claim_result km_claim_kernel(const struct km_claim_prober *prober);
struct km_claim_result km_claim_user(const struct km_claim_prober *prober);
struct km_claim_result km_claim_highuser(const struct km_claim_prober *prober);
struct km_claim_result km_claim_dma(const struct km_claim_prober *prober);
struct km_claim_result km_claim_dma32_kmalloc(const struct km_claim_prober *prober);
struct km_claim_result km_claim_slab_allocator(const struct km_claim_prober *prober);

#endif
