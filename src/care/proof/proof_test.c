/* proof_test.c - what speaks for a visit: codes, places, times, photographs. */

#include "care/order/order_world_test.h"
#include "care/proof/inside.h"
#include "http/file/file.h"
#include "model/seal/seal.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <turbojpeg.h>

enum { HOME_LAT = 302240000, HOME_LON = 1256020000, METRE_E7 = 90 };

struct coming {
    struct station s;
    struct ctx    *c;
    struct who     mei;
    struct visit   v;
};

static struct visit visit_of(struct coming *k, int start_min, struct carer_id carer)
{
    struct order_new n = station_order(&k->s, &k->s.bath_offer, start_min);
    struct assign_input to = { carer };
    struct care_order o;
    struct visit v;
    bool found;
    n.for_lat.e7 = HOME_LAT;
    n.for_lon.e7 = HOME_LON;
    MUST_GO(k->c, station_place(&k->s, &k->s.citizen, &n, &o));
    k->c->who = &k->s.manager;
    MUST_GO(k->c, entity_act(k->c, &care_order_entity, o.id.n, 1, SV("accept"), NULL, &o));
    MUST_GO(k->c, entity_act(k->c, &care_order_entity, o.id.n, 2, SV("assign"), &to, &o));
    MUST_GO(k->c, order_visit_of(k->c, &o, &v, &found));
    k->c->who = &k->mei;
    return v;
}

static struct coming coming_world(void)
{
    struct coming k = { .s = station_world() };
    k.c = k.s.c;
    k.mei = (struct who){ .account = 40, .role = ROLE_CARER, .carer = k.s.mei.id.n };
    k.v = visit_of(&k, 540, k.s.mei.id);
    k.c->now = moment_at(day_civil(2026, 11, 23), 545);
    return k;
}

static void act(struct coming *k, struct visit *v, const char *action, const void *input)
{
    struct ctx *c = k->c;
    c->who = &k->mei;
    MUST_GO(c, entity_act(c, &visit_entity, v->id.n, v->row.version, sv_of(action), input, v));
}

static void arrive_at(struct coming *k, struct visit *v, int64_t north_m)
{
    struct arrive_input in = { { HOME_LAT + north_m * METRE_E7 }, { HOME_LON } };
    act(k, v, "arrive", &in);
}

/* The reasons of a visit's proofs, joined by blanks, strongest kind first. */
static struct sv reasons(struct coming *k, const struct visit *v)
{
    struct buf id = buf_new(test_mem(), 24), out = buf_new(test_mem(), 256);
    struct answer a = { .body = buf_new(test_mem(), 4096) };
    const struct json_value *tree;
    buf_int(&id, v->id.n);
    struct request q = { .param = { buf_sv(&id) } };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    k->c->who = &k->s.manager;
    MUST_GO(k->c, visit_proofs_get(k->c, &q, &a));
    json_end(&a.json, '}');
    MUST_GO(k->c, json_parse(k->c, buf_sv(&a.body), &tree));
    for (const struct json_value *p = json_member(tree, "items")->first; p; p = p->next) {
        buf_text(&out, out.len ? " " : "");
        buf_put(&out, json_member(p, "why")->text);
    }
    return buf_sv(&out);
}

TEST_DB(an_arrival_at_the_home_speaks_for_the_visit)
{
    struct coming k = coming_world();
    arrive_at(&k, &k.v, 120);
    CHECK_TEXT(reasons(&k, &k.v), "place_near");
    k.c->now.ms += 55 * 60000;
    struct finish_input well = { SV("好"), RESULT_WELL };
    act(&k, &k.v, "finish", &well);
    CHECK_TEXT(reasons(&k, &k.v), "place_near time_whole");
}

TEST_DB(an_arrival_far_away_is_said_in_kilometres)
{
    struct coming k = coming_world();
    struct proof p;
    arrive_at(&k, &k.v, 1200);
    CHECK_TEXT(reasons(&k, &k.v), "place_far");
    struct query q;
    struct page page;
    k.c->who = &k.s.manager;
    MUST_GO(k.c, query_read(k.c, &proof_entity, SV(""), &q));
    MUST_GO(k.c, entity_list(k.c, &proof_entity, &q, &page));
    p = *(const struct proof *)page.rows;
    CHECK_TEXT(proof_text(k.c, &p), "签到位置距家 1.1 公里（应在 300 米内）");
}

TEST_DB(without_a_position_nothing_is_said_against_her)
{
    struct coming k = coming_world();
    struct arrive_input nowhere = { { 0 }, { 0 } };
    act(&k, &k.v, "arrive", &nowhere);
    CHECK_TEXT(reasons(&k, &k.v), "place_none");
}

TEST_DB(ten_minutes_for_an_hour_are_too_short)
{
    struct coming k = coming_world();
    struct finish_input well = { SV("好"), RESULT_WELL };
    arrive_at(&k, &k.v, 0);
    k.c->now.ms += 10 * 60000;
    act(&k, &k.v, "finish", &well);
    CHECK_TEXT(reasons(&k, &k.v), "place_near time_short");
}

TEST_DB(the_next_visit_must_be_in_reach_of_the_one_before)
{
    struct coming k = coming_world();
    struct finish_input well = { SV("好"), RESULT_WELL };
    k.c->now = moment_at(day_civil(2026, 11, 21), 540);
    struct visit next = visit_of(&k, 600, k.s.mei.id);
    k.c->now = moment_at(day_civil(2026, 11, 23), 545);
    arrive_at(&k, &k.v, 0);
    k.c->now.ms += 50 * 60000;
    act(&k, &k.v, "finish", &well);
    k.c->now.ms += 5 * 60000;
    arrive_at(&k, &next, 0);
    CHECK_TEXT(reasons(&k, &next), "place_near time_possible");
}

/* --- door codes --- */

static struct door_code code_of(struct coming *k, int kind, const char *code)
{
    struct door_code d;
    record_clear(door_code_fields, &d);
    d.elder = k->s.wang.id;
    d.kind = kind;
    d.code = sv_of(code);
    k->c->who = &k->s.manager;
    MUST_GO(k->c, entity_create(k->c, &door_code_entity, &d));
    return d;
}

static void hang(struct coming *k, struct door_code *d)
{
    struct { struct sv signed_by; } in = { SV("王秀英") };
    k->c->who = &k->s.manager;
    MUST_GO(k->c, entity_act(k->c, &door_code_entity, d->id.n, d->row.version, SV("hang"), &in, d));
}

static enum proof_why judged(struct coming *k, struct elder_id elder, int kind, struct sv given,
                             int64_t days)
{
    enum proof_why why;
    struct door_code_id id;
    struct day day = { day_of(k->c->now).n + days };
    MUST_GO(k->c, door_code_judge(k->c, elder, (enum door_code_kind)kind, given, day, &why, &id));
    return why;
}

TEST_DB(a_door_code_is_right_at_its_own_door_while_it_hangs)
{
    struct coming k = coming_world();
    struct door_code d = code_of(&k, CODE_DOOR, "");
    struct elder_id own = k.s.wang.id, other = { 77 };
    CHECK_INT(d.code.len, DOOR_CODE_LENGTH);
    CHECK_INT(judged(&k, own, CODE_DOOR, d.code, 0), WHY_CODE_UNHUNG);
    hang(&k, &d);
    CHECK_INT(judged(&k, own, CODE_DOOR, d.code, 0), WHY_CODE_OK);
    CHECK_INT(judged(&k, own, CODE_DOOR, d.code, 60), WHY_CODE_OLD);
    CHECK_INT(judged(&k, other, CODE_DOOR, d.code, 0), WHY_CODE_FOREIGN);
    CHECK_INT(judged(&k, (struct elder_id){ 0 }, CODE_DOOR, d.code, 0), WHY_CODE_FOREIGN);
    CHECK_INT(judged(&k, own, CODE_DOOR, SV("AAAAAAAA"), 0), WHY_CODE_UNKNOWN);
}

