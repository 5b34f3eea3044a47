/* declared_test.c - wrong declarations are told before anybody meets them. */

#include "small.h"

#include <string.h>

static const struct choice states[] = { { "open", "开", "Open" }, { "shut", "关", "Shut" }, { 0 } };
struct bad {
    struct small_id id;
    struct row      row;
    struct sv       order, secret;
    struct small_id to;
    int             state;
};
static const struct field bad_fields[] = {
    ROW_FIELDS(struct bad),
    FIELD(struct bad, order, .class = SEALED, .zh = "甲", .en = "A"),
    FIELD(struct bad, secret, .class = SECRET, .filter = true, .search = true, .zh = "乙",
          .en = "B"),
    LINK(struct bad, to, "nobody", .zh = "丙", .en = "C"),
    CHOICE(struct bad, state, states, .read_only = true, .zh = "丁"),
    { 0 },
};
static const struct sort bad_sorts[] = { { "order", "order", false, "甲", "A" }, { 0 } };
static const struct index bad_indexes[] = {
    { .name = "s", .columns = "secret", .message = "no.such" }, { 0 },
};
static const struct step bad_steps[] = {
    { .from = "open", .action = "go", .to = "away", .may = 1, .zh = "去", .en = "Go" },
    { .from = "lost", .action = "come", .to = "shut" },
    { 0 },
};
static const struct entity bad = {
    .name = "bad", .zh = "坏", .en = "Bad", .size = sizeof(struct bad), .kind = ENTITY_DATED,
    .fields = bad_fields, .sorts = bad_sorts, .indexes = bad_indexes, .state = "state",
    .steps = bad_steps, .title = "order", .scope_of = "secret", .elder = "none",
};

TEST(wrong_declarations_are_told)
{
    static const struct entity *const entities[] = { &bad, NULL };
    static const struct module module = { .name = "bad", .entities = entities };
    static const struct module *const modules[] = { &module, NULL };
    struct house h = { .modules = modules };
    struct buf out = buf_new(test_mem(), 256);
    house_faults(&h, &out);
    static const char *const told[] = {
        "bad.order: is an SQL word", "bad.secret: a SECRET field cannot be filtered by",
        "bad.secret: only text that is not SECRET can be searched",
        "bad.to: links to no entity of the house", "bad.state: has no label in both languages",
        "bad.order: cannot be sorted by", "bad.s: the index names a column",
        "bad.s: the index's message has no sentence", "bad.go: the step leads to no state",
        "bad.come: the step comes from no state", "bad.come: the step has no right or no label",
        "bad.none: the elder is no link or id", "bad.secret: the scope comes from no link",
        "bad.order: a title is a field that is not sealed",
        "bad.valid_from: a dated entity needs this field",
    };
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (sv_find(buf_sv(&out), sv_of(told[i])) < 0)
            test_fail(__FILE__, __LINE__, "%s is not told in %s", told[i], buf_cstr(&out));
}

TEST_DB(the_declarations_of_model_are_right_but_for_what_care_brings)
{
    struct small s = small_world();
    struct buf out = buf_new(test_mem(), 256);
    house_faults(s.c->house, &out);
    struct sv rest = buf_sv(&out), line;
    while (sv_cut(&rest, '\n', &line))               /* elder, organisation, carer stand in care */
        if (!sv_ends(line, SV("links to no entity of the house")))
            test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(line));
}

/* --- two at once --- */

struct race { struct ctx *c; int64_t id; const char *name; };

static enum err rename_it(struct ctx *c, void *arg)
{
    struct race *r = arg;
    struct small_person p;
    TRY(entity_get(c, &small_person, r->id, &p));
    p.name = sv_of(r->name);
    return entity_update(c, &small_person, &p, 1, "change");
}

/* Reads, lets another finish the same change, then writes. */
static enum err rename_late(struct ctx *c, void *arg)
{
    struct race *r = arg;
    struct small_person p;
    TRY(entity_get(c, &small_person, r->id, &p));
    if (r->c) {
        struct race other = { NULL, r->id, "先到" };
        struct ctx *first = r->c;
        r->c = NULL;
        MUST_GO(first, transaction(first, rename_it, &other));
    }
    p.name = sv_of(r->name);
    return entity_update(c, &small_person, &p, 1, "change");
}

TEST_DB(of_two_changes_of_one_version_one_wins)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct small_person p;
    if (world_is_postgres()) {                       /* on SQLite the second waits for the first */
        struct race r = { house_open(s.c), id, "后到" };
        enum err e = transaction(s.c, rename_late, &r);
        CHECK_INT(e, ERR_CONFLICT);
        CHECK_TEXT(sv_of(s.c->fault.key), "version.stale");
        ctx_forgive(s.c);
        MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
        CHECK_TEXT(p.name, "先到");
        CHECK_INT(p.row.version, 2);
        return;
    }
    struct race one = { NULL, id, "先到" }, two = { NULL, id, "后到" };
    struct ctx *other = house_open(s.c);
    MUST_GO(other, transaction(other, rename_it, &one));
    MUST_FAIL(s.c, transaction(s.c, rename_it, &two), ERR_CONFLICT, "version.stale");
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
    CHECK_TEXT(p.name, "先到");
}
