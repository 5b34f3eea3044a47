/* sitting.c - meals of a day, and until when each can be ordered. */

#include "care/meal/sitting.h"

#include "care/parameter/parameter.h"

SQL(meal_point_cut_off);

const struct choice sitting_choices[] = {
    { "none", "不是用餐", "no meal" }, { "breakfast", "早餐", "breakfast" },
    { "lunch", "午餐", "lunch" },      { "supper", "晚餐", "supper" }, { 0 },
};
const struct choice meal_way_choices[] = {
    { "none", "未选", "not said" },       { "eat_in", "堂食", "eat in" },
    { "take_away", "自取", "take away" }, { "delivered", "送餐", "delivered" }, { 0 },
};
const struct choice diet_choices[] = {
    { "diabetic", "糖尿病", "diabetic" }, { "low_salt", "低盐", "low salt" },
    { "low_fat", "低脂", "low fat" },     { "soft", "软食", "soft" },
    { "halal", "清真", "halal" },         { "vegetarian", "素食", "vegetarian" }, { 0 },
};

enum sitting sitting_at(int64_t start_min)
{
    return start_min < 600 ? SITTING_BREAKFAST : start_min < 900 ? SITTING_LUNCH : SITTING_SUPPER;
}

struct sv sitting_name(enum sitting sitting, enum lang lang)
{
    return sv_of(lang == LANG_EN ? sitting_choices[sitting].en : sitting_choices[sitting].zh);
}

struct sv diets_text(struct arena *mem, struct set diets, enum lang lang)
{
    struct buf b = buf_new(mem, 64);
    for (size_t i = 0; i < DIETS; i++)
        if (diets.bits >> i & 1) {
            if (b.len)
                buf_text(&b, lang == LANG_EN ? ", " : "、");
            buf_text(&b, lang == LANG_EN ? diet_choices[i].en : diet_choices[i].zh);
        }
    return buf_sv(&b);
}

/* --- the cut-off --- */

bool cut_off_minutes(struct sv value, int64_t *ret_min)
{
    struct sv clock = value;
    int64_t hour, minute;
    bool before = sv_starts(value, SV("-"));
    if (before)
        clock = sv_from(value, 1);
    if (clock.len != 5 || clock.at[2] != ':' || !sv_int(sv_head(clock, 2), 0, 23, &hour) ||
        !sv_int(sv_from(clock, 3), 0, 59, &minute))
        return false;
    *ret_min = hour * 60 + minute - (before ? MINUTES_A_DAY : 0);
    return true;
}

const char *cut_off_check(struct sv value)
{
    int64_t unused;
    return value.len == 0 || cut_off_minutes(value, &unused) ? NULL : "meal.cut_off_form";
}

/* What the place itself has said; "" when it goes by the rule of its division. */
MUST static enum err said_by_place(struct ctx *c, struct place_id place, enum sitting sitting,
                                   struct sv *ret_value)
{
    *ret_value = SV("");
    if (!place.n)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_meal_point_cut_off, PARAMS(P_INT("place", place.n)));
    if (rows_next(&r))
        *ret_value = sv_copy(&c->mem, rows_text(&r, (int)sitting - 1));
    return rows_end(&r);
}

enum err meal_cut_off(struct ctx *c, int64_t scope, struct place_id place, enum sitting sitting,
                      struct day day, struct moment *ret_cut_off)
{
    static const char *const names[SITTINGS] = { "", "meal.cut_off_breakfast", "meal.cut_off_lunch",
                                                 "meal.cut_off_supper" };
    struct sv value;
    int64_t min;
    *ret_cut_off = (struct moment){ 0 };
    if (sitting == SITTING_NONE)
        return ERR_NONE;
    TRY(said_by_place(c, place, sitting, &value));
    if (!value.len)
        TRY(parameter_text(c, names[sitting], scope, day, &value));
    if (!cut_off_minutes(value, &min))
        return fail(c, ERR_BROKEN, "parameter.form", "%s is no clock time", names[sitting]);
    *ret_cut_off = moment_at(min < 0 ? (struct day){ day.n - 1 } : day,
                             (int)(min < 0 ? min + MINUTES_A_DAY : min));
    return ERR_NONE;
}

struct sv cut_off_text(struct arena *mem, enum sitting sitting, struct day day,
                       struct moment cut_off, enum lang lang)
{
    int minute = minute_of(cut_off);
    bool before = day_of(cut_off).n < day.n;
    struct sv name = sitting_name(sitting, lang);
    if (lang == LANG_EN)
        return sv_fmt(mem, "Order %.*s by %02d:%02d%s", SV_ARG(name), minute / 60, minute % 60,
                      before ? " the day before" : "");
    return sv_fmt(mem, "%s%02d:%02d 前可订%s%.*s", before ? "前一天 " : "", minute / 60, minute % 60,
                  before ? "" : "当天", SV_ARG(name));
}

bool meal_cooks(const struct ctx *c, struct organisation_id org)
{
    return c->who == &who_house ||
           (who_may(c, MAY_SERVE_ORDERS) && c->who && c->who->org && c->who->org == org.n);
}

enum err meal_refuse_late(struct ctx *c, struct organisation_id org, struct moment cut_off,
                          const char *field)
{
    if (!moment_known(cut_off) || c->now.ms <= cut_off.ms || meal_cooks(c, org))
        return ERR_NONE;
    int minute = minute_of(cut_off);
    fail_field_args(c, sv_of(field), "meal.cut_off",
                    sv_fmt(&c->mem, "%02d:%02d", minute / 60, minute % 60), SV(""));
    return fail_fields(c);
}
