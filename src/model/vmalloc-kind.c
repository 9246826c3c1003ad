// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/vmalloc-kind.h"

/* The list of callers is written once: for matching, and for the origin in the explanation. */
#define CALLERS(list) .word.origin = "/proc/vmallocinfo callers " list, .callers = list
#define MARKS(text)   .word.origin = "/proc/vmallocinfo " text

const struct km_vmalloc_kind km_vmalloc_kinds[] = {
	[KM_VMALLOC_KERNEL_STACKS] = {
		.word.key = "kernel stacks",
		.word.brief = "stacks of threads in the kernel",
		.word.explain =
			"One area per thread (16 KiB on 64-bit) if the kernel has "
			"CONFIG_VMAP_STACK. KernelStack in /proc/meminfo counts the same memory, "
			"so VmallocUsed and KernelStack overlap. Up to two stacks per CPU are "
			"cached for the next thread: they are listed here but no longer counted "
			"in KernelStack. The caller is the function that created the thread, "
			"because the functions between are inlined.",
		CALLERS("kernel_clone, _do_fork (to 5.9), fork_idle, copy_process, "
			"create_io_thread, vhost_task_create (6.12; not in 6.1), dup_task_struct, "
			"alloc_thread_stack_node"),
	},
	[KM_VMALLOC_SHADOW_STACKS] = {
		.word.key = "shadow call stacks",
		.word.brief = "return addresses of threads, stored separately from their stacks",
		.word.explain =
			"arm64 and riscv with CONFIG_SHADOW_CALL_STACK. Also counted in "
			"ShadowCallStack of /proc/meminfo.",
		CALLERS("scs_alloc, __scs_alloc, scs_prepare"),
		.word.kernels = "6.1+; 5.10 allocates them from a slab cache",
	},
	[KM_VMALLOC_INTERRUPT_STACKS] = {
		.word.key = "interrupt stacks",
		.word.brief = "stacks of interrupt handlers, one or more per CPU",
		.word.explain =
			"On x86-64 this is a vmap of per-CPU memory with guard pages around it, "
			"which holds no memory of its own. On arm64 and powerpc they are vmalloc "
			"memory. KernelStack in /proc/meminfo does not count them. arm64 kernels "
			"print start_kernel, because the functions between are inlined.",
		CALLERS("irq_init_percpu_irqstack, map_irq_stack, init_IRQ, init_irq_stacks, "
			"start_kernel, init_sdei_stacks, _init_sdei_stack, alloc_vm_stack, "
			"vmap_irqstack_init"),
	},
	[KM_VMALLOC_MODULE_CODE] = {
		.word.key = "module code",
		.word.brief = "text and data of loaded modules",
		.word.explain =
			"A module uses several areas. Kernels that allocate executable memory "
			"from a cache (execmem_alloc with 2 MiB areas; in 7.2 on x86-64, not in "
			"6.12) pack the text of many modules into one area, together with code of "
			"probes and BPF programs. The free part of such an area is not visible "
			"here.",
		CALLERS("load_module, layout_and_allocate, move_module, module_memory_alloc, "
			"module_alloc (to 6.9), __module_alloc (to 6.9), execmem_alloc (6.10+), "
			"__execmem_alloc (6.10+), execmem_alloc_rw (7.2; not in 6.12), "
			"execmem_vmalloc (7.2; not in 6.12), execmem_cache_* (7.2; not in 6.12)"),
	},
	[KM_VMALLOC_PROBES] = {
		.word.key = "probes",
		.word.brief = "code that the kernel writes for kprobes, ftrace and mitigations",
		.word.explain =
			"Pages of copied instructions and trampolines. There are few, and only "
			"while tracing or probing.",
		CALLERS("alloc_insn_page, __get_insn_slot, arch_ftrace_update_trampoline, "
			"create_trampoline, alloc_tramp, its_alloc, __its_alloc, "
			"its_allocate_thunk"),
	},
	[KM_VMALLOC_BPF] = {
		.word.key = "BPF",
		.word.brief = "programs, maps and machine code of BPF",
		.word.explain =
			"The areas of a map belong to the function that created it. A ring buffer "
			"and an arena map pages that BPF got from the page allocator: these show "
			"address space here and no memory. `bpftool map` shows their owners.",
		CALLERS("bpf_*, __bpf_*, array_map_alloc, htab_map_alloc, rhtab_map_alloc, "
			"prealloc_init, stack_map_alloc, prealloc_elems_and_freelist, "
			"queue_stack_map_alloc, dev_map_alloc, dev_map_init_map, "
			"dev_map_create_hash, cpu_map_alloc, xsk_map_alloc, sock_map_alloc, "
			"sock_hash_alloc, reuseport_array_alloc, trie_alloc, bloom_map_alloc, "
			"cgroup_storage_map_alloc, ringbuf_map_alloc, arena_map_alloc, "
			"insn_array_alloc, adjust_insn_aux_data"),
	},
	[KM_VMALLOC_HASH_TABLES] = {
		.word.key = "hash tables",
		.word.brief = "large hash tables of the kernel",
		.word.explain =
			"alloc_large_system_hash creates those of dentries, inodes, TCP and "
			"others at boot, sized by the memory of the machine. They are in this "
			"range only on NUMA machines (hashdist) or above the largest block. The "
			"others grow with their contents.",
		CALLERS("alloc_large_system_hash, inet_ehash_locks_alloc, "
			"inet_pernet_hashinfo_alloc, bucket_table_alloc, rhashtable_*, "
			"rht_deferred_worker, nf_ct_alloc_hashtable, __alloc_bucket_spinlocks"),
	},
	[KM_VMALLOC_PER_CPU] = {
		.word.key = "per-CPU",
		.word.brief = "chunks of per-CPU memory, and the maps that manage them",
		.word.explain =
			"pcpu_get_vm_areas is address space for a chunk of all CPUs. Percpu in "
			"/proc/meminfo counts its pages, outside VmallocUsed, and no pages= is "
			"shown. The others are the allocator's own tables, which are vmalloc "
			"memory.",
		CALLERS("pcpu_*"),
	},
	[KM_VMALLOC_SWAP_MAPS] = {
		.word.key = "swap maps",
		.word.brief = "tables of the slots in use in a swap area",
		.word.explain =
			"They grow with the size of the swap area, used or not, and swapoff frees "
			"them.",
		CALLERS("__do_sys_swapon, __se_sys_swapon, __x64_sys_swapon, __ia32_sys_swapon, "
			"__arm64_sys_swapon, sys_swapon, swap_cgroup_swapon, setup_swap_map, "
			"setup_clusters, setup_swap_clusters_info"),
	},
	[KM_VMALLOC_KASAN] = {
		.word.key = "KASAN shadow",
		.word.brief = "memory that KASAN uses to check modules and hot-plugged memory",
		.word.explain = "Only in kernels built with CONFIG_KASAN. Has no guard page.",
		CALLERS("kasan_*"),
	},
	[KM_VMALLOC_KERNEL_IMAGE] = {
		.word.key = "kernel image",
		.word.brief = "text and data of the kernel itself, if it lies in this range",
		.word.explain =
			"arm64 lists the segments of its image. This is address space only: the "
			"memory was allocated at boot and is not part of any vmalloc count.",
		MARKS("vmap with phys="),
	},
	[KM_VMALLOC_IOREMAP] = {
		.word.key = "ioremap",
		.word.brief = "registers and memory of devices and firmware",
		.word.explain =
			"Address space of a physical address outside the allocator's memory. It "
			"uses none of the machine's memory; the caller is the driver.",
		MARKS("ioremap"),
	},
	[KM_VMALLOC_DMA] = {
		.word.key = "DMA",
		.word.brief = "buffers for devices, mapped contiguously",
		.word.explain =
			"The DMA code got their pages from the page allocator. This is a second "
			"mapping of them and holds no memory of its own.",
		MARKS("dma-coherent"),
	},
	[KM_VMALLOC_VMAP] = {
		.word.key = "vmap",
		.word.brief = "pages of other owners, mapped contiguously",
		.word.explain =
			"Made by vmap() or vm_map_ram(). The pages belong to the code that mapped "
			"them and are counted there, even if pages= is shown (VM_MAP_PUT_PAGES), "
			"which VmallocUsed does not include. vm_map_ram shows whole blocks that "
			"may be partly unused; before 6.9 also an area that was being freed.",
		MARKS("vmap, sparse, vm_map_ram, or none of the flags"),
	},
	[KM_VMALLOC_LAZILY_FREED] = {
		.word.key = "lazily freed",
		.word.brief = "freed address space that waits for a common TLB flush",
		.word.explain =
			"The pages are free already, so it holds no memory. The addresses cannot "
			"be reused before the kernel purges them. It does so when they exceed 32 "
			"MiB times the number of bits in the number of CPUs "
			"(k5.10..7.2:mm/vmalloc.c lazy_max_pages). Thousands of such areas are "
			"normal on an idle machine.",
		MARKS("unpurged vm_area"),
	},
	[KM_VMALLOC_OTHER] = {
		.word.key = "other",
		.word.brief = "memory from vmalloc() of any other caller",
		.word.explain =
			"Drivers, file systems, compression, tracing: see the caller and its "
			"module.",
		MARKS("vmalloc"),
	},
	[KM_VMALLOC_KINDS] = { .callers = NULL },
};

