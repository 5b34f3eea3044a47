/* find.c - who stands at the counter: by card, digits, name or pinyin; the list for off line. */

#include "care/counter/inside.h"

#include "care/meal/sitting.h"
#include "care/search/nickname.h"
#include "http/describe/gives.h"
#include "model/search/pinyin.h"
#include "model/search/search.h"

SQL(counter_used);
SQL(counter_ahead);
SQL(counter_had);
SQL(counter_diets);
SQL(counter_diners);
SQL(counter_is_diner);
SQL(counter_cards_of);
SQL(counter_photo);
SQL(counter_offers);
SQL(counter_day);

/* --- price and order --- */

static enum err used_today(struct ctx *c, struct elder_id elder, struct day day,
                           struct care_order_id but, struct diner_price *p)
{
    struct rows r = db_rows(c, &sql_counter_used,
                            PARAMS(P_INT("elder", elder.n), P_INT("day", day.n),
                                   P_INT("but", but.n)));
    if (rows_next(&r)) {
        int64_t minute = rows_int(&r, 2);
        p->used_order.n = rows_int(&r, 0);
        p->used = sv_fmt(&c->mem, "%.*s %02d:%02d", SV_ARG(rows_text(&r, 3)), (int)(minute / 60),
                         (int)(minute % 60));
    }
    return rows_end(&r);
}

enum err diner_price_of(struct ctx *c, const struct offer *o, int64_t quantity,
                        const struct elder *e, struct day day, struct care_order_id but,
                        struct diner_price *ret_price)
{
    struct diner_price p = { .used = SV("") };
    struct catalogue_item item;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, o->item.n, &item, &found));
    TRY(order_price(c, o, &item, quantity, e, day, &p.price));
    if (e)
        TRY(used_today(c, e->id, day, but, &p));
    if (p.used.len && p.price.subsidy.fen)
        price_without_subsidy(c, o, quantity, &p.price);
    *ret_price = p;
    return ERR_NONE;
}

enum err diner_ahead(struct ctx *c, struct organisation_id org, struct elder_id elder,
                     struct day day, struct care_order *ret_order)
{
    int64_t id;
    bool found;
    ret_order->id.n = 0;
    TRY(db_int(c, &sql_counter_ahead, PARAMS(P_INT("elder", elder.n), P_INT("day", day.n),
                                             P_INT("org", org.n)), &id));
    return id ? entity_load(c, &care_order_entity, id, ret_order, &found) : ERR_NONE;
}

enum err counter_offer(struct ctx *c, struct offer_id id, struct offer *ret_offer)
{
    struct catalogue_item item;
    bool found, item_found = false;
    TRY(entity_load(c, &offer_entity, id.n, ret_offer, &found));
    if (found)
        TRY(entity_load(c, &catalogue_item_entity, ret_offer->item.n, &item, &item_found));
    bool mine = found && c->who && c->who->org == ret_offer->org.n
             && roles[c->who->role].sees == SEES_ORG;
    if (!mine || !item_found || item.category != CATEGORY_MEAL || item.at_home
        || ret_offer->state != REVIEW_PUBLISHED)
        fail_field(c, SV("offer"), "counter.offer");
    return fail_fields(c);
}

/* --- one person, as the counter is told of her --- */

/* What a keyboard finds her by: each way to read her name, whole and by initials, comma between. */
static void put_keys(struct ctx *c, struct json *j, struct sv name)
{
    struct buf whole = buf_new(&c->mem, 48), initials = buf_new(&c->mem, 16);
    struct sv rest = name;
    uint32_t rune;
    for (size_t i = 0; sv_rune(&rest, &rune); i++) {
        struct readings r;
        struct sv first = i == 0 ? surname_reading(rune) : SV("");
        pinyin_of(rune, &r);
        if (first.len == 0)
            first = r.n ? r.at[0] : SV("");
        buf_put(&whole, first);
        buf_put(&initials, sv_head(first, first.len ? 1 : 0));
    }
    json_text(j, "keys", sv_fmt(&c->mem, "%.*s,%.*s", SV_ARG(buf_sv(&initials)),
                                SV_ARG(buf_sv(&whole))));
}

static struct sv last4(struct sv number)
{
    return number.len >= 4 ? sv_from(number, number.len - 4) : SV("");
}

static enum err put_cards(struct ctx *c, struct json *j, struct elder_id elder)
{
    json_array(j, "cards");
    struct rows r = db_rows(c, &sql_counter_cards_of, PARAMS(P_INT("elder", elder.n)));
    while (rows_next(&r))
        json_text(j, NULL, rows_text(&r, 0));
    json_end(j, ']');
    return rows_end(&r);
}

