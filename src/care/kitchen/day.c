/* day.c - the kitchen's day: portions now, as fixed at the cut-off, and what came later. */

#include "care/kitchen/board.h"
#include "http/describe/gives.h"
#include "model/jobs.h"

SQL(kitchen_now);
SQL(kitchen_fixed);
SQL(kitchen_late);
SQL(kitchen_due);
SQL(kitchen_has);
SQL(kitchen_sitting);

#define K struct kitchen_count
const struct field kitchen_count_fields[] = {
    ROW_FIELDS(K),
    LINK(K, place, "place", .filter = true, .brief = true, .zh = "网点", .en = "Place"),
    LINK(K, org, "organisation", .filter = true, .zh = "机构", .en = "Organisation"),
    FIELD(K, day, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(K, sitting, sitting_choices, .filter = true, .brief = true, .zh = "餐次",
           .en = "Sitting"),
    CHOICE(K, way, meal_way_choices, .brief = true, .zh = "用餐方式", .en = "How it is had"),
    SET(K, diets, diet_choices, .brief = true, .zh = "饮食要求", .en = "Diet"),
    FIELD(K, portions, .brief = true, .zh = "份数", .en = "Portions"),
    { 0 },
};
static const struct index indexes[] = {
    { .name = "place", .columns = "place, day, sitting, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "day", .columns = "day, sitting, id" },
    { .name = "once", .columns = "place, day, sitting, way, diets", .unique = true,
      .where = "ended_at IS NULL", .message = "kitchen.fixed" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

const struct entity kitchen_count_entity = {
    .name = "kitchen_count", .zh = "截止时的份数", .en = "Portions at the cut-off",
    .kind = ENTITY_APPEND_ONLY, .size = sizeof(K), .fields = kitchen_count_fields,
    .indexes = indexes, .sorts = sorts, .title = "day", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .no_history = true,
    .seen_by_org = "org = $", .scope_of = "place",
};
#undef K

/* --- one page --- */

const struct field kitchen_asked_fields[] = {
    LINK(struct kitchen_asked, place, "place", .required = true, .zh = "网点", .en = "Place"),
    FIELD(struct kitchen_asked, day, .zh = "日期", .en = "Day; today when absent"),
    { 0 },
};
static const struct field line_gives[] = {
    SAYS(CHOICE, "way", .choices = meal_way_choices), SAYS(TEXT, "way_name"),
    SAYS(TEXT, "diets_text"), SAYS(INT, "now"), SAYS(INT, "fixed"), { 0 },
};
static const struct field late_gives[] = {
    SAYS(TEXT, "number"), SAYS(TEXT, "what"), SAYS(TEXT, "what_name"), SAYS(TEXT, "way_name"),
    SAYS(TEXT, "diets_text"), SAYS(INT, "quantity"),
    MAY_SAY(TEXT, "place_name", .zh = "哪个点，供餐给各点时", .en = "Which point, where it supplies some"),
    { 0 },
};
static const struct field point_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), SAYS(INT, "now"), SAYS(INT, "at_cut_off"),
    SAYS(BOOL, "fixed"), SAYS(TEXT, "diets_text", .zh = "各饮食要求的份数", .en = "Portions by diet"),
    { 0 },
};
static const struct field sitting_gives[] = {
    SAYS(CHOICE, "sitting", .choices = sitting_choices), SAYS(TEXT, "sitting_name"),
    SAYS(MOMENT, "cut_off"), SAYS(TEXT, "cut_off_text"), SAYS(BOOL, "past"),
    SAYS(BOOL, "fixed", .zh = "已按截止定数", .en = "Written down at the cut-off"),
    SAYS(INT, "now"), SAYS(INT, "at_cut_off"), SAYS(LIST, "lines", .record = line_gives),
    SAYS(LIST, "late", .record = late_gives),
    SAYS(LIST, "points", .record = point_gives, .zh = "供餐各点的份数",
         .en = "What each point that it supplies ordered"),
    { 0 },
};
const struct field kitchen_day_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), SAYS(DAY, "day"),
    SAYS(LIST, "sittings", .record = sitting_gives), { 0 },
};

