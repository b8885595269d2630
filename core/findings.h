#pragma once
/* Findings: every flaw in the data, with its file and line.  Never an error, never a silent skip.
 */
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/text.h"

enum severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,
    SEVERITY_INFO,
    SEVERITIES,
};

enum finding_kind {
#define FINDING(id, severity, name, sentence) FINDING_##id,
#include "core/findings.def"
#undef FINDING
    FINDING_KINDS,
};

/* Where a flaw is; what is not known stays unset. */
struct finding_place {
    struct text file; /* borrowed: the source's path, lives as long as the run */
    uint32_t line;    /* line or row in the file, 1 first; 0 unknown */
    struct text inspection_id, segment_id; /* borrowed, as long as the run */
};

struct finding {
    enum finding_kind kind;
    struct finding_place place;
    struct text detail; /* owned by the findings: values in single quotes */
};

struct findings {
    struct arena arena;
    struct finding *at;
    size_t n, capacity;
};

void findings_add(struct findings *findings, enum finding_kind kind, struct finding_place place,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* Appends all of `from` to `to` in order and leaves `from` empty. */
void findings_move(struct findings *to, struct findings *from);

void findings_release(struct findings *findings);

const char *finding_name(enum finding_kind kind);     /* as in the table: beyond_end */
const char *finding_sentence(enum finding_kind kind); /* for people */
enum severity finding_severity(enum finding_kind kind);
const char *severity_name(enum severity severity); /* error, warning, info */
