# The helper module. Kbuild writes into the folder of its sources. In a build outside the source tree, which may be
# read-only, the sources are therefore copied to the build tree. Without kernel headers the module is not built,
# which is not an error.
kmeminfo_module_files = \
	module/Kbuild module/Makefile module/dkms.conf \
	module/compat.h module/compat-page.h module/kmeminfo-uapi.h module/look.h module/names.h module/page-class.h \
	module/probe-api.h module/probe-facts.h module/probe-rules.h module/probe-run.h module/probe.h \
	module/proc.h module/settings.h module/slab-name.h module/walk.h module/zone.h \
	module/look.c module/main.c module/names.c module/probe-api.c module/probe-facts.c \
	module/probe-rules.c module/probe-run.c module/probe.c module/proc-blocks.c module/proc-gfp.c \
	module/proc-info.c module/proc-pages.c module/proc-zones.c module/settings.c \
	module/slab-name.c module/walk.c module/zone.c
EXTRA_DIST += $(kmeminfo_module_files) module/local.mk

# DKMS finds it here when the prefix is /usr
kmeminfo_dkmsdir = $(prefix)/src/kmeminfo-$(PACKAGE_VERSION)
kmeminfo_dkms_DATA = $(kmeminfo_module_files)

RELEASE = $(shell uname -r)
KDIR = /lib/modules/$(RELEASE)/build

.PHONY: modules modules_install
modules modules_install:
	@if test -f $(KDIR)/Makefile; then \
		$(MKDIR_P) module && \
		for f in $(kmeminfo_module_files); do \
			test $(srcdir)/$$f -ef $$f || cmp -s $(srcdir)/$$f $$f || \
				cp $(srcdir)/$$f module/ || exit 1; \
		done && \
		$(MAKE) -C module KDIR=$(KDIR) RELEASE=$(RELEASE) $@; \
	else \
		echo "module: skipped, no kernel headers in $(KDIR)"; \
	fi
