/** The completion script for fish 3 and newer. Fish itself compares what is typed with what is offered. */
import { COMPLETE_WORD } from '../complete-word.ts'

export const FISH_SCRIPT = `# fish completion for oci-profiles

function __oci_profiles_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $before[1])
    type -q -- $program; or set program oci-profiles
    set -e before[1]
    set -l lines ($program ${COMPLETE_WORD} fish -- $before "$current" </dev/null 2>/dev/null)
    set -l kind $lines[1]
    set -e lines[1]
    switch "$kind"
        case words
            printf '%s\\n' $lines
        case files folders
            set -l option (string match -r -- '^--[^=]*=' $current)
            set -l path (string replace -r -- '^--[^=]*=' '' $current)
            for found in (complete -C "'' $path")
                test $kind = files; or string match -q -r '/(\\t|$)' -- $found; or continue
                printf '%s\\n' "$option$found"
            end
        case command
            set -l rest $before[(math (contains -i -- -- $before) + 1)..-1]
            complete -C (string join -- ' ' (string escape -- $rest) $current)
    end
end

complete -c oci-profiles -f -k -a '(__oci_profiles_complete)'
`
