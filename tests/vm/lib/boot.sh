# shellcheck shell=bash
# shellcheck disable=SC2154 # the files of lib/ and the guest's share their variables
# Boots a guest with what it shall carry and brings back what came out of it.

# boot_pack DIR: the directory as an initial file system, everything owned by root.
boot_pack() {
	(cd "$1" && find . -mindepth 1 -print0 | sort -z |
	 cpio --quiet --null --create --format=newc --owner=0:0)
}

# boot_options OPTION...: sets opt_*, and fills the directory $carry with the guest's files.
boot_options() {
	opt_module='' opt_build='' opt_crowd='' opt_log='' opt_user='' timeout=${patience:-180}
	# The emulator gets one thread: with one thread per CPU, qemu 7.2 crashes a kernel that patches its code in
	# one boot of ten
	opt_accel=tcg,thread=single
	while [ $# -gt 0 ]; do
		case $1 in
		--module)   opt_module=y
		            case ${2:--} in -*) ;; *) echo "$2" >"$carry/lab/parameters"; shift ;; esac ;;
		--build)    opt_build=$(realpath "$2"); shift ;;
		--crowd)    opt_crowd=y ;;
		--user)     opt_user=y ;;
		--kmeminfo) program_carry "$carry" ;;
		--put)      boot_put "$2"; shift ;;
		--append)   append+=" $2"; shift ;;
		--mem)      mem=$2; shift ;;
		--smp)      smp=$2; shift ;;
		--nodes)    boot_nodes "$2"; shift ;;
		--timeout)  timeout=$2; shift ;;
		--log)      opt_log=$2; shift ;;
		--kvm)      opt_accel=kvm ;;
		--fast)     machine+=(-icount shift=4,sleep=off) ;;
		--disk)     boot_disk "$2" "$3"; shift 2 ;;
		--)         shift; break ;;
		*)          usage >&2; exit 2 ;;
		esac
		shift
	done
	if [ $# -gt 0 ]; then
		printf '%s\n' "$*" >"$carry/lab/command"
	else
		cat >"$carry/lab/command"
	fi
	if [ -n "$opt_user" ]; then
		mv "$carry/lab/command" "$carry/lab/command.user"
		echo "cd /tmp && su -s /bin/sh user -c 'sh /lab/command.user'" >"$carry/lab/command"
	fi
}

# boot_nodes N: divides the memory and the processors into N equal NUMA nodes.
boot_nodes() {
	local node size=$((mem / $1)) cpus=$((smp / $1))

	for ((node = 0; node < $1; node++)); do
		machine+=(-object "memory-backend-ram,id=m$node,size=${size}M"
			-numa "node,nodeid=$node,memdev=m$node,cpus=$((node * cpus))-$(((node + 1) * cpus - 1))")
	done
}

# boot_disk IMAGE LOG: the guest's /dev/vda has a write cache, which only a flush empties. LOG records each
# write and each flush in order, in the format of dm-log-writes; "-": no log.
boot_disk() {
	local top=disk

	machine+=(-blockdev "driver=file,node-name=disk,filename=$1")
	if [ "$2" != - ]; then
		: >"$2"
		machine+=(-blockdev "driver=file,node-name=log,filename=$2")
		machine+=(-blockdev "driver=blklogwrites,node-name=logged,file=disk,log=log")
		top=logged
	fi
	machine+=(-device "virtio-blk-pci,drive=$top,write-cache=on")
}

# boot_put HOST[:GUEST]: copies a file under its own name, or a directory's contents, to GUEST.
boot_put() {
	local from=${1%%:*} to=/

	case $1 in *:*) to=${1#*:} ;; esac
	if [ -d "$from" ]; then
		mkdir -p "$carry$to"
		cp -a "$from/." "$carry$to"
	else
		mkdir -p "$carry$(dirname "$to.")"
		cp -L "$from" "$carry$to"
	fi
}

