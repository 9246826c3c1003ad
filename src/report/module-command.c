// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include "report/module-command.h"

/*
 * The packages of kernel headers by distribution. An unlisted distribution uses its relatives: Rocky and
 * AlmaLinux are like rhel, Linux Mint is like ubuntu.
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

/* NULL for an unknown distribution. */
static const char *command_named(struct km_str os_id, struct km_str release)
{
	if (km_str_eq(os_id, KM_STR("ol")))
		return command_of_oracle(release);
	for (size_t i = 0; i < sizeof(headers_of) / sizeof(*headers_of); i++)
		if (km_str_eq(os_id, km_str_from(headers_of[i].os_id)))
			return headers_of[i].command;
	return NULL;
}

/* Empty for an unknown distribution: what is printed can be pasted. */
static struct km_str headers_command(struct km_pool *pool, const struct km_module_state_input *facts)
{
	const char *format = command_named(facts->os_id, facts->release), *gap;
	struct km_str like = facts->os_like, word;

	while (!format && km_str_take_word(&like, &word))
		format = command_named(word, facts->release);
	if (!format)
		return KM_STR("");
	gap = strstr(format, "%.*s");
	if (!gap)
		return km_str_from(format);
	return km_pool_printf(pool, "%.*s%.*s", (int)(gap - format), format, KM_STR_ARG(facts->release));
}

/* Ubuntu's DKMS signs with the machine owner's key of shim-signed. DKMS of other distributions has its own key. */
static struct km_str key_command(const struct km_module_state_input *facts)
{
	struct km_str like = facts->os_like, word;
	bool ubuntu = km_str_eq(facts->os_id, KM_STR("ubuntu"));

	while (km_str_take_word(&like, &word))
		ubuntu = ubuntu || km_str_eq(word, KM_STR("ubuntu"));
	return ubuntu ? KM_STR("mokutil --import /var/lib/shim-signed/mok/MOK.der && reboot") :
			KM_STR("mokutil --import /var/lib/dkms/mok.pub && reboot");
}

struct km_str km_module_command(struct km_pool *pool, const struct km_module_state_input *facts,
				const struct km_module_state *state)
{
	/* without an installed source, DKMS accepts the source tree */
	struct km_str build = facts->dkms ? KM_STR("dkms install kmeminfo/" PACKAGE_VERSION) :
					    KM_STR("dkms install ./module");
	struct km_str load = KM_STR("modprobe kmeminfo probes=1"), headers = KM_STR("");

	if (!facts->loadable || (facts->version.ptr && facts->probes))
		return (struct km_str){ 0 };
	if (facts->version.ptr || facts->refused)
		return KM_STR("modprobe -r kmeminfo && modprobe kmeminfo probes=1");
	if (facts->built)
		return load;
	/* the firmware asks to confirm the key at boot; the next step is reported after that */
	if (state->signed_only == KM_TRI_YES)
		load = key_command(facts);
	if (!facts->headers)
		headers = headers_command(pool, facts);
	return km_pool_printf(pool, "%.*s%s%.*s && %.*s", KM_STR_ARG(headers), headers.len ? " && " : "",
			      KM_STR_ARG(build), KM_STR_ARG(load));
}
