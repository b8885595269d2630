#include "core/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *sentence;
    enum severity severity;
} kinds[FINDING_KINDS] = {
#define FINDING(id, how, name, sentence) [FINDING_##id] = {name, sentence, SEVERITY_##how},
#include "core/findings.def"
#undef FINDING
};

static const char *const severities[SEVERITIES] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFO] = "info",
};

/* What was printed into so much room; a text that filled it may end within a character. */
static struct text printed(const char *at, size_t size) {
    size_t n = strlen(at);

    if (n + 1 == size) {
        while (n > 0 && (at[n - 1] & 0xC0) == 0x80) {
            n--;
        }
        n -= n > 0 && (at[n - 1] & 0x80) != 0;
    }
    return (struct text){at, n};
}

void findings_add(struct findings *findings, enum finding_kind kind, struct finding_place place,
    const char *format, ...) {
    char detail[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(detail, sizeof detail, format, args);
    va_end(args);
    findings->at =
        array_reserve(findings->at, &findings->capacity, findings->n + 1, sizeof *findings->at);
    findings->at[findings->n++] =
        (struct finding){kind, place, arena_copy(&findings->arena, printed(detail, sizeof detail))};
}

void findings_move(struct findings *to, struct findings *from) {
    to->at = array_reserve(to->at, &to->capacity, to->n + from->n, sizeof *to->at);
    for (size_t i = 0; i < from->n; i++) {
        to->at[to->n] = from->at[i];
        to->at[to->n++].detail = arena_copy(&to->arena, from->at[i].detail);
    }
    findings_release(from);
}

void findings_release(struct findings *findings) {
    arena_release(&findings->arena);
    array_release(&findings->at);
    *findings = (struct findings){0};
}

const char *finding_name(enum finding_kind kind) {
    return kinds[kind].name;
}

const char *finding_sentence(enum finding_kind kind) {
    return kinds[kind].sentence;
}

enum severity finding_severity(enum finding_kind kind) {
    return kinds[kind].severity;
}

const char *severity_name(enum severity severity) {
    return severities[severity];
}
