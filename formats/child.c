/* A message is its kind, the number of its parts, and the parts, each behind its length:
 *
 *     'R' n  n1 bytes...  n2 bytes...
 *
 * numbers as 32 bits of the machine.  A child whose memory is broken may send anything: every
 * number is checked. */
#include "formats/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/base.h"

enum { PARTS_MAX = 4096, PART_MAX = 1024 * 1024, CHUNK = 65536, FILES_MAX = 1024 };

/* --- The child --- */

static void set_limit(int what, uint64_t most) {
    struct rlimit limit = {(rlim_t)most, (rlim_t)most};

    setrlimit(what, &limit);
}

/* Bytes of address space in use, 0 when the system does not tell. */
static uint64_t space_in_use(void) {
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY);
    ssize_t n = file < 0 ? -1 : read(file, text, sizeof text - 1);
    size_t end = 0;
    long n_pages = 0;

    if (file >= 0) {
        close(file);
    }
    while (n > 0 && end < (size_t)n && text[end] != ' ') {
        end++;
    }
    return text_to_int((struct text){text, end}, &n_pages) && n_pages > 0
               ? (uint64_t)n_pages * (uint64_t)sysconf(_SC_PAGESIZE)
               : 0;
}

static void close_all_but(int out) {
    int nothing = open("/dev/null", O_RDWR);

    for (int file = 0; nothing >= 0 && file <= 2; file++) {
        dup2(nothing, file);
    }
    for (int file = 3; file < FILES_MAX; file++) {
        if (file != out) {
            close(file);
        }
    }
}

static _Noreturn void run_child(
    child_work *work, void *context, const struct child_limits *limits, int out) {
    uint64_t in_use = space_in_use();

    close_all_but(out);
    if (in_use > 0) {
        set_limit(RLIMIT_AS, in_use + limits->memory_bytes);
    }
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_CPU, limits->cpu_s);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    work(context, out);
    _exit(0);
}

static bool send_bytes(int out, const void *bytes, size_t n) {
    const char *at = bytes;

    while (n > 0) {
        ssize_t sent = write(out, at, n);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

bool child_send(int out, char kind, const struct text *parts, size_t n) {
    CLEANUP(array_release) char *message = NULL;
    size_t capacity = 0, at = 1;
    uint32_t number = (uint32_t)n;

    message = array_reserve(NULL, &capacity, 5, 1);
    message[0] = kind;
    memcpy(message + at, &number, 4);
    at += 4;
    for (size_t i = 0; i < n; i++) {
        number = (uint32_t)(parts[i].n < PART_MAX ? parts[i].n : PART_MAX);
        message = array_reserve(message, &capacity, at + 4 + number, 1);
        memcpy(message + at, &number, 4);
        if (number > 0) {
            memcpy(message + at + 4, parts[i].at, number);
        }
        at += 4 + number;
    }
    return send_bytes(out, message, at);
}

/* --- The parent --- */

bool child_start(child_work *work, void *context, const struct child_limits *limits,
    struct child *out, struct error *err) {
    int ends[2];

    if (pipe(ends) != 0) {
        return error_set(err, ERROR_LIBRARY, "no pipe: %s", strerror(errno));
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        run_child(work, context, limits, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set(err, ERROR_LIBRARY, "no child process: %s", strerror(errno));
    }
    *out = (struct child){.pid = pid, .pipe = ends[0], .limits = *limits};
    return true;
}

static int kill_and_wait(struct child *child) {
    int status = 0;

    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    child->pid = 0;
    return status;
}

void child_end(struct child *child) {
    if (child->pid != 0) {
        kill_and_wait(child);
        close(child->pipe);
    }
    array_release(&child->buffer);
    array_release(&child->parts);
    *child = (struct child){0};
}

/* How the child came to its end by itself: it is given the time to be dead. */
static bool say_how_it_ended(const struct child *child, struct error *err) {
    const struct timespec a_moment = {.tv_nsec = 10 * 1000 * 1000};
    siginfo_t about = {0};

    for (int i = 0; i < 100 && about.si_pid == 0; i++) {
        if (waitid(P_PID, (id_t)child->pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0) {
            break;
        }
        if (about.si_pid == 0) {
            nanosleep(&a_moment, NULL);
        }
    }
    if (about.si_pid != 0 && about.si_code != CLD_EXITED) {
        bool is_time = about.si_status == SIGXCPU || about.si_status == SIGKILL;
        return is_time ? error_set(err, ERROR_FORMAT, "its reader took too long")
                       : error_set(err, ERROR_FORMAT, "its reader came to a sudden end");
    }
    return error_set(err, ERROR_FORMAT, "its reader ended too early");
}

/* Until there are `need` bytes from child->at on. */
static bool fill(struct child *child, size_t need, struct error *err) {
    if (child->at > 0 && child->n > child->at) {
        memmove(child->buffer, child->buffer + child->at, child->n - child->at);
    }
    child->n -= child->at;
    child->at = 0;
    while (child->n < need) {
        struct pollfd wait = {.fd = child->pipe, .events = POLLIN};
        int ready = poll(&wait, 1, (int)child->limits.silent_s * 1000);
        if (ready < 0 && errno == EINTR) {
            continue;
        }
        if (ready <= 0) {
            return error_set(err, ERROR_FORMAT, "its reader was silent for too long");
        }
        child->buffer = array_reserve(child->buffer, &child->capacity, child->n + CHUNK, 1);
        ssize_t n = read(child->pipe, child->buffer + child->n, CHUNK);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return say_how_it_ended(child, err);
        }
        child->n += (size_t)n;
        child->n_bytes += (uint64_t)n;
        if (child->n_bytes > child->limits.sent_bytes) {
            return error_set(err, ERROR_FORMAT, "more comes out than can be in it");
        }
    }
    return true;
}

/* Makes sure of so many bytes from child->at on. */
static bool need(struct child *child, size_t n, struct error *err) {
    return child->n - child->at >= n || fill(child, n, err);
}

static bool number_at(
    const struct child *child, size_t at, uint32_t most, uint32_t *out, struct error *err) {
    memcpy(out, child->buffer + child->at + at, 4);
    return *out <= most || error_set(err, ERROR_FORMAT, "its reader talks nonsense");
}

/* Has the whole message come?  Its length. */
static bool await(struct child *child, uint32_t *n_parts, size_t *n_bytes, struct error *err) {
    size_t n = 5;

    if (!need(child, n, err) || !number_at(child, 1, PARTS_MAX, n_parts, err)) {
        return false;
    }
    for (uint32_t i = 0; i < *n_parts; i++) {
        uint32_t length = 0;
        if (!need(child, n + 4, err) || !number_at(child, n, PART_MAX, &length, err)) {
            return false;
        }
        n += 4 + length;
    }
    *n_bytes = n;
    return need(child, n, err);
}

bool child_receive(struct child *child, char *kind, struct error *err) {
    uint32_t n = 0, length = 0;
    size_t n_bytes = 0;

    if (!await(child, &n, &n_bytes, err)) {
        return false;
    }
    child->parts = array_reserve(child->parts, &child->parts_capacity, n + 1, sizeof *child->parts);
    child->n_parts = n;
    *kind = (char)child->buffer[child->at];
    const char *at = (const char *)child->buffer + child->at + 5;
    for (uint32_t i = 0; i < n; i++) {
        memcpy(&length, at, 4);
        child->parts[i] = (struct text){at + 4, length};
        at += 4 + length;
    }
    child->at += n_bytes;
    return true;
}
