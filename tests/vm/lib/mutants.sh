# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# Plants faults in the helper module, one patch each, to see that a check notices them.

# mutants_check [NAME...]: builds the module with each fault, boots once, and tries one after the other.
# Prints "NAME: the first check that failed"; status 1 if one survived.
mutants_check() {
	local carry names=("$@") name out=$own_dir/mutants.out faults=$vm/mutants survived=0

	# Faults that only this guest's kernel can show
	[ ! -d "$faults/$guest" ] || faults+=/$guest
	if [ $# = 0 ]; then
		mapfile -t names < <(cd "$faults" && printf '%s\n' *.patch | sed 's/\.patch$//')
	fi
	mkdir -p "$own_dir"
	host_lock check_lock "$own_dir/mutants.lock" "its planted faults"
	carry=$(mktemp -d "$cache/carry.XXXXXX")
	# shellcheck disable=SC2064 # the name as it is now
	trap "rm -rf '$carry'" EXIT
	mkdir -p "$carry/lab/bin" "$carry/lab/mutants"
	check_truth
	cp "$vm/guest/mutants" "$carry/lab/bin/"
	cp "$(module_build)" "$carry/lab/mutants/none.ko"
	for name in "${names[@]}"; do
		mutant_build "$name" || die "$guest: $name does not build (see $own_dir/mutant.log)"
	done
	"$vm/lab" run "$guest" --timeout 3600 --append init_on_alloc=0 --crowd --log "$own_dir/mutants.log" --put "$carry" \
		--build "$vm/guest/fail" -- mutants | tee "$out" | sed -un "s/^=== /$guest: at /p" >&2 ||
		die "$guest: the guest died of $(tail -n 1 "$out")"
	for name in none "${names[@]}"; do
		mutant_judge "$name" || survived=1
	done
	return $survived
}

# mutant_build NAME: builds one fault in the folder where module_build left its objects, so that little is
# compiled again; then it removes the fault.
mutant_build() {
	local root make build=$own_dir/module status=0

	toolchain_make
	[ -z "$root" ] || build=/tmp/$guest-${own_dir##*/}-module
	# What lies there is not what its sum says
	rm -f "$own_dir/module.sum"
	patch --quiet -d "$root$build" -p2 <"$faults/$1.patch" >"$own_dir/mutant.log" 2>&1 || return 1
	# Only the host has ccache, which reuses the objects of earlier builds
	if [ -z "$root" ] && command -v ccache >/dev/null; then
		make+=(CC="ccache $cross$compiler")
	fi
	"${make[@]}" M="$build" -j2 modules >"$own_dir/mutant.log" 2>&1 || status=1
	[ $status != 0 ] || "${cross}strip" --strip-debug -o "$carry/lab/mutants/$1.ko" "$root$build/kmeminfo.ko"
	patch --quiet --reverse -d "$root$build" -p2 <"$faults/$1.patch"
	return $status
}

# The sound module must fail no check, and each fault must fail one. The name of that check, without its
# figures, is one that the sound module passed.
mutant_judge() {
	local first

	first=$(awk -v name="$1" '
		/^=== / { now = $2 }
		now == "none" && /^pass / { passed[substr($0, 6)] = 1 }
		now == name && /^fail / && !line { line = substr($0, 6) }
		END {
			for (check in passed)
				if (index(line, check) == 1 && length(check) > length(best))
					best = check
			print best ? best : line
		}' "$out")
	if [ "$1" = none ]; then
		[ -z "$first" ] || { echo "none: without a fault: $first"; return 1; }
	elif [ -z "$first" ]; then
		echo "$1: SURVIVED"
		return 1
	else
		echo "$1: $first"
	fi
}
