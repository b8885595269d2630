/* DWA-M 150 XML (04-2010), Germany:
 *
 *     <DATA>
 *       <FD><FD001>04-2010</FD001> <FD002>B</FD002></FD>    A master data, B inspections
 *       <HG><HG001>H12-11</HG001> <HG003>S12</HG003> ...     a pipe, see m150_network.c
 *         <GO><GO003>L</GO003> <GP>...                       its geometry
 *         <HI><HI101>G</HI101> <HI104>14.05.2019</HI104>     an inspection, see m150_survey.c
 *           <HZ><HZ001>3,20</HZ001> <HZ002>BAB</HZ002> ...   an observation
 *       <KG> <KI> <KZ>                                       the same of a manhole
 *       <RT><RT001>001</RT001> <RT002>7</RT002> ...          streets by their keys
 *
 * Groups hold values and groups; a group is made into ours when it ends.  Decimal commas and points
 * both come. */
#include "formats/survey/m150.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

static const char *const words[EL_WORDS] = {
#define WORD(name) #name,
#include "formats/survey/m150_words.def"
#undef WORD
};

_Static_assert((int)EL_WORDS < (int)XML_RECORD_WORDS, "a record has room for every word");

void m150_find(const struct m150 *m150, enum finding_kind kind, uint32_t line, const char *element,
    struct text value) {
    struct finding_place place = m150->place;

    place.line = line;
    findings_add(&m150->survey->findings, kind, place, "%s '%.*s'", element,
        TEXT_ARGS(text_cut(value, 200)));
}

double m150_number(const struct m150 *m150, uint32_t line, const char *element, struct text value) {
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        m150_find(m150, FINDING_INVALID_VALUE, line, element, value);
    }
    return out;
}

struct text m150_value(const struct m150 *m150, enum m150_group group, enum m150_element element) {
    return xml_record_value(&m150->records[group], m150->records[group].raw, element);
}

/* --- groups --- */

static enum m150_group group_of(uint16_t word) {
    switch (word) {
    case EL_FD:
        return M150_FILE;
    case EL_HG:
    case EL_KG:
        return M150_OBJECT;
    case EL_HI:
    case EL_KI:
        return M150_RUN;
    case EL_HZ:
    case EL_KZ:
        return M150_ROW;
    case EL_GO:
        return M150_GEOMETRY;
    case EL_GP:
        return M150_POINT;
    case EL_RT:
        return M150_REFERENCE;
    default:
        return M150_NONE;
    }
}

static bool is_open(const struct m150 *m150, enum m150_group group) {
    for (unsigned i = 0; i < m150->n_open; i++) {
        if (m150->open[i].group == group) {
            return true;
        }
    }
    return false;
}

static void begin_object(struct m150 *m150, bool is_node) {
    m150->is_node = is_node;
    m150->first_inspection = m150->survey->n_inspections;
    m150->n_line = 0;
    m150->spot = (struct m150_point){
        .at = {NAN, NAN},
          .z = NAN
    };
    m150->spot_is_cover = m150->has_gap = false;
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct m150 *m150 = context;
    enum m150_group group = group_of(tag->word);

    m150->depth++;
    if (group == M150_NONE || is_open(m150, group)) {
        return;
    }
    if (group == M150_RUN) {
        m150_run_end(m150); /* one that rows had opened */
    }
    m150->open[m150->n_open].group = group;
    m150->open[m150->n_open++].depth = m150->depth;
    xml_record_clear(&m150->records[group], tag->line);
    if (group == M150_OBJECT) {
        begin_object(m150, tag->word == EL_KG);
    } else if (group == M150_RUN) {
        m150_run_begin(m150, tag->line);
    } else if (group == M150_GEOMETRY) {
        m150->n_points = 0;
    }
}

/* Keys are read as they come: the table stands behind what uses it. */
static void end_reference(struct m150 *m150) {
    struct arena *arena = &m150->survey->arena;
    struct text key = arena_copy(arena, m150_value(m150, M150_REFERENCE, EL_RT002));
    struct text table = m150_value(m150, M150_REFERENCE, EL_RT001);

    if (!text_equal(table, TEXT("001")) || key.n == 0 || /* 001 holds the streets */
        index_find(&m150->streets, key) != INDEX_NONE) {
        return;
    }
    m150->street_names = array_reserve(m150->street_names, &m150->street_names_capacity,
        m150->n_street_names + 1, sizeof *m150->street_names);
    index_add(&m150->streets, key, (uint32_t)m150->n_street_names);
    m150->street_names[m150->n_street_names++] =
        arena_copy(arena, m150_value(m150, M150_REFERENCE, EL_RT004));
}

static void end_file(struct m150 *m150) {
    struct arena *arena = &m150->survey->arena;
    const struct xml_record *record = &m150->records[M150_FILE];

    m150->version = arena_copy(arena, m150_value(m150, M150_FILE, EL_FD001));
    m150->type = arena_copy(arena, m150_value(m150, M150_FILE, EL_FD002));
    if (!text_equal_nocase(m150->type, TEXT("A")) && !text_equal_nocase(m150->type, TEXT("B"))) {
        m150_find(m150, FINDING_UNKNOWN_VALUE, record->line, "FD002", m150->type);
    }
}

static void end_object(struct m150 *m150) {
    m150_run_end(m150);
    m150_object_inspections(m150);
    m150_object_network(m150);
    xml_record_clear(&m150->records[M150_OBJECT], 0);
}

