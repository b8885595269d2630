#pragma once
/* How one segment of a result got its figures, for people and for programs. */
#include <stdio.h>

#include "cmd/json.h"
#include "core/lang/phrases.h"
#include "core/trace.h"
#include "formats/gpkg_read.h"

struct explanation {
    const struct gpkg_run *run;
    enum language language;        /* of words */
    bool is_translated;            /* the file has another one */
    const struct phrases *phrases; /* of the same; NULL: English */
    struct kept_segment kept;      /* with the assessment that was computed again */
    struct trace trace;            /* of that */
    struct kept_difference *differences;
    size_t n_differences;
    struct arena arena; /* for words */
};

void explanation_release(struct explanation *explanation);

void explanation_print(FILE *to, struct explanation *explanation);
void explanation_print_json(struct json *json, struct explanation *explanation);

/* --- words that both share; in the explanation's arena --- */

/* "counts: the newest that went from node to node", "does not count: delivered before" */
struct text explain_inspection(
    struct explanation *explanation, const struct inspection *inspection);

/* "F item 1, merged with 2 others; collapse hazard", "no defect" */
struct text explain_observation(
    struct explanation *explanation, const struct kept_observation *kept);

const struct observation *explained_observation(
    const struct explanation *explanation, const struct kept_observation *kept);

/* The part that an inspection saw of the segment; its first one when it came by twice. */
const struct stretch *explained_stretch(
    const struct explanation *explanation, const struct inspection *inspection);
