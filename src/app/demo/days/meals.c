/*
 * meals.c - the register of meal points, three weeks of menus, and what some elders may not eat.
 */

#include "app/demo/demo.h"
#include "app/demo/city/services.h"
#include "care/meal/meal.h"

enum { MENU_BEFORE = 7, MENU_AFTER = 14, DIET_EVERY = 15 };

static const struct {
    int kind;
    const char *name;
    uint64_t suits;
} cooked[] = {
    { DISH_MEAT, "清蒸鲈鱼", 1 << DIET_DIABETIC | 1 << DIET_LOW_SALT | 1 << DIET_SOFT |
                             1 << DIET_LOW_FAT },
    { DISH_MEAT, "红烧肉", 0 },
    { DISH_MEAT, "番茄牛腩", 1 << DIET_SOFT | 1 << DIET_HALAL },
    { DISH_MEAT, "白切鸡", 1 << DIET_DIABETIC | 1 << DIET_LOW_SALT },
    { DISH_MEAT, "肉末蒸蛋", 1 << DIET_SOFT | 1 << DIET_LOW_SALT },
    { DISH_MEAT, "葱爆羊肉", 1 << DIET_HALAL },
    { DISH_VEGETABLE, "蒜蓉油麦菜", 1 << DIET_DIABETIC | 1 << DIET_VEGETARIAN | 1 << DIET_LOW_FAT },
    { DISH_VEGETABLE, "家常豆腐", 1 << DIET_SOFT | 1 << DIET_VEGETARIAN | 1 << DIET_DIABETIC },
    { DISH_VEGETABLE, "清炒西葫芦", 1 << DIET_SOFT | 1 << DIET_LOW_SALT | 1 << DIET_VEGETARIAN },
    { DISH_VEGETABLE, "醋溜白菜", 1 << DIET_VEGETARIAN },
    { DISH_STAPLE, "软米饭", 1 << DIET_SOFT },
    { DISH_STAPLE, "杂粮馒头", 1 << DIET_DIABETIC },
    { DISH_SOUP, "紫菜蛋花汤", 0 },
    { DISH_SOUP, "小米粥", 1 << DIET_SOFT },
};

static bool cooks(const struct demo *d, size_t place, bool *ret_supper)
{
    bool any = false;
    *ret_supper = false;
    for (size_t i = 0; i < d->offers_n; i++) {
        bool here = d->offers[i].place.n == d->places[place].id.n;
        for (size_t k = ITEM_LUNCH; here && k <= ITEM_DELIVERY; k++)
            if (d->offers[i].item.n == d->items[k].id.n) {
                any = true;
                *ret_supper = *ret_supper || k == ITEM_SUPPER;
            }
    }
    return any;
}

static struct place_id kitchen_of(const struct demo *d)
{
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].kind == PLACE_CENTRAL_KITCHEN)
            return d->places[i].id;
    return (struct place_id){ 0 };
}

/* Who runs it follows from what the house is; every third restaurant is supplied by the kitchen. */
static enum err point_make(struct demo *d, size_t place, size_t nth, struct meal_point *p)
{
    static const int grades[] = { HYGIENE_A, HYGIENE_A, HYGIENE_B, HYGIENE_NONE, HYGIENE_C };
    const struct place *at = &d->places[place];
    bool point = at->kind == PLACE_MEAL_POINT;
    record_clear(meal_point_fields, p);
    TRY(demo_id(d, &p->id.n));
    p->row.scope = at->row.scope;
    p->place = at->id;
    p->org = at->org;
    p->operated_by = !point           ? OPERATOR_INSTITUTION
                     : nth % 4 == 3   ? OPERATOR_INSTITUTION
                     : nth % 5 == 4   ? OPERATOR_VILLAGE
                                      : OPERATOR_CATERING;
    if (point && nth % 3 != 0)
        p->kitchen = kitchen_of(d);
    p->open_kitchen = nth % 3 == 2 ? KITCHEN_VIDEO : nth % 3 ? KITCHEN_WINDOW : KITCHEN_CLOSED;
    p->hygiene = grades[nth % 5];
    if (p->hygiene != HYGIENE_NONE) {
        p->hygiene_on = (struct day){ d->today.n - 40 - (int64_t)nth * 13 };
        p->hygiene_source = SV("区市场监管局公示（演示）");
    }
    p->delivers = at->kind == PLACE_STATION;
    p->deliver_m = p->delivers ? 2500 : 0;
    p->seats = 24 + (int64_t)(nth % 4) * 12;
    if (nth == 1)
        p->cut_off_lunch = SV("10:00");
    p->state = REVIEW_PUBLISHED;
    return ERR_NONE;
}

