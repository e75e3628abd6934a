/*
 * Records every change that a program makes below one folder, in the order in which it was made.
 *
 * Preloaded (LD_PRELOAD). YIZHAN_DISK_ROOT names the folder, YIZHAN_DISK_LOG the log; without a log nothing is
 * recorded and only faults are played. A file called "crash-marks" in the folder is a door into this recorder: what is
 * written to it becomes a mark in the log, a line that begins with "!fail" arms a fault ("!fail sync 17 5 sticky"
 * lets the 17th flush from now on, and all after it, end with errno 5), "!count" puts the calls counted so far where
 * the program can read them. The WAL index ("-shm") is mapped memory that is rebuilt on every open: not recorded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, SYNC, TRUNCATE, UNLINK, RENAME, MKDIR, MARK, SYNC_FAILED, ALLOCATE };
enum { UNKNOWN_FD, FILE_FD, MARKS_FD };
enum { FD_LIMIT = 65536 };

/* One record of the log; `length` bytes follow it. */
struct record {
    uint32_t kind;
    int32_t fd;
    int64_t at;
    uint32_t flags;
    uint32_t length;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static unsigned char kinds[FD_LIMIT];
static char root[4096];
static size_t root_length;
static int log_fd = -1;

/* Calls that can be made to fail, each counted from the last "!fail". */
static const char *const call_names[] = {"write", "sync", "truncate", "open", "unlink", "read"};
enum { CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_OPEN, CALL_UNLINK, CALL_READ, CALL_COUNT };
static long counts[CALL_COUNT];
static int fault_call = -1;
static long fault_at;
static int fault_errno;
static int fault_sticky;
static int fault_short;

static ssize_t (*real_write)(int, const void *, size_t);

#define REAL(type, name, ...)                                        \
    static type (*real)(__VA_ARGS__);                                  \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *folder = getenv("YIZHAN_DISK_ROOT");
    const char *log = getenv("YIZHAN_DISK_LOG");
    if (!folder) return;
    snprintf(root, sizeof root, "%s/", folder);
    root_length = strlen(root);
    if (!log) return;
    int low = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    log_fd = fcntl(low, F_DUPFD_CLOEXEC, 900);
    close(low);
}

/* The path below the folder, or null. The folder itself is "". */
static const char *below(const char *path) {
    if (root_length == 0 || !path) return NULL;
    if (strncmp(path, root, root_length) == 0) return path + root_length;
    if (strlen(path) == root_length - 1 && strncmp(path, root, root_length - 1) == 0) return "";
    return NULL;
}

static int ends_with(const char *text, const char *end) {
    size_t have = strlen(text), want = strlen(end);
    return have >= want && strcmp(text + have - want, end) == 0;
}

static void note(uint32_t kind, int fd, int64_t at, uint32_t flags, const void *bytes, size_t length) {
    if (log_fd < 0) return;
    struct record record = {kind, fd, at, flags, (uint32_t)length};
    struct iovec parts[2] = {{&record, sizeof record}, {(void *)bytes, length}};
    ssize_t wanted = (ssize_t)(sizeof record + length);
    if (writev(log_fd, parts, length > 0 ? 2 : 1) != wanted) {
        fprintf(stderr, "write-recorder: the log cannot be written: %s\n", strerror(errno));
        abort();
    }
}

/* Counts a call; true when this one has to fail (errno is set then). */
static int fails(int call) {
    counts[call] += 1;
    if (fault_call != call) return 0;
    if (fault_sticky ? counts[call] < fault_at : counts[call] != fault_at) return 0;
    errno = fault_errno;
    return 1;
}

