/* CSV files of PACP: which table one holds, and what the files of the others beside it are called.
 */
#include <string.h>

#include "core/base.h"
#include "formats/sibling.h"
#include "formats/survey/pacp.h"

static struct text first_line(struct text text) {
    const char *end = text.n == 0 ? NULL : memchr(text.at, '\n', text.n);

    return text_trim(end == NULL ? text : text_part(text, 0, (size_t)(end - text.at)));
}

/* Is one of the fields of the line called so? */
static bool line_has(struct text line, const char *name) {
    size_t from = 0;

    for (size_t i = 0; i <= line.n; i++) {
        if (i == line.n || strchr(",;\t|", line.at[i]) != NULL) {
            struct text field = text_part(line, from, i);
            bool has_mark = text_starts_with(field, TEXT("\xEF\xBB\xBF"));
            field = has_mark ? text_part(field, 3, field.n) : field;
            if (rows_same_name(field, text_from(name))) {
                return true;
            }
            from = i + 1;
        }
    }
    return false;
}

static const struct {
    enum pacp_family family;
    enum pacp_table table;
    const char *marks[3]; /* all must be there */
} heads[] = {
    {PACP_LATERALS, PACP_INSPECTIONS, {"InspectionID", "LateralSegmentReference", "SurveyedBy"} },
    {PACP_PIPES,    PACP_INSPECTIONS, {"InspectionID", "PipeSegmentReference", "LengthSurveyed"}},
    {PACP_MANHOLES, PACP_INSPECTIONS, {"InspectionID", "ManholeNumber", "SurveyedBy"}           },
    {PACP_LATERALS, PACP_CONDITIONS,  {"InspectionID", "LACPCode", "Distance"}                  },
    {PACP_PIPES,    PACP_CONDITIONS,  {"InspectionID", "PACPCode", "Distance"}                  },
    {PACP_MANHOLES, PACP_CONDITIONS,  {"InspectionID", "MACPCode", "InspectionID"}              },
    {PACP_PIPES,    PACP_VIDEOS,      {"InspectionID", "VideoName", "MediaID"}                  },
    {PACP_PIPES,    PACP_PHOTOS,      {"ConditionID", "ImageReference", "MediaID"}              },
    {PACP_PIPES,    PACP_PHOTOS,      {"ConditionID", "ImageName", "MediaID"}                   },
    {PACP_PIPES,    PACP_RATINGS,     {"InspectionID", "STPipeRating", "OMPipeRating"}          },
};

static size_t head_of(struct text bytes) {
    struct text line = first_line(text_part(bytes, 0, 65536));

    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        if (line_has(line, heads[i].marks[0]) && line_has(line, heads[i].marks[1]) &&
            line_has(line, heads[i].marks[2])) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Media and ratings do not tell their family: the name may. */
static enum pacp_family family_of(size_t head, struct text name) {
    enum pacp_table table = heads[head].table;
    bool is_told = table == PACP_INSPECTIONS || table == PACP_CONDITIONS;

    for (enum pacp_family f = PACP_LATERALS; !is_told && f < PACP_FAMILIES; f++) {
        if (text_contains_nocase(name, text_from(pacp_prefixes[f]))) {
            return f;
        }
    }
    return heads[head].family;
}

bool pacp_csv_is(struct text bytes, struct text name, struct pacp_csv *out) {
    size_t head = head_of(bytes);

    if (head == SIZE_MAX) {
        return false;
    }
    *out = (struct pacp_csv){family_of(head, name), heads[head].table, 0};
    for (size_t i = 0; i < ARRAY_LEN(heads[head].marks); i++) {
        out->bits += (int)strlen(heads[head].marks[i]) * 8;
    }
    return true;
}

/* Where in the file's name the word for its table stands, with '_' or a blank between its parts. */
static bool find_word(struct text name, const char *word, size_t *from, size_t *to) {
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= name.n; i++) {
        if (rows_same_name(text_part(name, i, i + n), text_from(word)) && name.at[i] != '_' &&
            name.at[i] != ' ') {
            *from = i;
            *to = i + n;
            return true;
        }
    }
    return false;
}

bool pacp_csv_beside(struct arena *arena, const struct source *source, enum pacp_table own,
    enum pacp_table wanted, struct text *out) {
    struct text name = text_from(source->name);
    size_t from = 0, to = 0;

    return find_word(name, pacp_table_names[own], &from, &to) &&
           sibling_find(source->path,
               arena_printf(arena, "%.*s%s%.*s", (int)from, name.at, pacp_table_names[wanted],
                   TEXT_ARGS(text_part(name, to, name.n))),
               arena, out);
}
