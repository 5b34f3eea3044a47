/* paper.c - what is cooked, for the kitchen's wall: portions by diet and way, read from afar. */

#include "care/kitchen/board.h"
#include "care/kitchen/van.h"
#include "care/printing/printing.h"

SQL(kitchen_batches);

enum { DIETS_SHOWN = 40 };

static int64_t portions(const struct board *b, int sitting, int way, uint64_t diets, bool any)
{
    int64_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct board_line *l = &b->lines[i];
        bool its = l->sitting == sitting && (any || l->diets == diets);
        n += its && (way == WAY_NONE || l->way == way) ? l->now : 0;
    }
    return n;
}

/* The diets of a sitting, each once, as they come. */
static size_t diets_of(const struct board *b, int sitting, uint64_t *ret_diets)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n && n < DIETS_SHOWN; i++) {
        bool known = b->lines[i].sitting != sitting || b->lines[i].now == 0;
        for (size_t k = 0; k < n && !known; k++)
            known = ret_diets[k] == b->lines[i].diets;
        if (!known)
            ret_diets[n++] = b->lines[i].diets;
    }
    return n;
}

static struct sv cell(struct ctx *c, int64_t n)
{
    return n ? sv_fmt(&c->mem, "%lld", (long long)n) : SV("");
}

static void diet_row(struct ctx *c, struct print *p, const struct board *b, int sitting,
                     uint64_t diets, bool any)
{
    struct sv cells[MEAL_WAYS + 1], name = diets_text(&c->mem, (struct set){ diets }, LANG_ZH);
    size_t n = 1;
    cells[0] = any ? SV("合计") : name.len ? name : SV("普通");
    for (int w = WAY_EAT_IN; w < MEAL_WAYS; w++)
        if (portions(b, sitting, w, 0, true))
            cells[n++] = cell(c, portions(b, sitting, w, diets, any));
    cells[n] = cell(c, portions(b, sitting, WAY_NONE, diets, any));
    print_row(p, cells);
}

/* What goes to which point, to be packed by. */
static void points_print(struct ctx *c, struct print *p, const struct board *b, int sitting)
{
    static const struct print_column columns[] = {
        { SV_INIT("送到"), 0.36, false }, { SV_INIT("份数"), 0.12, true },
        { SV_INIT("其中"), 0.52, false },
    };
    if (b->points_n == 0)
        return;
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < b->points_n; i++) {
        const struct board_point *one = &b->points[i];
        if (one->sitting == sitting && one->now)
            print_row(p, (const struct sv[]){
                one->place.n == b->place.id.n ? SV("本处") : one->name, cell(c, one->now),
                one->diets_text });
    }
}

MUST static enum err sitting_print(struct ctx *c, struct print *p, const struct board *b,
                                   int sitting)
{
    struct print_column columns[MEAL_WAYS + 1] = { { SV("饮食要求"), 0.36, false } };
    uint64_t diets[DIETS_SHOWN];
    size_t n = diets_of(b, sitting, diets), ways = 1;
    struct moment cut_off;
    struct sv name = sitting_name((enum sitting)sitting, LANG_ZH);
    TRY(meal_cut_off(c, b->place.row.scope, b->place.id, (enum sitting)sitting, b->day, &cut_off));
    struct sv until = cut_off_text(&c->mem, (enum sitting)sitting, b->day, cut_off, LANG_ZH);
    for (int w = WAY_EAT_IN; w < MEAL_WAYS; w++)               /* not what nobody chose */
        if (portions(b, sitting, w, 0, true))
            columns[ways++] = (struct print_column){ sv_of(meal_way_choices[w].zh), 0.16, true };
    columns[ways] = (struct print_column){ SV("合计"), 0.16, true };
    print_big(p, sv_fmt(&c->mem, "%.*s（%.*s，%s）", SV_ARG(name), SV_ARG(until),
                        b->fixed[sitting] ? "已按截止定数" : "还会变"),
              sv_fmt(&c->mem, "%lld 份", (long long)portions(b, sitting, WAY_NONE, 0, true)));
    print_table(p, columns, ways + 1);
    for (size_t i = 0; i < n; i++)
        diet_row(c, p, b, sitting, diets[i], false);
    diet_row(c, p, b, sitting, 0, true);
    points_print(c, p, b, sitting);
    print_gap(p, 14);
    return ERR_NONE;
}

