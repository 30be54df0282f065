/* Preloaded into a command, makes one operation on files below a folder fail, or all from one on.

   FAIL_BELOW    folder, as the kernel names it
   FAIL_COUNTS   file of five 64-bit counters that all processes of the command share
   FAIL_KIND     full | full-once | error | error-once | short | sync | rename | read; none: only count
   FAIL_AT       number of the operation, from 1

   An operation that fails has not been done, except that a short write has written half. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CHANGE, WRITE, SYNC, RENAME, READ, CLASSES };

static atomic_long *counts;
static char below[4096];
static size_t below_length;
static long fail_at;
static const char *kind = "";

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAIL_BELOW"), *file = getenv("FAIL_COUNTS"), *at = getenv("FAIL_AT");
    if (!folder || !file) return;
    int fd = REAL(open)(file, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *map = mmap(NULL, CLASSES * sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED) return;
    strncpy(below, folder, sizeof below - 1);
    below_length = strlen(below);
    if (getenv("FAIL_KIND")) kind = getenv("FAIL_KIND");
    fail_at = at ? atol(at) : 0;
    counts = map;
}

static int is_below(const char *path) {
    return !strncmp(path, below, below_length) && (path[below_length] == '/' || !path[below_length]);
}

static int is_below_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int is_below_at(int fd, const char *path) {
    if (path[0] == '/') return is_below(path);
    if (fd != AT_FDCWD) return is_below_fd(fd);
    char here[4096];
    return getcwd(here, sizeof here) && is_below(here);
}

/* Count an operation, and return the errno with which it fails, 0, or -1 for a short write. */
static int fails(int class) {
    if (!counts) return 0;
    long all = class == READ ? 0 : atomic_fetch_add(&counts[CHANGE], 1) + 1;
    long own = atomic_fetch_add(&counts[class], 1) + 1;
    if (class == CHANGE) own = all;
    if (!fail_at) return 0;
    if (!strcmp(kind, "full")) return (class == CHANGE || class == WRITE) && all >= fail_at ? ENOSPC : 0;
    if (!strcmp(kind, "full-once")) return (class == CHANGE || class == WRITE) && all == fail_at ? ENOSPC : 0;
    if (!strcmp(kind, "error")) return class != READ && all >= fail_at ? EIO : 0;
    if (!strcmp(kind, "error-once")) return class != READ && all == fail_at ? EIO : 0;
    if (!strcmp(kind, "short")) return class == WRITE && own == fail_at ? -1 : 0;
    if (!strcmp(kind, "sync")) return class == SYNC && own == fail_at ? EIO : 0;
    if (!strcmp(kind, "rename")) return class == RENAME && own == fail_at ? EIO : 0;
    if (!strcmp(kind, "read")) return class == READ && own == fail_at ? EIO : 0;
    return 0;
}

#define CHECK(condition, class)                  \
    do {                                         \
        int code = counts && (condition) ? fails(class) : 0; \
        if (code > 0) { errno = code; return -1; } \
    } while (0)

#define CHECK_WRITE(fd, length)                  \
    do {                                         \
        int code = counts && is_below_fd(fd) ? fails(WRITE) : 0; \
        if (code > 0) { errno = code; return -1; } \
        if (code < 0 && (length) > 1) length /= 2; \
    } while (0)

static int creates(int flags) { return flags & (O_CREAT | O_TRUNC); }

#define OPENING(name)                                                                  \
    int name(const char *path, int flags, ...) {                                       \
        va_list list;                                                                  \
        va_start(list, flags);                                                         \
        mode_t mode = va_arg(list, mode_t);                                            \
        va_end(list);                                                                  \
        CHECK(creates(flags) && is_below_at(AT_FDCWD, path), CHANGE);                  \
        return REAL(name)(path, flags, mode);                                          \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                                               \
    int name(int fd, const char *path, int flags, ...) {                               \
        va_list list;                                                                  \
        va_start(list, flags);                                                         \
        mode_t mode = va_arg(list, mode_t);                                            \
        va_end(list);                                                                  \
        CHECK(creates(flags) && is_below_at(fd, path), CHANGE);                        \
        return REAL(name)(fd, path, flags, mode);                                      \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

ssize_t write(int fd, const void *bytes, size_t length) {
    CHECK_WRITE(fd, length);
    return REAL(write)(fd, bytes, length);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t place) {
    CHECK_WRITE(fd, length);
    return REAL(pwrite)(fd, bytes, length, place);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t place) {
    CHECK_WRITE(fd, length);
    return REAL(pwrite64)(fd, bytes, length, place);
}
ssize_t writev(int fd, const struct iovec *parts, int number) {
    CHECK(is_below_fd(fd), WRITE);
    return REAL(writev)(fd, parts, number);
}
ssize_t sendfile(int out, int in, off_t *place, size_t length) {
    CHECK_WRITE(out, length);
    return REAL(sendfile)(out, in, place, length);
}
ssize_t sendfile64(int out, int in, off64_t *place, size_t length) {
    CHECK_WRITE(out, length);
    return REAL(sendfile64)(out, in, place, length);
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    CHECK_WRITE(out, length);
    return REAL(copy_file_range)(in, from, out, to, length, flags);
}
int fsync(int fd) {
    CHECK(is_below_fd(fd), SYNC);
    return REAL(fsync)(fd);
}
int fdatasync(int fd) {
    CHECK(is_below_fd(fd), SYNC);
    return REAL(fdatasync)(fd);
}
int ftruncate(int fd, off_t length) {
    CHECK(is_below_fd(fd), CHANGE);
    return REAL(ftruncate)(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    CHECK(is_below_fd(fd), CHANGE);
    return REAL(ftruncate64)(fd, length);
}
int rename(const char *from, const char *to) {
    CHECK(is_below_at(AT_FDCWD, to), RENAME);
    return REAL(rename)(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    CHECK(is_below_at(b, to), RENAME);
    return REAL(renameat)(a, from, b, to);
}
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    CHECK(is_below_at(b, to), RENAME);
    return REAL(renameat2)(a, from, b, to, flags);
}
int unlink(const char *path) {
    CHECK(is_below_at(AT_FDCWD, path), CHANGE);
    return REAL(unlink)(path);
}
int unlinkat(int fd, const char *path, int flags) {
    CHECK(is_below_at(fd, path), CHANGE);
    return REAL(unlinkat)(fd, path, flags);
}
int mkdir(const char *path, mode_t mode) {
    CHECK(is_below_at(AT_FDCWD, path), CHANGE);
    return REAL(mkdir)(path, mode);
}
ssize_t read(int fd, void *bytes, size_t length) {
    CHECK(is_below_fd(fd), READ);
    return REAL(read)(fd, bytes, length);
}
ssize_t pread(int fd, void *bytes, size_t length, off_t place) {
    CHECK(is_below_fd(fd), READ);
    return REAL(pread)(fd, bytes, length, place);
}
ssize_t pread64(int fd, void *bytes, size_t length, off64_t place) {
    CHECK(is_below_fd(fd), READ);
    return REAL(pread64)(fd, bytes, length, place);
}
