/*
 * graph_csv.c - reads a street net as tables: nodes, and arcs between them.
 *
 * Nodes: id (a whole number), lat, lon (WGS 84). Arcs: from, to; optional id, length_m (0 or empty:
 * as the two points lie), and any of OpenStreetMap's keys as further columns of either table
 * (highway, name, foot, step_count, barrier ...), with the meaning of tags.h; without a highway an
 * arc is a residential street. Columns of other names are passed over.
 *
 * Which way an arc may be used: in a table without a column `oneway` an arc leads from `from` to
 * `to` for everybody, and two that are alike but for their direction make one street both ways. In
 * a table with it a row is a street both ways, and oneway binds wheels as it does on a map.
 */

#include "geo/degrees.h"
#include "roads/import/import.h"
#include "roads/import/tags.h"

#include "base/csv.h"
#include "roads/file.h"

#include <stdlib.h>
#include <string.h>

enum { NO_COLUMN = CSV_COLUMNS_MAX, PARALLEL_MAX = 64 };

/* A row of arcs; `low` and `high`: its ends in order; `turned`: it leads from high to low. */
struct graph_arc { int64_t low, high, id; bool turned; size_t row; struct road_way way; };

/* The columns of a table; TAG_NONE where a column is no key. */
struct graph {
    struct source *source;
    struct csv     table;
    struct arena   mem;              /* the text and unquoted cells */
    size_t         id, lat, lon, from, to, length;
    enum osm_tag   tag[CSV_COLUMNS_MAX];
    size_t         columns;
    bool           directed;
    struct graph_arc *arc;
    size_t         arcs, arcs_room;
};

static enum err cell_bad(struct ctx *c, const struct graph *g, const char *column,
                         const struct why *why)
{
    long long line = g->table.line;
    const struct why said = {
        .zh = sv_fmt(&c->mem, "第 %lld 行 %s 列：%s", line, column, why->zh).at,
        .en = sv_fmt(&c->mem, "line %lld, column %s: %s", line, column, why->en).at,
    };
    return source_bad(c, g->source, &said);
}

static enum err row_bad(struct ctx *c, const struct graph *g, const struct why *why)
{
    long long line = g->table.line;
    const struct why said = { .zh = sv_fmt(&c->mem, "第 %lld 行：%s", line, why->zh).at,
                              .en = sv_fmt(&c->mem, "line %lld: %s", line, why->en).at };
    return source_bad(c, g->source, &said);
}

static struct sv cell(const struct graph *g, size_t column)
{
    return column == NO_COLUMN ? SV("") : sv_trim(csv_cell(&g->table, column));
}

/* --- the head --- */

