/* page.c - the books of a day as a page: sums by what for, how and by whom. */

#include "care/counter/inside.h"

#include "care/carer/carer.h"
#include "care/errand/errand.h"
#include "http/describe/gives.h"

static enum err put_line(struct ctx *c, struct json *j, const struct close_line *l)
{
    struct carer a;
    bool found = false, en = c->lang == LANG_EN;
    const struct choice *source = &payment_sources[l->source], *way = &close_ways[l->pay_way];
    if (l->carer.n)
        TRY(entity_load(c, &carer_entity, l->carer.n, &a, &found));
    json_object(j, NULL);
    json_text(j, "source", sv_of(source->key));
    json_text(j, "source_name", sv_of(en ? source->en : source->zh));
    json_text(j, "pay_way", sv_of(way->key));
    json_text(j, "pay_way_name", sv_of(en ? way->en : way->zh));
    if (found) {
        json_id(j, "carer", a.id.n);
        json_text(j, "carer_name", a.name);
    }
    json_int(j, "amount", l->amount.fen);
    json_int(j, "n", l->n);
    json_end(j, '}');
    return ERR_NONE;
}

/* As they stand now: of an open day what counting would expect. */
enum err close_lines_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct close_line *lines = NEW(&c->mem, struct close_line, CLOSE_LINES_MAX);
    struct day_close d;
    struct errand_held held;
    int64_t id, way[4] = { 0 };
    size_t n;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &day_close_entity, id, &d));
    TRY(close_lines(c, d.place, d.day, lines, &n));
    entity_json(c, &a->json, "close", &day_close_entity, &d, false);
    json_array(&a->json, "lines");
    for (size_t i = 0; i < n; i++) {
        TRY(put_line(c, &a->json, &lines[i]));
        way[lines[i].pay_way] += lines[i].amount.fen;
    }
    json_end(&a->json, ']');
    json_int(&a->json, "cash", way[PAY_CASH]);
    json_int(&a->json, "qr", way[PAY_STATION_QR]);
    json_int(&a->json, "transfer", way[PAY_TRANSFER]);
    TRY(errand_held_at(c, d.place, d.day, &held));
    json_int(&a->json, "advances", held.held.fen);
    json_int(&a->json, "advances_n", held.n);
    return ERR_NONE;
}

static const struct field line_gives[] = {
    SAYS(TEXT, "source"), SAYS(TEXT, "source_name"), SAYS(TEXT, "pay_way"),
    SAYS(TEXT, "pay_way_name"), MAY_SAY(ID, "carer"), MAY_SAY(TEXT, "carer_name"),
    SAYS(INT, "amount"), SAYS(INT, "n"), { 0 },
};
const struct field close_lines_gives[] = {
    SAYS(RECORD, "close", .links = "day_close"), SAYS(LIST, "lines", .record = line_gives),
    SAYS(INT, "cash"), SAYS(INT, "qr"), SAYS(INT, "transfer"),
    SAYS(INT, "advances", .zh = "护理员手里的备用金", .en = "Elders' money with carers, for errands"),
    SAYS(INT, "advances_n"), { 0 },
};