static enum err put_photo(struct ctx *c, struct json *j, struct elder_id elder)
{
    int64_t photo;
    TRY(db_int(c, &sql_counter_photo, PARAMS(P_INT("elder", elder.n)), &photo));
    if (photo)
        json_text(j, "photo", sv_fmt(&c->mem, "/api/elder/%lld/file/%lld", (long long)elder.n,
                                     (long long)photo));
    return ERR_NONE;
}

/* What she pays and why; of one who ordered ahead, as it was priced then. */
static enum err put_price(struct ctx *c, struct json *j, const struct offer *o,
                          const struct elder *e, struct day day)
{
    struct diner_price p;
    struct care_order ahead;
    int64_t had = 0;
    TRY(diner_ahead(c, o->org, e->id, day, &ahead));
    TRY(diner_price_of(c, o, 1, e, day, ahead.id, &p));
    TRY(db_int(c, &sql_counter_had, PARAMS(P_INT("elder", e->id.n), P_INT("day", day.n)), &had));
    bool is_ahead = ahead.id.n != 0;
    json_int(j, "price", is_ahead ? ahead.price.fen : p.price.total.fen);
    json_int(j, "own_pay", is_ahead ? (ahead.paid ? 0 : ahead.own_pay.fen) : p.price.own_pay.fen);
    json_int(j, "full_pay", p.price.total.fen);
    json_int(j, "subsidy", is_ahead ? ahead.subsidy.fen : p.price.subsidy.fen);
    json_text(j, "why", is_ahead ? ahead.price_note : p.price.note);
    json_text(j, "used", p.used);
    json_int(j, "had", had);
    if (!is_ahead)
        return ERR_NONE;
    json_object(j, "ahead");
    json_id(j, "id", ahead.id.n);
    json_text(j, "number", ahead.number);
    json_int(j, "quantity", ahead.quantity);
    json_bool(j, "paid", ahead.paid);
    json_end(j, '}');
    return ERR_NONE;
}

/* How she had her meals when she last said it. */
static enum err put_diet(struct ctx *c, struct json *j, struct elder_id elder)
{
    int64_t bits;
    TRY(db_int(c, &sql_counter_diets, PARAMS(P_INT("elder", elder.n)), &bits));
    json_text(j, "diet", diets_text(&c->mem, (struct set){ (uint64_t)bits }, c->lang));
    return ERR_NONE;
}

MUST static enum err put_diner(struct ctx *c, struct json *j, const struct offer *o,
                               const struct elder *e, struct day day)
{
    json_id(j, "elder", e->id.n);
    json_text(j, "name", e->name);
    if (day_known(e->birth))
        json_int(j, "age", age_on(e->birth, day));
    json_text(j, "building", sv_fmt(&c->mem, "%.*s%.*s", SV_ARG(e->building), SV_ARG(e->room)));
    json_text(j, "phone4", last4(e->phone));
    json_text(j, "id4", last4(e->id_number));
    put_keys(c, j, e->name);
    TRY(put_cards(c, j, e->id));
    TRY(put_photo(c, j, e->id));
    TRY(put_diet(c, j, e->id));
    return put_price(c, j, o, e, day);
}

static enum err note_look(struct ctx *c, int64_t elder)
{
    return access_note(c, elder, &elder_entity, elder, SV("counter:name,number"));
}

/* --- identify --- */

static bool has(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id)
            return true;
    return false;
}

struct found { int64_t id[COUNTER_FOUND_MAX * 4]; size_t n; };

static void add(struct found *f, int64_t id)
{
    if (f->n < sizeof f->id / sizeof *f->id && !has(f->id, f->n, id))
        f->id[f->n++] = id;
}

static enum err by_words(struct ctx *c, struct sv q, struct found *f)
{
    struct search_hits hits;
    struct page page;
    TRY(search_rows(c, &nickname_entity, q, COUNTER_FOUND_MAX, &hits));
    TRY(search_page(c, &nickname_entity, &hits, COUNTER_FOUND_MAX, &page));
    for (size_t i = 0; i < page.n; i++)
        add(f, ((const struct nickname *)page.rows)[i].elder.n);
    TRY(search_rows(c, &elder_entity, q, COUNTER_FOUND_MAX * 3, &hits));
    for (size_t i = 0; i < hits.n; i++)
        add(f, hits.at[i].id);
    return ERR_NONE;
}

static enum err diner_since(struct ctx *c, int64_t scope, struct day day, struct day *ret_from)
{
    int64_t days;
    TRY(parameter_int(c, "counter.list_days", scope, day, &days));
    ret_from->n = day.n - days;
    return ERR_NONE;
}

