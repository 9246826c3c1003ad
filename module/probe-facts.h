/* SPDX-License-Identifier: GPL-2.0 */
/* Facts about granted memory. */
#ifndef KMEMINFO_PROBE_FACTS_H
#define KMEMINFO_PROBE_FACTS_H

#include "kmeminfo-uapi.h"
#include "probe-api.h"

/* The start of a piece. The frame is NULL if it is unknown. */
struct km_start {
	struct page *frame;
	unsigned long offset;
};

struct km_start km_piece_start(const struct km_piece *piece);

/* Adds the facts about a piece to the answer: its address, its frames, its cache. */
void km_piece_look(struct kmeminfo_probe *probe, const struct km_request *req,
		   const struct km_piece *piece);
bool km_piece_is_zero(const struct km_piece *piece);
void km_piece_fill(const struct km_piece *piece, u8 byte);

/* Whether struct page shows no owner of the frame. */
bool km_frame_is_free(struct page *frame);
void km_tally(struct kmeminfo_probe *probe, enum kmeminfo_fact fact, bool yes);

#endif
