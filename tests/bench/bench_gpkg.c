/* How long the writer takes: bench_gpkg SEGMENTS THREADS OUTPUT [CRS OUTPUT-CRS] */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "formats/gpkg/gpkg.h"
#include "tests/formats/synthetic.h"

static double now_s(clockid_t clock) {
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double peak_mib(void) {
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

int main(int argc, char **argv) {
    struct result result = {0};
    struct error err = {0};

    if (argc != 4) {
        fprintf(stderr, "usage: bench_gpkg SEGMENTS THREADS OUTPUT\n");
        return 2;
    }
    synthetic_fill(&result, &(struct synthetic_request){
                                .n_segments = strtoul(argv[1], NULL, 10),
                                .observations_per_segment = 4,
                                .n_districts = 60,
                            });
    double before_mib = peak_mib(), from_s = now_s(CLOCK_MONOTONIC);
    double own_s = now_s(CLOCK_THREAD_CPUTIME_ID), all_s = now_s(CLOCK_PROCESS_CPUTIME_ID);
    struct gpkg_request request = {
        .path = argv[3],
        .program_version = "bench",
        .n_threads = (unsigned)strtoul(argv[2], NULL, 10),
    };
    bool is_written = gpkg_write(&result, &request, &err);
    from_s = now_s(CLOCK_MONOTONIC) - from_s;
    own_s = now_s(CLOCK_THREAD_CPUTIME_ID) - own_s;
    all_s = now_s(CLOCK_PROCESS_CPUTIME_ID) - all_s;
    printf("%.3f s (cpu: writer %.3f s, helper %.3f s), peak %.0f MiB, before %.0f MiB\n", from_s,
        own_s, all_s - own_s, peak_mib(), before_mib);
    result_release(&result);
    if (!is_written) {
        fprintf(stderr, "%s\n", err.text);
        return (int)err.kind;
    }
    return 0;
}
