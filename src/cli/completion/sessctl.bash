# bash completion of sessctl: source <(sessctl completion bash)
_sessctl() {
  local typed="${COMP_LINE:0:COMP_POINT}" words=() current kept line
  # Without -r it takes backslashes as the shell does.
  read -a words <<<"$typed"
  [[ $typed == *[[:space:]] && $typed != *\\[[:space:]] ]] && words+=("")
  current="${words[${#words[@]} - 1]}"
  # bash takes a word apart behind = and : and before @, and what is inserted is the last part.
  kept="${current%"${current##*[=:]}"}"
  line="${current#"$kept"}"
  [[ $line == *@* ]] && kept+="${line%@*}"
  COMPREPLY=()
  while IFS= read -r line; do
    line="${line%%$'\t'*}"
    # Quoted for the line that it goes into.
    printf -v line '%q' "${line#"$kept"}"
    # A comma is one but between braces, which are quoted.
    line="${line//\\,/,}"
    COMPREPLY+=("$line")
  done < <(sessctl completion bash -- "${words[@]:1}" 2>/dev/null)
}
complete -F _sessctl sessctl
