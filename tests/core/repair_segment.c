#include "tests/core/repair_segment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base.h"

static const struct {
    const char *code;
    enum defect_family family;
    bool is_functional;
} codes[] = {
    {"AJ", FAMILY_CONNECTION,   false},
    {"BX", FAMILY_DEFORMATION,  false},
    {"CJ", FAMILY_SEDIMENT,     true },
    {"CK", FAMILY_OFFSET,       false},
    {"CQ", FAMILY_OBSTACLE,     true },
    {"CR", FAMILY_INTRUSION,    false},
    {"FS", FAMILY_SURFACE,      false},
    {"FZ", FAMILY_SCUM,         true },
    {"JG", FAMILY_ENCRUSTATION, true },
    {"PL", FAMILY_BREAK,        false},
    {"QF", FAMILY_SAG,          false},
    {"SG", FAMILY_ROOTS,        true },
    {"SL", FAMILY_LEAKAGE,      false},
    {"TJ", FAMILY_OPEN_JOINT,   false},
    {"TL", FAMILY_SEAL,         false},
    {"ZW", FAMILY_OBSTACLE,     true },
};

void repair_segment_build(struct repair_segment *segment) {
    *segment = (struct repair_segment){
        .request =
            {
                      .site =
                    {
                        .segment_m = 60,
                        .diameter_mm = 600,
                        .structural_index = NAN,
                        .functional_index = NAN,
                    }, .tables = &repair_defaults,
                      },
    };
    segment->request.defects = segment->defects;
    segment->request.findings = &segment->findings;
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static void set_kind(struct repair_defect *defect) {
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        if (text_equal(defect->code, text_from(codes[i].code))) {
            defect->family = codes[i].family;
            defect->is_structural = !codes[i].is_functional;
            return;
        }
    }
    for (size_t i = 1; i < FAMILIES; i++) {
        enum defect_family family = (enum defect_family)i;
        if (text_equal_nocase(defect->code, text_from(defect_family_name(family)))) {
            defect->family = family;
            defect->is_structural = true;
            defect->code = (struct text){0};
            return;
        }
    }
}

static void add_word(struct repair_segment *segment, const char *word, size_t n) {
    struct repair_defect *defect = &segment->defects[segment->request.n++];
    size_t at = 0;
    char *end;

    while (is_letter(word[at])) {
        at++;
    }
    *defect = (struct repair_defect){
        .code = {word, at},
          .label = {word, at}
    };
    if (word[at] >= '0' && word[at] <= '9') {
        defect->label.n++;
        defect->severity = (uint8_t)(word[at++] - '0');
    }
    defect->is_collapse_hazard = word[at] == '!';
    at += defect->is_collapse_hazard;
    if (at >= n || word[at] != '@') {
        abort();
    }
    defect->from_m = strtod(word + at + 1, &end);
    defect->to_m = *end == '-' ? strtod(end + 1, NULL) : defect->from_m;
    set_kind(defect);
}

void repair_segment_log(struct repair_segment *segment, const char *defects) {
    while (*defects != '\0') {
        size_t n = strcspn(defects, " ");
        add_word(segment, defects, n);
        defects += n + (defects[n] == ' ');
    }
}

const struct repair_plan *repair_segment_plan(struct repair_segment *segment) {
    segment->plan = repair_segment(&segment->request, &segment->arena);
    return &segment->plan;
}

const char *repair_segment_text(struct repair_segment *segment) {
    size_t n = 0;

    repair_segment_plan(segment);
    segment->text[0] = '\0';
    for (size_t i = 0; i < segment->plan.n; i++) {
        const struct repair *repair = &segment->plan.at[i];
        n += (size_t)snprintf(segment->text + n, sizeof segment->text - n, "%s%s %.*s %g-%g",
            i == 0 ? "" : " / ", repair_scope_name(repair->scope),
            TEXT_ARGS(repair->method.n > 0 ? repair->method : TEXT("?")), repair->from_m,
            repair->to_m);
    }
    return segment->text;
}

void repair_segment_release(struct repair_segment *segment) {
    arena_release(&segment->arena);
    findings_release(&segment->findings);
}
