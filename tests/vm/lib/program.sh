# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# The kmeminfo that a guest runs: $KMEMINFO_LAB_PROGRAM; otherwise build/kmeminfo if the guest's architecture is
# the host's; otherwise built by a cross compiler against that architecture's packages, unpacked.  It goes into
# the guest with every library that it names, so that the guest needs none.

host_program=${KMEMINFO_LAB_PROGRAM:-$top/build/kmeminfo}

# program_carry DIR: installs the program and its libraries below DIR.
program_carry() {
	local binary root='' file

	if program_is_native; then
		binary=$host_program
		[ -x "$binary" ] || die "$guest: $binary is not built"
	else
		root=$guest_dir/sysroot
		binary=$own_dir/program/kmeminfo
		program_cross "$root" >&2
	fi
	cp "$binary" "$1/lab/bin/kmeminfo"
	file=$(readelf -lW "$binary" | sed -n 's/.*interpreter: \(.*\)\]/\1/p')
	mkdir -p "$1${file%/*}" "$1/usr/lib"
	cp -L "$root$file" "$1$file"
	# shellcheck disable=SC2086 # a list
	program_libraries "$root" "$1/usr/lib/$multiarch" "$binary" $(program_opened "$binary")
}

# The libraries that the program opens on demand: a note in it names them.
program_opened() {
	readelf -p .note.dlopen "$1" | grep -o '[a-z0-9_-]*\.so\.[0-9.]*' | sort -u
}

# program_libraries ROOT TO NAME...: copies the libraries of these files, recursively.
program_libraries() {
	local root=$1 to=$2 name file

	shift 2
	mkdir -p "$to"
	while [ $# -gt 0 ]; do
		case $1 in */*) file=$1 ;; *) file=$root/usr/lib/$multiarch/$1 ;; esac
		shift
		[ -f "$file" ] || continue
		while read -r name; do
			[ ! -e "$to/$name" ] || continue
			cp -L "$root/usr/lib/$multiarch/$name" "$to/$name" 2>/dev/null ||
				die "$guest: no library $name below ${root:-/}"
			set -- "$@" "$name"
		done < <(readelf -dW "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
		case $file in "$root/usr/lib/$multiarch"/*) cp -L "$file" "$to/" ;; esac
	done
}

# program_sysroot DIR: the guest's own libraries and headers, unpacked.
program_sysroot() {
	local wanted packages deb to link

	wanted=$(program_wants)
	[ "$(cat "$1/wanted" 2>/dev/null)" != "$wanted" ] || return 0
	say "$guest: fetching libraries of $arch"
	apt_open "$arch"
	# shellcheck disable=SC2086 # a list
	mapfile -t packages < <(apt_closure $wanted)
	rm -rf "$1" "$1.debs"
	apt_fetch "$1.debs" "${packages[@]}"
	mkdir -p "$1/usr/lib"
	ln -s usr/lib "$1/lib"
	# dpkg would replace the link to usr/lib by a directory
	for deb in "$1.debs"/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$1"
	done
	# Absolute links would lead to the host's files
	find "$1" -type l -lname '/*' -printf '%l %p\n' | while read -r to link; do
		ln -sfn "$1$to" "$link"
	done
	rm -rf "$1.debs"
	echo "$wanted" >"$1/wanted"
}

# The libraries for the build, and those that the program opens on demand.
program_wants() {
	"$top/tests/setup" --list build | tr ' ' '\n' | grep '^z\?lib.*-dev$'
	echo libarchive13
}

program_is_native() {
	[ "$arch" = "$(dpkg --print-architecture)" ]
}

# Sets cc: the compiler of programs for the guest.
program_compiler() {
	if program_is_native; then
		cc=(gcc)
		host_need gcc
	else
		cc=("$triplet-gcc-12" --sysroot="$guest_dir/sysroot")
		host_need "${cc[0]}" "$triplet-ld"
		program_sysroot "$guest_dir/sysroot"
	fi
}

# program_cross SYSROOT: builds kmeminfo, or its changed parts, in own_dir/program.
program_cross() {
	local root=$1 cc

	program_compiler
	mkdir -p "$own_dir"
	CC="${cc[*]}" PKG_CONFIG_SYSROOT_DIR=$root \
	PKG_CONFIG_LIBDIR=$root/usr/lib/$multiarch/pkgconfig:$root/usr/share/pkgconfig \
	AR=$triplet-ar RANLIB=$triplet-ranlib \
		"$top/tests/build" "$own_dir/program" --host="$triplet" >"$own_dir/program.log" 2>&1 ||
		{ tail -n 20 "$own_dir/program.log"; die "$guest: kmeminfo does not build for $arch"; }
}
