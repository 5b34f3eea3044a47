/* chain.c - a chain pasted: what it would do, and doing it. */

#include "care/chain/chain.h"

#include "care/offer/week.h"
#include "http/describe/gives.h"

SQL(chain_last_way);
SQL(chain_standing);
SQL(chain_placed);
SQL(chain_offers);

#define L struct chain_line
const struct field chain_line_fields[] = {
    ROW_FIELDS(L),
    LINK(L, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(L, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(L, sitting, sitting_choices, .read_only = true, .brief = true, .zh = "餐次",
           .en = "Sitting"),
    LINK(L, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(L, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    FIELD(L, text, .class = SECRET, .mask = MASK_ALL, .read_only = true, .high = 200,
          .zh = "接龙原文", .en = "As it was written"),
    { 0 },
};
#undef L
static const struct index indexes[] = {
    { .name = "day", .columns = "org, day, sitting, id" },
    { .name = "order", .columns = "care_order, id" }, { .name = "elder", .columns = "elder, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

const struct entity chain_line_entity = {
    .name = "chain_line", .zh = "接龙订餐", .en = "Line of a chain", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct chain_line), .fields = chain_line_fields, .indexes = indexes,
    .sorts = sorts, .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .no_create = true,
    .no_update = true, .no_history = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "care_order",
};

/* --- what stands --- */

static enum err standing_of(struct ctx *c, struct elder_id elder, struct day day, int sitting,
                            struct care_order *ret_order)
{
    int64_t id;
    bool found;
    ret_order->id.n = 0;
    TRY(db_int(c, &sql_chain_standing,
               PARAMS(P_INT("elder", elder.n), P_INT("org", c->who->org), P_INT("day", day.n),
                      P_TEXT("sitting", sv_of(sitting_choices[sitting].key))), &id));
    return id ? entity_load(c, &care_order_entity, id, ret_order, &found) : ERR_NONE;
}

/* How she had it last; 0 when she never had a meal here. */
static enum err last_way(struct ctx *c, struct elder_id elder, int *ret_way)
{
    *ret_way = 0;
    struct rows r = db_rows(c, &sql_chain_last_way,
                            PARAMS(P_INT("elder", elder.n), P_INT("org", c->who->org)));
    if (rows_next(&r))
        choice_of(meal_way_choices, rows_text(&r, 0), ret_way);
    return rows_end(&r);
}

/* --- reading --- */

struct read_asked { struct sv text; struct day day; int sitting; };
static const struct field read_fields[] = {
    FIELD(struct read_asked, text, .required = true, .high = CHAIN_TEXT_MAX, .many_lines = true,
          .zh = "接龙文字", .en = "The chain"),
    FIELD(struct read_asked, day, .required = true, .zh = "哪一天", .en = "For which day"),
    CHOICE(struct read_asked, sitting, sitting_choices, .zh = "餐次",
           .en = "Sitting where a line says none"),
    { 0 },
};

MUST static enum err put_person(struct ctx *c, struct json *j, const char *name, struct elder_id id)
{
    struct elder e;
    enum err err = entity_get(c, &elder_entity, id.n, &e);
    if (err == ERR_MISSING) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(err);
    TRY(access_note(c, id.n, &elder_entity, id.n, SV("chain:name,room")));
    json_object(j, name);
    json_id(j, "id", e.id.n);
    json_text(j, "name", e.name);
    json_text(j, "door", sv_fmt(&c->mem, "%.*s%.*s", SV_ARG(e.building), SV_ARG(e.room)));
    if (day_known(e.birth))
        json_int(j, "age", age_on(e.birth, day_of(c->now)));
    json_end(j, '}');
    return ERR_NONE;
}

static const char *diff_of(const struct chain_entry *e, const struct care_order *o, int quantity,
                           int way)
{
    if (e->off)
        return o->id.n ? "gone" : "none";
    if (!o->id.n)
        return "new";
    return o->quantity == quantity && o->way == way ? "same" : "changed";
}

/* What the line did not say: taken as usual and asked. */
MUST static enum err put_wanted(struct ctx *c, struct json *j, const struct read_asked *in,
                                const struct chain_entry *e, const struct chain_match *m)
{
    struct care_order o = { .id = { 0 } };
    int way = e->way, quantity = e->quantity ? e->quantity : 1;
    int sitting = e->sitting ? e->sitting : in->sitting;
    if (m->elder.n && !way)
        TRY(last_way(c, m->elder, &way));
    bool never = !way;
    way = way ? way : WAY_DELIVERED;
    if (m->elder.n && sitting)
        TRY(standing_of(c, m->elder, in->day, sitting, &o));
    json_int(j, "quantity", quantity);
    json_text(j, "way", sv_of(meal_way_choices[way].key));
    json_text(j, "sitting", sv_of(sitting_choices[sitting].key));
    json_array(j, "asks");
    if (!e->quantity && !e->off)
        json_text(j, NULL, SV("quantity"));
    if (never && !e->off)
        json_text(j, NULL, SV("way"));
    if (!sitting && !e->off)
        json_text(j, NULL, SV("sitting"));
    json_end(j, ']');
    json_text(j, "diff", m->elder.n ? sv_of(diff_of(e, &o, quantity, way)) : SV(""));
    if (o.id.n)
        json_id(j, "care_order", o.id.n);
    return ERR_NONE;
}

MUST static enum err put_entry(struct ctx *c, struct json *j, const struct read_asked *in,
                               const struct chain_entry *e, struct chain_match *m)
{
    bool en = c->lang == LANG_EN;
    TRY(chain_match_of(c, e, in->day, m));
    json_object(j, NULL);
    json_text(j, "text", e->text);
    json_int(j, "number", e->number);
    json_text(j, "name", e->name);
    json_text(j, "sure", sv_of(chain_sures[m->sure].key));
    json_text(j, "why", sv_of(chain_whys[m->why].key));
    json_text(j, "why_text", sv_of(en ? chain_whys[m->why].en : chain_whys[m->why].zh));
    json_bool(j, "off", e->off);
    json_bool(j, "changed", e->changed);
    if (m->elder.n)
        TRY(put_person(c, j, "elder", m->elder));
    json_array(j, "candidates");
    for (size_t i = 0; i < m->candidates_n && m->sure != CHAIN_GREEN; i++)
        TRY(put_person(c, j, NULL, m->candidates[i]));
    json_end(j, ']');
    TRY(put_wanted(c, j, in, e, m));
    json_end(j, '}');
    return ERR_NONE;
}

static bool named_in(const struct elder_id *named, size_t n, int64_t elder)
{
    for (size_t i = 0; i < n; i++)
        if (named[i].n == elder)
            return true;
    return false;
}

/* What an earlier paste placed and this one does not name. */
MUST static enum err put_gone(struct ctx *c, struct json *j, const struct read_asked *in,
                              const struct elder_id *named, size_t n)
{
    struct { int64_t order, elder; } at[CHAIN_LINES_MAX];
    size_t gone = 0;
    struct rows r = db_rows(c, &sql_chain_placed,
                            PARAMS(P_INT("org", c->who->org), P_INT("day", in->day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[in->sitting].key))));
    while (gone < CHAIN_LINES_MAX && rows_next(&r))
        if (!named_in(named, n, rows_int(&r, 1))) {
            at[gone].order = rows_int(&r, 0);
            at[gone++].elder = rows_int(&r, 1);
        }
    TRY(rows_end(&r));
    json_array(j, "gone");
    for (size_t i = 0; i < gone; i++) {
        json_object(j, NULL);
        json_id(j, "care_order", at[i].order);
        TRY(put_person(c, j, "elder", (struct elder_id){ at[i].elder }));
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err chain_read(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct read_asked *in = q->body;
    struct chain_entries *e = NEW(&c->mem, struct chain_entries, 1);
    struct elder_id named[CHAIN_LINES_MAX];
    int64_t counts[3] = { 0 };
    size_t named_n = 0;
    chain_parse(&c->mem, in->text, e);
    json_array(&a->json, "lines");
    for (size_t i = 0; i < e->n; i++) {
        struct chain_match m;
        if (e->at[i].left_out)
            continue;
        TRY(put_entry(c, &a->json, in, &e->at[i], &m));
        counts[m.sure]++;
        if (m.elder.n)
            named[named_n++] = m.elder;
    }
    json_end(&a->json, ']');
    json_array(&a->json, "left_out");
    for (size_t i = 0; i < e->n; i++)
        if (e->at[i].left_out)
            json_text(&a->json, NULL, e->at[i].text);
    json_end(&a->json, ']');
    TRY(put_gone(c, &a->json, in, named, named_n));
    json_int(&a->json, "green", counts[CHAIN_GREEN]);
    json_int(&a->json, "yellow", counts[CHAIN_YELLOW]);
    json_int(&a->json, "red", counts[CHAIN_RED]);
    json_bool(&a->json, "more", e->more);
    return ERR_NONE;
}

/* --- sending --- */

struct send_line { struct elder_id elder; int64_t quantity; int way, sitting; bool off;
                   struct sv text; };
static const struct field send_line_fields[] = {
    LINK(struct send_line, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct send_line, quantity, .low = 0, .high = CHAIN_QUANTITY_MAX, .zh = "份数",
          .en = "How many; 1 when absent"),
    CHOICE(struct send_line, way, meal_way_choices, .zh = "用餐方式", .en = "How it is had"),
    CHOICE(struct send_line, sitting, sitting_choices, .zh = "餐次", .en = "Sitting"),
    FIELD(struct send_line, off, .zh = "不要了", .en = "Taken back"),
    FIELD(struct send_line, text, .high = 200, .zh = "原文", .en = "As written"),
    { 0 },
};
struct send_asked { struct day day; struct text lines, gone; };
static const struct field send_fields[] = {
    FIELD(struct send_asked, day, .required = true, .zh = "哪一天", .en = "For which day"),
    FIELD(struct send_asked, lines, .required = true, .high = BODY_MAX,
          .record = send_line_fields, .zh = "各行", .en = "The lines"),
    FIELD(struct send_asked, gone, .high = 20000, .zh = "要取消的订单",
          .en = "Orders of earlier pastes to call off"),
    { 0 },
};

/* The first time of the day in the sitting that the station's meals of this kind have. */
static enum err offer_for(struct ctx *c, const struct send_line *l, struct day day,
                          struct order_new *ret_new)
{
    struct calendar calendar;
    int64_t ids[20];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_chain_offers,
                            PARAMS(P_INT("org", c->who->org),
                                   P_INT("at_home", l->way == WAY_DELIVERED)));
    while (n < 20 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    TRY(calendar_load_day(c, day, &calendar));
    for (size_t i = 0; i < n; i++) {
        struct offer o;
        struct week week;
        struct week_slot slots[WEEK_SLOTS_MAX];
        bool found;
        TRY(entity_load(c, &offer_entity, ids[i], &o, &found));
        size_t k = week_parse(o.week, &week) ? week_day_slots(&week, &calendar, day, slots) : 0;
        for (size_t s = 0; s < k; s++)
            if ((int)sitting_at(slots[s].start_min) == l->sitting) {
                struct buf key = buf_new(&c->mem, 16);
                slot_key_write(&key, (struct slot_key){ day, slots[s].start_min });
                *ret_new = (struct order_new){ .offer = o.id, .slot = buf_sv(&key) };
                return ERR_NONE;
            }
    }
    return fail(c, ERR_CONFLICT, "chain.no_offer", "no meal of that sitting and kind");
}

/* Where she has no telephone of her own, questions about the meal reach the station. */
static enum err phone_of(struct ctx *c, struct elder_id id, struct sv *ret_phone)
{
    struct elder e;
    struct organisation o;
    bool found;
    TRY(entity_get(c, &elder_entity, id.n, &e));
    *ret_phone = e.phone;
    if (e.phone.len)
        return ERR_NONE;
    TRY(entity_load(c, &organisation_entity, c->who->org, &o, &found));
    *ret_phone = found ? o.phone : SV("");
    return ERR_NONE;
}

static enum err place(struct ctx *c, const struct send_line *l, struct day day,
                      struct care_order *ret_order)
{
    struct placing p;
    struct order_new n;
    TRY(offer_for(c, l, day, &n));
    n.elder = l->elder;
    n.quantity = l->quantity;
    n.way = l->way;
    n.pay_way = PAY_MONTHLY;
    TRY(phone_of(c, l->elder, &n.for_phone));
    TRY(placing_prepare(c, &n, &p));
    TRY(placing_store(c, &p));
    *ret_order = p.order;
    struct chain_line line = { .org = p.order.org, .day = day, .sitting = l->sitting,
                               .elder = l->elder, .care_order = p.order.id,
                               .text = sv_runes_head(l->text, 200) };
    return entity_create_by_rule(c, &chain_line_entity, &line);
}

static enum err call_off(struct ctx *c, struct care_order *o, const char *why)
{
    struct { struct sv reason; } in = { sv_of(why) };
    return entity_act(c, &care_order_entity, o->id.n, o->row.version, SV("cancel"), &in, o);
}

/* One line; *ret_did is what became of it. */
static enum err line_do(struct ctx *c, const struct send_line *l, struct day day,
                        const char **ret_did, struct care_order *o)
{
    TRY(standing_of(c, l->elder, day, l->sitting, o));
    if (l->off) {
        *ret_did = o->id.n ? "gone" : "none";
        return o->id.n ? call_off(c, o, "接龙里取消") : ERR_NONE;
    }
    if (o->id.n && o->quantity == l->quantity && o->way == l->way) {
        *ret_did = "same";
        return ERR_NONE;
    }
    *ret_did = o->id.n ? "changed" : "new";
    if (o->id.n)
        TRY(call_off(c, o, "接龙里更改"));
    return place(c, l, day, o);
}

/* In a savepoint, so that one at fault does not undo the rest; why not stands in its result. */
static enum err line_run(struct ctx *c, const struct send_line *l, struct day day, struct json *j)
{
    struct care_order o = { .id = { 0 } };
    const char *did = "refused";
    TRY(db_savepoint(c));
    enum err e = line_do(c, l, day, &did, &o);
    struct fault why = c->fault;
    if (e != ERR_NONE && (why.retryable || !db_in_transaction(c->db)))
        return e;
    if (e != ERR_NONE) {
        ctx_forgive(c);
        did = "refused";
    }
    TRY(e == ERR_NONE ? db_savepoint_keep(c) : db_savepoint_undo(c));
    json_object(j, NULL);
    json_id(j, "elder", l->elder.n);
    json_text(j, "result", sv_of(did));
    if (e == ERR_NONE && o.id.n)
        json_id(j, "care_order", o.id.n);
    if (e != ERR_NONE) {
        struct sv said = why.fields_n
            ? house_message(c->house, &c->mem, c->lang, why.fields[0].key, why.fields[0].arg0,
                            why.fields[0].arg1)
            : house_message(c->house, &c->mem, c->lang, why.key ? why.key : err_name(why.kind),
                            why.arg0, why.arg1);
        json_text(j, "message", said);
    }
    json_end(j, '}');
    return ERR_NONE;
}

static enum err gone_run(struct ctx *c, const struct json_value *ids, struct json *j)
{
    json_array(j, "called_off");
    for (const struct json_value *one = ids ? ids->first : NULL; one; one = one->next) {
        struct care_order o;
        int64_t id;
        if (!sv_int(one->text, 1, INT64_MAX, &id))
            continue;
        TRY(entity_get(c, &care_order_entity, id, &o));
        if (o.state != ORDER_PLACED && o.state != ORDER_ACCEPTED && o.state != ORDER_ASSIGNED)
            continue;
        TRY(call_off(c, &o, "接龙里没有了"));
        json_text(j, NULL, o.number);
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err send_line_read(struct ctx *c, const struct json_value *source, struct send_line *l)
{
    record_clear(send_line_fields, l);
    TRY(json_read(c, source, send_line_fields, true, l, NULL));
    record_check(c, send_line_fields, l, true);
    l->quantity = l->quantity ? l->quantity : 1;
    if (!l->sitting)
        fail_field(c, SV("sitting"), "chain.sitting");
    if (!l->way && !l->off)
        fail_field(c, SV("way"), "chain.way");
    return fail_fields(c);
}

static enum err chain_send(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct send_asked *in = q->body;
    const struct json_value *lines, *gone = NULL;
    size_t n = 0;
    TRY(json_parse(c, in->lines.json, &lines));
    if (in->gone.json.len)
        TRY(json_parse(c, in->gone.json, &gone));
    json_array(&a->json, "results");
    for (const struct json_value *one = lines->first; one; one = one->next) {
        struct send_line l;
        if (++n > CHAIN_LINES_MAX)
            return fail(c, ERR_INVALID, "chain.many", "more than %d lines", CHAIN_LINES_MAX);
        TRY(send_line_read(c, one, &l));
        TRY(line_run(c, &l, in->day, &a->json));
    }
    json_end(&a->json, ']');
    return gone_run(c, gone, &a->json);
}

/* --- what they give --- */

static const struct field person_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "door"), MAY_SAY(INT, "age"), { 0 },
};
static const struct field line_gives[] = {
    SAYS(TEXT, "text"), SAYS(INT, "number"), SAYS(TEXT, "name"), SAYS(TEXT, "sure"),
    SAYS(TEXT, "why"), SAYS(TEXT, "why_text"), SAYS(BOOL, "off"), SAYS(BOOL, "changed"),
    MAY_SAY(RECORD, "elder", .record = person_gives),
    SAYS(LIST, "candidates", .record = person_gives), SAYS(INT, "quantity"), SAYS(TEXT, "way"),
    SAYS(TEXT, "sitting"), SAYS(LIST, "asks"), SAYS(TEXT, "diff"), MAY_SAY(ID, "care_order"),
    { 0 },
};
static const struct field gone_gives[] = {
    SAYS(ID, "care_order"), MAY_SAY(RECORD, "elder", .record = person_gives), { 0 },
};
static const struct field read_gives[] = {
    SAYS(LIST, "lines", .record = line_gives), SAYS(LIST, "left_out"),
    SAYS(LIST, "gone", .record = gone_gives), SAYS(INT, "green"), SAYS(INT, "yellow"),
    SAYS(INT, "red"), SAYS(BOOL, "more"), { 0 },
};
static const struct field result_gives[] = {
    SAYS(ID, "elder"), SAYS(TEXT, "result"), MAY_SAY(ID, "care_order"), MAY_SAY(TEXT, "message"),
    { 0 },
};
static const struct field send_gives[] = {
    SAYS(LIST, "results", .record = result_gives), SAYS(LIST, "called_off"), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/chain/read", .run = chain_read, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = read_fields, .takes_size = sizeof(struct read_asked),
      .gives = read_gives, .no_replay = true, .zh = "读接龙：谁、几份、怎么吃，与已有订单的差别",
      .en = "Read a chain: who, how many, how, and how it differs from what stands" },
    { .verb = POST, .path = "/api/chain/send", .run = chain_send, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = send_fields, .takes_size = sizeof(struct send_asked),
      .gives = send_gives, .zh = "接龙下单", .en = "Place what a chain asks for" },
    { 0 },
};

static const struct message messages[] = {
    { "chain.no_offer", "本站这一餐没有这种用餐方式，请先发布服务供给",
      "The station sells no such meal: publish an offer first" },
    { "chain.sitting", "请选择餐次", "Choose the sitting" },
    { "chain.way", "请选择用餐方式", "Choose how it is had" },
    { "chain.many", "一次最多 200 行", "At most 200 lines at once" },
    { 0 },
};

const struct module chain_module = {
    .name = "chain", .entities = (const struct entity *const[]){ &chain_line_entity, NULL },
    .endpoints = endpoints, .messages = messages,
};
