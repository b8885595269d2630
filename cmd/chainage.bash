# bash completion for chainage

# _chainage_words WORD...: those that go on with what was typed
_chainage_words() {
    mapfile -t COMPREPLY < <(compgen -W "$*" -- "$cur")
}

_chainage_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

# _chainage_value OPTION: what can stand behind it; false when it takes no value
_chainage_value() {
    case $1 in
    --districts | --html | --importance | --network | --nodes | --output | --rules) _chainage_files ;;
    --soil) _chainage_files ;;
    --column | --crs | --encoding | --field | --output-crs) COMPREPLY=() ;;
    --beyond-tolerance | --length-tolerance | --match-tolerance | --stretch-tolerance | --threads)
        COMPREPLY=() ;;
    --area-importance) _chainage_words 0 3 6 10 other road main-road centre ;;
    --calibration) _chainage_words auto none stretch ;;
    --format) _chainage_words "$(chainage formats 2>/dev/null | cut -d ' ' -f 1)" ;;
    --length-unit) _chainage_words m ft ;;
    --merge) _chainage_words chained window ;;
    --merged-length) _chainage_words extent metre ;;
    --scheme) _chainage_words auto cjj181 ;;
    --spacing) _chainage_words both second ;;
    --merge-continuous) _chainage_words yes no ;;
    --time) _chainage_words now ;;
    --zero-rule) _chainage_words F G ;;
    *) return 1 ;;
    esac
}

_chainage() {
    local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    if ((COMP_CWORD == 1)); then
        _chainage_words check formats help run --help --version
        return
    fi
    case ${COMP_WORDS[1]} in
    help) _chainage_words check formats help run; return ;;
    check | run) ;;
    *) return ;;
    esac
    # '=' is a word of its own between option and value
    if [[ $cur == = ]]; then
        cur='' && _chainage_value "$previous"
        return
    fi
    if [[ $previous == = ]]; then
        _chainage_value "${COMP_WORDS[COMP_CWORD - 2]}"
        return
    fi
    if [[ $previous == --* ]] && _chainage_value "$previous"; then
        return
    fi
    if [[ $cur == -* && ${COMP_WORDS[1]} == check ]]; then
        _chainage_words --all --column --crs --csv --encoding --field --format --help --html --json \
            --length-unit --list-rules --network --nodes --rules --threads
        return
    fi
    if [[ $cur == -* ]]; then
        _chainage_words --area-importance --beyond-tolerance --calibration --cap-score --column \
            --crs --districts --encoding --field --format --help --importance \
            --index-without-defects --json --length-tolerance --length-unit --match-tolerance \
            --merge --merge-continuous --merged-length --network --nodes --output --output-crs --quiet --scheme --soil \
            --spacing --stretch-tolerance --strict --threads --time --zero-rule
        return
    fi
    _chainage_files
}

complete -F _chainage chainage