static void head_read(struct graph *g)
{
    const struct { const char *name; size_t *at; } known[] = {
        { "id", &g->id }, { "lat", &g->lat }, { "lon", &g->lon },
        { "from", &g->from }, { "to", &g->to }, { "length_m", &g->length },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        *known[k].at = NO_COLUMN;
    g->directed = true;
    g->columns = g->table.cells_n;
    for (size_t i = 0; i < g->columns; i++) {
        struct sv name = sv_trim(g->table.cells[i]);
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (sv_is(name, known[k].name))
                *known[k].at = i;
        g->tag[i] = tag_of(name);
        g->directed &= g->tag[i] != TAG_ONEWAY;
    }
}

static struct osm_tags row_tags(const struct graph *g)
{
    struct osm_tags tags = { 0 };
    for (size_t i = 0; i < g->columns; i++)
        if (g->tag[i] != TAG_NONE)
            tags.value[g->tag[i]] = cell(g, i);
    return tags;
}

/* --- nodes --- */

static enum err node_read(struct ctx *c, struct graph *g)
{
    int64_t id, lat, lon;
    if (!sv_int(cell(g, g->id), INT64_MIN, INT64_MAX, &id))
        return cell_bad(c, g, "id", WHY("不是整数", "it is no whole number"));
    if (!sv_degrees_e7(cell(g, g->lat), LAT_E7_MAX, &lat))
        return cell_bad(c, g, "lat", WHY("不是纬度", "it is no latitude"));
    if (!sv_degrees_e7(cell(g, g->lon), LON_E7_MAX, &lon))
        return cell_bad(c, g, "lon", WHY("不是经度", "it is no longitude"));
    struct osm_tags tags = row_tags(g);
    road_builder_node(g->source->builder, id, (struct point){ (int32_t)lat, (int32_t)lon },
                      tags_node(&tags));
    g->source->nodes++;
    return ERR_NONE;
}

/* --- arcs --- */

static enum err arc_read(struct ctx *c, struct graph *g)
{
    int64_t from, to, length_cm = 0, id = 0;
    struct sv own = cell(g, g->id), length = cell(g, g->length);
    if (!sv_int(cell(g, g->from), INT64_MIN, INT64_MAX, &from))
        return cell_bad(c, g, "from", WHY("不是整数", "it is no whole number"));
    if (!sv_int(cell(g, g->to), INT64_MIN, INT64_MAX, &to))
        return cell_bad(c, g, "to", WHY("不是整数", "it is no whole number"));
    if (own.len && !sv_int(own, 1, INT64_MAX, &id))
        return cell_bad(c, g, "id", WHY("不是从 1 起的整数", "it is no whole number from 1"));
    double m = 0;
    if (length.len && !sv_real(length, 0, ROAD_LENGTH_CM_MAX / 100.0, &m))
        return cell_bad(c, g, "length_m", WHY("不是 0 到 2,000,000 米的长度",
                                              "it is no length in metres from 0 to 2,000,000"));
    length_cm = (int64_t)(m * 100 + 0.5);
    struct osm_tags tags = row_tags(g);
    if (tags.value[TAG_HIGHWAY].len == 0)
        tags.value[TAG_HIGHWAY] = SV("residential");
    g->source->ways++;
    g->source->builder->arcs++;
    struct road_way way;
    if (!tags_way(&tags, &way))
        return ERR_NONE;
    way.length_cm = (uint32_t)length_cm;
    if (g->arcs == g->arcs_room) {
        g->arcs_room = g->arcs_room * 2 + 1024;
        g->arc = block_resize(g->arc, g->arcs_room * sizeof *g->arc);
    }
    g->arc[g->arcs] = (struct graph_arc){ from < to ? from : to, from < to ? to : from, id,
                                          from > to, g->arcs, way };
    g->arcs++;
    return ERR_NONE;
}

/* By ends and length, those of one direction first, then as they came. */
static int arc_order(const void *left, const void *right)
{
    const struct graph_arc *a = left, *b = right;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    if (a->way.length_cm != b->way.length_cm)
        return a->way.length_cm < b->way.length_cm ? -1 : 1;
    if (a->turned != b->turned)
        return a->turned ? 1 : -1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool alike(const struct graph_arc *a, const struct graph_arc *b)
{
    return a->low == b->low && a->high == b->high && a->turned != b->turned &&
           a->way.length_cm == b->way.length_cm && a->way.kind == b->way.kind &&
           a->way.flags == b->way.flags && a->way.wheels == b->way.wheels &&
           a->way.steps == b->way.steps && a->way.wait == b->way.wait &&
           sv_eq(a->way.name, b->way.name);
}

static void way_put(struct graph *g, const struct graph_arc *arc, bool both)
{
    struct road_builder *b = g->source->builder;
    struct road_way way = arc->way;
    int64_t ends[2] = { arc->turned ? arc->high : arc->low, arc->turned ? arc->low : arc->high };
    way.id = arc->id ? arc->id : -1 - (int64_t)b->ways;
    if (!both) {
        way.flags |= ROAD_ONLY_FORWARD;
        way.wheels |= CYCLE_ONLY_FORWARD | CAR_ONLY_FORWARD;
    }
    road_builder_way(b, &way, ends, 2);
}

/*
 * The first one later that leads the other way and is not yet taken. Of more parallel arcs than
 * PARALLEL_MAX some stay two one-way streets, which is the same to who uses them.
 */
static size_t partner_of(const struct graph *g, size_t arc, const bool *taken)
{
    for (size_t i = arc + 1; i < g->arcs && i <= arc + PARALLEL_MAX &&
                             g->arc[i].low == g->arc[arc].low &&
                             g->arc[i].high == g->arc[arc].high; i++)
        if (!taken[i] && alike(&g->arc[arc], &g->arc[i]))
            return i;
    return g->arcs;
}

static void ways_put(struct graph *g)
{
    bool *taken = NEW(&g->mem, bool, g->arcs);
    if (g->directed && g->arcs)
        qsort(g->arc, g->arcs, sizeof *g->arc, arc_order);
    for (size_t i = 0; i < g->arcs; i++) {
        if (taken[i])
            continue;
        size_t other = g->directed ? partner_of(g, i, taken) : g->arcs;
        if (other < g->arcs)
            taken[other] = true;
        way_put(g, &g->arc[i], !g->directed || other < g->arcs);
    }
}

/* --- the file --- */

static struct sv text_read(struct graph *g)
{
    struct source *s = g->source;
    char *text = NEW(&g->mem, char, s->size + 1);
    s->done = fread(text, 1, s->size, s->in);
    return (struct sv){ text, s->done };
}

static enum err rows_read(struct ctx *c, struct graph *g)
{
    bool nodes = g->id != NO_COLUMN && g->lat != NO_COLUMN && g->lon != NO_COLUMN;
    bool arcs = g->from != NO_COLUMN && g->to != NO_COLUMN;
    if (nodes == arcs)
        return source_bad(c, g->source, WHY("它不是 OSM PBF 或 OSM XML，也不是节点表"
                                            "（id,lat,lon）或弧表（from,to）的 CSV",
                                            "it is neither OSM PBF nor OSM XML, nor a CSV table "
                                            "of nodes (id,lat,lon) or arcs (from,to)"));
    while (csv_next(&g->table, &g->mem) && !g->source->builder->full)
        TRY(nodes ? node_read(c, g) : arc_read(c, g));
    if (g->table.fault)
        return row_bad(c, g, WHY("有单元格不是 UTF-8 文字，或引号没有成对",
                                 "a cell is no UTF-8 text, or its quotes are not closed"));
    if (g->source->nodes + g->source->ways == 0)
        return source_bad(c, g->source, WHY("只有表头，没有数据行", "it has a head and no rows"));
    g->source->builder->whole |= arcs;
    ways_put(g);
    return ERR_NONE;
}

static void graph_end(struct graph *g)
{
    block_free(g->arc);
    arena_free(&g->mem);
}

enum err graph_read(struct ctx *c, struct source *s)
{
    struct graph *g = NEW(&c->mem, struct graph, 1);
    g->source = s;
    g->table = csv_new(text_read(g));
    (void)csv_next(&g->table, &g->mem);
    head_read(g);
    enum err e = rows_read(c, g);
    graph_end(g);
    return e;
}
