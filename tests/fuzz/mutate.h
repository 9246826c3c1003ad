/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_TESTS_FUZZ_MUTATE_H
#define KM_TESTS_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer calls it if it is linked. fuzz.c refers to it, so that the linker takes it from the library. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned int seed);

#endif
