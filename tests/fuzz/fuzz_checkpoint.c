/* The bytes as a run's checkpoint: as they are; and in place of all but the first 16 bytes of one
 * that this code wrote for this run, with the right digest, so that the reader gets further. */
#include "core/build.h"
#include "gossip/gossip.h"
#include "tests/fuzz/fuzz.h"
#include "train/checkpoint.h"

static struct run run;
static char *whole; /* a checkpoint of it */
static size_t n_whole;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct config c;
    struct err e;
    struct run_place place = {.dir = ""};
    gossip_start(argc, argv);
    atexit(gossip_finish);
    config_default(&c);
    if (config_set(&c, "dataset", "quadratic", &e) < 0 || config_set(&c, "workers", "4", &e) < 0 ||
        config_set(&c, "dim", "3", &e) < 0)
        die("%s", e.text);
    c.epochs = 10, c.warmup_epochs = 0;
    snprintf(place.dir, sizeof(place.dir), "%s/run", fuzz_folder());
    char path[RUN_PATH + 16];
    snprintf(path, sizeof(path), "%s/checkpoint", place.dir);
    if (run_open(&run, &c, &place, START_ANEW, &e) < 0 || checkpoint_write(&run, &e) < 0 ||
        !(whole = file_read(path, 1 << 20, &n_whole, &e)))
        die("%s", e.text);
    return 0;
}

static void read_it(const void *bytes, size_t n)
{
    struct err e = {.text = ""};
    fuzz_file("run/checkpoint", bytes, n);
    if (checkpoint_read(&run, START_RESUME, &e) < 0)
        fuzz_check_refusal(&e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    enum { MAGIC = 16 };
    size_t room = n_whole - HASH_TEXT - MAGIC;
    char *copy = xcalloc(n_whole, 1);
    read_it(bytes, n);
    memcpy(copy, whole, n_whole);
    memcpy(copy + MAGIC, bytes, n < room ? n : room);
    hash_bytes(copy, n_whole - HASH_TEXT, copy + n_whole - HASH_TEXT);
    read_it(copy, n_whole);
    free(copy);
    return 0;
}
