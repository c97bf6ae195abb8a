#include "report/published_sheet.h"
#include "draw/names.h"
#include <string.h>

int published_open(struct sheet *s, const char *path, struct err *e)
{
    static const char *const column[] = {"paper", "table", "method", "value", "std", "seeds"};
    if (sheet_open(s, path, e) < 0)
        return -1;
    if (sheet_needs(s, path, column, LENGTH(column), e) == 0)
        return 0;
    sheet_close(s);
    return -1;
}

int row_is_of(const struct sheet *s, int row, const char *paper, const char *table)
{
    return !strcmp(sheet_get(s, row, "paper"), paper) && !strcmp(sheet_get(s, row, "table"), table);
}

struct sample row_sample(const struct sheet *s, int row)
{
    return (struct sample){sheet_number(s, row, "value"), sheet_number(s, row, "std"),
                           sheet_count(s, row, "seeds")};
}

void row_append_method(char **text, const struct sheet *s, int row)
{
    const char *momentum = sheet_get(s, row, "momentum");
    char name[NAME_SHOWN];
    append(text, "%s%s%s", name_of_value("algorithm", sheet_get(s, row, "method"), name),
           *momentum ? ", momentum " : "", momentum);
}
