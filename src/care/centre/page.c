/* page.c - which centre lacks what, worst first; one centre's functions as everybody sees them. */

#include "care/centre/centre.h"

#include "care/figure/figure.h"
#include "care/hours/hours.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(centre_functions);
SQL(centre_photos);
SQL(centres_in);
SQL(centres_of_org);

enum { FUNCTIONS_MAX = 60, CENTRES_MAX = 200 };

/* How it stands today: what was seen long ago is not known any more. */
enum stands { STANDS_NEVER, STANDS_OPEN, STANDS_NOT_OPEN, STANDS_OVERDUE, STANDS_UNSHOWN };
static const struct choice stands_choices[] = {
    { "never", "从未核实", "never seen" }, { "open", "已开放", "open" },
    { "not_open", "未开放", "not open" }, { "overdue", "核实到期", "due again" },
    { "unshown", "缺照片", "no photograph yet" }, { 0 },
};

struct one { struct required_function required; struct centre_function known; enum stands stands; };
struct centre { struct place place; struct one *at; size_t n, open; };

static enum stands stands_of(const struct centre_function *f, struct day today)
{
    if (f->is_open == FUNCTION_UNKNOWN)
        return STANDS_NEVER;
    if (f->verify_until.n < today.n)
        return STANDS_OVERDUE;
    if (f->is_open == FUNCTION_NOT_OPEN)
        return STANDS_NOT_OPEN;
    return f->shown ? STANDS_OPEN : STANDS_UNSHOWN;
}

