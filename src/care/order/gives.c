/* gives.c - what the answers about orders are made of. */

#include "care/order/gives.h"

#include "care/carer/carer.h"
#include "care/order/order.h"
#include "care/visit/visit.h"
#include "http/file/file.h"

const struct field part_gives[] = {
    SAYS(CHOICE, "payer", .choices = payer_choices), SAYS(TEXT, "payer_name"),
    SAYS(MONEY, "amount"), SAYS(TEXT, "reason"), { 0 },
};

const struct field way_gives[] = {
    SAYS(CHOICE, "key", .choices = pay_way_choices), SAYS(TEXT, "name"), { 0 },
};

const struct field price_gives[] = {
    SAYS(MONEY, "price"), SAYS(MONEY, "own_pay"), SAYS(TEXT, "price_note"),
    SAYS(INT, "carers", .zh = "几位护理员一起上门", .en = "Carers who come together"),
    SAYS(LIST, "parts", .record = part_gives), SAYS(TEXT, "cancel_rule_text"),
    MAY_SAY(MOMENT, "cut_off", .zh = "订餐截止", .en = "A meal is free until then"),
    MAY_SAY(TEXT, "cut_off_text"), MAY_SAY(LIST, "warnings"),
    SAYS(LIST, "pay_ways", .record = way_gives), { 0 },
};

static const struct field paper_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "number"), MAY_SAY(DAY, "valid_to"), { 0 },
};

static const struct field carer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(CHOICE, "gender", .choices = gender_choices),
    SAYS(TEXT, "about"), SAYS(INT, "visits_here", .zh = "来过几次", .en = "How often here before"),
    MAY_SAY(TEXT, "photo"), SAYS(LIST, "papers", .record = paper_gives), { 0 },
};

static const struct field visit_gives[] = {
    SAYS(ID, "id"), SAYS(CHOICE, "state", .choices = visit_states), SAYS(DAY, "day"),
    SAYS(INT, "start_min"), SAYS(INT, "end_min"), MAY_SAY(MOMENT, "arrived_at"),
    MAY_SAY(MOMENT, "done_at"), SAYS(INT, "photos_n"),
    MAY_SAY(LIST, "photos", .record = file_listed_gives, .zh = "仅下单人、老人和可查看记录的亲属",
            .en = "For who ordered, the elder, and who may see records"),
    MAY_SAY(RECORD, "carer", .record = carer_gives), { 0 },
};

static const struct field happened_gives[] = {
    SAYS(MOMENT, "at"), SAYS(TEXT, "text"), SAYS(TEXT, "by"), { 0 },
};

const struct field order_gives[] = {
    SAYS(RECORD, "order", .links = "care_order"), SAYS(LIST, "parts", .record = part_gives),
    MAY_SAY(RECORD, "visit", .record = visit_gives),
    MAY_SAY(RECORD, "second_visit", .record = visit_gives, .zh = "两人上门的另一位",
            .en = "Of two who go together the other"),
    SAYS(LIST, "timeline", .record = happened_gives),
    SAYS(MONEY, "cancel_fee_now", .zh = "现在取消的费用", .en = "Fee if cancelled now"), { 0 },
};

const struct field orders_gives[] = {
    SAYS(LIST, "items", .links = "care_order"), MAY_SAY(TEXT, "next"), { 0 },
};
