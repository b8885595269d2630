# Compiles a PO catalogue into rows ENTRY("english", "translated") sorted by the bytes of the English
# text; run it with LC_ALL=C.  PO and C write strings alike, so that they are taken over as they are.
# The header (the empty msgid) and entries without a translation are left out.

function unquoted(line) {
    sub(/^[^"]*"/, "", line)
    sub(/"[ \t\r]*$/, "", line)
    return line
}

function keep() {
    if (id != "" && str != "") {
        ids[++n] = id
        strs[n] = str
        key = id
        gsub(/\\"/, "\"", key)
        gsub(/\\n/, "\n", key)
        gsub(/\\\\/, "\\", key)
        keys[n] = key
    }
    id = str = part = ""
}

/^msgid /  { keep(); part = "id"; id = unquoted($0); next }
/^msgstr / { part = "str"; str = unquoted($0); next }
/^"/       { if (part == "id") id = id unquoted($0); else str = str unquoted($0); next }

END {
    keep()
    for (i = 1; i <= n; i++) {
        order[i] = i
        for (k = i; k > 1 && keys[order[k - 1]] "" > keys[i] ""; k--) {
            order[k] = order[k - 1]
        }
        order[k] = i
    }
    for (i = 1; i <= n; i++) {
        printf "ENTRY(\"%s\", \"%s\")\n", ids[order[i]], strs[order[i]]
    }
}