/* A line written to the marks file. */
static void marked(const char *line, size_t length) {
    char text[128];
    if (length == 0 || line[0] != '!') {
        note(MARK, -1, 0, 0, line, length);
        return;
    }
    snprintf(text, sizeof text, "%.*s", (int)length, line);
    char call[32] = "", manner[32] = "";
    if (sscanf(text, "!fail %31s %ld %d %31s", call, &fault_at, &fault_errno, manner) == 4) {
        for (int each = 0; each < CALL_COUNT; each += 1) {
            if (strcmp(call_names[each], call) == 0) fault_call = each;
            counts[each] = 0;
        }
        fault_sticky = strcmp(manner, "sticky") == 0;
        fault_short = strcmp(manner, "short") == 0;
    } else if (strncmp(text, "!clear", 6) == 0) {
        fault_call = -1;
        memset(counts, 0, sizeof counts);
    } else if (strncmp(text, "!count", 6) == 0) {
        char path[4200], told[256];
        int used = 0;
        for (int each = 0; each < CALL_COUNT; each += 1) {
            const char *before = each == 0 ? "{" : ",";
            used += snprintf(told + used, sizeof told - (size_t)used, "%s\"%s\":%ld", before, call_names[each], counts[each]);
        }
        used += snprintf(told + used, sizeof told - (size_t)used, "}");
        snprintf(path, sizeof path, "%scrash-counts", root);
        FILE *file = fopen(path, "w");
        if (file) {
            fwrite(told, 1, (size_t)used, file);
            fclose(file);
        }
    }
}

static int opened(const char *path, int flags, int fd) {
    const char *name = below(path);
    if (fd < 0 || fd >= FD_LIMIT) return fd;
    kinds[fd] = UNKNOWN_FD;
    if (!name || ends_with(name, "-shm") || ends_with(name, "crash-counts")) return fd;
    kinds[fd] = ends_with(name, "crash-marks") ? MARKS_FD : FILE_FD;
    if (kinds[fd] == FILE_FD) note(OPEN, fd, flags, 0, name, strlen(name));
    return fd;
}

static int is_file(int fd) { return fd >= 0 && fd < FD_LIMIT && kinds[fd] == FILE_FD; }

/* Only opening for a change counts as a call that can fail: a folder that is opened for its flush does too. */
static int may_fail(const char *path) {
    const char *name = below(path);
    return name && !ends_with(name, "-shm") && !ends_with(name, "crash-marks") && !ends_with(name, "crash-counts");
}

#define OPEN_BODY(CALL)                              \
    mode_t mode = 0;                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {               \
        va_list more;                                    \
        va_start(more, flags);                           \
        mode = va_arg(more, mode_t);                     \
        va_end(more);                                    \
    }                                                  \
    if (!below(path)) {                                \
        int fd = CALL;                                   \
        if (fd >= 0 && fd < FD_LIMIT) kinds[fd] = UNKNOWN_FD; \
        return fd;                                       \
    }                                                  \
    pthread_mutex_lock(&turn);                         \
    int fd = may_fail(path) && fails(CALL_OPEN) ? -1 : opened(path, flags, CALL); \
    int kept = errno;                                  \
    pthread_mutex_unlock(&turn);                       \
    errno = kept;                                      \
    return fd

