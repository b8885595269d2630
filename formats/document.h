#pragma once
/* The text of a file, in UTF-8, whatever it was written in.
 *
 * Plain UTF-8 is not copied: the text is a view of the mapped file, which the survey keeps, so that
 * records can be kept as views too.  Everything else is decoded line by line into the survey's
 * arena; what was found, and what is wrong with it, becomes survey.file.encoding and findings. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/survey.h"
#include "core/text.h"
#include "formats/encoding.h"
#include "formats/source.h"

/* A longer line (or record) is skipped with a finding. */
enum { LINE_LIMIT = 1024 * 1024 };

struct document {
    struct text text;    /* no byte order mark, no NUL */
    bool is_mapped;      /* `text` lies in survey->mapping */
    const char *dropped; /* pages before this have been given back */
};

struct document_request {
    const char *encoding; /* by the user, or NULL */
    struct text declared; /* by the file itself, or {0} */
};

/* Maps the file and decodes it.  ERROR_FORMAT when it is empty, ERROR_USAGE when the user's
 * encoding has no such name. */
bool document_open(const struct source *source, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err);

/* The same for bytes in memory, which must live as long as the survey. */
bool document_decode(struct text bytes, const struct document_request *request,
    struct survey *survey, struct document *out, struct error *err);

/* Tells that reading has come to `at`: pages behind it go back to the system, now and then.  Views
 * of them stay good, they are read again when needed. */
void document_passed(struct document *document, const char *at);

/* The same for readers that go through the document again, in an order of their own: all pages. */
void document_drop_pages(struct document *document);

/* A text that lives as long as the survey: the text itself when it lies in the document. */
struct text document_keep(const struct document *document, struct survey *survey, struct text text);

/* Physical lines, without their ends. */
struct lines {
    struct document *document;
    struct survey *survey; /* for the finding of a line that is too long */
    const char *at, *end;
    char line_end;
    uint32_t line; /* of the next line, 1 first */
};

struct lines lines_of(struct document *document, struct survey *survey);
bool lines_next(struct lines *lines, struct text *line, uint32_t *number);

/* Goes over the rest of a line that is too long, without keeping any of it, and says so. */
void lines_skip(struct lines *lines);
