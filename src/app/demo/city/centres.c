/*
 * centres.c - what a district centre must have, 待核, and what was seen at each: one kitchen shut,
 * one function that nobody ever looked at, one seen too long ago.
 */

#include "app/demo/demo.h"
#include "app/demo/make/drawn.h"
#include "care/centre/centre.h"

static const struct { const char *name, *words, *hours; } functions[] = {
    { "社区餐厅", "对老年人开放，公示菜单和价格", "Mo-Su 06:30-08:30,11:00-13:00,17:00-18:30" },
    { "日间照料", "有床位或躺椅，有午休和看护", "Mo-Fr 08:00-17:30; PH off" },
    { "短期托养", "可住一晚以上，有夜间值班", "24/7" },
    { "老年学堂", "本月课表和签到表", "Mo-Fr 09:00-11:00,14:00-16:00" },
    { "康复娱乐", "器材可用，有人指导", "Mo-Su 08:30-17:00" },
    { "助浴间", "防滑扶手、恒温，有人协助", "Mo-Sa 09:00-11:00,14:00-16:00" },
    { "健康管理", "量血压血糖，有记录", "Mo-Fr 08:30-16:30" },
    { "精神慰藉", "有安静的房间和排班", "Mo-Fr 14:00-16:00" },
    { "上门服务调度", "有热线、派单和台账", "Mo-Su 08:00-18:00" },
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

MUST static enum err list_make(struct demo *d, struct required_function made[FUNCTIONS])
{
    for (size_t i = 0; i < FUNCTIONS; i++) {
        struct required_function *r = &made[i];
        record_clear(required_function_fields, r);
        TRY(demo_id(d, &r->id.n));
        r->row.scope = d->district.row.scope;
        r->division = d->district.id;
        r->place_kind = PLACE_DISTRICT_CENTRE;
        r->seq = (int64_t)i + 1;
        r->name = sv_of(functions[i].name);
        r->words = sv_of(functions[i].words);
        r->valid_from = demo_rules_from(d);
        r->source = i ? SV("平台初始清单，待与各区文件核对")
                      : SV("街道区域养老服务中心“统一设置社区餐厅”，转载，待核");
    }
    return demo_store(d, &required_function_entity, made, FUNCTIONS);
}

struct seen { struct demo *d; const struct centre_function *at; size_t n; };

/* Of a copy of the dice: the city is the same without them. */
static enum err photographs(struct ctx *c, void *arg)
{
    const struct seen *seen = arg;
    struct dice dice = seen->d->dice;
    for (size_t i = 0; i < seen->n; i++)
        if (seen->at[i].shown)
            TRY(drawn_room(c, &dice, centre_function_entity.name, seen->at[i].id.n));
    return ERR_NONE;
}

/* The second and the sixth are shut, nobody looked at the eighth, the fourth is due again. */
MUST static enum err known_make(struct demo *d, const struct place *p, size_t nth,
                                const struct required_function *all)
{
    struct centre_function made[FUNCTIONS];
    size_t n = 0;
    for (size_t i = 0; i < FUNCTIONS; i++) {
        struct centre_function *f = &made[n];
        int64_t ago = i == 3 ? 200 : 20 + (int64_t)(i * 7 + nth * 5) % 120;
        bool shut = i == 5 || (i == 1 && nth % 2 == 0);
        if (i == 7)
            continue;
        record_clear(centre_function_fields, f);
        TRY(demo_id(d, &f->id.n));
        f->row.scope = p->row.scope;
        f->place = p->id;
        f->org = p->org;
        f->required = all[i].id;
        f->said = FUNCTION_OPEN;
        f->said_at = moment_at((struct day){ d->today.n - ago }, 10 * 60);
        f->is_open = shut ? FUNCTION_NOT_OPEN : FUNCTION_OPEN;
        f->hours = shut ? SV("") : sv_of(functions[i].hours);
        f->note = shut ? SV("门锁着，设备没拆封") : SV("");
        f->verified_at = f->said_at;
        f->shown = !shut && i != 2;            /* of one somebody forgot the photograph */
        f->verified_by = d->staff[0].id;
        f->verify_until.n = d->today.n - ago + 180;
        n++;
    }
    TRY(demo_store(d, &centre_function_entity, made, n));
    return transaction(d->c, photographs, &(struct seen){ d, made, n });
}

enum err demo_centres(struct demo *d)
{
    struct required_function all[FUNCTIONS];
    size_t nth = 0;
    TRY(list_make(d, all));
    for (size_t i = 0; i < d->places_n; i++)
        if (d->places[i].kind == PLACE_DISTRICT_CENTRE)
            TRY(known_make(d, &d->places[i], nth++, all));
    return ERR_NONE;
}
