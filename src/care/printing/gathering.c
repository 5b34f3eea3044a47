/*
 * gathering.c - the sign-in sheet of a class or outing: who signed up, a place to tick and to sign;
 * who waits stands below, for a place that stays empty at the door.
 */

#include "care/printing/printing.h"

#include "care/gathering/gathering.h"

SQL(gathering_people);
SQL(attendance_of);

enum { TAIL = 4 };

/* Of who holds it, or in whose area it is; and it meets on that day. */
enum err gathering_sheet_check(struct ctx *c, const struct printing_asked *in)
{
    struct gathering g;
    bool found;
    TRY(entity_load(c, &gathering_entity, in->gathering, &g, &found));
    bool ours = found && (c->who->org ? g.org.n == c->who->org : who_in_scope(c, g.row.scope));
    if (!ours)
        return fail(c, ERR_MISSING, "gathering.missing", "no gathering %lld here",
                    (long long)in->gathering);
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
