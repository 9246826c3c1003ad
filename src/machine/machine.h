/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One machine at one moment. Reads a file when a report first needs it, parses it once, and records failures.
 * Here source/ and parse/ meet.
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
#include "source/membership.h"
#include "source/files.h"
#include "source/source.h"

/*
 * Whether a report is incomplete without a file. A required file that cannot be read is a problem of the
 * machine. A missing optional file is ignored, and the file may be required later.
 */
enum km_need { KM_REQUIRED, KM_OPTIONAL };

/*
 * Files that are read and parsed once. The record, the parser (km_parse_NAME) and the getter
 * (km_machine_NAME) have the same name. Large files are read in blocks, and their records own their texts.
 * The others are read whole, and kept. pagetypeinfo is expensive for the machine, so it is read only on
 * request.
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

/* The contents of /sys/kernel/slab, for a machine that is read repeatedly. Zero-initialised is empty. */
struct km_slab_memory {
	struct km_pool pool; /* owns the texts */
	struct km_slabdir slabdir;
};

struct km_machine {
	struct km_source *source;
	struct km_problems problems;
	struct km_pool pool; /* owns derived rows and texts */
	struct km_host host;
	bool noted; /* failures of reading have become problems */
	bool asked[KM_FILES];
	bool have[KM_FILES];
#define KM_PARSED_MEMBER(name, file) struct km_##name name;
	KM_PARSED_FILES(KM_PARSED_MEMBER)
	bool lacks_module; /* the running machine has no files of the module */
	struct km_module_file module[4]; /* indexed from KM_FILE_MODULE_GFP */
	struct km_module_blocks module_blocks;
	int device; /* /dev/kmeminfo: its descriptor plus 1; 0: not open */
	bool in_cgroup; /* probes are made in another memory cgroup */
	struct km_membership membership; /* of it, if in_cgroup */
	bool asked_processes, have_processes;
	struct km_processes processes;
	struct km_slabdir slabdir;
	unsigned int slabdir_asked; /* the attributes that were requested */
	const struct km_slab_memory *slab_memory; /* NULL: none */
	struct km_vmalloc_tally vmalloc;
	double opened_seconds; /* on the clock of km_clock_seconds() */
};

/*
 * Opens a machine. path and options are those of km_source_open_with(). page_bytes overrides the source's
 * page size, unless it is KM_UNKNOWN. 0, or a negative errno with err filled.
 */
int km_machine_open(struct km_machine *machine, const char *path, uint64_t page_bytes,
		    const struct km_source_options *options, struct km_err *err);

/* The same, without confinement. */
int km_machine_init(struct km_machine *machine, const char *path, uint64_t page_bytes,
		     struct km_err *err);
void km_machine_deinit(struct km_machine *machine);

/* Whether the machine is the running system, not a capture. */
bool km_machine_is_live(const struct km_machine *machine);

/*
 * Reads a file. The source owns the bytes. 0, or a negative errno with err filled; -ENODATA if the file is
 * empty. Kernels never have an empty file among the parsed ones, so its content must have been lost.
 */
int km_machine_read(struct km_machine *machine, enum km_file file, struct km_str *text,
		     struct km_err *err);

/*
 * Makes a problem of each read that failed unexpectedly and has no problem yet, even for an optional file,
 * because a figure may depend on it. Call it before printing a report. A second call does nothing.
 */
void km_machine_note_failures(struct km_machine *machine);

/* Whether something that was wanted until now could not be read, noted as a problem or not yet. */
bool km_machine_is_incomplete(const struct km_machine *machine);

/* Records that a file is unavailable, with the reason from a capture's manifest, or else from err. */
void km_machine_set_unavailable(struct km_machine *machine, enum km_file file, const struct km_err *err);

/*
 * The parsed file, owned by the machine; NULL if it cannot be read. For a required file that becomes a
 * problem of the machine, only once.
 */
#define KM_PARSED_GETTER(name, file)                                                               \
	const struct km_##name *km_machine_##name(struct km_machine *machine, enum km_need need);
KM_PARSED_FILES(KM_PARSED_GETTER)

/* Receives areas while they are read. All arguments are valid until take() returns. */
struct km_vmalloc_taker {
	void (*take)(void *data, const struct km_vmallocinfo_area *area,
		     const struct km_vmalloc_found *found);
	void *data;
};

/*
 * The sums over the areas of /proc/vmallocinfo, like the getters above. Also sets host.pointers. counted is
 * as in km_vmalloc_tally_init(); the first function uses KM_VMALLOC_ALL. taker receives each area. The file
 * is read again if it was read before and taker is not NULL, or if counted contains new counts.
 */
const struct km_vmalloc_tally *km_machine_vmalloc(struct km_machine *machine, enum km_need need);
const struct km_vmalloc_tally *km_machine_vmalloc_areas(struct km_machine *machine, enum km_need need,
							unsigned int counted,
							const struct km_vmalloc_taker *taker);

/* The page size from /proc/vmallocinfo alone, or KM_UNKNOWN. Reads the file separately. */
uint64_t km_machine_page_of_vmallocinfo(struct km_machine *machine);

/*
 * The same for the directory /sys/kernel/slab. wanted is the set of attributes to read; each attribute is one
 * file per cache. An attribute that a merged cache's name shows is not read for it. A refusal becomes one
 * problem.
 */
const struct km_slabdir *km_machine_slabdir(struct km_machine *machine, unsigned int wanted,
					     enum km_need need);

/*
 * Shares what another machine struct read from the same directory, for a machine that is read repeatedly: its
 * caches keep their names. Close the other struct after this one.
 */
