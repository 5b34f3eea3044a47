/* page.c - one person's page, and who is calling. */

#include "care/elder/page.h"

#include "care/elder/birthday.h"
#include "care/elder/elder.h"
#include "care/page/page.h"
#include "http/generic.h"
#include "http/describe/gives.h"
#include "model/history/access.h"
#include "model/who/account.h"
#include "model/history/history.h"
#include "model/seal/seal.h"
#include "model/search/search.h"

#include <stdalign.h>
#include <stddef.h>

SQL(call_bonds);
SQL(call_last_order);

/* --- the page --- */

static const struct linked page_of_elder[] = {
    { .name = "contacts", .entity = "contact", .field = "elder", .size = 20 },
    { .name = "bonds", .entity = "bond", .field = "elder", .size = 20 },
    { .name = "facts", .entity = "elder_fact", .field = "elder", .size = 50 },
    { .name = "events", .entity = "elder_event", .field = "elder", .size = 30 },
    { .name = "guardians", .entity = "guardian", .field = "elder", .size = 20 },
    { .name = "consents", .entity = "consent", .field = "elder", .size = 30 },
    { .name = "agreements", .entity = "agreement", .field = "elder", .size = 20 },
    { .name = "pauses", .entity = "pause", .field = "elder", .size = 10 },
    { .name = "pairs", .entity = "carer_pair", .field = "elder", .size = 20 },
    { .name = "orders", .entity = "care_order", .field = "elder", .size = 30 },
    { .name = "visits", .entity = "visit", .field = "elder", .size = 30 },
    { 0 },
};

/* The name behind an account; the same few people look again and again. */
MUST static enum err put_name(struct ctx *c, struct json *j, int64_t account, struct account *last)
{
    bool found = last->id.n == account;
    if (!found && account)
        TRY(entity_load(c, &account_entity, account, last, &found));
    if (found)
        json_text(j, "account_title", last->name);
    return ERR_NONE;
}

MUST static enum err write_access(struct ctx *c, struct json *j, int64_t elder)
{
    struct list rows;
    struct account last = { .id = { 0 } };
    TRY(access_of(c, elder, &rows));
    json_array(j, "access");
    const struct access_log *l = rows.at;
    for (size_t i = 0; i < rows.n && i < 50; i++) {
        int role = 0;
        bool known = choice_of(role_choices, l[i].role, &role);
        json_object(j, NULL);
        json_moment(j, "at", l[i].row.created_at);
        json_text(j, "role", l[i].role);
        if (known)
            json_text(j, "role_name",
                      sv_of(c->lang == LANG_EN ? role_choices[role].en : role_choices[role].zh));
        json_id(j, "account", l[i].account.n);
        TRY(put_name(c, j, l[i].account.n, &last));
        json_text(j, "what", l[i].what);
        json_text(j, "reason", l[i].reason);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err page(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct elder e;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &elder_entity, id, &e));
    entity_json(c, &a->json, "elder", &elder_entity, &e, false);
    if (day_known(e.birth))
        json_int(&a->json, "age", age_on(e.birth, day_of(c->now)));
    birthday_json(c, &a->json, "birthday", &e);
    TRY(page_lists(c, &a->json, page_of_elder, id));
    TRY(history_json(c, &a->json, "history", &elder_entity, id));
    return write_access(c, &a->json, id);
}

/* --- who is calling --- */

struct call_asked { struct sv number; };

enum { LAST_DIGITS = 4, EACH_WAY_MAX = 10 };

static bool last_digits(struct sv number)
{
    for (size_t i = 0; i < number.len; i++)
        if (number.at[i] < '0' || number.at[i] > '9')
            return false;
    return number.len == LAST_DIGITS;
}

/* A whole number, or its last four digits as a caller says them. */
static const char *number_check(struct sv number)
{
    return last_digits(number) ? NULL : phone_check(number);
}

static struct sv number_of(struct ctx *c, struct sv asked)
{
    return last_digits(asked) ? asked : phone_normal(&c->mem, asked);
}

static const struct field call_asked_fields[] = {
    FIELD(struct call_asked, number, .required = true, .high = 30, .check = number_check,
          .zh = "来电号码或末四位", .en = "Number, or its last four digits"),
    { 0 },
};

static struct sv key_of(struct ctx *c, const char *table, struct sv number)
{
    const char *use = last_digits(number) ? "last4" : "key";
    return seal_index(c, table, "phone", use, seal_normal(&c->mem, MASK_PHONE, number));
}

