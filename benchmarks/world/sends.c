/* What it costs the system alone to send so many frames of such sizes: no server could need less.
 *
 *   sends SOCKETS PER_SECOND SECONDS SIZES SERVER_CORE READER_CORE
 *
 * SIZES  a file of sizes, 16 bits each, sent in turn and from the beginning again
 *
 * Twenty times a second a share of the frames goes out, as a server's ticks do; another process
 * reads them. Prints one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICKS = 20, MOST_SIZES = 1 << 16 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
           1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static void read_all(struct sockaddr_in address, int sockets) {
    static char away[1 << 20];
    struct epoll_event events[512];
    int poll_fd = epoll_create1(0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int place = 0; place < sockets; place++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, (void *)&address, sizeof address)) _exit(1);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
    for (;;) {
        int count = epoll_wait(poll_fd, events, 512, 1000);
        for (int place = 0; place < count; place++)
            recv(events[place].data.fd, away, sizeof away, MSG_DONTWAIT);
    }
}

int main(int argc, char **argv) {
    static uint16_t sizes[MOST_SIZES];
    static char frame[1 << 16];
    if (argc < 7) return 2;
    int sockets = atoi(argv[1]), one = 1, held = 65536;
    double rate = atof(argv[2]), seconds = atof(argv[3]);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    FILE *file = fopen(argv[4], "r");
    size_t size_count = file ? fread(sizes, sizeof *sizes, MOST_SIZES, file) : 0;
    if (!size_count) return 2;
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int door = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(door, (void *)&address, sizeof address) || listen(door, 1024)) return 1;
    getsockname(door, (void *)&address, &length);
    pid_t reader = fork();
    if (!reader) {
        pin(atoi(argv[6]));
        read_all(address, sockets);
    }
    pin(atoi(argv[5]));
    int *fds = malloc(sockets * sizeof *fds);
    for (int place = 0; place < sockets; place++) {
        if ((fds[place] = accept(door, 0, 0)) < 0) return 1;
        setsockopt(fds[place], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        setsockopt(fds[place], SOL_SOCKET, SO_SNDBUF, &held, sizeof held);
    }
    uint64_t sent = 0, full = 0, turn = 0;
    double start = now(), before = cpu(), owed = 0;
    for (uint64_t tick = 1; now() - start < seconds; tick++) {
        for (owed += rate / TICKS; owed >= 1; owed--, turn++) {
            size_t size = sizes[turn % size_count];
            if (send(fds[turn % sockets], frame, size, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size)
                sent++;
            else full++;
        }
        double rest = start + tick / (double)TICKS - now();
        if (rest > 0) nanosleep(&(struct timespec){.tv_nsec = rest * 1e9}, 0);
    }
    double wall = now() - start, used = cpu() - before;
    printf("{\"frames_s\":%.1f,\"full_s\":%.1f,\"cpu\":%.4f,\"us_per_frame\":%.3f}\n",
           sent / wall, full / wall, used / wall, used / sent * 1e6);
    kill(reader, SIGKILL);
    waitpid(reader, 0, 0);
    return 0;
}
