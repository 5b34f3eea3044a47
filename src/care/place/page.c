/* page.c - everything the public may know about a place. */

#include "care/catalogue/catalogue.h"
#include "care/parameter/parameter.h"
#include "care/place/table.h"

SQL(place_papers);
SQL(place_fees);
SQL(place_offers);
SQL(place_rating);
SQL(place_rating_latest);
SQL(place_carers);
SQL(place_notices);

/* A column of keys as key and, in the caller's language, name. */
static void put_choice(struct ctx *c, struct json *j, const char *name, const char *name_name,
                       const struct choice *choices, struct sv key)
{
    int i = 0;
    json_text(j, name, key);
    if (choice_of(choices, key, &i))
        json_text(j, name_name, sv_of(c->lang == LANG_EN ? choices[i].en : choices[i].zh));
}

static void put_text(struct json *j, const char *name, struct sv text)
{
    if (text.len)
        json_text(j, name, text);
}

static void put_day(struct json *j, const char *name, struct rows *r, int column)
{
    if (rows_value(r, column).type != VALUE_NULL)
        json_day(j, name, (struct day){ rows_int(r, column) });
}

MUST static enum err write_papers(struct ctx *c, struct json *j, const struct place *p)
{
    int64_t days;
    TRY(parameter_int(c, "place.papers_days", p->row.scope, day_of(c->now), &days));
    json_int(j, "papers_days", days);
    struct rows r = db_rows(c, &sql_place_papers, PARAMS(P_INT("org", p->org.n)));
    json_array(j, "papers");
    while (rows_next(&r)) {
        json_object(j, NULL);
        put_choice(c, j, "kind", "kind_name", paper_kinds, rows_text(&r, 0));
        put_text(j, "number", rows_text(&r, 1));
        put_text(j, "issued_by", rows_text(&r, 2));
        put_day(j, "valid_to", &r, 3);
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_fees(struct ctx *c, struct json *j, int64_t place)
{
    struct rows r = db_rows(c, &sql_place_fees, PARAMS(P_INT("place", place)));
    json_array(j, "fees");
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_id(j, "id", rows_int(&r, 0));
        json_text(j, "name", rows_text(&r, 1));
        put_choice(c, j, "unit", "unit_name", unit_choices, rows_text(&r, 2));
        json_int(j, "price", rows_int(&r, 3));
        put_text(j, "note", rows_text(&r, 4));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

static void write_offer(struct ctx *c, struct json *j, struct rows *r)
{
    json_object(j, NULL);
    json_id(j, "id", rows_int(r, 0));
    json_text(j, "name", rows_text(r, 1));
    json_int(j, "price", rows_int(r, 2));
    put_text(j, "unit_note", rows_text(r, 3));
    json_int(j, "lead_min", rows_int(r, 4));
    put_text(j, "description", rows_text(r, 5));
    json_id(j, "item", rows_int(r, 6));
    json_text(j, "plain_name", rows_text(r, 7));
    put_choice(c, j, "unit", "unit_name", unit_choices, rows_text(r, 8));
    json_int(j, "duration_min", rows_int(r, 9));
    put_choice(c, j, "category", "category_name", category_choices, rows_text(r, 10));
    json_bool(j, "at_home", rows_int(r, 11) != 0);
    json_bool(j, "gender_matters", rows_int(r, 12) != 0);
    json_text(j, "errand", rows_text(r, 13));
    json_int(j, "carers", rows_int(r, 14) == 2 ? 2 : 1);
    json_end(j, '}');
}

MUST static enum err write_offers(struct ctx *c, struct json *j, const struct place *p)
{
    struct rows r = db_rows(c, &sql_place_offers, PARAMS(P_INT("place", p->id.n),
                                                         P_ID("org", p->org.n)));
    json_array(j, "offers");
    while (rows_next(&r))
        write_offer(c, j, &r);
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_latest(struct ctx *c, struct json *j, struct params p)
{
    struct rows r = db_rows(c, &sql_place_rating_latest, p);
    json_array(j, "latest");
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_int(j, "stars", rows_int(&r, 0));
        put_text(j, "words", rows_text(&r, 1));
        put_text(j, "reply", rows_text(&r, 2));
        json_day(j, "day", day_of((struct moment){ rows_int(&r, 3) }));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_rating(struct ctx *c, struct json *j, const struct place *p)
{
    struct params params = PARAMS(P_INT("place", p->id.n), P_ID("org", p->org.n));
    struct rows r = db_rows(c, &sql_place_rating, params);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : 0;
    int64_t sum = n ? rows_int(&r, 1) : 0;
    TRY(rows_end(&r));
    json_object(j, "rating");
    json_int(j, "n", n);
    if (n)
        json_fixed(j, "mean", (sum * 10 + n / 2) / n, 1);
    TRY(write_latest(c, j, params));
    json_end(j, '}');
    return ERR_NONE;
}

static void write_skills(struct json *j, int64_t bits)
{
    json_array(j, "skills");
    for (size_t i = 0; i < choices_n(skill_choices); i++)
        if (bits >> i & 1)
            json_text(j, NULL, sv_of(skill_choices[i].key));
    json_end(j, ']');
}

/* Who might come: the family name is enough before an order. */
MUST static enum err write_carers(struct ctx *c, struct json *j, const struct place *p)
{
    struct rows r = db_rows(c, &sql_place_carers, PARAMS(P_INT("place", p->id.n),
                                                         P_ID("org", p->org.n)));
    json_array(j, "carers");
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_id(j, "id", rows_int(&r, 0));
        json_text(j, "name", mask_text(&c->mem, MASK_NAME, rows_text(&r, 1)));
        json_text(j, "gender", rows_text(&r, 2));
        write_skills(j, rows_int(&r, 3));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_notices(struct ctx *c, struct json *j, int64_t scope)
{
    int64_t up[DIVISION_CHAIN_MAX] = { 0 };
    division_chain(scope, up);
    struct rows r = db_rows(c, &sql_place_notices, PARAMS(
        P_INT("a", up[0]), P_INT("b", up[1]), P_INT("c", up[2]), P_INT("d", up[3]),
        P_INT("e", up[4]), P_INT("today", day_of(c->now).n)));
    json_array(j, "notices");
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_id(j, "id", rows_int(&r, 0));
        json_text(j, "title", rows_text(&r, 1));
        put_day(j, "show_from", &r, 2);
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_org(struct ctx *c, struct json *j, int64_t id)
{
    struct organisation o;
    bool found;
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &organisation_entity, id, &o, &found));
    if (!found || (o.state != REVIEW_PUBLISHED && !who_may(c, MAY_READ_DIRECTORY)))
        return ERR_NONE;
    entity_json(c, j, "org", &organisation_entity, &o, false);
    return ERR_NONE;
}

static enum err page(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct place p;
    struct calendar k;
    struct json *j = &a->json;
    TRY(request_id(c, q, 0, &id));
    TRY(place_shown(c, id, &p));
    entity_json(c, j, "place", &place_entity, &p, false);
    json_text(j, "kind_name",
              sv_of(c->lang == LANG_EN ? place_kinds[p.kind].en : place_kinds[p.kind].zh));
    TRY(calendar_load(c, &c->mem, &k));
    place_open_write(c, j, &p, &k);
    put_text(j, "rating_text",
             place_rating_text(&c->mem, p.rating_scheme, p.rating_level, c->lang));
    TRY(write_org(c, j, p.org.n));
    TRY(write_papers(c, j, &p));
    TRY(place_photos_write(c, j, p.id.n));
    TRY(write_fees(c, j, p.id.n));
    TRY(write_offers(c, j, &p));
    TRY(write_rating(c, j, &p));
    TRY(write_carers(c, j, &p));
    return write_notices(c, j, p.row.scope);
}

const struct endpoint place_endpoints[] = {
    { .verb = GET, .path = "/api/place/{id}/page", .run = page, .lane = READS, .may = MAY_ANYONE,
      .gives = place_page_gives, .zh = "网点详情", .en = "A place's page" },
    { .verb = GET, .path = "/api/place/{id}/photo/{photo}", .run = place_photo_get, .lane = READS,
      .may = MAY_ANYONE, .media = "image/jpeg", .zh = "网点照片（小图）",
      .en = "A published photo of a place, small" },
    { .verb = GET, .path = "/api/places/opening", .run = places_opening_get, .lane = READS,
      .may = MAY_READ_DIRECTORY, .query = places_asked_fields,
      .query_size = sizeof(struct places_asked), .gives = places_opening_gives,
      .zh = "各网点现在是否开放", .en = "Which of these places are open now" },
    { 0 },
};
