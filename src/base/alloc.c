// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/alloc.h"

enum { CHUNK_BYTES = 64 * 1024 };

struct km_pool_chunk {
	struct km_pool_chunk *next;
	void *adopted; /* separately allocated, freed with the chunk */
	size_t used, room;
	max_align_t bytes[];
};

void km_out_of_memory(void)
{
	static const char text[] = "kmeminfo: out of memory\n";

	if (km_before_end)
		km_before_end();
	/* stdio may need memory itself */
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(1);
	_exit(1);
}

void *km_realloc(void *ptr, size_t count, size_t size)
{
	void *grown;

	if (!count || !size)
		count = size = 1;
	grown = reallocarray(ptr, count, size);
	if (!grown)
		km_out_of_memory();
	return grown;
}

void km_pool_deinit(struct km_pool *pool)
{
	struct km_pool_chunk *chunk = pool->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk->adopted);
		free(chunk);
	}
	pool->chunks = NULL;
}

static struct km_pool_chunk *chunk_add(struct km_pool *pool, size_t room, void *adopted)
{
	struct km_pool_chunk *chunk;

	if (room > SIZE_MAX - sizeof(*chunk))
		km_out_of_memory();
	chunk = km_realloc(NULL, 1, sizeof(*chunk) + room);
	*chunk = (struct km_pool_chunk){ .room = room, .adopted = adopted };
	/* A chunk made for one large piece is full at once: keep the chunk with room in front. */
	if (pool->chunks && room != CHUNK_BYTES) {
		chunk->next = pool->chunks->next;
		pool->chunks->next = chunk;
	} else {
		chunk->next = pool->chunks;
		pool->chunks = chunk;
	}
	return chunk;
}

void *km_pool_alloc(struct km_pool *pool, size_t count, size_t size)
{
	struct km_pool_chunk *chunk = pool->chunks;
	size_t bytes;
	char *ptr;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - sizeof(max_align_t))
		km_out_of_memory();
	bytes = (bytes + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!chunk || chunk->room - chunk->used < bytes)
		chunk = chunk_add(pool, bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES, NULL);
	ptr = (char *)chunk->bytes + chunk->used;
	chunk->used += bytes;
	return memset(ptr, 0, bytes);
}

void km_pool_adopt(struct km_pool *pool, void *memory)
{
	chunk_add(pool, 0, memory);
}

void km_pool_join(struct km_pool *pool, struct km_pool *from)
{
	struct km_pool_chunk **end = &pool->chunks;

	while (*end)
		end = &(*end)->next;
	*end = from->chunks;
	from->chunks = NULL;
}

struct km_str km_pool_copy(struct km_pool *pool, struct km_str text)
{
	char *ptr = km_pool_alloc(pool, text.len + 1, 1);

	if (text.len)
		memcpy(ptr, text.ptr, text.len);
	return (struct km_str){ ptr, text.len };
}

struct km_str km_pool_printf(struct km_pool *pool, const char *format, ...)
{
	char small[256];
	va_list args;
	char *ptr;
	int len;

	va_start(args, format);
	len = vsnprintf(small, sizeof(small), format, args);
	va_end(args);
	if (len < 0)
		return KM_STR("");
	ptr = km_pool_alloc(pool, (size_t)len + 1, 1);
	va_start(args, format);
	vsnprintf(ptr, (size_t)len + 1, format, args);
	va_end(args);
	return (struct km_str){ ptr, (size_t)len };
}
