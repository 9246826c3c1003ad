// SPDX-License-Identifier: GPL-2.0-or-later
/* State of the helper module, and the commands that load it. */
#include <errno.h>
#include "config.h"
#include "report/module-command.h"
#include "report/report.h"

static bool has_directory(struct km_machine *machine, const char *format, struct km_str release)
{
	struct km_entries entries;
	char path[512];

	snprintf(path, sizeof(path), format, KM_STR_ARG(release));
	return !km_source_list(machine->source, path, &entries, NULL);
}

/* Whether a directory contains the module, compressed or not. */
static bool has_module(struct km_machine *machine, const char *directory)
{
	static const char *const names[] = { "kmeminfo.ko", "kmeminfo.ko.gz", "kmeminfo.ko.xz", "kmeminfo.ko.zst" };
	struct km_entries entries;

	if (km_source_list(machine->source, directory, &entries, NULL))
		return false;
	for (size_t i = 0; i < entries.len; i++)
		for (size_t j = 0; j < sizeof(names) / sizeof(*names); j++)
			if (km_str_eq(entries.items[i].name, km_str_from(names[j])))
				return true;
	return false;
}

/* The directories in which kbuild, DKMS and distributions install a module. */
static bool is_built(struct km_machine *machine, struct km_str release)
{
	static const char *const folders[] = { "updates/dkms", "updates", "extra", "weak-updates" };
	char path[512];

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "lib/modules/%.*s/%s", KM_STR_ARG(release), folders[i]);
		if (has_module(machine, path))
			return true;
	}
	return false;
}

static bool has_modules(struct km_machine *machine)
{
	struct km_str text;

	return !km_source_read(machine->source, km_files[KM_FILE_MODULES].path, &text, NULL);
}

static struct km_str read_text(struct km_machine *machine, enum km_file file)
{
	struct km_str text;

	return km_source_read(machine->source, km_files[file].path, &text, NULL) ?
		       (struct km_str){ 0 } : text;
}

/* The value of a key in /etc/os-release ("ID="), without quotes. */
static struct km_str os_value(struct km_str text, struct km_str key)
{
	struct km_str line;

	while (km_str_take_line(&text, &line)) {
		if (!km_str_take_prefix(&line, key))
			continue;
		km_str_take_prefix(&line, KM_STR("\""));
		if (km_str_ends(line, KM_STR("\"")))
			line.len--;
		return line;
	}
	return (struct km_str){ 0 };
}

static struct km_module_state_input look(struct km_machine *machine)
{
	const struct km_module_file *info = km_machine_module(machine, KM_FILE_MODULE_INFO, KM_REQUIRED);
	struct km_str release = machine->host.release, text;
	struct km_str os_release = read_text(machine, KM_FILE_OS_RELEASE);

	return (struct km_module_state_input){
		.release = release,
		.os_id = os_value(os_release, KM_STR("ID=")),
		.os_like = os_value(os_release, KM_STR("ID_LIKE=")),
		.lockdown = read_text(machine, KM_FILE_LOCKDOWN),
		.enforced = read_text(machine, KM_FILE_SIG_ENFORCE),
		.version = km_module_file_value(info, KM_STR("module_version")),
		.probes = km_module_file_value_number(info, KM_STR("probes")) == 1,
		.refused = !info && !machine->lacks_module &&
			   km_source_read(machine->source, "proc/kmeminfo/info", &text, NULL) == -EACCES,
		.loadable = has_modules(machine),
		.built = is_built(machine, release),
		.headers = has_directory(machine, "lib/modules/%.*s/build", release),
		.dkms = has_directory(machine, "usr/src/kmeminfo-" PACKAGE_VERSION "%.*s", KM_STR("")),
	};
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const struct km_module_state_input input = look(machine);
	struct km_module_state *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));

	(void)query;
	(void)err;
	km_module_state_derive(&input, row);
	row->command = km_module_command(&machine->pool, &input, row);
	*ret = (struct km_sheet){ &km_module_state_type, row, 1, NULL };
	return 0;
}

const struct km_report km_report_module = {
	.key = "module",
	.shape = KM_SHAPE_ROW,
	.type = &km_module_state_type,
	.derive = derive,
};
