/*
 * beds.c - what the streets counted of station and home-care beds, two months running; one street
 * has too few of the one, another was never counted for the other.
 */

#include "app/demo/demo.h"
#include "care/bed/bed.h"

enum { MONTHS = 2 };

/* Beds in ten thousand elders: station, home-care; -1: nobody counted. */
static const int beds_of[STREETS_A_QUARTER][2] = { { 9, 34 }, { 24, -1 }, { 21, 16 } };

static void count_fill(struct demo *d, struct bed_count *b, const struct division *street,
                       int kind, int64_t have, int months_ago)
{
    struct civil now = civil_of_day(d->today);
    int month = now.year * 12 + now.month - 1 - months_ago;
    b->row.scope = street->row.scope;
    b->division = street->id;
    b->kind = kind;
    b->as_of = (struct day){ day_civil(month / 12, month % 12 + 1, 1).n - 1 };
    b->have = have - (months_ago ? have / 10 : 0);
    b->used = (struct opt_int){ true, b->have * (kind == COUNTED_HOME ? 9 : 6) / 10 };
    b->source = SV("街道民政办月报（演示）");
}

MUST static enum err street_counts(struct demo *d, const struct division *street, size_t nth,
                                   struct bed_count *made, size_t *n)
{
    int64_t elders = (int64_t)d->elders_n / (d->quarters * STREETS_A_QUARTER);
    for (int kind = 0; kind < 2; kind++) {
        int of = beds_of[nth % STREETS_A_QUARTER][kind];
        int64_t have = elders * of / 10000;
        if (of < 0)
            continue;
        for (int back = 0; back < MONTHS; back++) {
            struct bed_count *b = &made[(*n)++];
            record_clear(bed_count_fields, b);
            TRY(demo_id(d, &b->id.n));
            count_fill(d, b, street, kind, have < 2 ? 2 : have, back);
        }
    }
    return ERR_NONE;
}

enum err demo_beds(struct demo *d)
{
    struct bed_count *made = NEW(&d->mem, struct bed_count, d->town.areas_n * 2 * MONTHS);
    size_t n = 0, nth = 0;
    for (size_t i = 0; i < d->town.areas_n; i++)
        if (d->area[i].level == DIVISION_STREET)
            TRY(street_counts(d, &d->area[i], nth++, made, &n));
    return demo_store(d, &bed_count_entity, made, n);
}
