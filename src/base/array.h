/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Growable arrays of any type; zero-initialised is empty. Items move when the array grows. */
#ifndef KM_BASE_ARRAY_H
#define KM_BASE_ARRAY_H

#include <stdlib.h>
#include <string.h>
#include "base/alloc.h"

#define KM_ARRAY(type)                                                                             \
	struct {                                                                                   \
		type *items;                                                                       \
		size_t len, room;                                                                  \
	}

/* Adds a zeroed item at the end. The pointer is valid until the next push. */
#define km_array_push(array)                                                                       \
	(km_array_grow(&(array)->items, (array)->len, &(array)->room, sizeof(*(array)->items)),    \
	 memset(&(array)->items[(array)->len++], 0, sizeof(*(array)->items)),                      \
	 &(array)->items[(array)->len - 1])

#define km_array_each(item, array)                                                                 \
	for ((item) = (array)->items; (item) && (item) < (array)->items + (array)->len; (item)++)

#define km_array_deinit(array)                                                                     \
	do {                                                                                       \
		free((array)->items);                                                              \
		(array)->items = NULL;                                                             \
		(array)->len = (array)->room = 0;                                                  \
	} while (0)

/*
 * slot points to the typed items pointer. The code copies it bytewise, because it does not know its
 * type.
 */
static inline void km_array_grow(void *slot, size_t len, size_t *room, size_t size)
{
	void *items;

	if (len < *room)
		return;
	*room = *room ? *room * 2 : 16;
	memcpy(&items, slot, sizeof(items));
	items = km_realloc(items, *room, size);
	memcpy(slot, &items, sizeof(items));
}

#endif