struct km_str km_vmalloc_function(struct km_str caller)
{
	size_t len = 0;

	if (km_str_starts(caller, KM_STR("0x")))
		return caller;
	/* ppc64 ELFv1 prefixes each function name with a dot */
	km_str_take_prefix(&caller, KM_STR("."));
	while (len < caller.len && caller.ptr[len] != '.' && caller.ptr[len] != '+')
		len++;
	return (struct km_str){ caller.ptr, len };
}

/* Adds a name such as "bpf_*". The first kind in the table wins. */
static void add_name(struct km_vmalloc_callers *callers, struct km_str name,
		     enum km_vmalloc_kind_id kind)
{
	struct km_vmalloc_caller *caller;
	size_t number;

	if (km_str_ends(name, KM_STR("*"))) {
		name.len--;
		*km_array_push(&callers->prefixes) = (struct km_vmalloc_caller){ name, kind };
		return;
	}
	number = km_index_of(&callers->index, 0, name);
	if (number < callers->names.len)
		return;
	caller = km_array_push(&callers->names);
	*caller = (struct km_vmalloc_caller){ name, kind };
}

/* Adds "kernel_clone, _do_fork (to 5.9), bpf_*": the first word of each item is a name. */
static void add_names(struct km_vmalloc_callers *callers, struct km_str list,
		      enum km_vmalloc_kind_id kind)
{
	struct km_str piece, name;

