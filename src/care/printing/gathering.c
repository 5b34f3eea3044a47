/*
 * gathering.c - the sign-in sheet of a class or outing: who signed up, a place to tick and to sign;
 * who waits stands below, for a place that stays empty at the door. And the attendance of a class,
 * names by dates, so many dates across.
 */

#include "care/printing/printing.h"

#include "care/gathering/grid.h"

SQL(gathering_people);
SQL(attendance_of);

enum { TAIL = 4 };

/* Of who holds it, or in whose area it is. */
MUST static enum err gathering_ours(struct ctx *c, int64_t id, struct gathering *ret)
{
    bool found;
    TRY(entity_load(c, &gathering_entity, id, ret, &found));
    bool ours = found && (c->who->org ? ret->org.n == c->who->org
                                      : who_in_scope(c, ret->row.scope));
    return ours ? ERR_NONE : fail(c, ERR_MISSING, "gathering.missing", "no gathering %lld here",
                                  (long long)id);
}

enum err attendance_check(struct ctx *c, const struct printing_asked *in)
{
    struct gathering g;
    return gathering_ours(c, in->gathering, &g);
}

/* And it meets on that day. */
enum err gathering_sheet_check(struct ctx *c, const struct printing_asked *in)
{
    struct gathering g;
    TRY(gathering_ours(c, in->gathering, &g));
    if (!day_known(in->day) || !gathering_meets(&g, in->day))
        fail_field(c, SV("day"), "gathering.not_that_day");
    return fail_fields(c);
}

static struct sv tail_of(struct sv phone)
{
    return phone.len > TAIL ? sv_from(phone, phone.len - TAIL) : phone;
}

MUST static enum err put_line(struct ctx *c, struct printing *paper, const struct enrolment *r,
                              int64_t nth)
{
    int64_t here;
    TRY(db_int(c, &sql_attendance_of,
               PARAMS(P_INT("enrolment", r->id.n), P_INT("day", paper->asked.day.n)), &here));
    bool waits = r->state == ENROLMENT_WAITING || r->state == ENROLMENT_INVITED;
    print_row(paper->print, (const struct sv[]){
        sv_fmt(&c->mem, "%lld", (long long)nth), r->for_name, tail_of(r->for_phone),
        waits ? sv_of(enrolment_states[r->state].zh) : here ? SV("√") : SV("□"),
        r->emergency_phone, SV("") });
    printing_names(c, paper, r->elder.n);
    return ERR_NONE;
}

enum err printing_gathering(struct ctx *c, struct printing *paper)
{
    static const struct print_column columns[] = {
        { SV_INIT("序"), 0.07, true }, { SV_INIT("姓名"), 0.2, false },
        { SV_INIT("尾号"), 0.12, false }, { SV_INIT("签到"), 0.12, false },
        { SV_INIT("紧急联系"), 0.22, false }, { SV_INIT("签字"), 0.27, false },
    };
    static const struct sv signs[] = { SV_INIT("带队／老师"), SV_INIT("登记人") };
    struct gathering g;
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    bool found;
    TRY(gathering_sheet_check(c, &paper->asked));
    TRY(entity_load(c, &gathering_entity, paper->asked.gathering, &g, &found));
    struct rows r = db_rows(c, &sql_gathering_people, PARAMS(P_INT("gathering", g.id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    print_form(paper->print, &(struct print_form){
        .title = sv_fmt(&c->mem, "%.*s 签到表", SV_ARG(g.title)), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s %.*s　%.*s　%.*s",
                        SV_ARG(day_words(&c->mem, paper->asked.day)),
                        SV_ARG(clock_words(&c->mem, g.start_min)), SV_ARG(g.meets_at),
                        SV_ARG(g.leader)) });
    print_table(paper->print, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        struct enrolment one;
        TRY(entity_load(c, &enrolment_entity, ids[i], &one, &found));
        TRY(put_line(c, paper, &one, (int64_t)i + 1));
    }
    print_sign(paper->print, signs, 2);
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}

/* --- the attendance of a class --- */

enum { DATES_ACROSS = 12 };

/* One table: the dates from `first` on. */
static void put_dates(struct ctx *c, struct printing *paper, const struct gathering_grid *g,
                      size_t first)
{
    size_t n = g->days_n - first < DATES_ACROSS ? g->days_n - first : DATES_ACROSS;
    struct print_column columns[DATES_ACROSS + 3] = { { SV_INIT("序"), 0.05, true },
                                                      { SV_INIT("姓名"), 0.15, false } };
    struct sv cells[DATES_ACROSS + 3];
    struct day today = day_of(c->now);
    for (size_t d = 0; d < n; d++)
        columns[d + 2] = (struct print_column){ gathering_grid_day(&c->mem, g->days[first + d]),
                                                0.72 / (double)n, false };
    columns[n + 2] = (struct print_column){ SV("合计"), 0.08, true };
    print_table(paper->print, columns, n + 3);
    for (size_t i = 0; i < g->lines_n; i++) {
        cells[0] = sv_fmt(&c->mem, "%zu", i + 1);
        cells[1] = g->lines[i].who.for_name;
        for (size_t d = 0; d < n; d++)
            cells[d + 2] = gathering_grid_cell(g, i, first + d, today);
        cells[n + 2] = sv_fmt(&c->mem, "%lld", (long long)g->lines[i].times);
        print_row(paper->print, cells);
    }
    cells[0] = SV("");
    cells[1] = SV("到场人数");
    for (size_t d = 0; d < n; d++)
        cells[d + 2] = g->days[first + d].n > today.n
                           ? SV("") : sv_fmt(&c->mem, "%lld", (long long)g->came[first + d]);
    cells[n + 2] = SV("");
    print_row(paper->print, cells);
}

enum err printing_attendance(struct ctx *c, struct printing *paper)
{
    static const struct sv signs[] = { SV_INIT("老师"), SV_INIT("登记人") };
    struct gathering_grid *g = NEW(&c->mem, struct gathering_grid, 1);
    struct gathering of;
    TRY(gathering_ours(c, paper->asked.gathering, &of));
    TRY(gathering_grid_read(c, &of, g));
    print_form(paper->print, &(struct print_form){
        .title = sv_fmt(&c->mem, "%.*s 出勤表", SV_ARG(of.title)), .foot = paper->mark,
        .under = gathering_when(&c->mem, &of, LANG_ZH) });
    for (size_t first = 0; first < g->days_n; first += DATES_ACROSS)
        put_dates(c, paper, g, first);
    for (size_t i = 0; i < g->lines_n; i++)
        printing_names(c, paper, g->lines[i].who.elder.n);
    print_sign(paper->print, signs, 2);
    paper->work->rows = (int64_t)g->lines_n;
    return ERR_NONE;
}
