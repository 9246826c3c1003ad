/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_TESTS_FUZZ_DRESS_H
#define KM_TESTS_FUZZ_DRESS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Gives a text the form in which a program keeps logs, or a person pastes them. style: any number, each names one form.
 * Returns the new length; the text stays as it is where there is no room, or where it is no log.
 */
size_t fuzz_dress(char *text, size_t len, size_t max, uint64_t style);

#endif
