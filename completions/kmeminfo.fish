# fish completion for kmeminfo. The words come from the program itself (kmeminfo complete).

function __kmeminfo_command
    set -l known (kmeminfo complete commands 2>/dev/null | string split -f 1 \t)
    for word in (commandline -opc)[2..]
        if contains -- $word $known
            echo $word
            return 0
        end
    end
    return 1
end

function __kmeminfo_words
    kmeminfo complete $argv 2>/dev/null
end

function __kmeminfo_columns
    set -l command (__kmeminfo_command; or echo summary)
    set -l done (commandline -ct | string match -r '^(?:--columns=|-o)?(.*[,+])?' | tail -n 1)
    kmeminfo complete columns $command 2>/dev/null | string replace -r '^' -- "$done"
end

function __kmeminfo_values
    kmeminfo complete values (__kmeminfo_command; or echo summary) $argv[1] 2>/dev/null
end

# Of a mask, 'GFP_KERNEL|__GFP_ in quotes or GFP_KERNEL,__GFP_, the part behind the last bar or comma is completed.
function __kmeminfo_operands
    set -l done (commandline -ct | string replace -r '^--[a-z-]+=' '' | string trim -l -c "'\"" | string match -r '^.*[|,]')
    kmeminfo complete operands $argv[1] 2>/dev/null | string replace -r '^' -- "$done"
end

# Whether the current command has an option whose values are of a kind.
function __kmeminfo_takes
    string match -q -- $argv[2] (kmeminfo complete kind (__kmeminfo_command; or echo summary) $argv[1] 2>/dev/null)
end

complete -c kmeminfo -f
complete -c kmeminfo -n 'not __kmeminfo_command >/dev/null' -a '(__kmeminfo_words commands)'
complete -c kmeminfo -n '__kmeminfo_command >/dev/null' -a '(__kmeminfo_operands (__kmeminfo_command))'

# Options are declared anew at each completion, so that they are those of the current command.
function __kmeminfo_options
    set -l command (__kmeminfo_command)
    kmeminfo complete options $command 2>/dev/null | string replace -r '=\t' \t
end
complete -c kmeminfo -n 'string match -q -- "-*" (commandline -ct)' -a '(__kmeminfo_options)'

complete -c kmeminfo -n '__kmeminfo_takes columns columns' -s o -l columns -x -a '(__kmeminfo_columns)'
complete -c kmeminfo -n 'contains -- (__kmeminfo_command; or echo none) capture diff log' -F

# fish must know which options take a value before the line is typed: those of all commands, by the program itself.
for option in (kmeminfo complete valued 2>/dev/null)
    test $option = columns; and continue
    complete -c kmeminfo -n "__kmeminfo_takes $option file" -l $option -r -F
    complete -c kmeminfo -n "__kmeminfo_takes $option mask" -l $option -x -a '(__kmeminfo_operands gfp)'
    complete -c kmeminfo -n "__kmeminfo_takes $option words" -l $option -x -a "(__kmeminfo_values $option)"
end
