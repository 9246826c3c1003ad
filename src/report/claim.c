// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/claim-test.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_claim, id, KM_WORD), .words = &km_claim_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "CLAIM",
	  .brief = "the claim's name", .explain = "`kmeminfo explain NAME` explains it.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_claim, claim, KM_TEXT), .head = "SAYS",
	  .brief = "what is claimed", .explain = "In the words of working notes on the allocators.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_claim, verdict, KM_WORD), .words = &km_claim_verdict_vocabulary, .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "holds, false, by-rule, or untestable here",
	  .explain = "Each word can be explained by itself.", .origin = "measured by the helper module" },
	{ KM_FIELD(struct km_claim, evidence, KM_TEXT), .flags = KM_SHOWN, .head = "EVIDENCE",
	  .brief = "what was measured", .explain = "On the running kernel, just now.",
	  .origin = "measured by the helper module" },
	{ 0 }
};

const struct km_sheet_type km_claim_type = {
	.name = "claims",
	.brief = "common statements about the allocators, checked on this kernel",
	.fields = fields,
	.row_size = sizeof(struct km_claim),
};

const struct km_word km_claim_verdicts[] = {
	[KM_CLAIM_HOLDS] = { "holds", "confirmed by measurement on this kernel", NULL, NULL, NULL, KM_TONE_GOOD },
	[KM_CLAIM_NO_LONGER] = { "no-longer", "was true on older kernels, but not on this one", NULL, NULL, NULL, KM_TONE_WARN },
	[KM_CLAIM_FALSE] = { "false", "refuted by measurement on this kernel", NULL, NULL, NULL, KM_TONE_BAD },
	[KM_CLAIM_BY_RULE] = { "by-rule", "cannot be tested from outside; the rule and its source are "
				 "given", NULL,
		      NULL, NULL, KM_TONE_NOTE },
	[KM_CLAIM_UNTESTABLE] = { "untestable", "cannot be tested here, for the reason given", NULL, NULL, NULL, KM_TONE_FAINT },
	{ 0 }
};

uint32_t km_claim_flag(const struct km_claim_prober *prober, const char *name)
{
	const struct km_flags *row = km_flags_find(prober->flags, km_str_from(name));

	return row && row->number != KM_UNKNOWN ? (uint32_t)row->number : 0;
}

struct kmeminfo_probe km_claim_probe(const struct km_claim_prober *prober, enum kmeminfo_api api, uint64_t bytes,
				   const char *gfp, uint32_t prepare, uint32_t repeat)
{
	struct kmeminfo_probe probe = { .api = api, .bytes = bytes, .gfp = km_claim_flag(prober, gfp), .node = -1,
					.prepare = prepare, .repeat = repeat };

	if (prober->probe(prober->device, &probe)) {
		probe.granted = 0;
		probe.verdict = KMEMINFO_DENIED;
	}
	return probe;
}

uint64_t km_claim_info(const struct km_claim_prober *prober, const char *key)
{
	return km_module_file_value_number(prober->info, km_str_from(key));
}

bool km_claim_yes(const struct kmeminfo_probe *probe, enum kmeminfo_fact fact)
{
	return probe->granted && km_probe_fact(probe, fact) == KM_TRI_YES;
}

struct km_claim_result km_claim_denied(const struct km_claim_prober *prober, const struct kmeminfo_probe *probe)
{
	return RESULT(KM_CLAIM_UNTESTABLE, "%s of %llu bytes: %s", km_probe_api_name(probe->api),
		      (unsigned long long)probe->bytes, *probe->why ? probe->why : km_say("no answer"));
}

/* The topic that a claim is about answers it, in its field Answer-ID. */
#define CLAIM(id, says, test) { { .key = (id), .brief = (says) }, test }

