# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# A kernel built from Debian's linux-source with a configuration of ours (NAME.config beside
# lab), by the host's compiler: a quarter of an hour once, then only when that file changes.

kernel_build() {
	local tree=$guest_dir/$source config=$vm/$guest.config sum

	sum=$(sha256sum <"$config")
	[ "$(cat "$guest_dir/kernel.sum" 2>/dev/null)" != "$sum" ] || return 0
	[ -d "$tree" ] || kernel_source "$tree"
	host_need make gcc flex bison bc /usr/include/libelf.h
	say "$guest: building the kernel (log: $guest_dir/build.log)"
	(
		cd "$tree"
		export KBUILD_BUILD_USER=lab KBUILD_BUILD_HOST=lab
		make -s tinyconfig
		scripts/kconfig/merge_config.sh -m .config "$config"
		make -s olddefconfig
		nice -n 19 make -j"$(nproc)" bzImage modules
	) >"$guest_dir/build.log" 2>&1 || die "$guest: no kernel (see $guest_dir/build.log)"
	kernel_config_kept "$config" "$tree/.config"
	make -s -C "$tree" kernelrelease >"$guest_dir/release"
	cp "$tree/.config" "$guest_dir/config"
	cp "$tree/arch/x86/boot/bzImage" "$guest_dir/kernel"
	echo "$sum" >"$guest_dir/kernel.sum"
}

kernel_source() {
	local debs=$guest_dir/source.debs

	say "$guest: fetching $source"
	apt_open "$arch"
	apt_fetch "$guest_dir/debs" busybox-static
	apt_fetch "$debs" "$source"
	dpkg-deb --fsys-tarfile "$debs/$source"_*.deb | tar -xO "./usr/src/$source.tar.xz" |
		tar -xJ -C "$guest_dir"
	rm -rf "$debs"
	[ -d "$1" ] || die "$guest: $source did not unpack to $1"
}

# Kconfig silently drops options without their dependencies, and a disabled checker finds nothing.
kernel_config_kept() {
	local lost

	lost=$(grep -E '^CONFIG_[A-Z0-9_]+=' "$1" | grep -vxFf "$2") || return 0
	die "$guest: the kernel did not take: $lost"
}