TEST_DB(a_new_code_on_the_wall_ends_the_old_one)
{
    struct coming k = coming_world();
    struct door_code old = code_of(&k, CODE_DOOR, "");
    hang(&k, &old);
    k.c->now.ms += 20 * MS_A_DAY;
    struct door_code new = code_of(&k, CODE_DOOR, "");
    hang(&k, &new);
    CHECK_INT(judged(&k, k.s.wang.id, CODE_DOOR, old.code, 0), WHY_CODE_OK);   /* the day itself */
    CHECK_INT(judged(&k, k.s.wang.id, CODE_DOOR, old.code, 1), WHY_CODE_OLD);
    CHECK_INT(judged(&k, k.s.wang.id, CODE_DOOR, new.code, 1), WHY_CODE_OK);
}

TEST_DB(her_own_number_has_four_to_six_digits)
{
    struct coming k = coming_world();
    struct door_code bad;
    record_clear(door_code_fields, &bad);
    bad.elder = k.s.wang.id;
    bad.kind = CODE_PIN;
    bad.code = SV("12a");
    k.c->who = &k.s.manager;
    CHECK_INT(entity_create(k.c, &door_code_entity, &bad), ERR_INVALID);
    ctx_forgive(k.c);
    code_of(&k, CODE_PIN, "4711");
    CHECK_INT(judged(&k, k.s.wang.id, CODE_PIN, SV("４７ 11"), 0), WHY_PIN_OK);
    CHECK_INT(judged(&k, k.s.wang.id, CODE_PIN, SV("4712"), 0), WHY_PIN_WRONG);
}

TEST_DB(a_phone_takes_along_a_hash_and_never_the_code)
{
    struct coming k = coming_world();
    struct door_code d = code_of(&k, CODE_DOOR, "");
    struct buf b = buf_new(test_mem(), 512);
    struct json j = json_new(&b);
    hang(&k, &d);
    json_object(&j, NULL);
    MUST_GO(k.c, door_codes_json(k.c, &j, k.s.wang.id, day_of(k.c->now)));
    json_end(&j, '}');
    CHECK(sv_find(buf_sv(&b), d.salt) >= 0);
    CHECK(sv_find(buf_sv(&b), d.code) < 0);
    CHECK(sv_find(buf_sv(&b), door_code_hash(test_mem(), d.code, d.salt)) >= 0);
}

/* --- what she sends --- */

static enum err sent(struct coming *k, int kind, struct sv given, struct proof *ret_proof)
{
    record_clear(proof_fields, ret_proof);
    ret_proof->visit = k->v.id;
    ret_proof->kind = kind;
    ret_proof->given = given;
    k->c->who = &k->mei;
    return entity_create(k->c, &proof_entity, ret_proof);
}

TEST_DB(a_code_she_typed_is_judged_and_kept_secret)
{
    struct coming k = coming_world();
    struct proof p;
    struct door_code d = code_of(&k, CODE_DOOR, "");
    hang(&k, &d);
    MUST_GO(k.c, sent(&k, PROOF_DOOR_CODE, d.code, &p));
    CHECK_INT(p.why, WHY_CODE_OK);
    CHECK_INT(p.carer.n, k.s.mei.id.n);
    MUST_GO(k.c, sent(&k, PROOF_DOOR_CODE, SV("ZZZZZZZZ"), &p));
    CHECK_INT(p.result, PROOF_BAD);
    CHECK_TEXT(reasons(&k, &k.v), "code_ok code_unknown");
}

TEST_DB(place_and_time_are_not_hers_to_write)
{
    struct coming k = coming_world();
    struct proof p;
    CHECK_INT(sent(&k, PROOF_PLACE, SV(""), &p), ERR_INVALID);
    ctx_forgive(k.c);
    CHECK_INT(sent(&k, PROOF_FAMILY, SV(""), &p), ERR_INVALID);
    ctx_forgive(k.c);
    CHECK_INT(sent(&k, PROOF_DOOR_CODE, SV(""), &p), ERR_INVALID);
}

TEST_DB(the_same_signature_at_two_visits_is_no_signature)
{
    struct coming k = coming_world();
    struct proof first, second;
    struct sv hash = SV("ab12");
    MUST_GO(k.c, sent(&k, PROOF_SIGNATURE, SV(""), &first));
    MUST_GO(k.c, proof_filed(k.c, &first, hash, SV("image/png")));
    k.c->now = moment_at(day_civil(2026, 11, 21), 540);
    k.v = visit_of(&k, 660, k.s.mei.id);
    MUST_GO(k.c, sent(&k, PROOF_SIGNATURE, SV(""), &second));
    MUST_GO(k.c, proof_filed(k.c, &second, hash, SV("image/png")));
    CHECK_TEXT(reasons(&k, &k.v), "signature_seen");
}

