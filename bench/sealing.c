/*
 * sealing.c - what sealing, masking and scope cost: bench-sealing DATA DB ROWS ROUNDS
 *
 * Two tables of the same people in an empty house: `bench_person`, declared as a register is, and
 * its twin `bench_plain`, the same field table with every class OPEN. Each round adds rows to both
 * and lists pages of both, in turns: as the house, which has no scope, and as an officer who has.
 * Prints a JSON line a round: microseconds of CPU a row added and a page of 50 listed and written
 * as JSON. DB is - for SQLite in DATA.
 */

#include "app/modules.h"
#include "app/start.h"
#include "model/row/answer.h"
#include "model/row/list.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { FIELDS = 20, MODULES = 80, A_TRANSACTION = 50, PAGES = 60, PAGE = 50 };
#define DISTRICT ((int64_t)990001000000)

struct bench_person_id { int64_t n; };
struct bench_person {
    struct bench_person_id id;
    struct row row;
    struct sv name, phone, id_number, address, note, remark;
    struct day birth;
    int64_t grade, pension, visits;
    bool alone;
};

#define P struct bench_person
static const struct field sealed_fields[FIELDS] = {
    ROW_FIELDS(P),
    FIELD(P, name, .class = MASKED, .mask = MASK_NAME, .zh = "姓名", .en = "Name"),
    FIELD(P, phone, .class = SEALED, .mask = MASK_PHONE, .zh = "电话", .en = "Phone"),
    FIELD(P, id_number, .class = SEALED, .mask = MASK_ID, .zh = "证件号", .en = "Number"),
    FIELD(P, address, .class = MASKED, .mask = MASK_ADDRESS, .zh = "住址", .en = "Address"),
    FIELD(P, note, .class = SECRET, .zh = "诊断", .en = "Diagnosis"),
    FIELD(P, remark, .zh = "备注", .en = "Remark"),
    FIELD(P, birth, .zh = "出生日期", .en = "Born"),
    FIELD(P, grade, .class = MASKED, .mask = MASK_COARSE, .zh = "等级", .en = "Grade"),
    FIELD(P, pension, .zh = "养老金", .en = "Pension"),
    FIELD(P, visits, .zh = "次数", .en = "Visits"),
    FIELD(P, alone, .zh = "独居", .en = "Alone"),
    { 0 },
};
#undef P
static const struct index indexes[] = {
    { .name = "phone", .columns = "phone" }, { .name = "id_number", .columns = "id_number" }, { 0 },
};
static const struct sort sorts[] = {
    { "created", "created_at", true, "建立时间", "Created" }, { 0 },
};

struct bench {
    struct start         s;
    struct field         plain_fields[FIELDS];
    struct entity        sealed, plain;
    const struct entity *entities[3];
    struct module        module;
    const struct module *modules[MODULES];
    struct who           officer;
    int64_t              rows, rounds, made;
};

static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* --- the two tables --- */

static struct entity table_of(const char *name, const struct field *fields)
{
    return (struct entity){
        .name = name, .zh = "试", .en = "Bench", .size = sizeof(struct bench_person),
        .fields = fields, .indexes = indexes, .sorts = sorts, .title = "remark",
        .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    };
}

static void declare(struct bench *b)
{
    memcpy(b->plain_fields, sealed_fields, sizeof sealed_fields);
    for (struct field *f = b->plain_fields; f->kind != KIND_END; f++)
        f->class = OPEN;
    b->sealed = table_of("bench_person", sealed_fields);
    b->plain = table_of("bench_plain", b->plain_fields);
    b->entities[0] = &b->sealed;
    b->entities[1] = &b->plain;
    b->module = (struct module){ .name = "bench", .entities = b->entities };
    size_t n = 0;
    for (; modules[n] && n + 2 < MODULES; n++)
        b->modules[n] = modules[n];
    b->modules[n] = &b->module;
    b->s.house.modules = b->modules;
    b->officer = (struct who){ .account = 1, .role = ROLE_DISTRICT_OFFICER, .ranges_n = 1,
                               .ranges = { { DISTRICT, DISTRICT + 999999 } } };
}

static struct bench_person person(struct bench *b)
{
    int64_t n = b->made++;
    struct arena *mem = &b->s.ctx.mem;
    return (struct bench_person){
        .row.scope = DISTRICT + n % 1000 * 1000,
        .name = SV("周试算"),
        .phone = sv_fmt(mem, "100%08lld", (long long)n),
        .id_number = sv_fmt(mem, "990001%012lld", (long long)n),
        .address = SV("柳荫里 3 号楼 2 单元 401"),
        .note = SV("高血压，长期服药，行走需要搀扶"),
        .remark = SV("喜欢下午来"),
        .birth = { -7000 + n % 5000 }, .grade = n % 5, .pension = n % 9000, .visits = n % 40,
        .alone = n % 3 == 0,
    };
}

