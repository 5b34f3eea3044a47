/* door.c - what stands behind the name of a compound: 12号楼3单元502, 12-3-502, 三组12号. */

#include "care/address/inside.h"

enum { ITEMS_MAX = 8, NUMBERS_MAX = 4, STOREY = 100 };

enum mark {
    MARK_NONE, MARK_BUILDING, MARK_GROUP, MARK_ROW, MARK_ENTRANCE, MARK_FLOOR, MARK_STOREY,
    MARK_NUMBER, MARK_ROOM,
};

/* One number or letter with the word behind it. */
struct item {
    uint32_t before, after;            /* 甲 of 甲3号楼, A of 502A; 0: none */
    uint32_t n;
    bool numbered;
    enum mark mark;
    size_t end;
};

/* Longest first. 楼 alone is a building or a storey, 号 alone a building or a house. */
static const struct { enum mark mark; const char16_t *word; } marks[] = {
    { MARK_BUILDING, u"号住宅楼" }, { MARK_BUILDING, u"号居民楼" }, { MARK_GROUP, u"村民小组" },
    { MARK_BUILDING, u"号楼栋" },   { MARK_ENTRANCE, u"号门洞" },   { MARK_ENTRANCE, u"单元门" },
    { MARK_GROUP, u"生产队" },      { MARK_BUILDING, u"号楼" },     { MARK_BUILDING, u"栋楼" },
    { MARK_BUILDING, u"幢楼" },     { MARK_BUILDING, u"号栋" },     { MARK_BUILDING, u"号幢" },
    { MARK_BUILDING, u"#楼" },      { MARK_BUILDING, u"#栋" },      { MARK_ENTRANCE, u"单元" },
    { MARK_ENTRANCE, u"门洞" },     { MARK_ENTRANCE, u"号门" },     { MARK_GROUP, u"小组" },
    { MARK_ROOM, u"号房" },         { MARK_ROOM, u"号室" },         { MARK_ROOM, u"房间" },
    { MARK_BUILDING, u"栋" },       { MARK_BUILDING, u"幢" },       { MARK_BUILDING, u"座" },
    { MARK_BUILDING, u"#" },        { MARK_GROUP, u"组" },          { MARK_GROUP, u"队" },
    { MARK_GROUP, u"社" },          { MARK_ROW, u"排" },            { MARK_ENTRANCE, u"单" },
    { MARK_ENTRANCE, u"门" },       { MARK_ENTRANCE, u"梯" },       { MARK_FLOOR, u"层" },
    { MARK_STOREY, u"楼" },         { MARK_ROOM, u"室" },           { MARK_ROOM, u"房" },
    { MARK_ROOM, u"户" },           { MARK_ROOM, u"屋" },           { MARK_NUMBER, u"号" },
};

/* What reads as one of them and is not: 3社区, 3号院, 3单位. */
static const char16_t *const others[] = {
    u"社区", u"组团", u"号院", u"号大院", u"号弄", u"单位", u"号线", u"队部", u"门诊", u"门牌", u"房山",
    u"号附", NULL,
};

static bool in(uint32_t token, const char16_t *set)
{
    for (; *set; set++)
        if (*set == token)
            return true;
    return false;
}

static enum mark mark_at(const struct tokens *t, size_t i, size_t *ret_len)
{
    *ret_len = 0;
    if (words_at(t, i, others))
        return MARK_NONE;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        *ret_len = word_at(t, i, marks[k].word);
        if (*ret_len)
            return marks[k].mark;
    }
    return MARK_NONE;
}

/* 东户, 左手: the room by its side. */
static bool side_read(const struct tokens *t, size_t i, struct item *it)
{
    static const char16_t *const words[] = { u"边户", u"户", u"手", u"屋", u"室", NULL };
    size_t len = i < t->n && in(t->at[i], u"东西南北中左右") ? words_at(t, i + 1, words) : 0;
    if (!len)
        return false;
    *it = (struct item){ .before = t->at[i], .mark = MARK_ROOM, .end = i + 1 + len };
    return true;
}

/* 甲座, A栋, 东楼: a building or entrance without a number. */
static bool lettered_read(const struct tokens *t, size_t i, struct item *it)
{
    size_t len;
    enum mark m = mark_at(t, i + 1, &len);
    bool side = in(t->at[i], u"东西南北中");
    if (m == MARK_STOREY)
        m = MARK_BUILDING;
    if (m != MARK_BUILDING && (m != MARK_ENTRANCE || side))
        return false;
    *it = (struct item){ .before = t->at[i], .mark = m, .end = i + 1 + len };
    return true;
}

