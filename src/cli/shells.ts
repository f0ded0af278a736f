// The shells whose command lines archlint completes, and for each the script that asks `archlint --complete`.

export const shells = ['bash', 'zsh'] as const;

export type Shell = (typeof shells)[number];

/** Bash cuts words at `=` and `:`; they are put together again, and of each candidate it gets what stands behind its last cut. */
const bash = `# Completes archlint in bash.
_archlint() {
  local words=() count=0 word glue='' line last cut lead=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ $count -gt 0 && ( $glue || $word == [=:]* ) ]]; then
      words[count - 1]+=$word
    else
      words[count++]=$word
    fi
    [[ $word == *[=:] ]] && glue=yes || glue=''
  done
  last=\${words[count - 1]} cut=\${COMP_WORDBREAKS//[^=:]/}
  [[ $cut && $last == *[$cut]* ]] && lead=\${last%"\${last##*[$cut]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    COMPREPLY+=("\${line#"$lead"}")
  done < <("\$1" --complete "\${words[@]}" 2>/dev/null)
  [[ \${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _archlint archlint
`;

const zsh = `#compdef archlint
# Completes archlint in zsh: sourced after compinit, or as the file _archlint in a folder of $fpath.
_archlint() {
  local line
  local -a found shown plain
  for line in "\${(@f)$("\${words[1]}" --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    found+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  if (( ! $#found )); then
    compset -P '*='
    _files
  elif [[ $found[1] == *= ]]; then
    compadd -l -S '' -d shown -a found
  else
    compadd -l -d shown -a found
  fi
}
if [[ $funcstack[1] == _archlint ]]; then _archlint "$@"; else compdef _archlint archlint; fi
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh };
