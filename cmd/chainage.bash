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
    --districts | --html | --importance | --media | --network | --nodes | --output | --rules | --theme)
        _chainage_files ;;
    --misconnection-words | --repair-table | --scheme-table | --soil | --unit-costs | --weights)
        _chainage_files ;;
    --groundwater) _chainage_words above changing below unknown "$(compgen -f -- "$cur")" ;;
    --column | --contact | --crs | --field | --input-encoding | --licence | --output-crs)
        COMPREPLY=() ;;
    --beyond-tolerance | --length-tolerance | --match-tolerance | --stretch-tolerance | --threads | --worst)
        COMPREPLY=() ;;
    --area-importance) _chainage_words 0 3 6 10 other road main-road centre ;;
    --calibration) _chainage_words auto none stretch ;;
    --codes) _chainage_words cjj181 db31 en13508 mscc pacp wsa05 ;;
    --encoding) _chainage_words UTF-8 GB18030 ;;
    --format) _chainage_words "$(chainage formats 2>/dev/null | cut -d ' ' -f 1)" ;;
    --lang) _chainage_words en zh auto ;;
    --length-unit) _chainage_words m ft ;;
    --merge) _chainage_words chained window ;;
    --merged-length) _chainage_words extent metre ;;
    --pacp-version) _chainage_words 6 7 8 ;;
    --rank-by) _chainage_words priority composite ;;
    --scheme) _chainage_words auto cjj181 db31-2022 dwa-m149-3 isybau pacp vsa-2023 wrc-srm wsa05 ;;
    --spacing) _chainage_words both second ;;
    --srm-limits) _chainage_words srm hk ;;
    --srm-peak) _chainage_words single sum ;;
    --merge-continuous | --project) _chainage_words yes no ;;
    --time) _chainage_words now ;;
    --to) _chainage_words cjj181 cjj181-xlsx csv dwa-m150 en13508 geojson gpkg isybau ribx ;;
    --translate) _chainage_words default "$(compgen -f -- "$cur")" ;;
    --zero-rule) _chainage_words F G ;;
    *) return 1 ;;
    esac
}

# _chainage_language: behind --lang, with a '=' or without, the languages
_chainage_language() {
    local before=${COMP_WORDS[*]:COMP_CWORD-2:2}
    case $before in
    *--lang | '--lang =') if [[ $cur == = ]]; then cur=''; fi; _chainage_value --lang ;;
    *) return 1 ;;
    esac
}

_chainage() {
    local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()

    if ((COMP_CWORD == 1)); then
        _chainage_words check convert explain formats help identify repairs run schemes style --help --version
        return
    fi
    case ${COMP_WORDS[1]} in
    help)
        _chainage_language || _chainage_words check convert explain formats help identify repairs run schemes style --lang
        return
        ;;
    formats) _chainage_language || _chainage_words --help --lang; return ;;
    identify)
        _chainage_language && return
        if [[ $cur == -* ]]; then _chainage_words --help --json --lang --verbose; else _chainage_files; fi
        return
        ;;
    repairs) _chainage_language || _chainage_words --costs --help --lang; return ;;
    schemes)
        _chainage_language || _chainage_words --csv --help --lang "$(chainage schemes 2>/dev/null | grep -o '^[a-z][a-z0-9-]*')"
        return
        ;;
    check | convert | explain | run | style) ;;
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
    if [[ $cur == -* && ${COMP_WORDS[1]} == explain ]]; then
        _chainage_words --help --json --lang --worst
        return
    fi
    if [[ $cur == -* && ${COMP_WORDS[1]} == check ]]; then
        _chainage_words --all --column --crs --csv --encoding --field --format --help --html --json \
            --lang --length-unit --list-rules --network --nodes --rules --threads
        return
    fi
    if [[ $cur == -* && ${COMP_WORDS[1]} == convert ]]; then
        _chainage_words --codes --column --crs --encoding --field --format --help --input-encoding \
            --json --keep-untranslated --lang --length-unit --network --nodes --output --output-crs \
            --quiet --strict --to --translate
        return
    fi
    if [[ $cur == -* && ${COMP_WORDS[1]} == style ]]; then
        _chainage_words --help --lang --print-theme --project --quiet --theme
        return
    fi
    if [[ $cur == -* ]]; then
        _chainage_words --area-importance --beyond-tolerance --calibration --cap-score --column \
            --composite --contact --copy-media --crs --districts --encoding --field --format --groundwater --help \
            --importance --index-without-defects --json --lang --length-tolerance --length-unit --licence \
            --match-tolerance --media --merge --merge-continuous --merged-length \
            --misconnection-words --network --nodes --output --output-crs --pacp-version --project --quiet \
            --rank-by \
            --repair-table --scheme --scheme-table --soil --spacing --srm-limits --srm-peak \
            --stretch-tolerance --strict --theme --threads --time --unit-costs --weights --zero-rule
        return
    fi
    _chainage_files
}

complete -F _chainage chainage
