#pragma once
/* What en13508.c and en13508_header.c share. */
#include "core/survey.h"
#include "formats/document.h"
#include "formats/survey_format.h"

/* Fields of one line: an array that is used again and again. */
struct en_fields {
    struct text *at; /* owned */
    size_t n, capacity;
};

/* What the header of one inspection says, until it is closed. */
struct en_header {
    bool is_open;
    bool is_node;                             /* C.. codes: a manhole */
    struct text start, node1, node2;          /* AAB, AAD, AAF */
    struct text start_at, node1_at, node2_at; /* AAC, AAE, AAG: coordinates as delivered */
    struct text flow;                         /* AAK */
    struct text lateral;                      /* AAV */
    struct text width, height;                /* ACC, ACB */
    struct text named_start, named_finish;    /* by the observations BCD and BCE */
    uint32_t named_start_line;
    double abandoned_m, last_m; /* station of BDC, greatest station; NAN unset */
    bool has_finish, has_abandoned;
};

struct en_reader {
    struct survey *survey;
    struct document *document;
    struct lines lines;
    char separator, quote; /* quote 0: none */
    struct en_fields codes, columns, values;
    struct en_header header;
    bool has_columns; /* a #C line was met in this inspection */
    size_t n_inspections;
};

/* One header field: its code (AAB, or CAA in manholes) and its value. */
void en_header_field(struct en_reader *reader, struct text code, struct text value);

/* After the last line of an inspection: start and finish, lengths, coordinates. */
void en_header_close(struct en_reader *reader);

/* The observation of one line, by the columns of the last #C. */
void en_read_observation(struct en_reader *reader, struct text line, uint32_t number);

/* Cuts a line at the separator, quoted texts made plain. */
void en_cut_fields(
    struct en_reader *reader, struct text line, uint32_t number, struct en_fields *out);

/* A finding when `values` are more than `n_codes` and not empty. */
void en_check_extra(struct en_reader *reader, size_t n_codes, uint32_t line);

struct finding_place en_place(const struct en_reader *reader, uint32_t line);
void en_note(struct en_reader *reader, enum finding_kind kind, uint32_t line, const char *what,
    struct text value);

struct text en_keep(struct en_reader *reader, struct text text);
