# shellcheck shell=bash source-path=SCRIPTDIR/..
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# shellcheck disable=SC2034 # and set what others read
# A guest is a file in guests/ that says where its kernel comes from and what machine it
# wants.  guest_open reads it; guest_fetch brings its kernel and modules into the cache:
#
#   guests/NAME/release    the kernel's release          kernel     what qemu boots
#               debs/      the packages as downloaded    base.cpio  busybox, init, modules
#               headers/   unpacked, where needed        crowd.cpio more modules
#               tree-*/    what was built for it from one source tree of kmeminfo

# guest_open NAME: sets the values of the guest's file, and defaults for missing ones.
guest_open() {
	guest=$1
	[ -f "$vm/guests/$guest" ] || die "no guest is called $guest; lab list names them"

	about='' suites='' arch=amd64 image='' source='' compiler=gcc
	mem=1024 smp=1 append='' machine=() build_only='' patience='' thorough='' cgroup_v1=''
	unset -f patch_headers
	# shellcheck source=guests/6.1-amd64
	. "$vm/guests/$guest"
	guest_dir=$cache/guests/$guest
	# What is built from this tree's sources; another tree has another
	own_dir=$guest_dir/tree-$(printf %s "$top" | cksum | cut -d' ' -f1)
	guest_arch
}

# Facts that follow from the architecture alone. cross is empty if the host's own compiler builds the modules.
guest_arch() {
	multiarch=''
	# On a busy host the timer of an emulated PC is late, which would stop the kernel
	case $arch in amd64|i386) append="no_timer_check $append" ;; esac
	case $arch in
	amd64)   triplet=x86_64-linux-gnu kbuild_arch=x86_64 cross='' console=ttyS0
	         qemu=(qemu-system-x86_64) ;;
	i386)    triplet=i686-linux-gnu multiarch=i386-linux-gnu kbuild_arch=i386 cross='' console=ttyS0
	         qemu=(qemu-system-i386) ;;
	arm64)   triplet=aarch64-linux-gnu kbuild_arch=arm64 cross=$triplet- console=ttyAMA0
	         # 16 KiB pages need a CPU newer than qemu's default
	         qemu=(qemu-system-aarch64 -machine virt -cpu cortex-a76) ;;
	ppc64el) triplet=powerpc64le-linux-gnu kbuild_arch=powerpc cross=$triplet- console=hvc0
	         # x-vof: the built-in firmware, so that SLOF's package is not needed
	         qemu=(qemu-system-ppc64 -machine 'pseries,x-vof=on' -cpu power9) ;;
	*)       die "$guest: nothing is known of the architecture $arch" ;;
	esac
	multiarch=${multiarch:-$triplet}
}

guest_names() {
	(cd "$vm/guests" && printf '%s\n' *)
}

guest_list() {
	local name

	for name in $(guest_names); do
		(
			guest_open "$name"
			printf '%-20s %-12s %s\n' "$name" "$(guest_state)" "$about"
		)
	done
}

guest_state() {
	if [ -f "$guest_dir/base.cpio" ]; then
		echo here
	elif (apt_open "$arch" && guest_image) >/dev/null 2>&1; then
		echo obtainable
	else
		echo unobtainable
	fi
}

# Prints the name of the package with the kernel, on which the meta package depends.
guest_image() {
	if [ -n "$source" ]; then
		apt_do apt-cache show "$source" >/dev/null 2>&1 && echo "$source"
	else
		apt_depends "$image" 'linux-image-[0-9].*' | grep .
	fi
}

guest_clean() {
	rm -rf "${cache:?}${1:+/guests/$1}"
}

# Another process that needs the same guest waits.
guest_fetch() {
	mkdir -p "$guest_dir"
	host_lock guest_lock "$guest_dir/lock" "its kernel"
	if [ -n "$source" ]; then
		kernel_build
	elif [ ! -f "$guest_dir/release" ]; then
		guest_download
	fi
	guest_base
	exec {guest_lock}>&-
}

