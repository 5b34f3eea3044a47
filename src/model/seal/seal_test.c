/* seal_test.c - what is sealed stays sealed: masks, keys, tampering, the look at complete values.
 */

#include "base/json.h"
#include "model/history/access.h"
#include "model/history/history.h"
#include "model/row/list.h"
#include "model/seal/seal.h"
#include "small.h"
#include "store/build.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct small_person full(const struct small *s)
{
    struct small_person p = small_someone(s, "欧阳小明");
    p.phone = SV("10012345678");
    p.id_number = SV("99010519460302002X");
    p.address = SV("云汀花园3号楼2单元501");
    p.illness = SV("高血压");
    p.grade = (struct opt_int){ true, 2 };
    p.lon = (struct degrees){ -86123456 };
    p.home_lon = (struct degrees){ 1161234567 };
    MUST_GO(s->c, entity_create(s->c, &small_person, &p));
    return p;
}

TEST(masks_leave_what_may_be_seen)
{
    struct arena *mem = test_mem();
    CHECK_TEXT(mask_text(mem, MASK_NAME, SV("王小明")), "王**");
    CHECK_TEXT(mask_text(mem, MASK_NAME, SV("欧阳小明")), "欧阳**");
    CHECK_TEXT(mask_text(mem, MASK_NAME, SV("王")), "*");
    CHECK_TEXT(mask_text(mem, MASK_PHONE, SV("10012345678")), "100****5678");
    CHECK_TEXT(mask_text(mem, MASK_PHONE, SV("120")), "****");
    CHECK_TEXT(mask_text(mem, MASK_ID, SV("99010519460302002X")), "9****************X");
    CHECK_TEXT(mask_text(mem, MASK_ID, SV("1234")), "****************");
    CHECK_TEXT(mask_text(mem, MASK_ADDRESS, SV("云汀花园3号楼2单元501")), "云汀花园***");
    CHECK_TEXT(mask_text(mem, MASK_ADDRESS, SV("云汀花园")), "云汀***");
    CHECK_TEXT(mask_text(mem, MASK_ALL, SV("x")), "•••");
    CHECK_TEXT(mask_text(mem, MASK_NAME, SV("")), "");
}

TEST_DB(an_answer_shows_each_class_as_it_may)
{
    struct small s = small_world();
    struct small_person p = full(&s);
    struct sv json = small_json(s.c, &small_person, &p);
    static const char *const shown[] = {
        "\"name\":\"欧阳**\"", "\"phone\":\"100****5678\"", "\"id_number\":\"9****************X\"",
        "\"address\":\"云汀花园***\"", "\"lon\":-8.61", "\"town_title\":\"云汀镇\"",
    };
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        if (sv_find(json, sv_of(shown[i])) < 0)
            test_fail(__FILE__, __LINE__, "%s is not in %.*s", shown[i], SV_ARG(json));
    static const char *const kept[] = { "illness", "home_lon", "grade",
                                        "小明",    "12345678", "1946030" };
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (sv_find(json, sv_of(kept[i])) >= 0)
            test_fail(__FILE__, __LINE__, "%s leaks in %.*s", kept[i], SV_ARG(json));
}

/* All bytes of a table as one text. */
static struct sv raw(struct ctx *c, const char *table)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT * FROM ");
    build_name(&b, table);
    struct buf out = buf_new(test_mem(), 1024);
    struct rows r = build_rows(c, &b);
    while (rows_next(&r))
        for (int i = 0; i < r.columns; i++)
            buf_put(&out, rows_text(&r, i));
    MUST_GO(c, rows_end(&r));
    return buf_sv(&out);
}

TEST_DB(neither_table_nor_history_nor_keys_hold_sealed_values_in_clear)
{
    struct small s = small_world();
    struct small_person p = full(&s);
    p.phone = SV("10087654321");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    static const char *const tables[] = { "small_person", "history", "search_entry" };
    static const char *const sealed[] = { "10012345678", "10087654321", "99010519460302002X", "高血压",
                                          "1161234567" };
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < sizeof sealed / sizeof sealed[0]; i++)
            if (sv_find(raw(s.c, tables[t]), sv_of(sealed[i])) >= 0)
                test_fail(__FILE__, __LINE__, "%s holds %s", tables[t], sealed[i]);
    CHECK(sv_find(raw(s.c, "history"), SV("小明")) < 0);      /* her name ends with her key too */
}

