#include "core/csv.h"
#include "report/write.h"

static void put_mean(FILE *f, const struct table_cell *c)
{
    char digits[DIGITS];
    fprintf(f, "%s,", sample_digits(c->v.mean, c->metric, digits));
    fputs(sample_digits(c->v.std, c->metric, digits), f);
}

void write_csv(const struct table *t, FILE *f)
{
    for (int k = 0; k < t->n_column; k++) {
        fputs(k ? "," : "", f);
        csv_put(t->column[k].name, f);
        if (t->column[k].std)
            fputc(',', f), csv_put(t->column[k].std, f);
    }
    fputc('\n', f);
    for (int i = 0; i < t->n_cell; i++) {
        const struct table_cell *c = &t->cell[i];
        int k = i % t->n_column;
        if (c->is_mean)
            put_mean(f, c);
        else
            csv_put(c->text, f);
        fputs(t->column[k].std && !c->is_mean ? "," : "", f);
        fputc(k < t->n_column - 1 ? ',' : '\n', f);
    }
}
