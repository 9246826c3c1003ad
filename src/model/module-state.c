// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include "model/module-state.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_module_state, state, KM_WORD), .words = &km_module_state_vocabulary, .flags = KM_SHOWN, .head = "STATE",
	  .brief = "whether the helper module is loaded",
	  .explain = "`kmeminfo explain module-state` explains the words.",
	  .origin = "/proc/kmeminfo/info, /proc/modules" },
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
		     "requires confirmation at the next boot. If modprobe says that the key was "
		     "rejected, it is not registered yet. Unknown if neither file exists.",
	  .origin = "/sys/kernel/security/lockdown, /sys/module/module/parameters/sig_enforce" },
	{ KM_FIELD(struct km_module_state, command, KM_TEXT), .flags = KM_SHOWN, .head = "COMMAND",
	  .brief = "commands that load it on this system",
	  .explain = "Run as root. If HEADERS is no and the distribution is one that kmeminfo does not know, install the "
		     "kernel's headers first. Unknown if nothing is to be done, or nothing can be done.",
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

static enum km_tri signed_only(const struct km_module_state_input *facts)
{
	if (!facts->lockdown.ptr && !facts->enforced.ptr)
		return KM_TRI_UNKNOWN;
	return km_str_starts(facts->enforced, KM_STR("Y")) ||
			       km_str_find(facts->lockdown, KM_STR("[integrity]")) >= 0 ||
			       km_str_find(facts->lockdown, KM_STR("[confidentiality]")) >= 0 ?
		       KM_TRI_YES : KM_TRI_NO;
}

enum state { STATE_LOADED, STATE_OTHER_VERSION, STATE_NOT_READABLE, STATE_NOT_LOADED, STATE_NO_MODULES };

const struct km_word km_module_states[] = {
	[STATE_LOADED] = { "loaded", "loaded, of the same version as this kmeminfo", NULL, "/proc/kmeminfo/info", NULL, KM_TONE_PLAIN },
	[STATE_OTHER_VERSION] = { "loaded, of another version", "loaded, but not the version of this kmeminfo",
		"Data that both know is used.", "/proc/kmeminfo/info", NULL, KM_TONE_PLAIN },
	[STATE_NOT_READABLE] = { "not readable", "loaded, but only root may read its figures", NULL,
		"/proc/kmeminfo/info", NULL, KM_TONE_PLAIN },
	[STATE_NOT_LOADED] = { "not loaded", "the kernel accepts modules, and this one is not loaded",
		"`kmeminfo module` prints the commands that load it.", "/proc/modules", NULL, KM_TONE_PLAIN },
	[STATE_NO_MODULES] = { "no modules", "this kernel was built without loadable modules",
		"The helper module cannot be used with it.", "/proc/modules", NULL, KM_TONE_PLAIN },
	{ 0 }
};

static const struct km_word *state_of(const struct km_module_state_input *facts)
{
	if (facts->version.ptr)
		return &km_module_states[km_str_eq(facts->version, KM_STR(PACKAGE_VERSION)) ? STATE_LOADED :
											      STATE_OTHER_VERSION];
	if (facts->refused)
		return &km_module_states[STATE_NOT_READABLE];
	return &km_module_states[facts->loadable ? STATE_NOT_LOADED : STATE_NO_MODULES];
}

void km_module_state_derive(const struct km_module_state_input *facts, struct km_module_state *row)
{
	km_row_init(&km_module_state_type, row);
	row->state = state_of(facts);
	row->version = facts->version;
	if (facts->version.ptr)
		row->probes = km_tri_of(facts->probes);
	row->built = km_tri_of(facts->built);
	row->headers = km_tri_of(facts->headers);
	row->dkms = km_tri_of(facts->dkms);
	row->signed_only = signed_only(facts);
}

const struct km_vocabulary km_module_state_vocabulary = {
	.name = "module-state",
	.brief = "whether the helper module is loaded",
	.items = km_module_states,
	.item_size = sizeof(*km_module_states),
};
