// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include "model/module-state.h"

#define KM_MODULE_VERSION PACKAGE_VERSION

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_module_state, state, KM_TEXT), .flags = KM_SHOWN, .head = "STATE",
	  .brief = "loaded, of another version, not loaded, not readable, or no modules",
	  .explain = "of another version: not the version of this kmeminfo; data that both know "
		     "is used. not readable: it is loaded, but only root may read its figures. no "
		     "modules: this kernel was built without loadable modules.", .origin = "/proc/kmeminfo/info, /proc/modules" },
	{ KM_FIELD(struct km_module_state, version, KM_TEXT), .flags = KM_SHOWN, .head = "VERSION",
	  .brief = "version of the loaded module",
	  .explain = "Unknown if it is not loaded or not readable.",
	  .origin = "/proc/kmeminfo/info" },
	{ KM_FIELD(struct km_module_state, probes, KM_TRI), .flags = KM_SHOWN, .head = "PROBES",
	  .brief = "whether it was loaded with probes=1",
	  .explain = "Only then does /dev/kmeminfo exist, which `kmeminfo probe` needs.",
	  .origin = "/proc/kmeminfo/info" },
	{ KM_FIELD(struct km_module_state, built, KM_TRI), .flags = KM_SHOWN, .head = "BUILT",
	  .brief = "whether it is built and installed for this kernel",
	  .explain = "If so, modprobe finds it.", .origin = "/lib/modules/RELEASE" },
	{ KM_FIELD(struct km_module_state, headers, KM_TRI), .flags = KM_SHOWN, .head = "HEADERS",
	  .brief = "whether this kernel's headers are installed",
	  .explain = "The module is built with them.", .origin = "/lib/modules/RELEASE/build" },
	{ KM_FIELD(struct km_module_state, dkms, KM_TRI), .flags = KM_SHOWN, .head = "DKMS",
	  .brief = "whether the module's source is installed where DKMS finds it",
	  .explain = "DKMS rebuilds it for each installed kernel.",
	  .origin = "/usr/src/kmeminfo-VERSION" },
	{ KM_FIELD(struct km_module_state, signed_only, KM_TRI), .flags = KM_SHOWN, .head = "SIGNED-ONLY",
	  .brief = "whether the kernel accepts only signed modules",
	  .explain = "Under Secure Boot, or with module.sig_enforce=1. DKMS signs modules with "
		     "its own key. mokutil registers the key with the firmware, which "
		     "requires confirmation at the next boot. Unknown if neither file exists.",
	  .origin = "/sys/kernel/security/lockdown, /sys/module/module/parameters/sig_enforce" },
	{ KM_FIELD(struct km_module_state, command, KM_TEXT), .flags = KM_SHOWN, .head = "COMMAND",
	  .brief = "commands that load it on this system",
	  .explain = "Run as root. Unknown if nothing is to be done, or nothing can be done.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_module_state_type = {
	.name = "module",
	.brief = "state of the helper kernel module",
	.explain = "It splits the memory that /proc leaves unaccounted, reports the GFP flags of "
		   "this kernel, and lets `kmeminfo probe` try allocations. Everything else works "
		   "without it.",
	.fields = fields,
	.row_size = sizeof(struct km_module_state),
};

/*
 * What distributions call the headers of a kernel release.  A distribution that is not listed is
 * looked up by its relatives: Rocky and AlmaLinux are like rhel, Linux Mint like ubuntu.
 */
static const struct {
	const char *os_id, *command;
} headers_of[] = {
	{ "debian", "apt-get install dkms linux-headers-%.*s" },
	{ "raspbian", "apt-get install dkms raspberrypi-kernel-headers" },
	{ "ubuntu", "apt-get install dkms linux-headers-%.*s" },
	{ "fedora", "dnf install dkms kernel-devel-%.*s" },
	{ "rhel", "dnf install dkms kernel-devel-%.*s" },
	{ "centos", "dnf install dkms kernel-devel-%.*s" },
	{ "rocky", "dnf install dkms kernel-devel-%.*s" },
	{ "almalinux", "dnf install dkms kernel-devel-%.*s" },
	{ "amzn", "dnf install dkms kernel-devel-%.*s" },
	{ "opensuse-tumbleweed", "zypper install dkms kernel-devel" },
	{ "opensuse-leap", "zypper install dkms kernel-devel" },
	{ "sles", "zypper install dkms kernel-default-devel" },
	{ "suse", "zypper install dkms kernel-default-devel" },
	{ "arch", "pacman -S dkms linux-headers" },
};

