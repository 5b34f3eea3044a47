/* balance.c - beds of each street added up: have, used, needed, gap, rank. */

#include "care/bed/bed.h"

#include "base/sorted.h"
#include "care/figure/figure.h"
#include "care/parameter/parameter.h"

#include <stdlib.h>

SQL(bed_streets);
SQL(bed_elders);
SQL(bed_places);
SQL(bed_counts);

struct streets { struct bed_area *at; size_t n, room; };

static struct bed_area area_new(void)
{
    struct bed_area a = { .per_1000_tenths = -1 };
    for (int k = 0; k < BED_CLASSES; k++)
        a.line[k] = (struct bed_line){ .kind = k, .as_of = DAY_NONE };
    return a;
}

/* By scope, as they were read. */
static struct bed_area *street_of(const struct streets *s, int64_t scope)
{
    size_t low = SORTED_FROM(struct bed_area, s->at, s->n, scope, scope);
    return low < s->n && s->at[low].scope == scope ? &s->at[low] : NULL;
}

MUST static enum err read_streets(struct ctx *c, struct scope_range in, struct streets *s)
{
    struct rows r = db_rows(c, &sql_bed_streets,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high)));
    while (rows_next(&r)) {
        s->at = GROW(&c->mem, s->at, s->n, &s->room);
        struct bed_area *a = &s->at[s->n++];
        *a = area_new();
        a->id = rows_int(&r, 0);
        a->name = rows_text(&r, 1);
        a->scope = rows_int(&r, 2);
        a->line[BED_INSTITUTION].have.known = true;      /* no institution: that is nought */
    }
    return rows_end(&r);
}

MUST static enum err read_elders(struct ctx *c, struct scope_range in, struct streets *s)
{
    struct rows r = db_rows(c, &sql_bed_elders,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high)));
    while (rows_next(&r)) {
        struct bed_area *a = street_of(s, rows_int(&r, 0));
        if (a)
            a->elders = rows_int(&r, 1);
    }
    return rows_end(&r);
}

MUST static enum err read_places(struct ctx *c, struct scope_range in, struct streets *s)
{
    struct rows r = db_rows(c, &sql_bed_places,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high)));
    while (rows_next(&r)) {
        struct bed_area *a = street_of(s, rows_int(&r, 0));
        if (!a)
            continue;
        struct bed_line *l = &a->line[BED_INSTITUTION];
        struct moment at = { rows_int(&r, 5) };
        l->have.n = rows_int(&r, 1);
        l->used_of = rows_int(&r, 2);
        l->used = (struct opt_int){ l->used_of > 0, rows_int(&r, 3) };
        a->unsaid = rows_int(&r, 4);
        if (moment_known(at))
            l->as_of = day_of(at);
    }
    return rows_end(&r);
}

MUST static enum err read_counts(struct ctx *c, struct scope_range in, struct streets *s)
{
    struct rows r = db_rows(c, &sql_bed_counts,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("today", day_of(c->now).n)));
    while (rows_next(&r)) {
        int kind;
        struct bed_area *a = street_of(s, rows_int(&r, 0));
        if (!a || !choice_of(bed_classes, rows_text(&r, 1), &kind))
            continue;
        struct bed_line *l = &a->line[kind];
        l->have = (struct opt_int){ true, rows_int(&r, 2) };
        l->used.n = rows_int(&r, 3);
        l->used.known = l->used.n >= 0;
        l->used.n = l->used.known ? l->used.n : 0;
        l->used_of = l->used.known ? l->have.n : 0;
        l->as_of = (struct day){ rows_int(&r, 4) };
        l->source = rows_text(&r, 5);
    }
    return rows_end(&r);
}

MUST static enum err read_norms(struct ctx *c, struct bed_area *a)
{
    static const char *const names[BED_CLASSES] = {
        [BED_INSTITUTION] = "bed.norm_institution", [BED_STATION] = "bed.norm_station",
        [BED_HOME] = "bed.norm_home",
    };
    for (int k = 0; k < BED_CLASSES; k++) {
        struct bed_line *l = &a->line[k];
        TRY(parameter_int(c, names[k], a->scope, day_of(c->now), &l->norm));
        l->norm = l->norm < 0 ? 0 : l->norm;
        l->need = (a->elders * l->norm + 999) / 1000;
        l->uncounted = !l->have.known;
        l->need_counted = l->have.known ? l->need : 0;
    }
    return ERR_NONE;
}

/* What a class has too much of helps no other: a gap is what is lacking. */
static void sum_up(struct bed_area *a)
{
    a->have = a->need = 0;
    for (int k = 0; k < BED_CLASSES; k++) {
        a->have += a->line[k].have.known ? a->line[k].have.n : 0;
        a->need += a->line[k].need;
    }
    a->per_1000_tenths = a->elders ? a->have * 10000 / a->elders : -1;
}

