/*
 * doors.c - the sheet of door codes (门码): one card a home, in the order of buildings, to cut out
 * and hang up. Codes that were made and do not hang yet; one that is lost is ended and made anew.
 */

#include "care/printing/printing.h"

#include "care/proof/door_code.h"
#include "model/row/answer.h"

#include <stdlib.h>

SQL(printing_doors);

/* A card's door and whose it is. */
struct hanging {
    struct printing_door door;
    struct sv name;
    int64_t   code, elder;
};

static int in_order(const void *left, const void *right)
{
    const struct hanging *a = left, *b = right;
    int way = printing_door_order(&a->door, &b->door);
    return way ? way : a->code < b->code ? -1 : a->code > b->code;
}

static enum err doors_read(struct ctx *c, const struct printing_asked *in, struct hanging *ret,
                           size_t *ret_n)
{
    struct day first, next;
    size_t n = 0;
    printing_month_days(in->month, &first, &next);
    struct rows r = db_rows(c, &sql_printing_doors,
                            PARAMS(P_INT("org", in->org), P_INT("first", first.n),
                                   P_INT("next", next.n), P_ID("compound", in->compound),
                                   P_ID("building", in->building)));
    while (n < PRINTING_DOORS_MAX + 1 && rows_next(&r)) {
        ret[n++] = (struct hanging){
            .code = rows_int(&r, 0), .elder = rows_int(&r, 1),
            .door = { sv_copy(&c->mem, rows_text(&r, 2)), sv_copy(&c->mem, rows_text(&r, 3)),
                      sv_copy(&c->mem, rows_text(&r, 4)), sv_copy(&c->mem, rows_text(&r, 5)) },
            .name = sv_copy(&c->mem, rows_text(&r, 6)),
        };
    }
    TRY(rows_end(&r));
    *ret_n = n;
    if (n > PRINTING_DOORS_MAX)
        return fail(c, ERR_INVALID, "printing.many_doors", "more than %d codes",
                    PRINTING_DOORS_MAX);
    return n ? ERR_NONE : fail(c, ERR_INVALID, "printing.no_doors", "no codes to hang up");
}

/* "荷塘里 8号楼 4单元 荷塘里8号楼4单元201" would say it twice: the address alone when there is one. */
static struct sv door_words(struct ctx *c, const struct printing_door *d)
{
    if (d->address.len)
        return d->address;
    return sv_fmt(&c->mem, "%.*s %.*s %.*s", SV_ARG(d->compound), SV_ARG(d->building),
                  SV_ARG(d->entrance));
}

static enum err card_of(struct ctx *c, const struct hanging *h, const struct organisation *org,
                        struct print_card *ret_card)
{
    struct door_code d;
    TRY(entity_get(c, &door_code_entity, h->code, &d));
    struct buf until = buf_new(&c->mem, 40);
    buf_day(&until, d.valid_from);
    buf_text(&until, " 至 ");
    buf_day(&until, d.valid_to);
    *ret_card = (struct print_card){
        .title = door_words(c, &h->door), .name = mask_text(&c->mem, MASK_NAME, h->name),
        .big = sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(sv_head(d.code, DOOR_CODE_LENGTH / 2)),
                      SV_ARG(sv_from(d.code, DOOR_CODE_LENGTH / 2))),
        .until = buf_sv(&until),
        .code = sv_fmt(&c->mem, DOOR_CODE_QR "%.*s", SV_ARG(d.code)),
        .small = sv_fmt(&c->mem, "%.*s %.*s：护理员到门口扫这个码。请贴在门内侧。",
                        SV_ARG(org->name), SV_ARG(org->phone)),
    };
    return ERR_NONE;
}

enum err printing_doors(struct ctx *c, struct printing *paper)
{
    struct hanging *all = NEW(&c->mem, struct hanging, PRINTING_DOORS_MAX + 1);
    struct organisation org;
    struct print *p = paper->print;
    bool found;
    size_t n;
    TRY(doors_read(c, &paper->asked, all, &n));
    TRY(entity_load(c, &organisation_entity, paper->asked.org, &org, &found));
    qsort(all, n, sizeof *all, in_order);
    struct print_card *cards = NEW(&c->mem, struct print_card, n);
    for (size_t i = 0; i < n; i++) {
        TRY(card_of(c, &all[i], &org, &cards[i]));
        printing_names(c, paper, all[i].elder);
    }
    print_form(p, &(struct print_form){
        .title = SV("门码"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s　%zu 户，沿虚线剪开", SV_ARG(org.name),
                        SV_ARG(paper->asked.month), n) });
    print_cards(p, cards, n);
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}
