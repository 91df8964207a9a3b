/** The completion script for zsh: to be sourced, or a file `_oci-profiles` in one of the folders of fpath. */
import { COMPLETE_WORD } from '../complete-word.ts'

export const ZSH_SCRIPT = `#compdef oci-profiles
# zsh completion for oci-profiles

_oci-profiles() {
    local program=\${\${(Q)words[1]}/#\\~/$HOME} line
    local -a lines values displays
    (( $+functions[$program] || $+commands[$program] )) || [[ -x $program ]] || program=oci-profiles
    lines=("\${(@f)$("$program" ${COMPLETE_WORD} zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" </dev/null 2>/dev/null)}")

    case $lines[1] in
        words)
            for line in "\${(@)lines[2,-1]}"; do
                values+=("\${line%%$'\\t'*}")
                displays+=("\${line/$'\\t'/  -- }")
            done
            compadd -U -l -V oci-profiles -d displays -a -- values
            ;;
        files)
            [[ $PREFIX == --*=* ]] && compset -P '*='
            _files
            ;;
        folders)
            [[ $PREFIX == --*=* ]] && compset -P '*='
            _files -/
            ;;
        command)
            local -i at=$words[(i)--]
            shift $at words
            CURRENT=$(( CURRENT - at ))
            _normal
            ;;
    esac
}

if [[ $funcstack[1] == _oci-profiles ]]; then
    _oci-profiles "$@"
else
    compdef _oci-profiles oci-profiles
fi
`
