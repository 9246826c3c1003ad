// SPDX-License-Identifier: GPL-2.0-or-later
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/alloc.h"
#include "source/ahead.h"
#include "source/cpu.h"

/*
 * To wake a thread takes longer than to fill a piece, so a side that must wait waits for half of the pieces. A short piece
 * shows that they come slowly, as from a pipe: then it does not.
 */
enum { PIECES = 16, HALF = PIECES / 2, PIECE_BYTES = 128 * 1024, SHORT_BYTES = PIECE_BYTES / 8 };

/* Of a thread that decompresses. The default is 8 MiB, which a limit of the address space may not have. */
enum { STACK_BYTES = 512 * 1024 };

struct km_ahead {
	km_ahead_fill *fill;
	void *data;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	/* under the lock: pieces from .first on are full, and the caller has the first of them if .held; only one side waits */
	size_t first, full;
	bool held, slow, stop;
	/* of one side at a time: the thread's while empty, the caller's while full */
	struct piece {
		char *bytes;
		ssize_t len; /* 0: the end; negative: .err */
	} pieces[PIECES];
	struct km_err err;
};

/* The next empty piece; NULL if none is wanted any more. */
static struct piece *wait_for_room(struct km_ahead *ahead)
{
	struct piece *piece;

	pthread_mutex_lock(&ahead->lock);
	if (ahead->full == PIECES)
		while (ahead->full > HALF && !ahead->stop)
			pthread_cond_wait(&ahead->changed, &ahead->lock);
	piece = ahead->stop ? NULL : &ahead->pieces[(ahead->first + ahead->full) % PIECES];
	pthread_mutex_unlock(&ahead->lock);
	return piece;
}

static void *fill_pieces(void *data)
{
	struct km_ahead *ahead = data;
	struct piece *piece;
	bool more = true;

	while (more && (piece = wait_for_room(ahead))) {
		piece->len = ahead->fill(ahead->data, piece->bytes, PIECE_BYTES, &ahead->err);
		more = piece->len > 0;
		pthread_mutex_lock(&ahead->lock);
		ahead->full++;
		ahead->slow = piece->len < SHORT_BYTES;
		if (ahead->full == HALF || ahead->slow)
			pthread_cond_signal(&ahead->changed);
		pthread_mutex_unlock(&ahead->lock);
	}
	return NULL;
}

/* Signals stay with the thread that expects them. */
static int start(struct km_ahead *ahead)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int r = pthread_attr_init(&attributes);

	if (r)
		return r;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	r = pthread_create(&ahead->thread, &attributes, fill_pieces, ahead);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return r;
}

static void discard(struct km_ahead *ahead)
{
	pthread_mutex_destroy(&ahead->lock);
	pthread_cond_destroy(&ahead->changed);
	free(ahead->pieces[0].bytes);
	free(ahead);
}

struct km_ahead *km_ahead_open(km_ahead_fill *fill, void *data)
{
	struct km_ahead *ahead;
	char *bytes;

	if (km_cpu_allowed() < 2)
		return NULL;
	ahead = km_realloc(NULL, 1, sizeof(*ahead));
	bytes = km_realloc(NULL, PIECES, PIECE_BYTES);
	*ahead = (struct km_ahead){ .fill = fill, .data = data };
	for (size_t i = 0; i < PIECES; i++)
		ahead->pieces[i].bytes = bytes + i * PIECE_BYTES;
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (!start(ahead))
		return ahead;
	discard(ahead);
	return NULL;
}

int km_ahead_next(struct km_ahead *ahead, struct km_str *ret, struct km_err *err)
{
	struct piece *piece;

	pthread_mutex_lock(&ahead->lock);
	if (ahead->held) {
		ahead->first = (ahead->first + 1) % PIECES;
		ahead->full--;
		if (ahead->full == HALF)
			pthread_cond_signal(&ahead->changed);
	}
	if (!ahead->full)
		while (!ahead->full || (ahead->full < HALF && !ahead->slow))
			pthread_cond_wait(&ahead->changed, &ahead->lock);
	piece = &ahead->pieces[ahead->first];
	/* the last piece stays: nothing follows it */
	ahead->held = piece->len > 0;
	pthread_mutex_unlock(&ahead->lock);
	*ret = (struct km_str){ piece->bytes, ahead->held ? (size_t)piece->len : 0 };
	if (piece->len < 0)
		*err = ahead->err;
	return piece->len < 0 ? (int)piece->len : 0;
}

void km_ahead_close(struct km_ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->stop = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	pthread_join(ahead->thread, NULL);
	discard(ahead);
}
