// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/epochs.h"

void km_epochs_turn(struct km_epochs *epochs, uint64_t until)
{
	*km_array_push(&epochs->older) = (struct km_epoch){ epochs->pool, until };
	epochs->pool = (struct km_pool){ 0 };
}

void km_epochs_end(struct km_epochs *epochs, uint64_t ended)
{
	size_t len = 0;

	while (len < epochs->older.len && epochs->older.items[len].until <= ended)
		km_pool_deinit(&epochs->older.items[len++].pool);
	epochs->older.len -= len;
	if (len && epochs->older.len)
		memmove(epochs->older.items, epochs->older.items + len, epochs->older.len * sizeof(*epochs->older.items));
}

void km_epochs_deinit(struct km_epochs *epochs)
{
	km_epochs_end(epochs, UINT64_MAX);
	km_array_deinit(&epochs->older);
	km_pool_deinit(&epochs->pool);
}
