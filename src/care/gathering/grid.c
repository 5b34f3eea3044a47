/* grid.c - who came when, names by dates: on the screen, as a workbook, for the printed sheet. */

#include "care/gathering/grid.h"

#include "care/gathering/inside.h"
#include "base/id.h"
#include "http/describe/gives.h"
#include "model/history/access.h"
#include "sheet/out.h"

SQL(gathering_people);
SQL(attendance_all);

MUST static enum err people_read(struct ctx *c, struct gathering_grid *g)
{
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_gathering_people, PARAMS(P_INT("gathering", g->of.id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        bool found;
        struct grid_line *l = &g->lines[g->lines_n];
        TRY(entity_load(c, &enrolment_entity, ids[i], &l->who, &found));
        bool waits = l->who.state == ENROLMENT_WAITING || l->who.state == ENROLMENT_INVITED;
        g->lines_n += found && !waits;
    }
    return ERR_NONE;
}

static void mark(struct gathering_grid *g, int64_t enrolment, struct day day)
{
    for (size_t i = 0; i < g->lines_n; i++)
        for (size_t d = 0; g->lines[i].who.id.n == enrolment && d < g->days_n; d++)
            if (g->days[d].n == day.n) {
                g->lines[i].came |= UINT64_C(1) << d;
                g->lines[i].times++;
                g->came[d]++;
            }
}

enum err gathering_grid_read(struct ctx *c, const struct gathering *of, struct gathering_grid *g)
{
    g->of = *of;
    g->lines_n = 0;
    g->days_n = gathering_days(of, g->days);
    TRY(people_read(c, g));
    struct rows r = db_rows(c, &sql_attendance_all, PARAMS(P_INT("gathering", of->id.n)));
    while (rows_next(&r))
        mark(g, rows_int(&r, 0), (struct day){ rows_int(&r, 1) });
    return rows_end(&r);
}

/* "✓" came; "" ahead; "—" the day is over and she did not. */
struct sv gathering_grid_cell(const struct gathering_grid *g, size_t line, size_t day,
                              struct day today)
{
    if (g->lines[line].came >> day & 1)
        return SV("√");
    return g->days[day].n < today.n ? SV("—") : SV("");
}

struct sv gathering_grid_day(struct arena *mem, struct day day)
{
    struct civil v = civil_of_day(day);
    return sv_fmt(mem, "%d/%d", v.month, v.day);
}

/* Names stand whole, as at the door: each is a look, and logged. */
MUST static enum err read_for(struct ctx *c, const struct request *q, struct gathering_grid **ret)
{
    struct gathering of;
    struct gathering_id id;
    struct gathering_grid *g = NEW(&c->mem, struct gathering_grid, 1);
    TRY(request_id(c, q, 0, &id.n));
    TRY(gathering_of_staff(c, id, &of));
    TRY(gathering_grid_read(c, &of, g));
    for (size_t i = 0; i < g->lines_n; i++)
        TRY(access_note(c, g->lines[i].who.elder.n, &enrolment_entity, g->lines[i].who.id.n,
                        SV("attendance:for_name")));
    *ret = g;
    return ERR_NONE;
}

/* --- on the screen --- */

enum err gathering_grid_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering_grid *g;
    struct json *j = &a->json;
    struct day today = day_of(c->now);
    TRY(read_for(c, q, &g));
    TRY(gathering_json(c, j, &g->of));
    json_array(j, "days");
    for (size_t d = 0; d < g->days_n; d++) {
        json_object(j, NULL);
        json_day(j, "day", g->days[d]);
        json_int(j, "came", g->came[d]);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_array(j, "people");
    for (size_t i = 0; i < g->lines_n; i++) {
        json_object(j, NULL);
        json_id(j, "id", g->lines[i].who.id.n);
        json_text(j, "name", g->lines[i].who.for_name);
        json_int(j, "times", g->lines[i].times);
        json_array(j, "marks");
        for (size_t d = 0; d < g->days_n; d++)
            json_text(j, NULL, gathering_grid_cell(g, i, d, today));
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static const struct field day_gives[] = { SAYS(DAY, "day"), SAYS(INT, "came"), { 0 } };
static const struct field line_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(INT, "times"),
    SAYS(LIST, "marks", .zh = "每次：√ 到、— 没到、空 还没上",
         .en = "A mark a day: √ came, — did not, empty is ahead"),
    { 0 },
};
const struct field gathering_grid_gives[] = {
    GATHERING_GIVES, SAYS(LIST, "days", .record = day_gives),
    SAYS(LIST, "people", .record = line_gives), { 0 },
};

/* --- as a workbook --- */

static void heads_put(struct ctx *c, struct sheet_out *o, const struct gathering_grid *g)
{
    sheet_out_width(o, 0, 14);
    sheet_out_text(o, SHEET_HEAD, SV("姓名"));
    for (size_t d = 0; d < g->days_n; d++) {
        sheet_out_width(o, d + 1, 7);
        sheet_out_text(o, SHEET_HEAD, gathering_grid_day(&c->mem, g->days[d]));
    }
    sheet_out_text(o, SHEET_HEAD, SV("合计"));
    sheet_out_end_row(o);
}

static void rows_put(struct ctx *c, struct sheet_out *o, const struct gathering_grid *g)
{
    struct day today = day_of(c->now);
    for (size_t i = 0; i < g->lines_n; i++) {
        sheet_out_text(o, SHEET_PLAIN, g->lines[i].who.for_name);
        for (size_t d = 0; d < g->days_n; d++)
            sheet_out_text(o, SHEET_PLAIN, gathering_grid_cell(g, i, d, today));
        sheet_out_number(o, SHEET_PLAIN, (double)g->lines[i].times);
        sheet_out_end_row(o);
    }
    sheet_out_text(o, SHEET_HEAD, SV("到场人数"));
    for (size_t d = 0; d < g->days_n; d++)
        sheet_out_number(o, SHEET_PLAIN, (double)g->came[d]);
    sheet_out_end_row(o);
}

enum err gathering_grid_book_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering_grid *g;
    struct sheet_sent out;
    struct sv bytes;
    int64_t id;
    TRY(read_for(c, q, &g));
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    sheet_out_page(out.out, SV("出勤表"));
    sheet_out_freeze(out.out, 1);
    heads_put(c, out.out, g);
    rows_put(c, out.out, g);
    TRY(sheet_sent_close(c, &out, &bytes));
    a->type = XLSX_TYPE;
    a->disposition = SV("attachment; filename=\"attendance.xlsx\"");
    buf_put(&a->body, bytes);
    return ERR_NONE;
}
