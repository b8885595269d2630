/* What all rows together come to. */
#include "core/base.h"
#include "core/catalogue.h"
#include "formats/survey/wincan.h"

void wincan_release(struct wincan *wincan) {
    arena_release(&wincan->keys);
    array_release(&wincan->jobs);
    array_release(&wincan->points);
    array_release(&wincan->nodes);
    array_release(&wincan->sections);
    array_release(&wincan->runs);
    array_release(&wincan->places);
    array_release(&wincan->media);
    index_release(&wincan->job_keys);
    index_release(&wincan->point_keys);
    index_release(&wincan->node_keys);
    index_release(&wincan->section_keys);
    index_release(&wincan->inspection_keys);
    index_release(&wincan->observation_keys);
    index_release(&wincan->observed);
}

/* The catalogue of most observations; others are said.  Where nothing but the European norm is
 * named, codes of another catalogue are believed more. */
static void choose_catalogue(struct wincan *wincan) {
    struct survey *survey = wincan->survey;
    size_t n[CATALOGUES] = {0};
    enum catalogue best = CATALOGUE_UNKNOWN;

    for (size_t i = 0; i < survey->n_inspections; i++) {
        n[wincan->runs[i].catalogue] += survey->inspections[i].n_observations + 1;
    }
    for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
        best = n[c] > n[best] || best == CATALOGUE_UNKNOWN ? (n[c] > 0 ? c : best) : best;
    }
    if (best == CATALOGUE_EN13508 && survey->n_observations > 0) {
        best = catalogue_guess(survey);
    }
    for (enum catalogue c = CATALOGUE_UNKNOWN + 1; c < CATALOGUES; c++) {
        if (c != best && n[c] > 0) {
            findings_add(&survey->findings, FINDING_UNKNOWN_VALUE, wincan->place,
                "some inspections name %s; all codes were read by %s", catalogue_name(c),
                catalogue_name(best));
        }
    }
    survey->catalogue = best;
}

void wincan_finish(struct wincan *wincan) {
    struct survey *survey = wincan->survey;

    wincan_media_finish(wincan);
    wincan_observations_finish(wincan);
    wincan_media_carry(wincan);
    wincan_inspections_finish(wincan);
    wincan_network_finish(wincan);
    choose_catalogue(wincan);
    survey->file.version = wincan->version;
}
