/* SPDX-License-Identifier: GPL-2.0 */
/* The files of /proc/kmeminfo: one open function for each. All but the open are seq_file's. */
#ifndef KMEMINFO_PROC_H
#define KMEMINFO_PROC_H

struct file;
struct inode;

int km_info_open(struct inode *inode, struct file *file);
int km_gfp_open(struct inode *inode, struct file *file);
int km_zones_open(struct inode *inode, struct file *file);

/* A file of these holds what seq_release_private() frees, and so does km_pages_release(). */
int km_blocks_open(struct inode *inode, struct file *file);
int km_pages_open(struct inode *inode, struct file *file);
int km_pages_release(struct inode *inode, struct file *file);

#endif