TEST_DB(a_sealed_value_moved_to_another_row_does_not_open)
{
    struct small s = small_world();
    struct small_person p = full(&s), q = small_someone(&s, "李四"), back;
    q.illness = SV("糖尿病");
    MUST_GO(s.c, entity_create(s.c, &small_person, &q));
    struct build b = build_new(s.c);
    build_sql(&b,
              "UPDATE small_person SET illness = (SELECT illness FROM small_person WHERE id = ");
    build_value(&b, V_INT(q.id.n));
    build_sql(&b, ") WHERE id = ");
    build_value(&b, V_INT(p.id.n));
    MUST_GO(s.c, build_run(s.c, &b, NULL));
    MUST_FAIL(s.c, entity_get(s.c, &small_person, p.id.n, &back), ERR_BROKEN, "seal.broken");
}

TEST_DB(a_changed_bit_is_noticed)
{
    struct small s = small_world();
    struct seal_place at = { "t", "f", 7 }, other = { "t", "g", 7 };
    struct sv sealed, plain;
    MUST_GO(s.c, seal_value(s.c, &at, SV("text"), &sealed));
    MUST_GO(s.c, seal_open(s.c, &at, sealed, &plain));
    CHECK_TEXT(plain, "text");
    MUST_FAIL(s.c, seal_open(s.c, &other, sealed, &plain), ERR_BROKEN, "seal.broken");
    for (size_t i = 0; i < sealed.len; i++) {
        char *copy = (char *)sv_copy(test_mem(), sealed).at;
        copy[i] ^= 1;
        MUST_FAIL(s.c, seal_open(s.c, &at, (struct sv){ copy, sealed.len }, &plain), ERR_BROKEN,
                  "seal.broken");
        MUST_FAIL(s.c, seal_open(s.c, &at, sv_head(sealed, i), &plain), ERR_BROKEN, "seal.broken");
    }
}

TEST_DB(a_list_to_answer_opens_no_secret)
{
    struct small s = small_world();
    full(&s);
    struct page page;
    const struct small_person *p;
    MUST_GO(s.c, entity_list(s.c, &small_person, &(struct query){ .size = 1 }, &page));
    p = page.rows;
    CHECK_TEXT(p->illness, "高血压");
    CHECK_INT(p->home_lon.e7, 1161234567);
    struct query shown = { .size = 1, .to_answer = true };
    MUST_GO(s.c, entity_list(s.c, &small_person, &shown, &page));
    p = page.rows;
    CHECK_INT(page.n, 1);
    CHECK_INT(p->illness.len, 0);
    CHECK_INT(p->home_lon.e7, 0);
    CHECK_TEXT(p->phone, "10012345678");
    CHECK_TEXT(p->address, "云汀花园3号楼2单元501");
}

TEST_DB(a_cipher_kept_ready_opens_what_any_other_sealed)
{
    struct small s = small_world();
    static const char *const texts[] = { "", "短", "a text longer than a block of the cipher" };
    static const uint8_t elders[2][KEY_SIZE] = { { 1 }, { 2 } };
    for (int i = 0; i < 300; i++) {
        struct sv want = sv_of(texts[i % 3]), sealed, plain;
        struct seal_place at = { "t", "f", i + 1 };
        MUST_GO(s.c, seal_value_with(s.c, elders[i % 2], &at, want, &sealed));
        MUST_FAIL(s.c, seal_open_with(s.c, elders[(i + 1) % 2], &at, sealed, &plain), ERR_BROKEN,
                  "seal.broken");
        MUST_GO(s.c, seal_open_with(s.c, elders[i % 2], &at, sealed, &plain));
        CHECK(sv_eq(plain, want));
        MUST_GO(s.c, seal_value(s.c, &at, want, &sealed));
        MUST_GO(s.c, seal_open(s.c, &at, sealed, &plain));
        CHECK(sv_eq(plain, want));
    }
}

