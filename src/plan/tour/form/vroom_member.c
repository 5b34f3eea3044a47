/* vroom_member.c - members of VROOM's JSON, each refused by its path. */

#include "plan/tour/form/vroom.h"

#include <stdlib.h>

struct node vroom_item(const struct node *array, int64_t index, const struct json_value *v)
{
    return (struct node){ .up = array, .index = index, .v = v };
}

static void path_put(struct buf *out, const struct node *at)
{
    if (!at || !at->up)
        return;
    path_put(out, at->up);
    if (at->name)
        buf_fmt(out, "%s%s", out->len ? "." : "", at->name);
    else
        buf_fmt(out, "[%lld]", (long long)at->index);
}

void vroom_path(struct buf *out, const struct node *at, const char *name)
{
    struct node last = { .up = at, .name = name };
    path_put(out, name ? &last : at);
}

enum err vroom_wrong(struct vroom *r, const struct node *at, const char *name, const char *what)
{
    struct buf path = buf_new(&r->c->mem, 64);
    vroom_path(&path, at, name);
    return fail(r->c, ERR_INVALID, "plan.invalid", "%.*s: %s", SV_ARG(buf_sv(&path)), what);
}

enum err vroom_whole(struct vroom *r, const struct node *at, const char *name, int64_t high,
                     int64_t *ret_n)
{
    const struct json_value *v = json_member(at->v, name);
    if (v && !json_whole(v, 0, high, ret_n))
        return vroom_wrong(r, at, name,
                           sv_fmt(&r->c->mem, "must be a whole number from 0 to %lld",
                                  (long long)high).at);
    return ERR_NONE;
}

enum err vroom_small(struct vroom *r, const struct node *at, const char *name, int64_t high,
                     int32_t *ret_n)
{
    int64_t n = *ret_n;
    TRY(vroom_whole(r, at, name, high, &n));
    *ret_n = (int32_t)n;
    return ERR_NONE;
}

enum err vroom_real(struct vroom *r, const struct node *at, const char *name, double low,
                    double high, double *ret_n)
{
    const struct json_value *v = json_member(at->v, name);
    if (v && (v->kind != JSON_NUMBER || !sv_real(v->text, low, high, ret_n)))
        return vroom_wrong(r, at, name,
                           sv_fmt(&r->c->mem, "must be a number from %g to %g", low, high).at);
    return ERR_NONE;
}

enum err vroom_text(struct vroom *r, const struct node *at, const char *name, struct sv *ret_text)
{
    const struct json_value *v = json_member(at->v, name);
    if (v && v->kind != JSON_TEXT)
        return vroom_wrong(r, at, name, "must be a text");
    if (v)
        *ret_text = v->text;
    return ERR_NONE;
}

static int by_open(const void *a, const void *b)
{
    const struct tour_window *x = a, *y = b;
    return x->open < y->open ? -1 : x->open > y->open;
}

enum err vroom_window(struct vroom *r, const struct node *at, struct tour_window *ret_w)
{
    int64_t open = 0, close = 0;
    const struct json_value *v = at->v;
    if (v->kind != JSON_ARRAY || v->n != 2 || !json_whole(v->first, 0, TOUR_TIME_MAX, &open) ||
        !json_whole(v->first->next, 0, TOUR_TIME_MAX, &close))
        return vroom_wrong(r, at, NULL, "must be [from, to], whole numbers from 0 to 1000000000");
    if (close < open)
        return vroom_wrong(r, at, NULL, "ends before it begins");
    *ret_w = (struct tour_window){ (int32_t)open, (int32_t)close };
    return ERR_NONE;
}

enum err vroom_windows(struct vroom *r, const struct node *at, struct tour_windows *ret_w)
{
    const struct json_value *v = json_member(at->v, "time_windows");
    struct node list = { .up = at, .name = "time_windows", .v = v };
    int n = 0;
    if (!v)
        return ERR_NONE;
    if (v->kind != JSON_ARRAY || v->n < 1 || v->n > TOUR_WINDOWS_MAX)
        return vroom_wrong(r, &list, NULL, "must be an array of 1 to 64 windows");
    struct tour_window *w = NEW(&r->c->mem, struct tour_window, v->n);
    for (const struct json_value *i = v->first; i; i = i->next, n++) {
        struct node item = vroom_item(&list, n, i);
        TRY(vroom_window(r, &item, &w[n]));
    }
    qsort(w, (size_t)n, sizeof *w, by_open);
    for (int i = 1; i < n; i++)
        if (w[i].open <= w[i - 1].close)
            return vroom_wrong(r, &list, NULL, "two windows overlap");
    *ret_w = (struct tour_windows){ w, n };
    return ERR_NONE;
}

enum err vroom_amounts(struct vroom *r, const struct node *at, const char *name,
                       int64_t *ret_amounts)
{
    const struct json_value *v = json_member(at->v, name);
    struct node list = { .up = at, .name = name, .v = v };
    int n = 0;
    if (!v)
        return ERR_NONE;
    if (v->kind != JSON_ARRAY || v->n > TOUR_AMOUNTS_MAX)
        return vroom_wrong(r, &list, NULL, "must be an array of at most 8 whole numbers");
    for (const struct json_value *i = v->first; i; i = i->next, n++) {
        struct node item = vroom_item(&list, n, i);
        if (!json_whole(i, 0, TOUR_TIME_MAX, &ret_amounts[n]))
            return vroom_wrong(r, &item, NULL, "must be a whole number from 0 to 1000000000");
    }
    if (r->p->amounts_n && n && n != r->p->amounts_n)
        return vroom_wrong(r, &list, NULL, "has another length than the amounts before");
    if (n)
        r->p->amounts_n = n;
    return ERR_NONE;
}

/* A location_index within the matrices, and the coordinates when they are given. */
enum err vroom_place(struct vroom *r, const struct node *at, const char *where, const char *which,
                     struct vroom_spot *ret_spot)
{
    const struct json_value *v = json_member(at->v, where);
    struct node pair = { .up = at, .name = where, .v = v };
    int64_t index;
    if (v) {
        if (v->kind != JSON_ARRAY || v->n != 2 || v->first->kind != JSON_NUMBER ||
            v->first->next->kind != JSON_NUMBER ||
            !sv_real(v->first->text, -180, 180, &ret_spot->lon) ||
            !sv_real(v->first->next->text, -90, 90, &ret_spot->lat))
            return vroom_wrong(r, &pair, NULL, "must be [longitude, latitude]");
        ret_spot->located = true;
        ret_spot->place = vroom_spot_at(r, ret_spot->lon, ret_spot->lat);
    }
    if (r->streets)
        return ERR_NONE;
    v = json_member(at->v, which);
    if (!v && ret_spot->located)
        return vroom_wrong(r, at, which, "is wanted: the row of the matrices");
    if (!v)
        return ERR_NONE;
    if (!json_whole(v, 0, r->p->places_n - 1, &index))
        return vroom_wrong(r, at, which,
                           sv_fmt(&r->c->mem, "must be a row of the matrices, 0 to %d",
                                  r->p->places_n - 1).at);
    ret_spot->place = (int32_t)index;
    return ERR_NONE;
}
