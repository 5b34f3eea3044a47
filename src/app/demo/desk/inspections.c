/*
 * inspections.c - three checklists and what was seen with them: most places do well, one failed,
 * one has mended what was found, one is overdue.
 */

#include "app/demo/demo.h"
#include "care/inspection/inspection.h"

enum { LISTS = 3, LOOKED_AT = 6 };

static const struct { int kind; const char *title, *source; } lists[LISTS] = {
    { CHECKLIST_MEALS, "长者助餐服务检查表", "长者助餐服务规范（地方标准，转载，待核）" },
    { CHECKLIST_SAFETY, "服务场所安全检查表", "养老服务场所安全管理要求（转载，待核）" },
    { CHECKLIST_FIRE, "消防安全检查表", "消防安全检查要点（转载，待核）" },
};

static const struct {
    int list;
    const char *part, *words;
    int64_t points;
    bool vital;
    int64_t days;
} items[] = {
    { 0, "证照", "食品经营许可证在有效期内，悬挂在醒目处", 10, true, 3 },
    { 0, "人员", "从业人员健康证齐全、在有效期内", 10, false, 7 },
    { 0, "食材", "进货有票据，台账能查到前三天", 10, false, 7 },
    { 0, "加工", "生熟分开，刀具案板有标识", 10, false, 3 },
    { 0, "加工", "热菜出锅到供餐不超过两小时", 15, false, 3 },
    { 0, "留样", "每样菜留样，标时间，冷藏存放", 15, false, 1 },
    { 0, "餐具", "餐具消毒有记录", 10, false, 3 },
    { 0, "公示", "菜单、价格、补贴标准上墙", 10, false, 7 },
    { 0, "适老", "有软食、低盐可选；桌椅防滑，通道没有障碍", 10, false, 15 },
    { 1, "通道", "出入口、楼梯扶手牢固，地面防滑", 25, false, 15 },
    { 1, "用电", "没有私拉电线，插座完好", 25, false, 7 },
    { 1, "应急", "有应急预案和值班表，电话打得通", 25, false, 7 },
    { 1, "燃气", "燃气报警器在用", 25, true, 1 },
    { 2, "通道", "疏散通道畅通，安全出口没有上锁", 40, true, 1 },
    { 2, "器材", "灭火器在有效期内，员工会用", 30, false, 7 },
    { 2, "标识", "应急照明、疏散标志完好", 30, false, 15 },
};
enum { ITEMS_N = sizeof items / sizeof *items };

static enum err lists_make(struct demo *d, struct checklist *ret_lists,
                           struct checklist_item *ret_items)
{
    for (size_t i = 0; i < LISTS; i++) {
        struct checklist *k = &ret_lists[i];
        record_clear(checklist_fields, k);
        TRY(demo_id(d, &k->id.n));
        k->row.scope = d->district.row.scope;
        k->title = sv_of(lists[i].title);
        k->kind = lists[i].kind;
        k->edition = 1;
        k->source = sv_of(lists[i].source);
        k->valid_from = (struct day){ d->today.n - 200 };
    }
    for (size_t i = 0; i < ITEMS_N; i++) {
        struct checklist_item *one = &ret_items[i];
        record_clear(checklist_item_fields, one);
        TRY(demo_id(d, &one->id.n));
        one->row.scope = d->district.row.scope;
        one->checklist = ret_lists[items[i].list].id;
        one->seq = (int64_t)i + 1;
        one->part = sv_of(items[i].part);
        one->words = sv_of(items[i].words);
        one->points = items[i].points;
        one->vital = items[i].vital;
        one->mend_days = items[i].days;
    }
    TRY(demo_store(d, &checklist_entity, ret_lists, LISTS));
    return demo_store(d, &checklist_item_entity, ret_items, ITEMS_N);
}

/* How the nth place did at the nth item: the second lacks its samples, the fourth much more. */
static bool fails(size_t nth, size_t item)
{
    return (nth == 1 && item == 5) || (nth == 3 && (item == 0 || item == 3 || item == 6)) ||
           (nth == 4 && item == 8);
}

static void answer_fill(struct inspection_answer *a, const struct inspection *i,
                        const struct checklist_item *item, size_t nth, bool fail)
{
    record_clear(inspection_answer_fields, a);
    a->row.scope = i->row.scope;
    a->inspection = i->id;
    a->org = i->org;
    a->place = i->place;
    a->item = item->id;
    a->seq = item->seq;
    a->points = item->points;
    a->part = item->part;
    a->words = item->words;
    a->vital = item->vital;
    a->result = fail ? LOOKED_FAIL : LOOKED_PASS;
    if (!fail)
        return;
    a->mend_by = (struct day){ i->day.n + item->mend_days };
    a->mended = nth == 1 ? MENDED_CONFIRMED : nth == 4 ? MENDED_SAID : MENDED_NO;
    a->mended_note = nth == 1 ? SV("已买留样柜，每样菜留样") : nth == 4 ? SV("已增加软食") : SV("");
}

static void inspection_fill(struct demo *d, struct inspection *i, const struct place *place,
                            const struct checklist *list, size_t nth)
{
    record_clear(inspection_fields, i);
    i->row.scope = place->row.scope;
    i->place = place->id;
    i->org = place->org;
    i->checklist = list->id;
    i->day = (struct day){ d->today.n - 12 - 3 * (int64_t)nth };
    i->inspector = d->staff[0].id;
    i->reason = nth == 3 ? SV("投诉") : SV("抽查");
    i->signed_place = SV("站点负责人");
    i->signed_inspector = SV("检查人");
    i->submitted_at = moment_at(i->day, 900);
    i->state = nth == 5 ? INSPECTION_SUBMITTED : INSPECTION_PUBLISHED;
    if (i->state == INSPECTION_PUBLISHED)
        i->published_at = moment_at((struct day){ i->day.n + 1 }, 600);
}

static enum err places_inspect(struct demo *d, const struct checklist *list,
                               const struct checklist_item *all)
{
    struct inspection made[LOOKED_AT];
    struct inspection_answer answers[LOOKED_AT * ITEMS_N];
    size_t n = 0, answers_n = 0;
    for (size_t p = 0; p < d->places_n && n < LOOKED_AT; p++) {
        if (d->places[p].kind != PLACE_MEAL_POINT)
            continue;
        struct inspection *i = &made[n];
        struct inspection_sum sum = { 0 };
        inspection_fill(d, i, &d->places[p], list, n);
        TRY(demo_id(d, &i->id.n));
        for (size_t k = 0; k < ITEMS_N && items[k].list == 0; k++) {
            bool fail = fails(n, k);
            answer_fill(&answers[answers_n], i, &all[k], n, fail);
            TRY(demo_id(d, &answers[answers_n++].id.n));
            sum.points += all[k].points;
            sum.got += fail ? 0 : all[k].points;
            sum.failing += fail;
            sum.vital_failed = sum.vital_failed || (fail && all[k].vital);
        }
        i->failing = sum.failing;
        TRY(inspection_grade_of(d->c, i->row.scope, i->day, &sum, &i->score, &i->grade));
        n++;
    }
    TRY(demo_store(d, &inspection_entity, made, n));
    return demo_store(d, &inspection_answer_entity, answers, answers_n);
}

enum err demo_inspections(struct demo *d)
{
    struct checklist all[LISTS];
    struct checklist_item each[ITEMS_N];
    TRY(lists_make(d, all, each));
    return places_inspect(d, &all[0], each);
}
