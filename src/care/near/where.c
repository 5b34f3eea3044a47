/* where.c - homes and things by name: the first letters are enough. */

#include "care/near/where.h"

enum { WHERE_LIMIT_DEFAULT = 8, WHERE_LIMIT_MAX = 30, SEARCH_EACH = 6 };

const struct field where_asked_fields[] = {
    FIELD(struct where_asked, q, .high = 60, .zh = "名称、拼音或首字母",
          .en = "Name, pinyin or initials"),
    FIELD(struct where_asked, limit, .low = 1, .high = WHERE_LIMIT_MAX, .zh = "条数",
          .en = "How many"),
    FIELD(struct where_asked, lat, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct where_asked, lon, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    { 0 },
};

static void write_point(struct json *j, struct point at)
{
    json_fixed(j, "lat", at.lat_e7, 7);
    json_fixed(j, "lon", at.lon_e7, 7);
}

void where_item_json(struct json *j, const char *name, const struct directory *d,
                     const struct listed_found *f)
{
    json_object(j, name);
    if (f->kind == LISTED_COMPOUND) {
        const struct listed_compound *k = &d->compound[f->ref];
        json_text(j, "kind", SV("compound"));
        json_id(j, "id", k->id);
        json_text(j, "name", k->name);
        json_text(j, "path", k->path);
        write_point(j, k->at);
        json_bool(j, "has_gates", k->gates_n > 0);
    } else {
        const struct listed_division *v = &d->division[f->ref];
        bool street = division_level_of(v->scope) == DIVISION_STREET;
        json_text(j, "kind", street ? SV("street") : SV("community"));
        json_id(j, "id", v->id);
        json_text(j, "name", v->name);
        json_text(j, "path", v->path);
        write_point(j, v->at);
        json_bool(j, "has_gates", false);
    }
    json_end(j, '}');
}

enum err where_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct where_asked *asked = q->query;
    struct listed_found found[WHERE_LIMIT_MAX];
    struct directory *d;
    size_t limit = asked->limit.known ? (size_t)asked->limit.n : WHERE_LIMIT_DEFAULT;
    TRY(directory_enter(c, &d));
    size_t n = directory_find(&c->mem, d, asked->q, 1u << LISTED_COMPOUND | 1u << LISTED_DIVISION,
                              found, limit);
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++)
        where_item_json(&a->json, NULL, d, &found[i]);
    json_end(&a->json, ']');
    directory_leave(c, d);
    return ERR_NONE;
}

/* --- one box for everything --- */

struct hit_text { const char *kind; int64_t id; struct sv title, sub, href; };

static struct sv link_to(struct arena *mem, const char *page, int64_t id)
{
    return sv_fmt(mem, "%s%lld", page, (long long)id);
}

static struct hit_text hit_of(struct ctx *c, const struct directory *d,
                              const struct listed_found *f)
{
    const struct listed_place *p = &d->place[f->ref];
    const struct listed_item *t = &d->item[f->ref];
    const struct listed_compound *k = &d->compound[f->ref];
    bool zh = c->lang == LANG_ZH;
    switch (f->kind) {
    case LISTED_ITEM:
        return (struct hit_text){ "service", t->id, t->plain_name,
            sv_of(zh ? category_choices[t->category].zh : category_choices[t->category].en),
            link_to(&c->mem, "/near?item=", t->id) };
    case LISTED_PLACE:
        return (struct hit_text){ "place", p->id, p->name,
                                  p->address.len ? p->address
                                                 : sv_of(zh ? place_kinds[d->kind[f->ref]].zh
                                                            : place_kinds[d->kind[f->ref]].en),
                                  link_to(&c->mem, "/place/", p->id) };
    case LISTED_COMPOUND:
        return (struct hit_text){ "compound", k->id, k->name, k->path,
                                  link_to(&c->mem, "/near?compound=", k->id) };
    default:
        return (struct hit_text){ "notice", d->notice[f->ref].id, d->notice[f->ref].title, SV(""),
                                  link_to(&c->mem, "/notice/", d->notice[f->ref].id) };
    }
}

static bool shown_today(const struct ctx *c, const struct directory *d,
                        const struct listed_found *f)
{
    int64_t today = day_of(c->now).n;
    return f->kind != LISTED_NOTICE ||
           (today >= d->notice[f->ref].from && today <= d->notice[f->ref].to);
}

/* Of equally good names the nearer place first. */
static void nearer_first(const struct directory *d, struct point home, struct listed_found *f,
                         size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && f[k].kind == LISTED_PLACE && f[k].weight == f[k - 1].weight &&
                           point_distance_m(home, d->place[f[k].ref].at) <
                               point_distance_m(home, d->place[f[k - 1].ref].at); k--) {
            struct listed_found other = f[k];
            f[k] = f[k - 1];
            f[k - 1] = other;
        }
}

static void write_group(struct ctx *c, struct json *j, const struct directory *d,
                        const struct where_asked *asked, enum listed_kind kind)
{
    struct listed_found found[WHERE_LIMIT_MAX];
    struct point home = { (int32_t)asked->lat.e7, (int32_t)asked->lon.e7 };
    size_t n = directory_find(&c->mem, d, asked->q, 1u << kind, found, WHERE_LIMIT_MAX);
    if (n == 0)
        return;
    if (kind == LISTED_PLACE && (home.lat_e7 || home.lon_e7))
        nearer_first(d, home, found, n);
    json_object(j, NULL);
    json_text(j, "kind", sv_of(hit_of(c, d, &found[0]).kind));
    json_array(j, "items");
    for (size_t i = 0, shown = 0; i < n && shown < SEARCH_EACH; i++) {
        struct hit_text h = hit_of(c, d, &found[i]);
        if (!shown_today(c, d, &found[i]))
            continue;
        shown++;
        json_object(j, NULL);
        json_id(j, "id", h.id);
        json_text(j, "title", h.title);
        json_text(j, "sub", h.sub);
        json_text(j, "href", h.href);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

enum err search_get(struct ctx *c, const struct request *q, struct answer *a)
{
    static const enum listed_kind order[] = { LISTED_ITEM, LISTED_PLACE, LISTED_COMPOUND,
                                              LISTED_NOTICE };
    const struct where_asked *asked = q->query;
    struct directory *d;
    TRY(directory_enter(c, &d));
    json_array(&a->json, "groups");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        write_group(c, &a->json, d, asked, order[i]);
    json_end(&a->json, ']');
    directory_leave(c, d);
    return ERR_NONE;
}
