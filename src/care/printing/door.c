/* door.c - the order in which one walks past doors, and the days of a month. */

#include "care/printing/printing.h"

/* "12号楼" after "9号楼": digits compare as numbers. */
static int natural(struct sv a, struct sv b)
{
    while (a.len && b.len) {
        int64_t x = 0, y = 0;
        size_t i = 0, j = 0;
        while (i < a.len && i < 9 && a.at[i] >= '0' && a.at[i] <= '9')
            x = x * 10 + (a.at[i++] - '0');
        while (j < b.len && j < 9 && b.at[j] >= '0' && b.at[j] <= '9')
            y = y * 10 + (b.at[j++] - '0');
        if (i && j && x != y)
            return x < y ? -1 : 1;
        if (!(i && j) && a.at[0] != b.at[0])
            return (unsigned char)a.at[0] < (unsigned char)b.at[0] ? -1 : 1;
        a = sv_from(a, i && j ? i : 1);
        b = sv_from(b, i && j ? j : 1);
    }
    return a.len ? 1 : b.len ? -1 : 0;
}

int printing_door_order(const struct printing_door *a, const struct printing_door *b)
{
    int way = sv_order(a->compound, b->compound);
    way = way ? way : natural(a->building, b->building);
    way = way ? way : natural(a->entrance, b->entrance);
    return way ? way : natural(a->address, b->address);
}

void printing_month_days(struct sv month, struct day *ret_first, struct day *ret_next)
{
    int64_t year = 0, m = 0;
    (void)sv_int(sv_head(month, 4), 1900, 2999, &year);
    (void)sv_int(sv_from(month, 5), 1, 12, &m);
    *ret_first = day_civil((int)year, (int)m, 1);
    *ret_next = m == 12 ? day_civil((int)year + 1, 1, 1) : day_civil((int)year, (int)m + 1, 1);
}
