// SPDX-License-Identifier: GPL-2.0-or-later
/* Pages of the kernel that a process sees: the ring of a packet socket. */
#include <linux/if_packet.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include "truth-load.h"

void load_mapped(void)
{
	unsigned int block = 8 * (unsigned int)page_bytes;
	struct tpacket_req ring = { .tp_block_size = block, .tp_block_nr = 40, .tp_frame_size = 2048,
				    .tp_frame_nr = 40 * (block / 2048) };
	struct snapshot before = look("mapped", -1, NULL);
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	void *at;

	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring))) {
		skip("loads: a ring that a process has mapped", "no packet sockets here");
		return;
	}
	at = mmap(NULL, (size_t)block * 40, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at != MAP_FAILED)
		more("loads: a ring that a process has mapped", before.class.pages, look("mapped", -1, NULL).class.pages, 320);
	else
		verdict(false, "loads: a ring that a process has mapped", "it is not mapped");
	close(fd);
	munmap(at, (size_t)block * 40);
}