const struct km_claim_case km_claims[] = {
	CLAIM("page-frames", "physical memory is managed in page frames of 4 KB", km_claim_page_frames),
	CLAIM("objects-fit", "kernel objects do not fill whole pages, so kmalloc and slab caches provide less "
			     "than a page",
	      km_claim_objects_fit),
	CLAIM("kmalloc-linear", "kmalloc memory lies in the linear map: virtual is physical plus a constant", km_claim_kmalloc_linear),
	CLAIM("kmalloc-contig", "kmalloc memory is physically contiguous", km_claim_kmalloc_contig),
	CLAIM("kmalloc-128k", "kmalloc is limited to 128 KB", km_claim_kmalloc_128k),
	CLAIM("kfree-pairs", "kfree() frees kmalloc memory", km_claim_kfree_pairs),
	CLAIM("vmalloc-virtual", "vmalloc memory is contiguous virtually, not physically", km_claim_vmalloc_virtual),
	CLAIM("vmalloc-range", "vmalloc memory lies outside the linear map", km_claim_vmalloc_range),
	CLAIM("vmalloc-nolimit", "vmalloc has no size limit", km_claim_vmalloc_nolimit),
	CLAIM("vmalloc-sleeps", "vmalloc may sleep: not for interrupt handlers", km_claim_vmalloc_sleeps),
	CLAIM("vfree-sleeps", "vfree may sleep: not for interrupt handlers", km_claim_vfree_sleeps),
	CLAIM("vmalloc-modules", "loading a module uses vmalloc", km_claim_vmalloc_modules),
	CLAIM("zeroed-page", "get_zeroed_page works in pages", km_claim_zeroed_page),
	CLAIM("free-page", "__get_free_page works in pages", km_claim_free_page),
	CLAIM("free-pages", "__get_free_pages works in powers of two pages", km_claim_free_pages),
	CLAIM("devm-frees", "devm_kzalloc memory is freed with its device", km_claim_devm_frees),
	CLAIM("devm-zeroed", "devm_kzalloc memory is zeroed", km_claim_devm_zeroed),
	CLAIM("flags-how", "GFP flags say how to find the memory", km_claim_flags_how),
	CLAIM("flags-where", "GFP flags say where memory comes from", km_claim_flags_where),
	CLAIM("flags-type", "GFP flags have a third meaning: type", km_claim_flags_type),
	CLAIM("gfp-table", "the combinations are defined as in the notes", km_claim_gfp_table),
	CLAIM("gfp-old-kernel", "GFP_KERNEL is __GFP_WAIT, __GFP_IO and __GFP_FS", km_claim_gfp_old_kernel),
	CLAIM("atomic", "GFP_ATOMIC never sleeps", km_claim_atomic),
	CLAIM("noio", "GFP_NOIO may sleep but does no I/O", km_claim_noio),
	CLAIM("nofs", "GFP_NOFS may sleep and do I/O, but calls no file system", km_claim_nofs),
	CLAIM("kernel", "GFP_KERNEL, the usual one, may sleep", km_claim_kernel),
	CLAIM("user", "GFP_USER, for user space, may sleep", km_claim_user),
	CLAIM("highuser", "GFP_HIGHUSER allocates from HighMem", km_claim_highuser),
	CLAIM("dma", "GFP_DMA allocates contiguous memory from zone DMA", km_claim_dma),
	CLAIM("dma32-kmalloc", "kmalloc with GFP_DMA32 gives memory below 4 GiB", km_claim_dma32_kmalloc),
	CLAIM("slab-allocator", "slab caches can be created, used and destroyed", km_claim_slab_allocator),
	{ { 0 }, NULL }
};

struct km_sheet km_claim_derive(const struct km_claim_prober *prober)
{
	size_t len = sizeof(km_claims) / sizeof(*km_claims) - 1;
	struct km_claim *rows = km_pool_alloc(prober->pool, len, sizeof(*rows));

	for (size_t i = 0; i < len; i++) {
		struct km_claim_result result = km_claims[i].test(prober);

		rows[i] = (struct km_claim){
			.id = &km_claims[i].word,
			.claim = km_str_from(km_claims[i].word.brief),
			.verdict = &km_claim_verdicts[result.verdict],
			.evidence = result.evidence,
		};
	}
	return (struct km_sheet){ &km_claim_type, rows, len, NULL };
}

const struct km_vocabulary km_claim_vocabulary = {
	.name = "claim",
	.brief = "common statements about the allocators",
	.items = km_claims,
	.item_size = sizeof(*km_claims),
};

const struct km_vocabulary km_claim_verdict_vocabulary = {
	.name = "verdict",
	.brief = "the result of a claim",
	.items = km_claim_verdicts,
	.item_size = sizeof(*km_claim_verdicts),
};
