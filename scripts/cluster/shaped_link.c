/* shaped_link: a link of given latency and bandwidth between two network namespaces, for measuring
 * what a run costs on it: two TUN interfaces, and this process that passes packets on.
 *
 * usage: shaped_link NAMESPACE-1 NAMESPACE-2 INTERFACE MICROSECONDS BYTES-PER-SECOND
 *
 * Makes INTERFACE in both namespaces and prints "ready".  Each direction is a queue: a packet
 * leaves when those before it have been sent at this bandwidth, and arrives the latency later.
 * Runs until it is killed; needs root and /dev/net/tun. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PACKET = 65536, SLOTS = 4096 };

struct packet {
    double arrives;
    ssize_t n;
    unsigned char *bytes; /* (PACKET) */
};
struct direction {
    int from, to;    /* descriptors */
    long head, tail; /* packets taken in; delivered */
    double free_at;  /* when the last packet has left */
    struct packet packet[SLOTS];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static _Noreturn void stop(const char *what)
{
    perror(what);
    exit(1);
}

static int open_interface(const char *namespace, const char *name)
{
    char path[256];
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    snprintf(path, sizeof(path), "/run/netns/%s", namespace);
    int ns = open(path, O_RDONLY | O_CLOEXEC);
    if (ns < 0 || setns(ns, CLONE_NEWNET) < 0)
        stop(path);
    close(ns);
    int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
    if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0)
        stop("/dev/net/tun");
    return fd;
}

/* Take in what has been sent, if there is room; when this queue is full, the kernel's fills up. */
static void take(struct direction *d, double latency, double bandwidth)
{
    while (d->head - d->tail < SLOTS) {
        struct packet *p = &d->packet[d->head % SLOTS];
        p->n = read(d->from, p->bytes, PACKET);
        if (p->n <= 0)
            return;
        double begin = now();
        d->free_at = (d->free_at > begin ? d->free_at : begin) + (double)p->n / bandwidth;
        p->arrives = d->free_at + latency;
        d->head++;
    }
}

/* Deliver what has arrived; returns when the next packet does. */
static double deliver(struct direction *d)
{
    while (d->tail < d->head) {
        struct packet *p = &d->packet[d->tail % SLOTS];
        if (p->arrives > now())
            return p->arrives;
        if (write(d->to, p->bytes, (size_t)p->n) < 0)
            return now() + 50e-6; /* the receiver has no room: try again */
        d->tail++;
    }
    return now() + 1;
}

int main(int argc, char **argv)
{
    static struct direction way[2];
    if (argc != 6) {
        fputs("usage: shaped_link NAMESPACE-1 NAMESPACE-2 INTERFACE MICROSECONDS "
              "BYTES-PER-SECOND\n",
              stderr);
        return 2;
    }
    int end[2] = {open_interface(argv[1], argv[3]), open_interface(argv[2], argv[3])};
    double latency = 1e-6 * atof(argv[4]), bandwidth = atof(argv[5]);
    for (int k = 0; k < 2; k++) {
        way[k].from = end[k], way[k].to = end[1 - k];
        for (int i = 0; i < SLOTS; i++)
            if (!(way[k].packet[i].bytes = malloc(PACKET)))
                stop("memory");
    }
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct pollfd wait[2];
        double next = now() + 1;
        for (int k = 0; k < 2; k++) {
            take(&way[k], latency, bandwidth);
            double at = deliver(&way[k]);
            next = at < next ? at : next;
            int full = way[k].head - way[k].tail == SLOTS;
            wait[k] = (struct pollfd){way[k].from, full ? 0 : POLLIN, 0};
        }
        double left = next - now();
        struct timespec t = {0, left > 0 ? (long)(1e9 * (left < 0.9 ? left : 0.9)) : 0};
        if (ppoll(wait, 2, &t, NULL) < 0)
            stop("ppoll");
    }
}
