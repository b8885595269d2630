#pragma once
/* The rules of one contract: a table with the columns rule, severity and limit.
 *
 *     rule,severity,limit
 *     date-latest,,2026-12-31
 *     photo-there,warning,
 *
 * What is left empty stays as it is; rows that begin with # are remarks.  The further columns of
 * `chainage check --list-rules` are passed over. */
#include "core/check/rules.h"
#include "core/error.h"
#include "core/findings.h"

/* Changes the rules that the file names.  ERROR_FILE: it cannot be read; ERROR_FORMAT: a row is
 * wrong, then `flaws` tells each with its line, and *rules is as it was. */
bool rules_file_read(
    const char *path, struct check_rules *rules, struct findings *flaws, struct error *err);

/* The same for bytes in memory; `path` is for messages and must live as long as the flaws. */
bool rules_file_read_bytes(struct text bytes, const char *path, struct check_rules *rules,
    struct findings *flaws, struct error *err);
