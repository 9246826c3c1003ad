// SPDX-License-Identifier: GPL-2.0-or-later
/* What the words of the fields kind and cause mean, and what would help. */
#include "model/failure-cause.h"

#define CHECK "Mem-Info (k6.12:mm/page_alloc.c __zone_watermark_ok)"

const struct km_topic km_failure_kinds[] = {
	[KM_KLOG_PAGES] = {
		.key = "page allocation", .brief = "the page allocator refused a block of pages",
		.explain = "Reported at most once in ten seconds, and never of requests with __GFP_NOWARN.",
		.origin = "k6.12:mm/page_alloc.c warn_alloc" },
	[KM_KLOG_STALL] = {
		.key = "page stall", .brief = "a request for pages has been waiting for ten seconds and more",
		.explain = "It has not failed, and may be served yet; the zones are those of that moment. Kernels "
			   "from 4.10 to 4.14 report it, and 7.2 does again.",
		.origin = "k7.2:mm/page_alloc.c check_alloc_stall_warn" },
	[KM_KLOG_TOO_LARGE] = {
		.key = "order too large", .brief = "a block was asked for that is larger than any",
		.explain = "The kernel warns of it once after each boot.",
		.origin = "k6.12:mm/page_alloc.c __alloc_pages_noprof" },
	[KM_KLOG_VMALLOC] = {
		.key = "vmalloc", .brief = "vmalloc() could not be served",
		.origin = "k6.12:mm/vmalloc.c __vmalloc_node_range_noprof" },
	[KM_KLOG_VMAP] = {
		.key = "vmap", .brief = "no range of kernel addresses was left to map something to",
		.origin = "k6.1:mm/vmalloc.c alloc_vmap_area" },
	[KM_KLOG_SLUB] = {
		.key = "slab allocation", .brief = "a cache could not get pages for another slab",
		.explain = "As a rule the page allocator's report of the same request stands above it.",
		.origin = "k6.12:mm/slub.c slab_out_of_memory" },
	[KM_KLOG_OOM] = {
		.key = "OOM kill", .brief = "the OOM killer ended a process to get its memory",
		.explain = "Of the whole machine, of a memory cgroup, a cpuset or the nodes of a memory policy: "
			   "the cause says which.",
		.origin = "k6.12:mm/oom_kill.c" },
	{ 0 }
};

