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
    array_release(&wincan->orders);
    array_release(&wincan->places);
    array_release(&wincan->photos.at);
    array_release(&wincan->videos.at);
    row_keys_release(&wincan->job_keys);
    row_keys_release(&wincan->point_keys);
    row_keys_release(&wincan->node_keys);
    row_keys_release(&wincan->section_keys);
    row_keys_release(&wincan->inspection_keys);
    row_keys_release(&wincan->observation_keys);
    row_keys_release(&wincan->observed);
}

/* Without a place nothing of them becomes a network. */
void wincan_objects_finish(struct wincan *wincan) {
    row_keys_release(&wincan->job_keys);
    row_keys_release(&wincan->point_keys);
    row_keys_release(&wincan->node_keys);
    row_keys_release(&wincan->section_keys);
    row_keys_release(&wincan->observed);
    array_release(&wincan->points);
    wincan->n_points = wincan->points_capacity = 0;
    if (!wincan_has_geometry(wincan)) {
        array_release(&wincan->nodes);
        array_release(&wincan->sections);
        wincan->n_nodes = wincan->nodes_capacity = 0;
        wincan->n_sections = wincan->sections_capacity = 0;
    }
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

    wincan_observations_place(wincan);
    wincan_media_finish(wincan);
    wincan_observations_finish(wincan);
    wincan_media_carry(wincan);
    wincan_inspections_finish(wincan);
    wincan_network_finish(wincan);
    choose_catalogue(wincan);
    survey->file.version = wincan->version;
}
