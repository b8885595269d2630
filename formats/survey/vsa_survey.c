/* The inspections of VSA-KEK: an Untersuchung with its damages (Kanalschaden in pipes,
 * Normschachtschaden in manholes) and files, put together by their references.
 *
 * Distances count from vonPunkt [K]; nothing in the file says where the water flows. */
#include <math.h>

#include "core/base.h"
#include "formats/survey/en13508.h"
#include "formats/survey/vsa.h"

enum { PROGRESS_EVERY = 8192 };

/* What becomes one inspection: the damages of an Untersuchung in its pipe, or in a manhole. */
struct group {
    const struct vsa_object *run; /* NULL: the reference of its damages leads nowhere */
    struct text reference;        /* TID of the run */
    bool is_node;
    size_t n_rows, first_row; /* in `order` */
    struct text video;
};

/* Objects by the structure that they belong to. */
struct belonging {
    struct index of_structure; /* number of the first */
    bool *is_shared;           /* by number of the first: there are others */
};

struct building {
    struct vsa *vsa;
    struct survey *survey;
    struct en_reader en;
    struct group *groups; /* two for each run: pipe, manhole; then those without a run */
    size_t n_groups, groups_capacity;
    struct index orphans; /* group by the reference that leads nowhere, pipes and manholes */
    uint32_t *group_of;   /* by row */
    uint32_t *order;      /* rows by group */
    struct text *photos, *videos; /* by row */
    size_t n_lost_files;
    struct belonging nodes, reaches;
};

static void add_group(struct building *building, struct group group) {
    building->groups = array_reserve(building->groups, &building->groups_capacity,
        building->n_groups + 1, sizeof *building->groups);
    building->groups[building->n_groups++] = group;
}

/* --- rows to groups --- */

static uint32_t orphan_group(
    struct building *building, const struct vsa_object *row, bool is_node) {
    struct text reference = vsa_value(row, EL_UntersuchungRef);
    struct text key =
        arena_printf(&building->survey->arena, "%c%.*s", is_node ? 'n' : 'p', TEXT_ARGS(reference));
    uint32_t fresh = (uint32_t)building->n_groups,
             known = index_add(&building->orphans, key, fresh);

    if (known == fresh) {
        add_group(building, (struct group){.reference = reference, .is_node = is_node});
        vsa_find(building->vsa, FINDING_UNKNOWN_VALUE, row->line,
            "there is no Untersuchung for UntersuchungRef", reference);
    }
    return known;
}

static void group_rows(struct building *building) {
    struct vsa *vsa = building->vsa;
    size_t n = vsa->rows.n;

    for (size_t i = 0; i < vsa->runs.n; i++) {
        const struct vsa_object *run = &vsa->runs.at[i];
        add_group(building, (struct group){.run = run, .reference = run->tid});
        add_group(building, (struct group){.run = run, .reference = run->tid, .is_node = true});
    }
    building->group_of = ARENA_NEW(&building->survey->arena, uint32_t, n);
    building->order = ARENA_NEW(&building->survey->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        const struct vsa_object *row = &vsa->rows.at[i];
        struct text reference = vsa_value(row, EL_UntersuchungRef);
        bool is_node = row->class == EL_Normschachtschaden;
        uint32_t run = reference.n == 0 ? INDEX_NONE : row_keys_find(&vsa->runs.by_tid, reference);
        building->group_of[i] =
            run == INDEX_NONE ? orphan_group(building, row, is_node) : 2 * run + is_node;
        building->groups[building->group_of[i]].n_rows++;
    }
}

static void order_rows(struct building *building) {
    size_t at = 0;

    for (size_t i = 0; i < building->n_groups; i++) {
        building->groups[i].first_row = at;
        at += building->groups[i].n_rows;
        building->groups[i].n_rows = 0;
    }
    for (size_t i = 0; i < building->vsa->rows.n; i++) {
        struct group *group = &building->groups[building->group_of[i]];
        building->order[group->first_row + group->n_rows++] = (uint32_t)i;
    }
}

/* --- files --- */

static void append(struct building *building, struct text *before, struct text value) {
    struct arena *arena = &building->survey->arena;

    *before = before->n == 0
                  ? value
                  : arena_printf(arena, "%.*s;%.*s", TEXT_ARGS(*before), TEXT_ARGS(value));
}

/* The path inside of the delivery; what lies in the web is told with its address. */
static struct text path_of(const struct building *building, const struct vsa_object *file) {
    const struct vsa_object *volume =
        vsa_object_of(&building->vsa->volumes, vsa_value(file, EL_DatentraegerRef));
    struct text base = volume == NULL ? (struct text){0} : vsa_value(volume, EL_Pfad);
    struct text folder = vsa_value(file, EL_Relativpfad), name = vsa_value(file, EL_Bezeichnung);

    if (!text_contains(base, TEXT("://"))) {
        base = (struct text){0};
    }
    return arena_printf(&building->survey->arena, "%.*s%.*s%.*s", TEXT_ARGS(base),
        TEXT_ARGS(folder), TEXT_ARGS(name));
}