# boot_run OPTION... [-- COMMAND...]: one boot. Passes on its output and its status.
boot_run() {
	local carry work module file status=0

	work=$(mktemp -d "$cache/run.XXXXXX")
	# shellcheck disable=SC2064 # the name as it is now
	trap "boot_end '$work'" EXIT
	carry=$work/carry
	mkdir -p "$carry/lab/bin"
	: >"$carry/lab/parameters"
	boot_options "$@"
	guest_fetch
	if [ -n "$opt_module" ]; then
		module=$(module_build)
		cp "$module" "$carry/lab/kmeminfo.ko"
	fi
	if [ -n "$opt_build" ]; then
		module=$(module_build "$opt_build")
		# there may be several
		while IFS= read -r file; do
			cp "$file" "$carry/lab/"
		done <<<"$module"
	fi
	{
		cat "$guest_dir/base.cpio" ${opt_crowd:+"$guest_dir/crowd.cpio"}
		boot_pack "$carry"
	} >"$work/initrd"
	rm -rf "$carry"

	boot_qemu "$work" || status=$?
	if [ -n "$opt_log" ]; then
		mkdir -p "$opt_log"
		cp "$work"/{console,dmesg,out,err,status} "$opt_log/"
	fi
	boot_answer "$work" $status
}

# boot_end DIR: leaves no machine and no file, however the run ended.
boot_end() {
	[ -z "${boot_pid-}" ] || kill "$boot_pid" 2>/dev/null || true
	rm -rf "$1"
}

# boot_qemu DIR: runs the machine on DIR/initrd. Its ports and its console become files of DIR. Passes on the
# command's output as it arrives.
boot_qemu() {
	local port n=0 ports=() status=0

	host_need "${qemu[0]}"
	for port in out err dmesg status; do
		n=$((n + 1))
		: >"$1/$port"
		ports+=(-chardev "file,id=$port,path=$1/$port")
		ports+=(-device "virtserialport,chardev=$port,name=$port,nr=$n")
	done
	# in the group of this script, so that who ends that ends the machine
	timeout --foreground -k 5 "$timeout" "${qemu[@]}" "${machine[@]}" -accel "$opt_accel" -m "$mem" -smp "$smp" \
		-nodefaults -no-user-config -display none -no-reboot -net none \
		-kernel "$guest_dir/kernel" -initrd "$1/initrd" \
		-append "console=$console quiet panic=-1 log_buf_len=4M $append" \
		-chardev "file,id=console,path=$1/console" -serial chardev:console \
		-device virtio-serial-pci "${ports[@]}" </dev/null >"$1/qemu" 2>&1 &
	boot_pid=$!
	tail -q -c +1 -s 0.2 -f --pid=$boot_pid "$1/out" &
	tail -q -c +1 -s 0.2 -f --pid=$boot_pid "$1/err" >&2 &
	wait $boot_pid || status=$?
	wait
	boot_pid=''
	return $status
}

# boot_answer DIR STATUS: passes on the status, with a message if the guest did not end well.
boot_answer() {
	if [ -s "$1/status" ]; then
		return "$(cat "$1/status")"
	fi
	tail -n 5 "$1/qemu" >&2
	tail -n 40 "$1/console" >&2
	if [ "$2" = 124 ] || [ "$2" = 137 ]; then
		say "$guest: no answer within $timeout seconds"
		return 124
	fi
	say "$guest: died before it answered (qemu ended with $2)"
	return 125
}

# boot_capture DIR OPTION...: the guest's files as a tree in DIR, its configuration under boot/.
boot_capture() {
	local to=${1:?to which directory?} release

	shift
	[ ! -e "$to" ] || die "$to is there already"
	"$vm/lab" run "$guest" --crowd --put "$vm/guest/capture:/lab/bin/" \
		--put "$vm/guest/capture.list:/lab/" "$@" -- capture >"$cache/capture.$$"
	mkdir -p "$to/boot"
	tar -x -C "$to" --no-same-owner --warning=no-timestamp -f "$cache/capture.$$"
	rm -f "$cache/capture.$$"
	release=$(cat "$guest_dir/release")
	cp "$guest_dir/config" "$to/boot/config-$release"
}

# boot_predict DIR: brings the machine to many states, and tries requests in each: one folder per state.
boot_predict() {
	local to=${1:?to which directory?} numa=() status=0

	mkdir -p "$to"
	case $guest in
	*-numa) ;;
	*amd64) numa=(--append numa=fake=2 --smp 2) ;;
	*)      numa=(--smp 2 --nodes 2) ;; # other architectures have no numa=fake
	esac
	"$vm/lab" run "$guest" "${numa[@]}" --build "$vm/guest/fail" --module \
		--put "$vm/guest/predict:/lab/" --timeout "${KMEMINFO_LAB_PREDICT_TIMEOUT:-1500}" \
		-- sh /lab/predict >"$cache/predict.$$" || status=$?
	tar -C "$to" -xf "$cache/predict.$$" || status=1
	rm -f "$cache/predict.$$"
	return $status
}