/* --- photographs --- */

static struct sv scene(int side, int seed, int quality)
{
    unsigned char *out = NULL;
    unsigned long size = 0;
    uint8_t *at = NEW(test_mem(), uint8_t, side * side);
    for (int i = 0; i < side * side; i++) {
        int x = i % side * 9 / side, y = i / side * 8 / side;
        at[i] = (uint8_t)(20 + (x * 37 + y * 59 + x * y * seed * 23) % 200);
    }
    tjhandle tj = tjInitCompress();
    CHECK(tjCompress2(tj, at, side, 0, side, TJPF_GRAY, &out, &size, TJSAMP_GRAY, quality, 0) == 0);
    struct sv kept = sv_copy(test_mem(), (struct sv){ (char *)out, size });
    tjFree(out);
    tjDestroy(tj);
    return kept;
}

static void make_folder(const char *path)
{
    CHECK(mkdir(path, 0700) == 0 || errno == EEXIST);
}

/* A photo of the current visit with these bytes, as an upload leaves it; the worker looks at it. */
static struct proof looked(struct coming *k, struct sv bytes)
{
    struct proof p;
    bool found;
    const char *dir = k->c->house->config->data_dir;
    struct sv hash = seal_hash_hex(test_mem(), bytes);
    struct sv path = file_path(test_mem(), k->c->house->config, hash);
    make_folder(sv_fmt(test_mem(), "%s/files", dir).at);
    make_folder(sv_fmt(test_mem(), "%s/files/%.2s", dir, hash.at).at);
    FILE *f = fopen(path.at, "w");
    CHECK(f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len);
    fclose(f);
    MUST_GO(k->c, sent(k, PROOF_PHOTO, SV(""), &p));
    MUST_GO(k->c, proof_filed(k->c, &p, hash, SV("image/jpeg")));
    MUST_GO(k->c, db_commit(k->c));
    struct job j = { .input = sv_fmt(test_mem(), "{\"proof\":\"%lld\"}", (long long)p.id.n) };
    k->c->who = &who_house;
    MUST_GO(k->c, job_proof_photo(k->c, &j));
    MUST_GO(k->c, job_proof_photo(k->c, &j));            /* again, as after a crash */
    MUST_GO(k->c, entity_load(k->c, &proof_entity, p.id.n, &p, &found));
    MUST_GO(k->c, db_begin(k->c));
    return p;
}

TEST_DB(a_photo_used_before_is_found_although_its_bytes_differ)
{
    struct coming k = coming_world();
    struct visit_id first = k.v.id;
    CHECK_INT(looked(&k, scene(640, 7, 90)).why, WHY_PHOTO_NEW);
    CHECK_INT(looked(&k, scene(640, 7, 80)).why, WHY_PHOTO_NEW);         /* of the same visit */
    k.c->now = moment_at(day_civil(2026, 11, 21), 540);
    k.v = visit_of(&k, 660, k.s.mei.id);
    struct proof seen = looked(&k, scene(480, 7, 40));
    CHECK_INT(seen.why, WHY_PHOTO_SEEN);
    CHECK_INT(seen.other.n, first.n);
    CHECK(seen.measure <= seen.bound);
    CHECK_INT(looked(&k, scene(640, 3, 90)).why, WHY_PHOTO_NEW);
    CHECK_INT(looked(&k, SV("\xFF\xD8\xFF nonsense")).why, WHY_PHOTO_UNREADABLE);
}

TEST_DB(every_reason_has_its_kind_and_words)
{
    for (int why = 1; why < WHY_COUNT; why++) {
        const struct proof_reason *r = &proof_reasons[why];
        CHECK(proof_whys[why].key && proof_whys[why].zh);
        CHECK(r->weight == 0 || (r->weight > 0) == (r->result == PROOF_GOOD));
    }
    CHECK(proof_whys[WHY_COUNT].key == NULL);
}
