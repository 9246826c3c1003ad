/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One machine at one moment: reads a file when a command first needs it, parses it once and
 * keeps what went wrong. This is where source/ and parse/ meet.
 */
#ifndef KM_MACHINE_MACHINE_H
#define KM_MACHINE_MACHINE_H

#include "base/problem.h"
#include "base/process.h"
#include "kmeminfo-uapi.h"
#include "model/caller.h"
#include "model/forecast.h"
#include "model/gfp.h"
#include "model/host.h"
#include "model/limits.h"
#include "model/request-zone.h"
#include "model/vmalloc-tally.h"
#include "parse/buddyinfo.h"
#include "parse/iomem.h"
#include "parse/manifest.h"
#include "parse/meminfo.h"
#include "parse/pagetypeinfo.h"
#include "parse/psi.h"
#include "parse/module-blocks.h"
#include "parse/module-file.h"
#include "parse/slabdir.h"
#include "parse/slabinfo.h"
#include "parse/vmstat.h"
#include "parse/zoneinfo.h"
#include "source/files.h"
#include "source/source.h"

/*
 * Whether a report is incomplete without a file. A required file that cannot be read is a problem of the
 * machine. A missing optional file is ignored, and the file may be required later.
 */
enum km_need { KM_REQUIRED, KM_OPTIONAL };

/*
 * Files that are read and parsed once: record, parser (km_parse_NAME) and getter (km_machine_NAME) bear one name.
 * The files of a machine that may be large are read in blocks, and their records own their texts. The others are
 * read whole, and kept. pagetypeinfo is expensive for the machine: read only on request.
 */
#define KM_BLOCK_FILES(X)                                                                          \
	X(buddyinfo, KM_FILE_BUDDYINFO)                                                            \
	X(slabinfo, KM_FILE_SLABINFO)                                                              \
	X(zoneinfo, KM_FILE_ZONEINFO)
#define KM_WHOLE_FILES(X)                                                                          \
	X(allocinfo, KM_FILE_ALLOCINFO)                                                            \
	X(iomem, KM_FILE_IOMEM)                                                                    \
	X(manifest, KM_FILE_MANIFEST)                                                              \
	X(meminfo, KM_FILE_MEMINFO)                                                                \
	X(pagetypeinfo, KM_FILE_PAGETYPEINFO)                                                      \
	X(psi, KM_FILE_PRESSURE)                                                                   \
	X(vmstat, KM_FILE_VMSTAT)
#define KM_PARSED_FILES(X) KM_BLOCK_FILES(X) KM_WHOLE_FILES(X)

/* What /sys/kernel/slab had, for a machine that is read again and again. Zero-initialised is empty. */
struct km_slab_memory {
	struct km_pool pool; /* owns the texts */
	struct km_slabdir slabdir;
};

struct km_machine {
	struct km_source *source;
	struct km_problems problems;
	struct km_pool pool; /* owns the rows and texts that are derived */
	struct km_host host;
	bool noted; /* the failures of reading are problems */
	bool asked[KM_FILES];
	bool have[KM_FILES];
#define KM_PARSED_MEMBER(name, file) struct km_##name name;
	KM_PARSED_FILES(KM_PARSED_MEMBER)
	bool lacks_module; /* the running machine has none of its files */
	struct km_module_file module[4]; /* by file, from KM_FILE_MODULE_GFP on */
	struct km_module_blocks module_blocks;
	int device; /* /dev/kmeminfo: its descriptor plus 1; 0: not open */
	bool asked_processes, have_processes;
	struct km_processes processes;
	struct km_slabdir slabdir;
	unsigned int slabdir_asked; /* the attributes */
	const struct km_slab_memory *slab_memory; /* NULL: none */
	struct km_vmalloc_tally vmalloc;
	double opened_seconds; /* by km_clock_seconds() */
};

/*
 * path and options as km_source_open_with(). page_bytes overrides the source's page size;
 * KM_UNKNOWN: it does not.
 */
