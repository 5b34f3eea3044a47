/* welfare_page.c - what was done, what comes next, and whom to ring for it. */

#include "care/signal/welfare.h"

#include "base/messages.h"
#include "http/describe/gives.h"
#include "model/history/access.h"
#include "model/who/account.h"

SQL(welfare_steps);
SQL(welfare_contacts);
SQL(welfare_office);

enum { CONTACTS_MAX = 6, STEPS_SHOWN = 100 };

/* --- whom --- */

struct persons { struct { struct sv name, relation, phone; } at[CONTACTS_MAX + 1]; size_t n; };

static void add_person(struct persons *p, struct sv name, struct sv relation, struct sv phone)
{
    if (!phone.len || p->n == sizeof p->at / sizeof *p->at)
        return;
    p->at[p->n].name = name;
    p->at[p->n].relation = relation;
    p->at[p->n++].phone = phone;
}

MUST static enum err add_contacts(struct ctx *c, struct persons *p, struct elder_id elder,
                                  bool neighbours)
{
    int64_t ids[CONTACTS_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_welfare_contacts,
                            PARAMS(P_INT("elder", elder.n), P_INT("neighbours", neighbours)));
    while (n < CONTACTS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct contact k;
        bool found;
        TRY(entity_load(c, &contact_entity, ids[i], &k, &found));
        add_person(p, k.name, sv_of(choice_named(&relation_kinds[k.relation], c->lang)), k.phone);
    }
    return ERR_NONE;
}

MUST static enum err add_office(struct ctx *c, struct persons *p, int64_t scope)
{
    struct organisation o;
    int64_t id = 0;
    bool found;
    struct rows r = db_rows(c, &sql_welfare_office, PARAMS(P_INT("scope", scope)));
    if (rows_next(&r))
        id = rows_int(&r, 0);
    TRY(rows_end(&r));
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &organisation_entity, id, &o, &found));
    add_person(p, o.name, c->lang == LANG_EN ? SV("community office") : SV("居委会"), o.phone);
    return ERR_NONE;
}

/* Whom that step rings, with a number; none: nobody's number is known, or nobody is rung. */
MUST static enum err whom_of(struct ctx *c, const struct elder *e, int what, struct persons *p)
{
    bool en = c->lang == LANG_EN;
    p->n = 0;
    switch ((enum welfare_what)what) {
    case WELFARE_ELDER:
        add_person(p, e->name, en ? SV("herself") : SV("本人"), e->phone);
        break;
    case WELFARE_FAMILY:
        return add_contacts(c, p, e->id, false);
    case WELFARE_NEIGHBOUR:
        TRY(add_contacts(c, p, e->id, true));
        return add_office(c, p, e->row.scope);
    case WELFARE_EMERGENCY:
        add_person(p, en ? SV("Police") : SV("公安"), SV("110"), SV("110"));
        add_person(p, en ? SV("Ambulance") : SV("急救"), SV("120"), SV("120"));
        break;
    case WELFARE_GO:
    case WELFARE_WHATS:
        break;
    }
    return ERR_NONE;
}

