/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads: memory of a known kind, and what the module finds of it. */
#ifndef TRUTH_LOAD_H
#define TRUTH_LOAD_H

#include "truth.h"

#define MIB (1ul << 20)

extern number page_bytes;

/* A class's pages now, and its other requested figures. */
struct snapshot {
	struct class_pages class;
	number order, fs;
	number structs; /* that the walk read */
	number pcp; /* in the lists of the CPUs */
};

/* Of a class; order and fs: of that order (-1: none) and that file system (NULL: none), too. */
struct snapshot look(const char *class, int order, const char *fs);

/* after exceeds before by what is expected, up to what moves meanwhile. */
void more(const char *name, number before, number after, number expected);

/* False if the file is not there or does not take the text. */
bool write_text(const char *path, const char *text);

/* Private memory, aligned to 2 MiB. */
void *map(size_t bytes, int advice);

void load_kernel(void); /* truth-kernel.c: pages that a test module takes */
void load_marks(void);	/* truth-kernel.c: pages that it marks */
void load_mapped(void); /* truth-mapped.c */
void load_zsmalloc(void); /* truth-zsmalloc.c */
void load_poison(void); /* truth-poison.c */

#endif