/* Six dishes a sitting: two of meat, two of vegetables, one staple, one soup, by the day. */
static enum err sitting_cook(struct demo *d, const struct meal_point *p, struct day day,
                             int sitting, size_t nth, struct dish *out)
{
    static const int first[] = { 0, 3, 6, 8, 10, 12 }, of[] = { 3, 3, 2, 2, 2, 2 };
    for (size_t k = 0; k < 6; k++) {
        size_t which = (size_t)(first[k] + ((int)(day.n % 7) + (int)nth + sitting) % of[k]);
        record_clear(dish_fields, &out[k]);
        TRY(demo_id(d, &out[k].id.n));
        out[k].row.scope = p->row.scope;
        out[k].place = p->place;
        out[k].org = p->org;
        out[k].day = day;
        out[k].sitting = sitting;
        out[k].kind = cooked[which].kind;
        out[k].name = sv_of(cooked[which].name);
        out[k].suits.bits = cooked[which].suits;
    }
    return ERR_NONE;
}

/* The last point has written nothing for the days to come: its orders are warned about. */
static enum err menus_make(struct demo *d, const struct meal_point *points, const bool *suppers,
                           size_t points_n)
{
    struct dish *all = NEW(&d->mem, struct dish, points_n * (MENU_BEFORE + MENU_AFTER + 1) * 12);
    size_t n = 0;
    for (size_t i = 0; i < points_n; i++) {
        int64_t last = i + 1 == points_n ? -1 : MENU_AFTER;
        for (int64_t day = -MENU_BEFORE; day <= last; day++)
            for (int s = SITTING_LUNCH; s <= (suppers[i] ? SITTING_SUPPER : SITTING_LUNCH); s++) {
                TRY(sitting_cook(d, &points[i], (struct day){ d->today.n + day }, s, i, &all[n]));
                n += 6;
            }
    }
    return demo_store(d, &dish_entity, all, n);
}

/* One elder in fifteen. */
static enum err diets_make(struct demo *d)
{
    static const uint64_t kinds[] = { 1 << DIET_DIABETIC, 1 << DIET_LOW_SALT, 1 << DIET_SOFT,
                                      1 << DIET_DIABETIC | 1 << DIET_SOFT, 1 << DIET_HALAL,
                                      1 << DIET_VEGETARIAN, 1 << DIET_LOW_FAT };
    struct elder_diet *all = NEW(&d->mem, struct elder_diet, d->elders_n / DIET_EVERY + 1);
    size_t n = 0;
    for (size_t i = 0; i < d->elders_n; i += DIET_EVERY, n++) {
        record_clear(elder_diet_fields, &all[n]);
        TRY(demo_id(d, &all[n].id.n));
        all[n].row.scope = d->elders[i].row.scope;
        all[n].elder = d->elders[i].id;
        all[n].diets.bits = kinds[n % (sizeof kinds / sizeof *kinds)];
        all[n].source = (int)(n % 3);
    }
    return demo_store(d, &elder_diet_entity, all, n);
}

enum err demo_meals(struct demo *d)
{
    struct meal_point *points = NEW(&d->mem, struct meal_point, d->places_n);
    bool *suppers = NEW(&d->mem, bool, d->places_n);
    size_t n = 0;
    for (size_t i = 0; i < d->places_n; i++)
        if (cooks(d, i, &suppers[n])) {
            TRY(point_make(d, i, n, &points[n]));
            n++;
        }
    TRY(demo_store(d, &meal_point_entity, points, n));
    TRY(menus_make(d, points, suppers, n));
    return diets_make(d);
}
