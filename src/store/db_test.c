/* db_test.c - what db.h promises, on both engines. */

#include "base/record.h"
#include "store/build.h"
#include "test.h"
#include "world.h"

#include <pthread.h>

/* --- a table to try it on --- */

struct pet_id { int64_t n; };

enum pet_kind { PET_CAT, PET_DOG };
static const struct choice pet_kinds[] = {
    { "cat", "猫", "Cat" }, { "dog", "狗", "Dog" }, { 0 },
};

struct pet {
    struct pet_id  id, mother;
    struct sv      name;
    int64_t        weight_g;
    struct opt_int teeth;
    double         speed;
    struct day     born;
    struct moment  seen_at;
    bool           tame;
    enum pet_kind  kind;
    struct sv      chip;
};

static const struct field pet_fields[] = {
    ID(struct pet, id),
    LINK(struct pet, mother, "pet"),
    FIELD(struct pet, name),
    FIELD(struct pet, weight_g),
    FIELD(struct pet, teeth),
    FIELD(struct pet, speed),
    FIELD(struct pet, born),
    FIELD(struct pet, seen_at),
    FIELD(struct pet, tame),
    CHOICE(struct pet, kind, pet_kinds),
    { 0 },
};

static const struct field sealed_fields[] = {
    FIELD(struct pet, chip, .class = SEALED),
    { 0 },
};

static const struct column pet_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true },
    { .name = "mother", .type = VALUE_INT },
    { .name = "name", .type = VALUE_TEXT },
    { .name = "weight_g", .type = VALUE_INT, .not_null = true, .default_sql = "0" },
    { .name = "teeth", .type = VALUE_INT },
    { .name = "speed", .type = VALUE_REAL },
    { .name = "born", .type = VALUE_INT },
    { .name = "seen_at", .type = VALUE_INT },
    { .name = "tame", .type = VALUE_INT, .not_null = true, .default_sql = "0" },
    { .name = "kind", .type = VALUE_TEXT, .not_null = true, .default_sql = "'cat'" },
    { .name = "chip", .type = VALUE_BLOB },
};

static const struct index pet_indexes[] = {
    { .name = "name", .columns = "name", .unique = true, .where = "tame = 1", .message = "pet.named" },
    { .name = "weight", .check = "weight_g >= 0", .message = "pet.weight" },
    { .name = "mother", .columns = "mother", .refers = "pet", .message = "pet.mother" },
    { 0 },
};

static const struct table pet_tables[] = {
    { .name = "pet", .columns = pet_columns, .columns_n = 11, .indexes = pet_indexes },
};

static struct ctx *pets(void)
{
    static struct schema s = { pet_tables, 1, 0 };
    schema_seal(&s);
    return world_of(&s);
}

/* --- its statements --- */

static const char *const insert_params[] = {
    "id", "mother", "name", "weight_g", "teeth", "speed", "born", "seen_at", "tame", "kind",
};
static const struct sql pet_insert = {
    .name = "pet_insert", .params = insert_params, .params_n = 10,
    .sqlite = "INSERT INTO pet (id, mother, name, weight_g, teeth, speed, born, seen_at, tame, kind) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    .pg = "INSERT INTO pet (id, mother, name, weight_g, teeth, speed, born, seen_at, tame, kind) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};
static const struct sql pet_get = {
    .name = "pet_get", .params = (const char *const[]){ "id" }, .params_n = 1,
    .sqlite = "SELECT * FROM pet WHERE id = ?1", .pg = "SELECT * FROM pet WHERE id = $1",
};
static const struct sql pet_count = {
    .name = "pet_count", .params = (const char *const[]){ "kind" }, .params_n = 1,
    .sqlite = "SELECT count(*) FROM pet WHERE ?1 IS NULL OR kind = ?1",
    .pg = "SELECT count(*) FROM pet WHERE $1 IS NULL OR kind = $1",
};
static const struct sql pet_sum = {
    .name = "pet_sum",
    .sqlite = "SELECT sum(weight_g) AS all_g, avg(weight_g) AS mean_g FROM pet",
    .pg = "SELECT sum(weight_g) AS all_g, avg(weight_g) AS mean_g FROM pet",
};
static const struct sql pet_chip = {
    .name = "pet_chip", .params = (const char *const[]){ "chip", "id" }, .params_n = 2,
    .sqlite = "UPDATE pet SET chip = ?1 WHERE id = ?2", .pg = "UPDATE pet SET chip = $1 WHERE id = $2",
};
static const struct sql nonsense = {
    .name = "nonsense", .sqlite = "SELECT nothing FROM nowhere", .pg = "SELECT nothing FROM nowhere",
};