/* --- what is measured --- */

struct adding { struct bench *b; const struct entity *e; };

static enum err add_some(struct ctx *c, void *what)
{
    struct adding *a = what;
    for (int i = 0; i < A_TRANSACTION; i++) {
        struct bench_person p = person(a->b);
        TRY(entity_create_by_rule(c, a->e, &p));
    }
    return ERR_NONE;
}

static enum err add(struct bench *b, const struct entity *e, int64_t rows, double *ret_us)
{
    double began = cpu_us();
    b->s.ctx.who = &who_house;
    for (int64_t i = 0; i < rows; i += A_TRANSACTION) {
        ctx_next(&b->s.ctx, clock_now(&b->s.clock));
        TRY(transaction(&b->s.ctx, add_some, &(struct adding){ b, e }));
    }
    *ret_us = (cpu_us() - began) / (double)rows;
    return ERR_NONE;
}

static enum err list_one(struct ctx *c, const struct entity *e, struct sv *after)
{
    struct page page;
    struct buf out = buf_new(&c->mem, 65536);
    struct json j = json_new(&out);
    struct query q = { .size = PAGE, .after = *after, .to_answer = true };
    TRY(entity_list(c, e, &q, &page));
    json_object(&j, NULL);
    entity_page_json(c, &j, "items", e, &page, false);
    json_end(&j, '}');
    *after = page.next;
    return page.n == PAGE ? ERR_NONE : fail(c, ERR_BROKEN, "broken", "only %zu rows", page.n);
}

static enum err list(struct bench *b, const struct entity *e, const struct who *who, double *ret_us)
{
    static char key[400];
    struct ctx *c = &b->s.ctx;
    struct sv after = SV("");
    double began = cpu_us();
    for (int i = 0; i < PAGES; i++) {
        ctx_next(c, clock_now(&b->s.clock));
        c->who = who;
        TRY(list_one(c, e, &after));
        if (after.len > sizeof key)
            return fail(c, ERR_BROKEN, "broken", "a key of %zu bytes", after.len);
        memcpy(key, after.at, after.len);
        after.at = key;
    }
    *ret_us = (cpu_us() - began) / PAGES;
    return ERR_NONE;
}

static enum err one_round(struct bench *b, int64_t round)
{
    double added[2], listed[2][2];
    for (int i = 0; i < 2; i++) {
        int which = (int)((round + i) % 2);              /* neither is always the first */
        const struct entity *e = which ? &b->sealed : &b->plain;
        TRY(add(b, e, b->rows / 10, &added[which]));
        for (int k = 0; k < 2; k++) {
            int scoped = (int)((round / 2 + k) % 2);
            TRY(list(b, e, scoped ? &b->officer : &who_house, &listed[which][scoped]));
        }
    }
    printf("{\"add_plain\":%.2f,\"add_sealed\":%.2f,\"list_plain\":%.2f,\"list_plain_scope\":%.2f,"
           "\"list_sealed\":%.2f,\"list_sealed_scope\":%.2f}\n", added[0], added[1], listed[0][0],
           listed[0][1], listed[1][0], listed[1][1]);
    fflush(stdout);
    return ERR_NONE;
}

static enum err measure(struct bench *b)
{
    double us;
    declare(b);
    struct schema schema = house_schema(&b->s.house, &b->s.mem);
    TRY(schema_migrate(&b->s.ctx, &schema, NULL));
    TRY(start_node(&b->s));
    TRY(add(b, &b->plain, b->rows, &us));
    TRY(add(b, &b->sealed, b->rows, &us));
    for (int64_t i = 0; i < b->rounds; i++)
        TRY(one_round(b, i));
    return ERR_NONE;
}

int main(int argc, char **argv)
{
    static struct bench b;
    struct config config = config_default();
    if (argc != 5 || !sv_int(sv_of(argv[3]), 1000, 10000000, &b.rows) ||
        !sv_int(sv_of(argv[4]), 1, 1000, &b.rounds)) {
        fprintf(stderr, "usage: bench-sealing DATA DB ROWS ROUNDS\n");
        return 2;
    }
    config.data_dir = argv[1];
    config.database = strcmp(argv[2], "-") == 0 ? NULL : argv[2];
    enum err err = start_open(&b.s, &config, START_EMPTY);
    if (err == ERR_NONE)
        err = measure(&b);
    if (err != ERR_NONE)
        fprintf(stderr, "bench-sealing: %s: %.*s\n", err_name(err), SV_ARG(b.s.ctx.fault.log));
    start_close(&b.s);
    return err != ERR_NONE;
}