/* Nonces as they stand in ciphertexts, more than are drawn at once. */
enum { SEALED_TWICE = 150, NONCE_AT = 3, NONCE_LEN = 12 };

static void nonces_of(struct ctx *c, char (*ret_nonces)[NONCE_LEN])
{
    struct seal_place at = { "t", "f", 1 };
    struct sv sealed;
    for (int i = 0; i < SEALED_TWICE; i++) {
        MUST_GO(c, seal_value(c, &at, SV("same"), &sealed));
        memcpy(ret_nonces[i], sealed.at + NONCE_AT, NONCE_LEN);
    }
}

TEST_DB(no_nonce_comes_twice_nor_in_parent_and_child)
{
    struct small s = small_world();
    static char all[2][SEALED_TWICE][NONCE_LEN], (*each)[NONCE_LEN] = all[0];
    struct seal_place at = { "t", "f", 1 };
    struct sv first;
    int pipes[2];
    MUST_GO(s.c, seal_value(s.c, &at, SV("x"), &first));     /* some are drawn before the fork */
    CHECK_INT(pipe(pipes), 0);
    pid_t child = fork();
    nonces_of(s.c, all[0]);
    if (child == 0)
        _exit(write(pipes[1], all[0], sizeof all[0]) != (ssize_t)sizeof all[0]);
    int status = 1;
    CHECK_INT(read(pipes[0], all[1], sizeof all[1]), (ssize_t)sizeof all[1]);
    CHECK_INT(waitpid(child, &status, 0), child);
    CHECK_INT(status, 0);
    close(pipes[0]);
    close(pipes[1]);
    for (int i = 0; i < 2 * SEALED_TWICE; i++)
        for (int k = 0; k < i; k++)
            CHECK(memcmp(each[i], each[k], NONCE_LEN) != 0);
}

TEST_DB(keys_are_private_and_never_made_anew_by_mistake)
{
    struct small s = small_world();
    const char *dir = sv_fmt(test_mem(), "%s/keys", world_folder()).at;
    struct keys *k = NULL;
    MUST_FAIL(s.c, keys_open(s.c, dir, false, &k), ERR_BROKEN, "keys.missing");
    MUST_GO(s.c, keys_open(s.c, dir, true, &k));
    keys_close(k);
    MUST_GO(s.c, keys_open(s.c, dir, false, &k));
    keys_close(k);
    CHECK(chmod(dir, 0755) == 0);
    MUST_FAIL(s.c, keys_open(s.c, dir, false, &k), ERR_BROKEN, "keys.open");
    CHECK(chmod(dir, 0700) == 0);
    CHECK(unlink(sv_fmt(test_mem(), "%s/index-1.key", dir).at) == 0);
    MUST_FAIL(s.c, keys_open(s.c, dir, true, &k), ERR_BROKEN, "keys.missing");
}

static void key_file(const char *dir, const char *name, struct sv hex)
{
    FILE *f = fopen(sv_fmt(test_mem(), "%s/%s", dir, name).at, "w");
    CHECK(f && fwrite(hex.at, 1, hex.len, f) == hex.len);
    CHECK(f && fclose(f) == 0);
    CHECK_INT(chmod(sv_fmt(test_mem(), "%s/%s", dir, name).at, 0600), 0);
}

/* What stands in databases was made by it, whatever library computes it today. */
TEST_DB(a_blind_index_is_the_hmac_of_its_place_and_value)
{
    struct small s = small_world();
    const char *dir = sv_fmt(test_mem(), "%s/known-keys", world_folder()).at;
    struct keys *k = NULL;
    uint8_t key[KEY_SIZE], mac[crypto_auth_hmacsha256_BYTES];
    struct buf hex = buf_new(test_mem(), 65);
    static const char text[] = "small_person\0phone\0key\00010012345678";
    for (int i = 0; i < KEY_SIZE; i++)
        key[i] = (uint8_t)(7 * i + 1);
    buf_hex(&hex, key, KEY_SIZE);
    CHECK_INT(mkdir(dir, 0700), 0);
    key_file(dir, "data-1.key", buf_sv(&hex));
    key_file(dir, "index-1.key", buf_sv(&hex));
    MUST_GO(s.c, keys_open(s.c, dir, false, &k));
    struct house house = { .keys = k };
    struct ctx c = { .house = &house };
    crypto_auth_hmacsha256(mac, (const uint8_t *)text, sizeof text - 1, key);
    struct buf want = buf_new(test_mem(), 33);
    buf_hex(&want, mac, 16);
    struct sv got = seal_index(&c, "small_person", "phone", "key", SV("10012345678"));
    CHECK(sv_eq(got, buf_sv(&want)));
    arena_free(&c.mem);
    keys_close(k);
}

