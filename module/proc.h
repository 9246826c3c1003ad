/* SPDX-License-Identifier: GPL-2.0 */
/* The files of /proc/kmeminfo: one open function each. seq_file provides the other operations. */
#ifndef KMEMINFO_PROC_H
#define KMEMINFO_PROC_H

struct file;
struct inode;

int km_info_open(struct inode *inode, struct file *file);
int km_gfp_open(struct inode *inode, struct file *file);
int km_zones_open(struct inode *inode, struct file *file);

/* An open file owns memory that seq_release_private() frees, and km_pages_release() too. */
int km_blocks_open(struct inode *inode, struct file *file);
int km_pages_open(struct inode *inode, struct file *file);
int km_pages_release(struct inode *inode, struct file *file);

#endif