void km_machine_share_slabdir(struct km_machine *machine, const struct km_machine *from);

/*
 * Reuses attributes that never change while a cache exists. Another machine struct read them from the same
 * directory. They are valid as long as the directory has the same names, which are listed again. Call this
 * before the directory is read. memory must outlive the machine.
 */
void km_machine_recall_slab(struct km_machine *machine, const struct km_slab_memory *memory);

/* Copies the attributes to memory, unless it has them already. The next machine can use them. */
void km_machine_remember_slab(const struct km_machine *machine, struct km_slab_memory *memory);
void km_slab_memory_deinit(struct km_slab_memory *memory);

/* Sets host.module if the module's figures can be read. Never makes a problem. */
void km_machine_peek_module(struct km_machine *machine);

/*
 * A file of the helper module, KM_FILE_MODULE_*. NULL without the module, which is not a problem. A file that
 * exists and is refused is one.
 */
const struct km_module_file *km_machine_module(struct km_machine *machine, enum km_file file,
						 enum km_need need);

/* Whether the kernel can load modules. A kernel that cannot has no list of modules. */
bool km_machine_loads_modules(struct km_machine *machine);

/* Records that a file of the helper module is missing, which makes the report incomplete. */
void km_machine_set_module_missing(struct km_machine *machine, enum km_file file);

/* The module's file of pageblocks, like the getters above. For it the module reads every page of the machine. */
const struct km_module_blocks *km_machine_module_blocks(struct km_machine *machine, enum km_need need);

/*
 * The GFP flags of a kernel, owned by the machine's pool. release .ptr NULL: the machine's kernel; its helper
 * module comes first. Otherwise the built-in table of that release ("6.12", or in full), with the machine's
 * configuration if the release is the machine's own.
 */
void km_machine_gfp(struct km_machine *machine, struct km_str release, struct km_gfp_kernel *ret);

/*
 * The kernel code that allocated memory, and how much. Sources are allocinfo, and with stacks also page_owner
 * and alloc_traces of debugfs. Missing files are not problems. each_page: also reads page_owner of the
 * running machine, if it has no list of stacks.
 */
struct km_sheet km_machine_callers(struct km_machine *machine, bool stacks, bool each_page);

enum km_types {
	KM_TYPES_NONE,
	KM_TYPES_MODULE, /* the helper module if it is loaded */
	KM_TYPES_ANY,    /* otherwise /proc/pagetypeinfo, which is expensive for the machine */
};

/*
 * The memory that the machine's zones can provide, and the limits of its allocators. Missing files are not
 * problems: their figures are unknown. types is the source of the migrate types of free blocks.
 */
void km_machine_supply(struct km_machine *machine, enum km_types types, struct km_supply *ret);
/* Settings of the page allocator. A capture contains none of them, except unaccepted memory. */
void km_machine_forecast_settings(struct km_machine *machine, struct km_forecast_settings *ret);
/*
 * The limits of the memory cgroup with this name ("/box"). NULL: that of this program, or of the program that
 * made the capture.
 */
void km_machine_cgroup(struct km_machine *machine, const char *name, struct km_cgroup_limits *ret);
/* The file that moves a process into that memory cgroup (NULL: this program's): ".../cgroup.procs"; .ptr NULL: none. */
struct km_str km_machine_cgroup_procs(struct km_machine *machine, const char *name);
/* The order in which a request that starts on this node tries the nodes. from KM_UNKNOWN leaves it unknown. */
void km_machine_node_order(struct km_machine *machine, uint64_t from, struct km_supply *supply);
/* Sets *ret to the nodes of the machine in ascending order, owned by the pool. Returns their number. */
size_t km_machine_nodes(struct km_machine *machine, uint64_t **ret);
/*
 * A file of a node ("meminfo"), owned by the source, .ptr NULL if it cannot be read; and the context for
 * parsing it.
 */
struct km_str km_machine_node_file(struct km_machine *machine, uint64_t node, const char *name);
void km_machine_node_parse(struct km_machine *machine, uint64_t node, const char *name, struct km_parse *ret);
struct km_limits km_machine_limits(struct km_machine *machine);

/*
 * The processes of the running system; NULL for a capture, which contains none. A missing libproc2 is
 * reported, but the report counts as complete.
 */
const struct km_processes *km_machine_processes(struct km_machine *machine);

/*
 * Makes the helper module try an allocation in the running kernel, and fills the answer part of *probe. probe
 * NULL: only opens the device. 0, or a negative errno with err filled.
 */
int km_machine_probe(struct km_machine *machine, struct kmeminfo_probe *probe, struct km_err *err);

/*
 * Makes the following probes in the memory cgroup with this name ("/box"): this process enters it for each probe, and
 * leaves it afterwards. 0, or a negative errno with err filled.
 */
int km_machine_probe_in(struct km_machine *machine, const char *cgroup, struct km_err *err);

/* Pins this process to its current CPU, and returns the CPU's node; KM_UNKNOWN if unknown. */
uint64_t km_machine_stay_on_cpu(void);

/* The number of online CPUs; KM_UNKNOWN for a capture. */
uint64_t km_machine_cpus(const struct km_machine *machine);
/* The machine's name, owned by the source; .ptr NULL for a capture. */
struct km_str km_machine_host_name(const struct km_machine *machine);
/* Seconds since the machine was opened. */
double km_machine_age_seconds(const struct km_machine *machine);

/* The node of the CPU that the program runs on; KM_UNKNOWN for a capture. */
uint64_t km_machine_cpu_node(const struct km_machine *machine);

#endif
