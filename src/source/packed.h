/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_PACKED_H
#define KM_SOURCE_PACKED_H

#include <stddef.h>

/* Bytes of a file or pipe. Its beginning was already read, to recognize the format. */
struct km_packed {
	int fd;
	char *head;
	size_t head_len;
};

#endif