static struct pet a_pet(int64_t id, const char *name)
{
    struct pet p;
    record_clear(pet_fields, &p);
    p.id.n = id;
    p.name = sv_of(name);
    p.weight_g = 100;
    return p;
}

static enum err add(struct ctx *c, const struct pet *p)
{
    return db_run(c, &pet_insert, RECORD_PARAMS(pet_fields, p), NULL);
}

static void must_add(struct ctx *c, int64_t id, const char *name)
{
    struct pet p = a_pet(id, name);
    CHECK_INT(add(c, &p), ERR_NONE);
}

static int64_t how_many(struct ctx *c)
{
    int64_t n = -1;
    CHECK_INT(db_int(c, &pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    return n;
}

static struct pet get(struct ctx *c, int64_t id)
{
    struct pet p;
    bool found;
    CHECK_INT(db_find(c, &pet_get, PARAMS(P_INT("id", id)), pet_fields, &p, &found), ERR_NONE);
    CHECK(found);
    return p;
}

/* --- records --- */

TEST_DB(a_record_goes_in_and_comes_out_again)
{
    struct ctx *c = pets();
    struct pet in = {
        .id = { 7 }, .name = SV_INIT("小花 O'Neill\t\\N"), .weight_g = -0, .teeth = { true, 0 }, .speed = 1.25,
        .born = { -9000 }, .seen_at = { 1700000000123 }, .tame = true, .kind = PET_DOG,
    };
    in.weight_g = INT64_MAX;
    CHECK_INT(add(c, &in), ERR_NONE);
    struct pet out = get(c, 7);
    for (const struct field *f = pet_fields; f->name; f++)
        if (!field_same(f, &in, &out))
            test_fail(__FILE__, __LINE__, "%s changed on its way", f->name);
}

TEST_DB(absent_values_are_null_and_absent_again)
{
    struct ctx *c = pets();
    must_add(c, 1, "");
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM pet WHERE mother IS NULL AND name IS NULL AND teeth IS NULL "
                  "AND born IS NULL AND seen_at IS NULL");
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    CHECK_INT(rows_int(&r, 0), 1);
    CHECK_INT(rows_end(&r), ERR_NONE);
    struct pet p = get(c, 1);
    CHECK(!p.teeth.known);
    CHECK(!day_known(p.born));
    CHECK_INT(p.mother.n, 0);
    CHECK_INT(p.name.len, 0);
}

TEST_DB(a_parameter_from_the_list_stands_before_the_record)
{
    struct ctx *c = pets();
    struct pet p = a_pet(1, "list");
    struct params both = PARAMS(P_INT("id", 2));
    both.fields = pet_fields;
    both.record = &p;
    CHECK_INT(db_run(c, &pet_insert, both, NULL), ERR_NONE);
    CHECK_TEXT(get(c, 2).name, "list");
}

TEST_DB(an_unbound_parameter_is_our_mistake)
{
    struct ctx *c = pets();
    CHECK_INT(db_run(c, &pet_get, NO_PARAMS, NULL), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(db_run(c, &nonsense, NO_PARAMS, NULL), ERR_BROKEN);
}

TEST_DB(a_sealed_field_is_never_bound_from_a_record)
{
    struct ctx *c = pets();
    must_add(c, 1, "a");
    struct pet p = { .chip = SV_INIT("secret") };
    struct params both = PARAMS(P_INT("id", 1));
    both.fields = sealed_fields;
    both.record = &p;
    CHECK_INT(db_run(c, &pet_chip, both, NULL), ERR_BROKEN);
    ctx_forgive(c);
    struct sv bytes = { "\0\xff\\'x", 5 };
    CHECK_INT(db_run(c, &pet_chip, PARAMS(P_INT("id", 1), { "chip", V_BLOB(bytes) }), NULL), ERR_NONE);
    struct rows r = db_rows(c, &pet_get, PARAMS(P_INT("id", 1)));
    CHECK(rows_next(&r));
    struct value v = rows_value(&r, rows_column(&r, "chip"));
    CHECK_INT(v.type, VALUE_BLOB);
    CHECK(sv_eq(v.text, bytes));
    struct pet out = { 0 };
    rows_read(&r, sealed_fields, &out);
    CHECK_INT(out.chip.len, 0);
    CHECK_INT(rows_end(&r), ERR_NONE);
}

TEST_DB(an_empty_text_can_be_stored_on_purpose)
{
    struct ctx *c = pets();
    struct build b = build_new(c);
    build_sql(&b, "INSERT INTO pet (id, name) VALUES (1, ");
    build_value(&b, V_TEXT(SV("")));
    build_sql(&b, ")");
    int64_t changed = 0;
    CHECK_INT(build_run(c, &b, &changed), ERR_NONE);
    CHECK_INT(changed, 1);
    struct rows r = db_rows(c, &pet_get, PARAMS(P_INT("id", 1)));
    CHECK(rows_next(&r));
    CHECK_INT(rows_value(&r, rows_column(&r, "name")).type, VALUE_TEXT);
    CHECK_INT(rows_value(&r, rows_column(&r, "mother")).type, VALUE_NULL);
    CHECK_INT(rows_end(&r), ERR_NONE);
}

TEST_DB(an_optional_filter_takes_null_and_a_value)
{
    struct ctx *c = pets();
    must_add(c, 1, "a");
    struct pet dog = a_pet(2, "b");
    dog.kind = PET_DOG;
    CHECK_INT(add(c, &dog), ERR_NONE);
    for (int i = 0; i < 3; i++) {
        int64_t n = 0;
        CHECK_INT(how_many(c), 2);
        CHECK_INT(db_int(c, &pet_count, PARAMS(P_TEXT("kind", SV("dog"))), &n), ERR_NONE);
        CHECK_INT(n, 1);
    }
}

TEST_DB(a_sum_is_an_integer_and_a_mean_a_real)
{
    struct ctx *c = pets();
    must_add(c, 1, "a");
    struct pet p = a_pet(2, "b");
    p.weight_g = 101;
    CHECK_INT(add(c, &p), ERR_NONE);
    struct rows r = db_rows(c, &pet_sum, NO_PARAMS);
    CHECK(rows_next(&r));
    CHECK_INT(rows_value(&r, 0).type, VALUE_INT);
    CHECK_INT(rows_int(&r, 0), 201);
    CHECK(rows_value(&r, 1).real == 100.5);
    CHECK(!rows_next(&r));
    CHECK_INT(r.seen, 1);
    CHECK_INT(rows_end(&r), ERR_NONE);
}

TEST_DB(a_statement_may_run_inside_its_own_rows)
{
    struct ctx *c = pets();
    for (int64_t i = 1; i <= 5; i++)
        must_add(c, i, "x");
    struct build b = build_new(c);
    build_sql(&b, "SELECT id FROM pet ORDER BY id");
    int seen = 0;
    for (struct rows r = build_rows(c, &b); rows_next(&r); seen++) {
        struct rows inner = build_rows(c, &b);
        CHECK(rows_next(&inner));
        CHECK_INT(rows_int(&inner, 0), 1);
        CHECK_INT(rows_end(&inner), ERR_NONE);
    }
    CHECK_INT(seen, 5);
}

/* --- constraints --- */

TEST_DB(a_broken_constraint_gives_its_message)
{
    struct ctx *c = pets();
    struct pet p = a_pet(1, "Mimi");
    p.tame = true;
    CHECK_INT(add(c, &p), ERR_NONE);
    p.id.n = 2;
    p.tame = false;                                  /* outside the partial index */
    CHECK_INT(add(c, &p), ERR_NONE);
    p.id.n = 3;
    p.tame = true;
    CHECK_INT(add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.named");
    ctx_forgive(c);
    p = a_pet(3, "light");
    p.weight_g = -1;
    CHECK_INT(add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.weight");
    ctx_forgive(c);
    p = a_pet(3, "orphan");
    p.mother.n = 99;
    CHECK_INT(add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.mother");
    ctx_forgive(c);
    p = a_pet(1, "again");
    CHECK_INT(add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "store.conflict");
    CHECK(sv_find(c->fault.log, SV("again")) < 0);
    CHECK(!c->fault.retryable);
    ctx_forgive(c);
    CHECK_INT(how_many(c), 2);
}

/* --- transactions --- */

TEST_DB(an_undone_savepoint_leaves_the_rest)
{
    struct ctx *c = pets();
    CHECK_INT(db_begin(c), ERR_NONE);
    for (int64_t i = 1; i <= 3; i++) {
        CHECK_INT(db_savepoint(c), ERR_NONE);
        must_add(c, i, "x");
        struct pet bad = a_pet(1, "x");
        if (i == 2) {
            CHECK_INT(add(c, &bad), ERR_CONFLICT);
            ctx_forgive(c);
            CHECK_INT(db_savepoint_undo(c), ERR_NONE);
        } else {
            CHECK_INT(db_savepoint_keep(c), ERR_NONE);
        }
    }
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK(!db_in_transaction(c->db));
    CHECK_INT(how_many(world_open(DB_READS)), 2);
}

TEST_DB(nothing_is_seen_before_the_commit)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    CHECK_INT(db_begin(c), ERR_NONE);
    must_add(c, 1, "x");
    CHECK_INT(how_many(reader), 0);
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(how_many(reader), 1);
    CHECK_INT(db_begin(c), ERR_NONE);
    must_add(c, 2, "x");
    db_rollback(c);
    CHECK_INT(how_many(c), 1);
}

TEST_DB(a_snapshot_stands_still)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    CHECK_INT(db_begin_reads(reader), ERR_NONE);
    CHECK_INT(how_many(reader), 0);
    must_add(c, 1, "x");
    CHECK_INT(how_many(reader), 0);
    db_rollback(reader);
    CHECK_INT(how_many(reader), 1);
}

TEST_DB(a_reading_connection_refuses_to_write)
{
    struct ctx *c = pets(), *reader = world_open(DB_READS);
    struct pet p = a_pet(1, "x");
    CHECK_INT(add(reader, &p), ERR_BROKEN);
    ctx_forgive(reader);
    CHECK_INT(db_begin(reader), ERR_BROKEN);
    CHECK_INT(how_many(c), 0);
}

TEST_DB(ten_thousand_rows_go_in_at_once)
{
    enum { ROWS = 10000 };
    struct ctx *c = pets();
    struct value *v = NEW(test_mem(), struct value, ROWS * 3);
    for (int i = 0; i < ROWS; i++) {
        v[i * 3] = V_INT(i + 1);
        v[i * 3 + 1] = i % 2 ? V_NULL : V_TEXT(SV("tab\t back\\slash \\N 行\n'\""));
        v[i * 3 + 2] = V_BLOB(((struct sv){ "\0\x01\xff", 3 }));
    }
    static const char *const columns[] = { "id", "name", "chip" };
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "pet", columns, 3, v, ROWS), ERR_NONE);
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(how_many(c), ROWS);
    CHECK_TEXT(get(c, 1).name, "tab\t back\\slash \\N 行\n'\"");
    CHECK_INT(get(c, 2).name.len, 0);
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_bulk(c, "pet", columns, 3, v, 1), ERR_CONFLICT);
    db_rollback(c);
    ctx_forgive(c);
    CHECK_INT(how_many(c), ROWS);
}

