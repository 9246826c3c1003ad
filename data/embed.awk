# awk -v table=NAME -f embed.awk FILE...: prints the files as a C table, which data/builtin.h declares.
# The name of a file in the table has neither folder nor last suffix.
function finish() {
	if (FNAME != "")
		printf "\t},\n"
}
FNR == 1 {
	finish()
	FNAME = FILENAME
	sub(/.*\//, "", FNAME)
	sub(/\.[^.]*$/, "", FNAME)
	printf "\t{ \"%s\",\n", FNAME
}
BEGIN {
	printf "#include \"data/builtin.h\"\n\nconst struct km_builtin %s[] = {\n", table
}
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	gsub(/\t/, "\\t")
	gsub(/\?\?/, "?\\?") # no trigraphs
	printf "\t  \"%s\\n\"\n", $0
}
END {
	finish()
	printf "\t{ 0 }\n};\n"
}