/* My diners before others whom the station knows. */
static enum err diners_first(struct ctx *c, const struct offer *o, struct day day, struct found *f)
{
    struct found mine = { .n = 0 }, rest = { .n = 0 };
    struct day from;
    TRY(diner_since(c, o->row.scope, day, &from));
    for (size_t i = 0; i < f->n; i++) {
        int64_t n;
        TRY(db_int(c, &sql_counter_is_diner,
                   PARAMS(P_INT("elder", f->id[i]), P_INT("org", o->org.n),
                          P_INT("from", from.n), P_INT("day", day.n)), &n));
        add(n ? &mine : &rest, f->id[i]);
    }
    for (size_t i = 0; i < rest.n; i++)
        add(&mine, rest.id[i]);
    *f = mine;
    return ERR_NONE;
}

static enum err find(struct ctx *c, struct sv q, const struct offer *o, struct found *f)
{
    struct elder_id of_card;
    struct search_hits hits;
    TRY(diner_card_elder(c, q, &of_card));
    if (of_card.n) {
        add(f, of_card.n);
        return ERR_NONE;
    }
    if (search_is_number(q)) {
        TRY(search_numbers(c, &elder_entity, q, COUNTER_FOUND_MAX * 3, &hits));
        for (size_t i = 0; i < hits.n; i++)
            add(f, hits.at[i].id);
    } else {
        TRY(by_words(c, q, f));
    }
    return diners_first(c, o, day_of(c->now), f);
}

struct asked { struct sv q; struct offer_id offer; };
static const struct field asked_fields[] = {
    FIELD(struct asked, q, .required = true, .low = 1, .high = 40, .zh = "卡号、末四位或姓名拼音",
          .en = "Card, last four digits, name or pinyin"),
    LINK(struct asked, offer, "offer", .required = true, .zh = "餐次", .en = "Meal"),
    { 0 },
};

static enum err find_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *asked = q->query;
    struct offer offer;
    struct found f = { .n = 0 };
    TRY(counter_offer(c, asked->offer, &offer));
    TRY(find(c, sv_trim(asked->q), &offer, &f));
    json_array(&a->json, "people");
    for (size_t i = 0; i < f.n && i < COUNTER_FOUND_MAX; i++) {
        struct elder e;
        bool found;
        TRY(entity_load(c, &elder_entity, f.id[i], &e, &found));
        if (!found || day_known(e.died_on) || moment_known(e.row.ended_at))
            continue;
        TRY(note_look(c, e.id.n));
        json_object(&a->json, NULL);
        TRY(put_diner(c, &a->json, &offer, &e, day_of(c->now)));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    json_bool(&a->json, "more", f.n > COUNTER_FOUND_MAX);
    return ERR_NONE;
}

/* --- the desk's own frame --- */

static enum err put_day(struct ctx *c, struct json *j)
{
    static const char *const names[] = { "served", "portions", "guests", "cash", "qr", "subsidy",
                                         "clashes" };
    struct rows r = db_rows(c, &sql_counter_day, PARAMS(P_INT("org", c->who->org),
                                                        P_INT("day", day_of(c->now).n)));
    json_object(j, "day");
    if (rows_next(&r))
        for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
            json_int(j, names[i], rows_int(&r, i));
    json_end(j, '}');
    return rows_end(&r);
}

static enum err put_offer(struct ctx *c, struct json *j, int64_t id)
{
    struct offer o;
    struct place p;
    bool found, at = false;
    TRY(entity_load(c, &offer_entity, id, &o, &found));
    if (o.place.n)
        TRY(entity_load(c, &place_entity, o.place.n, &p, &at));
    json_object(j, NULL);
    json_id(j, "id", id);
    json_text(j, "name", o.name);
    json_text(j, "week", o.week);
    json_int(j, "price", o.price.fen);
    if (at) {
        json_id(j, "place", p.id.n);
        json_text(j, "place_name", p.name);
    }
    json_end(j, '}');
    return ERR_NONE;
}

static enum err desk_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t ids[20];
    size_t n = 0;
    (void)q;
    struct rows r = db_rows(c, &sql_counter_offers, PARAMS(P_INT("org", c->who->org)));
    while (n < 20 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_day(&a->json, "today", day_of(c->now));
    json_array(&a->json, "offers");
    for (size_t i = 0; i < n; i++)
        TRY(put_offer(c, &a->json, ids[i]));
    json_end(&a->json, ']');
    return put_day(c, &a->json);
}

/* --- taken along --- */

