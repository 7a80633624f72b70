/* Users of a shared world: each moves ten times a second; how late do the others see it, and what
 * does that cost the server? One process, one core, one epoll.
 *
 *   load KIND PORT USERS SECONDS WARM PIDS PEOPLE CORE [SIZES]
 *
 * KIND     shulian, or colyseus
 * PIDS     processes of the server, with commas between: their CPU time is read
 * PEOPLE   a file with a line for each: query of the address (colyseus: -), east, north [cm],
 *          and 1 where this one never reads
 * CORE     of the server: how busy it is with other things is told too
 * SIZES    a file for the sizes of the first frames with positions, 16 bits each
 *
 * Prints one line of JSON. A user's heading counts their moves, so that whoever is shown it knows
 * which move it was.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST = 8192,        /* users */
    KEPT = 1024,        /* moves of each whose time is remembered */
    LOOKERS = 256,      /* users who look at what they are shown */
    PROBES = 16,        /* of colyseus, whose moves can be told apart in a patch */
    GULP = 1 << 20,
    LONGEST = 1 << 20,  /* frame */
    DELAYS = 20000000,
    SIZES = 1 << 16,
    HZ = 10,
    AT_ONCE = 32,       /* users who come in together */
    REACH = 40000,      /* [cm] side of the square they walk in */
    STRIDE = 25,        /* [cm] of a move in each direction at the most */
    PATIENCE = 150      /* [s] for all to be in */
};

struct user {
    int fd, slot, looks, mute, held;
    uint16_t count;               /* of moves, and the heading of the next one */
    int east, north;
    char *query;                  /* of the address one connects to */
    uint8_t *rest;                /* a frame that is not whole yet */
    uint16_t *seen;               /* by user: the last move that was shown … */
    float *shown;                 /* … and when anything of them was [s] */
};

static struct user users[MOST];
/* Whoever was not shown for so long comes into sight anew [s]: a server shows all who are in sight
 * several times a second. What they did before that is not late. */
static const float OUT_OF_SIGHT = 0.5;

static int by_slot[65536];
static double (*sent)[KEPT];
static float *delays;
static size_t delay_count;
static uint16_t sizes[SIZES];
static size_t size_count;
static int port, user_count, colyseus, poll_fd, measuring;
static uint64_t frames, bytes, closed;
static double born; /* [s] when this began */
static uint8_t gulp[GULP + LONGEST + 16];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void die(const char *words, int who) {
    printf("{\"error\":\"%s\",\"user\":%d}\n", words, who);
    exit(1);
}

static int dial(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_sec = 15};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (void *)&address, sizeof address)) return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return fd;
}

/* A text up to the end of an HTTP head; what follows stays in the socket. */
static int read_head(int fd, char *text, int room) {
    for (int length = 0; length < room - 1;) {
        if (recv(fd, text + length, 1, 0) != 1) return -1;
        text[++length] = 0;
        if (length >= 4 && !memcmp(text + length - 4, "\r\n\r\n", 4)) return length;
    }
    return -1;
}

static int frame(uint8_t *to, int kind, const uint8_t *payload, int length) {
    static const uint8_t mask[4] = {0x3c, 0xa1, 0x57, 0x0f};
    to[0] = 0x80 | kind;
    to[1] = 0x80 | length; /* all of ours are short */
    memcpy(to + 2, mask, 4);
    for (int place = 0; place < length; place++) to[6 + place] = payload[place] ^ mask[place & 3];
    return length + 6;
}

static int field(const char *text, const char *name, char *to) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *start = strstr(text, key), *end = start ? strchr(start + strlen(key), '"') : 0;
    if (!end || end - start > 120) return 0;
    start += strlen(key);
    memcpy(to, start, end - start);
    to[end - start] = 0;
    return 1;
}

/* Colyseus gives a seat by HTTP before one connects. */
static int ask_for_seat(int who) {
    static const char asked[] =
        "POST /matchmake/joinOrCreate/world HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    int fd = dial();
    if (fd < 0) die("no connection", who);
    send(fd, asked, sizeof asked - 1, MSG_NOSIGNAL);
    return fd;
}

