/* A reader beside the raw parser of the same file, in alternating rounds in one process:
 *
 *   reader_speed NAME ROUNDS FILE [FILE...]
 *
 * The first file is read as a run reads it, with the others beside it.  The raw parser goes over
 * all of them.  Written is one line, tabs between: NAME, raw parser, megabytes, then for the reader
 * and for the raw parser the least processor seconds of a round and the least wall seconds, and the
 * number of observations.
 *
 * One round before the others warms the caches and is not counted. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "formats/survey_format.h"
#include "raw_parsers.h"

struct took {
    double cpu, wall;
};

static double now(clockid_t clock) {
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void keep_least(struct took *least, double cpu, double wall) {
    least->cpu = cpu < least->cpu ? cpu : least->cpu;
    least->wall = wall < least->wall ? wall : least->wall;
}

/* The survey is released outside of what is timed: a run keeps it to its end. */
static size_t read_once(const char *path, struct took *least) {
    struct survey survey = {0};
    struct read_options options = {0};
    struct error err = {0};
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID), wall = now(CLOCK_MONOTONIC);

    if (!survey_read(path, NULL, &options, &survey, &err)) {
        fprintf(stderr, "reader_speed: %s\n", err.text);
        exit(1);
    }
    keep_least(least, now(CLOCK_PROCESS_CPUTIME_ID) - cpu, now(CLOCK_MONOTONIC) - wall);
    size_t n = survey.n_observations;
    survey_release(&survey);
    return n;
}

static uint64_t parse_once(char *const *paths, int n, struct took *least) {
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID), wall = now(CLOCK_MONOTONIC);
    uint64_t all = 0;

    for (int i = 0; i < n; i++) {
        all += raw_parse(paths[i]);
    }
    keep_least(least, now(CLOCK_PROCESS_CPUTIME_ID) - cpu, now(CLOCK_MONOTONIC) - wall);
    return all;
}

static double megabytes(char *const *paths, int n) {
    double bytes = 0;

    for (int i = 0; i < n; i++) {
        struct stat about;
        bytes += stat(paths[i], &about) == 0 ? (double)about.st_size : 0;
    }
    return bytes / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: reader_speed NAME ROUNDS FILE [FILE...]\n", stderr);
        return 2;
    }
    long n_rounds = strtol(argv[2], NULL, 10);
    struct took reader = {1e9, 1e9}, raw = {1e9, 1e9}, ignored = {1e9, 1e9};
    uint64_t sum = parse_once(argv + 3, argc - 3, &ignored);
    size_t n_observations = read_once(argv[3], &ignored);

    for (long i = 0; i < n_rounds; i++) {
        read_once(argv[3], &reader);
        if (parse_once(argv + 3, argc - 3, &raw) != sum) {
            fputs("reader_speed: the raw parser saw something else\n", stderr);
            return 1;
        }
    }
    printf("%s\t%s\t%.1f\t%.4f\t%.4f\t%.4f\t%.4f\t%zu\n", argv[1], raw_name(argv[3]),
        megabytes(argv + 3, argc - 3), reader.cpu, reader.wall, raw.cpu, raw.wall, n_observations);
    return 0;
}
