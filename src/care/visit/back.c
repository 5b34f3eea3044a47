/* back.c - a signed sheet of paper, keyed in afterwards (补录): the mark stays. */

#include "care/order/steps.h"
#include "care/visit/visit.h"

#define B struct back_input
const struct field back_takes[] = {
    FIELD(B, arrived_min, .required = true, .high = 1439, .zh = "到达时间", .en = "Arrived at"),
    FIELD(B, left_min, .required = true, .high = 1440, .zh = "离开时间", .en = "Left at"),
    CHOICE(B, result, visit_results, .zh = "情况", .en = "Result"),
    FIELD(B, signed_by, .required = true, .low = 1, .high = 40, .zh = "签字人", .en = "Signed by"),
    FIELD(B, note, .high = 1000, .many_lines = true, .zh = "单上的记录", .en = "What the sheet says"),
    { 0 },
};
#undef B

/* The times are the paper's, on the visit's own day; when we were told is now. */
enum err back_effect(struct ctx *c, void *row, const void *input)
{
    const struct back_input *in = input;
    struct visit *v = row;
    struct moment left = moment_at(v->day, (int)in->left_min);
    if (in->left_min <= in->arrived_min)
        fail_field(c, SV("left_min"), "visit.back_order");
    if (left.ms > c->now.ms)
        fail_field(c, SV("left_min"), "visit.back_future");
    TRY(fail_fields(c));
    v->arrived_at = moment_at(v->day, (int)in->arrived_min);
    v->done_at = left;
    v->arrived_known_at = v->done_known_at = c->now;
    v->note = in->note;
    v->result = in->result;
    v->signed_by = in->signed_by;
    v->backdated = true;
    return order_follow_visit(c, v, "serve");
}
