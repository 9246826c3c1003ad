dist_man_MANS = man/kmeminfo.1 man/kmeminfo-fields.5 man/kmeminfo-topics.7
japanesemandir = $(mandir)/ja/man1
dist_japaneseman_DATA = man/ja/kmeminfo.1