static void end_group(struct m150 *m150, enum m150_group group) {
    switch (group) {
    case M150_FILE:
        end_file(m150);
        break;
    case M150_OBJECT:
        end_object(m150);
        break;
    case M150_RUN:
        m150_run_end(m150);
        break;
    case M150_ROW:
        m150_row_end(m150);
        break;
    case M150_GEOMETRY:
        m150_geometry_end(m150);
        break;
    case M150_POINT:
        m150_point_end(m150);
        break;
    case M150_REFERENCE:
        end_reference(m150);
        break;
    case M150_NONE:
    case M150_GROUPS:
        break;
    }
}

/* --- values --- */

/* Said once for each name. */
static void report_unused(struct m150 *m150, const struct xml_tag *tag) {
    if (index_find(&m150->unknown, tag->name) == INDEX_NONE) {
        index_add(&m150->unknown, arena_copy(&m150->survey->arena, tag->name), 0);
        m150_find(m150, FINDING_COLUMN_UNKNOWN, tag->line, "element", tag->name);
    }
}

static void keep(struct m150 *m150, const struct xml_tag *tag, struct text value) {
    enum m150_group group = m150->open[m150->n_open - 1].group;
    bool is_own = m150->depth == m150->open[m150->n_open - 1].depth + 1;

    if (tag->word == XML_OTHER && (group == M150_RUN || group == M150_ROW)) {
        report_unused(m150, tag);
    }
    if (!xml_record_add(&m150->records[group], tag->name, is_own ? tag->word : XML_OTHER, value)) {
        m150_find(m150, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at", tag->name);
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct m150 *m150 = context;

    if (m150->n_open > 0 && m150->open[m150->n_open - 1].depth == m150->depth) {
        end_group(m150, m150->open[--m150->n_open].group);
    } else if (m150->n_open > 0 && value.n > 0) {
        keep(m150, tag, value);
    }
    m150->depth--;
}

/* --- the file --- */

/* DATA is the root of other formats too: the groups tell. */
static int m150_bid(const struct source *source) {
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    if (strcmp(name, "DATA") != 0) {
        return 0;
    }
    bool has_object =
        xml_head_has_element(source, "HG001") || xml_head_has_element(source, "KG001");
    return (has_object ? 56 : 0) + (xml_head_has_element(source, "FD001") ? 56 : 0);
}

/* Groups that were open when the document broke off: whole rows are kept, and said is what is half.
 */
static void close_open(struct m150 *m150) {
    for (unsigned i = 0; i < m150->n_open; i++) {
        enum m150_group group = m150->open[i].group;
        bool is_row = group == M150_ROW;
        if (is_row || group == M150_OBJECT) {
            m150_find(m150, FINDING_ROW_SKIPPED, m150->records[group].line,
                "the document breaks off in", is_row ? TEXT("an observation") : TEXT("an object"));
        }
    }
    m150_run_end(m150);
    if (is_open(m150, M150_OBJECT)) { /* what is known of the object, for its inspections */
        m150_object_inspections(m150);
    }
}

static bool edition_is_known(struct text version) {
    return text_equal(version, TEXT("04-2010")) || text_equal(version, TEXT("2010-04"));
}

static void name_streets(struct m150 *m150) {
    for (size_t i = 0; i < m150->n_keyed; i++) {
        const struct m150_street *keyed = &m150->keyed[i];
        uint32_t at = index_find(&m150->streets, keyed->key);
        struct text name = at == INDEX_NONE ? keyed->key : m150->street_names[at];
        if (keyed->of_inspection != NULL) {
            *keyed->of_inspection = name;
        } else if (m150->survey->network != NULL) {
            struct network *network = m150->survey->network;
            network->segments[keyed->segment].street = pool_add(&network->words, name);
        }
    }
}

static void finish(struct m150 *m150) {
    struct survey *survey = m150->survey;

    close_open(m150);
    m150_network_finish(m150);
    name_streets(m150);
    survey->file.version = m150->version;
    if (!edition_is_known(m150->version)) {
        m150_find(m150, FINDING_UNKNOWN_EDITION, 0, "FD001", m150->version);
    }
    if (m150->n_observations_en > 0 && m150->n_observations_en >= m150->n_observations_other) {
        survey->catalogue = CATALOGUE_EN13508;
        survey->scheme = SCHEME_DWA; /* the format is Germany's */
    }
}

void m150_street_by_key(struct m150 *m150, struct m150_street street) {
    m150->keyed =
        array_reserve(m150->keyed, &m150->keyed_capacity, m150->n_keyed + 1, sizeof *m150->keyed);
    m150->keyed[m150->n_keyed++] = street;
}

static void release(struct m150 *m150) {
    for (size_t i = 0; i < M150_GROUPS; i++) {
        xml_record_release(&m150->records[i]);
    }
    array_release(&m150->street_names);
    array_release(&m150->keyed);
    array_release(&m150->points);
    array_release(&m150->line);
    array_release(&m150->ends);
    array_release(&m150->levels);
    index_release(&m150->unknown);
    index_release(&m150->streets);
    index_release(&m150->nodes);
    index_release(&m150->segments);
}

bool m150_read_bytes(struct text bytes, const struct read_options *options, struct survey *survey,
    struct error *err) {
    CLEANUP(release)
    struct m150 m150 = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
        .en = {.survey = survey},
    };
    const struct xml_handler handler = {words, EL_WORDS, on_start, on_end, &m150};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&m150);
    return xml_survey_conclude(survey, err);
}

static bool m150_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, m150_read_bytes, options, survey, err);
}

const struct survey_format format_dwa_m150 = {
    .name = "dwa-m150",
    .description = "DWA-M 150 XML, type A (network) and B (inspections)",
    .extensions = ".xml",
    .may_hold_network = true,
    .bid = m150_bid,
    .read = m150_read,
};
