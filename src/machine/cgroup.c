// SPDX-License-Identifier: GPL-2.0-or-later
/* The memory cgroup that this program runs in. Unknown for a capture: the program that made it has ended. */
#include "machine/machine.h"

static struct km_str read_line(struct km_machine *machine, const char *path)
{
	struct km_str text, line;

	if (km_source_read(machine->source, path, &text, NULL) || !km_str_take_line(&text, &line))
		return (struct km_str){ 0 };
	return km_str_trim(line);
}

static uint64_t read_bytes(struct km_machine *machine, struct km_str cgroup, const char *name)
{
	struct km_str path = km_pool_printf(&machine->pool, "sys/fs/cgroup%.*s/%s", KM_STR_ARG(cgroup), name);
	uint64_t bytes;

	return km_str_to_u64(read_line(machine, path.ptr), &bytes) ? KM_UNKNOWN : bytes;
}

/* "0::/user.slice/session-1.scope", cgroup v2 alone (k6.12:kernel/cgroup/cgroup.c proc_cgroup_show). */
static bool find_own(struct km_machine *machine, struct km_str *ret)
{
	struct km_str text, line;

	if (km_source_read(machine->source, "proc/self/cgroup", &text, NULL))
		return false;
	while (km_str_take_line(&text, &line)) {
		if (!km_str_take_prefix(&line, KM_STR("0::")))
			continue;
		*ret = line;
		return line.len > 0;
	}
	return false;
}

void km_machine_cgroup(struct km_machine *machine, struct km_cgroup_limit *ret)
{
	uint64_t least = KM_UNKNOWN;
	struct km_str cgroup;

	*ret = (struct km_cgroup_limit){ .limit_bytes = KM_UNKNOWN, .used_bytes = KM_UNKNOWN };
	if (!km_source_info(machine->source)->live || !find_own(machine, &cgroup))
		return;
	/* up to the root, which has no limit; "max" is none either */
	while (cgroup.len > 1) {
		const uint64_t limit = read_bytes(machine, cgroup, "memory.max");
		const uint64_t used = limit == KM_UNKNOWN ? KM_UNKNOWN : read_bytes(machine, cgroup, "memory.current");
		const uint64_t left = used > limit && used != KM_UNKNOWN ? 0 : km_num_sub(limit, used);

		if (left < least) {
			least = left;
			*ret = (struct km_cgroup_limit){ cgroup, limit, used < limit ? used : limit };
		}
		while (cgroup.len && cgroup.ptr[cgroup.len - 1] != '/')
			cgroup.len--;
		cgroup.len -= cgroup.len > 0;
	}
}
