# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Common part of the suites in shell: TAP lines. End with tap_done; without it the suite has failed.
tap_count=0
tap_failed=0

# ok NAME COMMAND...: a test that passes if the command does. If it fails, its output is shown.
ok() {
	tap_name=$1
	shift
	tap_count=$((tap_count + 1))
	if tap_output=$("$@" 2>&1); then
		echo "ok $tap_count - $tap_name"
	else
		tap_failed=1
		echo "not ok $tap_count - $tap_name"
		printf '%s\n' "$tap_output" | sed 's/^/# /'
	fi
}

# ok_if_silent NAME COMMAND...: as ok, but any output is a failure, whatever the status.
ok_if_silent() {
	tap_silent=$1
	shift
	ok "$tap_silent" silent "$@"
}

silent() {
	silent_output=$("$@" 2>&1) || silent_output="$silent_output
(status $?)"
	[ -n "$silent_output" ] || return 0
	printf '%s\n' "$silent_output"
	return 1
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# wanted NAME PATTERN...: whether one of the patterns matches; without patterns everything matches.
wanted() {
	wanted_name=$1
	shift
	[ $# -gt 0 ] || return 0
	for wanted_pattern; do
		# shellcheck disable=SC2254 # it is a pattern
		case $wanted_name in $wanted_pattern) return 0 ;; esac
	done
	return 1
}

tap_done() {
	echo "1..$tap_count"
	exit "$tap_failed"
}
