# bash completion for kmeminfo. The words come from the program itself (kmeminfo complete).

_kmeminfo_words() {
	kmeminfo complete "$@" 2>/dev/null | cut -f 1
}

# Offers those of the words on stdin, a line each, that begin with $1. Blanks in them are quoted. Of a mask,
# "'GFP_KERNEL|__GFP_" or "GFP_KERNEL,__GFP_", the part behind the last bar or comma counts.
_kmeminfo_offer() {
	local begin=${1//\\/} done word

	COMPREPLY=()
	done=${begin#[\"\']}
	done=${done%"${done##*[|,]}"}
	while IFS= read -r word; do
		word=$done$word
		[[ $word == "${begin#[\"\']}"* ]] || continue
		[[ $begin == [\"\']* ]] || printf -v word %q "$word"
		word=${word//\\,/,}
		COMPREPLY+=("$word")
	done
}

# The values of an option that takes one of a few words, or a path.
_kmeminfo_value() {
	local option=$1 command=$2 cur=$3 kind=$4 done

	case $kind in
	file)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
		;;
	columns)
		done=${cur%"${cur##*[,+]}"}
		mapfile -t COMPREPLY < <(compgen -P "$done" -W "$(_kmeminfo_words columns "$command")" -- "${cur##*[,+]}")
		compopt -o nospace
		;;
	mask)
		_kmeminfo_offer "$cur" < <(_kmeminfo_words operands gfp)
		;;
	*)
		mapfile -t COMPREPLY < <(compgen -W "$(_kmeminfo_words values "$command" "${option##*-}")" -- "$cur")
		;;
	esac
}

_kmeminfo_command() {
	local word

	for word in "${words[@]:1:cword-1}"; do
		case $word in
		-*) ;;
		*) kmeminfo complete commands 2>/dev/null | cut -f 1 | grep -Fx -- "$word" && return ;;
		esac
	done
}

_kmeminfo() {
	local cur prev words cword command option kind

	_init_completion -n =: || return
	command=$(_kmeminfo_command)
	case $cur in --*=*) option=${cur%%=*} ;; *) option=$prev ;; esac
	if [[ $option == -* && $option != *=* ]]; then
		kind=$(kmeminfo complete -- kind "${command:-summary}" "$option" 2>/dev/null)
		if [[ $kind ]]; then
			[[ $cur == --*=* ]] && cur=${cur#*=}
			_kmeminfo_value "$option" "${command:-summary}" "$cur" "$kind"
			return
		fi
	fi
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_kmeminfo_words options "$command")" -- "$cur")
		[[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
	elif [[ -z $command ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_kmeminfo_words commands)" -- "$cur")
	else
		_kmeminfo_offer "$cur" < <(_kmeminfo_words operands "$command")
		[[ $command == capture ]] && mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		[[ $command == diff ]] && mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
		[[ $command == log ]] && mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	fi
}

complete -F _kmeminfo kmeminfo
