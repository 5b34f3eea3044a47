/* search.c - one box for everything. */

#include "care/search/search.h"

#include "care/search/nickname.h"
#include "http/describe/gives.h"
#include "model/search/search.h"

#include <string.h>

SQL(search_doors);

enum { SHOWN_USUAL = 8, SHOWN_MAX = 50, SPARE = 8, DOORS_MAX = 50, COMPOUNDS_MAX = 5,
       NUMBER_SHOWN_MAX = 10 };

/* --- what is asked --- */

struct asked { struct sv q, in; int64_t size; };
static const struct field asked_fields[] = {
    FIELD(struct asked, q, .required = true, .low = 1, .high = 60, .zh = "查找内容",
          .en = "What to find"),
    FIELD(struct asked, in, .high = 200, .zh = "对象，以逗号分隔", .en = "Kinds, comma between"),
    FIELD(struct asked, size, .low = 0, .high = SHOWN_MAX, .zh = "每类条数",
          .en = "How many of each kind"),
    { 0 },
};

/* What is shown first; whatever else has words and a menu follows. */
static const char *const first_kinds[] = {
    "elder", "contact", "care_order", "carer", "organisation", "place", "compound",
    "catalogue_item", NULL,
};

enum { KINDS_MAX = 60 };
struct kinds { const struct entity *at[KINDS_MAX]; size_t n; };

static bool has_kind(const struct kinds *k, const struct entity *e)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->at[i] == e)
            return true;
    return false;
}

static void kinds_of(const struct house *h, struct kinds *k)
{
    k->n = 0;
    for (size_t i = 0; first_kinds[i]; i++) {
        const struct entity *e = house_entity(h, sv_of(first_kinds[i]));
        if (e)
            k->at[k->n++] = e;
    }
    for (size_t m = 0; h->modules[m]; m++)
        for (size_t i = 0; h->modules[m]->entities && h->modules[m]->entities[i]; i++) {
            const struct entity *e = h->modules[m]->entities[i];
            if ((search_has(e) || search_has_whole(e)) && e->menu && e != &nickname_entity
                && !has_kind(k, e) && k->n < KINDS_MAX)
                k->at[k->n++] = e;
        }
}

static bool wanted(struct sv in, const char *kind)
{
    struct sv one;
    if (in.len == 0)
        return true;
    while (sv_cut(&in, ',', &one))
        if (sv_is(sv_trim(one), kind))
            return true;
    return false;
}

/* --- elders by other ways --- */

static void hit_put(struct search_hits *hits, int64_t id, size_t max)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->at[i].id == id)
            return;
    if (hits->n < max)
        hits->at[hits->n++] = (struct search_hit){ .id = id };
    else
        hits->more = true;
}

MUST static enum err by_nickname(struct ctx *c, struct sv q, struct search_hits *hits, size_t max)
{
    struct search_hits called;
    struct page page;
    TRY(search_rows(c, &nickname_entity, q, max, &called));
    if (called.n == 0)
        return ERR_NONE;
    TRY(search_page(c, &nickname_entity, &called, max, &page));
    const struct nickname *n = page.rows;
    for (size_t i = 0; i < page.n; i++)
        hit_put(hits, n[i].elder.n, max);
    return ERR_NONE;
}

