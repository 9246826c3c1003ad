# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# Packages of other suites and architectures, through apt with a configuration, package lists
# and a dpkg status of its own: the system's are only asked where its archive is.

# Prints the address of the Debian archive that this machine's apt uses.
apt_archive() {
	# shellcheck disable=SC2016 # apt expands these
	local ask=(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Identifier: Packages')
	local uri

	uri=${KMEMINFO_LAB_ARCHIVE:-$("${ask[@]}" | awk '$1 == "Debian" { print $2; exit }')}
	if [ -z "$uri" ]; then
		# An image without package lists does not know its archive
		host_as_root apt-get -qq update >&2 || true
		uri=$("${ask[@]}" | awk '$1 == "Debian" { print $2; exit }')
	fi
	[ -n "$uri" ] || skip "$guest: apt here has no Debian archive (KMEMINFO_LAB_ARCHIVE names one)"
	printf '%s\n' "$uri"
}

# apt_open ARCH: from here on apt_* use the guest's suites in this architecture.
apt_open() {
	apt_dir=$cache/apt/${suites// /+}-$1
	local lists=$apt_dir/state/lists archive suite

	mkdir -p "$apt_dir"
	host_lock apt_lock "$apt_dir/lock" "the package lists of $suites"
	apt_prefer
	if [ -n "$(find "$apt_dir/fresh" -mtime -7 2>/dev/null)" ]; then
		exec {apt_lock}>&-
		return 0
	fi
	host_need /usr/share/keyrings/debian-archive-keyring.gpg
	archive=$(apt_archive)
	mkdir -p "$lists/partial" "$apt_dir/cache/archives/partial" "$apt_dir/etc/preferences.d"
	: >"$apt_dir/status"
	for suite in $suites; do
		printf 'deb [arch=%s signed-by=%s] %s %s main\n' "$1" \
			/usr/share/keyrings/debian-archive-keyring.gpg "$archive" "$suite"
	done >"$apt_dir/etc/sources.list"
	cat >"$apt_dir/apt.conf" <<-EOF
	APT::Architecture "$1";
	APT::Architectures { "$1"; };
	APT::Sandbox::User "root";
	Dir::State "$apt_dir/state";
	Dir::State::status "$apt_dir/status";
	Dir::Cache "$apt_dir/cache";
	Dir::Etc "$apt_dir/etc";
	Dir::Etc::Parts "/etc/apt/apt.conf.d";
	EOF
	apt_do apt-get -qq update >"$apt_dir/update.log" 2>&1 ||
		skip "$guest: no package lists of $suites for $1 (see $apt_dir/update.log)"
	touch "$apt_dir/fresh"
	exec {apt_lock}>&-
}

# The kernel comes from the first suite: backports have a priority below all others.
apt_prefer() {
	mkdir -p "$apt_dir/etc"
	printf 'Package: linux-*\nPin: release n=%s\nPin-Priority: 990\n' "${suites%% *}" >"$apt_dir/etc/preferences"
}

apt_do() {
	APT_CONFIG=$apt_dir/apt.conf "$@"
}

apt_show_depends() {
	apt_do apt-cache depends --no-recommends --no-suggests --no-conflicts --no-breaks \
		--no-replaces --no-enhances "$@" 2>/dev/null
}

# apt_closure PACKAGE...: these packages and all their dependencies.
apt_closure() {
	apt_show_depends --recurse "$@" | grep '^[a-z]' | sort -u
}

# apt_depends PACKAGE REGEX: its dependencies with a matching name.
apt_depends() {
	apt_show_depends "$1" |
		sed -nE "s/^ *\|?Depends: ($2)\$/\1/p" | sort -u
}

# apt_fetch DIR PACKAGE...: downloads the packages into DIR; apt checks them.
apt_fetch() {
	local dir=$1

	shift
	mkdir -p "$dir"
	(cd "$dir" && apt_do apt-get -qq download "$@") >"$dir/download.log" 2>&1 ||
		skip "$guest: cannot download $* (see $dir/download.log)"
}
