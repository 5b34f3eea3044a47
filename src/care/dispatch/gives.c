/* gives.c - what the dispatch board's answers are made of. */

#include "care/dispatch/change.h"

#include "care/visit/visit.h"
#include "http/describe/gives.h"

const struct field change_gives[] = {
    SAYS(ID, "order"), SAYS(INT, "order_version"), SAYS(INT, "visit_version"),
    SAYS(TEXT, "carer", .zh = "空：没有人", .en = "\"\": nobody"),
    MAY_SAY(TEXT, "second", .zh = "两人上门的另一位", .en = "Of two who go together the other"),
    SAYS(INT, "start_min"), { 0 },
};

const struct field totals_gives[] = {
    SAYS(INT, "visits"), SAYS(INT, "unassigned"), SAYS(INT, "travel_min"), SAYS(INT, "wait_min"),
    SAYS(INT, "carers_out"),
    SAYS(INT, "changed_from_usual", .zh = "换成生面孔的", .en = "A new face where one is known"),
    { 0 },
};

static const struct field repair_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "text"),
    SAYS(LIST, "changes", .record = change_gives, .zh = "空：只是建议", .en = "None: advice only"),
    { 0 },
};
const struct field unassigned_gives[] = {
    SAYS(ID, "order"), SAYS(TEXT, "why"), SAYS(TEXT, "why_text"),
    SAYS(LIST, "repairs", .record = repair_gives), { 0 },
};

static const struct field part_gives[] = {
    SAYS(INT, "from_min"), SAYS(INT, "to_min"), { 0 },
};
static const struct field point_gives[] = { SAYS(REAL, "lat"), SAYS(REAL, "lon"), { 0 } };

static const struct field carer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(CHOICE, "gender", .choices = gender_choices),
    SAYS(CHOICE, "travel", .choices = travels), MAY_SAY(LIST, "skills"), SAYS(BOOL, "away"),
    MAY_SAY(TEXT, "away_why"),
    MAY_SAY(INT, "late_until_min", .zh = "手上的做完到几点", .en = "Busy until then"),
    SAYS(LIST, "shift", .record = part_gives),
    MAY_SAY(RECORD, "rest", .record = part_gives, .zh = "班次里没有写的休息",
            .en = "A rest that the shift does not name"),
    SAYS(BOOL, "rest_lost", .zh = "排得太满，没有空休息", .en = "Its day leaves no room for it"),
    SAYS(BOOL, "shift_known", .zh = "登记了班次；否则按机构的服务时间",
         .en = "A shift was typed; else the organisation's hours"),
    SAYS(INT, "month_min", .zh = "本月工时：已做和已排，含两次上门之间的路",
         .en = "Hours of work this month: done and planned, ways between visits included"),
    SAYS(INT, "month_way_min", .zh = "其中路上", .en = "Of them ways"),
    SAYS(INT, "month_done_min", .zh = "其中已做（和月结的工时一样）",
         .en = "Of them done, the same as the month's page has"),
    SAYS(BOOL, "over_mean", .zh = "其他日子的工时比全站平均多很多：先派给低于平均的人",
         .en = "Her other days have much more than the mean: who is below it goes first"),
    SAYS(INT, "month_limit_min"), SAYS(INT, "day_min", .zh = "今天上门", .en = "Visits of the day"),
    SAYS(INT, "work_min", .zh = "今天工时：上门和两次上门之间的路",
         .en = "Hours of work of the day: visits and the ways between them"),
    SAYS(INT, "travel_min", .zh = "今天所有的路", .en = "All ways of the day"),
    SAYS(INT, "untold_n"), MAY_SAY(RECORD, "start", .record = point_gives), { 0 },
};

static const struct field visit_gives[] = {
    SAYS(ID, "order"),
    SAYS(TEXT, "key", .zh = "板上的一格：两人上门的订单有两格",
         .en = "Of a block on the board: an order of two has two"),
    SAYS(CHOICE, "seat", .choices = visit_seats),
    MAY_SAY(TEXT, "with", .zh = "一起上门的护理员，空：没有人", .en = "Who goes with her, \"\": nobody"),
    MAY_SAY(TEXT, "after", .zh = "排在哪一项之后、隔多久", .en = "What it waits for, and how long"),
    MAY_SAY(TEXT, "after_key", .zh = "那一格", .en = "The block of that"),
    SAYS(INT, "order_version"), MAY_SAY(ID, "visit"),
    SAYS(INT, "visit_version", .zh = "0：还没有工单", .en = "0: there is no visit yet"),
    SAYS(TEXT, "number"), SAYS(TEXT, "item_name"), SAYS(TEXT, "for_name"), SAYS(TEXT, "where"),
    MAY_SAY(REAL, "lat", .zh = "小区的点", .en = "Of the compound"), MAY_SAY(REAL, "lon"),
    SAYS(TEXT, "carer", .zh = "空：没有人", .en = "\"\": nobody"), SAYS(INT, "start_min"),
    SAYS(INT, "end_min"), SAYS(INT, "promised_min"), SAYS(INT, "earliest_min"),
    SAYS(INT, "latest_min"), SAYS(INT, "travel_before_min"), SAYS(INT, "wait_min"),
    SAYS(INT, "expected_late_min"), SAYS(CHOICE, "state", .choices = order_states),
    SAYS(TEXT, "visit_state"), SAYS(BOOL, "pinned"), SAYS(BOOL, "locked"), SAYS(BOOL, "told"),
    SAYS(BOOL, "usual"), SAYS(BOOL, "standing"), SAYS(TEXT, "wish"),
    SAYS(CHOICE, "gender_wish", .choices = gender_wish_choices),
    SAYS(CHOICE, "skill", .choices = skill_choices), SAYS(TEXT, "fault"), SAYS(LIST, "actions"),
    { 0 },
};