static void share_files(struct building *building) {
    struct vsa *vsa = building->vsa;

    building->photos = ARENA_NEW(&building->survey->arena, struct text, vsa->rows.n);
    building->videos = ARENA_NEW(&building->survey->arena, struct text, vsa->rows.n);
    for (size_t i = 0; i < vsa->files.n; i++) {
        const struct vsa_object *file = &vsa->files.at[i];
        struct text owner = vsa_value(file, EL_Objekt), kind = vsa_value(file, EL_Art);
        bool is_video =
            text_contains_nocase(kind, TEXT("video")) || text_contains_nocase(kind, TEXT("film"));
        uint32_t row = row_keys_find(&vsa->rows.by_tid, owner),
                 run = row_keys_find(&vsa->runs.by_tid, owner);
        if (row != INDEX_NONE) {
            append(building, is_video ? &building->videos[row] : &building->photos[row],
                path_of(building, file));
        } else if (run != INDEX_NONE && is_video) {
            append(building, &building->groups[2 * run].video, path_of(building, file));
            building->groups[2 * run + 1].video = building->groups[2 * run].video;
        } else {
            building->n_lost_files++;
        }
    }
}

/* --- rows --- */

/* 0 says that there is no position. */
static struct text clock_of(const struct vsa_object *row, enum vsa_word word) {
    struct text value = vsa_value(row, word);

    return text_equal(value, TEXT("0")) || text_equal(value, TEXT("00")) ? (struct text){0} : value;
}

static struct text joint_of(const struct vsa_object *row) {
    struct text value = vsa_value(row, EL_Verbindung);

    return text_equal_nocase(value, TEXT("ja"))     ? TEXT("A")
           : text_equal_nocase(value, TEXT("nein")) ? TEXT("N")
                                                    : (struct text){0};
}

static void add_row(struct building *building, size_t number) {
    struct survey *survey = building->survey;
    const struct vsa_object *row = &building->vsa->rows.at[number];
    struct text pipe_code = vsa_value(row, EL_KanalSchadencode);
    struct text class = vsa_value(row, EL_Einzelschadenklasse);
    struct en_row columns = {.raw = row->raw, .line = row->line};

    *en_column(&columns, 'A') = pipe_code.n > 0 ? pipe_code : vsa_value(row, EL_SchachtSchadencode);
    *en_column(&columns, 'D') = vsa_value(row, EL_Quantifizierung1);
    *en_column(&columns, 'E') = vsa_value(row, EL_Quantifizierung2);
    *en_column(&columns, 'F') = vsa_value(row, EL_Anmerkung);
    *en_column(&columns, 'G') = clock_of(row, EL_SchadenlageAnfang);
    *en_column(&columns, 'H') = clock_of(row, EL_SchadenlageEnde);
    *en_column(&columns, 'I') = vsa_value(row, EL_Distanz);
    *en_column(&columns, 'J') = vsa_value(row, EL_Streckenschaden);
    *en_column(&columns, 'K') = joint_of(row);
    *en_column(&columns, 'L') = vsa_value(row, EL_Schachtbereich);
    *en_column(&columns, 'M') = building->photos[number];
    *en_column(&columns, 'N') = vsa_value(row, EL_Videozaehlerstand);
    en_add_observation(&building->en, &columns);
    struct observation *observation = &survey->observations[survey->n_observations - 1];
    if (building->videos[number].n > 0) {
        observation_more(survey, observation)->video = building->videos[number];
    }
    if (class.n > 0 && !text_equal_nocase(class, TEXT("unbekannt"))) {
        observation_more(survey, observation)->grade_text = class;
    }
    if (survey->n_observations % PROGRESS_EVERY == 0 && building->vsa->options->progress != NULL) {
        building->vsa->options->progress(
            building->vsa->options->progress_context, survey->n_observations);
    }
}

/* --- inspections --- */

static void index_structures(
    struct building *building, const struct vsa_objects *objects, struct belonging *out) {
    out->is_shared = ARENA_NEW(&building->survey->arena, bool, objects->n);
    for (size_t i = 0; i < objects->n; i++) {
        struct text structure = vsa_value(&objects->at[i], EL_AbwasserbauwerkRef);
        uint32_t first =
            structure.n == 0 ? (uint32_t)i : index_add(&out->of_structure, structure, (uint32_t)i);
        out->is_shared[first] = first != i || out->is_shared[first];
    }
}

/* What the run points to, where the network is in the same file; a channel of several reaches tells
 * nothing. */
static struct text referenced_name(const struct building *building, const struct group *group) {
    const struct vsa_objects *objects =
        group->is_node ? &building->vsa->nodes : &building->vsa->reaches;
    const struct belonging *belonging = group->is_node ? &building->nodes : &building->reaches;
    struct text reference = vsa_value(group->run, EL_AbwasserbauwerkRef);
    uint32_t at = reference.n == 0 ? INDEX_NONE : index_find(&belonging->of_structure, reference);