	while (list.len) {
		if (!km_str_take_until(&list, ',', &piece)) {
			piece = list;
			list.len = 0;
		}
		if (km_str_take_word(&piece, &name))
			add_name(callers, name, kind);
	}
}

static void list_callers(struct km_vmalloc_callers *callers)
{
	for (unsigned int id = 0; id < KM_VMALLOC_KINDS; id++)
		if (km_vmalloc_kinds[id].callers)
			add_names(callers, km_str_from(km_vmalloc_kinds[id].callers),
				  (enum km_vmalloc_kind_id)id);
	callers->listed = callers->names.len;
}

void km_vmalloc_callers_deinit(struct km_vmalloc_callers *callers)
{
	km_index_deinit(&callers->index);
	km_array_deinit(&callers->names);
	km_array_deinit(&callers->prefixes);
}

static enum km_vmalloc_kind_id kind_of_function(struct km_vmalloc_callers *callers,
						struct km_str function)
{
	enum km_vmalloc_kind_id kind = KM_VMALLOC_KINDS;
	const struct km_vmalloc_caller *caller;
	size_t number;

	if (!callers->listed)
		list_callers(callers);
	number = km_index_find(&callers->index, 0, function);
	if (number < callers->names.len)
		kind = callers->names.items[number].kind;
	km_array_each(caller, &callers->prefixes)
		if (caller->kind < kind && km_str_starts(function, caller->name))
			kind = caller->kind;
	return kind;
}

enum km_vmalloc_kind_id km_vmalloc_kind_of(struct km_vmalloc_callers *callers,
					   const struct km_vmallocinfo_area *area)
{
	const struct km_str function = km_vmalloc_function(area->caller);
	enum km_vmalloc_kind_id kind = KM_VMALLOC_KINDS;

	if (area->mark & KM_VMALLOCINFO_UNPURGED)
		return KM_VMALLOC_LAZILY_FREED;
	if (function.len)
		kind = kind_of_function(callers, function);
	if (kind != KM_VMALLOC_KINDS)
		return kind;
	if (area->mark & KM_VMALLOCINFO_DMA_COHERENT)
		return KM_VMALLOC_DMA;
	if (area->mark & KM_VMALLOCINFO_IOREMAP)
		return KM_VMALLOC_IOREMAP;
	if (area->mark & KM_VMALLOCINFO_VMALLOC)
		return KM_VMALLOC_OTHER;
	return area->phys.ptr ? KM_VMALLOC_KERNEL_IMAGE : KM_VMALLOC_VMAP;
}

const struct km_vocabulary km_vmalloc_kind_vocabulary = {
	.name = "kind",
	.brief = "what areas of the vmalloc range are for",
	.items = km_vmalloc_kinds,
	.item_size = sizeof(*km_vmalloc_kinds),
};
