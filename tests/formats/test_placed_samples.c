/* Real deliveries from file to place.  The figures were counted in the files themselves. */
#include <criterion/criterion.h>

#include <math.h>

#include "core/current.h"
#include "core/locate.h"
#include "core/match.h"
#include "formats/survey_format.h"
#include "tests/samples.h"

static const char isybau_log[] =
    "isybau_xml/ISYBAU_XML-2013-Zustandsdaten_DIN_EN_13508-2_AH_Abwasser.xml";
static const char isybau_network[] = "isybau_xml/ISYBAU_XML-2013-Stammdaten.xml";

struct delivery {
    struct survey log, master;
    struct inspection **list;
    struct match_yield yield;
    struct findings findings;
};

static void delivery_release(struct delivery *delivery) {
    survey_release(&delivery->log);
    survey_release(&delivery->master);
    match_yield_release(&delivery->yield);
    findings_release(&delivery->findings);
    array_release(&delivery->list);
}

static void read_sample(const char *name, struct survey *out) {
    char path[1024];
    struct read_options options = {0};
    struct error err = {0};

    if (sample_path(path, sizeof path, name) == NULL) {
        cr_skip_test("no samples");
    }
    cr_assert(survey_read(path, NULL, &options, out, &err));
}

static void place(struct delivery *delivery) {
    size_t n = delivery->log.n_inspections, capacity = 0;
    struct network *network = delivery->master.network;

    delivery->list = array_reserve(NULL, &capacity, n + 1, sizeof(struct inspection *));
    for (size_t i = 0; i < n; i++) {
        delivery->list[i] = &delivery->log.inspections[i];
        delivery->list[i]->number = (uint32_t)i;
    }
    network_connect(network);
    struct matcher *matcher = matcher_new(network, &match_defaults);
    match_inspections(matcher, delivery->list, n, &delivery->yield);
    matcher_release(matcher);
    locate_inspections(network, delivery->list, n, delivery->yield.stretches, &locate_defaults,
        &delivery->findings);
}

static size_t count_findings(const struct findings *findings, enum finding_kind kind) {
    size_t n = 0;

    for (size_t i = 0; i < findings->n; i++) {
        n += findings->at[i].kind == kind;
    }
    return n;
}

Test(placed_samples, isybau_2013) {
    CLEANUP(delivery_release) struct delivery delivery = {0};
    size_t n_against = 0, n_unplaced = 0;

    read_sample(isybau_log, &delivery.log);
    read_sample(isybau_network, &delivery.master);
    place(&delivery);
    cr_expect_eq(delivery.yield.n_stretches, 133, "every pipe has its segment");
    for (size_t i = 0; i < delivery.yield.n_stretches; i++) {
        n_against += delivery.yield.stretches[i].is_against_flow;
    }
    cr_expect_eq(n_against, 67, "%zu against the flow", n_against);
    cr_expect_eq(count_findings(&delivery.yield.findings, FINDING_DIRECTION_CONTRADICTS), 0);
    for (size_t i = 0; i < delivery.log.n_inspections; i++) {
        cr_expect_eq(delivery.log.inspections[i].unplaced, UNPLACED_NOT);
    }
    for (size_t i = 0; i < delivery.log.n_observations; i++) {
        n_unplaced += delivery.log.observations[i].unplaced != UNPLACED_NOT;
    }
    /* 119015 is 9.20 m long in the log and 4.30 m on the map: its last observation */
    cr_expect_eq(n_unplaced, 1, "%zu", n_unplaced);
}

/* Pipe 120005 was inspected 29.70 m and 18.00 m from its two ends; it is 47.30 m long. */
Test(placed_samples, an_isybau_pipe_from_both_ends) {
    CLEANUP(delivery_release) struct delivery delivery = {0};
    uint32_t numbers[4];
    size_t n = 0;

    read_sample(isybau_log, &delivery.log);
    read_sample(isybau_network, &delivery.master);
    place(&delivery);
    const struct network *network = delivery.master.network;
    struct stretch *stretches = delivery.yield.stretches;
    for (size_t i = 0; i < delivery.yield.n_stretches; i++) {
        if (text_equal(network->segments[stretches[i].segment].id, TEXT("120005")) && n < 4) {
            numbers[n++] = (uint32_t)i;
        }
    }
    cr_assert_eq(n, 2);
    struct coverage coverage = current_decide(network, stretches[numbers[0]].segment,
        (struct segment_runs){numbers, n}, delivery.list, stretches, &delivery.findings);
    cr_expect(stretches[numbers[0]].is_current && stretches[numbers[1]].is_current);
    cr_expect_float_eq(coverage.share, 1, 0.001, "%g", coverage.share);
}