static bool item_read(const struct tokens *t, size_t i, struct item *it)
{
    while (i < t->n && (t->at[i] == TOKEN_DASH || t->at[i] == u'第'))
        i++;
    if (i >= t->n)
        return false;
    if (side_read(t, i, it))
        return true;
    uint32_t before = 0;
    bool letter = token_is_letter(t->at[i]) || in(t->at[i], u"甲乙丙丁戊己庚辛东西南北中");
    if (letter && i + 1 < t->n && token_is_number(t->at[i + 1]))
        before = t->at[i++];
    else if (letter)
        return lettered_read(t, i, it);
    if (!token_is_number(t->at[i]))
        return false;
    *it = (struct item){ .before = before, .n = token_number(t->at[i]), .numbered = true };
    i++;
    if (i < t->n && (token_is_letter(t->at[i]) || in(t->at[i], u"甲乙丙丁")) &&
        !(i + 1 < t->n && token_is_number(t->at[i + 1]) && !token_is_letter(t->at[i])))
        it->after = t->at[i++];
    size_t len;
    it->mark = mark_at(t, i, &len);
    it->end = i + len;
    if (it->mark == MARK_NONE && words_at(t, i, others))
        return false;
    return true;
}

/* --- keys and texts --- */

static uint64_t key_of(const struct item *it)
{
    uint64_t h = hash_step(HASH_START, it->before);
    h = hash_step(h, it->numbered ? it->n + 1 : 0);
    h = hash_step(h, it->after);
    return hash_step(h, it->mark == MARK_GROUP ? 'G' : it->mark == MARK_ROW ? 'P' : 0);
}

static struct sv text_of(struct arena *mem, const struct item *it, const char *mark)
{
    struct buf b = buf_new(mem, 24);
    if (it->before)
        buf_rune(&b, it->before);
    if (it->numbered)
        buf_int(&b, it->n);
    if (it->after)
        buf_rune(&b, it->after);
    buf_text(&b, mark);
    return buf_sv(&b);
}

static struct sv building_text(struct arena *mem, const struct item *it)
{
    const char *mark = it->mark == MARK_GROUP ? "组"
                     : it->mark == MARK_ROW   ? "排"
                     : it->numbered           ? "号楼"
                     : it->before >= 0x80 && !in(it->before, u"甲乙丙丁戊己庚辛") ? "楼" : "座";
    return text_of(mem, it, mark);
}

/* --- which number is what --- */

struct reading {
    const struct tokens *t;
    struct item building, entrance, floor, number[NUMBERS_MAX];
    bool has_building, has_entrance, has_floor;
    size_t numbers, end;
    bool unclear;
};

/* The one number read so far was the building's: 12-3单元. */
static bool number_is_building(struct reading *r)
{
    if (r->numbers == 0)
        return true;
    if (r->numbers > 1 || r->has_building || r->number[0].mark == MARK_ROOM)
        return false;
    r->building = r->number[0];
    r->has_building = true;
    r->numbers = 0;
    return true;
}

static bool leads_to_storey(const struct tokens *t, const struct item *it)
{
    struct item next;
    return item_read(t, it->end, &next) && next.numbered &&
           (next.mark == MARK_NONE || next.mark == MARK_ROOM || next.mark == MARK_NUMBER) &&
           (next.n / STOREY == it->n || next.n < STOREY);
}

/* 12楼: a building, or the storey of one named before. 5楼502 may be either. */
static bool take_storey(struct reading *r, const struct item *it)
{
    bool first = !r->has_building && !r->has_entrance && r->numbers == 0;
    if (first && !leads_to_storey(r->t, it)) {
        r->building = *it;
        r->has_building = true;
        return true;
    }
    if (first)
        r->unclear = true;
    if (r->has_floor || !number_is_building(r))
        return false;
    r->floor = *it;
    return r->has_floor = true;
}

/* False when it cannot stand here. */
static bool take(struct reading *r, const struct item *it)
{
    switch (it->mark) {
    case MARK_BUILDING:
    case MARK_GROUP:
    case MARK_ROW:
        if (r->has_building || r->has_entrance || r->has_floor || r->numbers)
            return false;
        r->building = *it;
        return r->has_building = true;
    case MARK_ENTRANCE:
        if (r->has_entrance || r->has_floor || !number_is_building(r))
            return false;
        r->entrance = *it;
        return r->has_entrance = true;
    case MARK_FLOOR:
        if (r->has_floor || !number_is_building(r))
            return false;
        r->floor = *it;
        return r->has_floor = true;
    case MARK_STOREY:
        return take_storey(r, it);
    default:
        if (r->numbers == NUMBERS_MAX)
            return false;
        r->number[r->numbers++] = *it;
        return true;
    }
}

static void items_take(struct reading *r, size_t from)
{
    struct item it;
    size_t at = from;
    for (int i = 0; i < ITEMS_MAX && item_read(r->t, at, &it) && take(r, &it); i++) {
        at = r->end = it.end;
        if (it.mark == MARK_ROOM)
            return;
    }
}

static struct sv room_of(struct arena *mem, uint32_t floor, const struct item *door)
{
    struct item it = *door;
    it.n += floor * STOREY;
    return text_of(mem, &it, it.numbered ? "" : "户");
}

static bool small(const struct item *it)
{
    return it->numbered && it->n < STOREY && it->n > 0;
}

/* The last numbers are the door when building and entrance are known: 502, or 5-2. */
static void room_take(struct arena *mem, struct reading *r, size_t first, struct door *d)
{
    const struct item *n = r->number + first;
    size_t k = r->numbers - first;
    if (k == 1)
        d->room = room_of(mem, 0, n);
    else if (k == 2 && small(n) && small(n + 1))
        d->room = room_of(mem, n->n, n + 1);
    else
        d->unclear = d->unclear || k > 0;
}

