/*
 * marks.c - the points of the console's map: places one by one, or drawn together by cells where
 * the view holds more than an eye can tell apart. How many there are is always told in full.
 */

#include "care/near/ask.h"
#include "care/near/name/where.h"
#include "geo/shape.h"

enum { MARKS_MAX = 5000, CELLS_FROM = 150, CELLS_MAX = 64 };

const struct field map_asked_fields[] = {
    FIELD(struct map_asked, bbox, .required = true, .high = 80, .zh = "范围：西,南,东,北",
          .en = "West,south,east,north"),
    FIELD(struct map_asked, kinds, .high = 400, .zh = "类型", .en = "Kinds, by comma"),
    FIELD(struct map_asked, cells, .low = 1, .high = CELLS_MAX,
          .zh = "多于 150 个时汇总：横向几格", .en = "More than 150: this many cells across"),
    { 0 },
};

struct cell { int64_t lat_sum, lon_sum; uint32_t n, last; };
struct marks {
    const struct directory *d;
    const struct near_want *now;       /* of which the moment alone is asked */
    struct point_box        box;
    uint32_t                kinds;     /* a bit each */
    int64_t                 of_kind[PLACE_KINDS], total;
};

static uint32_t kinds_of(struct sv list)
{
    uint32_t bits = 0;
    struct sv word;
    while (sv_cut(&list, ',', &word)) {
        int i;
        if (choice_of(place_kinds, sv_trim(word), &i))
            bits |= 1u << i;
    }
    return bits ? bits : UINT32_MAX;
}

static bool wanted(const struct marks *m, uint32_t place)
{
    return (m->kinds >> m->d->kind[place] & 1) && box_holds(&m->box, m->d->place[place].at);
}

static void count(struct marks *m)
{
    for (uint32_t i = 0; i < m->d->places; i++)
        if (box_holds(&m->box, m->d->place[i].at)) {
            m->of_kind[m->d->kind[i]]++;
            m->total += m->kinds >> m->d->kind[i] & 1;
        }
}

/* What is shut has another mark, so whether it is stands with each point. */
static void put_place(struct buf *b, const struct marks *m, uint32_t i, enum lang lang)
{
    const struct listed_place *p = &m->d->place[i];
    buf_text(b, "{\"type\":\"Feature\",\"geometry\":");
    geojson_point(b, p->at);
    buf_text(b, ",\"properties\":{");
    buf_put(b, directory_text(m->d, i, lang));
    buf_text(b, ",\"open\":\"");
    buf_text(b, near_open(m->d, i, m->now)->word);
    buf_text(b, "\"}}");
}

static void put_places(struct buf *b, const struct marks *m, enum lang lang)
{
    int shown = 0;
    for (uint32_t i = 0; i < m->d->places && shown < MARKS_MAX; i++)
        if (wanted(m, i)) {
            buf_text(b, shown++ ? "," : "");
            put_place(b, m, i, lang);
        }
}

/* --- drawn together --- */

static size_t cell_of(const struct point_box *box, struct point at, int64_t across)
{
    int64_t wide = (int64_t)box->high.lon_e7 - box->low.lon_e7 + 1;
    int64_t high = (int64_t)box->high.lat_e7 - box->low.lat_e7 + 1;
    int64_t x = ((int64_t)at.lon_e7 - box->low.lon_e7) * across / wide;
    int64_t y = ((int64_t)at.lat_e7 - box->low.lat_e7) * across / high;
    return (size_t)(y * across + x);
}

static void put_cell(struct buf *b, const struct marks *m, const struct cell *k, enum lang lang)
{
    struct point middle = { (int32_t)(k->lat_sum / k->n), (int32_t)(k->lon_sum / k->n) };
    if (k->n == 1) {
        put_place(b, m, k->last, lang);
        return;
    }
    buf_text(b, "{\"type\":\"Feature\",\"geometry\":");
    geojson_point(b, middle);
    buf_text(b, ",\"properties\":{\"total\":");
    buf_int(b, k->n);
    buf_text(b, "}}");
}

/* A cell stands where its places are on average; a place alone in its cell stays itself. */
static void put_cells(struct arena *mem, struct buf *b, const struct marks *m, int64_t across,
                      enum lang lang)
{
    size_t cells = (size_t)(across * across), shown = 0;
    struct cell *cell = NEW(mem, struct cell, cells);
    for (uint32_t i = 0; i < m->d->places; i++)
        if (wanted(m, i)) {
            struct point at = m->d->place[i].at;
            struct cell *k = &cell[cell_of(&m->box, at, across)];
            k->lat_sum += at.lat_e7;
            k->lon_sum += at.lon_e7;
            k->last = i;
            k->n++;
        }
    for (size_t i = 0; i < cells; i++)
        if (cell[i].n) {
            buf_text(b, shown++ ? "," : "");
            put_cell(b, m, &cell[i], lang);
        }
}

/* Keys are words of ours that need no escaping. */
static void put_kinds(struct buf *b, const struct marks *m)
{
    const char *comma = "";
    for (int i = 0; i < PLACE_KINDS; i++)
        if (m->of_kind[i]) {
            buf_text(b, comma);
            buf_text(b, "{\"kind\":\"");
            buf_text(b, place_kinds[i].key);
            buf_text(b, "\",\"total\":");
            buf_int(b, m->of_kind[i]);
            buf_byte(b, '}');
            comma = ",";
        }
}

static void put_flag(struct buf *b, const char *name, bool value)
{
    buf_text(b, name);
    buf_text(b, value ? "true" : "false");
}

enum err map_places_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct map_asked *asked = q->query;
    const struct near_want now = { .at = c->now, .openings = near_openings(&c->mem) };
    struct marks m = { .kinds = kinds_of(asked->kinds), .now = &now };
    struct directory *d;
    if (!box_of_text(asked->bbox, &m.box)) {
        fail_field(c, SV("bbox"), "near.bbox");
        return fail_fields(c);
    }
    TRY(directory_enter(c, &d));
    m.d = d;
    count(&m);
    bool cells = asked->cells.known && m.total > CELLS_FROM;
    struct buf *b = &a->body;
    a->type = "application/geo+json";
    buf_text(b, "{\"type\":\"FeatureCollection\",\"features\":[");
    if (cells)
        put_cells(&c->mem, b, &m, asked->cells.n, c->lang);
    else
        put_places(b, &m, c->lang);
    buf_text(b, "],\"kinds\":[");
    put_kinds(b, &m);
    buf_text(b, "],\"total\":");
    buf_int(b, m.total);
    put_flag(b, ",\"cells\":", cells);
    put_flag(b, ",\"cut\":", !cells && m.total > MARKS_MAX);
    buf_byte(b, '}');
    directory_leave(c, d);
    return ERR_NONE;
}