int km_machine_open(struct km_machine *machine, const char *path, uint64_t page_bytes,
		    const struct km_source_options *options, struct km_err *err);

/* The same, not confined. */
int km_machine_init(struct km_machine *machine, const char *path, uint64_t page_bytes,
		     struct km_err *err);
void km_machine_deinit(struct km_machine *machine);

/* Whether it is the running system, and no capture. */
bool km_machine_is_live(const struct km_machine *machine);

/*
 * A file's bytes, owned by the source. 0 or a negative errno with err filled; -ENODATA when it is
 * empty. No kernel has an empty one among the parsed files, so its content was lost on the way.
 */
int km_machine_read(struct km_machine *machine, enum km_file file, struct km_str *text,
		     struct km_err *err);

/*
 * Makes a problem of each read that failed unexpectedly and that no problem names yet, also where
 * the file is optional: a figure may depend on it. Before a report is printed; a second call does nothing.
 */
void km_machine_note_failures(struct km_machine *machine);

/* Records that a file is unavailable, and the reason: that of a capture's manifest, or err. */
void km_machine_complain(struct km_machine *machine, enum km_file file, const struct km_err *err);

/*
 * The parsed file, owned by the machine; NULL when it cannot be read. That becomes a problem of
 * the machine when the file is required, once for all calls.
 */
#define KM_PARSED_GETTER(name, file)                                                               \
	const struct km_##name *km_machine_##name(struct km_machine *machine, enum km_need need);
KM_PARSED_FILES(KM_PARSED_GETTER)

/* A receiver of areas as they are read. Its arguments are valid until it returns. */
struct km_vmalloc_taker {
	void (*take)(void *data, const struct km_vmallocinfo_area *area,
		     const struct km_vmalloc_found *found);
	void *data;
};

/*
 * The areas of /proc/vmallocinfo, added up, as the getters above. Also sets host.pointers. counted: as
 * km_vmalloc_tally_init(), KM_VMALLOC_ALL without it. taker receives each area. With a taker, and for what
 * was not counted, the file is read again if it was read before.
 */
const struct km_vmalloc_tally *km_machine_vmalloc(struct km_machine *machine, enum km_need need);
const struct km_vmalloc_tally *km_machine_vmalloc_areas(struct km_machine *machine, enum km_need need,
							unsigned int counted,
							const struct km_vmalloc_taker *taker);

/* The page size from /proc/vmallocinfo alone, for which the file is read separately; or KM_UNKNOWN. */
uint64_t km_machine_page_of_vmallocinfo(struct km_machine *machine);

/*
 * The same for /sys/kernel/slab, a directory. wanted: attributes to read, each of them one file per cache.
 * Attributes that the name of a merged cache shows are not read for it. If they are refused, that is one
 * problem.
 */
const struct km_slabdir *km_machine_slabdir(struct km_machine *machine, unsigned int wanted,
					     enum km_need need);

/*
 * Takes over what another machine struct read from the same directory. For a machine that is read again and
 * again: its caches keep their names. Do not close the other one before this one.
 */
void km_machine_share_slabdir(struct km_machine *machine, const struct km_machine *from);

/*
 * Uses attributes that a cache keeps as long as it exists, which another machine read of the same directory, as long as
 * the directory has the same names. The names are listed anew. Before the directory is read; memory must outlive the
 * machine.
 */
void km_machine_recall_slab(struct km_machine *machine, const struct km_slab_memory *memory);

/* Keeps what the machine read, unless memory has it already. The next machine can be given it. */
void km_machine_remember_slab(const struct km_machine *machine, struct km_slab_memory *memory);
void km_slab_memory_deinit(struct km_slab_memory *memory);

/* Sets host.module when the module's figures can be read; never a problem. */
void km_machine_peek_module(struct km_machine *machine);

/*
 * A file of the helper module, KM_FILE_MODULE_*. NULL without the module, which is no problem;
 * that it is there and refused is one.
 */
const struct km_module_file *km_machine_module(struct km_machine *machine, enum km_file file,
						 enum km_need need);

