# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# Where and with what a guest's modules are built.  A suite's headers expect that suite's
# compiler and C library (modpost and objtool are programs): on a host of that suite the host's
# own, elsewhere a chroot of it.  The compiler is a cross compiler where the guest is foreign.

toolchain_suite() {
	printf '%s\n' "${suites##* }"
}

toolchain_is_host() {
	[ -n "$source" ] || [ "$(toolchain_suite)" = "$(. /etc/os-release; echo "${VERSION_CODENAME:-}")" ]
}

# toolchain_fetch RELEASE: the packages of the headers, and the libraries that kbuild's programs need.
toolchain_fetch() {
	local debs=$guest_dir/headers.debs common kbuild

	common=$(apt_depends "linux-headers-$1" 'linux-headers-.*-common(-rt)?')
	kbuild=$(apt_depends "linux-headers-$1" 'linux-kbuild-.*')
	apt_fetch "$debs" "linux-headers-$1" "$common"
	apt_open "$(dpkg --print-architecture)"
	apt_fetch "$debs" "$kbuild"
	apt_depends "$kbuild" 'lib(elf|ssl|crypto)[0-9].*' >"$guest_dir/libraries"
}

# toolchain_open: sets root (of the build) and kdir (inside it). Makes both if they do not exist.
toolchain_open() {
	local deb unpacked=$guest_dir/headers release

	guest_fetch
	release=$(cat "$guest_dir/release")
	if [ -n "$source" ]; then
		root='' kdir=$guest_dir/$source
		return 0
	fi
	host_lock toolchain_lock "$cache/toolchain-$(toolchain_suite).lock" "the compiler of $(toolchain_suite)"
	if [ ! -d "$unpacked" ]; then
		rm -rf "$unpacked.new"
		for deb in "$guest_dir"/headers.debs/*.deb; do
			dpkg-deb --extract "$deb" "$unpacked.new"
		done
		! declare -F patch_headers >/dev/null || patch_headers "$unpacked.new"
		mv "$unpacked.new" "$unpacked"
	fi
	if toolchain_is_host; then
		root='' kdir=$unpacked/usr/src/linux-headers-$release
		# Debian's headers include each other by absolute names
		sed -i "s#\([ =]\)/usr/src/linux-headers#\1$unpacked/usr/src/linux-headers#" "$kdir/Makefile"
	else
		root=$cache/chroot/$(toolchain_suite) kdir=/usr/src/linux-headers-$release
		toolchain_chroot
		# Only usr: a package's lib would replace the symbolic link to usr/lib
		cp -a --update "$unpacked/usr" "$root/"
	fi
	exec {toolchain_lock}>&-
}

toolchain_chroot() {
	local libraries

	[ ! -x "$root/usr/bin/$compiler" ] || return 0
	[ "$(id -u)" = 0 ] || skip "$guest: making a chroot of $(toolchain_suite) takes root"
	host_need debootstrap
	# W=1 checks comments too, by a script in perl (to 6.17) or python
	say "$guest: making a chroot of $(toolchain_suite) for its compiler"
	mapfile -t libraries <"$guest_dir/libraries"
	rm -rf "$root.new"
	mkdir -p "$root.new"
	debootstrap --variant=minbase \
		--include="$(IFS=,; echo "$compiler,libc6-dev,make,kmod,perl,python3,${libraries[*]}")" \
		"$(toolchain_suite)" "$root.new" "$(apt_archive)" >"$cache/debootstrap.log" 2>&1 ||
		skip "$guest: no chroot of $(toolchain_suite) (see $cache/debootstrap.log)"
	rm -rf "$root"
	mv "$root.new" "$root"
}

# Sets make: the command that builds a module in root, up to the place for M= and targets.
toolchain_make() {
	toolchain_open
	make=(make ARCH="$kbuild_arch" CC="$cross$compiler" -C "$kdir")
	if [ -n "$cross" ]; then
		make+=(CROSS_COMPILE="$cross")
	fi
	# The headers' vmlinux contains type data alone, and kbuild fails without pahole
	make+=(CONFIG_DEBUG_INFO_BTF_MODULES=)
	if [ -n "$root" ]; then
		# objtool of 7.x reads /proc
		make=(unshare --mount --mount-proc --root="$root" "${make[@]}")
	else
		host_need make "$cross$compiler" ${cross:+"${cross}ld"}
	fi
}

toolchain_print() {
	local root kdir make

	toolchain_make
	printf 'ROOT=%q\nKDIR=%q\nMAKE=%q\n' "${root:-/}" "$kdir" "${make[*]}"
}

# module_build [DIR]: builds DIR (by default module/) in a copy, so that guests do not disturb each other;
# prints the name of the .ko. A warning is an error. The same sources are not built again.
module_build() {
	local from=${1:-$top/module} name root kdir make build sum log

	[ -f "$from/Kbuild" ] || skip "$guest: there is no ${from#"$top/"}/ here"
	name=${from##*/} log=$own_dir/$name.log
	toolchain_make
	mkdir -p "$own_dir"
	host_lock module_lock "$own_dir/$name.lock" "the build of $name/"
	build=$own_dir/$name
	[ -z "$root" ] || build=/tmp/$guest-${own_dir##*/}-$name
	sum=$(module_sum)
	if [ "$(cat "$own_dir/$name.sum" 2>/dev/null)" != "$sum" ]; then
		rm -rf "$root$build" "$own_dir/$name.sum"
		mkdir -p "$root$build"
		(cd "$from" && module_sources | xargs -0 cp --parents -t "$root$build")
		"${make[@]}" M="$build" W=1 modules >"$log" 2>&1 ||
			{ cat "$log" >&2; die "$guest: $name does not build"; }
		if grep -i warning "$log" | grep -v 'differs from the one used to build' >&2; then
			die "$guest: $name builds with warnings (see $log)"
		fi
		echo "$sum" >"$own_dir/$name.sum"
	fi
	printf '%s\n' "$root$build"/*.ko
	exec {module_lock}>&-
}

# Files that decide the build's result, with a zero byte after each name.
module_sources() {
	find . -type f ! -name '*.o' ! -name '*.ko' ! -name '*.mod*' ! -name '.*.cmd' \
		! -name 'Module.symvers' ! -name 'modules.order' -print0 | sort -z
}

module_sum() {
	{
		cat "$guest_dir/release"
		(cd "$from" && module_sources | xargs -0 sha256sum)
	} | sha256sum
}
