/* gives.c - what the answers of a station's and a carer's day are made of. */

#include "care/visit/gives.h"

#include "care/catalogue/catalogue.h"
#include "care/carer/carer.h"
#include "care/visit/visit.h"

static const struct field visit_of_day_gives[] = {
    SAYS(RECORD, "visit", .links = "visit"), SAYS(RECORD, "order", .links = "care_order"),
    SAYS(BOOL, "late", .zh = "过了时间还没到", .en = "Past its time, nobody there"), { 0 },
};
static const struct field carer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(CHOICE, "gender", .choices = gender_choices),
    MAY_SAY(LIST, "skills"), SAYS(BOOL, "away"), SAYS(INT, "visits_n"), SAYS(INT, "load_min"),
    SAYS(LIST, "not_to", .zh = "不能派到的老年人", .en = "Elders she must not be sent to"),
    { 0 },
};
const struct field station_day_gives[] = {
    SAYS(DAY, "day"), SAYS(ID, "org"), SAYS(LIST, "orders_waiting", .links = "care_order"),
    SAYS(LIST, "visits", .record = visit_of_day_gives),
    SAYS(LIST, "carers", .record = carer_gives), { 0 },
};

static const struct field move_gives[] = {
    SAYS(ID, "visit"), SAYS(INT, "start_min"), SAYS(INT, "end_min"), SAYS(BOOL, "clash"),
    MAY_SAY(TEXT, "why"), SAYS(BOOL, "moved"), { 0 },
};
const struct field station_move_gives[] = {
    SAYS(LIST, "moves", .record = move_gives), SAYS(BOOL, "done"), { 0 },
};
const struct field station_text_gives[] = { SAYS(TEXT, "text"), SAYS(INT, "visits"), { 0 } };

static const struct field code_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "salt"), SAYS(TEXT, "hash"), { 0 },
};
static const struct field with_gives[] = {
    SAYS(TEXT, "name"), SAYS(CHOICE, "state", .choices = visit_states),
    SAYS(BOOL, "collects", .zh = "由她收款", .en = "She takes the money"), { 0 },
};
static const struct field own_visit_gives[] = {
    SAYS(RECORD, "visit", .links = "visit"), SAYS(TEXT, "number"), SAYS(TEXT, "item"),
    SAYS(CHOICE, "category", .choices = category_choices),
    SAYS(TEXT, "for_name"), SAYS(TEXT, "address"), SAYS(TEXT, "note"), MAY_SAY(REAL, "lat"),
    MAY_SAY(REAL, "lon"),
    MAY_SAY(TEXT, "phone", .zh = "上门前一小时起", .en = "From an hour before"),
    MAY_SAY(TEXT, "password"), SAYS(MONEY, "to_collect"),
    MAY_SAY(RECORD, "with", .record = with_gives, .zh = "一起上门的护理员",
            .en = "The carer who goes with her"),
    MAY_SAY(LIST, "codes", .record = code_gives, .zh = "门码离线校验",
            .en = "To check the door code off line"), { 0 },
};
const struct field carer_day_gives[] = {
    SAYS(DAY, "day"), SAYS(LIST, "visits", .record = own_visit_gives), { 0 },
};
