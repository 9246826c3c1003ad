# awk -v table=NAME -f sentences.awk FILE.po: prints gettext's catalogue as a C table, which data/builtin.h declares.
# Both formats have the strings of C. Outdated entries (fuzzy), and those without translation, are left out.
function finish() {
	if (english != "" && english != "\"\"" && translation != "" && translation != "\"\"" && !fuzzy)
		printf "\t{ %s,\n\t  %s },\n", english, translation
	english = translation = ""
}
BEGIN {
	printf "#include \"data/builtin.h\"\n\nconst struct km_sentence %s[] = {\n", table
}
/^#, .*fuzzy/ { next_fuzzy = 1 }
/^#/ { next }
/^msgid / { finish(); part = 1; fuzzy = next_fuzzy; next_fuzzy = 0 }
/^msgstr / { part = 2 }
/"/ {
	gsub(/\?\?/, "?\\?") # no trigraphs
	text = substr($0, index($0, "\""))
	if (part == 1)
		english = english (english == "" ? "" : "\n\t  ") text
	else
		translation = translation (translation == "" ? "" : "\n\t  ") text
}
END {
	finish()
	printf "\t{ 0 }\n};\n"
}