MUST static enum err centre_read(struct ctx *c, int64_t place, struct centre *k)
{
    int64_t required[FUNCTIONS_MAX], known[FUNCTIONS_MAX];
    bool found;
    struct day today = day_of(c->now);
    TRY(entity_load(c, &place_entity, place, &k->place, &found));
    struct rows r = db_rows(c, &sql_centre_functions,
                            PARAMS(P_INT("place", place), P_INT("today", today.n)));
    for (k->n = 0; k->n < FUNCTIONS_MAX && rows_next(&r); k->n++) {
        required[k->n] = rows_int(&r, 0);
        known[k->n] = rows_value(&r, 1).type == VALUE_NULL ? 0 : rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    k->at = NEW(&c->mem, struct one, k->n);
    k->open = 0;
    for (size_t i = 0; i < k->n; i++) {
        struct one *o = &k->at[i];
        record_clear(centre_function_fields, &o->known);
        TRY(entity_load(c, &required_function_entity, required[i], &o->required, &found));
        if (known[i])
            TRY(entity_load(c, &centre_function_entity, known[i], &o->known, &found));
        o->stands = stands_of(&o->known, today);
        k->open += o->stands == STANDS_OPEN;
    }
    return ERR_NONE;
}

static void put_choice(struct ctx *c, struct json *j, const char *name, const char *name_name,
                       const struct choice *one)
{
    json_text(j, name, sv_of(one->key));
    json_text(j, name_name, sv_of(c->lang == LANG_EN ? one->en : one->zh));
}

/* What everybody may know. */
static void put_public(struct ctx *c, struct json *j, const struct one *o)
{
    json_id(j, "required", o->required.id.n);
    json_text(j, "name", o->required.name);
    put_choice(c, j, "stands", "stands_name", &stands_choices[o->stands]);
    if (o->stands == STANDS_OPEN && o->known.hours.len)
        json_text(j, "hours", c->lang == LANG_EN ? o->known.hours
                                                 : hours_read_out(&c->mem, o->known.hours));
    if (moment_known(o->known.verified_at))
        json_moment(j, "verified_at", o->known.verified_at);
}

MUST static enum err put_one(struct ctx *c, struct json *j, const struct one *o)
{
    int64_t photos = 0;
    json_object(j, NULL);
    put_public(c, j, o);
    json_text(j, "words", o->required.words);
    json_bool(j, "checked", o->required.checked);
    if (o->known.id.n) {
        TRY(db_int(c, &sql_centre_photos, PARAMS(P_INT("id", o->known.id.n)), &photos));
        json_id(j, "known", o->known.id.n);
        json_text(j, "hours_raw", o->known.hours);
        json_text(j, "note", o->known.note);
        json_text(j, "said", sv_of(function_opens[o->known.said].key));
    }
    if (day_known(o->known.verify_until))
        json_day(j, "verify_until", o->known.verify_until);
    json_int(j, "photos", photos);
    json_end(j, '}');
    return ERR_NONE;
}

/* --- the board --- */

static int worst_first(const void *a, const void *b)
{
    const struct centre *x = a, *y = b;
    int64_t lacks_x = (int64_t)(x->n - x->open), lacks_y = (int64_t)(y->n - y->open);
    if (lacks_x != lacks_y)
        return lacks_x > lacks_y ? -1 : 1;
    return x->place.id.n < y->place.id.n ? -1 : 1;
}

MUST static enum err ids_of(struct ctx *c, struct division_id division, int64_t *ids, size_t *n)
{
    struct figure_area area = { .n = 1 };
    *n = 0;
    if (!c->who->org)
        TRY(figure_area_of(c, division.n, &area));
    for (size_t i = 0; i < area.n; i++) {
        struct rows r = c->who->org
            ? db_rows(c, &sql_centres_of_org, PARAMS(P_INT("org", c->who->org)))
            : db_rows(c, &sql_centres_in, PARAMS(P_INT("low", area.range[i].low),
                                                 P_INT("high", area.range[i].high)));
        while (*n < CENTRES_MAX && rows_next(&r))
            ids[(*n)++] = rows_int(&r, 0);
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

MUST static enum err put_centre(struct ctx *c, struct json *j, const struct centre *k)
{
    struct division street;
    bool found = false;
    if (k->place.division.n)
        TRY(entity_load(c, &division_entity, k->place.division.n, &street, &found));
    json_object(j, NULL);
    json_id(j, "place", k->place.id.n);
    json_text(j, "name", k->place.name);
    json_text(j, "division_name", found ? street.name : SV(""));
    json_int(j, "open", (int64_t)k->open);
    json_int(j, "must", (int64_t)k->n);
    json_array(j, "functions");
    for (size_t i = 0; i < k->n; i++)
        TRY(put_one(c, j, &k->at[i]));
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

struct board_asked { struct division_id division; };
static const struct field board_asked_fields[] = {
    LINK(struct board_asked, division, "division", .zh = "区划",
         .en = "Division; all one answers for when absent"),
    { 0 },
};

static enum err board_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t ids[CENTRES_MAX];
    size_t n;
    TRY(ids_of(c, ((const struct board_asked *)q->query)->division, ids, &n));
    struct centre *all = NEW(&c->mem, struct centre, n);
    for (size_t i = 0; i < n; i++)
        TRY(centre_read(c, ids[i], &all[i]));
    qsort(all, n, sizeof *all, worst_first);
    json_moment(&a->json, "as_of", c->now);
    json_bool(&a->json, "may_verify", !c->who->org && who_may(c, MAY_WRITE_DIRECTORY));
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++)
        TRY(put_centre(c, &a->json, &all[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

#define PUBLIC_GIVES                                                                           \
    SAYS(ID, "required"), SAYS(TEXT, "name"), SAYS(CHOICE, "stands", .choices = stands_choices), \
        SAYS(TEXT, "stands_name"), MAY_SAY(TEXT, "hours"), MAY_SAY(MOMENT, "verified_at")

static const struct field function_gives[] = {
    PUBLIC_GIVES, SAYS(TEXT, "words"),
    SAYS(BOOL, "checked", .zh = "清单已与文件核对", .en = "The list was compared with the document"),
    MAY_SAY(ID, "known"), MAY_SAY(TEXT, "hours_raw"), MAY_SAY(TEXT, "note"),
    MAY_SAY(CHOICE, "said", .choices = function_opens), MAY_SAY(DAY, "verify_until"),
    SAYS(INT, "photos"), { 0 },
};
static const struct field centre_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), SAYS(TEXT, "division_name"), SAYS(INT, "open"),
    SAYS(INT, "must"), SAYS(LIST, "functions", .record = function_gives), { 0 },
};
static const struct field board_gives[] = {
    SAYS(MOMENT, "as_of"),
    SAYS(BOOL, "may_verify", .zh = "可以核实", .en = "The caller may say what she saw"),
    SAYS(LIST, "items", .record = centre_gives), { 0 },
};

/* --- of one place, for everybody --- */

static enum err functions_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct centre k;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(centre_read(c, id, &k));
    if (k.place.id.n != id || k.place.state != REVIEW_PUBLISHED)
        return fail(c, ERR_MISSING, "centre.missing", "no published place %lld", (long long)id);
    json_array(&a->json, "items");
    for (size_t i = 0; i < k.n; i++) {
        json_object(&a->json, NULL);
        put_public(c, &a->json, &k.at[i]);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field public_gives[] = { PUBLIC_GIVES, { 0 } };
static const struct field functions_gives[] = { SAYS(LIST, "items", .record = public_gives),
                                                { 0 } };

/* --- noting --- */

static const struct field note_fields[] = {
    LINK(struct function_note, place, "place", .required = true, .zh = "中心", .en = "Centre"),
    LINK(struct function_note, required, "required_function", .required = true, .zh = "功能",
         .en = "Function"),
    CHOICE(struct function_note, is_open, function_opens, .required = true, .zh = "开放吗",
           .en = "Open?"),
    FIELD(struct function_note, hours, .high = HOURS_LENGTH_MAX, .zh = "开放时间", .en = "Hours"),
    FIELD(struct function_note, note, .high = 300, .zh = "情况", .en = "Note"),
    { 0 },
};

static enum err note_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct centre_function f;
    TRY(centre_note(c, q->body, &f));
    entity_json(c, &a->json, "centre_function", &centre_function_entity, &f, false);
    return ERR_NONE;
}
static const struct field note_gives[] = {
    SAYS(RECORD, "centre_function", .links = "centre_function"), { 0 },
};

const struct endpoint centre_endpoints[] = {
    { .verb = GET, .path = "/api/centres", .run = board_get, .lane = READS,
      .may = MAY_READ_DIRECTORY, .query = board_asked_fields,
      .query_size = sizeof(struct board_asked), .gives = board_gives,
      .zh = "各中心缺哪些功能，缺得多的在前", .en = "Which centre lacks what, worst first" },
    { .verb = GET, .path = "/api/place/{id}/functions", .run = functions_get, .lane = READS,
      .may = MAY_ANYONE, .gives = functions_gives, .zh = "一个中心的功能和开放时间",
      .en = "The functions of a centre, with their hours" },
    { .verb = POST, .path = "/api/centres/note", .run = note_post, .lane = WRITES,
      .may = MAY_WRITE_DIRECTORY, .takes = note_fields,
      .takes_size = sizeof(struct function_note), .gives = note_gives,
      .zh = "核实一项功能（中心自己报的另记）",
      .en = "Note one function as seen; by the centre itself: as it says" },
    { 0 },
};
