# Types a line and a tab into a real zsh, and prints what the line became.
# usage: zsh zsh.zsh DIR-OF-KMEMINFO DIR-OF-COMPLETION LINE...
emulate -L zsh
zmodload zsh/zpty zsh/zselect
bin=$1 functions_dir=$2 result=$(mktemp)
shift 2
zpty shell "TERM=dumb zsh -f -i"
zpty -w shell "PATH=${(q)bin}:\$PATH fpath=(${(q)functions_dir} \$fpath) RESULT=${(q)result}"
zpty -w shell "autoload -U compinit; compinit -u -D; stty cols 200; zstyle ':completion:*' verbose no"
zpty -w shell 'dump() { print -r -- "$BUFFER" >> $RESULT; BUFFER=; }; zle -N dump; bindkey "^X" dump'
for line; do
	zpty -w -n shell "$line"$'\t'
	zselect -t 100
	zpty -w -n shell $'\x18'
	zselect -t 30
done
# read what the shell wrote, so that it does not block on a full terminal
zpty -r -t shell junk '*'
zselect -t 30
zpty -d shell
cat $result
rm -f $result