/* How a number leads to a person. */
enum way_kind { WAY_ELDER, WAY_CONTACT, WAY_ACCOUNT };
struct way { const char *key, *zh, *en; };
static const struct way ways[] = {
    [WAY_ELDER] = { "elder", "本人电话", "her own number" },
    [WAY_CONTACT] = { "contact", "联系人电话", "a contact's number" },
    [WAY_ACCOUNT] = { "account", "已绑定亲属的电话", "the number of a bound relative" },
};

struct found { int64_t elder; enum way_kind way; };
struct calling { struct found at[30]; size_t n; };

/* One elder once, by the first way she was found. */
static void add_found(struct calling *p, int64_t elder, enum way_kind way)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->at[i].elder == elder)
            return;
    if (p->n < sizeof p->at / sizeof *p->at)
        p->at[p->n++] = (struct found){ elder, way };
}

/* Elders and contacts the caller sees: 500 may share a tail, and the first ten are not hers. */
MUST static enum err search(struct ctx *c, struct sv number, struct calling *p)
{
    struct search_hits hits;
    struct page page;
    TRY(search_numbers(c, &elder_entity, number, EACH_WAY_MAX, &hits));
    for (size_t i = 0; i < hits.n; i++)
        add_found(p, hits.at[i].id, WAY_ELDER);
    TRY(search_numbers(c, &contact_entity, number, EACH_WAY_MAX, &hits));
    TRY(search_page(c, &contact_entity, &hits, EACH_WAY_MAX, &page));
    for (size_t i = 0; i < page.n; i++)
        add_found(p, ((const struct contact *)page.rows)[i].elder.n, WAY_CONTACT);
    struct rows r = db_rows(c, &sql_call_bonds,
                            PARAMS(P_TEXT("account_key", key_of(c, "account", number))));
    while (rows_next(&r))
        add_found(p, rows_int(&r, 1), WAY_ACCOUNT);
    return rows_end(&r);
}

MUST static enum err write_last_order(struct ctx *c, struct json *j, int64_t elder)
{
    int64_t id;
    const struct entity *order = house_entity(c->house, SV("care_order"));
    TRY(db_int(c, &sql_call_last_order, PARAMS(P_INT("elder", elder)), &id));
    if (!id || !order || !who_may(c, order->reads))
        return ERR_NONE;
    void *row = arena_take(&c->mem, order->size, alignof(max_align_t));
    enum err err = entity_get(c, order, id, row);
    if (err == ERR_MISSING || err == ERR_FORBIDDEN) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(err);
    entity_json(c, j, "last_order", order, row, false);
    return ERR_NONE;
}

static void write_person(struct ctx *c, struct json *j, const struct found *f,
                         const struct elder *e)
{
    const struct way *way = &ways[f->way];
    json_text(j, "kind", sv_of(way->key));
    json_text(j, "why", sv_of(c->lang == LANG_EN ? way->en : way->zh));
    json_id(j, "elder", e->id.n);
    json_text(j, "name", e->name);
    if (day_known(e->birth))
        json_int(j, "age", age_on(e->birth, day_of(c->now)));
    if (e->gender)
        json_text(j, "gender", sv_of(e->gender == 1 ? "male" : "female"));
    json_text(j, "address", e->address);
    if (e->compound.n)
        json_id(j, "compound", e->compound.n);
}