static void take_seat(int who, int fd, char *path, size_t room) {
    char text[8192], session[128], place[128], process[128], *found;
    int head = read_head(fd, text, sizeof text);
    if (head < 0 || !(found = strcasestr(text, "content-length:"))) die("no seat", who);
    int length = atoi(found + 15);
    if (length >= (int)sizeof text || recv(fd, text, length, MSG_WAITALL) != length)
        die("no seat", who);
    text[length] = 0;
    close(fd);
    if (!field(text, "sessionId", session) || !field(text, "roomId", place) ||
        !field(text, "processId", process))
        die("no seat", who);
    snprintf(path, room, "/%s/%s?sessionId=%s", process, place, session);
}

/* Colyseus sends nothing more before its first frame is acknowledged. */
static void acknowledge(int fd, int who) {
    uint8_t head[4], answer[16], code = 10;
    if (recv(fd, head, 2, MSG_WAITALL) != 2) die("no first frame", who);
    int length = head[1] & 127;
    if (length == 126) {
        if (recv(fd, head, 2, MSG_WAITALL) != 2) die("no first frame", who);
        length = head[0] << 8 | head[1];
    }
    if (length > GULP || recv(fd, gulp, length, MSG_WAITALL) != length) die("no first frame", who);
    send(fd, answer, frame(answer, 2, &code, 1), MSG_NOSIGNAL);
}

