/* paper.c - the menu of a week, for the wall: a row a day, a column a sitting. */

#include "care/meal/meal.h"
#include "care/printing/printing.h"

SQL(menu_week);

enum { WEEK_DAYS = 7 };

struct week_menu { struct buf at[WEEK_DAYS][SITTINGS]; bool has[SITTINGS]; };

MUST static enum err week_read(struct ctx *c, struct place_id place, struct day monday,
                               struct week_menu *w, int64_t *ret_dishes)
{
    struct dish d;
    int64_t n = 0;
    struct rows r = db_rows(c, &sql_menu_week,
                            PARAMS(P_INT("place", place.n), P_INT("first", monday.n),
                                   P_INT("last", monday.n + WEEK_DAYS - 1)));
    while (rows_next(&r)) {
        record_clear(dish_fields, &d);
        rows_read(&r, dish_fields, &d);
        struct buf *b = &w->at[d.day.n - monday.n][d.sitting];
        if (b->room == 0)
            *b = buf_new(&c->mem, 160);
        buf_text(b, b->len ? "、" : "");
        buf_put(b, d.name);
        w->has[d.sitting] = true;
        n++;
    }
    *ret_dishes = n;
    return rows_end(&r);
}

static void day_row(struct ctx *c, struct print *p, const struct week_menu *w, struct day day,
                    size_t at)
{
    struct sv cells[SITTINGS] = { day_words(&c->mem, day) };
    size_t n = 1;
    for (int s = SITTING_BREAKFAST; s < SITTINGS; s++)
        if (w->has[s])
            cells[n++] = w->at[at][s].len ? buf_sv(&w->at[at][s]) : SV("—");
    print_row(p, cells);
}

enum err printing_week_menu(struct ctx *c, struct printing *paper)
{
    struct print_column columns[SITTINGS] = { { SV("日期"), 0.24, false } };
    struct week_menu *w = NEW(&c->mem, struct week_menu, 1);
    struct print *p = paper->print;
    struct place place;
    struct day monday = { paper->asked.day.n - day_weekday(paper->asked.day) + 1 };
    size_t n = 1;
    int64_t dishes;
    TRY(entity_get(c, &place_entity, paper->asked.place, &place));
    TRY(week_read(c, place.id, monday, w, &dishes));
    print_form(p, &(struct print_form){
        .title = SV("一周菜单"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s起　订餐电话 %.*s", SV_ARG(place.name),
                        SV_ARG(day_words(&c->mem, monday)), SV_ARG(place.phone)) });
    for (int s = SITTING_BREAKFAST; s < SITTINGS; s++)
        if (w->has[s])
            columns[n++] = (struct print_column){
                sitting_name((enum sitting)s, LANG_ZH), 0.38, false };
    print_table(p, columns, n);
    for (size_t i = 0; i < WEEK_DAYS && dishes; i++)
        day_row(c, p, w, (struct day){ monday.n + (int64_t)i }, i);
    if (dishes == 0)
        print_text(p, SV("这一周还没有登记菜单。"));
    paper->work->rows = dishes;
    return ERR_NONE;
}
