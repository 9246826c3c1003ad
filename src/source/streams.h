/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three standard streams. A parent may have closed some of them. */
#ifndef KM_SOURCE_STREAMS_H
#define KM_SOURCE_STREAMS_H

/*
 * Fills the place of each closed stream, so that no file gets its number: a message would be written into a recording.
 * Reads and writes of the stream fail with EBADF as before. Call it before anything is opened. Without /proc it does nothing.
 */
void km_streams_reserve(void);

#endif