/* Whether the kernel can load modules: one that cannot has no list of them. */
bool km_machine_loads_modules(struct km_machine *machine);

/* Notes that a file of the helper module is missing: the report is then incomplete. */
void km_machine_miss_module(struct km_machine *machine, enum km_file file);

/* The module's file of pageblocks, as above. The module looks at every page of the machine. */
const struct km_module_blocks *km_machine_module_blocks(struct km_machine *machine, enum km_need need);

/*
 * The GFP flags of a kernel, owned by the machine's pool. release .ptr NULL: those of the machine, by its
 * helper module when that reports them. Otherwise the built-in table of that release ("6.12", or in full),
 * with the machine's configuration when it is the machine's own release.
 */
void km_machine_gfp(struct km_machine *machine, struct km_str release, struct km_gfp_kernel *ret);

/*
 * Which code holds memory, from allocinfo, and with stacks from page_owner and alloc_traces of debugfs too. Files that
 * are not there are no problem. each_page: also page_owner of the running machine, if it has no list of stacks.
 */
struct km_sheet km_machine_callers(struct km_machine *machine, bool stacks, bool each_page);

enum km_types {
	KM_TYPES_NONE,
	KM_TYPES_MODULE, /* the helper module, if it is loaded */
	KM_TYPES_ANY,    /* otherwise /proc/pagetypeinfo, which is expensive for the machine */
};

/*
 * What the machine's zones can give to a request, and how much its allocators grant at once. Missing files are
 * no problem: the figures that they would report are unknown. types: the source of the migrate types of free
 * blocks.
 */
void km_machine_supply(struct km_machine *machine, enum km_types types, struct km_supply *ret);
/* Settings that the page allocator goes by. A capture has none of them but the memory not accepted. */
void km_machine_forecast_settings(struct km_machine *machine, struct km_forecast_settings *ret);
/* The limits of the memory cgroup of that name ("/box"), NULL: of this program, or of the one that made the capture. */
void km_machine_cgroup(struct km_machine *machine, const char *name, struct km_cgroup_limits *ret);
/* The order in which a request that begins at this node tries the nodes; KM_UNKNOWN leaves it unknown. */
void km_machine_node_order(struct km_machine *machine, uint64_t from, struct km_supply *supply);
/* The nodes of the machine by rising number, owned by the pool. Returns how many. */
size_t km_machine_nodes(struct km_machine *machine, uint64_t **ret);
/* A file of a node ("meminfo"), owned by the source, .ptr NULL when it cannot be read; and the parser's context. */
struct km_str km_machine_node_file(struct km_machine *machine, uint64_t node, const char *name);
void km_machine_node_parse(struct km_machine *machine, uint64_t node, const char *name, struct km_parse *ret);
struct km_limits km_machine_limits(struct km_machine *machine);

/*
 * The processes of the running system; NULL for a capture, which holds none. A missing libproc2
 * is reported, and the report still counts as complete.
 */
const struct km_processes *km_machine_processes(struct km_machine *machine);

/*
 * Has the helper module try an allocation in the running kernel, and fills the answer part of *probe.
 * probe NULL: only opens the device. 0, or a negative errno with err filled.
 */
int km_machine_probe(struct km_machine *machine, struct kmeminfo_probe *probe, struct km_err *err);

/* Keeps this process on the CPU that it runs on, and returns that CPU's node; KM_UNKNOWN: not known. */
uint64_t km_machine_stay_on_cpu(void);

/* CPUs that are online; KM_UNKNOWN for a capture. */
uint64_t km_machine_cpus(const struct km_machine *machine);
/* The machine's name, owned by the source; .ptr NULL for a capture. */
struct km_str km_machine_host_name(const struct km_machine *machine);
/* Seconds since the machine was opened. */
double km_machine_age_seconds(const struct km_machine *machine);

/* The node of the CPU that the program runs on; KM_UNKNOWN for a capture. */
uint64_t km_machine_cpu_node(const struct km_machine *machine);

#endif