static void gap_of_street(struct bed_area *a)
{
    for (int k = 0; k < BED_CLASSES; k++) {
        const struct bed_line *l = &a->line[k];
        if (l->have.known && l->need > l->have.n)
            a->gap += l->need - l->have.n;
    }
}

static void add(struct bed_area *to, const struct bed_area *one)
{
    to->elders += one->elders;
    to->unsaid += one->unsaid;
    to->gap += one->gap;
    for (int k = 0; k < BED_CLASSES; k++) {
        struct bed_line *l = &to->line[k];
        const struct bed_line *o = &one->line[k];
        l->need += o->need;
        l->need_counted += o->need_counted;
        l->uncounted += o->uncounted;
        l->used_of += o->used_of;
        l->have = (struct opt_int){ l->have.known || o->have.known, l->have.n + o->have.n };
        l->used = (struct opt_int){ l->used.known || o->used.known, l->used.n + o->used.n };
        if (day_known(o->as_of) && (!day_known(l->as_of) || o->as_of.n < l->as_of.n))
            l->as_of = o->as_of;
    }
}

/* --- order --- */

static int by_wealth(const void *a, const void *b)
{
    const struct bed_area *x = *(const struct bed_area *const *)a;
    const struct bed_area *y = *(const struct bed_area *const *)b;
    if (x->per_1000_tenths != y->per_1000_tenths)
        return x->per_1000_tenths > y->per_1000_tenths ? -1 : 1;
    return x->scope < y->scope ? -1 : x->scope > y->scope;
}

/* Equals share a rank: 1, 2, 2, 4. */
static void put_ranks(struct arena *mem, struct bed_area *at, size_t n)
{
    struct bed_area **order = NEW(mem, struct bed_area *, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        order[i] = &at[i];
    qsort(order, n, sizeof(struct bed_area *), by_wealth);
    for (size_t i = 0; i < n && order[i]->per_1000_tenths >= 0; i++)
        order[i]->rank = i && order[i]->per_1000_tenths == order[i - 1]->per_1000_tenths
                       ? order[i - 1]->rank : (int64_t)i + 1;
}

static int by_scope(const void *a, const void *b)
{
    const struct bed_area *x = a, *y = b;
    return x->scope < y->scope ? -1 : x->scope > y->scope;
}

static int by_gap(const void *a, const void *b)
{
    const struct bed_area *x = a, *y = b;
    if (x->gap != y->gap)
        return x->gap > y->gap ? -1 : 1;
    return x->scope < y->scope ? -1 : x->scope > y->scope;
}

/* --- districts --- */

MUST static enum err add_districts(struct ctx *c, const struct streets *s, struct bed_balance *b)
{
    size_t room = 0;
    for (size_t i = 0; i < s->n; i++) {
        int64_t up = division_up(s->at[i].scope);
        struct bed_area *d = b->districts ? &b->district[b->districts - 1] : NULL;
        if (!d || d->scope != up) {
            struct division v;
            bool found;
            TRY(division_of_code(c, up, &v, &found));
            b->district = GROW(&c->mem, b->district, b->districts, &room);
            d = &b->district[b->districts++];
            *d = area_new();
            d->scope = up;
            d->id = found ? v.id.n : 0;
            d->name = found ? v.name : SV("");
        }
        add(d, &s->at[i]);
    }
    for (size_t i = 0; i < b->districts; i++)
        sum_up(&b->district[i]);
    return ERR_NONE;
}

enum err bed_balance(struct ctx *c, int64_t division, struct bed_balance *ret_balance)
{
    struct figure_area area;
    struct streets s = { .n = 0 };
    struct bed_balance b = { .total = area_new() };
    TRY(figure_area_of(c, division, &area));
    for (size_t i = 0; i < area.n; i++)
        TRY(read_streets(c, area.range[i], &s));
    if (s.n)
        qsort(s.at, s.n, sizeof *s.at, by_scope);
    for (size_t i = 0; i < area.n; i++) {
        TRY(read_elders(c, area.range[i], &s));
        TRY(read_places(c, area.range[i], &s));
        TRY(read_counts(c, area.range[i], &s));
    }
    for (size_t i = 0; i < s.n; i++) {
        TRY(read_norms(c, &s.at[i]));
        sum_up(&s.at[i]);
        gap_of_street(&s.at[i]);
        add(&b.total, &s.at[i]);
    }
    sum_up(&b.total);
    TRY(add_districts(c, &s, &b));
    put_ranks(&c->mem, s.at, s.n);
    put_ranks(&c->mem, b.district, b.districts);
    if (s.n)
        qsort(s.at, s.n, sizeof *s.at, by_gap);
    b.street = s.at;
    b.streets = s.n;
    *ret_balance = b;
    return ERR_NONE;
}
