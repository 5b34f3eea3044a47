/* points.c - what each point that a kitchen supplies has ordered. */

#include "care/kitchen/board.h"

SQL(kitchen_now_at);
SQL(kitchen_fixed_at);

static struct board_point *point_of(struct board *b, struct rows *r, int name_at)
{
    int64_t place = rows_int(r, 0);
    int sitting = 0;
    (void)choice_of(sitting_choices, rows_text(r, 1), &sitting);
    for (size_t i = 0; i < b->points_n; i++)
        if (b->points[i].place.n == place && b->points[i].sitting == sitting)
            return &b->points[i];
    if (b->points_n == BOARD_POINTS_MAX)
        return NULL;
    struct board_point *p = &b->points[b->points_n++];
    *p = (struct board_point){ .place = { place }, .sitting = sitting,
                               .name = sv_copy(&r->c->mem, rows_text(r, name_at)) };
    return p;
}

/* 普通 10 · 软食 2 */
static void diets_add(struct ctx *c, struct board_point *p, struct set diets, int64_t n)
{
    struct sv name = diets_text(&c->mem, diets, c->lang);
    if (!name.len)
        name = c->lang == LANG_EN ? SV("usual") : SV("普通");
    p->diets_text = sv_fmt(&c->mem, "%.*s%s%.*s %lld", SV_ARG(p->diets_text),
                           p->diets_text.len ? " · " : "", SV_ARG(name), (long long)n);
}

enum err board_points(struct ctx *c, struct board *b)
{
    struct params of = PARAMS(P_INT("place", b->place.id.n), P_INT("day", b->day.n));
    bool others = false;
    struct rows r = db_rows(c, &sql_kitchen_now_at, of);
    while (rows_next(&r)) {
        struct board_point *p = point_of(b, &r, 4);
        if (!p)
            continue;
        p->now += rows_int(&r, 3);
        diets_add(c, p, (struct set){ (uint64_t)rows_int(&r, 2) }, rows_int(&r, 3));
    }
    TRY(rows_end(&r));
    r = db_rows(c, &sql_kitchen_fixed_at, of);
    while (rows_next(&r)) {
        struct board_point *p = point_of(b, &r, 3);
        if (p)
            p->fixed = rows_int(&r, 2), p->is_fixed = true;
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < b->points_n; i++) {
        others = others || b->points[i].place.n != b->place.id.n;
        b->fixed[b->points[i].sitting] &= b->points[i].is_fixed;
    }
    b->points_n = others ? b->points_n : 0;
    return ERR_NONE;
}
