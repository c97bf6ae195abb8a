/* official: the facts about a data set's official files. */
#pragma once

/* Published facts that distinguish them from other files of the same form; 0 or NULL: unknown. */
struct official {
    int n_train, n_test, n_class;
    double mean[3]; /* of all training bytes of a channel in memory, scaled to 0..1 */
    struct {
        const char *name, *sha256;
    } file[2]; /* files of the folder */
};

/* Where they come from.  With an archive_sha256, url is the address of an archive (.tar.gz) of the
 * folder, else of a folder with the files of official.file; NULL: they cannot be downloaded, and
 * by_hand says what to do. */
struct source {
    const char *url, *archive_sha256, *by_hand;
    const char *variable; /* an environment variable that names another address of the same files */
    const char *size;     /* of the download, for the user */
    const char *terms;    /* half a sentence about their use, printed after the download */
};
