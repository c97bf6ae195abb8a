/* content: what is known of the data that runs have read, by the SHA-256 in their manifests. */
#pragma once

enum { CONTENT_TEXT = 256 };
/* What datasets/contents.csv says of the data of that SHA-256, as "CIFAR-10 decoded from a JPEG
 * copy"; "" if it has no such row, as for official files, or cannot be read. */
const char *content_of(const char *data_sha256, char text[CONTENT_TEXT]);
