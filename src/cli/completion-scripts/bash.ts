/**
 * The completion script for bash. It needs no other package, and nothing that is typed is evaluated. What bash 3.2 of macOS
 * lacks is `compopt` alone: it then offers files where there is nothing to offer.
 */
import { COMPLETE_WORD } from '../complete-word.ts'

export const BASH_SCRIPT = `# bash completion for oci-profiles

_oci_profiles() {
    local program=\${COMP_WORDS[0]/#\\~/$HOME} cur=\${COMP_WORDS[COMP_CWORD]} kind= line i
    # Of the word at the cursor only what stands before it.
    if [[ -n \${COMP_LINE-} && -n \${COMP_POINT-} ]]; then
        while [[ -n $cur && \${COMP_LINE:0:COMP_POINT} != *"$cur" ]]; do cur=\${cur%?}; done
    fi
    case $(type -t "$program") in
        file | function) ;;
        *) program=oci-profiles ;;
    esac
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
            continue
        fi
        # As the line needs it, so that a name is nothing but a name when the line is run.
        case $cur in
            \\"*)
                [[ $line == *!* ]] && continue
                line=\${line//\\\\/\\\\\\\\} line=\${line//\\"/\\\\\\"} line=\${line//\\$/\\\\\\$} line=\${line//\\\`/\\\\\\\`}
                ;;
            \\'*) line=\${line//\\'/\\'\\\\\\'\\'} ;;
            *) printf -v line %q "$line" ;;
        esac
        COMPREPLY+=("$line")
    done < <("$program" ${COMPLETE_WORD} bash \${2+"replaced=$2"} -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$cur" </dev/null 2>/dev/null)

    # Without an answer of ours, bash offers the names of files.
    case $kind in
        files) ;;
        folders) compopt -o dirnames +o default 2>/dev/null ;;
        command)
            for ((i = 1; i < COMP_CWORD; i++)); do
                [[ \${COMP_WORDS[i]} == -- ]] && break
            done
            if declare -F _comp_command_offset >/dev/null; then
                _comp_command_offset $((i + 1))
            elif declare -F _command_offset >/dev/null; then
                _command_offset $((i + 1))
            elif ((COMP_CWORD == i + 1)); then
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -c -- "$cur")
            fi
            ;;
        *) compopt +o default 2>/dev/null ;;
    esac
}

complete -o default -F _oci_profiles oci-profiles
`
