#pragma once
/* Why something could not be done.  Doors fill it; rooms never do. */
#include <stdbool.h>

#include "core/lang.h"

/* The numbers are the exit status of the program. */
enum error_kind {
    ERROR_NONE = 0,
    ERROR_USAGE = 2,   /* the command line asks for what cannot be */
    ERROR_FILE = 3,    /* a file cannot be opened, read or written */
    ERROR_FORMAT = 4,  /* a file is not what it should be */
    ERROR_LIBRARY = 5, /* a library refused for a reason of its own */
};

/* Starts as {0}, or with a language. */
struct error {
    enum error_kind kind;
    enum language language; /* of the text; set before, English where nobody did */
    char text[1024];        /* UTF-8: what, where, which value */
};

/* Fill `*err` and return false, so that failing is one line.  The format is English; the catalogue
 * says it in the error's language.  What libraries and the system say stays as they say it. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);

/* Put "context: " before the text of `*err`, keep its kind, return false.  Likewise. */
bool error_wrap(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
