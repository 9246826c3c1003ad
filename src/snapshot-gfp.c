// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which GFP flags hold for a machine: its module, its configuration and its release tell, in that order.
 * And what it has for a request.
 */
#include "model/zone.h"
#include "parse/kconfig.h"
#include "snapshot.h"

struct machine {
	struct km_str kconfig, machine;
};

/* KASAN by hardware tags is arm64's alone (k6.12:lib/Kconfig.kasan). */
static enum km_tri config_of(void *data, struct km_str symbol)
{
	const struct machine *machine = data;
	struct km_str value = km_parse_kconfig(machine->kconfig, symbol);

	if (value.ptr)
		return km_str_eq(value, KM_STR("n")) ? KM_TRI_NO : KM_TRI_YES;
	if (km_str_eq(symbol, KM_STR("CONFIG_KASAN_HW_TAGS")) && machine->machine.len &&
	    !km_str_eq(machine->machine, KM_STR("aarch64")) && !km_str_eq(machine->machine, KM_STR("arm64")))
		return KM_TRI_NO;
	return KM_TRI_UNKNOWN;
}

static struct km_str read_kconfig(struct km_snapshot *snapshot)
{
	struct km_str release = snapshot->host.release, text;
	struct km_str path = km_pool_printf(&snapshot->pool, "%s%.*s", km_files[KM_FILE_KCONFIG].path,
					    KM_STR_ARG(release));

	if (!release.len || km_source_read(snapshot->source, path.ptr, &text, NULL))
		return (struct km_str){ 0 };
	return text;
}

void km_snapshot_gfp(struct km_snapshot *snapshot, struct km_str release, struct km_gfp_kernel *ret)
{
	const struct km_modfile *module = NULL;
	struct km_pool *pool = &snapshot->pool;
	uint64_t number = km_parse_release(release.ptr ? release : snapshot->host.release);

	if (!release.ptr)
		module = km_snapshot_module(snapshot, KM_FILE_MODULE_GFP);
	if (module) {
		struct km_sheet flags = km_flags_derive(pool, module);

		km_gfp_of_module(pool, number, &flags, ret);
	} else if (!release.ptr || km_str_eq(release, snapshot->host.release)) {
		struct machine machine = { read_kconfig(snapshot), snapshot->host.machine };

		km_gfp_of_release(pool, number, config_of, &machine, ret);
	} else {
		km_gfp_of_release(pool, number, NULL, NULL, ret);
	}
}

void km_snapshot_supply(struct km_snapshot *snapshot, bool types, struct km_supply *ret)
{
	const struct km_pagetypeinfo *pagetypeinfo;
	bool peeking = snapshot->peeking;

	snapshot->peeking = true;
	*ret = (struct km_supply){
		.zones = km_zone_derive(&snapshot->pool, km_snapshot_zoneinfo(snapshot),
					snapshot->host.page_bytes, true),
		.buddyinfo = km_snapshot_buddyinfo(snapshot),
		.page_bytes = snapshot->host.page_bytes,
	};
	pagetypeinfo = types && ret->buddyinfo ? km_snapshot_pagetypeinfo(snapshot) : NULL;
	if (pagetypeinfo)
		ret->blocks = km_supply_blocks(&snapshot->pool, ret->buddyinfo, pagetypeinfo);
	snapshot->peeking = peeking;
}

struct km_limits km_snapshot_limits(struct km_snapshot *snapshot)
{
	bool peeking = snapshot->peeking;
	struct km_limits limits;

	snapshot->peeking = true;
	limits = km_limits_derive(&(struct km_limits_facts){
		.info = km_snapshot_module(snapshot, KM_FILE_MODULE_INFO),
		.buddyinfo = km_snapshot_buddyinfo(snapshot),
		.slabinfo = km_snapshot_slabinfo(snapshot),
		.meminfo = km_snapshot_meminfo(snapshot),
		.page_bytes = snapshot->host.page_bytes,
	});
	snapshot->peeking = peeking;
	return limits;
}
