#pragma once
/* Photos and videos: the files that surveys name, found by their names. */
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/result.h"

struct media;

struct media_request {
    const struct result *result;
    const char *const *folders; /* where to look besides the surveys' own */
    size_t n_folders;
    const char *output; /* paths are told from its folder */
    bool copies;        /* what does not lie below that folder is copied into OUTPUT-media/ there,
                           the same bytes once, as formats/media/copies.h says */
};

/* Looks through the folder of each survey that names a photo or video, and through the given ones,
 * each once; nothing is looked at when no survey names any.  Adds a finding for each survey with
 * files that are not there, or more than once, and one for those that could not be copied because
 * they may not be read.  ERROR_FILE when a given folder cannot be read, or a file not be copied. */
bool media_new(const struct media_request *request, struct findings *findings, struct media **out,
    struct error *err);

/* The file that the reference (one, as delivered) names: its path from the output's folder with
 * '/'.  A file of this name is looked for in the survey's own folder (of DB/project.db3 the one
 * that DB is in), then in the given ones, and below them; of several the one whose folders are most
 * like the reference.  {0} when there is none, or no telling which.  A reference without an
 * extension finds a file with any.  Never a file outside those folders.  Good from several threads;
 * NULL media finds nothing. */
struct text media_find(const struct media *media, size_t survey, struct text reference);

void media_release(struct media **media);
