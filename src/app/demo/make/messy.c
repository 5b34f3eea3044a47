/* messy.c - a list as offices keep them. */

#include "app/demo/make/messy.h"

#include "care/elder/elder.h"
#include "sheet/out.h"

#include <stdio.h>

enum { COLUMNS = 12, GOOD_USUAL = 12 };

/* One row as it stands in the list; "=" in the number's place: see number(). */
struct messy_row {
    const char *name, *gender, *birth, *number, *phone, *family, *community, *address, *alone,
               *poor, *remark;
    double      as_number;                 /* the number's cell is a number: its digits are lost */
};

const struct messy_fault messy_faults[] = {
    { 4, "id_number", "intake.digits_lost" },        /* 9.90101E+17 as a number */
    { 5, "id_number", "intake.digits_lost" },        /* the same, saved as text */
    { 6, "id_number", "intake.digits_lost" },        /* ends with 000 */
    { 7, "id_number", "intake.id_15" },
    { 8, "id_number", "id_number.check" },
    { 9, "id_number", "id_number.date" },
    { 10, "id_number", "id_number.length" },
    { 12, "id_number", "intake.twice" },             /* of line 11 */
    { 13, "birth", "intake.day_short" },
    { 14, "birth", "intake.day_year" },
    { 15, "birth", "elder.birth_differs" },
    { 16, "gender", "elder.gender_differs" },
    { 17, "phone", "phone.form" },
    { 18, "division", "intake.link_none" },
    { 19, "note", "elder.young" },
    { 20, "gender", "intake.choice" },
    { 0 },
};

/* @ stands for the right number of the row, made of its sequence. */
static const struct messy_row rows[] = {
    { "赵春兰", "女", "1947-03-01", "", "10020000001", "", "C", "", "", "", "", 9.90101194703010e17 },
    { "钱德福", "男", "1946.5.2", "9.90101E+17", "10020000002", "", "C", "", "", "", "", 0 },
    { "孙桂英", "女", "1945年6月3日", "990101194506030000", "10020000003", "", "C", "", "", "", "", 0 },
    { "李长海", "男", "1944/7/4", "990101440704001", "10020000004", "", "C", "", "", "", "", 0 },
    { "周玉梅", "女", "", "99010119430805002!", "10020000005", "", "C", "", "", "", "", 0 },
    { "吴有才", "男", "", "990101194302300013", "10020000006", "", "C", "", "", "", "", 0 },
    { "郑秀芳", "女", "1942-09-06", "99010119420906", "10020000007", "", "C", "", "", "", "", 0 },
    { "王 建 国", "男", "19411007", "@9", "１００２０００００１１", "", "C", "", "√", "", "", 0 },
    { "王建国", "男", "1941-10-07", "@9", "10020000011", "", "C", "", "", "", "", 0 },
    { "冯淑珍", "女", "45-1-5", "", "10020000012", "", "C", "", "", "", "", 0 },
    { "陈广德", "男", "1940", "", "10020000013", "", "C", "", "", "", "", 0 },
    { "褚月娥", "女", "1939-01-02", "@2", "10020000014", "", "C", "", "", "", "", 0 },
    { "卫国强", "女", "", "@3", "10020000015", "", "C", "", "", "", "", 0 },
    { "蒋凤英", "女", "1938-11-03", "", "12", "", "C", "", "", "", "", 0 },
    { "沈金龙", "男", "1937-12-04", "", "10020000017", "", "E", "", "", "", "", 0 },
    { "韩小军", "男", "1979-02-05", "", "10020000018", "", "C", "", "", "", "", 0 },
    { "杨桂芝", "不详", "1936-04-06", "", "10020000019", "", "C", "", "", "", "", 0 },
    { "朱翠莲", "女", "1935年3月", "@4", "", "朱丽", "C", "", "是", "有",
      "独居，女儿电话 100-2000-0020，周末来", 0 },
};

/* --- numbers that cannot be taken for real --- */

static struct sv number(struct arena *mem, int64_t year, int64_t sequence)
{
    struct buf b = buf_new(mem, 20);
    char digits[18];
    buf_text(&b, "990101");
    buf_int_wide(&b, year, 4);
    buf_int_wide(&b, 1 + sequence / 28 % 12, 2);
    buf_int_wide(&b, 1 + sequence % 28, 2);
    buf_int_wide(&b, (sequence / 336 * 2 + 501) % 1000, 3);
    for (int i = 0; i < 17; i++)
        digits[i] = b.at[i];
    buf_byte(&b, id_check_character(digits));
    return buf_sv(&b);
}

/* Of a birthday and an order among its people; odd ones are men. */
static struct sv number_on(struct arena *mem, const char *birth, int sequence)
{
    struct buf b = buf_new(mem, 20);
    char digits[18];
    buf_text(&b, "990101");
    buf_text(&b, birth);
    buf_int_wide(&b, sequence, 3);
    for (int i = 0; i < 17; i++)
        digits[i] = b.at[i];
    buf_byte(&b, id_check_character(digits));
    return buf_sv(&b);
}

