/* Runs a command and appends what it took to a table:
 *
 *   measure TABLE NAME COMMAND [ARGUMENT...]
 *
 * NAME, wall seconds, processor seconds, peak resident MiB of its largest process, exit status;
 * tabs between.  Ends with the command's own status. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) {
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

int main(int argc, char **argv) {
    struct timespec start, end;
    struct rusage used;
    int status = 0;

    if (argc < 4) {
        fputs("usage: measure TABLE NAME COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[3], argv + 3);
        perror(argv[3]);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || getrusage(RUSAGE_CHILDREN, &used) != 0) {
        perror("measure");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);

    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    double wall =
        (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    FILE *table = fopen(argv[1], "a");
    if (table == NULL) {
        perror(argv[1]);
        return 1;
    }
    fprintf(table, "%s\t%.4f\t%.4f\t%.1f\t%d\n", argv[2], wall,
        seconds(used.ru_utime) + seconds(used.ru_stime), (double)used.ru_maxrss / 1024, code);
    fclose(table);
    return code;
}
