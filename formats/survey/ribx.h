#pragma once
/* What the parts of the RIBX reader share.  Nobody else includes this. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/index.h"
#include "core/network.h"
#include "core/survey.h"
#include "formats/survey/unused_names.h"
#include "formats/survey_format.h"
#include "formats/xml.h"
#include "formats/xml_record.h"

/* EL_AAA ...: the element names that the reader knows. */
enum ribx_element {
#define WORD(name) EL_##name,
#include "formats/survey/ribx_words.def"
#undef WORD
    EL_WORDS,
};

/* What the rows of an inspection say about it. */
struct ribx_run {
    struct text start_named, finish_named; /* by BCD and BCE */
    double last_m, abandoned_m;            /* greatest distance, distance of BDC; NAN */
    bool has_finish, has_abandoned;
    size_t n_measured;
    struct text reason;
};

/* What is no inspection, by the letters behind ZB_, and how often it came. */
struct ribx_other {
    struct text name;
    size_t n;
    uint32_t line; /* of the first */
};

enum { RIBX_OTHERS_MAX = 32 };

struct ribx {
    struct survey *survey;
    const struct read_options *options;
    struct finding_place place; /* the file */

    /* Depth of the open element of this kind, 0 for none. */
    unsigned depth, record_depth, row_depth, head_depth;
    uint16_t field_word; /* the child of the open record or row that we are in, or XML_OTHER */
    bool is_line_3d;     /* the line of the open record has heights */
    struct xml_record record, row;
    struct text remark, row_remark; /* of the open record, of the open row */
    struct text version, crs;
    bool is_manhole, has_inspection;
    struct ribx_run run;

    struct ribx_other others[RIBX_OTHERS_MAX];
    size_t n_others, n_planned;
    uint32_t first_planned;
    size_t n_records;

    struct index nodes, segments; /* of the network, by id */
    struct unused_names names;    /* fields of records and rows that the reader does not know */
};

void ribx_find(const struct ribx *ribx, enum finding_kind kind, uint32_t line, const char *element,
    struct text value);

/* The value as a number; NAN when it is missing, and with a finding when it is none. */
double ribx_number(const struct ribx *ribx, uint32_t line, const char *element, struct text value);

/* The next number of a text of numbers with blanks, commas or slashes between. */
bool ribx_next_number(struct text *rest, double *out);
struct xy ribx_point(struct text text); /* NAN when it is not readable, or 0 0 */

/* The end of a ZC: an observation, or a measurement. */
void ribx_row_end(struct ribx *ribx);

/* The open record becomes an inspection before its first row comes. */
void ribx_inspection_begin(struct ribx *ribx);
void ribx_inspection_end(struct ribx *ribx);

/* What the record tells of the network; survey->network stays NULL while nothing does. */
void ribx_network_add(struct ribx *ribx);
void ribx_network_finish(struct ribx *ribx);