/* The last character made wrong. */
static struct sv wrong_number(struct arena *mem)
{
    struct sv good = number_on(mem, "19430805", 2);
    char last = good.at[17] == '1' ? '2' : '1';
    return sv_fmt(mem, "%.*s%c", 17, good.at, last);
}

static struct sv number_of(struct arena *mem, const struct messy_row *r)
{
    struct sv s = sv_of(r->number);
    if (sv_is(s, "@9"))
        return number_on(mem, "19411007", 909);
    if (sv_is(s, "@2"))
        return number_on(mem, "19390303", 902);      /* another day than the list says */
    if (sv_is(s, "@3"))
        return number_on(mem, "19381103", 903);      /* a man's */
    if (sv_is(s, "@4"))
        return number_on(mem, "19350309", 904);
    return sv_ends(s, SV("!")) ? wrong_number(mem) : s;
}

/* --- rows --- */

static void heads_put(struct sheet_out *o)
{
    static const char *const lower[COLUMNS] = {
        "", "", "性别", "出生年月", "身份证号码", "电话", "联系人", "所属社区", "家庭住址", "", "", "",
    };
    sheet_out_across(o, SHEET_TITLE, SV("柳荫街道老年人基本情况登记表（2026 年 11 月）"), COLUMNS);
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_HEAD, SV("序号"));
    sheet_out_text(o, SHEET_HEAD, SV("老人姓名"));
    sheet_out_across(o, SHEET_HEAD, SV("基本信息"), 3);
    sheet_out_across(o, SHEET_HEAD, SV("联系方式（本人或家属）"), 2);
    sheet_out_across(o, SHEET_HEAD, SV("居住"), 2);
    sheet_out_text(o, SHEET_HEAD, SV("独居"));
    sheet_out_text(o, SHEET_HEAD, SV("低保"));
    sheet_out_text(o, SHEET_HEAD, SV("备注"));
    sheet_out_end_row(o);
    for (int i = 0; i < COLUMNS; i++)
        sheet_out_text(o, SHEET_HEAD, sv_of(lower[i]));
    sheet_out_end_row(o);
}

static void row_put(struct arena *mem, struct sheet_out *o, const struct messy *m, int64_t at,
                    const struct messy_row *r)
{
    bool far = r->community[0] == 'E';
    sheet_out_number(o, SHEET_PLAIN, (double)at);
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->name));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->gender));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->birth));
    if (r->as_number > 0)
        sheet_out_number(o, SHEET_PLAIN, r->as_number);
    else
        sheet_out_text(o, SHEET_PLAIN, number_of(mem, r));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->phone));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->family));
    sheet_out_text(o, SHEET_PLAIN, far ? m->elsewhere : m->community);
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->address));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->alone));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->poor));
    sheet_out_text(o, SHEET_PLAIN, sv_of(r->remark));
    sheet_out_end_row(o);
}

/* Somebody the register knows, without her number. */
static void known_put(struct sheet_out *o, const struct messy *m, int64_t at)
{
    struct civil v = civil_of_day(m->known_birth);
    char birth[32];
    (void)snprintf(birth, sizeof birth, "%d年%d月%d日", v.year, v.month, v.day);
    sheet_out_number(o, SHEET_PLAIN, (double)at);
    sheet_out_text(o, SHEET_PLAIN, m->known_name);
    sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, sv_of(birth));
    for (int i = 0; i < 3; i++)
        sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, m->community);
    sheet_out_end_row(o);
}

static void good_put(struct arena *mem, struct sheet_out *o, const struct messy *m, int64_t at,
                     int64_t n)
{
    static const char *const families[] = { "秦", "尤", "许", "何", "吕", "施", "张", "孔", "曹" };
    static const char *const given[] = { "桂兰", "志强", "玉珍", "明德", "秀云", "国栋", "素芬" };
    int64_t k = m->first + n, year = 1930 + k / 168000 % 30;
    sheet_out_number(o, SHEET_PLAIN, (double)at);
    sheet_out_text(o, SHEET_PLAIN, sv_fmt(mem, "%s%s", families[k % 9], given[k / 9 % 7]));
    sheet_out_skip(o);
    sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, number(mem, year, k % 168000));
    sheet_out_text(o, SHEET_PLAIN, sv_fmt(mem, "100%08lld", (long long)(30000000 + k)));
    sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, m->community);
    sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, n % 5 == 0 ? SV("√") : SV("无"));
    sheet_out_text(o, SHEET_PLAIN, SV("/"));
    sheet_out_end_row(o);
}

enum err messy_write(struct ctx *c, const char *path, const struct messy *m)
{
    struct sheet_out *o;
    struct arena mem = { 0 };
    int64_t at = 0, good = m->rows ? m->rows : GOOD_USUAL;
    TRY(sheet_out_open(c, path, &o));
    sheet_out_page(o, SV("花名册"));
    sheet_out_width(o, 4, 22);
    heads_put(o);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        row_put(&mem, o, m, ++at, &rows[i]);
    known_put(o, m, ++at);
    for (int64_t i = 0; i < good; i++) {
        good_put(&mem, o, m, ++at, i);
        if (i % 1000 == 999)
            arena_reset(&mem);
    }
    arena_free(&mem);
    return sheet_out_close(c, o);
}
