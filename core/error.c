#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_kind kind, const char *format, ...) {
    va_list args;

    err->kind = kind;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, lang_text(err->language, format), args);
    va_end(args);
    return false;
}

bool error_wrap(struct error *err, const char *format, ...) {
    char context[sizeof err->text];
    char whole[2 * sizeof err->text + 2];
    va_list args;

    va_start(args, format);
    vsnprintf(context, sizeof context, lang_text(err->language, format), args);
    va_end(args);
    snprintf(whole, sizeof whole, lang_text(err->language, N_("%s: %s")), context, err->text);
    memcpy(err->text, whole, sizeof err->text);
    err->text[sizeof err->text - 1] = '\0';
    return false;
}
