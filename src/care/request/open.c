/* open.c - a request comes in, from a face or from a disputed order. */

#include "care/request/inside.h"

SQL(request_of_order);

#define N struct request_new
const struct field request_new_fields[] = {
    CHOICE(N, kind, request_kinds, .required = true, .zh = "类别", .en = "Kind"),
    CHOICE(N, topic, request_topics, .zh = "事项", .en = "Matter of"),
    CHOICE(N, channel, request_channels, .zh = "来源", .en = "Came by; staff say so"),
    FIELD(N, matter, .required = true, .low = 1, .high = 3000, .many_lines = true,
          .zh = "诉求内容", .en = "What is said"),
    FIELD(N, name, .high = 40, .zh = "诉求人", .en = "Who says so"),
    FIELD(N, phone, .high = 20, .check = phone_check, .zh = "联系电话", .en = "Telephone"),
    FIELD(N, hidden, .zh = "对被反映方隐去诉求人", .en = "Hide me from who it is about"),
    FIELD(N, danger, .zh = "有人受伤或有危险", .en = "Somebody is in danger"),
    LINK(N, elder, "elder", .zh = "涉及老年人", .en = "Elder concerned"),
    LINK(N, org, "organisation", .zh = "被反映单位", .en = "Organisation it is about"),
    LINK(N, place, "place", .zh = "涉及网点", .en = "Place it is about"),
    LINK(N, care_order, "care_order", .zh = "涉及订单", .en = "Order it is about"),
    LINK(N, division, "division", .zh = "所在区划", .en = "Division"),
    LINK(N, compound, "compound", .zh = "所在小区", .en = "Compound; says the division"),
    { 0 },
};
#undef N

#define R struct request_ticket

static bool is_staff(const struct ctx *c)
{
    return who_may(c, MAY_PLACE_ORDERS);
}

/* The elder and the order must be ones she sees; what is public, anybody may name. */
MUST static enum err check_links(struct ctx *c, const struct request_new *n, R *r)
{
    struct care_order o;
    struct elder e;
    struct place p;
    struct compound k;
    bool found = true;
    if (n->compound.n && !r->division.n) {
        TRY(entity_load(c, &compound_entity, n->compound.n, &k, &found));
        r->division = found ? k.division : r->division;
    }
    found = true;
    if (n->care_order.n) {
        TRY(entity_get(c, &care_order_entity, n->care_order.n, &o));
        r->elder = r->elder.n ? r->elder : o.elder;
        r->place = r->place.n ? r->place : o.place;
        r->org = r->org.n ? r->org : o.org;
    }
    if (n->elder.n)
        TRY(entity_get(c, &elder_entity, n->elder.n, &e));
    if (n->place.n)
        TRY(entity_load(c, &place_entity, n->place.n, &p, &found));
    if (!found || (n->place.n && p.state != REVIEW_PUBLISHED && !is_staff(c)))
        fail_field(c, SV("place"), "link.missing");
    return fail_fields(c);
}

MUST static enum err take_citizen(struct ctx *c, R *r)
{
    struct account a;
    bool found;
    r->account.n = c->who->account;
    r->channel = REQUEST_WEB;
    TRY(entity_load(c, &account_entity, r->account.n, &a, &found));
    if (!found)
        return ERR_NONE;
    r->phone = r->phone.len ? r->phone : a.phone;
    r->name = r->name.len ? r->name : a.name;
    return ERR_NONE;
}

static void check_where(struct ctx *c, const R *r)
{
    if (!r->elder.n && !r->place.n && !r->org.n && !r->division.n)
        fail_field(c, SV("division"), "request.where");
}

enum err request_open(struct ctx *c, const struct request_new *n, R *ret_request)
{
    R r;
    record_clear(request_fields, &r);
    r.kind = n->kind;
    r.topic = n->topic;
    r.channel = n->channel;
    r.matter = n->matter;
    r.name = n->name;
    r.phone = n->phone;
    r.hidden = n->hidden;
    r.danger = n->danger;
    r.elder = n->elder;
    r.org = n->org;
    r.place = n->place;
    r.care_order = n->care_order;
    r.division = n->division;
    TRY(check_links(c, n, &r));
    if (is_staff(c))
        r.written_by = review_me(c);
    else
        TRY(take_citizen(c, &r));
    check_where(c, &r);
    if (!r.phone.len && r.channel != REQUEST_VISITED)
        fail_field(c, SV("phone"), "field.required");
    TRY(fail_fields(c));
    TRY(entity_create_by_rule(c, &request_entity, &r));
    *ret_request = r;
    return ERR_NONE;
}

enum err request_of_dispute(struct ctx *c, const struct care_order *o)
{
    R r;
    struct account a;
    int64_t open;
    bool found = false;
    TRY(db_int(c, &sql_request_of_order, PARAMS(P_INT("care_order", o->id.n)), &open));
    if (open)
        return ERR_NONE;
    record_clear(request_fields, &r);
    r.kind = REQUEST_COMPLAINT;
    r.topic = TOPIC_HOME;
    r.care_order = o->id;
    r.elder = o->elder;
    r.org = o->org;
    r.place = o->place;
    r.row.scope = o->row.scope;
    r.matter = o->reason;
    r.channel = c->who && c->who->role == ROLE_CITIZEN ? REQUEST_WEB : REQUEST_PHONE;
    r.name = o->for_name;
    r.phone = o->for_phone;
    if (o->account.n) {
        r.account = o->account;
        TRY(entity_load(c, &account_entity, o->account.n, &a, &found));
    } else {
        r.written_by = review_me(c);
    }
    if (found) {
        r.name = a.name;
        r.phone = a.phone;
    }
    return entity_create_by_rule(c, &request_entity, &r);
}
#undef R