TEST_DB(complete_values_need_a_right_and_a_reason_and_are_logged)
{
    struct small s = small_world();
    struct small_person p = full(&s);
    struct buf out = buf_new(test_mem(), 256);
    struct json j = json_new(&out);
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    MUST_FAIL(s.c, entity_reveal(s.c, &small_person, p.id.n, SV("phone"), &j), ERR_FORBIDDEN,
              "who.forbidden");
    s.c->who = officer_of(990101000000, 990101999999);
    CHECK_INT(entity_reveal(s.c, &small_person, p.id.n, SV("phone"), &j), ERR_INVALID);
    ctx_forgive(s.c);
    s.c->reason = SV("电话核实高温预警");
    CHECK_INT(entity_reveal(s.c, &small_person, p.id.n, SV("phone,nothing"), &j), ERR_INVALID);
    ctx_forgive(s.c);
    CHECK_INT(out.len, 0);
    json_object(&j, NULL);
    MUST_GO(s.c, entity_reveal(s.c, &small_person, p.id.n, SV("phone,name"), &j));
    json_end(&j, '}');
    CHECK_TEXT(buf_sv(&out), "{\"phone\":\"10012345678\",\"name\":\"欧阳小明\"}");
    struct list seen;
    MUST_GO(s.c, access_of(s.c, p.id.n, &seen));
    CHECK_INT(seen.n, 1);
    const struct access_log *a = seen.at;
    CHECK_TEXT(a->what, "phone,name");
    CHECK_TEXT(a->reason, "电话核实高温预警");
    CHECK_INT(a->account.n, 77);
    s.c->who = officer_of(990102000000, 990102999999);
    MUST_FAIL(s.c, entity_reveal(s.c, &small_person, p.id.n, SV("phone"), &j), ERR_MISSING,
              "entity.missing");
}

/* --- history --- */

static struct sv past(const struct small *s, int64_t id)
{
    struct buf out = buf_new(test_mem(), 1024);
    struct json j = json_new(&out);
    MUST_GO(s->c, history_json(s->c, &j, NULL, &small_person, id));
    return buf_sv(&out);
}

TEST_DB(history_tells_what_changed_and_ends_with_the_elders_key)
{
    struct small s = small_world();
    struct small_person p = full(&s);
    s.c->who = officer_of(990101000000, 990101999999);
    s.c->reason = SV("换号");
    p.phone = SV("10087654321");
    p.alone = true;
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    struct sv told = past(&s, p.id.n);
    CHECK(sv_find(told, SV("\"was\":{\"phone\":\"100****5678\",\"alone\":false}")) >= 0);
    CHECK(sv_find(told, SV("\"became\":{\"phone\":\"100****4321\",\"alone\":true}")) >= 0);
    CHECK(sv_find(told, SV("\"reason\":\"换号\"")) >= 0);
    CHECK(sv_find(told, SV("高血压")) < 0);
    int64_t sealed;
    MUST_GO(s.c, history_seal(s.c, &sealed));
    CHECK(sealed > 0);
    MUST_GO(s.c, elder_key_erase(s.c, p.id.n));
    told = past(&s, p.id.n);
    CHECK(sv_find(told, SV("\"was\":{\"phone\":null,\"alone\":false}")) >= 0);
    struct buf findings = buf_new(test_mem(), 64);
    MUST_GO(s.c, history_check(s.c, &findings));
    CHECK_TEXT(buf_sv(&findings), "");
    p.phone = SV("10000000000");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 2, "change"));
    CHECK(sv_find(raw(s.c, "history"), SV("\"phone\":{\"erased\":true}")) >= 0);
}
