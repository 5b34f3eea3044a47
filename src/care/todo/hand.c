/* hand.c - what waits, handed to a colleague: who can have it, and that she is told. */

#include "care/todo/hand.h"

#include "care/message/message.h"
#include "care/todo/inside.h"
#include "http/describe/gives.h"

SQL(todo_colleagues);

const struct field todo_hand_takes[] = {
    LINK(struct todo_hand, to, "account", .required = true, .zh = "转交给", .en = "To"),
    FIELD(struct todo_hand, why, .high = 200, .zh = "说明", .en = "Why",
          .hint_zh = "不写老人姓名", .hint_en = "no names of elders"),
    { 0 },
};

/* One person's one role; the row's facts that decide whether it can be hers. */
struct colleague { int64_t account, org, low, high; int role; struct sv name; };
struct asked_of { uint64_t may; int64_t scope, org; };

static int64_t number_of(const struct entity *e, const void *row, const char *name)
{
    const struct field *f = field_named(e->fields, sv_of(name));
    return f ? field_int(f, row) : 0;
}

/* Who acts on rows of this entity that can be taken: 0 where none can. */
static struct asked_of asked_of(const struct ctx *c, const struct entity *e, const void *row)
{
    struct asked_of a = { .scope = number_of(e, row, "scope"), .org = number_of(e, row, "org") };
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct todo_kind *k = (*m)->todos; k && k->key; k++)
            if (k->owner && sv_is(sv_of(e->name), k->entity))
                a.may |= k->may;
    return a;
}

static bool can_have(const struct colleague *of, const struct asked_of *a)
{
    const struct role_row *r = &roles[of->role];
    bool sees = r->sees == SEES_ORG ? a->org && of->org == a->org
              : r->sees == SEES_SCOPE && of->low <= a->scope && a->scope <= of->high;
    return sees && r->writes && (r->rights & a->may) != 0;
}

static struct rows ask(struct ctx *c, const struct asked_of *a)
{
    return db_rows(c, &sql_todo_colleagues,
                   PARAMS(P_INT("org", a->org), P_INT("scope", a->scope),
                          P_INT("today", day_of(c->now).n)));
}

static bool next_of(struct rows *r, const struct asked_of *a, struct colleague *of)
{
    while (rows_next(r)) {
        *of = (struct colleague){ .account = rows_int(r, 0), .name = rows_text(r, 2),
                                  .org = rows_int(r, 3), .low = rows_int(r, 4),
                                  .high = rows_int(r, 5) };
        if (choice_of(role_choices, rows_text(r, 1), &of->role) && can_have(of, a))
            return true;
    }
    return false;
}

MUST static enum err tell(struct ctx *c, const struct entity *e, const void *row, int64_t to)
{
    struct account a;
    bool found;
    TRY(entity_load(c, &account_entity, to, &a, &found));
    if (!found || !a.phone.len)
        return ERR_NONE;
    return message_send(c, &(struct message_new){
        .kind = TELL_HANDED, .account = a.id, .phone = a.phone,
        .values = { { "what", sv_of(e->zh) }, { "from", c->who ? c->who->name : SV("") } },
        .once = sv_fmt(&c->mem, "todo.handed/%s/%lld/%lld", e->name,
                       (long long)field_int(&e->fields[0], row),
                       (long long)number_of(e, row, "version")) });
}

enum err todo_hand(struct ctx *c, const struct entity *e, const void *row,
                   const struct todo_hand *in)
{
    struct asked_of a = asked_of(c, e, row);
    struct colleague of;
    bool can = false;
    struct rows r = ask(c, &a);
    while (next_of(&r, &a, &of))
        can = can || of.account == in->to.n;
    TRY(rows_end(&r));
    if (!can)
        fail_field(c, SV("to"), "todo.hand_to");
    else if (c->who && in->to.n == c->who->account)
        fail_field(c, SV("to"), "todo.hand_self");
    TRY(fail_fields(c));
    return tell(c, e, row, in->to.n);
}

/* --- whom to choose from --- */

const struct field todo_hand_asked_fields[] = {
    FIELD(struct todo_hand_asked, entity, .required = true, .high = 40, .zh = "对象",
          .en = "Entity"),
    FIELD(struct todo_hand_asked, id, .required = true, .low = 1, .high = INT64_MAX,
          .zh = "编号", .en = "Id"),
    { 0 },
};

static const struct field one_gives[] = {
    SAYS(ID, "account", .zh = "账号", .en = "Account"), SAYS(TEXT, "name"),
    SAYS(TEXT, "role_name", .zh = "角色", .en = "Role"), { 0 },
};
const struct field todo_hand_gives[] = {
    SAYS(LIST, "items", .record = one_gives, .zh = "可转交的同事", .en = "Who can have it"), { 0 },
};

enum err todo_colleagues_get(struct ctx *c, const struct request *q, struct answer *answer)
{
    const struct todo_hand_asked *asked = q->query;
    const struct entity *e = house_entity(c->house, asked->entity);
    void *row = e ? arena_take(&c->mem, e->size, _Alignof(max_align_t)) : NULL;
    if (e)
        TRY(entity_get(c, e, asked->id, row));
    struct asked_of a = e ? asked_of(c, e, row) : (struct asked_of){ 0 };
    struct colleague of;
    int64_t last = 0;
    if (!a.may)
        fail_field(c, SV("entity"), "todo.hand_none");
    TRY(fail_fields(c));
    struct rows r = ask(c, &a);
    json_array(&answer->json, "items");
    while (next_of(&r, &a, &of)) {
        if (of.account == c->who->account || of.account == last)
            continue;
        last = of.account;
        json_object(&answer->json, NULL);
        json_id(&answer->json, "account", of.account);
        json_text(&answer->json, "name", of.name);
        json_text(&answer->json, "role_name", sv_of(c->lang == LANG_EN ? roles[of.role].name.en
                                                                       : roles[of.role].name.zh));
        json_end(&answer->json, '}');
    }
    json_end(&answer->json, ']');
    return rows_end(&r);
}
