#include "draw/contact_sheet.h"
#include <stdio.h>

struct contact_sheet contact_sheet_of(const struct dataset *ds, const struct class_names *names,
                                      const struct partition *p, const char *title)
{
    struct contact_sheet s = {.ds = ds,
                              .names = p ? names : NULL,
                              .title = title,
                              .n_row = p ? p->n_worker : ds->n_class};
    s.row = xcalloc((size_t)s.n_row, sizeof(*s.row));
    for (int i = 0; i < s.n_row; i++) {
        struct contact_row *row = &s.row[i];
        if (p)
            snprintf(row->label, CONTACT_LABEL, "worker %d", i);
        else
            class_names_print(names, i, row->label, CONTACT_LABEL);
        row->n = p ? partition_spread(p, i, CONTACT_MOST, row->sample)
                   : dataset_of_class(ds, i, CONTACT_MOST, row->sample);
    }
    return s;
}