static void knock(int who, const char *path) {
    char text[8192];
    struct user *user = &users[who];
    int little = 4096;
    if ((user->fd = dial()) < 0) die("no connection", who);
    if (user->mute) setsockopt(user->fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    int length = snprintf(text, sizeof text,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
        path, port, colyseus ? "" : "Sec-WebSocket-Protocol: shulian.world.2\r\n");
    send(user->fd, text, length, MSG_NOSIGNAL);
}

static void enter(int who) {
    char text[8192];
    struct user *user = &users[who];
    if (read_head(user->fd, text, sizeof text) < 0) die("no handshake", who);
    if (strncmp(text, "HTTP/1.1 101", 12)) {
        fprintf(stderr, "%.200s\n", text);
        die("refused", who);
    }
    if (colyseus) acknowledge(user->fd, who);
    fcntl(user->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = who};
    if (!user->mute) epoll_ctl(poll_fd, EPOLL_CTL_ADD, user->fd, &event);
}

/* Some users at once, so that a busy server does not let each of them wait for a tick. */
static void join(int first, int count) {
    static char paths[AT_ONCE][5000];
    int seats[AT_ONCE];
    for (int place = 0; place < count; place++) {
        if (colyseus) seats[place] = ask_for_seat(first + place);
        else snprintf(paths[place], sizeof paths[place], "/world?%s", users[first + place].query);
    }
    for (int place = 0; colyseus && place < count; place++)
        take_seat(first + place, seats[place], paths[place], sizeof paths[place]);
    for (int place = 0; place < count; place++) knock(first + place, paths[place]);
    for (int place = 0; place < count; place++) enter(first + place);
}

static void leave(struct user *user) {
    epoll_ctl(poll_fd, EPOLL_CTL_DEL, user->fd, 0);
    close(user->fd);
    user->fd = -1;
    closed++;
}

/* Somebody is shown that `whose` made their move number `count`. */
static void saw(struct user *user, int whose, uint16_t count, double time) {
    int in_sight = time - born - user->shown[whose] < OUT_OF_SIGHT;
    user->shown[whose] = time - born;
    if ((uint16_t)(count - user->seen[whose] - 1) >= 32768) return; /* seen before */
    user->seen[whose] = count;
    double since = sent[whose][count % KEPT];
    if (measuring && in_sight && since > 0 && time - since < 50 && delay_count < DELAYS)
        delays[delay_count++] = time - since;
}

static uint16_t number(const uint8_t *at) { return at[0] | at[1] << 8; }

static void saw_slot(struct user *user, int slot, uint16_t count, double time) {
    int whose = by_slot[slot & 0xffff];
    if (whose >= 0 && &users[whose] != user) saw(user, whose, count, time);
}

/* A bit for each slot from the first one on, then a step for each bit that is set. */
static void read_steps(struct user *user, const uint8_t *at, const uint8_t *end, double time) {
    if (at + 4 > end) return;
    int first = number(at), bits = 16 * number(at + 2);
    const uint8_t *bitmap = at + 4, *step = bitmap + bits / 8;
    for (int bit = 0; bit < bits && step + 4 <= end; bit++) {
        if (!(bitmap[bit >> 3] >> (bit & 7) & 1)) continue;
        saw_slot(user, first + bit, number(step + 2), time);
        step += 4;
    }
}

static void read_snapshot(struct user *user, const uint8_t *at, int length, double time) {
    if (length < 10 || at[0] < 2 || at[0] > 4) return;
    int count = number(at + 8);
    const uint8_t *record = at + 10, *end = at + length;
    for (; count-- > 0 && record + 12 <= end; record += 12)
        saw_slot(user, number(record), number(record + 8), time);
    if (at[0] == 4) read_steps(user, record, end, time);
}

/* A probe's height alternates, and stands before its heading: field, height, field, heading. */
static void read_patch(struct user *user, const uint8_t *at, int length, double time) {
    for (int place = 0; place + 5 <= length; place++) {
        uint16_t height = number(at + place), parity = height >> 15;
        if ((height & 0xfff0) != (parity ? 0xa5c0 : 0x5ac0)) continue;
        int probe = height & 15, whose = probe * (user_count / PROBES);
        uint16_t count = number(at + place + 3);
        if ((count & 1) != parity || &users[whose] == user) continue;
        if (sent[whose][count % KEPT] > time - 20) saw(user, whose, count, time);
    }
}

static void read_text(struct user *user, const uint8_t *at, int length) {
    static const char type[] = "\"type\":\"welcome\"", slot[] = "\"slot\":";
    if (user->slot >= 0 || !memmem(at, length, type, sizeof type - 1)) return;
    const char *found = memmem(at, length, slot, sizeof slot - 1);
    if (!found) return;
    user->slot = atoi(found + sizeof slot - 1) & 0xffff;
    by_slot[user->slot] = user - users;
}

static void take(struct user *user, int kind, const uint8_t *at, int length, int whole, double time) {
    uint8_t answer[160];
    if (kind == 9 && length < 126)
        send(user->fd, answer, frame(answer, 10, at, length), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (kind == 1) read_text(user, at, length);
    if (kind != 2) return;
    if (measuring) {
        frames++;
        if (size_count < SIZES) sizes[size_count++] = whole > 65535 ? 65535 : whole;
    }
    if (!user->looks) return;
    if (colyseus) read_patch(user, at, length, time);
    else read_snapshot(user, at, length, time);
}

/* All whole frames in what has come; answers how many bytes they are. */
static int take_frames(struct user *user, const uint8_t *at, int length, double time) {
    int start = 0;
    while (length - start >= 2) {
        const uint8_t *head = at + start;
        uint64_t size = head[1] & 127;
        int skip = size == 127 ? 10 : size == 126 ? 4 : 2;
        if (length - start < skip) break;
        if (size >= 126) {
            size = 0;
            for (int place = 2; place < skip; place++) size = size << 8 | head[place];
        }
        if (size > LONGEST) die("a frame too large", user - users);
        if ((uint64_t)(length - start - skip) < size) break;
        take(user, head[0] & 15, head + skip, size, size + skip, time);
        start += skip + size;
    }
    return start;
}

static void listen_to(struct user *user) {
    memcpy(gulp, user->rest, user->held);
    ssize_t got = recv(user->fd, gulp + user->held, GULP, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) leave(user);
        return;
    }
    if (measuring) bytes += got;
    int length = user->held + got, done = take_frames(user, gulp, length, now());
    user->held = length - done;
    if (user->held > LONGEST + 16) die("a frame too large", user - users);
    memcpy(user->rest, gulp + done, user->held);
}

static void listen_for(double seconds) {
    struct epoll_event events[512];
    struct timespec patience = {.tv_nsec = (long)(seconds * 1e9)};
    int count = epoll_pwait2(poll_fd, events, 512, &patience, 0);
    for (int place = 0; place < count; place++) {
        struct user *user = &users[events[place].data.u32];
        if (user->fd >= 0) listen_to(user);
    }
}

static uint32_t luck = 2463534242u;
static uint32_t draw(uint32_t most) {
    luck ^= luck << 13;
    luck ^= luck >> 17;
    luck ^= luck << 5;
    return luck % most;
}

static int strolled(int from) {
    int to = from + (int)draw(2 * STRIDE) - STRIDE;
    to += to >= from; /* one never stands still */
    return to < 0 || to >= REACH ? 2 * from - to : to;
}

static void move(int who) {
    struct user *user = &users[who];
    uint8_t out[64], payload[18] = {17, 0};
    if (user->fd < 0 || user->mute || (!colyseus && user->slot < 0)) return;
    user->east = strolled(user->east);
    user->north = strolled(user->north);
    uint16_t count = ++user->count;
    int probe = who / (user_count / PROBES ? user_count / PROBES : 1), height = 0;
    if (colyseus && probe < PROBES && who == probe * (user_count / PROBES))
        height = (count & 1 ? 0xa5c0 : 0x5ac0) | probe;
    uint8_t *at = payload + (colyseus ? 2 : 0);
    int values[3] = {user->east, user->north, height};
    at[0] = at[1] = 1; /* a move; walking */
    memcpy(at + 2, &count, 2);
    memcpy(at + 4, values, 12);
    int length = frame(out, 2, payload, colyseus ? 18 : 16);
    sent[who][count % KEPT] = now();
    if (send(user->fd, out, length, MSG_NOSIGNAL | MSG_DONTWAIT) != length) leave(user);
}

static double cpu_of(char *pids) {
    double sum = 0;
    char list[1024], path[64], text[2048];
    snprintf(list, sizeof list, "%s", pids);
    for (char *pid = strtok(list, ","); pid; pid = strtok(0, ",")) {
        snprintf(path, sizeof path, "/proc/%d/stat", atoi(pid));
        FILE *file = fopen(path, "r");
        if (!file) continue;
        size_t length = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        text[length] = 0;
        unsigned long in_user = 0, in_system = 0;
        char *after = strrchr(text, ')');
        if (after)
            sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &in_user, &in_system);
        sum += (double)(in_user + in_system) / sysconf(_SC_CLK_TCK);
    }
    return sum;
}

