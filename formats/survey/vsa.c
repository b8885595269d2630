/* VSA-KEK, the Swiss exchange format of inspections, and its networks (VSA-DSS, SIA 405): transfers
 * of INTERLIS 2.
 *
 *     <TRANSFER> <HEADERSECTION><MODELS><MODEL NAME="VSA_KEK_2020_1_LV95"/> ...
 *       <DATASECTION>
 *         <VSA_KEK_2020_1_LV95.KEK BID="...">                         a basket
 *           <VSA_KEK_2020_1_LV95.KEK.Untersuchung TID="chU1">         an object of a class
 *             <Bezeichnung>1.045-1.040</Bezeichnung> ...
 *           <VSA_KEK_2020_1_LV95.KEK.Kanalschaden TID="chS1">
 *             <UntersuchungRef REF="chU1"/> <Distanz>5.29</Distanz> ...
 *
 * The model in front of the class changes with the edition: only what is behind the last dot
 * counts.  Objects come in any order and point to each other, so that they are gathered first and
 * put together when the file ends. */
#include "formats/survey/vsa.h"

#include <math.h>
#include <string.h>

#include "core/base.h"
#include "formats/source.h"
#include "formats/survey/formats.h"
#include "formats/survey/xml_survey.h"

static const char *const words[EL_WORDS] = {
#define WORD(name) #name,
#include "formats/survey/vsa_words.def"
#undef WORD
};

_Static_assert((int)EL_WORDS < (int)XML_RECORD_WORDS, "a record has room for every word");

void vsa_find(const struct vsa *vsa, enum finding_kind kind, uint32_t line, const char *what,
    struct text value) {
    struct finding_place place = vsa->place;

    place.line = line;
    findings_add(
        &vsa->survey->findings, kind, place, "%s '%.*s'", what, TEXT_ARGS(text_cut(value, 200)));
}

/* --- objects --- */

struct text vsa_value(const struct vsa_object *object, enum vsa_word word) {
    for (size_t i = 0; i < object->n_values; i++) {
        if (object->values[i].word == word) {
            return object->values[i].text;
        }
    }
    return (struct text){0};
}

double vsa_number(const struct vsa *vsa, const struct vsa_object *object, enum vsa_word word) {
    struct text value = vsa_value(object, word);
    double out = NAN;

    if (value.n > 0 && !text_to_double(value, &out)) {
        vsa_find(vsa, FINDING_INVALID_VALUE, object->line, words[word], value);
    }
    return out;
}

const struct vsa_object *vsa_object_of(struct vsa_objects *objects, struct text tid) {
    uint32_t at = tid.n == 0 ? INDEX_NONE : row_keys_find(&objects->by_tid, tid);

    return at == INDEX_NONE ? NULL : &objects->at[at];
}

struct text vsa_name(const struct vsa_object *object) {
    struct text name = vsa_value(object, EL_Bezeichnung);

    return name.n > 0 ? name : object->tid;
}

static struct vsa_objects *objects_of(struct vsa *vsa, uint16_t class) {
    switch (class) {
    case EL_Untersuchung:
        return &vsa->runs;
    case EL_Kanalschaden:
    case EL_Normschachtschaden:
        return &vsa->rows;
    case EL_Datei:
        return &vsa->files;
    case EL_Datentraeger:
        return &vsa->volumes;
    case EL_Abwasserknoten:
        return &vsa->nodes;
    case EL_Haltung:
        return &vsa->reaches;
    case EL_Haltungspunkt:
        return &vsa->points;
    case EL_Kanal:
        return &vsa->channels;
    case EL_Rohrprofil:
        return &vsa->profiles;
    case EL_Deckel:
        return &vsa->covers;
    case EL_Normschacht:
    case EL_Spezialbauwerk:
    case EL_Einleitstelle:
    case EL_Versickerungsanlage:
        return &vsa->structures;
    default:
        return NULL;
    }
}

/* --- names --- */

static struct text last_part(struct text name) {
    size_t from = name.n;

