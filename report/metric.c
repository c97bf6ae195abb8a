#include "report/metric.h"
#include <math.h>

int metric_find(const char *key)
{
    int column = column_find(key);
    return column >= 0 && column_is_compared(column) ? column : -1;
}

int lower_is_better(int metric)
{
    return metric >= 0 && columns[metric].kind != ACCURACY;
}

int is_better(int metric, double v, double than)
{
    return lower_is_better(metric) ? v < than : v > than;
}

void sample_print(const struct sample *v, int metric, const char *plus_minus, FILE *f)
{
    int general = lower_is_better(metric);
    if (isnan(v->mean))
        fprintf(f, "–");
    else
        fprintf(f, general ? "%.3g" : "%.2f", v->mean);
    if (!isnan(v->std))
        fprintf(f, general ? " %s %.2g" : " %s %.2f", plus_minus, v->std);
}

const char *sample_digits(double v, int metric, char buf[DIGITS])
{
    buf[0] = '\0';
    if (!isnan(v))
        snprintf(buf, DIGITS, lower_is_better(metric) ? "%.6g" : "%.4f", v);
    return buf;
}
