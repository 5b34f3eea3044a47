/* menu.c - the menu of the week: dishes by place, day and sitting, copied from week to week. */

#include "care/meal/meal.h"
#include "http/describe/gives.h"

SQL(menu_dishes);
SQL(menu_week);
SQL(menu_has);
SQL(menu_fit);

enum { MENU_DAYS = 7, MENU_DAYS_MAX = 31, DISHES_MAX = 600 };

const struct choice dish_kinds[] = {
    { "set", "套餐", "set meal" },       { "meat", "荤菜", "meat dish" },
    { "vegetable", "素菜", "vegetables" }, { "staple", "主食", "staple" },
    { "soup", "汤粥", "soup" },          { "side", "小菜水果", "side dish" }, { 0 },
};

#define D struct dish
const struct field dish_fields[] = {
    ROW_FIELDS(D),
    LINK(D, place, "place", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "网点", .en = "Place"),
    LINK(D, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(D, day, .required = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(D, sitting, sitting_choices, .required = true, .filter = true, .brief = true,
           .zh = "餐次", .en = "Sitting"),
    CHOICE(D, kind, dish_kinds, .brief = true, .zh = "类别", .en = "Kind"),
    FIELD(D, name, .required = true, .high = 40, .brief = true, .zh = "菜名", .en = "Dish"),
    SET(D, suits, diet_choices, .brief = true, .zh = "适合", .en = "Fit for"),
    FIELD(D, price, .low = 0, .high = 100000, .brief = true, .zh = "单价（含在套餐内填 0）",
          .en = "Price (0: in the set)"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "menu", .columns = "place, day, sitting, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "day", .columns = "day, sitting, id" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    D *d = row;
    struct place place;
    bool found;
    (void)before;
    if (d->sitting == SITTING_NONE)
        fail_field(c, SV("sitting"), "menu.sitting");
    TRY(entity_load(c, &place_entity, d->place.n, &place, &found));
    if (found)
        d->org = place.org;
    return fail_fields(c);
}

const struct entity dish_entity = {
    .name = "dish", .zh = "菜单", .en = "Menu", .size = sizeof(D), .fields = dish_fields,
    .indexes = indexes, .sorts = sorts, .title = "name", .reads = MAY_READ_DIRECTORY,
    .writes = MAY_WRITE_DIRECTORY, .seen_by_org = "org = $",
    .seen_by_own = "place IN (SELECT id FROM place WHERE state = 'published')",
    .scope_of = "place", .rules = rules, .menu = "orders",
};
#undef D

/* --- as everybody reads it --- */

const struct field dish_gives[] = {
    SAYS(CHOICE, "kind", .choices = dish_kinds), SAYS(TEXT, "kind_name"), SAYS(TEXT, "name"),
    SAYS(LIST, "suits", .zh = "适合", .en = "Diets it is fit for, keys"),
    SAYS(TEXT, "suits_text"), SAYS(MONEY, "price"), { 0 },
};

static void dish_json(struct ctx *c, struct json *j, struct rows *r)
{
    int kind = 0;
    struct set suits = { (uint64_t)rows_int(r, 2) };
    (void)choice_of(dish_kinds, rows_text(r, 0), &kind);
    json_object(j, NULL);
    json_text(j, "kind", rows_text(r, 0));
    json_text(j, "kind_name",
              sv_of(c->lang == LANG_EN ? dish_kinds[kind].en : dish_kinds[kind].zh));
    json_text(j, "name", rows_text(r, 1));
    json_array(j, "suits");
    for (size_t i = 0; i < DIETS; i++)
        if (suits.bits >> i & 1)
            json_text(j, NULL, sv_of(diet_choices[i].key));
    json_end(j, ']');
    json_text(j, "suits_text", diets_text(&c->mem, suits, c->lang));
    json_int(j, "price", rows_int(r, 3));
    json_end(j, '}');
}

enum err dishes_json(struct ctx *c, struct json *j, struct place_id place, struct day day,
                     enum sitting sitting)
{
    struct rows r = db_rows(c, &sql_menu_dishes,
                            PARAMS(P_INT("place", place.n), P_INT("day", day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[sitting].key))));
    json_array(j, "dishes");
    while (rows_next(&r))
        dish_json(c, j, &r);
    json_end(j, ']');
    return rows_end(&r);
}

const struct field menu_asked_fields[] = {
    LINK(struct menu_asked, place, "place", .required = true, .zh = "网点", .en = "Place"),
    FIELD(struct menu_asked, from, .zh = "自", .en = "First day; today when absent"),
    FIELD(struct menu_asked, days, .low = 0, .high = MENU_DAYS_MAX, .zh = "天数",
          .en = "How many days; 7 when absent"),
    { 0 },
};
static const struct field menu_sitting_gives[] = {
    SAYS(CHOICE, "sitting", .choices = sitting_choices), SAYS(TEXT, "sitting_name"),
    SAYS(MOMENT, "cut_off"), SAYS(TEXT, "cut_off_text"),
    SAYS(LIST, "dishes", .record = dish_gives), { 0 },
};
static const struct field menu_day_gives[] = {
    SAYS(DAY, "day"), SAYS(LIST, "sittings", .record = menu_sitting_gives), { 0 },
};
const struct field menu_gives[] = { SAYS(LIST, "days", .record = menu_day_gives), { 0 } };

MUST static enum err menu_public(struct ctx *c, struct place_id id, struct place *ret_place)
{
    bool found;
    TRY(entity_load(c, &place_entity, id.n, ret_place, &found));
    if (!found || ret_place->state != REVIEW_PUBLISHED || moment_known(ret_place->row.ended_at))
        return fail(c, ERR_MISSING, "place.missing", "no published place %lld", (long long)id.n);
    return ERR_NONE;
}

MUST static enum err menu_sitting(struct ctx *c, struct json *j, const struct place *p,
                                  struct day day, enum sitting sitting)
{
    struct moment cut_off;
    TRY(meal_cut_off(c, p->row.scope, p->id, sitting, day, &cut_off));
    json_object(j, NULL);
    json_text(j, "sitting", sv_of(sitting_choices[sitting].key));
    json_text(j, "sitting_name", sitting_name(sitting, c->lang));
    json_moment(j, "cut_off", cut_off);
    json_text(j, "cut_off_text", cut_off_text(&c->mem, sitting, day, cut_off, c->lang));
    TRY(dishes_json(c, j, p->id, day, sitting));
    json_end(j, '}');
    return ERR_NONE;
}

enum err menu_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct menu_asked *asked = q->query;
    struct day first = day_known(asked->from) ? asked->from : day_of(c->now);
    int64_t days = asked->days ? asked->days : MENU_DAYS;
    struct place place;
    TRY(menu_public(c, asked->place, &place));
    json_array(&a->json, "days");
    for (int64_t i = 0; i < days; i++) {
        struct day day = { first.n + i };
        json_object(&a->json, NULL);
        json_day(&a->json, "day", day);
        json_array(&a->json, "sittings");
        for (int s = SITTING_BREAKFAST; s < SITTINGS; s++)
            TRY(menu_sitting(c, &a->json, &place, day, (enum sitting)s));
        json_end(&a->json, ']');
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- last week's once more --- */

const struct field menu_copy_fields[] = {
    LINK(struct menu_copy, place, "place", .required = true, .zh = "网点", .en = "Place"),
    FIELD(struct menu_copy, from, .required = true, .zh = "从哪一周（周一）",
          .en = "Monday of the week to copy"),
    FIELD(struct menu_copy, to, .required = true, .zh = "到哪一周（周一）",
          .en = "Monday of the week it becomes"),
    { 0 },
};
const struct field menu_copied_fields[] = {
    FIELD(struct menu_copied, copied, .zh = "复制的菜", .en = "Dishes copied"),
    FIELD(struct menu_copied, kept, .zh = "已有菜单、没有覆盖的餐次",
          .en = "Sittings that had a menu, left alone"),
    { 0 },
};

static void copy_check(struct ctx *c, const struct menu_copy *in)
{
    if (day_weekday(in->from) != 1)
        fail_field(c, SV("from"), "menu.monday");
    if (day_weekday(in->to) != 1)
        fail_field(c, SV("to"), "menu.monday");
    if (in->to.n == in->from.n)
        fail_field(c, SV("to"), "menu.same_week");
}

MUST static enum err week_read(struct ctx *c, const struct menu_copy *in, struct dish **ret_dishes,
                               size_t *ret_n)
{
    struct dish *all = NEW(&c->mem, struct dish, DISHES_MAX);
    size_t n = 0;
    struct rows r = db_rows(c, &sql_menu_week,
                            PARAMS(P_INT("place", in->place.n), P_INT("first", in->from.n),
                                   P_INT("last", in->from.n + 6)));
    while (n < DISHES_MAX && rows_next(&r)) {
        record_clear(dish_fields, &all[n]);
        rows_read(&r, dish_fields, &all[n++]);
    }
    TRY(rows_end(&r));
    *ret_dishes = all;
    *ret_n = n;
    return n ? ERR_NONE : fail(c, ERR_INVALID, "menu.empty_week", "no menu to copy");
}

MUST static enum err has_menu(struct ctx *c, const struct dish *d, bool *ret_has)
{
    int64_t n;
    TRY(db_int(c, &sql_menu_has,
               PARAMS(P_INT("place", d->place.n), P_INT("day", d->day.n),
                      P_TEXT("sitting", sv_of(sitting_choices[d->sitting].key))), &n));
    *ret_has = n != 0;
    return ERR_NONE;
}

/* A sitting that has a menu already keeps it. */
enum err menu_copy_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct menu_copy *in = q->body;
    struct menu_copied done = { 0 };
    struct place place;
    struct dish *all;
    bool has = false;
    size_t n;
    copy_check(c, in);
    TRY(fail_fields(c));
    TRY(entity_get(c, &place_entity, in->place.n, &place));
    TRY(week_read(c, in, &all, &n));
    for (size_t i = 0; i < n; i++) {
        bool begins = i == 0 || all[i].day.n != all[i - 1].day.n ||
                      all[i].sitting != all[i - 1].sitting;
        struct dish d = all[i];
        d.id.n = 0;
        d.row = (struct row){ 0 };
        d.day.n += in->to.n - in->from.n;
        if (begins)
            TRY(has_menu(c, &d, &has));
        done.kept += begins && has;
        if (has)
            continue;
        TRY(entity_create(c, &dish_entity, &d));
        done.copied++;
    }
    return answer_record(c, a, menu_copied_fields, &done);
}

/* --- what to say to who orders --- */

enum err meal_warn(struct ctx *c, struct place_id place, struct day day, enum sitting sitting,
                   struct set diets, struct json *j)
{
    uint64_t fit = 0;
    int64_t dishes = 0;
    struct rows r = db_rows(c, &sql_menu_fit,
                            PARAMS(P_INT("place", place.n), P_INT("day", day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[sitting].key))));
    for (; rows_next(&r); dishes++)
        fit |= (uint64_t)rows_int(&r, 0);
    TRY(rows_end(&r));
    struct set missing = { diets.bits & ~fit };
    struct sv words = diets_text(&c->mem, missing, c->lang);
    bool en = c->lang == LANG_EN;
    if (missing.bits && dishes)
        json_text(j, NULL, sv_fmt(&c->mem, en ? "No dish of this menu is marked as fit for: %.*s. "
                                                "Ring before ordering."
                                              : "这一餐的菜单没有标明适合“%.*s”的菜，请先打电话问清楚",
                                  SV_ARG(words)));
    if (diets.bits && !dishes)
        json_text(j, NULL, sv_of(en ? "This menu is not written yet; say the diet when you ring."
                                    : "这一餐的菜单还没有公布，请电话说明饮食要求"));
    return ERR_NONE;
}
