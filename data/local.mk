# Text files that are built in. A new one is found by itself: the folder is newer then.
EXTRA_DIST += data/embed.awk data/glossary data/translated data/topics data/gfp
libkmeminfo_a_SOURCES += data/builtin.h
nodist_libkmeminfo_a_SOURCES = data/builtin-gfp.c data/builtin-topics.c
CLEANFILES = $(nodist_libkmeminfo_a_SOURCES)
embed = $(AM_V_GEN)$(MKDIR_P) data && LC_ALL=C $(AWK) -v table=

data/builtin-gfp.c: $(srcdir)/data/embed.awk $(srcdir)/data/gfp $(wildcard $(srcdir)/data/gfp/*.txt)
	$(embed)km_builtin_gfp -f $(filter-out %/gfp,$^) >$@
data/builtin-topics.c: $(srcdir)/data/embed.awk $(srcdir)/data/topics $(wildcard $(srcdir)/data/topics/*.txt)
	$(embed)km_builtin_topics -f $(filter-out %/topics,$^) >$@
