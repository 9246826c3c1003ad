// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/dmabuf.h"

/*
 * Prefixes of the names of such exporters: k6.12:drivers/dma-buf/heaps,
 * k5.10:drivers/staging/android/ion, heaps of Qualcomm and MediaTek,
 * k6.12:drivers/media/common/videobuf2. A CMA heap has the name of its CMA area.
 */
bool km_dmabuf_has_own_pages(struct km_str exporter)
{
	static const struct km_str names[] = {
		KM_STR_INIT("system"), KM_STR_INIT("qcom,"), KM_STR_INIT("mtk_mm"), KM_STR_INIT("ion"), KM_STR_INIT("linux,cma"),
		KM_STR_INIT("default_cma_region"), KM_STR_INIT("reserved"), KM_STR_INIT("videobuf2_dma_contig"),
		KM_STR_INIT("videobuf2_dma_sg"), KM_STR_INIT("cma"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_starts(exporter, names[i]))
			return true;
	return false;
}

/*
 * "00036864  00000002  00080007  00000002  system ...". Before 4.18 there is no mode, and the count
 * is in its place.
 */
static bool parse_object(struct km_str line, uint64_t *ret_bytes, struct km_str *ret_exporter)
{
	enum { DIGITS = 8, NUMBERS = 3 };
	struct km_str word;
	uint64_t number;

	if (!km_str_take_word(&line, &word) || word.len < DIGITS || km_str_to_u64(word, ret_bytes))
		return false;
	for (size_t words = 0; km_str_take_word(&line, &word); words++) {
		if (words >= NUMBERS - 1 && km_str_to_u64(word, &number)) {
			*ret_exporter = word;
			return true;
		}
	}
	return false;
}

uint64_t km_dmabuf_own_bytes(struct km_str text)
{
	struct km_str line, exporter;
	uint64_t sum = 0, bytes;
	bool begun = false;

	while (km_str_take_line(&text, &line)) {
		begun = begun || km_str_eq(km_str_trim(line), KM_STR("Dma-buf Objects:"));
		if (begun && parse_object(line, &bytes, &exporter) && km_dmabuf_has_own_pages(exporter))
			sum = km_num_add(sum, bytes);
	}
	return begun ? sum : KM_UNKNOWN;
}