int open(const char *path, int flags, ...) {
    REAL(int, open, const char *, int, ...);
    OPEN_BODY(real(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
    REAL(int, open64, const char *, int, ...);
    OPEN_BODY(real(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...) {
    REAL(int, openat, int, const char *, int, ...);
    OPEN_BODY(real(folder, path, flags, mode));
}

int close(int fd) {
    REAL(int, close, int);
    if (fd >= 0 && fd < FD_LIMIT && kinds[fd] != UNKNOWN_FD) {
        pthread_mutex_lock(&turn);
        kinds[fd] = UNKNOWN_FD;
        pthread_mutex_unlock(&turn);
    }
    return real(fd);
}

/* `at` < 0: at the file's own position. */
static ssize_t write_file(int fd, const void *bytes, size_t length, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    pthread_mutex_lock(&turn);
    off64_t place = at;
    if (at < 0) place = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    size_t allowed = length;
    ssize_t done = -1;
    if (fails(CALL_WRITE)) {
        allowed = 0;
        if (fault_short) {
            /* A disk that fills within one write: half of it arrives, and from then on nothing does. */
            allowed = length / 2;
            fault_short = 0;
            fault_sticky = 1;
            fault_at = counts[CALL_WRITE] + 1;
        }
    }
    if (allowed > 0 || length == 0) {
        done = at < 0 ? real_write(fd, bytes, allowed) : real(fd, bytes, allowed, at);
        if (done > 0) note(WRITE, fd, place, 0, bytes, (size_t)done);
    }
    int kept = errno;
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (is_file(fd)) return write_file(fd, bytes, length, -1);
    if (fd < 0 || fd >= FD_LIMIT || kinds[fd] != MARKS_FD) {
        if (!real_write) real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
        return real_write(fd, bytes, length);
    }
    pthread_mutex_lock(&turn);
    marked(bytes, length);
    pthread_mutex_unlock(&turn);
    return (ssize_t)length;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return is_file(fd) ? write_file(fd, bytes, length, at) : real(fd, bytes, length, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    if (!is_file(fd)) return real(fd, parts, count);
    ssize_t whole = 0;
    for (int each = 0; each < count; each += 1) {
        ssize_t done = write_file(fd, parts[each].iov_base, parts[each].iov_len, -1);
        if (done < 0) return whole > 0 ? whole : done;
        whole += done;
        if ((size_t)done < parts[each].iov_len) break;
    }
    return whole;
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t at) {
    REAL(ssize_t, pread64, int, void *, size_t, off64_t);
    if (!is_file(fd)) return real(fd, bytes, length, at);
    pthread_mutex_lock(&turn);
    int failed = fails(CALL_READ);
    pthread_mutex_unlock(&turn);
    return failed ? -1 : real(fd, bytes, length, at);
}

ssize_t pread(int fd, void *bytes, size_t length, off_t at) { return pread64(fd, bytes, length, at); }

/* A flush that fails reaches no disk; what it should have kept may stay unwritten for ever. */
#define SYNC_BODY                                              \
    if (!is_file(fd)) return real(fd);                           \
    pthread_mutex_lock(&turn);                                   \
    int done = fails(CALL_SYNC) ? -1 : real(fd);                 \
    int kept = errno;                                            \
    note(done == 0 ? SYNC : SYNC_FAILED, fd, 0, 0, NULL, 0);     \
    pthread_mutex_unlock(&turn);                                 \
    errno = kept;                                                \
    return done

int fsync(int fd) {
    REAL(int, fsync, int);
    SYNC_BODY;
}

int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    SYNC_BODY;
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    if (!is_file(fd)) return real(fd, size);
    pthread_mutex_lock(&turn);
    int done = fails(CALL_TRUNCATE) ? -1 : real(fd, size);
    int kept = errno;
    if (done == 0) note(TRUNCATE, fd, size, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

/* Room that is asked for counts as a write: it is where a full disk is noticed. Answers an errno, as its contract says. */
int posix_fallocate64(int fd, off64_t at, off64_t length) {
    REAL(int, posix_fallocate64, int, off64_t, off64_t);
    if (!is_file(fd)) return real(fd, at, length);
    pthread_mutex_lock(&turn);
    int done = fails(CALL_WRITE) ? fault_errno : real(fd, at, length);
    if (done == 0) note(ALLOCATE, fd, at + length, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}

int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    const char *name = below(path);
    if (!name || ends_with(name, "-shm")) return real(path);
    pthread_mutex_lock(&turn);
    int done = fails(CALL_UNLINK) ? -1 : real(path);
    int kept = errno;
    if (done == 0) note(UNLINK, -1, 0, 0, name, strlen(name));
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    const char *source = below(from), *target = below(to);
    if (!source || !target) return real(from, to);
    char names[8192];
    pthread_mutex_lock(&turn);
    int done = real(from, to);
    int kept = errno;
    int length = snprintf(names, sizeof names, "%s%c%s", source, 0, target);
    if (done == 0) note(RENAME, -1, 0, 0, names, (size_t)length);
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    const char *name = below(path);
    if (!name) return real(path, mode);
    pthread_mutex_lock(&turn);
    int done = real(path, mode);
    int kept = errno;
    if (done == 0) note(MKDIR, -1, 0, 0, name, strlen(name));
    pthread_mutex_unlock(&turn);
    errno = kept;
    return done;
}
