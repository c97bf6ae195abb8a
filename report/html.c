#include "report/html.h"
#include "core/file.h"
#include "report/write.h"
#include <stdlib.h>

enum { IMAGE_LIMIT = 1 << 26 };

const char html_style[] =
    "body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:62rem;"
    "margin:0 auto;padding:1rem}\n"
    "h1{font-size:1.6rem;line-height:1.2}\n"
    "h2{font-size:1.25rem;line-height:1.3;margin:0 0 .3rem}\n"
    "section{border-top:2px solid #ccc;margin-top:2.5rem;padding-top:1rem}\n"
    "a{color:#0353a4}\n"
    ".contents,.legend{list-style:none;padding:0}\n"
    ".contents li,.legend li{margin:.6rem 0;padding-left:8rem;text-indent:-8rem}\n"
    ".contents small,.contents a{text-indent:0}\n"
    "small,.from{color:#555;font-size:.85rem}\n"
    ".outcome{display:inline-block;box-sizing:border-box;width:7.4rem;margin-right:.6rem;"
    "text-align:center;text-indent:0;font:bold .75rem/1.6 system-ui,sans-serif;border-radius:.2rem;"
    "border:1px solid;color:#444;background:#f2f2f2}\n"
    ".PASS{color:#0b5d1e;background:#e5f5e9}\n"
    ".FAIL{color:#9b1c1c;background:#fdecec}\n"
    ".INCOMPLETE,.INCONCLUSIVE{color:#7a4b00;background:#fff4dc}\n"
    ".committed{display:inline-block;background:#eef3fb;border:1px solid #b8c9e4;"
    "border-radius:.2rem;padding:0 .4rem;color:#1d3d6b}\n"
    ".scroll{overflow-x:auto;margin:1rem 0}\n"
    "table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.25rem .7rem;text-align:left;white-space:nowrap;border-bottom:1px solid #ddd}\n"
    "th{border-bottom:2px solid #888}\n"
    "ul{padding-left:1.2rem}li{overflow-wrap:anywhere}\n"
    "pre,code{font:.8rem/1.45 ui-monospace,monospace;background:#f5f5f5}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem .7rem}\n"
    "code{padding:.1rem .3rem;overflow-wrap:anywhere}\n"
    "figure{margin:1.5rem 0}img{max-width:100%;height:auto}\n"
    "figcaption{color:#555;font-size:.8rem}\n"
    "@media(max-width:30rem){.contents li,.legend li{padding-left:0;text-indent:0}"
    ".contents .outcome,.legend .outcome{display:block;margin-bottom:.1rem}}\n"
    "@media print{body{max-width:none;padding:0;font-size:9.5pt}a{color:inherit}"
    "section{break-before:page;border:0;margin:0;padding:0}.scroll{overflow:visible}"
    "table{font-size:8pt}th,td{padding:.1rem .35rem;white-space:normal}"
    "img{max-height:11.5cm}figure,tr{break-inside:avoid}h2{break-after:avoid}}\n";

static void put_base64(FILE *f, const unsigned char *byte, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)byte[i] << 16;
        v |= i + 1 < n ? (unsigned)byte[i + 1] << 8 : 0;
        v |= i + 2 < n ? byte[i + 2] : 0;
        fputc(digit[v >> 18], f);
        fputc(digit[v >> 12 & 63], f);
        fputc(i + 1 < n ? digit[v >> 6 & 63] : '=', f);
        fputc(i + 2 < n ? digit[v & 63] : '=', f);
    }
}

int html_image(FILE *f, const char *path, const char *alt, struct err *e)
{
    size_t n;
    char *bytes = file_read(path, IMAGE_LIMIT, &n, e);
    if (!bytes)
        return -1;
    fputs("<img alt=\"", f);
    html_text(f, alt);
    fputs("\" src=\"data:image/png;base64,", f);
    put_base64(f, (const unsigned char *)bytes, n);
    fputs("\">\n", f);
    free(bytes);
    return 0;
}