/* The list is told for the first meal that the organisation sells at this hour. */
static enum err offer_now(struct ctx *c, struct offer *ret_offer, bool *ret_found)
{
    int64_t id = 0;
    struct rows r = db_rows(c, &sql_counter_offers, PARAMS(P_INT("org", c->who->org)));
    if (rows_next(&r))
        id = rows_int(&r, 0);
    TRY(rows_end(&r));
    *ret_found = false;
    return id ? entity_load(c, &offer_entity, id, ret_offer, ret_found) : ERR_NONE;
}

static enum err diner_rows(struct ctx *c, struct day day, struct sync_rows *out)
{
    struct offer o;
    struct day from;
    int64_t ids[COUNTER_DINERS_MAX];
    size_t n = 0;
    bool found;
    TRY(offer_now(c, &o, &found));
    if (!found)
        return ERR_NONE;
    TRY(diner_since(c, o.row.scope, day, &from));
    struct rows r = db_rows(c, &sql_counter_diners,
                            PARAMS(P_INT("org", c->who->org), P_INT("from", from.n),
                                   P_INT("day", day.n), P_INT("most", COUNTER_DINERS_MAX)));
    while (n < COUNTER_DINERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct elder e;
        struct buf b = buf_new(&c->mem, 512);
        struct json j = json_new(&b);
        TRY(entity_load(c, &elder_entity, ids[i], &e, &found));
        json_object(&j, NULL);
        TRY(put_diner(c, &j, &o, &e, day));
        json_end(&j, '}');
        (void)sync_add(out, &(struct sync_row){ &elder_entity, e.id.n, e.row.version, buf_sv(&b) });
    }
    return ERR_NONE;
}

static enum err diner_given(struct ctx *c, const struct sync_row *row)
{
    return note_look(c, row->id);
}

static const struct sync_step takes[] = { { &counter_meal_entity, "create" }, { 0 } };

const struct sync_form counter_forms[] = {
    { .name = "counter", .zh = "助餐收银", .en = "Counter", .may = MAY_SERVE_ORDERS,
      .rows = diner_rows, .given = diner_given, .takes = takes },
    { 0 },
};

/* --- what they give --- */

static const struct field ahead_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "number"), SAYS(INT, "quantity"), SAYS(BOOL, "paid"), { 0 },
};
static const struct field diner_gives[] = {
    SAYS(ID, "elder"), SAYS(TEXT, "name"), MAY_SAY(INT, "age"), SAYS(TEXT, "building"),
    SAYS(TEXT, "phone4"), SAYS(TEXT, "id4"), SAYS(TEXT, "keys"), SAYS(LIST, "cards"),
    MAY_SAY(TEXT, "photo"), SAYS(TEXT, "diet"), SAYS(INT, "price"), SAYS(INT, "own_pay"),
    SAYS(INT, "full_pay"), SAYS(INT, "subsidy"), SAYS(TEXT, "why"), SAYS(TEXT, "used"),
    SAYS(INT, "had"), MAY_SAY(RECORD, "ahead", .record = ahead_gives), { 0 },
};
static const struct field find_gives[] = {
    SAYS(LIST, "people", .record = diner_gives), SAYS(BOOL, "more"), { 0 },
};
static const struct field offer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "week"), SAYS(INT, "price"),
    MAY_SAY(ID, "place"), MAY_SAY(TEXT, "place_name"), { 0 },
};
static const struct field day_gives[] = {
    SAYS(INT, "served"), SAYS(INT, "portions"), SAYS(INT, "guests"), SAYS(INT, "cash"),
    SAYS(INT, "qr"), SAYS(INT, "subsidy"), SAYS(INT, "clashes"), { 0 },
};
static const struct field desk_gives[] = {
    SAYS(DAY, "today"), SAYS(LIST, "offers", .record = offer_gives),
    SAYS(RECORD, "day", .record = day_gives), { 0 },
};

const struct endpoint counter_endpoints[] = {
    { .verb = GET, .path = "/api/counter", .run = desk_get, .lane = READS,
      .may = MAY_SERVE_ORDERS, .gives = desk_gives, .zh = "助餐收银台：餐次与当日情况",
      .en = "The counter: meals sold here, the day so far" },
    { .verb = GET, .path = "/api/counter/people", .run = find_get, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = find_gives, .zh = "助餐收银台：谁来取餐",
      .en = "The counter: who stands there, what she pays and why" },
    { .verb = GET, .path = "/api/my/cards", .run = my_cards_get, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = my_cards_gives, .zh = "我和家人的助餐卡、二维码",
      .en = "Meal cards of one's own and one's family, their QR as the outline of an SVG" },
    { .verb = GET, .path = "/api/day_close/{id}/lines", .run = close_lines_get, .lane = READS,
      .may = MAY_READ_ORDERS, .gives = close_lines_gives, .zh = "日结：应收明细",
      .en = "The books of a day, by what for, how and by whom" },
    { 0 },
};