/* --- faults --- */

static enum err add_two(struct ctx *c)
{
    struct pet first = a_pet(1, "first"), second = a_pet(2, "second");
    TRY(add(c, &first));
    TRY(add(c, &second));
    return ERR_NONE;
}

TEST_DB(whatever_fails_two_rows_are_both_there_or_neither)
{
    struct ctx *c = pets();
    EVERY_FAULT(step) {
        enum err e = add_two(c);
        fault_settle(&step, e);
        CHECK_INT(how_many(c), e ? 0 : 2);
    }
    CHECK_INT(how_many(c), 0);
}

TEST_DB(a_fault_is_of_its_kind)
{
    static const struct { enum fault_how how; enum err kind; bool rerun, within; } cases[] = {
        { FAULT_ERROR, ERR_BROKEN, false, true },
        { FAULT_SERIAL, ERR_BUSY, true, false },
    };
    struct ctx *c = pets();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(db_begin(c), ERR_NONE);
        db_fault(c->db, 1, cases[i].how);
        struct pet p = a_pet(1, "x");
        CHECK_INT(add(c, &p), cases[i].kind);
        CHECK(c->fault.retryable == cases[i].rerun);
        CHECK(db_fault_hit(c->db));
        CHECK(db_in_transaction(c->db) == cases[i].within);
        ctx_forgive(c);
        db_rollback(c);
        CHECK_INT(how_many(c), 0);
    }
}