# The headers are fetched at once: when the archive has a newer kernel, it drops the old headers.
guest_download() {
	local name release more

	say "$guest: fetching the kernel"
	rm -rf "$guest_dir"/{debs,headers,headers.debs}
	apt_open "$arch"
	name=$(guest_image) || skip "$guest: $suites has no $image"
	release=${name#linux-image-}
	# Since 7.x linux-image is empty: linux-binary has the kernel, linux-modules the modules,
	# linux-base the configuration
	mapfile -t more < <(apt_depends "$name" "linux-(base|binary|modules)-${release//+/\\+}")
	apt_fetch "$guest_dir/debs" "$name" "${more[@]}" busybox-static
	toolchain_fetch "$release"
	echo "$release" >"$guest_dir/release"
}

# Makes the kernel's image and the part of the initial file system that every boot shares.
guest_base() {
	local tree=$guest_dir/tree root=$guest_dir/root sum

	sum=$(cat "$guest_dir/release" "$vm/guest/init" "$vm/guest/modules" | sha256sum)
	[ "$(cat "$guest_dir/base.sum" 2>/dev/null)" != "$sum" ] || return 0
	host_need cpio depmod
	rm -rf "$tree" "$root"
	guest_unpack "$tree"
	mkdir -p "$root"/{bin,dev,etc,proc,sys,tmp,root,run}
	cp "$(find "$tree" -name busybox -path '*bin/*' -type f)" "$root/bin/busybox"
	cp "$vm/guest/init" "$root/init"
	printf 'root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/tmp:/bin/sh\n' >"$root/etc/passwd"
	printf 'root:x:0:\nuser:x:1000:\n' >"$root/etc/group"
	guest_modules "$tree" "$root" base
	boot_pack "$root" >"$guest_dir/base.new"
	rm -rf "$root"
	guest_modules "$tree" "$root" crowd
	boot_pack "$root" >"$guest_dir/crowd.new"
	rm -rf "$root" "$tree"
	mv "$guest_dir/base.new" "$guest_dir/base.cpio"
	mv "$guest_dir/crowd.new" "$guest_dir/crowd.cpio"
	echo "$sum" >"$guest_dir/base.sum"
}

# guest_unpack TREE: the packages' files, and the kernel from among them.
guest_unpack() {
	local deb

	mkdir -p "$1"
	for deb in "$guest_dir"/debs/*.deb; do
		dpkg-deb --extract "$deb" "$1"
	done
	# Since the merge of /usr, packages use usr/lib
	[ -d "$1/lib" ] || ln -s usr/lib "$1/lib"
	[ -z "$source" ] || return 0
	# Since 7.x both are beside the modules
	find "$1" -name 'vmlinu[xz]*' -type f -exec cp {} "$guest_dir/kernel" \;
	find "$1" \( -path '*/boot/config-*' -o -path '*/modules/*/config' \) -type f \
		-exec cp {} "$guest_dir/config" \;
	[ -f "$guest_dir/kernel" ] || die "$guest: no kernel in its packages"
}

# guest_modules TREE ROOT SET: copies a set of guest/modules, as far as this kernel has it, with
# all that it depends on, uncompressed, named in the order in which init shall load them.
guest_modules() {
	local PATH=$PATH:/usr/sbin:/sbin release n=0 name file
	local -A seen=()

	release=$(cat "$guest_dir/release")
	mkdir -p "$2/lib/modules"
	depmod -b "$1" "$release" 2>/dev/null || [ -n "$source" ]
	while read -r name; do
		while read -r file; do
			[ -z "${seen[$file]:-}" ] || continue
			seen[$file]=y
			n=$((n + 1))
			guest_module_copy "$file" "$2/lib/modules/$3-$(printf %03d $n)-"
		done < <(modprobe -d "$1" -S "$release" --show-depends "$name" 2>/dev/null |
			 sed -n 's/^insmod \([^ ]*\).*/\1/p')
	done < <(awk -v set="$3" '$1 == set { for (i = 2; i <= NF; i++) print $i }' "$vm/guest/modules")
}

guest_module_copy() {
	local name=${1##*/}

	case $name in
	*.xz)  xz -dc "$1" >"$2${name%.xz}" ;;
	*.zst) zstd -dcq "$1" >"$2${name%.zst}" ;;
	*)     cp "$1" "$2$name" ;;
	esac
}