# boot_account DIR: allocates memory of each kind, and keeps the files from before and meanwhile: one folder
# per kind.
boot_account() {
	local to=${1:?to which directory?} carry status=0 cc

	mkdir -p "$to"
	guest_fetch
	carry=$(mktemp -d "$cache/carry.XXXXXX")
	# shellcheck disable=SC2064 # the name as it is now
	trap "rm -rf '$carry'" EXIT
	mkdir -p "$carry/lab/bin"
	program_compiler
	"${cc[@]}" -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -O2 -static -Wall -Wextra -Werror \
		-o "$carry/lab/bin/load" "$vm/guest/load.c" || die "$guest: load does not build"
	cp "$vm/guest/disk" "$carry/lab/bin/"
	cp "$vm/guest/account" "$carry/lab/"
	"$vm/lab" run "$guest" --crowd --build "$vm/guest/hold" --module --put "$carry" \
		--timeout "${KMEMINFO_LAB_ACCOUNT_TIMEOUT:-1500}" -- sh /lab/account >"$carry/tar" || status=$?
	tar -C "$to" -xf "$carry/tar" || status=1
	return $status
}

# boot_provoke DIR [NAME...]: provokes memory failures; each report becomes a file.
boot_provoke() {
	local to=${1:?to which directory?} name='' line status=0 more=()

	shift
	if [ "${1-}" = --append ]; then
		more=("$1" "$2")
		shift 2
	fi
	mkdir -p "$to"
	"$vm/lab" run "$guest" "${more[@]}" --build "$vm/guest/fail" --crowd --put "$vm/guest/provoke:/lab/" --timeout 1800 \
		-- sh /lab/provoke "$@" >"$cache/provoke.$$" || status=$?
	while IFS= read -r line; do
		case $line in
		"=== "*) name=$to/$guest-${line#=== }.log; : >"$name" ;;
		*)       [ -z "$name" ] || printf '%s\n' "$line" >>"$name" ;;
		esac
	done <"$cache/provoke.$$"
	rm -f "$cache/provoke.$$"
	return $status
}

# boot_cost NAME...: the cost for the kernels of these guests to make the text of each file that kmeminfo
# reads.
boot_cost() {
	local cc name program

	program=$(mktemp -d "$cache/cost.XXXXXX")
	for name; do
		guest_open "$name"
		program_compiler
		"${cc[@]}" -D_GNU_SOURCE -O2 -static -Wall -Wextra -Werror -o "$program/cost" "$vm/guest/cost.c" ||
			die "$guest: cost does not build"
		"$vm/lab" run "$guest" --put "$program/cost:/lab/bin/" -- cost >"$program/$guest" || true
		[ -s "$program/$guest" ] || die "$guest: nothing was measured"
	done
	(cd "$program" && boot_cost_table "$@")
	rm -rf "$program"
}

# boot_cost_table FILE...: one column per guest: how many readings of /proc/meminfo take as long as one
# reading of the file, and of one entry in it. Emulated times have no meaning by themselves.
boot_cost_table() {
	awk -F '\t' '
	FNR == 1 { guest[++guests] = FILENAME }
	$1 == "meminfo" { unit[guests] = $5 }
	{ count[$1, guests] = $3; time[$1, guests] = $5 }
	$1 !~ /^more/ && !($1 in what) { names[++n] = $1; what[$1] = $2 }
	function each(name, g,    more) {
		more = "more " name
		if (count[more, g] > count[name, g])
			return (time[more, g] - time[name, g]) / (count[more, g] - count[name, g])
		return time[name, g] / count[name, g]
	}
	END {
		line = "| file | of |"; rule = "|---|---|"
		for (g = 1; g <= guests; g++) { line = line " " guest[g] " |"; rule = rule "---|" }
		print line; print rule
		for (i = 1; i <= n; i++) {
			printf "| %s | %s |", names[i], what[names[i]]
			for (g = 1; g <= guests; g++)
				if (count[names[i], g])
					printf " %.1f, %.3f |", time[names[i], g] / unit[g], each(names[i], g) / unit[g]
				else
					printf " - |"
			printf "\n"
		}
	}' "$@"
}
