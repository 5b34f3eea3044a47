/* page.c - an elder's own menu as an answer. */

#include "base/messages.h"
#include "care/near/walk.h"
#include "care/suited/suited.h"
#include "http/describe/gives.h"
#include "http/http.h"

static void put_line(struct ctx *c, struct json *j, const struct menu_line *l)
{
    json_object(j, NULL);
    json_id(j, "item", l->item.id.n);
    json_text(j, "name", l->item.plain_name);
    json_text(j, "unit", sv_of(choice_named(&unit_choices[l->item.unit], c->lang)));
    json_id(j, "offer", l->offer.id.n);
    json_id(j, "place", l->place.id.n);
    json_text(j, "place_name", l->place.name);
    if (l->distance_m >= 0)
        json_int(j, "distance_m", l->distance_m);
    if (l->walked)
        json_int(j, "walk_min", walk_minutes(l->distance_m));
    json_bool(j, "at_home", l->item.at_home);
    json_int(j, "price", l->price.total.fen);
    json_int(j, "own_pay", l->price.own_pay.fen);
    json_text(j, "price_note", l->price.note);
    json_end(j, '}');
}

static void put_domains(struct ctx *c, struct json *j, const struct menu *m)
{
    json_array(j, "domains");
    for (size_t i = 0; i < m->lines_n;) {
        int domain = m->lines[i].item.domain;
        json_object(j, NULL);
        json_text(j, "key", sv_of(domain_choices[domain].key));
        json_text(j, "name", sv_of(choice_named(&domain_choices[domain], c->lang)));
        json_array(j, "lines");
        for (; i < m->lines_n && m->lines[i].item.domain == domain; i++)
            put_line(c, j, &m->lines[i]);
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err put_before(struct ctx *c, struct json *j, const struct menu *m)
{
    json_array(j, "before");
    for (size_t i = 0; i < m->before_n; i++) {
        const struct care_order *o = &m->before[i];
        struct catalogue_item item;
        struct organisation org;
        bool found;
        TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
        TRY(entity_load(c, &organisation_entity, o->org.n, &org, &found));
        json_object(j, NULL);
        json_id(j, "order", o->id.n);
        json_id(j, "offer", o->offer.n);
        if (o->place.n)
            json_id(j, "place", o->place.n);
        json_text(j, "name", item.plain_name);
        json_text(j, "org_name", org.name);
        json_day(j, "day", o->day);
        json_int(j, "start_min", o->start_min);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err menu_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct menu *m;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(menu_of(c, (struct elder_id){ id }, &m));
    TRY(quota_json(c, &a->json, &m->elder));
    put_domains(c, &a->json, m);
    return put_before(c, &a->json, m);
}

static const struct field menu_line_gives[] = {
    SAYS(ID, "item"), SAYS(TEXT, "name"), SAYS(TEXT, "unit"), SAYS(ID, "offer"), SAYS(ID, "place"),
    SAYS(TEXT, "place_name"),
    MAY_SAY(INT, "distance_m", .zh = "步行距离（米）；没有 walk_min 时为直线距离",
            .en = "Metres to walk; without walk_min as the crow flies"),
    MAY_SAY(INT, "walk_min", .zh = "老人步行几分钟", .en = "Minutes at an old person's pace"),
    SAYS(BOOL, "at_home"), SAYS(MONEY, "price"), SAYS(MONEY, "own_pay"), SAYS(TEXT, "price_note"),
    { 0 },
};
static const struct field menu_domain_gives[] = {
    SAYS(CHOICE, "key", .choices = domain_choices), SAYS(TEXT, "name"),
    SAYS(LIST, "lines", .record = menu_line_gives), { 0 },
};
static const struct field before_gives[] = {
    SAYS(ID, "order"), SAYS(ID, "offer"), MAY_SAY(ID, "place"), SAYS(TEXT, "name"),
    SAYS(TEXT, "org_name"), SAYS(DAY, "day"), SAYS(INT, "start_min"), { 0 },
};
static const struct field menu_gives[] = {
    SAYS(LIST, "quotas", .record = quota_line_gives),
    SAYS(LIST, "domains", .record = menu_domain_gives),
    SAYS(LIST, "before", .record = before_gives, .zh = "用过的", .en = "What she had before"),
    { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/elder/{id}/menu", .run = menu_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = menu_gives, .zh = "老年人的服务菜单",
      .en = "An elder's own menu: near, helped with, had before" },
    { 0 },
};

const struct module suited_module = { .name = "suited", .endpoints = endpoints };
