// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "machine/dmabuf.h"
#include "parse/dmabuf.h"

/* Reads the only line of such a file. */
static int read_line(struct km_machine *machine, struct km_str buffer, const char *name, struct km_str *ret)
{
	const struct km_str path = km_pool_printf(&machine->pool, "%s/%.*s/%s", km_files[KM_FILE_DMA_BUF_STATS].path,
						  KM_STR_ARG(buffer), name);
	struct km_str text;
	int r = km_source_read(machine->source, path.ptr, &text, NULL);

	if (!r && !km_str_take_line(&text, ret))
		return -EINVAL;
	return r;
}

uint64_t km_machine_dma_buffers(struct km_machine *machine)
{
	struct km_entries entries;
	struct km_str exporter, size;
	uint64_t sum = 0, bytes;

	if (km_source_list(machine->source, km_files[KM_FILE_DMA_BUF_STATS].path, &entries, NULL))
		return KM_UNKNOWN;
	for (size_t i = 0; i < entries.len; i++) {
		int r = read_line(machine, entries.items[i].name, "exporter_name", &exporter);

		/* released after the list was read */
		if (r == -ENOENT)
			continue;
		if (r)
			return KM_UNKNOWN;
		if (!km_dmabuf_has_own_pages(exporter))
			continue;
		r = read_line(machine, entries.items[i].name, "size", &size);
		if (r == -ENOENT)
			continue;
		if (r || km_str_to_u64(size, &bytes))
			return KM_UNKNOWN;
		sum = km_num_add(sum, bytes);
	}
	return sum;
}
