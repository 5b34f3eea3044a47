/*
 * table.c - 找餐桌: of these places, what there is to eat at the next sitting, at what price after
 * subsidy and why, brought or not, until when it can be ordered.
 */

#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

SQL(table_offers);

enum { TABLES_MAX = 40, TABLE_OFFERS_MAX = 8 };

const struct field tables_asked_fields[] = {
    FIELD(struct tables_asked, places, .required = true, .high = 900, .zh = "网点编号，逗号分隔",
          .en = "Places, by comma, at most 40"),
    LINK(struct tables_asked, elder, "elder", .zh = "老年人",
         .en = "For whom; else prices as for all"),
    FIELD(struct tables_asked, day, .zh = "日期", .en = "Day; of the next sitting when absent"),
    CHOICE(struct tables_asked, sitting, sitting_choices, .zh = "餐次",
           .en = "Sitting; none is the next one"),
    { 0 },
};

static const struct field offered_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(CHOICE, "way", .choices = meal_way_choices),
    SAYS(TEXT, "way_name"), SAYS(MONEY, "price"), SAYS(MONEY, "own_pay"),
    SAYS(TEXT, "why", .zh = "价格说明", .en = "Why it costs that"),
    MAY_SAY(INT, "area_m", .zh = "送餐步行距离（米）", .en = "Brought within walking metres"), { 0 },
};
static const struct field register_gives[] = {
    SAYS(CHOICE, "operated_by", .choices = meal_operators), SAYS(TEXT, "operated_by_name"),
    SAYS(CHOICE, "open_kitchen", .choices = open_kitchens), SAYS(TEXT, "open_kitchen_name"),
    SAYS(CHOICE, "hygiene", .choices = hygiene_grades), SAYS(TEXT, "hygiene_name"),
    MAY_SAY(DAY, "hygiene_on"), MAY_SAY(TEXT, "hygiene_source"), SAYS(BOOL, "delivers"),
    SAYS(INT, "seats"), MAY_SAY(TEXT, "kitchen_name"), { 0 },
};
static const struct field table_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), MAY_SAY(TEXT, "phone"),
    SAYS(BOOL, "closed", .zh = "当天停业", .en = "Shut on that day"),
    MAY_SAY(TEXT, "closed_reason"), SAYS(MOMENT, "cut_off"), SAYS(TEXT, "cut_off_text"),
    SAYS(BOOL, "past", .zh = "已过截止", .en = "The cut-off has passed"),
    SAYS(BOOL, "delivered"), SAYS(LIST, "offers", .record = offered_gives),
    SAYS(LIST, "dishes", .record = dish_gives),
    MAY_SAY(RECORD, "register", .record = register_gives),
    SAYS(LIST, "warnings", .zh = "饮食提醒", .en = "What her diet says against this menu"), { 0 },
};
const struct field tables_gives[] = {
    SAYS(DAY, "day"), SAYS(CHOICE, "sitting", .choices = sitting_choices),
    SAYS(TEXT, "sitting_name"), SAYS(LIST, "items", .record = table_gives), { 0 },
};

/* What is being asked, worked out once. */
struct tables {
    struct day    day;
    enum sitting  sitting;
    struct elder  elder;
    bool          known;
    struct set    diets;
};

/* Until two in the afternoon lunch is what one asks about, then supper, at night tomorrow's lunch.
 */
static void next_sitting(const struct ctx *c, struct tables *t)
{
    int minute = minute_of(c->now);
    if (!t->sitting)
        t->sitting = minute < 840 || minute >= 1140 ? SITTING_LUNCH : SITTING_SUPPER;
    if (!day_known(t->day))
        t->day.n = day_of(c->now).n + (minute >= 1140);
}

static const char *said(const struct ctx *c, const struct choice *one)
{
    return c->lang == LANG_EN ? one->en : one->zh;
}

