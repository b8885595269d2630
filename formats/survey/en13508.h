#pragma once
/* EN 13508-2 as the readers of its text and of its XML share it: what header codes and the columns
 * of observations mean, however they are written. */
#include <stdbool.h>
#include <stdint.h>

#include "core/survey.h"
#include "formats/document.h"
#include "formats/survey_format.h"

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
    const struct document *document; /* of texts; NULL: every text lives as long as the survey */
    struct en_header header;
    enum catalogue catalogue; /* whose codes the rows bear; unset: EN 13508-2 */
};

/* The values of one observation by the letters of its columns, A to O. */
enum { EN_COLUMNS = 'O' - 'A' + 1 };

struct en_row {
    struct text column[EN_COLUMNS];
    struct text raw; /* as delivered */
    uint32_t line;
};

/* The value of a column, `letter` in either case; NULL when there is no such column. */
struct text *en_column(struct en_row *row, char letter);

/* What the file says of its edition; one that is none of the known is a finding. */
void en_edition(struct en_reader *reader, struct text said, uint32_t line);

/* Begins an inspection. */
struct inspection *en_inspection_open(struct en_reader *reader, uint32_t line);

/* One header field: its code (AAB, or CAA in manholes) and its value. */
void en_header_field(struct en_reader *reader, struct text code, struct text value);

/* After the last line of an inspection: start and finish, lengths, coordinates. */
void en_header_close(struct en_reader *reader);

/* What the observations say of the run as a whole: abandoned, inspected length. */
void en_run_close(const struct en_reader *reader, struct inspection *inspection);

/* The observation of a row that has a code. */
void en_add_observation(struct en_reader *reader, const struct en_row *row);

struct finding_place en_place(const struct en_reader *reader, uint32_t line);
void en_note(struct en_reader *reader, enum finding_kind kind, uint32_t line, const char *what,
    struct text value);

struct text en_keep(const struct en_reader *reader, struct text text);