    return at == INDEX_NONE || belonging->is_shared[at] ? (struct text){0}
                                                        : vsa_name(&objects->at[at]);
}

static struct text first_of(struct text a, struct text b) {
    return a.n > 0 ? a : b;
}

static void fill_object(
    const struct building *building, const struct group *group, struct inspection *inspection) {
    struct text name = vsa_value(group->run, EL_Bezeichnung);
    struct text from = vsa_value(group->run, EL_vonPunktBezeichnung);
    struct text known = referenced_name(building, group);

    inspection->object = group->is_node ? OBJECT_NODE : OBJECT_SEGMENT;
    if (group->is_node) {
        inspection->segment_ref = first_of(known, first_of(from, name));
        return;
    }
    inspection->segment_ref = first_of(known, name);
    inspection->start_node = from;
    inspection->finish_node = vsa_value(group->run, EL_bisPunktBezeichnung);
}

static void fill_run(
    struct building *building, const struct group *group, struct inspection *inspection) {
    const struct vsa *vsa = building->vsa;
    const struct vsa_object *run = group->run;
    struct survey *survey = building->survey;
    struct inspection_more *more = inspection_more(survey, inspection);
    struct text date = vsa_value(run, EL_Zeitpunkt);
    double inspected_m = group->is_node ? NAN : vsa_number(vsa, run, EL_Inspizierte_Laenge);

    fill_object(building, group, inspection);
    if (date.n > 0 && !text_to_date(date, &inspection->inspected_on)) {
        vsa_find(vsa, FINDING_DATE_INVALID, run->line, "Zeitpunkt", date);
    }
    if (inspected_m > 0) {
        inspection->inspected_m = inspected_m;
    }
    inspection->operator_word = pool_add(
        &survey->words, first_of(vsa_value(run, EL_Operateur), vsa_value(run, EL_Ausfuehrender)));
    inspection->method_word = pool_add(&survey->words, vsa_value(run, EL_Erfassungsart));
    more->weather = vsa_value(run, EL_Witterung);
    more->purpose = vsa_value(run, EL_Grund);
    more->remark = vsa_value(run, EL_Bemerkung);
    more->video = first_of(group->video, vsa_value(run, EL_Videonummer));
    inspection->raw = run->raw.at;
    inspection->raw_n = (uint32_t)run->raw.n;
}

/* A run is an inspection of a pipe unless all of its damages are those of a manhole; what is only
 * planned is none. */
static bool is_inspection(const struct building *building, size_t number) {
    const struct group *group = &building->groups[number];
    bool has_rows = group->n_rows > 0;

    if (has_rows || group->run == NULL || group->is_node) {
        return has_rows;
    }
    return building->groups[number + 1].n_rows == 0 &&
           !text_equal_nocase(vsa_value(group->run, EL_Status), TEXT("geplant"));
}

static void add_inspection(struct building *building, const struct group *group) {
    struct survey *survey = building->survey;
    struct inspection *inspection =
        en_inspection_open(&building->en, group->run == NULL ? 0 : group->run->line);

    inspection->id = group->reference;
    for (size_t i = 0; i < group->n_rows; i++) {
        add_row(building, building->order[group->first_row + i]);
    }
    en_run_close(&building->en, inspection);
    building->en.header.is_open = false;
    if (group->run == NULL) {
        inspection->object = group->is_node ? OBJECT_NODE : OBJECT_SEGMENT;
        return;
    }
    fill_run(building, group, inspection);
    if (group->n_rows == 0) {
        inspection_note_empty(survey, inspection);
    }
}

static void report(const struct building *building, size_t n_planned) {
    struct findings *findings = &building->survey->findings;

    if (n_planned > 0) {
        findings_add(findings, FINDING_ROW_SKIPPED, building->vsa->place,
            "'%zu' planned Untersuchungen are no inspections yet", n_planned);
    }
    if (building->n_lost_files > 0) {
        findings_add(findings, FINDING_ROW_SKIPPED, building->vsa->place,
            "'%zu' Dateien are neither of a damage nor the video of an Untersuchung",
            building->n_lost_files);
    }
}

void vsa_build_survey(struct vsa *vsa) {
    struct building building = {.vsa = vsa, .survey = vsa->survey, .en = {.survey = vsa->survey}};
    size_t n_planned = 0;

    group_rows(&building);
    order_rows(&building);
    share_files(&building);
    index_structures(&building, &vsa->nodes, &building.nodes);
    index_structures(&building, &vsa->reaches, &building.reaches);
    for (size_t i = 0; i < building.n_groups; i++) {
        const struct group *group = &building.groups[i];
        if (is_inspection(&building, i)) {
            add_inspection(&building, group);
        } else if (!group->is_node && building.groups[i + 1].n_rows == 0) {
            n_planned++;
        }
    }
    report(&building, n_planned);
    array_release(&building.groups);
    index_release(&building.orphans);
    index_release(&building.nodes.of_structure);
    index_release(&building.reaches.of_structure);
}
