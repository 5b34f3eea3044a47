/* db_test.c - what db.h promises of records, rows and constraints, on both engines. */

#include "base/record.h"
#include "store/build.h"
#include "store/pets.h"
#include "test.h"
#include "world.h"

static const struct sql nonsense = {
    .name = "nonsense",
    .sqlite = "SELECT nothing FROM nowhere",
    .pg = "SELECT nothing FROM nowhere",
};

/* --- records --- */

TEST_DB(a_record_goes_in_and_comes_out_again)
{
    struct ctx *c = pets();
    struct pet in = {
        .id = { 7 },
        .name = SV_INIT("小花 O'Neill\t\\N"),
        .weight_g = -0,
        .teeth = { true, 0 },
        .speed = 1.25,
        .born = { -9000 },
        .seen_at = { 1700000000123 },
        .tame = true,
        .kind = PET_DOG,
    };
    in.weight_g = INT64_MAX;
    CHECK_INT(pet_add(c, &in), ERR_NONE);
    struct pet out = pet_named(c, 7);
    for (const struct field *f = pet_fields; f->name; f++)
        if (!field_same(f, &in, &out))
            test_fail(__FILE__, __LINE__, "%s changed on its way", f->name);
}

TEST_DB(absent_values_are_null_and_absent_again)
{
    struct ctx *c = pets();
    pet_must_add(c, 1, "");
    struct build b = build_new(c);
    build_sql(&b,
              "SELECT count(*) FROM pet WHERE mother IS NULL AND name IS NULL AND teeth IS NULL "
              "AND born IS NULL AND seen_at IS NULL");
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    CHECK_INT(rows_int(&r, 0), 1);
    CHECK_INT(rows_end(&r), ERR_NONE);
    struct pet p = pet_named(c, 1);
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
    CHECK_INT(db_run(c, &sql_pet_insert, both, NULL), ERR_NONE);
    CHECK_TEXT(pet_named(c, 2).name, "list");
}

TEST_DB(an_unbound_parameter_is_our_mistake)
{
    struct ctx *c = pets();
    CHECK_INT(db_run(c, &sql_pet_get, NO_PARAMS, NULL), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(db_run(c, &nonsense, NO_PARAMS, NULL), ERR_BROKEN);
}

TEST_DB(a_sealed_field_is_never_bound_from_a_record)
{
    struct ctx *c = pets();
    pet_must_add(c, 1, "a");
    struct pet p = { .chip = SV_INIT("secret") };
    struct params both = PARAMS(P_INT("id", 1));
    both.fields = pet_sealed_fields;
    both.record = &p;
    CHECK_INT(db_run(c, &sql_pet_chip, both, NULL), ERR_BROKEN);
    ctx_forgive(c);
    struct sv bytes = { "\0\xff\\'x", 5 };
    CHECK_INT(db_run(c, &sql_pet_chip, PARAMS(P_INT("id", 1), { "chip", V_BLOB(bytes) }), NULL),
              ERR_NONE);
    struct rows r = db_rows(c, &sql_pet_get, PARAMS(P_INT("id", 1)));
    CHECK(rows_next(&r));
    struct value v = rows_value(&r, rows_column(&r, "chip"));
    CHECK_INT(v.type, VALUE_BLOB);
    CHECK(sv_eq(v.text, bytes));
    struct pet out = { 0 };
    rows_read(&r, pet_sealed_fields, &out);
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
    struct rows r = db_rows(c, &sql_pet_get, PARAMS(P_INT("id", 1)));
    CHECK(rows_next(&r));
    CHECK_INT(rows_value(&r, rows_column(&r, "name")).type, VALUE_TEXT);
    CHECK_INT(rows_value(&r, rows_column(&r, "mother")).type, VALUE_NULL);
    CHECK_INT(rows_end(&r), ERR_NONE);
}

TEST_DB(an_optional_filter_takes_null_and_a_value)
{
    struct ctx *c = pets();
    pet_must_add(c, 1, "a");
    struct pet dog = a_pet(2, "b");
    dog.kind = PET_DOG;
    CHECK_INT(pet_add(c, &dog), ERR_NONE);
    for (int i = 0; i < 3; i++) {
        int64_t n = 0;
        CHECK_INT(pets_n(c), 2);
        CHECK_INT(db_int(c, &sql_pet_count, PARAMS(P_TEXT("kind", SV("dog"))), &n), ERR_NONE);
        CHECK_INT(n, 1);
    }
}

TEST_DB(a_sum_is_an_integer_and_a_mean_a_real)
{
    struct ctx *c = pets();
    pet_must_add(c, 1, "a");
    struct pet p = a_pet(2, "b");
    p.weight_g = 101;
    CHECK_INT(pet_add(c, &p), ERR_NONE);
    struct rows r = db_rows(c, &sql_pet_sum, NO_PARAMS);
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
        pet_must_add(c, i, "x");
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
    CHECK_INT(pet_add(c, &p), ERR_NONE);
    p.id.n = 2;
    p.tame = false;                                  /* outside the partial index */
    CHECK_INT(pet_add(c, &p), ERR_NONE);
    p.id.n = 3;
    p.tame = true;
    CHECK_INT(pet_add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.named");
    ctx_forgive(c);
    p = a_pet(3, "light");
    p.weight_g = -1;
    CHECK_INT(pet_add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.weight");
    ctx_forgive(c);
    p = a_pet(3, "orphan");
    p.mother.n = 99;
    CHECK_INT(pet_add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "pet.mother");
    ctx_forgive(c);
    p = a_pet(1, "again");
    CHECK_INT(pet_add(c, &p), ERR_CONFLICT);
    CHECK_TEXT(sv_of(c->fault.key), "store.conflict");
    CHECK(sv_find(c->fault.log, SV("again")) < 0);
    CHECK(!c->fault.retryable);
    ctx_forgive(c);
    CHECK_INT(pets_n(c), 2);
}

/* --- limits --- */

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
    pet_must_add(c, 1, "x");
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
