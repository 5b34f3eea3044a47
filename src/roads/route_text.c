/* route_text.c - directions in words, and a route as GeoJSON. */

#include "roads/route.h"

#include "base/json.h"
#include "geo/shape.h"

const char *const route_turn_keys[TURN_COUNT] = {
    "depart", "straight", "left", "right", "back", "arrive",
};

static const char *const winds[2][8] = {
    { "北", "东北", "东", "东南", "南", "西南", "西", "西北" },
    { "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west" },
};

static const char *const turns[2][TURN_COUNT] = {
    { "出发", "直行", "左转", "右转", "掉头", "到达" },
    { "Set out", "Go straight on", "Turn left", "Turn right", "Turn round", "Arrive" },
};

static const char *wind(double bearing, enum lang lang)
{
    return winds[lang == LANG_EN][(int)((bearing + 22.5) / 45) % 8];
}

/* Whole metres below a hundred, tens above: nobody paces out 1,237 m. */
static long round_m(uint32_t cm)
{
    long m = (long)(cm + 50) / 100;
    return m < 100 ? m : (m + 5) / 10 * 10;
}

static const char *street_word(const struct route_step *s, enum lang lang)
{
    bool zh = lang != LANG_EN;
    if ((s->flags & ROAD_BRIDGE) && s->kind <= ROAD_STEPS)
        return zh ? "过街天桥" : "the footbridge";
    if ((s->flags & ROAD_TUNNEL) && s->kind <= ROAD_STEPS)
        return zh ? "地下通道" : "the underpass";
    return zh ? road_kinds[s->kind].zh : road_kinds[s->kind].en;
}

static void put_walk(struct buf *b, const struct route_step *s, enum lang lang)
{
    bool zh = lang != LANG_EN;
    const char *word = street_word(s, lang);
    if (s->kind == ROAD_STEPS)
        buf_fmt(b, zh ? "走%s%.*s %u 级" : "take %s %.*s(%u steps)", word, SV_ARG(s->name),
                s->stairs);
    else if (s->kind == ROAD_ELEVATOR)
        buf_text(b, zh ? "乘电梯" : "take the lift");
    else if (s->name.len)
        buf_fmt(b, zh ? "沿%.*s走 %ld 米" : "along %.*s for %ld m", SV_ARG(s->name),
                round_m(s->length_cm));
    else
        buf_fmt(b, zh ? "沿%s走 %ld 米" : "along %s for %ld m", word, round_m(s->length_cm));
}

static void put_arrival(struct buf *b, const struct route_step *s, enum lang lang)
{
    bool zh = lang != LANG_EN;
    if (s->bearing == 0)
        buf_text(b, zh ? "到达目的地" : "You have arrived");
    else
        buf_fmt(b, zh ? "到达，目的地在%s %ld 米" : "Arrive: it is on the %s, %ld m off the street",
                s->bearing > 180 ? (zh ? "左侧" : "left") : (zh ? "右侧" : "right"),
                round_m(s->length_cm));
}

struct sv route_step_text(struct arena *mem, const struct route *r, uint32_t step, enum lang lang)
{
    const struct route_step *s = &r->step[step];
    struct buf b = buf_new(mem, 96);
    bool zh = lang != LANG_EN;
    if (s->turn == TURN_ARRIVE) {
        put_arrival(&b, s, lang);
        return buf_sv(&b);
    }
    buf_text(&b, turns[!zh][s->turn]);
    if (s->turn == TURN_DEPART)
        buf_fmt(&b, zh ? "，向%s" : " %s", wind(s->bearing, lang));
    buf_text(&b, zh ? (s->turn == TURN_DEPART ? "" : "，") : s->turn == TURN_DEPART ? " " : ", ");
    put_walk(&b, s, lang);
    return buf_sv(&b);
}

static void put_step(struct json *j, const struct route *r, uint32_t step, enum lang lang)
{
    const struct route_step *s = &r->step[step];
    json_object(j, NULL);
    json_text(j, "turn", sv_of(route_turn_keys[s->turn]));
    json_text(j, "text", route_step_text(j->out->mem, r, step, lang));
    if (s->turn != TURN_ARRIVE) {
        json_text(j, "street", s->name);
        json_text(j, "kind", sv_of(road_kinds[s->kind].key));
        json_bool(j, "bridge", s->flags & ROAD_BRIDGE);
        json_bool(j, "tunnel", s->flags & ROAD_TUNNEL);
    }
    if (s->stairs)
        json_int(j, "stairs", s->stairs);
    json_int(j, "m", (s->length_cm + 50) / 100);
    json_int(j, "s", (s->ms + 500) / 1000);
    json_int(j, "point", s->first_point);
    json_end(j, '}');
}

void route_geojson(struct buf *b, const struct route *r, enum lang lang)
{
    struct json j = json_new(b);
    struct buf line = buf_new(b->mem, 64 + (size_t)r->points * 24);
    geojson_line(&line, r->point, r->points);
    json_object(&j, NULL);
    json_text(&j, "type", SV("Feature"));
    json_object(&j, "properties");
    json_text(&j, "profile", sv_of(profiles[r->profile].key));
    json_int(&j, "s", (r->ms + 500) / 1000);
    json_int(&j, "m", (r->length_cm + 50) / 100);
    json_int(&j, "stairs", r->stairs);
    json_int(&j, "access_from_m", (r->from.access_cm + 50) / 100);
    json_int(&j, "access_to_m", (r->to.access_cm + 50) / 100);
    json_array(&j, "steps");
    for (uint32_t i = 0; i < r->steps; i++)
        put_step(&j, r, i, lang);
    json_end(&j, ']');
    json_end(&j, '}');
    json_raw(&j, "geometry", buf_sv(&line));
    json_end(&j, '}');
}
