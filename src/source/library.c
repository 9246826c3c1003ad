// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include <string.h>
#include "source/library.h"

#if HAVE_ARCHIVE || HAVE_LIBPROC2 || HAVE_LIBCAP_NG || HAVE_LIBSECCOMP || HAVE_NCURSES || HAVE_SQLITE
#include <dlfcn.h>

int km_library_load(const struct km_library_info *info, const struct km_library_symbol *symbols,
		    void *table, void **ret_handle, struct km_err *err)
{
	*ret_handle = dlopen(info->soname, RTLD_NOW | RTLD_LOCAL);
	if (!*ret_handle)
		return km_err_set(err, -ELIBACC, info->hint, "%s by %s, which cannot be loaded",
				  info->purpose, info->soname);
	for (; symbols->name; symbols++) {
		void *found = dlsym(*ret_handle, symbols->name);

		if (!found)
			return km_err_set(err, -ELIBBAD, NULL, "%s lacks %s", info->soname, symbols->name);
		memcpy((char *)table + symbols->offset, &found, sizeof(found));
	}
	return 0;
}

#endif
