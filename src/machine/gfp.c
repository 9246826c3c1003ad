// SPDX-License-Identifier: GPL-2.0-or-later
/* The GFP flags of a machine, from its module, its configuration or its release, in that order. */
#include "model/zone.h"
#include "parse/kconfig.h"
#include "machine/machine.h"

struct configuration {
	struct km_str kconfig, machine;
};

/* Only arm64 has KASAN with hardware tags (k6.12:lib/Kconfig.kasan). */
static enum km_tri config_of(void *data, struct km_str symbol)
{
	const struct configuration *configuration = data;
	struct km_str value = km_parse_kconfig(configuration->kconfig, symbol);

	if (value.ptr)
		return km_str_eq(value, KM_STR("n")) ? KM_TRI_NO : KM_TRI_YES;
	if (km_str_eq(symbol, KM_STR("CONFIG_KASAN_HW_TAGS")) && configuration->machine.len &&
	    !km_str_eq(configuration->machine, KM_STR("aarch64")) && !km_str_eq(configuration->machine, KM_STR("arm64")))
		return KM_TRI_NO;
	return KM_TRI_UNKNOWN;
}

static struct km_str read_kconfig(struct km_machine *machine)
{
	struct km_str release = machine->host.release, text;
	struct km_str path = km_pool_printf(&machine->pool, "%s%.*s", km_files[KM_FILE_KCONFIG].path,
					    KM_STR_ARG(release));

	if (!release.len || km_source_read(machine->source, path.ptr, &text, NULL))
		return (struct km_str){ 0 };
	return text;
}

static uint64_t debian_sublevel(struct km_machine *machine, enum km_file file)
{
	struct km_str text;

	if (km_source_read(machine->source, km_files[file].path, &text, NULL))
		return KM_UNKNOWN;
	return km_parse_debian_sublevel(text);
}

/* The stable release. Debian's /proc/version contains it; "6.1.0-50-amd64" does not. */
static uint64_t find_sublevel(struct km_machine *machine, struct km_str release)
{
	uint64_t sublevel = km_parse_sublevel(release);

	if (sublevel != KM_UNKNOWN || !km_str_eq(release, machine->host.release))
		return sublevel;
	sublevel = debian_sublevel(machine, KM_FILE_VERSION);
	return sublevel == KM_UNKNOWN && !km_source_info(machine->source)->live ?
		debian_sublevel(machine, KM_FILE_UNAME) : sublevel;
}

void km_machine_gfp(struct km_machine *machine, struct km_str release, struct km_gfp_kernel *ret)
{
	const struct km_module_file *module = NULL;
	struct km_pool *pool = &machine->pool;
	struct km_str named = release.ptr ? release : machine->host.release;
	uint64_t number = km_parse_release(named);

	if (!release.ptr)
		module = km_machine_module(machine, KM_FILE_MODULE_GFP, KM_REQUIRED);
	if (module) {
		struct km_sheet flags = km_flags_derive(pool, module);

		km_gfp_of_module(pool, number, &flags, ret);
	} else if (!release.ptr || km_str_eq(release, machine->host.release)) {
		struct configuration configuration = { read_kconfig(machine), machine->host.machine };

		km_gfp_of_kernel(pool, machine->host.release, config_of, &configuration, ret);
	} else {
		km_gfp_of_kernel(pool, release, NULL, NULL, ret);
	}
	ret->rules = km_alloc_rules_of(number, find_sublevel(machine, named));
}

struct km_limits km_machine_limits(struct km_machine *machine)
{
	struct km_limits limits;

	limits = km_limits_derive(&(struct km_limits_input){
		.info = km_machine_module(machine, KM_FILE_MODULE_INFO, KM_OPTIONAL),
		.buddyinfo = km_machine_buddyinfo(machine, KM_OPTIONAL),
		.slabinfo = km_machine_slabinfo(machine, KM_OPTIONAL),
		.meminfo = km_machine_meminfo(machine, KM_OPTIONAL),
		.page_bytes = machine->host.page_bytes,
	});
	return limits;
}
