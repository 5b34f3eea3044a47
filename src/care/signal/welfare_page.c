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

static void put_person(struct json *j, struct sv name, struct sv relation, struct sv phone)
{
    if (!phone.len)
        return;
    json_object(j, NULL);
    json_text(j, "name", name);
    json_text(j, "relation", relation);
    json_text(j, "phone", phone);
    json_end(j, '}');
}

MUST static enum err put_contacts(struct ctx *c, struct json *j, struct elder_id elder,
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
        put_person(j, k.name, sv_of(choice_named(&relation_kinds[k.relation], c->lang)), k.phone);
    }
    return ERR_NONE;
}

MUST static enum err put_office(struct ctx *c, struct json *j, int64_t scope)
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
    put_person(j, o.name, c->lang == LANG_EN ? SV("community office") : SV("居委会"), o.phone);
    return ERR_NONE;
}

/* Names and numbers stand whole, for somebody dials them now: a look, and logged. */
MUST static enum err put_whom(struct ctx *c, struct json *j, const struct elder *e, int what)
{
    json_array(j, "whom");
    switch ((enum welfare_what)what) {
    case WELFARE_ELDER:
        put_person(j, e->name, c->lang == LANG_EN ? SV("herself") : SV("本人"), e->phone);
        break;
    case WELFARE_FAMILY:
        TRY(put_contacts(c, j, e->id, false));
        break;
    case WELFARE_NEIGHBOUR:
        TRY(put_contacts(c, j, e->id, true));
        TRY(put_office(c, j, e->row.scope));
        break;
    case WELFARE_EMERGENCY:
        put_person(j, c->lang == LANG_EN ? SV("Police") : SV("公安"), SV("110"), SV("110"));
        put_person(j, c->lang == LANG_EN ? SV("Ambulance") : SV("急救"), SV("120"), SV("120"));
        break;
    case WELFARE_GO:
    case WELFARE_WHATS:
        break;
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
    int next = -1;
    bool open = w->state == SIGNAL_OPEN || w->state == SIGNAL_TAKEN;
    TRY(entity_load(c, &elder_entity, w->elder.n, &e, &found));
    TRY(access_note(c, w->elder.n, &work_item_entity, w->id.n, SV("welfare:name,phone,contacts")));
    entity_json(c, j, "work_item", &work_item_entity, w, false);
    json_text(j, "name", e.name);
    json_text(j, "address", e.address);
    json_bool(j, "open", open);
    TRY(put_steps(c, j, w->id.n));
    if (open)
        TRY(welfare_next(c, w, &next));
    if (next < 0)
        return ERR_NONE;
    json_text(j, "next", sv_of(welfare_whats[next].key));
    json_text(j, "next_name", sv_of(choice_named(&welfare_whats[next], c->lang)));
    json_moment(j, "due", w->due);
    return put_whom(c, j, &e, next);
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
