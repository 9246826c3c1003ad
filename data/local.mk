# Text files that are built in. make finds a new file by itself, because the folder is then newer.
EXTRA_DIST += data/embed.awk data/ja.po data/messages data/sentences.awk data/sha256 data/page/d3-license.txt \
	data/page/page.css data/page/page.js data/glossary data/translated data/topics data/gfp
libkmeminfo_a_SOURCES += data/builtin.h
nodist_libkmeminfo_a_SOURCES = data/builtin-gfp.c data/builtin-ja.c data/builtin-page.c data/builtin-topics.c
page_files = data/script.js data/script.sha256.txt data/style.css data/style.sha256.txt
CLEANFILES = $(nodist_libkmeminfo_a_SOURCES) $(page_files)
embed = $(AM_V_GEN)$(MKDIR_P) data && LC_ALL=C $(AWK) -v table=

data/builtin-gfp.c: $(srcdir)/data/embed.awk $(srcdir)/data/gfp $(wildcard $(srcdir)/data/gfp/*.txt)
	$(embed)km_builtin_gfp -f $(filter-out %/gfp,$^) >$@
data/builtin-ja.c: $(srcdir)/data/sentences.awk $(srcdir)/data/ja.po
	$(embed)km_builtin_ja -f $^ >$@
data/builtin-topics.c: $(srcdir)/data/embed.awk $(srcdir)/data/topics $(wildcard $(srcdir)/data/topics/*.txt)
	$(embed)km_builtin_topics -f $(filter-out %/topics,$^) >$@
data/builtin-page.c: $(srcdir)/data/embed.awk $(page_files)
	$(embed)km_builtin_page -f $^ >$@

# D3_SCRIPTS: the files of the drawing library that configure found. Every page with them has the library's licence
# notice. Without them, pages have tables and bars.
data/script.js: $(srcdir)/data/page/page.js $(srcdir)/data/page/d3-license.txt
	$(AM_V_GEN)$(MKDIR_P) data && \
		{ test -z "$(D3_SCRIPTS)" || { echo '/*' && cat $(srcdir)/data/page/d3-license.txt && echo '*/'; }; } >$@ && \
		$(AWK) 1 $(D3_SCRIPTS) $(srcdir)/data/page/page.js >>$@
data/style.css: $(srcdir)/data/page/page.css
	$(AM_V_GEN)$(MKDIR_P) data && $(AWK) 1 $(srcdir)/data/page/page.css >$@
data/script.sha256.txt: $(srcdir)/data/sha256 data/script.js
	$(AM_V_GEN)$(srcdir)/data/sha256 data/script.js >$@
data/style.sha256.txt: $(srcdir)/data/sha256 data/style.css
	$(AM_V_GEN)$(srcdir)/data/sha256 data/style.css >$@