    while (from > 0 && name.at[from - 1] != '.') {
        from--;
    }
    return text_part(name, from, name.n);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static int compare_nocase(struct text text, const char *word) {
    size_t i = 0;

    while (i < text.n && word[i] != '\0' && lower(text.at[i]) == lower(word[i])) {
        i++;
    }
    unsigned char a = i < text.n ? (unsigned char)lower(text.at[i]) : 0,
                  b = (unsigned char)lower(word[i]);
    return (int)a - (int)b;
}

/* Editions differ in the case of letters (rohrprofilRef, RohrprofilRef). */
static uint16_t word_of(struct text name) {
    size_t from = 0, to = EL_WORDS;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare_nocase(name, words[middle]);
        if (order == 0) {
            return (uint16_t)middle;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return XML_OTHER;
}

/* INTERLIS 2.3 writes attributes in capitals, 2.4 in small letters. */
static struct text attribute(const struct xml_tag *tag, const char *capitals, const char *small) {
    struct text value = xml_attribute(tag, capitals);

    return text_trim(value.n > 0 ? value : xml_attribute(tag, small));
}

/* --- elements --- */

static void count_unused(struct vsa *vsa, struct text class, uint32_t line) {
    uint32_t at = index_find(&vsa->unused_index, class);

    if (at == INDEX_NONE) {
        at = (uint32_t)vsa->n_unused++;
        vsa->unused =
            array_reserve(vsa->unused, &vsa->unused_capacity, vsa->n_unused, sizeof *vsa->unused);
        vsa->unused[at] = (struct vsa_unused){
            .class = arena_copy(&vsa->survey->arena, class),
            .line = line,
        };
        index_add(&vsa->unused_index, vsa->unused[at].class, at);
    }
    vsa->unused[at].n++;
}

static void begin_object(struct vsa *vsa, const struct xml_tag *tag, struct text tid) {
    struct text class = last_part(tag->name);

    vsa->object = (struct vsa_object){
        .class = word_of(class),
        .line = tag->line,
        .tid = arena_copy(&vsa->survey->arena, tid),
    };
    vsa->object_depth = vsa->depth;
    vsa->n_vertices = 0;
    xml_record_clear(&vsa->record, tag->line);
    vsa->is_deletion = text_equal_nocase(attribute(tag, "OPERATION", "operation"), TEXT("DELETE"));
    vsa->n_deletions += vsa->is_deletion;
    if (objects_of(vsa, vsa->object.class) == NULL) {
        count_unused(vsa, class, tag->line);
    }
}

/* Of several models the one of the inspections counts, then that of a network. */
static int rank_of_model(struct text model) {
    return text_contains_nocase(model, TEXT("KEK"))               ? 3
           : text_contains_nocase(model, TEXT("DSS"))             ? 2
           : text_contains_nocase(model, TEXT("SIA405_ABWASSER")) ? 1
                                                                  : 0;
}

static void note_model(struct vsa *vsa, struct text model) {
    if (model.n > 0 && (vsa->model.n == 0 || rank_of_model(model) > rank_of_model(vsa->model))) {
        vsa->model = arena_copy(&vsa->survey->arena, model);
    }
}

static void keep(struct vsa *vsa, const struct xml_tag *tag, unsigned word, struct text value) {
    if (!xml_record_add(&vsa->record, tag->name, word, value)) {
        vsa_find(vsa, FINDING_LINE_TOO_LONG, tag->line, "the record is too long at", tag->name);
    }
}

static void start_in_object(struct vsa *vsa, const struct xml_tag *tag, uint16_t word) {
    struct text reference = attribute(tag, "REF", "ref");

    if (reference.n > 0 && vsa->depth == vsa->object_depth + 1) {
        keep(vsa, tag, word, reference);
    } else if (word == EL_COORD || word == EL_ARC) {
        vsa->corner = vsa->middle = (struct xy){NAN, NAN};
    }
}

static void on_start(void *context, const struct xml_tag *tag) {
    struct vsa *vsa = context;
    uint16_t word = word_of(tag->name);

    vsa->depth++;
    if (vsa->object_depth > 0) {
        start_in_object(vsa, tag, word);
        return;
    }
    struct text tid = attribute(tag, "TID", "tid");
    if (tid.n > 0) {
        begin_object(vsa, tag, tid);
    } else if (word == EL_MODEL) {
        note_model(vsa, attribute(tag, "NAME", "name"));
    }
}

static void push_vertex(struct vsa *vsa, struct xy at) {
    vsa->vertices = array_reserve(
        vsa->vertices, &vsa->vertices_capacity, vsa->n_vertices + 1, sizeof *vsa->vertices);
    vsa->vertices[vsa->n_vertices++] = at;
}

static void value_of_point(
    struct vsa *vsa, const struct xml_tag *tag, uint16_t word, struct text value) {
    double *to = word == EL_C1   ? &vsa->corner.x
                 : word == EL_C2 ? &vsa->corner.y
                 : word == EL_A1 ? &vsa->middle.x
                 : word == EL_A2 ? &vsa->middle.y
                                 : NULL;

    if (to != NULL && !text_to_double(value, to)) {
        vsa_find(vsa, FINDING_INVALID_VALUE, tag->line, "coordinate", value);
    }
}

static void end_point(struct vsa *vsa, const struct xml_tag *tag, uint16_t word) {
    if (word == EL_ARC && xy_is_set(vsa->middle)) {
        vsa_find(vsa, FINDING_GEOMETRY_REPAIRED, tag->line, "an arc was taken as two chords in",
            vsa->object.tid);
        push_vertex(vsa, vsa->middle);
    }
    if (xy_is_set(vsa->corner)) {
        push_vertex(vsa, vsa->corner);
    }
}

/* The open object into the arena, with the values that the reader knows. */
static void end_object(struct vsa *vsa) {
    struct arena *arena = &vsa->survey->arena;
    struct vsa_objects *objects = objects_of(vsa, vsa->object.class);
    struct vsa_object *object = &vsa->object;

    if (objects == NULL || vsa->is_deletion) {
        return;
    }
    object->raw = arena_copy(arena, (struct text){vsa->record.raw, vsa->record.n});
    for (unsigned word = 0; word < EL_WORDS; word++) {
        object->n_values += vsa->record.value[word].n > 0;
    }
    object->values = ARENA_NEW(arena, struct vsa_value, object->n_values);
    for (unsigned word = 0, n = 0; word < EL_WORDS; word++) {
        struct text value = xml_record_value(&vsa->record, object->raw.at, word);
        if (value.n > 0) {
            object->values[n++] = (struct vsa_value){value, (uint16_t)word};
        }
    }
    if (vsa->n_vertices > 0) {
        struct xy *at = ARENA_NEW(arena, struct xy, vsa->n_vertices);
        memcpy(at, vsa->vertices, vsa->n_vertices * sizeof *at);
        object->geometry = (struct polyline){at, vsa->n_vertices};
    }
    objects->at =
        array_reserve(objects->at, &objects->capacity, objects->n + 1, sizeof *objects->at);
    if (row_keys_add(&objects->by_tid, object->tid, (uint32_t)objects->n) != objects->n) {
        vsa_find(vsa, FINDING_DUPLICATE_ID, object->line, "TID", object->tid);
    }
    objects->at[objects->n++] = *object;
}

static void note_unknown(struct vsa *vsa, const struct xml_tag *tag, uint16_t word) {
    if (word == XML_OTHER && objects_of(vsa, vsa->object.class) != NULL) {
        unused_names_add(&vsa->names, &vsa->survey->arena, tag->name, tag->line);
    }
}

static void end_in_object(
    struct vsa *vsa, const struct xml_tag *tag, uint16_t word, struct text value) {
    if (vsa->depth == vsa->object_depth) {
        end_object(vsa);
        vsa->object_depth = 0;
    } else if (word == EL_COORD || word == EL_ARC) {
        end_point(vsa, tag, word);
    } else if (value.n > 0 && vsa->depth == vsa->object_depth + 1) {
        note_unknown(vsa, tag, word);
        keep(vsa, tag, word, value);
    } else if (value.n > 0) {
        value_of_point(vsa, tag, word, value);
    }
}

static void on_end(void *context, const struct xml_tag *tag, struct text value) {
    struct vsa *vsa = context;
    uint16_t word = word_of(tag->name);

    if (vsa->object_depth > 0) {
        end_in_object(vsa, tag, word, value);
    } else if (word == EL_MODEL) {
        note_model(vsa, value);
    }
    vsa->depth--;
}

/* --- the file --- */

static int vsa_bid(const struct source *source) {
    struct text head = {(const char *)source->head, source->head_n};
    char name[64] = "";

    xml_root_name(source, name, sizeof name);
    if (strcmp(name, "TRANSFER") != 0 && strcmp(name, "transfer") != 0) {
        return 0;
    }
    bool is_network = text_contains_nocase(head, TEXT("VSA_DSS")) ||
                      text_contains(head, TEXT("DSS_20")) ||
                      text_contains_nocase(head, TEXT("SIA405_ABWASSER"));
    return text_contains_nocase(head, TEXT("VSA_KEK")) ? 120 : is_network ? 112 : 0;
}

/* The year in the name of a model; 0 when it has none, as the first had. */
static long year_of(struct text model) {
    long year = 0;

    for (size_t i = 0; i + 4 <= model.n; i++) {
        if (text_starts_with(text_part(model, i, model.n), TEXT("20")) &&
            text_to_int(text_part(model, i, i + 4), &year)) {
            return year;
        }
    }
    return 0;
}

static void report_edition(const struct vsa *vsa) {
    long year = year_of(vsa->model);

    if (rank_of_model(vsa->model) == 0 || (year != 0 && (year < 2008 || year > 2020))) {
        vsa_find(vsa, FINDING_UNKNOWN_EDITION, 0, "model", vsa->model);
        unused_names_say(&vsa->names, vsa->survey, vsa->place);
    }
}

static void report_unused(const struct vsa *vsa) {
    for (size_t i = 0; i < vsa->n_unused; i++) {
        struct finding_place place = vsa->place;
        place.line = vsa->unused[i].line;
        findings_add(&vsa->survey->findings, FINDING_LAYER_UNUSED, place,
            "'%zu' objects of the class '%.*s'", vsa->unused[i].n,
            TEXT_ARGS(text_cut(vsa->unused[i].class, 100)));
    }
}

static void report_deletions(const struct vsa *vsa) {
    if (vsa->n_deletions > 0) {
        findings_add(&vsa->survey->findings, FINDING_ROW_SKIPPED, vsa->place,
            "'%zu' objects are deletions of what an earlier transfer brought", vsa->n_deletions);
    }
}

static void finish(struct vsa *vsa) {
    struct survey *survey = vsa->survey;

    if (vsa->object_depth > 0) {
        vsa_find(vsa, FINDING_ROW_SKIPPED, vsa->object.line, "the document breaks off in",
            vsa->object.tid);
    }
    vsa_build_network(vsa);
    vsa_build_survey(vsa);
    report_unused(vsa);
    report_deletions(vsa);
    report_edition(vsa);
    survey->file.version = vsa->model;
    survey->catalogue = CATALOGUE_EN13508;
    survey->scheme = SCHEME_VSA;
}

static void objects_release(struct vsa_objects *objects) {
    array_release(&objects->at);
    row_keys_release(&objects->by_tid);
}

static void release(struct vsa *vsa) {
    struct vsa_objects *const all[] = {&vsa->runs, &vsa->rows, &vsa->files, &vsa->volumes,
        &vsa->nodes, &vsa->reaches, &vsa->points, &vsa->channels, &vsa->profiles, &vsa->covers,
        &vsa->structures};

    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        objects_release(all[i]);
    }
    xml_record_release(&vsa->record);
    array_release(&vsa->vertices);
    array_release(&vsa->unused);
    index_release(&vsa->unused_index);
    unused_names_release(&vsa->names);
}

bool vsa_kek_read_bytes(struct text bytes, const struct read_options *options,
    struct survey *survey, struct error *err) {
    CLEANUP(release)
    struct vsa vsa = {
        .survey = survey,
        .options = options,
        .place = {.file = survey->file.path},
    };
    const struct xml_handler handler = {words, 0, on_start, on_end, &vsa};

    if (!xml_survey_read(bytes, &handler, options, survey, err)) {
        return false;
    }
    finish(&vsa);
    return xml_survey_conclude(survey, err);
}

static bool vsa_kek_read(const struct source *source, const struct read_options *options,
    struct survey *survey, struct error *err) {
    return xml_survey_read_file(source, vsa_kek_read_bytes, options, survey, err);
}

const struct survey_format format_vsa_kek = {
    .name = "vsa-kek",
    .description = "VSA-KEK INTERLIS transfers, with VSA-DSS and SIA 405 as network",
    .extensions = ".xtf",
    .may_hold_network = true,
    .bid = vsa_bid,
    .read = vsa_kek_read,
};