static struct board_line *line_of(struct board *b, struct rows *r)
{
    int sitting = 0, way = 0;
    uint64_t diets = (uint64_t)rows_int(r, 2);
    (void)choice_of(sitting_choices, rows_text(r, 0), &sitting);
    (void)choice_of(meal_way_choices, rows_text(r, 1), &way);
    for (size_t i = 0; i < b->n; i++)
        if (b->lines[i].sitting == sitting && b->lines[i].way == way && b->lines[i].diets == diets)
            return &b->lines[i];
    if (b->n == BOARD_LINES_MAX)
        return NULL;
    b->lines[b->n] = (struct board_line){ .sitting = sitting, .way = way, .diets = diets };
    return &b->lines[b->n++];
}

MUST static enum err board_read(struct ctx *c, struct board *b)
{
    struct params of = PARAMS(P_INT("place", b->place.id.n), P_INT("day", b->day.n));
    struct rows r = db_rows(c, &sql_kitchen_now, of);
    while (rows_next(&r)) {
        struct board_line *l = line_of(b, &r);
        if (l)
            l->now = rows_int(&r, 3);
    }
    TRY(rows_end(&r));
    r = db_rows(c, &sql_kitchen_fixed, of);
    while (rows_next(&r)) {
        struct board_line *l = line_of(b, &r);
        if (l) {
            l->fixed = rows_int(&r, 3);
            b->fixed[l->sitting] = true;
        }
    }
    TRY(rows_end(&r));
    return board_points(c, b);
}

static struct sv name_in(const struct ctx *c, const struct choice *one)
{
    return sv_of(c->lang == LANG_EN ? one->en : one->zh);
}