const struct field day_gives[] = {
    SAYS(DAY, "day"), SAYS(ID, "org"), SAYS(TEXT, "stamp"),
    SAYS(BOOL, "streets", .zh = "按道路算；否则按直线", .en = "By the streets, else in straight lines"),
    SAYS(INT, "month_mean_min", .zh = "本月工时，全站平均", .en = "Hours of the month, the mean"),
    SAYS(INT, "fair_percent"), SAYS(INT, "fair_hours"),
    SAYS(INT, "open_min"), SAYS(INT, "close_min"), SAYS(BOOL, "can_undo"), SAYS(INT, "untold_n"),
    MAY_SAY(MOMENT, "told_at"), SAYS(RECORD, "totals", .record = totals_gives),
    SAYS(LIST, "carers", .record = carer_gives), SAYS(LIST, "visits", .record = visit_gives),
    SAYS(BOOL, "unassigned_later", .zh = "写入的回答里不找原因：再读一次这一天就有",
         .en = "A write does not look for reasons: read the day again"),
    SAYS(LIST, "unassigned", .record = unassigned_gives), { 0 },
};

static const struct field also_gives[] = {
    SAYS(ID, "order"), SAYS(INT, "start_before"), SAYS(INT, "start_min"), { 0 },
};
const struct field try_gives[] = {
    SAYS(BOOL, "fits"), SAYS(LIST, "reasons"),
    SAYS(LIST, "notes", .zh = "可以这样派，但请想一想", .en = "It may be done, but think"),
    SAYS(INT, "start_min"), SAYS(INT, "end_min"),
    MAY_SAY(TEXT, "with", .zh = "同去的护理员", .en = "Who would go with her"),
    MAY_SAY(TEXT, "with_name"),
    SAYS(INT, "travel_more_min"), SAYS(LIST, "also", .record = also_gives),
    SAYS(LIST, "changes", .record = change_gives), { 0 },
};

static const struct field planned_gives[] = {
    SAYS(ID, "order"), SAYS(INT, "order_version"), SAYS(INT, "visit_version"), SAYS(TEXT, "carer"),
    MAY_SAY(TEXT, "second"), MAY_SAY(TEXT, "second_before"),
    SAYS(INT, "start_min"), SAYS(TEXT, "number"), SAYS(TEXT, "for_name"), SAYS(TEXT, "item_name"),
    SAYS(TEXT, "carer_before"), SAYS(INT, "start_before"), SAYS(BOOL, "told"), { 0 },
};
const struct field replan_gives[] = {
    SAYS(TEXT, "stamp"), SAYS(LIST, "changes", .record = planned_gives),
    SAYS(RECORD, "before", .record = totals_gives), SAYS(RECORD, "after", .record = totals_gives),
    SAYS(LIST, "unassigned", .record = unassigned_gives), { 0 },
};

const struct field publish_gives[] = {
    SAYS(INT, "told", .zh = "通知了几位护理员", .en = "Carers told"), SAYS(INT, "untold_n"), { 0 },
};

static const struct field slot_gives[] = {
    SAYS(INT, "start_min"), SAYS(BOOL, "carer_found"), SAYS(INT, "carers_n"), { 0 },
};
const struct field slots_gives[] = {
    SAYS(TEXT, "stamp"), SAYS(LIST, "slots", .record = slot_gives), { 0 },
};

static const struct field leg_gives[] = {
    SAYS(ID, "order", .zh = "到哪一单", .en = "To which visit"),
    SAYS(BOOL, "straight", .zh = "没有找到路，画直线", .en = "No way was found: a straight line"),
    SAYS(LIST, "points", .record = point_gives, .zh = "小区之间的路", .en = "Between compounds"),
    { 0 },
};
const struct field drawn_gives[] = {
    SAYS(TEXT, "stamp"), SAYS(LIST, "legs", .record = leg_gives), SAYS(INT, "straight_n"), { 0 },
};
