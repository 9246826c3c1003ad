// SPDX-License-Identifier: GPL-2.0
/* Facts about granted memory. The code touches nothing outside the granted memory. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "compat-page.h"
#include "probe-facts.h"
#include "slab-name.h"

void km_tally(struct kmeminfo_probe *probe, enum kmeminfo_fact fact, bool yes)
{
	if (yes)
		probe->facts[fact].yes++;
	else
		probe->facts[fact].no++;
}

/* The page frame of a kernel address; NULL if the address has none, or it is unknown. */
static struct page *frame_of(const void *address)
{
	if (is_vmalloc_addr(address))
		return vmalloc_to_page(address);
	return virt_addr_valid(address) ? virt_to_page(address) : NULL;
}

struct km_start km_piece_start(const struct km_piece *piece)
{
	if (!piece->address)
		return (struct km_start){ .frame = piece->page };
	return (struct km_start){
		.frame = frame_of(piece->address),
		.offset = offset_in_page(piece->address),
	};
}

bool km_frame_is_free(struct page *frame)
{
	return !page_ref_count(frame) && !PageSlab(frame) && !km_page_large_kmalloc(frame) &&
	       !PageReserved(frame);
}

/*
 * Calls act on the piece step by step, and lets others run in between. Stops and returns false when
 * act returns false.
 */
static bool each_step(const struct km_piece *piece, bool (*act)(void *at, size_t n, u8 byte),
		      u8 byte)
{
	u64 done, step = piece->address ? SZ_1M : PAGE_SIZE;
	bool on = true;

	for (done = 0; on && done < piece->length; done += step) {
		size_t n = min(step, piece->length - done);

		if (piece->address) {
			on = act((char *)piece->address + done, n, byte);
		} else {
			struct page *page = piece->page + (done >> PAGE_SHIFT);

			on = act(kmap(page), n, byte);
			kunmap(page);
		}
		cond_resched();
	}
	return on;
}

static bool is_all(void *at, size_t n, u8 byte)
{
	return !memchr_inv(at, byte, n);
}

static bool fill(void *at, size_t n, u8 byte)
{
	memset(at, byte, n);
	return true;
}

bool km_piece_is_zero(const struct km_piece *piece)
{
	return each_step(piece, is_all, 0);
}

void km_piece_fill(const struct km_piece *piece, u8 byte)
{
	each_step(piece, fill, byte);
}

struct frames {
	u64 number, runs;
	bool linear;		/* of all frames so far */
	unsigned long last;	/* number of the frame before */
	u64 shift;		/* virtual minus physical address of the first frame */
};

static void frame_note(struct kmeminfo_probe *probe, struct frames *f, struct page *frame)
{
	unsigned long number = page_to_pfn(frame);
	unsigned int zone = page_zonenum(frame), node = page_to_nid(frame);

	if (!f->number || number != f->last + 1)
		f->runs++;
	f->last = number;
	f->number++;
	probe->zone_pages[min_t(unsigned int, zone, ARRAY_SIZE(probe->zone_pages) - 1)]++;
	if (node < ARRAY_SIZE(probe->node_pages))
		probe->node_pages[node]++;
	else
		probe->other_node_pages++;
}

/* In the linear map, a frame's kernel address is its physical address plus one constant. */
static void linear_note(struct frames *f, const void *address, struct page *frame)
{
	u64 shift = (unsigned long)address - PFN_PHYS(page_to_pfn(frame));

	if (f->number == 1)
		f->shift = shift;
	if (is_vmalloc_addr(address) || page_address(frame) != address || shift != f->shift)
		f->linear = false;
}

/* Examines all frames of a piece; false if one of them is unknown. */
static bool frames_look(struct kmeminfo_probe *probe, const struct km_piece *piece,
			struct frames *f)
{
	const char *from = (const char *)((unsigned long)piece->address & PAGE_MASK);
	u64 covered = offset_in_page(piece->address) + piece->length, at;

	for (at = 0; at < covered; at += PAGE_SIZE) {
		struct page *frame = piece->address ? frame_of(from + at) :
						      piece->page + (at >> PAGE_SHIFT);

		if (!frame)
			return false;
		frame_note(probe, f, frame);
		if (piece->address)
			linear_note(f, from + at, frame);
		if (!(f->number % 1024))
			cond_resched();
	}
	return true;
}

static void look_at_frames(struct kmeminfo_probe *probe, const struct km_piece *piece)
{
	struct frames f = { .linear = piece->address };

	if (!frames_look(probe, piece, &f))
		return;
	km_tally(probe, KMEMINFO_FACT_LINEAR, f.linear);
	km_tally(probe, KMEMINFO_FACT_CONTIGUOUS, f.runs == 1);
	probe->pages = f.number;
	probe->runs_min = min(probe->runs_min, f.runs);
	probe->runs_max = probe->runs_max == KMEMINFO_UNKNOWN ? f.runs : max(probe->runs_max, f.runs);
}

/* Finds the allocator that served the request, by the first frame. */
static void look_at_server(struct kmeminfo_probe *probe, const struct km_request *req,
			   const struct km_piece *piece)
{
	struct page *frame = km_piece_start(piece).frame, *head;
	bool slab;

	if (!frame)
		return;
	head = compound_head(frame);
	slab = PageSlab(head);
	km_tally(probe, KMEMINFO_FACT_SLAB, slab);
	km_tally(probe, KMEMINFO_FACT_COMPOUND, PageCompound(head));
	if (KM_MARKS_LARGE_KMALLOC)
		km_tally(probe, KMEMINFO_FACT_LARGE_KMALLOC, km_page_large_kmalloc(head));
	if (req->api->traits & KM_API_PAGES)
		probe->order = req->order;
	else if (slab || PageCompound(head))
		probe->order = compound_order(head);
	if (slab && !probe->object_bytes)
		km_slab_name(piece->address, req->cache, probe->cache, sizeof(probe->cache),
			     &probe->object_bytes);
}

void km_piece_look(struct kmeminfo_probe *probe, const struct km_request *req,
		   const struct km_piece *piece)
{
	unsigned long address = (unsigned long)piece->address;

	km_tally(probe, KMEMINFO_FACT_UNMAPPED, !address);
	if (address) {
		km_tally(probe, KMEMINFO_FACT_VMALLOC, is_vmalloc_addr(piece->address));
		km_tally(probe, KMEMINFO_FACT_PAGE_ALIGNED, !offset_in_page(address));
		probe->align_log2 = min_t(u32, probe->align_log2, __ffs(address));
	}
	probe->usable_bytes = piece->usable;
	look_at_frames(probe, piece);
	look_at_server(probe, req, piece);
}
