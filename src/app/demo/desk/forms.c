/* forms.c - a form that the city sent: two rows of heads, totals, lines to sign; bound. */

#include "app/demo/demo.h"

#include "care/form/form.h"
#include "sheet/out.h"

#include <stdio.h>
#include <unistd.h>

enum { COLUMNS = 9, SAMPLES = 3, NOTHING_TO_SAY = 4 };

static void cells(struct sheet_out *o, enum sheet_style style, const char *const *texts)
{
    for (size_t i = 0; i < COLUMNS; i++)
        sheet_out_text(o, style, sv_of(texts[i]));
    sheet_out_end_row(o);
}

static void heads(struct sheet_out *o)
{
    static const char *const first[] = { "序号", "姓名", "性别", "出生日期", "联系", "",
                                         "能力等级", "是否已入户走访", "街道补充情况" };
    static const char *const second[] = { "", "", "", "", "联系电话", "居住地址", "", "", "" };
    for (size_t i = 0; i < COLUMNS; i++) {
        if (i == 4)
            sheet_out_across(o, SHEET_HEAD, sv_of(first[i]), 2);
        if (i != 4 && i != 5)
            sheet_out_text(o, SHEET_HEAD, sv_of(first[i]));
    }
    sheet_out_end_row(o);
    cells(o, SHEET_HEAD, second);
}

static void sheet_make(struct sheet_out *o)
{
    static const char *const empty[COLUMNS] = { "", "", "", "", "", "", "", "", "" };
    static const char *const total[] = { "合计", "", "", "", "", "", "", "", "" };
    sheet_out_page(o, SV("登记表"));
    for (size_t i = 0; i < COLUMNS; i++)
        sheet_out_width(o, i, i == 0 ? 12 : i == 5 ? 30 : 16);
    sheet_out_across(o, SHEET_TITLE, SV("云汀市老年人关爱走访情况登记表"), COLUMNS);
    sheet_out_end_row(o);
    sheet_out_across(o, SHEET_PLAIN, SV("填报单位："), COLUMNS);
    sheet_out_end_row(o);
    heads(o);
    for (int i = 0; i < SAMPLES; i++)
        cells(o, SHEET_CELL, empty);
    cells(o, SHEET_CELL, total);
    sheet_out_text(o, SHEET_PLAIN, SV("填报人："));
    for (int i = 0; i < NOTHING_TO_SAY; i++)
        sheet_out_skip(o);
    sheet_out_text(o, SHEET_PLAIN, SV("填报日期："));
    sheet_out_end_row(o);
    sheet_out_page(o, SV("填表说明"));
    sheet_out_text(o, SHEET_PLAIN, SV("每月 25 日 17:00 前报送；走访情况由街道、社区填写。"));
    sheet_out_end_row(o);
}

static enum err bytes_of(struct demo *d, const char *path, struct sv *ret_bytes)
{
    FILE *in = fopen(path, "re");
    char *room = NEW(&d->mem, char, SHEET_BYTES_MAX / 20);
    if (!in)
        return fail(d->c, ERR_BUSY, "store.away", "could not read a demo form");
    *ret_bytes = (struct sv){ room, fread(room, 1, SHEET_BYTES_MAX / 20, in) };
    (void)fclose(in);
    (void)unlink(path);
    return ERR_NONE;
}

static enum err store(struct ctx *c, void *arg)
{
    return entity_create(c, &form_template_entity, arg);
}

enum err demo_forms(struct demo *d)
{
    const struct form_new n = { SV("elder"), SV("市老年人关爱走访情况登记表"),
                                SV("云汀市民政局"), SV("关爱走访情况登记表.xlsx") };
    const char *path = sv_fmt(&d->mem, "%s/form.xlsx", d->start->config.data_dir).at;
    struct form_template t = { 0 };
    struct sheet_out *o;
    struct sv bytes;
    TRY(sheet_out_open(d->c, path, &o));
    sheet_make(o);
    TRY(sheet_out_close(d->c, o));
    TRY(bytes_of(d, path, &bytes));
    TRY(form_prepare(d->c, &n, bytes, &t));
    t.row.scope = d->area[0].row.scope;
    t.fixed.json = SV("[{\"row\":2,\"column\":0,\"text\":\"填报单位：{org}\"},"
                      "{\"row\":8,\"column\":1,\"text\":\"{count}\"},"
                      "{\"row\":9,\"column\":0,\"text\":\"填报人：{name}\"},"
                      "{\"row\":9,\"column\":5,\"text\":\"填报日期：{date}\"}]");
    return transaction(d->c, store, &t);
}
