/* came.c - rows of a list have one line of history a batch; which list and row stands here. */

#include "care/intake/inside.h"

SQL(import_came);

static struct sv reason_of(struct ctx *c, struct rows *r)
{
    return sv_fmt(&c->mem, "导入批次 %lld：%.*s，第 %lld 行%s", (long long)rows_int(r, 5),
                  SV_ARG(rows_text(r, 6)), (long long)rows_int(r, 1),
                  sv_is(rows_text(r, 2), "undone") ? "（已整批撤销）" : "");
}

enum err intake_came(struct ctx *c, const struct entity *e, int64_t id, struct history *ret_line,
                     bool *ret_found)
{
    *ret_found = false;
    if (!import_rule_of(sv_of(e->name)))
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_import_came,
                            PARAMS(P_INT("row", id), P_TEXT("entity", sv_of(e->name))));
    if (rows_next(&r)) {
        *ret_line = (struct history){
            .id = { rows_int(&r, 0) }, .entity = sv_of(e->name), .row_id = id,
            .row = { .version = 1, .scope = rows_int(&r, 4), .created_at = { rows_int(&r, 3) } },
            .action = SV("import"), .account = { rows_int(&r, 7) }, .purpose = SV("import"),
            .reason = reason_of(c, &r), .row_version = 1,
        };
        *ret_found = true;
    }
    return rows_end(&r);
}