TEST_DB(a_lost_transaction_lets_nothing_through)
{
    struct ctx *c = pets();
    CHECK_INT(db_begin(c), ERR_NONE);
    must_add(c, 1, "x");
    db_fault(c->db, 1, FAULT_SERIAL);
    struct pet p = a_pet(2, "x");
    CHECK_INT(add(c, &p), ERR_BUSY);
    ctx_forgive(c);
    CHECK_INT(add(c, &p), ERR_BUSY);
    CHECK(c->fault.retryable);
    ctx_forgive(c);
    CHECK_INT(db_savepoint_undo(c), ERR_BUSY);
    ctx_forgive(c);
    CHECK_INT(db_begin(c), ERR_NONE);                /* rolls back and goes on */
    must_add(c, 3, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(how_many(c), 1);
}

TEST_DB(a_failed_commit_leaves_nothing)
{
    struct ctx *c = pets();
    for (enum fault_how how = FAULT_ERROR; how <= FAULT_SERIAL; how++) {
        CHECK_INT(db_begin(c), ERR_NONE);
        must_add(c, 1, "x");
        db_fault(c->db, 1, how);
        CHECK(db_commit(c) != ERR_NONE);
        CHECK(!db_in_transaction(c->db));
        ctx_forgive(c);
        CHECK_INT(how_many(c), 0);
    }
}

/* A disk that is really full: a database that may not grow. */
TEST(a_full_disk_is_busy_and_undone)
{
    struct ctx *c = pets();
    struct build b = build_new(c);
    build_sql(&b, "PRAGMA max_page_count = 40");
    CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
    CHECK_INT(db_begin(c), ERR_NONE);
    char long_name[4000];
    for (size_t i = 0; i < sizeof long_name; i++)
        long_name[i] = 'x';
    enum err e = ERR_NONE;
    for (int64_t i = 1; i < 100 && !e; i++) {
        struct pet p = a_pet(i, "");
        p.name = (struct sv){ long_name, sizeof long_name };
        e = add(c, &p);
    }
    CHECK_INT(e, ERR_BUSY);
    CHECK_TEXT(sv_of(c->fault.key), "store.away");
    db_rollback(c);
    ctx_forgive(c);
    CHECK_INT(how_many(c), 0);
    CHECK_INT(db_begin(c), ERR_NONE);
    must_add(c, 1, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
}

/* --- two at once --- */

/* Each reads how many there are and adds one if there is none: only one may win. */
static enum err add_if_none(struct ctx *c, int64_t id)
{
    int64_t n;
    TRY(db_begin(c));
    TRY(db_int(c, &pet_count, PARAMS(P_NULL("kind")), &n));
    struct pet p = a_pet(id, "only");
    if (n == 0)
        TRY(add(c, &p));
    return db_commit(c);
}

struct racer { struct ctx *c; int64_t id; pthread_barrier_t *start; int reruns; enum err e; };

static void *race(void *at)
{
    struct racer *r = at;
    pthread_barrier_wait(r->start);
    for (r->reruns = 0; (r->e = add_if_none(r->c, r->id)) && r->c->fault.retryable; r->reruns++) {
        db_rollback(r->c);
        ctx_forgive(r->c);
    }
    return NULL;
}

TEST_DB(check_then_write_lets_one_of_two_in)
{
    enum { ROUNDS = 20 };
    struct ctx *c = pets();
    struct racer r[2] = { { .c = world_open(DB_WRITES), .id = 1 }, { .c = world_open(DB_WRITES), .id = 2 } };
    struct build b = build_new(c);
    build_sql(&b, "DELETE FROM pet");
    for (int i = 0; i < ROUNDS; i++) {
        pthread_barrier_t start;
        pthread_barrier_init(&start, NULL, 2);
        pthread_t threads[2];
        for (int j = 0; j < 2; j++) {
            r[j].start = &start;
            pthread_create(&threads[j], NULL, race, &r[j]);
        }
        for (int j = 0; j < 2; j++)
            pthread_join(threads[j], NULL);
        pthread_barrier_destroy(&start);
        CHECK_INT(r[0].e, ERR_NONE);
        CHECK_INT(r[1].e, ERR_NONE);
        CHECK_INT(how_many(c), 1);
        CHECK_INT(build_run(c, &b, NULL), ERR_NONE);
    }
}

TEST_DB(the_later_of_two_that_clash_is_to_run_again)
{
    if (!world_is_postgres())
        return;                                      /* SQLite has one writer at a time */
    struct ctx *c = pets(), *other = world_open(DB_WRITES);
    int64_t n;
    CHECK_INT(db_begin(c), ERR_NONE);
    CHECK_INT(db_begin(other), ERR_NONE);
    CHECK_INT(db_int(c, &pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    CHECK_INT(db_int(other, &pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    must_add(c, 1, "x");
    must_add(other, 2, "x");
    CHECK_INT(db_commit(c), ERR_NONE);
    CHECK_INT(db_commit(other), ERR_BUSY);
    CHECK(other->fault.retryable);
    CHECK(!db_in_transaction(other->db));
    ctx_forgive(other);
    CHECK_INT(how_many(other), 1);
}

TEST_DB(more_values_than_a_statement_takes_are_refused)
{
    struct ctx *c = pets();
    struct build b = build_new(c);
    build_sql(&b, "SELECT id FROM pet WHERE id IN (0");
    for (int i = 0; i < BUILD_PARAMS_MAX + 1; i++) {
        build_sql(&b, ", ");
        build_value(&b, V_INT(i));
    }
    build_sql(&b, ")");
    struct rows r = build_rows(c, &b);
    CHECK(!rows_next(&r));
    CHECK_INT(rows_end(&r), ERR_TOO_LARGE);
}

TEST_DB(more_statements_than_the_cache_holds_go_on_working)
{
    struct ctx *c = pets();
    must_add(c, 1, "x");
    for (int i = 0; i < 2000; i++) {
        struct build b = build_new(c);
        build_sql(&b, "SELECT id + ");
        build_int(&b, i);
        build_sql(&b, " FROM pet WHERE id = ");
        build_value(&b, V_INT(1));
        struct rows r = build_rows(c, &b);
        CHECK(rows_next(&r));
        CHECK_INT(rows_int(&r, 0), i + 1);
        CHECK_INT(rows_end(&r), ERR_NONE);
    }
}
