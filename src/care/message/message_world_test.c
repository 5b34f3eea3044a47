/* message_world_test.c - an order, its people and a sender, for tests of messages. */

#include "care/message/message_world_test.h"

#include "care/message/link.h"
#include "care/parameter/parameter.h"
#include "http/call.h"
#include "http/server.h"

#include <fcntl.h>
#include <unistd.h>

const struct finish_input told_well = { SV_INIT("好"), RESULT_WELL };
const struct not_met_input told_nobody = { .note = SV_INIT("敲门无人") };

static void add_account(struct told *t, int64_t id, const char *phone)
{
    struct account a;
    record_clear(account_fields, &a);
    a.id.n = id;
    a.kind = ACCOUNT_CITIZEN;
    a.name = SV("家属");
    a.phone = sv_of(phone);
    MUST_GO(t->c, entity_bulk(t->c, &account_entity, &a, 1));
}

static void add_bond(struct told *t)
{
    record_clear(bond_fields, &t->bond);
    t->bond.account.n = 72;
    t->bond.elder = t->s.wang.id;
    t->bond.may.bits = 1u << BOND_MAY_ORDER | 1u << BOND_MAY_RECORDS;
    t->bond.state = BOND_ACTIVE;
    t->bond.row.scope = t->s.wang.row.scope;
    t->bond.consent_at = t->c->now;
    MUST_GO(t->c, id_next(t->c, t->c->house->ids, &t->bond.id.n));
    MUST_GO(t->c, entity_bulk(t->c, &bond_entity, &t->bond, 1));
    t->bond.row.version = 1;
}

struct told told_world(void)
{
    struct told t = { .s = station_world() };
    static struct config config;
    struct assign_input mei = { t.s.mei.id };
    bool found;
    t.c = t.s.c;
    config = (struct config){ .data_dir = world_folder(), .public_url = "https://care.test" };
    ((struct house *)(uintptr_t)t.c->house)->config = &config;
    add_account(&t, 70, "10000000070");
    add_account(&t, 72, "10000000072");
    add_bond(&t);
    struct order_new n = station_order(&t.s, &t.s.bath_offer, 540);
    t.c->now = moment_at(day_civil(2026, 11, 21), 540);
    MUST_GO(t.c, station_place(&t.s, &t.s.citizen, &n, &t.order));
    t.c->who = &t.s.manager;
    MUST_GO(t.c, entity_act(t.c, &care_order_entity, t.order.id.n, t.order.row.version,
                            SV("assign"), &mei, &t.order));
    MUST_GO(t.c, order_visit_of(t.c, &t.order, &t.visit, &found));
    CHECK(found);
    t.c->now = moment_at(day_civil(2026, 11, 23), 550);
    MUST_GO(t.c, db_commit(t.c));
    t.c->who = &who_house;              /* not a caller that ends with this function */
    t.sender.file = sv_fmt(test_mem(), "%s/outbox.jsonl", world_folder()).at;
    return t;
}

struct act { struct told *t; const char *action; const void *input; };

static enum err act(struct ctx *c, void *what)
{
    const struct act *a = what;
    struct told *t = a->t;
    return entity_act(c, &visit_entity, t->visit.id.n, t->visit.row.version, sv_of(a->action),
                      a->input, &t->visit);
}

void told_step(struct told *t, const char *action, const void *input)
{
    static const struct arrive_input here;
    struct act a = { t, action, input ? input : &here };
    t->c->who = &t->s.manager;
    MUST_GO(t->c, transaction(t->c, act, &a));
    t->c->who = &who_house;
}

void told_send(struct told *t)
{
    bool busy;
    t->c->who = &who_house;
    for (int i = 0; i < 2; i++) {
        t->sender.stepped_ms = 0;
        MUST_GO(t->c, sender_step(t->c, &t->sender, &busy));
    }
}

void told_job(struct told *t, enum err (*run)(struct ctx *c, const struct job *j))
{
    const struct job_kind kind = { .name = "test", .run = run };
    const struct job_table table = { .kinds = &kind, .kinds_n = 1 };
    int64_t id;
    bool ran = false;
    t->c->who = &who_house;
    MUST_GO(t->c, job_add(t->c, "test", SV("{}"), &id));
    MUST_GO(t->c, job_step(t->c, &table, &ran));
    CHECK(ran);
}

void told_choose(struct told *t, int64_t account, struct message_choice m)
{
    m.account.n = account;
    t->c->who = &who_house;
    MUST_GO(t->c, entity_create_by_rule(t->c, &message_choice_entity, &m));
}

void told_parameter(struct told *t, const char *name, const char *value)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = sv_of(name);
    p.value = sv_of(value);
    p.valid_from = day_civil(2026, 1, 1);
    p.source = SV("试验");
    t->c->who = &who_house;
    MUST_GO(t->c, entity_create(t->c, &parameter_entity, &p));
}

static struct page rows_of(struct told *t, struct sv query)
{
    struct query q;
    struct page page;
    t->c->who = &who_house;
    MUST_GO(t->c, query_read(t->c, &message_entity, query, &q));
    MUST_GO(t->c, entity_list(t->c, &message_entity, &q, &page));
    return page;
}

int64_t told_count(struct told *t, int kind, int state)
{
    return (int64_t)rows_of(t, sv_fmt(test_mem(), "kind=%s&state=%s", message_kinds[kind].key,
                                      message_states[state].key)).n;
}

struct message_row told_last(struct told *t, int kind)
{
    struct page page = rows_of(t, sv_fmt(test_mem(), "kind=%s", message_kinds[kind].key));
    CHECK(page.n > 0);
    return *(const struct message_row *)page.rows;
}

struct sv told_file(struct told *t)
{
    static char text[65536];
    int fd = open(t->sender.file, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    return (struct sv){ text, n < 0 ? 0 : (size_t)n };
}

struct sv told_link(struct told *t)
{
    struct sv text = told_file(t), at = text, url;
    for (ptrdiff_t i; (i = sv_find(at, SV("\"link\":\""))) >= 0;)
        text = at = sv_from(at, (size_t)i + 8);
    CHECK(sv_cut(&text, '"', &url));
    return sv_copy(test_mem(), url);
}

struct message_row told_by_link(struct told *t, struct sv token)
{
    struct message_row m;
    t->c->who = &who_house;
    MUST_GO(t->c, link_message(t->c, token, &m));
    return m;
}

enum err told_open_fails(struct told *t, struct sv token)
{
    struct request q = { .param = { token } };
    struct answer a = { .body = buf_new(test_mem(), 256) };
    a.json = json_new(&a.body);
    t->c->who = NULL;
    enum err e = link_open(t->c, &q, &a);
    ctx_forgive(t->c);
    return e;
}

struct sv told_open(struct told *t, struct sv token)
{
    struct request q = { .param = { token } };
    struct answer *a = NEW(test_mem(), struct answer, 1);
    a->body = buf_new(test_mem(), 256);
    a->json = json_new(&a->body);
    json_object(&a->json, NULL);
    t->c->who = NULL;
    MUST_GO(t->c, link_open(t->c, &q, a));
    return buf_sv(&a->body);
}
