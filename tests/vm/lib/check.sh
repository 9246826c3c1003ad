# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# The tests: guest/check runs inside and brings back what it saw; here it is judged and counted.

# check_all [GUEST...|full]: tests each guest in a separate process, then prints the total counts.
check_all() {
	local names=("$@") name status before total=$cache/check.$$ failed=0

	case ${1:-} in
	'')   names=(6.1-amd64) ;;
	full) mapfile -t names < <(guest_names) ;;
	esac
	: >"$total"
	for name in "${names[@]}"; do
		status=0 before=$(wc -l <"$total")
		"$vm/lab" check-one "$name" "$total" || status=$?
		if [ $status = 77 ]; then
			echo "skip $name" >>"$total"
		elif [ "$(wc -l <"$total")" = "$before" ]; then
			echo "fail $name ended with $status before it tested anything" >>"$total"
		fi
	done
	check_count total "$total"
	! grep -q '^fail' "$total" || failed=1
	[ -z "${KMEMINFO_LAB_RESULTS-}" ] || cp "$total" "$KMEMINFO_LAB_RESULTS"
	rm -f "$total"
	return $failed
}

# check_count WHO FILE
check_count() {
	awk -v who="$1" '{ n[$1]++ }
		END { printf "%s: %d passed, %d failed, %d skipped\n", who, n["pass"], n["fail"], n["skip"] }' \
		"$2"
}

# check_one TOTAL: tests the open guest and adds the results to the file TOTAL.
check_one() {
	local dir=$own_dir/check carry limit=${patience:-1800} cc program=(--kmeminfo)

	[ -z "${KMEMINFO_LAB_BARE-}" ] || program=()

	guest_fetch
	mkdir -p "$own_dir"
	host_lock check_lock "$own_dir/check.lock" "a check of it"
	rm -rf "$dir"
	mkdir -p "$dir"
	carry=$(mktemp -d "$cache/carry.XXXXXX")
	# shellcheck disable=SC2064 # the name as it is now
	trap "rm -rf '$carry'" EXIT
	if [ -n "$build_only" ]; then
		"$vm/lab" module "$guest" >/dev/null
		echo "pass module: builds without a warning" >>"$dir/results"
		check_results "$1"
		return
	fi
	check_carry
	if "$vm/lab" run "$guest" --timeout "$limit" --log "$dir/log" --crowd \
		--put "$carry" --build "$vm/guest/fail" "${program[@]}" -- check >"$dir/tar" \
		2> >(sed -u "s/^/$guest: /" >&2); then
		tar -x -C "$dir" --no-same-owner --warning=no-timestamp -f "$dir/tar"
		cat "$dir/seen" >>"$dir/results"
		check_json
		check_claims
		check_captures
	else
		echo "fail the guest answers (see $dir/log)" >>"$dir/results"
	fi
	rm -f "$dir/tar"
	check_results "$1"
}

# check_results TOTAL: prints the failures, counts, and adds everything to the file TOTAL.
check_results() {
	sed -n "s/^\(fail\|skip\) /$guest: \1: /p" "$dir/results"
	check_count "$guest" "$dir/results"
	sed "s/^\(pass\|fail\|skip\) /\1 $guest: /" "$dir/results" >>"$1"
	! grep -q '^fail' "$dir/results"
}

# The guest's input: the tests, and the parts to test, or a message if one is missing.
check_carry() {
	local module

	mkdir -p "$carry/lab/bin" "$carry/lab/kmeminfo.ko.d" "$carry/boot"
	cp "$guest_dir/config" "$carry/boot/config-$(cat "$guest_dir/release")"
	cp "$vm/guest/check" "$carry/lab/bin/check"
	echo 10 >"$carry/lab/turns"
	echo few >"$carry/lab/few"
	[ -z "$cgroup_v1" ] || : >"$carry/lab/v1"
	if [ -f "$top/module/Kbuild" ]; then
		module=$("$vm/lab" module "$guest")
		cp "$module" "$carry/lab/kmeminfo.ko.d/"
		echo "pass module: builds without a warning" >>"$dir/results"
		check_tool torment
		check_truth
	else
		echo "skip module: there is no module/ here" >>"$dir/results"
	fi
	if [ -n "$thorough" ]; then
		echo "${KMEMINFO_LAB_TURNS:-1000}" >"$carry/lab/turns"
		: >"$carry/lab/few"
		[ ! -f "$top/module/Kbuild" ] || check_tool failnth
	fi
}