/* How long a core was busy with anything [s]. */
static double busy_of(int core) {
    char name[16], line[512];
    unsigned long times[8] = {0}, sum = 0;
    snprintf(name, sizeof name, "cpu%d ", core);
    FILE *file = fopen("/proc/stat", "r");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name))) continue;
        sscanf(line, "%*s %lu %lu %lu %lu %lu %lu %lu %lu", &times[0], &times[1], &times[2], &times[3],
               &times[4], &times[5], &times[6], &times[7]);
        for (int place = 0; place < 8; place++) sum += place == 3 || place == 4 ? 0 : times[place];
    }
    if (file) fclose(file);
    return (double)sum / sysconf(_SC_CLK_TCK);
}

static double own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
           1e-6 * (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int by_size(const void *one, const void *other) {
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

static double delay_at(double share) {
    return delay_count ? delays[(size_t)(share * (delay_count - 1))] * 1e3 : -1;
}

static void begin(int argc, char **argv) {
    if (argc < 9) die("load KIND PORT USERS SECONDS WARM PIDS PEOPLE CORE [SIZES]", -1);
    colyseus = !strcmp(argv[1], "colyseus");
    port = atoi(argv[2]);
    user_count = atoi(argv[3]);
    if (user_count < 1 || user_count > MOST) die("too many users", -1);
    sent = calloc(user_count, sizeof *sent);
    delays = malloc(DELAYS * sizeof *delays);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    born = now() - 2 * OUT_OF_SIGHT;
    memset(by_slot, -1, sizeof by_slot);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void read_people(const char *people) {
    char query[4096];
    FILE *file = fopen(people, "r");
    if (!file) die("no people", -1);
    for (int who = 0; who < user_count; who++) {
        struct user *user = &users[who];
        if (fscanf(file, "%4095s %d %d %d", query, &user->east, &user->north, &user->mute) != 4)
            die("too few people", who);
        user->query = strdup(query);
        user->slot = -1;
        user->looks = who % (user_count > LOOKERS ? user_count / LOOKERS : 1) == 0;
        user->rest = malloc(LONGEST + 16);
        user->seen = calloc(user_count, sizeof *user->seen);
        user->shown = calloc(user->looks ? user_count : 1, sizeof *user->shown);
    }
    fclose(file);
}

static double come(const char *people) {
    read_people(people);
    double start = now();
    for (int who = 0; who < user_count; who += AT_ONCE) {
        join(who, user_count - who < AT_ONCE ? user_count - who : AT_ONCE);
        listen_for(0);
        if (now() - start > PATIENCE) die("too slow", who);
    }
    return now() - start;
}

static int all_in(void) {
    for (int who = 0; who < user_count; who++)
        if (users[who].slot < 0 && !users[who].mute) return 0;
    return 1;
}

int main(int argc, char **argv) {
    begin(argc, argv);
    double seconds = atof(argv[4]), warm = atof(argv[5]), joined = come(argv[7]);
    for (double start = now(); !colyseus && !all_in() && now() - start < PATIENCE;) listen_for(0.01);
    double step = 1.0 / (HZ * user_count), start = now(), since = 0, lag = 0;
    double server = 0, self = 0, busy = 0;
    int core = atoi(argv[8]);
    uint64_t moves = 0, before = 0;
    for (;;) {
        double time = now();
        if (!measuring && time - start > warm) {
            measuring = 1;
            since = time;
            before = moves;
            server = cpu_of(argv[6]);
            self = own_cpu();
            busy = busy_of(core);
        }
        if (measuring && time - since > seconds) break;
        uint64_t due = (time - start) / step;
        if (measuring && (due - moves) * step > lag) lag = (due - moves) * step;
        for (int burst = 0; moves < due && burst < 128; burst++) move(moves++ % user_count);
        double rest = moves < due ? 0 : start + (moves + 1) * step - now();
        listen_for(rest < 0 ? 0 : rest > 0.01 ? 0.01 : rest);
    }
    double wall = now() - since;
    server = cpu_of(argv[6]) - server;
    self = own_cpu() - self;
    busy = busy_of(core) - busy;
    qsort(delays, delay_count, sizeof *delays, by_size);
    printf("{\"users\":%d,\"cpu\":%.4f,\"busy\":%.4f,\"own_cpu\":%.4f,\"frames_s\":%.1f,\"bytes_s\":%.0f,"
           "\"moves_s\":%.1f,\"seen_s\":%.1f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f,"
           "\"closed\":%lu,\"joined_s\":%.2f,\"lag_ms\":%.2f}\n",
           user_count, server / wall, busy / wall, self / wall, frames / wall, bytes / wall,
           (moves - before) / wall, delay_count / wall, delay_at(0.5), delay_at(0.99),
           delay_at(1), (unsigned long)closed, joined, lag * 1e3);
    if (argc > 9) {
        FILE *file = fopen(argv[9], "w");
        if (!file || fwrite(sizes, sizeof *sizes, size_count, file) != size_count) return 1;
        fclose(file);
    }
    return 0;
}
