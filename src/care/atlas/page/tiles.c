/*
 * tiles.c - GET /api/atlas/tiles/{z}/{x}/{y}: coverage as vector tiles, for maps of others.
 *
 * One layer "coverage": each division of the level with its boundary as polygon, without one its
 * middle as a point; tags name, known, walk, permille. Only what the caller answers for.
 */

#include "care/atlas/page/ask.h"

#include "care/division/borders.h"
#include "geo/tile.h"

#include <stdlib.h>

SQL(division_borders);

enum { TILE_DIVISIONS_MAX = 500 };

/* Rows by division, so that boundaries find theirs. */
static int by_division(const void *left, const void *right)
{
    const struct atlas_row *a = left, *b = right;
    int64_t x = a->division ? a->division->id : 0, y = b->division ? b->division->id : 0;
    return (x > y) - (x < y);
}

static struct atlas_row *row_of(const struct atlas_rows *rows, int64_t division)
{
    size_t low = 0, high = rows->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct listed_division *d = rows->at[middle].division;
        if ((d ? d->id : 0) < division)
            low = middle + 1;
        else
            high = middle;
    }
    struct atlas_row *row = low < rows->n ? &rows->at[low] : NULL;
    return row && row->division && row->division->id == division ? row : NULL;
}

static void tags(struct tile_layer *l, enum tile_kind kind, const struct atlas_row *row)
{
    tile_begin(l, kind, (uint64_t)row->division->id);
    tile_tag_text(l, "name", row->division->name);
    tile_tag_int(l, "known", row->sum.known);
    tile_tag_int(l, "walk", row->sum.walk);
    tile_tag_int(l, "permille", atlas_permille(row->sum.walk, row->sum.known));
}

static void add_shape(struct ctx *c, struct tile_layer *l, const struct tile_frame *f,
                      const struct atlas_row *row, struct sv boundary)
{
    size_t n;
    const struct point *ring = division_boundary_ring(c, boundary, &n);
    if (n < 4)
        return;
    n--;                                     /* GeoJSON says its first point again */
    struct tile_xy *at = NEW(&c->mem, struct tile_xy, n);
    for (size_t i = 0; i < n; i++)
        at[i] = tile_place(f, ring[i]);
    bool back = tile_turning(at, n) < 0;
    for (size_t i = 0; back && i < n / 2; i++) {
        struct tile_xy other = at[i];
        at[i] = at[n - 1 - i];
        at[n - 1 - i] = other;
    }
    tags(l, TILE_POLYGON, row);
    tile_ring(l, at, n);
    tile_end(l);
}

static void add_middles(struct tile_layer *l, const struct tile_frame *f,
                        const struct atlas_rows *rows, const bool *drawn)
{
    struct point_box box = tile_box(f);
    for (size_t i = 0; i < rows->n; i++) {
        const struct atlas_row *row = &rows->at[i];
        if (drawn[i] || !row->division || !box_holds(&box, row->division->at))
            continue;
        tags(l, TILE_POINT, row);
        tile_point(l, tile_place(f, row->division->at));
        tile_end(l);
    }
}

MUST static enum err add_shapes(struct ctx *c, struct tile_layer *l, const struct tile_frame *f,
                                const struct atlas_question *q, const struct atlas_rows *rows,
                                bool *drawn)
{
    static const enum division_level levels[] = { DIVISION_COMMUNITY, DIVISION_STREET,
                                                  DIVISION_DISTRICT };
    struct point_box box = tile_box(f);
    int64_t reach = division_reach_e7[levels[q->level]];
    struct rows r = db_rows(c, &sql_division_borders, PARAMS(
        P_TEXT("level", sv_of(division_levels[levels[q->level]].key)),
        P_INT("south", box.low.lat_e7 - reach), P_INT("north", box.high.lat_e7 + reach),
        P_INT("west", box.low.lon_e7 - reach), P_INT("east", box.high.lon_e7 + reach),
        P_INT("n", TILE_DIVISIONS_MAX)));
    while (rows_next(&r)) {
        const struct atlas_row *row = row_of(rows, rows_int(&r, 0));
        if (!row)
            continue;
        drawn[row - rows->at] = true;
        add_shape(c, l, f, row, rows_text(&r, 2));
    }
    return rows_end(&r);
}

MUST static enum err draw(struct ctx *c, const struct tile_frame *f,
                          const struct atlas_question *q, struct atlas_rows *rows, struct buf *out)
{
    struct tile_layer l = tile_layer(&c->mem, "coverage");
    bool *drawn = NEW(&c->mem, bool, rows->n + 1);
    if (rows->n)
        qsort(rows->at, rows->n, sizeof *rows->at, by_division);
    TRY(add_shapes(c, &l, f, q, rows, drawn));
    add_middles(&l, f, rows, drawn);
    tile_layer_put(&l, out);
    return ERR_NONE;
}

enum err atlas_tile_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t z, x, y;
    struct tile_frame frame;
    struct atlas_question question;
    struct atlas *atlas;
    struct directory *d;
    if (!sv_int(q->param[0], 0, TILE_ZOOM_MAX, &z) || !sv_int(q->param[1], 0, INT32_MAX, &x) ||
        !sv_int(q->param[2], 0, INT32_MAX, &y) || !tile_frame_of((int)z, x, y, &frame))
        return fail(c, ERR_MISSING, "near.tile", "there is no such tile");
    TRY(atlas_question_of(c, q->query, &question));
    TRY(atlas_enter(c, &atlas));
    struct atlas_sums sums = atlas_count(&c->mem, atlas, &question.rule);
    atlas_leave(c, atlas);
    TRY(directory_enter(c, &d));
    struct atlas_rows rows = atlas_rows_of(c, d, &question, &sums, NULL);
    a->type = "application/vnd.mapbox-vector-tile";
    a->kept = true;
    enum err err = draw(c, &frame, &question, &rows, &a->body);
    directory_leave(c, d);
    return err;
}