# truth: several files, and the disk that it writes to.
check_truth() {
	program_compiler
	"${cc[@]}" -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D__SANE_USERSPACE_TYPES__ -O2 -static -Wall -Wextra -Werror \
		-I"$top/module" -o "$carry/lab/bin/truth" "$vm"/guest/truth/*.c || die "$guest: truth does not build"
	cp "$vm/guest/disk" "$carry/lab/bin/"
}

# check_tool NAME: compiles guest/NAME.c for the guest, which has no libraries.
check_tool() {
	program_compiler
	"${cc[@]}" -D_FILE_OFFSET_BITS=64 -D__SANE_USERSPACE_TYPES__ -O2 -static -Wall -Wextra -Werror -I"$top/module" -o "$carry/lab/bin/$1" \
		"$vm/guest/$1.c" || die "$guest: $1 does not build"
}

check_verdict() {
	local name=$1 status=$2

	shift 2
	if [ "$status" = 0 ]; then
		echo "pass $name" >>"$dir/results"
	else
		echo "fail $name: $*" >>"$dir/results"
	fi
}

# Every document is valid JSON, from the guest's kernel.
check_json() {
	local file why status

	host_need jq
	for file in "$dir"/out/*.json*; do
		case $file in *.err|*'*'*) continue ;; esac
		status=0
		why=$(jq -e --arg release "$(cat "$guest_dir/release")" \
			'.kmeminfo.schema and .host.release == $release and .host.source == "live"' \
			"$file" 2>&1) || status=$?
		check_verdict "${file##*/} is sound JSON" $status "$why"
	done
}

# Each claim's verdict is the one in the file claims for this guest, and every claim is in the file.
check_claims() {
	local id verdict other others file=$dir/out/claims.json.module.root

	[ -e "$file" ] || return 0
	jq -r '.claims.rows[] | .id + " " + .verdict' "$file" >"$dir/claims"
	while read -r id verdict others; do
		for other in $others; do
			# shellcheck disable=SC2254 # a pattern
			case $guest in ${other%%=*}) verdict=${other#*=} ;; esac
		done
		grep -qx "$id $verdict" "$dir/claims" && other=0 || other=1
		check_verdict "claims: $id is $verdict" $other "$(grep "^$id " "$dir/claims")"
	done < <(grep -v '^#' "$vm/claims")
	cut -d' ' -f1 "$dir/claims" | sort | cmp -s - <(sed '/^#/d; s/ .*//' "$vm/claims" | sort) && other=0 || other=1
	check_verdict "claims: the file has all of them" $other "$(wc -l <"$dir/claims") here"
}

# A capture made inside tells the same machine when it is read here.  The one made with the
# helper module loaded is out/captured.module, and so end the reports made then.
check_captures() {
	local capture name with status why live

	for capture in "$dir"/out/captured*; do
		[ -d "$capture" ] || continue
		with=${capture##*/captured}
		for live in "$dir"/out/*"$with.json.root"; do
			name=$(basename "$live" "$with.json.root")
			# A page of a capture includes the module's reports, which a live page shows on request
			case $name in *.module|report) continue ;; esac
			# The walk over all pages is captured only on request
			[ "$name" != pages ] || [ -e "$capture/proc/kmeminfo/pages" ] || continue
			status=0
			why=$(check_capture_as "$capture" "$name" "$live" 2>&1) || status=$?
			check_verdict "$name --from ${capture##*/}" $status "$why"
		done
	done
}

# check_capture_as CAPTURE COMMAND LIVE: the kernel and the page size are the same, and the rows exist.
check_capture_as() {
	local status=0

	"$host_program" "$2" --json --from "$1" >"$dir/captured.json" || status=$?
	[ $status = 0 ] || [ $status = 3 ] || return 1
	jq -e -s '(.[0].host | [.release, .page_bytes]) == (.[1].host | [.release, .page_bytes])
		and ([.[0][] | objects | select(.rows?) | .rows | length > 0]
		  == [.[1][] | objects | select(.rows?) | .rows | length > 0])' \
		"$dir/captured.json" "$3"
}