MUST static enum err by_door(struct ctx *c, struct sv q, struct search_hits *hits, size_t max)
{
    struct door_asked door;
    struct search_hits homes;
    if (!who_may(c, MAY_UNMASK) || !door_asked_read(&c->mem, q, &door))
        return ERR_NONE;
    TRY(search_rows(c, &compound_entity, door.words, COMPOUNDS_MAX, &homes));
    for (size_t i = 0; i < homes.n; i++) {
        struct rows r = db_rows(c, &sql_search_doors, PARAMS(P_INT("compound", homes.at[i].id)));
        while (rows_next(&r))
            if (door_asked_is(&door, rows_text(&r, 1), rows_text(&r, 2), rows_text(&r, 3)))
                hit_put(hits, rows_int(&r, 0), max);
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

/* Nicknames first: somebody has said whom the word means. Then names, then doors. */
MUST static enum err find_elders(struct ctx *c, struct sv q, size_t max, struct search_hits *ret)
{
    struct search_hits named, all = { .at = NEW(&c->mem, struct search_hit, max) };
    if (!who_may(c, elder_entity.reads) || !c->who)
        return search_rows(c, &elder_entity, q, max, ret);
    TRY(by_nickname(c, q, &all, max));
    TRY(search_rows(c, &elder_entity, q, max, &named));
    for (size_t i = 0; i < named.n; i++)
        hit_put(&all, named.at[i].id, max);
    TRY(by_door(c, q, &all, max));
    all.more = all.more || named.more;
    *ret = all;
    return ERR_NONE;
}

/* --- the answer --- */

static void write_group(struct ctx *c, struct json *j, const struct entity *e,
                        const struct page *page, bool more)
{
    if (page->n == 0)
        return;
    json_object(j, NULL);
    json_text(j, "entity", sv_of(e->name));
    json_text(j, "label", sv_of(c->lang == LANG_EN ? e->en : e->zh));
    json_bool(j, "more", more);
    entity_brief_json(c, j, "items", e, page);
    json_end(j, '}');
}

static enum err search_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *asked = q->query;
    size_t size = asked->size ? (size_t)asked->size : SHOWN_USUAL;
    struct kinds kinds;
    json_bool(&a->json, "number", search_is_number(search_word(&c->mem, asked->q)));
    json_array(&a->json, "groups");
    kinds_of(c->house, &kinds);
    for (size_t i = 0; i < kinds.n; i++) {
        const struct entity *e = kinds.at[i];
        struct search_hits hits;
        struct page page;
        if (!wanted(asked->in, e->name))
            continue;
        if (e == &elder_entity)
            TRY(find_elders(c, asked->q, size + SPARE, &hits));
        else
            TRY(search_rows(c, e, asked->q, size + SPARE, &hits));
        if (hits.n == 0)
            continue;
        TRY(search_page(c, e, &hits, size, &page));
        write_group(c, &a->json, e, &page, hits.more || hits.n > size);
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- numbers --- */

static const struct field number_fields[] = {
    FIELD(struct asked, q, .required = true, .low = 4, .high = 60, .zh = "号码或末四位",
          .en = "Number, or its last four"),
    FIELD(struct asked, in, .high = 200, .zh = "对象，以逗号分隔", .en = "Kinds, comma between"),
    { 0 },
};

static const char *const numbered[] = { "elder", "contact", "carer", NULL };

/* "王 5678": the number, and the words beside it. A number may be written with blanks. */
static struct sv number_in(struct ctx *c, struct sv text, struct sv *ret_words)
{
    struct sv rest = text, one, whole = search_word(&c->mem, text), number = SV("");
    struct buf words = buf_new(&c->mem, text.len + 1);
    *ret_words = SV("");
    if (search_is_number(whole))
        return whole;
    while (sv_cut(&rest, ' ', &one)) {
        struct sv word = search_word(&c->mem, one);
        if (search_is_number(word))
            number = word;
        else
            buf_put(&words, word);
    }
    *ret_words = buf_sv(&words);
    return number;
}

/* Keeps of the page the rows that the words meet. */
static void keep_named(struct ctx *c, const struct entity *e, struct sv words, struct page *page)
{
    struct entries *list = NEW(&c->mem, struct entries, 1);
    struct probes probes;
    size_t kept = 0;
    char *rows = page->rows;
    probes_of(&c->mem, words, &probes);
    for (size_t i = 0; i < page->n; i++) {
        search_entries(&c->mem, e, rows + i * e->size, list);
        if (entries_rank(list, words, &probes) < MEETINGS)
            memmove(rows + kept++ * e->size, rows + i * e->size, e->size);
    }
    page->n = kept;
}

/* The elder a row is about, 0: none. */
static int64_t about(const struct entity *e, const void *row)
{
    const struct field *f = e->elder ? field_named(e->fields, sv_of(e->elder)) : NULL;
    return f ? field_int(f, row) : 0;
}

MUST static enum err note_shown(struct ctx *c, const struct entity *e, const struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        const void *row = (const char *)page->rows + i * e->size;
        TRY(access_note(c, about(e, row), e, field_int(&e->fields[0], row), SV("search:number")));
    }
    return ERR_NONE;
}

MUST static enum err numbers_of(struct ctx *c, const struct entity *e, struct sv number,
                                struct sv words, struct json *j)
{
    struct search_hits hits;
    struct page page;
    size_t most = words.len ? SEARCH_MAX : NUMBER_SHOWN_MAX;     /* a name is looked for in them */
    if (words.len && !who_may(c, MAY_UNMASK) && !surname_only(words))
        return ERR_NONE;
    TRY(search_numbers(c, e, number, most, &hits));
    if (hits.n == 0)
        return ERR_NONE;
    TRY(search_page(c, e, &hits, most, &page));
    if (words.len)
        keep_named(c, e, words, &page);
    bool more = hits.more || hits.n > page.n;
    if (words.len)
        more = hits.more || page.n > NUMBER_SHOWN_MAX;
    if (page.n > NUMBER_SHOWN_MAX)
        page.n = NUMBER_SHOWN_MAX;
    TRY(note_shown(c, e, &page));
    write_group(c, j, e, &page, more);
    return ERR_NONE;
}

static enum err number_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *asked = q->query;
    struct sv words, number = number_in(c, asked->q, &words);
    if (number.len == 0) {
        fail_field(c, SV("q"), "search.number");
        return fail_fields(c);
    }
    json_array(&a->json, "groups");
    for (size_t i = 0; numbered[i]; i++) {
        const struct entity *e = house_entity(c->house, sv_of(numbered[i]));
        if (e && wanted(asked->in, numbered[i]))
            TRY(numbers_of(c, e, number, words, &a->json));
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field group_gives[] = {
    SAYS(TEXT, "entity"), SAYS(TEXT, "label"), SAYS(BOOL, "more"),
    SAYS(JSON, "items", .zh = "各类记录的主要字段", .en = "Rows of the entity, in brief"), { 0 },
};
static const struct field search_gives[] = {
    SAYS(BOOL, "number", .zh = "看来是号码", .en = "It looks like a number"),
    SAYS(LIST, "groups", .record = group_gives), { 0 },
};
static const struct field number_gives[] = { SAYS(LIST, "groups", .record = group_gives), { 0 } };

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/search", .run = search_get, .lane = READS, .may = MAY_SIGNED_IN,
      .query = asked_fields, .query_size = sizeof(struct asked),
      .gives = search_gives, .zh = "查找", .en = "Find" },
    { .verb = GET, .path = "/api/search/number", .run = number_get, .lane = WRITES,
      .may = MAY_READ_REGISTER, .query = number_fields, .query_size = sizeof(struct asked),
      .no_replay = true, .gives = number_gives, .zh = "按号码查找（记入查看记录）",
      .en = "Find by number (noted in the access log)" },
    { 0 },
};

static const struct message messages[] = {
    { "nickname.known", "这个称呼已经记住了", "this is remembered already" },
    { "nickname.text", "称呼里应有文字", "there must be a word in it" },
    { "search.number", "请输入号码末四位，或五位以上的号码",
      "give the last four of a number, or five digits and more" },
    { 0 },
};

static const struct entity *const entities[] = { &nickname_entity, NULL };

const struct module search_module = {
    .name = "search", .entities = entities, .endpoints = endpoints, .messages = messages,
};
