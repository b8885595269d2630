/* What a reader takes apart from its result, exactly:
 *
 *   reader_memory FILE
 *
 * Written is one line, tabs between, in MiB: the result, the most heap that was held at one time
 * and is no part of it, and the most pages of mapped files that were resident.
 *
 * The file is read twice.  All memory comes through the functions below, which number each block;
 * blocks that survey_release frees are the result, and the second time, when the same blocks come
 * in the same order, everything else is counted.  Only blocks that our own code asks for have a
 * number: those of libraries are no result, and libxml2's tables do not grow the same way twice.  A
 * block that grows keeps its number and counts with the size that it has.  Memory that a library
 * maps by itself does not come this way; pages of files are looked up in /proc every millisecond by
 * a thread of its own. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "formats/survey_format.h"

/* --- The heap --- */

/* glibc's own, behind those that are replaced here. */
void *__libc_malloc(size_t size);
void *__libc_realloc(void *at, size_t size);
void __libc_free(void *at);

extern char __executable_start, etext; /* of the linker: where our own code is */

struct head {
    size_t size;
    uint32_t number, generation; /* of the pass; 0: of no pass */
};
#define NO_NUMBER UINT32_MAX
#define NEVER_FREED UINT32_MAX
_Static_assert(sizeof(struct head) == 16, "keeps what malloc aligns aligned");

enum { MOST_BLOCKS = 1 << 30 };
static unsigned char *is_result; /* a bit a block */
static uint32_t generation, next_number;
static bool is_releasing;
static size_t scratch, most_scratch, result;

static bool is_marked(uint32_t number) {
    return number != NO_NUMBER && (is_result[number / 8] >> number % 8 & 1) != 0;
}

static bool is_ours(const void *caller) {
    return (uintptr_t)caller >= (uintptr_t)&__executable_start &&
           (uintptr_t)caller < (uintptr_t)&etext;
}

/* `size` is added, or taken away. */
static void count(const struct head *head, size_t size, bool is_added) {
    if (head->generation == 0 || head->generation != generation) {
        return;
    }
    size_t *to = generation == 2 && is_marked(head->number) ? &result : &scratch;
    *to = is_added ? *to + size : *to - size;
    if (scratch > most_scratch) {
        most_scratch = scratch;
    }
}

static void *get(size_t size, const void *caller) {
    struct head *head = __libc_malloc(size + sizeof *head);

    if (head == NULL) {
        return NULL;
    }
    bool has_number = generation != 0 && next_number < MOST_BLOCKS && is_ours(caller);
    *head = (struct head){size, has_number ? next_number++ : NO_NUMBER, generation};
    count(head, size, true);
    return head + 1;
}

void *malloc(size_t size) {
    return get(size, __builtin_return_address(0));
}

void *calloc(size_t n, size_t size) {
    size_t all = 0;

    if (__builtin_mul_overflow(n, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    void *at = get(all, __builtin_return_address(0));
    if (at != NULL) {
        memset(at, 0, all);
    }
    return at;
}

void free(void *at) {
    if (at == NULL) {
        return;
    }
    struct head *head = (struct head *)at - 1;
    if (head->generation == NEVER_FREED) {
        return;
    }
    if (is_releasing && generation == 2 && head->generation == 2 && !is_marked(head->number)) {
        static const char differs[] = "reader_memory: the second reading differs\n";
        ssize_t ignored = write(2, differs, sizeof differs - 1);
        _exit(ignored > 0);
    }
    if (is_releasing && generation == 1 && head->number != NO_NUMBER) {
        is_result[head->number / 8] |= (unsigned char)(1U << head->number % 8);
    }
    if (!is_releasing) {
        count(head, head->size, false);
    }
    __libc_free(head);
}

void *realloc(void *at, size_t size) {
    if (at == NULL) {
        return get(size, __builtin_return_address(0));
    }
    struct head *head = (struct head *)at - 1;
    count(head, head->size, false);
    head = __libc_realloc(head, size + sizeof *head);
    if (head == NULL) {
        return NULL;
    }
    head->size = size;
    count(head, size, true);
    return head + 1;
}

/* GLib asks for these when it is loaded and keeps them; they are never given back. */
static void *get_aligned(size_t alignment, size_t size) {
    if (alignment <= sizeof(struct head)) {
        return get(size, NULL);
    }
    unsigned char *from = __libc_malloc(size + sizeof(struct head) + alignment);
    if (from == NULL) {
        return NULL;
    }
    uintptr_t behind = (uintptr_t)from + sizeof(struct head);
    unsigned char *at = from + sizeof(struct head) + (alignment - behind % alignment) % alignment;
    ((struct head *)at)[-1] = (struct head){size, NO_NUMBER, NEVER_FREED};
    return at;
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    *out = get_aligned(alignment, size);
    return *out == NULL ? ENOMEM : 0;
}

void *aligned_alloc(size_t alignment, size_t size) {
    return get_aligned(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
    return get_aligned(alignment, size);
}

/* --- Pages of files --- */

static atomic_bool is_watching;
static atomic_size_t file_kib, most_file_kib;

static size_t resident_file_kib(void) {
    char text[4096];
    int file = open("/proc/self/status", O_RDONLY);
    ssize_t n = file < 0 ? 0 : read(file, text, sizeof text - 1);

    if (file >= 0) {
        close(file);
    }
    text[n > 0 ? n : 0] = '\0';
    const char *line = strstr(text, "RssFile:");
    return line == NULL ? 0 : strtoul(line + 8, NULL, 10);
}

static void *watch(void *context) {
    (void)context;
    while (is_watching) {
        size_t kib = resident_file_kib();
        file_kib = kib;
        if (kib > most_file_kib) {
            most_file_kib = kib;
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return NULL;
}

/* --- Two passes --- */

static void read_once(const char *path, uint32_t pass) {
    struct survey survey = {0};
    struct read_options options = {0};
    struct error err = {0};

    generation = pass;
    next_number = 0;
    scratch = most_scratch = result = 0;
    if (!survey_read(path, NULL, &options, &survey, &err)) {
        fprintf(stderr, "reader_memory: %s\n", err.text);
        exit(1);
    }
    is_releasing = true;
    survey_release(&survey);
    is_releasing = false;
    generation = 0;
}

static double mib(size_t bytes) {
    return (double)bytes / 1048576;
}

int main(int argc, char **argv) {
    pthread_t watcher;

    if (argc != 2) {
        fputs("usage: reader_memory FILE\n", stderr);
        return 2;
    }
    is_result = mmap(NULL, MOST_BLOCKS / 8, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (is_result == MAP_FAILED) {
        perror("reader_memory");
        return 1;
    }
    read_once(argv[1], 1);
    size_t before = resident_file_kib();
    most_file_kib = before;
    is_watching = true;
    if (pthread_create(&watcher, NULL, watch, NULL) != 0) {
        return 1;
    }
    read_once(argv[1], 2);
    is_watching = false;
    pthread_join(watcher, NULL);
    printf(
        "%.1f\t%.1f\t%.1f\n", mib(result), mib(most_scratch), mib(1024 * (most_file_kib - before)));
    return 0;
}