/* Names and numbers stand whole, for somebody dials them now: a look, and logged. */
static void put_whom(struct json *j, const struct persons *p)
{
    json_array(j, "whom");
    for (size_t i = 0; i < p->n; i++) {
        json_object(j, NULL);
        json_text(j, "name", p->at[i].name);
        json_text(j, "relation", p->at[i].relation);
        json_text(j, "phone", p->at[i].phone);
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* The calls that cannot be made, for nobody has a number, in words; and which they are. */
MUST static enum err put_silent(struct ctx *c, struct json *j, const struct elder *e,
                                unsigned *ret_silent)
{
    static const int calls[] = { WELFARE_ELDER, WELFARE_FAMILY, WELFARE_NEIGHBOUR };
    struct persons p;
    *ret_silent = 0;
    json_array(j, "no_number");
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        TRY(whom_of(c, e, calls[i], &p));
        if (p.n)
            continue;
        *ret_silent |= 1U << calls[i];
        json_text(j, NULL, sv_of(choice_named(&welfare_whats[calls[i]], c->lang)));
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* --- what was done --- */

MUST static enum err put_step(struct ctx *c, struct json *j, int64_t id)
{
    struct welfare_step s;
    struct account a;
    bool found, known = false;
    TRY(entity_load(c, &welfare_step_entity, id, &s, &found));
    if (s.noted_by.n)
        TRY(entity_load(c, &account_entity, s.noted_by.n, &a, &known));
    json_object(j, NULL);
    json_text(j, "what", sv_of(welfare_whats[s.what].key));
    json_text(j, "what_name", sv_of(choice_named(&welfare_whats[s.what], c->lang)));
    json_text(j, "result", sv_of(welfare_results[s.result].key));
    json_text(j, "result_name", sv_of(choice_named(&welfare_results[s.result], c->lang)));
    json_moment(j, "at", s.at);
    json_text(j, "by_name", known ? a.name : SV(""));
    json_text(j, "note", s.note);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_steps(struct ctx *c, struct json *j, int64_t item)
{
    int64_t ids[STEPS_SHOWN];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_welfare_steps, PARAMS(P_INT("item", item)));
    while (n < STEPS_SHOWN && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(j, "done");
    for (size_t i = 0; i < n; i++)
        TRY(put_step(c, j, ids[i]));
    json_end(j, ']');
    return ERR_NONE;
}

MUST static enum err put_call(struct ctx *c, struct json *j, const struct work_item *w)
{
    struct elder e;
    bool found;
    struct persons p;
    unsigned silent;
    int next = -1;
    bool open = w->state == SIGNAL_OPEN || w->state == SIGNAL_TAKEN;
    TRY(entity_load(c, &elder_entity, w->elder.n, &e, &found));
    TRY(access_note(c, w->elder.n, &work_item_entity, w->id.n, SV("welfare:name,phone,contacts")));
    entity_json(c, j, "work_item", &work_item_entity, w, false);
    json_text(j, "name", e.name);
    json_text(j, "address", e.address);
    json_bool(j, "open", open);
    TRY(put_steps(c, j, w->id.n));
    if (!open)
        return ERR_NONE;
    TRY(put_silent(c, j, &e, &silent));
    TRY(welfare_next(c, w, silent, &next));
    if (next < 0)
        return ERR_NONE;
    json_text(j, "next", sv_of(welfare_whats[next].key));
    json_text(j, "next_name", sv_of(choice_named(&welfare_whats[next], c->lang)));
    json_moment(j, "due", w->due);
    TRY(whom_of(c, &e, next, &p));
    put_whom(j, &p);
    return ERR_NONE;
}

static enum err call_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct work_item w;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &work_item_entity, id, &w));
    if (!w.elder.n)
        return fail(c, ERR_CONFLICT, "welfare.nobody", "item %lld is about no elder",
                    (long long)id);
    return put_call(c, &a->json, &w);
}

static enum err call_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct work_item w;
    struct welfare_step s;
    struct work_item_id id;
    TRY(request_id(c, q, 0, &id.n));
    TRY(welfare_note(c, id, q->body, &s));
    TRY(entity_get(c, &work_item_entity, id.n, &w));
    return put_call(c, &a->json, &w);
}

static const struct field step_gives[] = {
    SAYS(CHOICE, "what", .choices = welfare_whats), SAYS(TEXT, "what_name"),
    SAYS(CHOICE, "result", .choices = welfare_results), SAYS(TEXT, "result_name"),
    SAYS(MOMENT, "at"), SAYS(TEXT, "by_name"), SAYS(TEXT, "note"), { 0 },
};
static const struct field whom_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "relation"), SAYS(TEXT, "phone"), { 0 },
};
static const struct field call_gives[] = {
    SAYS(RECORD, "work_item", .links = "work_item"), SAYS(TEXT, "name"), SAYS(TEXT, "address"),
    SAYS(BOOL, "open"), SAYS(LIST, "done", .record = step_gives),
    MAY_SAY(CHOICE, "next", .choices = welfare_whats, .zh = "下一步", .en = "The next step"),
    MAY_SAY(TEXT, "next_name"), MAY_SAY(MOMENT, "due", .zh = "最迟", .en = "By when"),
    MAY_SAY(LIST, "no_number", .zh = "没有号码可打的步骤", .en = "Calls for which there is no number"),
    MAY_SAY(LIST, "whom", .record = whom_gives), { 0 },
};
static const struct field note_fields[] = {
    CHOICE(struct welfare_note, what, welfare_whats, .required = true, .zh = "做了什么",
           .en = "What was done"),
    CHOICE(struct welfare_note, result, welfare_results, .required = true, .zh = "结果",
           .en = "What came of it"),
    FIELD(struct welfare_note, note, .high = 500, .zh = "记录", .en = "Note"),
    { 0 },
};

const struct endpoint welfare_endpoints[] = {
    { .verb = GET, .path = "/api/work_item/{id}/welfare", .run = call_get, .lane = WRITES,
      .may = MAY_READ_REGISTER, .gives = call_gives, .zh = "问安：做过什么、下一步打给谁",
      .en = "A welfare call: what was done, what comes next, whom to ring" },
    { .verb = POST, .path = "/api/work_item/{id}/welfare", .run = call_post, .lane = WRITES,
      .may = MAY_READ_REGISTER, .takes = note_fields, .takes_size = sizeof(struct welfare_note),
      .gives = call_gives, .zh = "登记一步问安", .en = "Note a step of a welfare call" },
    { 0 },
};