const struct km_failure_cause km_failure_causes[] = {
	[KM_CAUSE_SHORTAGE] = {
		.topic = { .key = "shortage", .brief = "the machine was out of memory",
			   .explain = "No zone that the request may use was above its mark, and reclaim found "
				      "nothing more to free.", .origin = CHECK },
		.advice = "More memory, less load, or swap. The memory line says who had it; `kmeminfo` on the "
			  "running machine says it in detail. A limit (memory.max) on the service that grows keeps the "
			  "others alive.",
		.by_zones = true },
	[KM_CAUSE_HELD] = {
		.topic = { .key = "held by the kernel", .brief = "the kernel itself held most of the memory",
			   .explain = "Unreclaimable slab, page tables, stacks and memory that no counter of the "
				      "report covers (drivers, vmalloc, per-CPU areas) exceed half of the "
				      "memory. Killing processes does not free it.", .origin = CHECK },
		.advice = "Look for what grows in the kernel: `kmeminfo slab`, `kmeminfo vmalloc`, and the part "
			  "unaccounted in `kmeminfo`. page_owner=on names the owner of every page after a reboot.",
		.by_zones = true },
	[KM_CAUSE_NO_WAIT] = {
		.topic = { .key = "could not wait",
			   .brief = "memory could have been reclaimed, but the request may not sleep",
			   .explain = "GFP_ATOMIC and GFP_NOWAIT requests live on what kswapd keeps free. They came "
				      "faster than it could.", .origin = CHECK },
		.advice = "Callers are expected to cope with this. If it is frequent, let kswapd start earlier: raise "
			  "vm.watermark_scale_factor, or vm.min_free_kbytes.",
		.by_zones = true },
	[KM_CAUSE_FRAGMENTED] = {
		.topic = { .key = "fragmentation", .brief = "enough was free, but in no block of that size",
			   .explain = "A zone that the request may use was above its mark, and had no free block as "
				      "large as the request of a type that it may take.", .origin = CHECK },
		.advice = "The caller does better with vmalloc(), kvmalloc() or a smaller order. On the machine: write "
			  "1 to /proc/sys/vm/compact_memory; raise vm.min_free_kbytes; look at `kmeminfo buddy`.",
		.by_zones = true },
	[KM_CAUSE_ZONE] = {
		.topic = { .key = "zone restriction",
			   .brief = "the zones that the flags allow were exhausted, others had memory",
			   .explain = "GFP_DMA and GFP_DMA32 reach only low memory; the kernel's own requests reach "
				      "neither HighMem nor Movable zones.", .origin = CHECK },
		.advice = "Of GFP_DMA: few devices still need it; the driver's DMA mask decides. Of the kernel's own "
			  "requests: less memory in Movable zones (movablecore=, movable_node, online_movable), or, on "
			  "32 bit, a 64-bit kernel.",
		.by_zones = true },
	[KM_CAUSE_NODE] = {
		.topic = { .key = "node restriction",
			   .brief = "the nodes that the request may use were exhausted, others had memory",
			   .explain = "By a memory policy (mbind, set_mempolicy, numactl), or by __GFP_THISNODE.",
			   .origin = CHECK },
		.advice = "Let the policy prefer nodes instead of binding to them, or give it more of them. "
			  "`kmeminfo zones` shows what each node has.",
		.by_zones = true },
	[KM_CAUSE_CPUSET] = {
		.topic = { .key = "cpuset", .brief = "the nodes of the task's cpuset were exhausted",
			   .explain = "Processes of that cpuset were killed though other nodes may have had memory.",
			   .origin = "k6.12:mm/oom_kill.c constrained_alloc" },
		.advice = "Add nodes to cpuset.mems of that group, or move work out of it.",
		.by_zones = true },
	[KM_CAUSE_CGROUP] = {
		.topic = { .key = "cgroup limit", .brief = "a memory cgroup reached its limit",
			   .explain = "Only its own processes are looked at, and the limit may be an ancestor's. "
				      "tmpfs files and the kernel's memory for the group are charged to it too.",
			   .origin = "k6.12:mm/memcontrol.c mem_cgroup_out_of_memory" },
		.advice = "Raise memory.max of that group, or find what grows in it: memory.stat says what it is "
			  "charged for. memory.high slows a group down before it comes to this." },
	[KM_CAUSE_ADDRESSES] = {
		.topic = { .key = "address space", .brief = "no gap was left among the kernel's vmalloc addresses",
			   .explain = "Scarce on 32 bit, where the area is some 128 MiB; elsewhere a sign of a leak, "
				      "or of a narrow range (modules, BPF).",
			   .origin = "k6.1:mm/vmalloc.c alloc_vmap_area" },
		.advice = "`kmeminfo vmalloc --by caller` shows who has the addresses. On 32 bit vmalloc=SIZE at boot "
			  "makes the area larger, at the cost of low memory." },
	[KM_CAUSE_EXCEEDS_RAM] = {
		.topic = { .key = "exceeds memory", .brief = "more was asked for than the machine has",
			   .explain = "vmalloc() refuses this at once. Usually a size that was computed wrongly, or "
				      "comes unchecked from outside.",
			   .origin = "k6.12:mm/vmalloc.c __vmalloc_node_range_noprof" },
		.advice = "Look at the caller, and at where its size comes from." },
	[KM_CAUSE_TOO_LARGE] = {
		.topic = { .key = "order above the maximum", .brief = "no kernel could have served it",
			   .explain = "A block has at most 2^MAX_PAGE_ORDER pages (4 MiB with pages of 4 KiB). The "
				      "report does not tell which order it was.",
			   .origin = "k6.12:mm/page_alloc.c __alloc_pages_noprof" },
		.advice = "Look at the caller: it asks for too much at once, or its size is wrong. kvmalloc() and "
			  "vmalloc() have no such limit." },
	[KM_CAUSE_BY_HAND] = {
		.topic = { .key = "by hand", .brief = "SysRq f ran the OOM killer",
			   .origin = "k6.12:drivers/tty/sysrq.c moom_callback" },
		.advice = "Nothing failed. kernel.sysrq says who may do this." },
	[KM_CAUSE_PASSING] = {
		.topic = { .key = "transient", .brief = "a moment later the request would have been served",
			   .explain = "The report was made after the refusal. Requests that give up early "
				      "(__GFP_NORETRY, GFP_NOWAIT) fail so.", .origin = CHECK },
		.advice = "None is needed if it is rare: callers that give up early have another way.",
		.by_zones = true },
	[KM_CAUSE_UNKNOWN] = {
		.topic = { .key = "unknown", .brief = "the report does not say enough to tell the cause" },
		.advice = "Keep the whole report: `dmesg`, or `journalctl -k -b` of the boot in question.",
		.by_zones = true },
	{ .advice = NULL }
};
