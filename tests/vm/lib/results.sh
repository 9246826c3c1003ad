# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# The tables of RESULTS.md about the helper module: the measurements of each guest's last check.

# results_write: replaces what is between the two marks of RESULTS.md, and leaves the rest of it as it is.
results_write() {
	local file=$vm/RESULTS.md new

	[ "$(grep -cx -e '<!-- module -->' -e '<!-- end of module -->' "$file")" = 2 ] ||
		die "$file lacks the marks <!-- module --> and <!-- end of module -->"
	new=$(mktemp "$cache/results.XXXXXX")
	{
		sed '/^<!-- module -->$/q' "$file"
		results_print
		sed -n '/^<!-- end of module -->$/,$p' "$file"
	} >"$new"
	cat "$new" >"$file"
	rm -f "$new"
}

# results_open NAME: opens the guest, and sets own_dir to that of its last check, from whichever source tree.
# False if it was never checked.
results_open() {
	local last

	guest_open "$1"
	last=$(find "$guest_dir"/tree-*/check/out/truth -size +0 -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1)
	[ -n "$last" ] || return 1
	own_dir=${last#* }
	own_dir=${own_dir%/check/out/truth}
}

results_print() {
	local name names=() release elsewhere='' own

	for name in $(guest_names); do
		guest_open "$name"
		own=$own_dir
		results_open "$name" || continue
		names+=("$name")
		[ "$own_dir" = "$own" ] || elsewhere+=" $name"
	done
	[ -z "$elsewhere" ] || say "last checked from another source tree:$elsewhere"
	echo
	echo '| guest | kernel | checks | walk: ns a page, ns a struct page | s a TiB of 4 KiB pages | most without a rest | of a reading of kpageflags |'
	echo '|---|---|---|---|---|---|---|'
	for name in "${names[@]}"; do
		results_open "$name"
		release=$(cat "$guest_dir/release")
		printf '| %s | %s | %s | %s | %s |\n' "$name" "$release" "$(results_counts)" "$(results_walk)" \
			"$(awk '{ printf "%.2f", $1 / $2 / 1e6 }' "$own_dir/check/out/cost" 2>/dev/null || echo -)"
	done
	results_tables "${names[@]}"
	results_builds | fmt -w 118
	echo
}

# The last build, and the faults that are recorded as noticed.
results_builds() {
	local name built=''

	for name in $(guest_names); do
		guest_open "$name"
		if [ -f "$own_dir/module.sum" ] ||
			grep -qsx 'pass module: builds without a warning' "$guest_dir"/tree-*/check/results; then
			built+="${built:+, }$name"
		fi
	done
	echo
	echo "Builds without a warning (\`lab module\`, W=1) for $built." \
		"All $(find "$vm/mutants" -name CAUGHT -exec cat {} + | grep -c '^[a-z0-9-]*: ') planted faults" \
		"are noticed (\`lab mutants\`, mutants/CAUGHT)."
}

results_counts() {
	awk '{ n[$1]++ } END { printf "%d passed, %d failed, %d skipped", n["pass"], n["fail"], n["skip"] }' \
		"$own_dir/check/results"
}

results_walk() {
	sed -n 's/^walk pages=\([0-9]*\) ns=\([0-9]*\) structs=\([0-9]*\) longest=\([0-9]*\)$/\1 \2 \3 \4/p' \
		"$own_dir/check/out/walk" | awk '{ printf "%.0f, %.0f | %.0f | %d", $2 / $1, $2 / $3, $2 / $1 * 0.268435456, $4 }'
}

# Pages of classes, then the allocated pages: one column per guest.
results_tables() {
	local part name files=()

	for name; do
		results_open "$name"
		files+=("$own_dir/check/out/truth")
	done
	for part in pages loads; do
		echo
		awk -F '\t' -v part="$part" -v names="$*" '
		BEGIN {
			n = split(names, guest, " ")
			line = part == "pages" ? "| class |" : "| allocated |"
			rule = "|---|"
			for (i = 1; i <= n; i++) { line = line " " guest[i] " |"; rule = rule "---|" }
			print line; print rule
		}
		FNR == 1 { file++ }
		index($1, "figure " part ": ") == 1 && $1 !~ / of [0-9]+ | what [0-9]/ {
			key = substr($1, length("figure " part ": ") + 1)
			if (!(key in seen)) { seen[key] = 1; order[++keys] = key }
			cell[key, file] = $2 " / " $3
		}
		END {
			for (k = 1; k <= keys; k++) {
				line = "| " order[k] " |"
				for (i = 1; i <= n; i++)
					line = line " " ((order[k], i) in cell ? cell[order[k], i] : "-") " |"
				print line
			}
		}' "${files[@]}"
	done
}
