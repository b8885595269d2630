#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/base.h"
#include "formats/child.h"

enum { MIB = 1024 * 1024 };

static const struct child_limits limits = {
    .memory_bytes = 64 * MIB, .sent_bytes = 4 * MIB, .cpu_s = 1, .silent_s = 5};

static void talk(void *context, int out) {
    const struct text parts[] = {TEXT("one"), {0}, *(const struct text *)context};

    child_send(out, 'A', parts, 3);
    child_send(out, 'B', NULL, 0);
}

Test(child, hands_over_messages) {
    CLEANUP(child_end) struct child child = {0};
    CLEANUP(array_release) char *large = NULL;
    size_t capacity = 0, n = 300000;
    struct error err = {0};
    char kind = 0;

    large = array_reserve(NULL, &capacity, n, 1);
    memset(large, 'x', n);
    struct text said = {large, n};
    cr_assert(child_start(talk, &said, &limits, &child, &err), "%s", err.text);
    cr_assert(child_receive(&child, &kind, &err), "%s", err.text);
    cr_expect_eq(kind, 'A');
    cr_assert_eq(child.n_parts, 3);
    cr_expect(text_equal(child.parts[0], TEXT("one")));
    cr_expect_eq(child.parts[1].n, 0);
    cr_expect(text_equal(child.parts[2], said));
    cr_assert(child_receive(&child, &kind, &err), "%s", err.text);
    cr_expect_eq(kind, 'B');
    cr_expect_eq(child.n_parts, 0);
    cr_expect_not(child_receive(&child, &kind, &err));
    cr_expect_str_eq(err.text, "its reader ended too early");
}

/* --- Children that go wrong --- */

static void crash(void *context, int out) {
    (void)context;
    (void)out;
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void loop(void *context, int out) {
    volatile int *forever = context;

    while (*forever == 0 || out >= 0) {
    }
}

static void sleep_on(void *context, int out) {
    (void)context;
    (void)out;
    sleep(60);
}

static void flood(void *context, int out) {
    const struct text part = TEXT("0123456789012345678901234567890123456789");

    (void)context;
    while (child_send(out, 'A', &part, 1)) {
    }
}

static void talk_nonsense(void *context, int out) {
    static const char noise[] = "A\xFF\xFF\xFF\xFF and so on";

    (void)context;
    cr_expect_eq(write(out, noise, sizeof noise), (ssize_t)sizeof noise);
}

static void too_long_a_part(void *context, int out) {
    static const char noise[] = "A\1\0\0\0\xFF\xFF\xFF\x7F";

    (void)context;
    cr_expect_eq(write(out, noise, sizeof noise), (ssize_t)sizeof noise);
}

static const struct {
    const char *name;
    child_work *work;
    unsigned silent_s;
    const char *message;
} cases[] = {
    {"a crash is told",               crash,           5,  "came to a sudden end"},
    {"a loop ends with its cpu time", loop,            10, "took too long"       },
    {"silence is not waited for",     sleep_on,        1,  "silent for too long" },
    {"a flood is stopped",            flood,           5,  "more comes out"      },
    {"a number of parts is checked",  talk_nonsense,   5,  "talks nonsense"      },
    {"a length is checked",           too_long_a_part, 5,  "talks nonsense"      },
};

Test(child, whatever_it_does_the_parent_goes_on, .timeout = 60) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CLEANUP(child_end) struct child child = {0};
        struct child_limits own = limits;
        struct error err = {0};
        int zero = 0;
        char kind = 0;
        own.silent_s = cases[i].silent_s;

        cr_assert(child_start(cases[i].work, &zero, &own, &child, &err), "%s", err.text);
        while (child_receive(&child, &kind, &err)) {
        }
        cr_expect_eq(err.kind, ERROR_FORMAT, "%s", cases[i].name);
        cr_expect_not_null(strstr(err.text, cases[i].message), "%s: %s", cases[i].name, err.text);
    }
}
