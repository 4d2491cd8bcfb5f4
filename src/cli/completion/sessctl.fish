# fish completion of sessctl: sessctl completion fish | source
function __sessctl_candidates
    set -l words (commandline -opc) (commandline -ct)
    # fish quotes what it inserts.
    sessctl completion fish -- $words[2..-1] 2>/dev/null
end
complete -c sessctl -f -a '(__sessctl_candidates)'