/* Where nobody is named, the price is everybody's, and the reason says who pays less. */
MUST static enum err json_price(struct ctx *c, struct json *j, const struct tables *t,
                                const struct offer *o, const struct catalogue_item *item)
{
    struct price price;
    struct money subsidy;
    TRY(order_price(c, o, item, 1, t->known ? &t->elder : NULL, t->day, &price));
    json_int(j, "price", price.total.fen);
    json_int(j, "own_pay", price.own_pay.fen);
    if (t->known) {
        json_text(j, "why", price.note);
        return ERR_NONE;
    }
    TRY(parameter_money(c, "subsidy.meal_a_day", o->row.scope, t->day, &subsidy));
    struct buf why = buf_new(&c->mem, 96);
    buf_text(&why, c->lang == LANG_EN ? "Less ¥" : "符合条件的老人每天一次可减 ¥");
    buf_fixed(&why, subsidy.fen, 2);
    buf_text(&why, c->lang == LANG_EN ? " once a day for those entitled" : "，以审核为准");
    json_text(j, "why", o->price.fen > subsidy.fen ? buf_sv(&why) : SV(""));
    return ERR_NONE;
}

MUST static enum err json_offer(struct ctx *c, struct json *j, const struct tables *t, int64_t id,
                                bool *delivered)
{
    struct offer o;
    struct catalogue_item item;
    bool found, item_found;
    TRY(entity_load(c, &offer_entity, id, &o, &found));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &item_found));
    enum meal_way way = item.at_home ? WAY_DELIVERED : WAY_EAT_IN;
    struct week week;
    struct week_slot slots[WEEK_SLOTS_MAX];
    struct calendar k;
    TRY(calendar_load_day(c, t->day, &k));
    if (!item_found || !week_parse(o.week, &week))
        return ERR_NONE;
    size_t n = week_day_slots(&week, &k, t->day, slots);
    bool serves = false;
    for (size_t i = 0; i < n; i++)
        serves = serves || sitting_at(slots[i].start_min) == t->sitting;
    if (!serves)
        return ERR_NONE;
    *delivered = *delivered || item.at_home;
    json_object(j, NULL);
    json_id(j, "id", o.id.n);
    json_text(j, "name", o.name);
    json_text(j, "way", sv_of(meal_way_choices[way].key));
    json_text(j, "way_name", sv_of(said(c, &meal_way_choices[way])));
    TRY(json_price(c, j, t, &o, &item));
    if (item.at_home && o.area_m)
        json_int(j, "area_m", o.area_m);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err json_offers(struct ctx *c, struct json *j, const struct tables *t,
                                 const struct place *p)
{
    int64_t ids[TABLE_OFFERS_MAX];
    size_t n = 0;
    bool delivered = false;
    struct rows r = db_rows(c, &sql_table_offers, PARAMS(P_INT("place", p->id.n)));
    while (n < TABLE_OFFERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(j, "offers");
    for (size_t i = 0; i < n; i++)
        TRY(json_offer(c, j, t, ids[i], &delivered));
    json_end(j, ']');
    json_bool(j, "delivered", delivered);
    return ERR_NONE;
}

MUST static enum err json_register(struct ctx *c, struct json *j, struct place_id place)
{
    struct meal_point p;
    struct place kitchen;
    bool found, kitchen_found = false;
    TRY(meal_point_of(c, place, &p, &found));
    if (!found)
        return ERR_NONE;
    if (p.kitchen.n)
        TRY(entity_load(c, &place_entity, p.kitchen.n, &kitchen, &kitchen_found));
    json_object(j, "register");
    json_text(j, "operated_by", sv_of(meal_operators[p.operated_by].key));
    json_text(j, "operated_by_name", sv_of(said(c, &meal_operators[p.operated_by])));
    json_text(j, "open_kitchen", sv_of(open_kitchens[p.open_kitchen].key));
    json_text(j, "open_kitchen_name", sv_of(said(c, &open_kitchens[p.open_kitchen])));
    json_text(j, "hygiene", sv_of(hygiene_grades[p.hygiene].key));
    json_text(j, "hygiene_name", sv_of(said(c, &hygiene_grades[p.hygiene])));
    if (day_known(p.hygiene_on))
        json_day(j, "hygiene_on", p.hygiene_on);
    if (p.hygiene_source.len)
        json_text(j, "hygiene_source", p.hygiene_source);
    json_bool(j, "delivers", p.delivers);
    json_int(j, "seats", p.seats);
    if (kitchen_found)
        json_text(j, "kitchen_name", kitchen.name);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err json_table(struct ctx *c, struct json *j, const struct tables *t,
                                const struct place *p)
{
    struct moment cut_off;
    TRY(meal_cut_off(c, p->row.scope, p->id, t->sitting, t->day, &cut_off));
    json_object(j, NULL);
    json_id(j, "place", p->id.n);
    json_text(j, "name", p->name);
    if (p->phone.len)
        json_text(j, "phone", p->phone);
    json_bool(j, "closed", place_closed(p, t->day));
    if (place_closed(p, t->day) && p->closed_reason.len)
        json_text(j, "closed_reason", p->closed_reason);
    json_moment(j, "cut_off", cut_off);
    json_text(j, "cut_off_text", cut_off_text(&c->mem, t->sitting, t->day, cut_off, c->lang));
    json_bool(j, "past", c->now.ms > cut_off.ms);
    TRY(json_offers(c, j, t, p));
    TRY(dishes_json(c, j, p->id, t->day, t->sitting));
    TRY(json_register(c, j, p->id));
    json_array(j, "warnings");
    TRY(meal_warn(c, p->id, t->day, t->sitting, t->diets, j));
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

/* Her price and diet are for who sees her; then both are looked up as she is seen. */
MUST static enum err whose(struct ctx *c, const struct tables_asked *asked, struct tables *t)
{
    if (!asked->elder.n)
        return ERR_NONE;
    TRY(entity_get(c, &elder_entity, asked->elder.n, &t->elder));
    t->known = true;
    return elder_diets_seen(c, asked->elder, &t->diets);
}

enum err tables_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct tables_asked *asked = q->query;
    struct tables t = { .day = asked->day, .sitting = (enum sitting)asked->sitting };
    struct sv rest = asked->places, one;
    next_sitting(c, &t);
    TRY(whose(c, asked, &t));
    json_day(&a->json, "day", t.day);
    json_text(&a->json, "sitting", sv_of(sitting_choices[t.sitting].key));
    json_text(&a->json, "sitting_name", sitting_name(t.sitting, c->lang));
    json_array(&a->json, "items");
    for (int n = 0; n < TABLES_MAX && sv_cut(&rest, ',', &one); n++) {
        struct place p;
        int64_t id;
        bool found;
        if (!sv_int(sv_trim(one), 1, INT64_MAX, &id)) {
            fail_field(c, SV("places"), "field.link");
            return fail_fields(c);
        }
        TRY(entity_load(c, &place_entity, id, &p, &found));
        if (found && p.state == REVIEW_PUBLISHED && !moment_known(p.row.ended_at))
            TRY(json_table(c, &a->json, &t, &p));
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

const struct endpoint meal_endpoints[] = {
    { .verb = GET, .path = "/api/meal/menu", .run = menu_get, .lane = READS, .may = MAY_ANYONE,
      .query = menu_asked_fields, .query_size = sizeof(struct menu_asked), .gives = menu_gives,
      .zh = "一周菜单", .en = "The menu of a place, day by day, with its cut-offs" },
    { .verb = POST, .path = "/api/meal/menu/copy", .run = menu_copy_post, .lane = WRITES,
      .may = MAY_WRITE_DIRECTORY, .takes = menu_copy_fields,
      .takes_size = sizeof(struct menu_copy), .gives = menu_copied_fields,
      .zh = "沿用上周菜单", .en = "Copy a week's menu; sittings that have one keep it" },
    { .verb = GET, .path = "/api/meal/tables", .run = tables_get, .lane = READS,
      .may = MAY_ANYONE, .query = tables_asked_fields, .query_size = sizeof(struct tables_asked),
      .gives = tables_gives, .zh = "找餐桌：这些网点下一餐有什么吃、多少钱",
      .en = "What these places have to eat at the next sitting, and what it costs" },
    { 0 },
};
