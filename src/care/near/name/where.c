/* where.c - homes by name: the first letters are enough. */

#include "care/near/name/where.h"

enum { WHERE_LIMIT_DEFAULT = 8 };

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
