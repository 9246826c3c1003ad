/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Libraries that are loaded when a run needs them. If kmeminfo linked them, they and their own
 * libraries would triple the start-up time of every run. An ELF note names them, so that packagers
 * can read what the program may load (systemd.io: ELF_DLOPEN_METADATA).
 */
#ifndef KM_SOURCE_LIBRARY_H
#define KM_SOURCE_LIBRARY_H

#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct km_library_info {
	const char *soname;
	const char *purpose; /* "archives are read" */
	const char *hint;    /* advice for the user if it is missing */
};

struct km_library_symbol {
	const char *name;
	size_t offset; /* of the pointer to set */
};

/*
 * Loads the library and sets the pointers in *table to its functions. symbols ends with a NULL
 * name. *ret_handle is the handle for dlclose(). Returns 0, -ELIBACC if the library is missing or
 * -ELIBBAD if a function is missing, with err filled.
 */
int km_library_load(const struct km_library_info *info, const struct km_library_symbol *symbols,
		    void *table, void **ret_handle, struct km_err *err);

#define KM_LIBRARY_NOTE_TYPE_ 0x407c0c0a

#define KM_LIBRARY_NOTE_(type, json)                                                               \
	static const struct {                                                                      \
		uint32_t name_size, text_size, note_type;                                          \
		char name[4];                                                                      \
		_Alignas(4) char text[sizeof(json)];                                               \
	} type##_note __attribute__((used, aligned(4), section(".note.dlopen"))) = {               \
		4, sizeof(json), KM_LIBRARY_NOTE_TYPE_, "FDO", json                                \
	}

#define KM_LIBRARY_POINTER_(function) __typeof__(function) *function;
#define KM_LIBRARY_SYMBOL_(function) { #function, offsetof(km_table, function) },

/* Declares struct TYPE with a pointer for each function of LIST(need). */
#define KM_LIBRARY_STRUCT(type, list)                                                              \
	struct type {                                                                              \
		void *handle;                                                                      \
		list(KM_LIBRARY_POINTER_)                                                          \
	}

/*
 * Defines TYPE_load(struct TYPE *, struct km_err *), which is like km_library_load(). FEATURE,
 * PRIORITY (recommended or suggested) and PURPOSE are for packagers.
 */
#define KM_LIBRARY_LOADER(type, soname, feature, priority, purpose, hint, list)                    \
	KM_LIBRARY_NOTE_(type, "[{\"feature\":\"" feature "\",\"description\":\"" purpose          \
			       "\",\"priority\":\"" priority "\",\"soname\":[\"" soname "\"]}]");  \
	static int type##_load(struct type *library, struct km_err *err)                           \
	{                                                                                          \
		typedef struct type km_table;                                                      \
		static const struct km_library_info info = { soname, purpose, hint };              \
		static const struct km_library_symbol symbols[] = {                                \
			list(KM_LIBRARY_SYMBOL_) { NULL, 0 }                                       \
		};                                                                                 \
                                                                                                   \
		return km_library_load(&info, symbols, library, &library->handle, err);            \
	}

#endif
