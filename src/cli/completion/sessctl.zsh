#compdef sessctl
# zsh completion of sessctl: source <(sessctl completion zsh) after compinit, or as a file _sessctl in the fpath
_sessctl() {
  local -a values shown
  local line
  while IFS= read -r line; do
    values+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  }")
  done < <(sessctl completion zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
  # zsh quotes what it inserts.
  (( $#values )) && compadd -l -d shown -a values
}
if [[ ${funcstack[1]} == _sessctl ]]; then
  _sessctl "$@"
else
  compdef _sessctl sessctl
fi