static void with_floor(struct arena *mem, struct reading *r, struct door *d)
{
    const struct item *n = r->number;
    if (r->numbers == 0)
        return;
    if (r->numbers == 1 && !n->numbered)
        d->room = sv_fmt(mem, "%u层%.*s", r->floor.n, SV_ARG(room_of(mem, 0, n)));
    else if (r->numbers == 1 && small(n))
        d->room = room_of(mem, r->floor.n, n);
    else if (r->numbers == 1 && n->n / STOREY == r->floor.n)
        d->room = room_of(mem, 0, n);
    else
        d->unclear = true;
}

static void take_entrance(struct reading *r, const struct item *it)
{
    r->entrance = *it;
    r->has_entrance = true;
}

/* A building and plain numbers behind it: 12号楼502, 12号楼3-502, 三组12号. */
static void behind_building(struct arena *mem, struct reading *r, struct door *d)
{
    const struct item *n = r->number;
    bool village = r->building.mark == MARK_GROUP || r->building.mark == MARK_ROW;
    if (r->numbers == 0)
        return;
    if (village && r->numbers <= 2) {
        d->room = r->numbers == 1 ? room_of(mem, 0, n)
                                  : sv_fmt(mem, "%u-%u", n[0].n, n[1].n);
    } else if (r->numbers == 1) {
        if (n->n >= STOREY || n->mark == MARK_ROOM)
            d->room = room_of(mem, 0, n);
        else
            d->unclear = true;
    } else if (r->numbers == 2 && n[1].n >= STOREY) {
        take_entrance(r, n);
        room_take(mem, r, 1, d);
    } else if (r->numbers == 3 && small(n + 1) && small(n + 2)) {
        take_entrance(r, n);
        room_take(mem, r, 1, d);
    } else {
        d->unclear = true;
    }
}

/* Numbers only: 12-3-502, 12/502, 12号, 502室. */
static void numbers_only(struct arena *mem, struct reading *r, struct door *d)
{
    const struct item *n = r->number;
    if (r->numbers == 1) {
        if (n->mark == MARK_NUMBER)
            d->number = key_of(n);
        if (n->mark == MARK_NUMBER || n->mark == MARK_ROOM)
            d->room = room_of(mem, 0, n);
        d->unclear = n->mark == MARK_NONE;
        return;
    }
    r->building = *n;
    r->has_building = true;
    if (r->numbers == 2) {
        if (n[1].n >= STOREY || n[1].mark == MARK_ROOM)
            room_take(mem, r, 1, d);
        else
            d->unclear = true;
        return;
    }
    take_entrance(r, n + 1);
    if (r->numbers == 3 && n[2].n < STOREY && n[2].mark != MARK_ROOM)
        d->unclear = true;
    else
        room_take(mem, r, 2, d);
}

void door_read(struct arena *mem, const struct tokens *t, size_t from, struct door *ret_door)
{
    struct reading r = { .t = t, .end = from };
    struct door *d = ret_door;
    *d = (struct door){ .end = from };
    items_take(&r, from);
    if (r.end == from)
        return;
    d->any = true;
    d->end = r.end;
    d->unclear = r.unclear;
    if (r.has_floor)
        with_floor(mem, &r, d);
    else if (r.has_entrance)
        room_take(mem, &r, 0, d);
    else if (r.has_building)
        behind_building(mem, &r, d);
    else
        numbers_only(mem, &r, d);
    if (r.has_building) {
        d->building = key_of(&r.building);
        d->building_text = building_text(mem, &r.building);
    }
    if (r.has_entrance) {
        d->entrance = key_of(&r.entrance);
        d->entrance_text = text_of(mem, &r.entrance, "单元");
    }
}

static bool whole_item(struct sv name, struct item *ret_item)
{
    struct tokens t;
    tokens_of(name, true, &t);
    return item_read(&t, 0, ret_item) && ret_item->end == t.n &&
           (ret_item->numbered || ret_item->before);
}

/* 5号 and 5 are keyed alike; so are A and A座. */
static uint64_t whole_key(struct sv name, bool entrance)
{
    struct item it;
    if (whole_item(name, &it)) {
        bool fits = entrance ? it.mark == MARK_ENTRANCE || it.mark == MARK_NONE
                             : it.mark != MARK_ENTRANCE && it.mark != MARK_ROOM;
        return fits ? key_of(&it) : 0;
    }
    struct tokens t;
    tokens_of(name, true, &t);
    bool letter = t.n == 1 && (token_is_letter(t.at[0]) || in(t.at[0], u"甲乙丙丁戊己庚辛"));
    it = (struct item){ .before = letter ? t.at[0] : 0 };
    return letter ? key_of(&it) : 0;
}

uint64_t door_building_key(struct sv name)
{
    return whole_key(name, false);
}

uint64_t door_entrance_key(struct sv name)
{
    return whole_key(name, true);
}