/* Her name and address are shown whole to who answers her call: that is a look, and logged. */
MUST static enum err write_found(struct ctx *c, struct json *j, const struct found *f)
{
    struct elder e;
    enum err err = entity_get(c, &elder_entity, f->elder, &e);
    if (err == ERR_MISSING || err == ERR_FORBIDDEN) {        /* of another area: not ours to show */
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(err);
    TRY(access_note(c, e.id.n, &elder_entity, e.id.n, SV("call:name,address")));
    json_object(j, NULL);
    write_person(c, j, f, &e);
    TRY(write_last_order(c, j, e.id.n));
    json_end(j, '}');
    return ERR_NONE;
}

static enum err call(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct call_asked *asked = q->query;
    struct calling people = { .n = 0 };
    TRY(search(c, number_of(c, asked->number), &people));
    json_array(&a->json, "people");
    for (size_t i = 0; i < people.n; i++)
        TRY(write_found(c, &a->json, &people.at[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- an assessor's grade --- */

static const struct field grade_fields[] = {
    CHOICE(struct elder, grade, ability_grades, .required = true, .zh = "能力等级", .en = "Grade"),
    FIELD(struct elder, grade_on, .required = true, .zh = "评估日期", .en = "Graded on"),
    FIELD(struct elder, grade_source, .required = true, .high = 100, .zh = "评估依据",
          .en = "Source"),
    { 0 },
};

/* Who may assess need not be allowed to change anything else of her. */
static enum err grade(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id, version;
    struct elder e;
    const struct elder *given = q->body;
    TRY(request_id(c, q, 0, &id));
    TRY(request_version(c, q, &version));
    TRY(entity_get(c, &elder_entity, id, &e));
    if (given->grade_on.n > day_of(c->now).n) {
        fail_field(c, SV("grade_on"), "elder.grade_future");
        return fail_fields(c);
    }
    e.grade = given->grade;
    e.grade_on = given->grade_on;
    e.grade_source = given->grade_source;
    TRY(entity_update(c, &elder_entity, &e, version, "grade"));
    entity_json(c, &a->json, "elder", &elder_entity, &e, false);
    return ERR_NONE;
}

/* --- what they give --- */

static const struct field look_gives[] = {
    SAYS(MOMENT, "at"), SAYS(TEXT, "role"), MAY_SAY(TEXT, "role_name"), SAYS(ID, "account"),
    MAY_SAY(TEXT, "account_title"), SAYS(TEXT, "what"), SAYS(TEXT, "reason"), { 0 },
};
static const struct field page_gives[] = {
    SAYS(RECORD, "elder", .links = "elder"), MAY_SAY(INT, "age"),
    MAY_SAY(RECORD, "birthday", .record = birthday_gives),
    MAY_SAY(LIST, "contacts", .links = "contact"), MAY_SAY(LIST, "bonds", .links = "bond"),
    MAY_SAY(LIST, "facts", .links = "elder_fact"),
    MAY_SAY(LIST, "events", .links = "elder_event"),
    MAY_SAY(LIST, "guardians", .links = "guardian"),
    MAY_SAY(LIST, "consents", .links = "consent"),
    MAY_SAY(LIST, "agreements", .links = "agreement"),
    MAY_SAY(LIST, "pauses", .links = "pause"), MAY_SAY(LIST, "pairs", .links = "carer_pair"),
    MAY_SAY(LIST, "orders", .links = "care_order"), MAY_SAY(LIST, "visits", .links = "visit"),
    SAYS(LIST, "history", .record = history_line_gives),
    SAYS(LIST, "access", .record = look_gives), { 0 },
};
static const struct field person_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "why"), SAYS(ID, "elder"), SAYS(TEXT, "name"),
    MAY_SAY(INT, "age"), MAY_SAY(TEXT, "gender"), SAYS(TEXT, "address"), MAY_SAY(ID, "compound"),
    MAY_SAY(RECORD, "last_order", .links = "care_order"), { 0 },
};
static const struct field call_gives[] = { SAYS(LIST, "people", .record = person_gives), { 0 } };
static const struct field grade_gives[] = { SAYS(RECORD, "elder", .links = "elder"), { 0 } };

const struct endpoint elder_endpoints[] = {
    { .verb = POST, .path = "/api/elder/{id}/grade", .run = grade, .lane = WRITES,
      .may = MAY_ASSESS, .takes = grade_fields, .takes_size = sizeof(struct elder),
      .gives = grade_gives, .zh = "记录能力等级", .en = "Record an ability grade" },
    { .verb = GET, .path = "/api/elder/{id}/page", .run = page, .lane = READS,
      .may = MAY_READ_REGISTER, .gives = page_gives, .zh = "老年人全景",
      .en = "Everything about one person" },
    { .verb = GET, .path = "/api/elder/birthdays", .run = birthdays_get, .lane = READS,
      .may = MAY_READ_REGISTER, .query = birthdays_asked,
      .query_size = sizeof(struct birthdays_asked), .gives = birthdays_gives,
      .zh = "近期生日", .en = "Birthdays of the next days" },
    { .verb = GET, .path = "/api/call", .run = call, .lane = WRITES, .may = MAY_ANSWER_CALLS,
      .query = call_asked_fields, .query_size = sizeof(struct call_asked),
      .gives = call_gives, .zh = "来电识别", .en = "Who is calling" },
    { 0 },
};