/* --- a central kitchen's vans --- */

MUST static enum err van_row(struct ctx *c, struct print *p, const struct meal_batch *b)
{
    struct meal_van van;
    struct place point;
    bool found;
    record_clear(meal_van_fields, &van);
    if (b->van.n)
        TRY(entity_load(c, &meal_van_entity, b->van.n, &van, &found));
    TRY(entity_load(c, &place_entity, b->place.n, &point, &found));
    struct sv leave = b->van.n ? clock_words(&c->mem, b->leave_min) : SV("");
    struct sv at = b->van.n ? clock_words(&c->mem, b->at_min) : SV("");
    struct sv who = b->van.n ? sv_fmt(&c->mem, "%.*s %.*s 第 %lld 趟", SV_ARG(van.name),
                                      SV_ARG(van.driver), (long long)b->van_trip)
                             : b->plan_note;
    print_row(p, (const struct sv[]){ sitting_name((enum sitting)b->sitting, LANG_ZH), who, leave,
                                      cell(c, b->seq), point.name, at, cell(c, b->planned),
                                      SV("") });
    return ERR_NONE;
}

MUST static enum err vans_print(struct ctx *c, struct print *p, const struct board *b,
                                int64_t *ret_rows)
{
    static const struct print_column columns[] = {
        { SV_INIT("餐次"), 0.08, false },   { SV_INIT("车"), 0.26, false },
        { SV_INIT("发车"), 0.09, false },   { SV_INIT("站"), 0.05, true },
        { SV_INIT("助餐点"), 0.21, false }, { SV_INIT("到达"), 0.09, false },
        { SV_INIT("份数"), 0.07, true },    { SV_INIT("温度、签收"), 0.15, false },
    };
    int64_t ids[VAN_POINTS_MAX];
    size_t n = 0;
    bool found;
    struct rows r = db_rows(c, &sql_kitchen_batches,
                            PARAMS(P_INT("kitchen", b->place.id.n), P_INT("day", b->day.n)));
    while (n < VAN_POINTS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    *ret_rows = (int64_t)n;
    if (n == 0)
        return ERR_NONE;
    print_heading(p, SV("发车"));
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        struct meal_batch batch;
        TRY(entity_load(c, &meal_batch_entity, ids[i], &batch, &found));
        TRY(van_row(c, p, &batch));
    }
    return ERR_NONE;
}

enum err printing_kitchen(struct ctx *c, struct printing *paper)
{
    struct board *b = NEW(&c->mem, struct board, 1);
    struct print *p = paper->print;
    struct day day = paper->asked.day;
    int64_t all = 0, vans;
    TRY(board_of(c, (struct place_id){ paper->asked.place }, day, b));
    print_form(p, &(struct print_form){
        .title = SV("厨房备餐"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s　%.*s 打印", SV_ARG(b->place.name),
                        SV_ARG(day_words(&c->mem, day)),
                        SV_ARG(clock_words(&c->mem, minute_of(c->now)))) });
    for (int s = SITTING_BREAKFAST; s < SITTINGS; s++) {
        int64_t n = portions(b, s, WAY_NONE, 0, true);
        all += n;
        if (n)
            TRY(sitting_print(c, p, b, s));
    }
    TRY(vans_print(c, p, b, &vans));
    if (all == 0 && vans == 0)
        print_text(p, SV("这一天还没有人订餐。"));
    paper->work->rows = (int64_t)b->n;
    return ERR_NONE;
}
