/* What all rows together come to: the order of the observations, which access points are ends of
 * their run, runs that belong together, the edition. */
#include <math.h>
#include <stdlib.h>

#include "core/base.h"
#include "core/catalogue.h"
#include "formats/survey/pacp.h"

static const double reach_m = 0.5; /* an access point this near to an end of the run is the end */
static const double last_share = 0.9;

void pacp_release(struct pacp *pacp) {
    arena_release(&pacp->arena);
    array_release(&pacp->known);
    array_release(&pacp->runs);
    array_release(&pacp->places);
    for (size_t i = 0; i < PACP_FAMILIES; i++) {
        row_keys_release(&pacp->inspections[i]);
        row_keys_release(&pacp->conditions[i]);
    }
}

/* --- Order --- */

static int by_place(const void *a, const void *b) {
    const struct pacp_place *x = a, *y = b;

    if (x->inspection != y->inspection) {
        return x->inspection < y->inspection ? -1 : 1;
    }
    return x->observation < y->observation ? -1 : x->observation > y->observation;
}

/* Conditions mostly come as their inspections do. */
static bool is_in_order(const struct pacp *pacp) {
    for (size_t i = 1; i < pacp->survey->n_observations; i++) {
        if (pacp->places[i].inspection < pacp->places[i - 1].inspection) {
            return false;
        }
    }
    return true;
}

static void sort_observations(struct pacp *pacp) {
    struct survey *survey = pacp->survey;
    CLEANUP(array_release) uint32_t *from = NULL;
    size_t n = survey->n_observations, capacity = 0;

    from = array_reserve(from, &capacity, n, sizeof *from);
    qsort(pacp->places, n, sizeof *pacp->places, by_place);
    for (size_t i = 0; i < n; i++) {
        from[i] = pacp->places[i].observation;
    }
    observations_arrange(survey->observations, from, n);
}

static void put_in_order(struct pacp *pacp) {
    struct survey *survey = pacp->survey;
    size_t n = survey->n_observations;
    uint32_t at = 0;

    if (!is_in_order(pacp)) {
        sort_observations(pacp);
    }
    for (size_t i = 0; i < survey->n_inspections; i++) {
        survey->inspections[i].first_observation = at;
        while (at < n && pacp->places[at].inspection == i) {
            at++;
        }
        survey->inspections[i].n_observations = at - survey->inspections[i].first_observation;
    }
}

/* --- Ends --- */

static enum code_role role_of(const struct pacp *pacp, const struct observation *observation) {
    const struct code *code = &pacp->survey->codes[observation->code];
    const struct catalogue_row *row =
        observation->code < pacp->n_known
            ? pacp->known[observation->code]
            : catalogue_find(CATALOGUE_PACP, code->code, code->char1, code->char2);

    return row == NULL ? ROLE_NONE : row->role;
}

static void make_end(struct survey *survey, struct observation *observation, struct text which) {
    const struct code code = survey->codes[observation->code];

    observation->code = survey_add_code(survey, code.delivered, code.code, which, code.char2);
}

/* The codes of access points do not tell where on the run they stand: the one at its start and the
 * one at its end are told apart from those passed on the way. */
static bool tell_ends(struct pacp *pacp, const struct inspection *inspection) {
    struct survey *survey = pacp->survey;
    struct observation *rows = inspection_observations(inspection);
    struct observation *first = NULL, *last = NULL;
    double end_m = inspection->inspected_m > 0 ? inspection->inspected_m * last_share : 0;

    for (size_t i = 0; i < inspection->n_observations; i++) {
        if (rows[i].chainage_m > end_m) {
            end_m = rows[i].chainage_m;
        }
        if (role_of(pacp, &rows[i]) != ROLE_NODE) {
            continue;
        }
        if (first == NULL && (rows[i].chainage_m <= reach_m || i == 0)) {
            first = &rows[i];
        } else {
            last = last == NULL || !(rows[i].chainage_m < last->chainage_m) ? &rows[i] : last;
        }
    }
    if (first != NULL) {
        make_end(survey, first, TEXT("START"));
    }
    bool is_finished = last != NULL && last->chainage_m >= end_m - reach_m;
    if (is_finished) {
        make_end(survey, last, TEXT("FINISH"));
    }
    return is_finished;
}

/* --- Reverse set-ups --- */

static void report_reverse(
    struct pacp *pacp, const struct inspection *inspection, struct text other, const char *what) {
    findings_add(&pacp->survey->findings, FINDING_INVALID_VALUE,
        inspection_place(inspection, inspection->line), "Reverse_Setup '%.*s' %s",
        TEXT_ARGS(text_cut(other, 200)), what);
}

