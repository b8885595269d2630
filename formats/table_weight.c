/* All members are unpacked, as OGR's driver will see them, and what is XML is counted: rows (the
 * driver makes up to 2000 cells of each, 16 bytes a cell), cells, and the longest of the strings
 * that cells share.  What makes the count uncertain counts as heavy. */
#include "formats/table_weight.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>

#include "core/base.h"
#include "core/text.h"

enum {
    MEMBERS_MAX = 1000,
    ROWS_MAX = 10000,
    UNPACKED_MAX = 64 << 20,
    SHARED_MAX = 128 << 20, /* bytes, were every cell the longest string */
    NAME_MAX_BYTES = 16,
    CHUNK_BYTES = 65536,
};

struct weight {
    uint64_t n_unpacked, n_members, n_rows, n_cells, longest_string;
    bool is_uncertain;
};

/* Where the count is in a member. */
struct place {
    bool is_begun, is_xml;
    bool is_in_name; /* of a tag */
    char name[NAME_MAX_BYTES];
    size_t name_n;
    bool is_in_string;
    uint64_t string_n;
};

static bool is_name(const struct place *place, const char *name) {
    return text_equal((struct text){place->name, place->name_n}, text_from(name));
}

static void end_string(struct place *place, struct weight *weight) {
    if (place->string_n > weight->longest_string) {
        weight->longest_string = place->string_n;
    }
    place->is_in_string = false;
    place->string_n = 0;
}

static void count_tag(struct place *place, struct weight *weight) {
    place->is_in_name = false;
    if (is_name(place, "row")) {
        weight->n_rows++;
    } else if (is_name(place, "c")) {
        weight->n_cells++;
    } else if (is_name(place, "/si")) {
        end_string(place, weight);
    } else if (is_name(place, "si")) {
        weight->is_uncertain = weight->is_uncertain || place->is_in_string;
        place->is_in_string = true;
    } else if (place->name_n > 0 && place->name[0] == '!') { /* entities, comments, CDATA */
        weight->is_uncertain = true;
    }
}

static bool ends_name(const struct place *place, char c) {
    return c == '>' || c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
           (c == '/' && place->name_n > 0) || place->name_n == NAME_MAX_BYTES;
}

static void count_in_name(struct place *place, char c, struct weight *weight) {
    if (ends_name(place, c)) {
        count_tag(place, weight);
    } else if (c == ':') { /* a prefix */
        place->name_n = place->name_n > 0 && place->name[0] == '/' ? 1 : 0;
    } else {
        place->name[place->name_n++] = c;
    }
}

/* XML of two bytes a letter would pass by uncounted. */
static void begin(struct place *place, char c, struct weight *weight) {
    static const char blanks[] = " \t\r\n\xEF\xBB\xBF"; /* and the mark of UTF-8 */

    if (c != '\0' && strchr(blanks, c) != NULL) {
        return;
    }
    place->is_begun = true;
    place->is_xml = c == '<';
    weight->is_uncertain =
        weight->is_uncertain || c == '\0' || (unsigned char)c == 0xFE || (unsigned char)c == 0xFF;
}

static void count(const char *bytes, size_t n, struct place *place, struct weight *weight) {
    for (size_t i = 0; i < n; i++) {
        if (!place->is_begun) {
            begin(place, bytes[i], weight);
        }
        if (!place->is_xml) {
            continue;
        }
        if (place->is_in_name) {
            count_in_name(place, bytes[i], weight);
        } else if (bytes[i] == '<') {
            place->is_in_name = true;
            place->name_n = 0;
        } else {
            weight->is_uncertain = weight->is_uncertain || bytes[i] == '\0';
            place->string_n += place->is_in_string;
        }
    }
}

static bool is_light(const struct weight *weight) {
    return !weight->is_uncertain && weight->n_members <= MEMBERS_MAX &&
           weight->n_rows <= ROWS_MAX && weight->n_unpacked <= UNPACKED_MAX &&
           weight->longest_string * weight->n_cells <= SHARED_MAX;
}

static bool weigh_member(const char *path, struct weight *weight) {
    char bytes[CHUNK_BYTES];
    struct place place = {0};
    size_t n = 0;
    VSILFILE *file = VSIFOpenL(path, "rb");

    if (file == NULL) {
        return false;
    }
    weight->n_members++;
    while (is_light(weight) && (n = VSIFReadL(bytes, 1, sizeof bytes, file)) > 0) {
        weight->n_unpacked += n;
        count(bytes, n, &place, weight);
    }
    VSIFCloseL(file);
    end_string(&place, weight);
    return is_light(weight);
}

static bool weigh_all(const char *archive, struct weight *weight) {
    VSIDIR *folder = VSIOpenDir(archive, -1, NULL);
    const VSIDIREntry *entry = NULL;
    bool is_fine = folder != NULL;

    while (is_fine && (entry = VSIGetNextDirEntry(folder)) != NULL) {
        if (VSI_ISDIR(entry->nMode)) {
            is_fine = ++weight->n_members <= MEMBERS_MAX;
        } else {
            is_fine = weigh_member(CPLFormFilename(archive, entry->pszName, NULL), weight);
        }
    }
    if (folder != NULL) {
        VSICloseDir(folder);
    }
    return is_fine;
}

bool table_is_light(const char *path) {
    struct weight weight = {0};
    char archive[4096];

    if (snprintf(archive, sizeof archive, "/vsizip/%s", path) >= (int)sizeof archive) {
        return false;
    }
    CPLPushErrorHandler(CPLQuietErrorHandler);
    bool is_fine = weigh_all(archive, &weight);
    CPLPopErrorHandler();
    return is_fine && weight.n_members > 0;
}