static void json_lines(struct ctx *c, struct json *j, const struct board *b, int sitting)
{
    int64_t now = 0, fixed = 0;
    json_array(j, "lines");
    for (size_t i = 0; i < b->n; i++) {
        const struct board_line *l = &b->lines[i];
        if (l->sitting != sitting || (l->now == 0 && l->fixed == 0))
            continue;
        now += l->now;
        fixed += l->fixed;
        json_object(j, NULL);
        json_text(j, "way", sv_of(meal_way_choices[l->way].key));
        json_text(j, "way_name", name_in(c, &meal_way_choices[l->way]));
        json_text(j, "diets_text", diets_text(&c->mem, (struct set){ l->diets }, c->lang));
        json_int(j, "now", l->now);
        json_int(j, "fixed", l->fixed);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_int(j, "now", now);
    json_int(j, "at_cut_off", fixed);
}

static void late_json(struct ctx *c, struct json *j, struct rows *r, bool points)
{
    static const struct choice whats[] = {
        { "added", "截止后加订", "added late" }, { "cancelled", "截止后取消", "cancelled late" },
        { "changed", "截止后改动", "changed late" },
    };
    int way = 0;
    bool gone = sv_is(rows_text(r, 5), "cancelled") || sv_is(rows_text(r, 5), "declined");
    const struct choice *what = &whats[gone ? 1 : rows_int(r, 6) > rows_int(r, 7) ? 0 : 2];
    (void)choice_of(meal_way_choices, rows_text(r, 2), &way);
    json_object(j, NULL);
    json_text(j, "number", rows_text(r, 0));
    json_text(j, "what", sv_of(what->key));
    json_text(j, "what_name", name_in(c, what));
    json_text(j, "way_name", name_in(c, &meal_way_choices[way]));
    json_text(j, "diets_text",
              diets_text(&c->mem, (struct set){ (uint64_t)rows_int(r, 3) }, c->lang));
    json_int(j, "quantity", rows_int(r, 4));
    if (points)
        json_text(j, "place_name", rows_text(r, 8));
    json_end(j, '}');
}

MUST static enum err json_late(struct ctx *c, struct json *j, const struct board *b, int sitting)
{
    struct rows r = db_rows(c, &sql_kitchen_late,
                            PARAMS(P_INT("place", b->place.id.n), P_INT("day", b->day.n)));
    json_array(j, "late");
    while (rows_next(&r))
        if (sv_is(rows_text(&r, 1), sitting_choices[sitting].key))
            late_json(c, j, &r, b->points_n > 0);
    json_end(j, ']');
    return rows_end(&r);
}

static void json_points(struct json *j, const struct board *b, int sitting)
{
    json_array(j, "points");
    for (size_t i = 0; i < b->points_n; i++) {
        const struct board_point *p = &b->points[i];
        if (p->sitting != sitting || (p->now == 0 && p->fixed == 0))
            continue;
        json_object(j, NULL);
        json_id(j, "place", p->place.n);
        json_text(j, "name", p->name);
        json_int(j, "now", p->now);
        json_int(j, "at_cut_off", p->fixed);
        json_bool(j, "fixed", p->is_fixed);
        json_text(j, "diets_text", p->diets_text);
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err json_sitting(struct ctx *c, struct json *j, const struct board *b,
                                  enum sitting s)
{
    struct moment cut_off;
    TRY(meal_cut_off(c, b->place.row.scope, b->place.id, s, b->day, &cut_off));
    json_object(j, NULL);
    json_text(j, "sitting", sv_of(sitting_choices[s].key));
    json_text(j, "sitting_name", sitting_name(s, c->lang));
    json_moment(j, "cut_off", cut_off);
    json_text(j, "cut_off_text", cut_off_text(&c->mem, s, b->day, cut_off, c->lang));
    json_bool(j, "past", c->now.ms > cut_off.ms);
    json_bool(j, "fixed", b->fixed[s]);
    json_lines(c, j, b, (int)s);
    TRY(json_late(c, j, b, (int)s));
    json_points(j, b, (int)s);
    json_end(j, '}');
    return ERR_NONE;
}

/* Who sees the place sees what is ordered there only if she cooks or answers for the area. */
enum err board_of(struct ctx *c, struct place_id place, struct day day, struct board *ret)
{
    TRY(entity_get(c, &place_entity, place.n, &ret->place));
    if (roles[c->who->role].sees == SEES_ORG && c->who->org != ret->place.org.n)
        return fail(c, ERR_MISSING, "place.missing", "another organisation's kitchen");
    ret->day = day;
    return board_read(c, ret);
}

enum err kitchen_day_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct kitchen_asked *asked = q->query;
    struct board *b = NEW(&c->mem, struct board, 1);
    TRY(board_of(c, asked->place, day_known(asked->day) ? asked->day : day_of(c->now), b));
    json_id(&a->json, "place", b->place.id.n);
    json_text(&a->json, "name", b->place.name);
    json_day(&a->json, "day", b->day);
    json_array(&a->json, "sittings");
    for (int s = SITTING_BREAKFAST; s < SITTINGS; s++)
        TRY(json_sitting(c, &a->json, b, (enum sitting)s));
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- written down at the cut-off --- */

MUST static enum err count_add(struct ctx *c, const struct place *place, struct day day,
                               enum sitting sitting, const struct board_line *l)
{
    struct kitchen_count k;
    record_clear(kitchen_count_fields, &k);
    k.row.scope = place->row.scope;
    k.place = place->id;
    k.org = place->org;
    k.day = day;
    k.sitting = (int)sitting;
    k.way = l->way;
    k.diets.bits = l->diets;
    k.portions = l->now;
    return entity_create_by_rule(c, &kitchen_count_entity, &k);
}

enum err kitchen_fix_one(struct ctx *c, struct place_id id, struct day day, enum sitting sitting)
{
    struct sv key = sv_of(sitting_choices[sitting].key);
    struct board_line *lines = NEW(&c->mem, struct board_line, BOARD_LINES_MAX);
    struct params of = PARAMS(P_INT("place", id.n), P_INT("day", day.n), P_TEXT("sitting", key));
    struct place place;
    int64_t has;
    bool found;
    size_t n = 0;
    TRY(entity_load(c, &place_entity, id.n, &place, &found));
    TRY(db_int(c, &sql_kitchen_has, of, &has));
    if (!found || has)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_kitchen_sitting, of);
    while (n < BOARD_LINES_MAX && rows_next(&r)) {
        (void)choice_of(meal_way_choices, rows_text(&r, 0), &lines[n].way);
        lines[n].diets = (uint64_t)rows_int(&r, 1);
        lines[n++].now = rows_int(&r, 2);
    }
    TRY(rows_end(&r));
    n += n == 0;                           /* everybody cancelled: fixed at nothing */
    for (size_t i = 0; i < n; i++)
        TRY(count_add(c, &place, day, sitting, &lines[i]));
    return ERR_NONE;
}

static enum err fix_due(struct ctx *c, const struct due_row *due, const void *with)
{
    struct care_order o;
    bool found;
    (void)with;
    TRY(entity_load(c, &care_order_entity, due->id, &o, &found));
    return found ? kitchen_fix_one(c, o.place, o.day, (enum sitting)o.sitting) : ERR_NONE;
}

/* Yesterday too, since the house may have slept; what is older no kitchen asks for. */
enum err kitchen_fix(struct ctx *c, const struct job *j)
{
    int64_t today = day_of(c->now).n;
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_kitchen_due, .since = { today - 1 }, .until = { today + 1 },
        .each = fix_due });
}
