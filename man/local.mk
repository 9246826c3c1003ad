dist_man_MANS = man/kmeminfo.1 man/kmeminfo-fields.5 man/kmeminfo-topics.7
