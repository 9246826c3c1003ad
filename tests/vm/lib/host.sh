# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# The needs of the host, and how they are installed.

host_has() {
	case $1 in
	/*) [ -e "$1" ] ;;
	*)  PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
	esac
}

host_package() {
	awk -v want="$1" '$1 == want { print $2 }' "$vm/host-packages"
}

host_as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
		sudo -n "$@"
	else
		return 1
	fi
}

# host_lock VARIABLE FILE WHAT: waits until FILE is no longer locked by another process, and prints a message
# meanwhile. The lock stays until the descriptor in VARIABLE is closed.
host_lock() {
	local lock_fd

	exec {lock_fd}>"$2"
	if ! flock -n "$lock_fd"; then
		say "$guest: waits for another lab that has $3"
		flock "$lock_fd"
		say "$guest: goes on"
	fi
	printf -v "$1" %s "$lock_fd"
}

# host_need COMMAND|FILE...: installs the packages of missing ones, or skips.
host_need() {
	local want package missing=()

	for want; do
		host_has "$want" && continue
		package=$(host_package "$want")
		[ -n "$package" ] || die "host-packages does not say where $want comes from"
		missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0

	say "installing on this machine: ${missing[*]}"
	(
		exec 9>"$cache/host.lock"
		flock 9
		export DEBIAN_FRONTEND=noninteractive
		install=(apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends)
		host_as_root "${install[@]}" "${missing[@]}" ||
			{ host_as_root apt-get -qq update &&
			  host_as_root "${install[@]}" "${missing[@]}"; }
	) >"$cache/host-install.log" 2>&1 ||
		skip "$guest: cannot install ${missing[*]} (see $cache/host-install.log)"
}
