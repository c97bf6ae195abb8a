/* One image. */
#include "loaders/png_image.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct png_image im;
    struct err e = {.text = ""};
    if (png_image_read(&im, fuzz_file("x.png", bytes, n), &e) < 0)
        fuzz_check_refusal(&e);
    else
        CHECK(im.w >= PNG_IMAGE_MIN_SIDE && im.w <= PNG_IMAGE_MAX_SIDE &&
              im.h >= PNG_IMAGE_MIN_SIDE && im.h <= PNG_IMAGE_MAX_SIDE);
    return 0;
}
