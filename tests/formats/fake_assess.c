/* Names of the one scheme, until the real ones are there. */
#include "core/assess.h"

const char *scheme_name(enum scheme scheme) {
    return scheme == SCHEME_CJJ181 ? "cjj181" : "none";
}

const char *scheme_version(enum scheme scheme) {
    (void)scheme;
    return "2012";
}

enum scheme scheme_of_catalogue(enum catalogue catalogue) {
    return catalogue == CATALOGUE_CJJ181 ? SCHEME_CJJ181 : SCHEME_NONE;
}

const char *density_type_name(enum density_type type) {
    static const char *const names[] = {NULL, "local", "partial or whole", "whole"};
    return names[type];
}
