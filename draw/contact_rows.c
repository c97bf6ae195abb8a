#include "draw/contact_sheet.h"
#include <stdio.h>

struct contact_row *contact_rows_of_classes(const struct dataset *ds,
                                            const struct class_names *names)
{
    struct contact_row *row = xcalloc((size_t)ds->n_class, sizeof(*row));
    for (int i = 0; i < ds->n_class; i++) {
        class_names_print(names, i, row[i].label, CONTACT_LABEL);
        row[i].n = dataset_of_class(ds, i, CONTACT_MOST, row[i].sample);
    }
    return row;
}

struct contact_row *contact_rows_of_workers(const struct partition *p)
{
    struct contact_row *row = xcalloc((size_t)p->n_worker, sizeof(*row));
    for (int i = 0; i < p->n_worker; i++) {
        snprintf(row[i].label, CONTACT_LABEL, "worker %d", i);
        row[i].n = partition_spread(p, i, CONTACT_MOST, row[i].sample);
    }
    return row;
}