static void take_over(struct inspection *run, const struct inspection *other) {
    if (run->segment_ref.n == 0) {
        run->segment_ref = other->segment_ref;
    }
    if (run->more->upstream_node.n == 0 && run->more->downstream_node.n == 0) {
        run->more->upstream_node = other->more->upstream_node;
        run->more->downstream_node = other->more->downstream_node;
    }
    if (run->direction == DIRECTION_UNKNOWN && other->direction != DIRECTION_UNKNOWN) {
        bool is_up = other->direction == DIRECTION_UPSTREAM;
        run->direction = is_up ? DIRECTION_DOWNSTREAM : DIRECTION_UPSTREAM;
    }
    if (run->start_node.n == 0 && run->finish_node.n == 0 && run->direction != DIRECTION_UNKNOWN) {
        bool is_up = run->direction == DIRECTION_UPSTREAM;
        run->start_node = is_up ? run->more->downstream_node : run->more->upstream_node;
        run->finish_node = is_up ? run->more->upstream_node : run->more->downstream_node;
        run->start_is_assumed = true;
    }
}

static void join_reverse(struct pacp *pacp, size_t i) {
    const struct pacp_run *run = &pacp->runs[i];
    struct inspection *inspection = &pacp->survey->inspections[i];
    uint32_t number = row_keys_find(&pacp->inspections[run->family], run->reverse);

    if (number == INDEX_NONE || number == i) {
        if (pacp_answer(run->reverse) != ANSWER_YES) { /* a tick in the place of a number */
            report_reverse(pacp, inspection, run->reverse, "is no other inspection of the file");
        }
        return;
    }
    struct inspection *other = &pacp->survey->inspections[number];
    bool is_same = inspection->segment_ref.n == 0 || other->segment_ref.n == 0 ||
                   text_equal_nocase(inspection->segment_ref, other->segment_ref);
    if (!is_same) {
        report_reverse(pacp, inspection, run->reverse, "is an inspection of another segment");
        return;
    }
    take_over(inspection, other);
    take_over(other, inspection);
}

/* --- The edition --- */

static void say_edition(struct pacp *pacp, struct text version) {
    findings_add(&pacp->survey->findings, FINDING_UNKNOWN_EDITION,
        (struct finding_place){.file = pacp->survey->file.path}, "version '%.*s'",
        TEXT_ARGS(text_cut(version, 100)));
}

void pacp_fill_version(struct pacp *pacp, struct text version) {
    struct survey *survey = pacp->survey;
    double number = 0;
    struct text rest = {0};
    size_t n = 0, n_dots = 0;

    while (n < version.n && (version.at[n] != '.' || n_dots++ == 0)) {
        n++;
    }
    if (text_to_quantity(text_part(version, 0, n), &number, &rest) && number >= 4 && number < 10) {
        survey->file.version = pacp_keep(pacp, version);
        survey->coding_version = (uint8_t)(number < 6 ? 6 : number >= 8 ? 8 : (int)number);
        if (number >= 9) {
            say_edition(pacp, version);
        }
        return;
    }
    if (version.n > 0) {
        say_edition(pacp, version);
    }
    if (pacp->saw_new_names) {
        survey->file.version = TEXT("7");
        survey->coding_version = 7;
    } else if (pacp->saw_old_names) {
        survey->file.version = TEXT("6");
        survey->coding_version = 6;
    }
}

void pacp_finish(struct pacp *pacp) {
    struct survey *survey = pacp->survey;

    survey->catalogue = CATALOGUE_PACP;
    put_in_order(pacp);
    for (size_t i = 0; i < survey->n_inspections; i++) {
        struct inspection *inspection = &survey->inspections[i];
        bool is_finished = inspection->object == OBJECT_SEGMENT && tell_ends(pacp, inspection);
        inspection->is_abandoned = pacp->runs[i].saw_abandoned && !is_finished;
        if (pacp->runs[i].reverse.n > 0) {
            join_reverse(pacp, i);
        }
        if (inspection->n_observations == 0) {
            inspection_note_empty(survey, inspection);
        }
    }
    if (pacp->n_orphans > 0) {
        findings_add(&survey->findings, FINDING_ROW_SKIPPED,
            (struct finding_place){.file = survey->file.path},
            "%zu conditions, ratings or media belong to nothing that is there", pacp->n_orphans);
    }
}
