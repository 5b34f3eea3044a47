/* pets_test.c - the table that db_test.c and transaction_test.c try the store on. */

#include "base/record.h"
#include "store/pets.h"
#include "store/schema.h"
#include "test.h"
#include "world.h"

static const struct choice pet_kinds[] = {
    { "cat", "猫", "Cat" }, { "dog", "狗", "Dog" }, { 0 },
};

const struct field pet_fields[] = {
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

const struct field pet_sealed_fields[] = {
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
    { .name = "name",
      .columns = "name",
      .unique = true,
      .where = "tame = 1",
      .message = "pet.named" },
    { .name = "weight", .check = "weight_g >= 0", .message = "pet.weight" },
    { .name = "mother", .columns = "mother", .refers = "pet", .message = "pet.mother" },
    { 0 },
};

static const struct table pet_tables[] = {
    { .name = "pet", .columns = pet_columns, .columns_n = 11, .indexes = pet_indexes },
};

struct ctx *pets(void)
{
    static struct schema s = { pet_tables, 1, 0 };
    schema_seal(&s);
    return world_of(&s);
}

/* --- its statements --- */

static const char *const insert_params[] = {
    "id", "mother", "name", "weight_g", "teeth", "speed", "born", "seen_at", "tame", "kind",
};
const struct sql sql_pet_insert = {
    .name = "pet_insert",
    .params = insert_params,
    .params_n = 10,
    .sqlite =
        "INSERT INTO pet (id, mother, name, weight_g, teeth, speed, born, seen_at, tame, kind) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    .pg = "INSERT INTO pet (id, mother, name, weight_g, teeth, speed, born, seen_at, tame, kind) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};
const struct sql sql_pet_get = {
    .name = "pet_get", .params = (const char *const[]){ "id" }, .params_n = 1,
    .sqlite = "SELECT * FROM pet WHERE id = ?1", .pg = "SELECT * FROM pet WHERE id = $1",
};
const struct sql sql_pet_count = {
    .name = "pet_count", .params = (const char *const[]){ "kind" }, .params_n = 1,
    .sqlite = "SELECT count(*) FROM pet WHERE ?1 IS NULL OR kind = ?1",
    .pg = "SELECT count(*) FROM pet WHERE $1 IS NULL OR kind = $1",
};
const struct sql sql_pet_sum = {
    .name = "pet_sum",
    .sqlite = "SELECT sum(weight_g) AS all_g, avg(weight_g) AS mean_g FROM pet",
    .pg = "SELECT sum(weight_g) AS all_g, avg(weight_g) AS mean_g FROM pet",
};
const struct sql sql_pet_chip = {
    .name = "pet_chip",
    .params = (const char *const[]){ "chip", "id" },
    .params_n = 2,
    .sqlite = "UPDATE pet SET chip = ?1 WHERE id = ?2",
    .pg = "UPDATE pet SET chip = $1 WHERE id = $2",
};
struct pet a_pet(int64_t id, const char *name)
{
    struct pet p;
    record_clear(pet_fields, &p);
    p.id.n = id;
    p.name = sv_of(name);
    p.weight_g = 100;
    return p;
}

enum err pet_add(struct ctx *c, const struct pet *p)
{
    return db_run(c, &sql_pet_insert, RECORD_PARAMS(pet_fields, p), NULL);
}

void pet_must_add(struct ctx *c, int64_t id, const char *name)
{
    struct pet p = a_pet(id, name);
    CHECK_INT(pet_add(c, &p), ERR_NONE);
}

int64_t pets_n(struct ctx *c)
{
    int64_t n = -1;
    CHECK_INT(db_int(c, &sql_pet_count, PARAMS(P_NULL("kind")), &n), ERR_NONE);
    return n;
}

struct pet pet_named(struct ctx *c, int64_t id)
{
    struct pet p;
    bool found;
    CHECK_INT(db_find(c, &sql_pet_get, PARAMS(P_INT("id", id)), pet_fields, &p, &found), ERR_NONE);
    CHECK(found);
    return p;
}