/* Oracle Linux has two kernels. */
static const char *command_of_oracle(struct km_str release)
{
	return km_str_find(release, KM_STR("uek")) >= 0 ? "dnf install dkms kernel-uek-devel-%.*s" :
							  "dnf install dkms kernel-devel-%.*s";
}

/* NULL when nothing is known of a distribution of this name. */
static const char *command_named(struct km_str os_id, struct km_str release)
{
	if (km_str_eq(os_id, KM_STR("ol")))
		return command_of_oracle(release);
	for (size_t i = 0; i < sizeof(headers_of) / sizeof(*headers_of); i++)
		if (km_str_eq(os_id, km_str_from(headers_of[i].os_id)))
			return headers_of[i].command;
	return NULL;
}

static struct km_str headers_command(struct km_pool *pool, const struct km_module_state_input *facts)
{
	const char *format = command_named(facts->os_id, facts->release), *gap;
	struct km_str like = facts->os_like, word;

	while (!format && km_str_take_word(&like, &word))
		format = command_named(word, facts->release);
	if (!format)
		return KM_STR("(install this kernel's headers)");
	gap = strstr(format, "%.*s");
	if (!gap)
		return km_str_from(format);
	return km_pool_printf(pool, "%.*s%.*s", (int)(gap - format), format, KM_STR_ARG(facts->release));
}

/* Ubuntu's DKMS signs with the machine owner's key of shim-signed, others' with one of its own. */
static struct km_str key_command(const struct km_module_state_input *facts)
{
	struct km_str like = facts->os_like, word;
	bool ubuntu = km_str_eq(facts->os_id, KM_STR("ubuntu"));

	while (km_str_take_word(&like, &word))
		ubuntu = ubuntu || km_str_eq(word, KM_STR("ubuntu"));
	return ubuntu ? KM_STR("mokutil --import /var/lib/shim-signed/mok/MOK.der && reboot") :
			KM_STR("mokutil --import /var/lib/dkms/mok.pub && reboot");
}

static enum km_tri signed_only(const struct km_module_state_input *facts)
{
	if (!facts->lockdown.ptr && !facts->enforced.ptr)
		return KM_TRI_UNKNOWN;
	return km_str_starts(facts->enforced, KM_STR("Y")) ||
			       km_str_find(facts->lockdown, KM_STR("[integrity]")) >= 0 ||
			       km_str_find(facts->lockdown, KM_STR("[confidentiality]")) >= 0 ?
		       KM_TRI_YES : KM_TRI_NO;
}

static struct km_str command_of(struct km_pool *pool, const struct km_module_state_input *facts)
{
	/* DKMS takes a source tree too: what make install put nowhere it can find is in ours */
	struct km_str build = facts->dkms ? KM_STR("dkms install kmeminfo/" KM_MODULE_VERSION) :
					    KM_STR("dkms install ./module");
	struct km_str load = KM_STR("modprobe kmeminfo probes=1");

	if (!facts->loadable || (facts->version.ptr && facts->probes))
		return (struct km_str){ 0 };
	if (facts->version.ptr || facts->refused)
		return KM_STR("modprobe -r kmeminfo && modprobe kmeminfo probes=1");
	if (facts->built)
		return load;
	/* the firmware requests the key at boot; the next step is reported after that */
	if (signed_only(facts) == KM_TRI_YES)
		load = key_command(facts);
	return km_pool_printf(pool, "%.*s%s%.*s && %.*s",
			      KM_STR_ARG(facts->headers ? KM_STR("") : headers_command(pool, facts)),
			      facts->headers ? "" : " && ", KM_STR_ARG(build), KM_STR_ARG(load));
}

void km_module_state_derive(struct km_pool *pool, const struct km_module_state_input *facts,
			struct km_module_state *row)
{
	km_row_init(&km_module_state_type, row);
	row->state = facts->version.ptr && km_str_eq(facts->version, KM_STR(KM_MODULE_VERSION)) ?
			     KM_STR("loaded") :
		     facts->version.ptr ? KM_STR("loaded, of another version") :
		     facts->refused ? KM_STR("not readable") :
		     facts->loadable ? KM_STR("not loaded") : KM_STR("no modules");
	row->version = facts->version;
	if (facts->version.ptr)
		row->probes = km_tri_of(facts->probes);
	row->built = km_tri_of(facts->built);
	row->headers = km_tri_of(facts->headers);
	row->dkms = km_tri_of(facts->dkms);
	row->signed_only = signed_only(facts);
	row->command = command_of(pool, facts);
}
