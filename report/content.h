/* content: descriptions of known data, found by the SHA-256 in a run's manifest. */
#pragma once

enum { CONTENT_TEXT = 256 };
/* The description of the data in datasets/contents.csv, such as "CIFAR-10 decoded from a JPEG
 * copy"; "" if the file has no row for the data, as is the case for official files, or cannot be
 * read. */
const char *content_of(const char *data_sha256, char text[CONTENT_TEXT]);
