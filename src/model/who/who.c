/* who.c - sessions, and the caller behind a token. */

#include "model/who/account.h"
#include "model/inside.h"

SQL(session_find);
SQL(grants_of);
SQL(who_account);
SQL(session_add);
SQL(session_end);
SQL(sessions_end);
SQL(session_touch);
SQL(sessions_clean);

enum { TOKEN_BYTES = 32, STAFF_MAX_MIN = 12 * 60, CITIZEN_MAX_MIN = 90 * 1440, TOUCH_MS = 60000,
       SESSION_KEEP_DAYS = 400 };

const struct who who_house = {
    .role = ROLE_SYSTEM_ADMIN,
    .ranges = { { 0, INT64_MAX } },
    .ranges_n = 1,
    .name = SV_INIT("house"),
};

/* A session row with what its account says. */
struct session {
    int64_t       id, account;
    int           role;
    bool          weak, bearer;
    struct moment created_at, used_at;
    struct sv     name;
    bool          active;
};

static bool alive(const struct session *s, struct moment now)
{
    const struct role_row *role = &roles[s->role];
    int64_t whole = (int64_t)(role->staff ? STAFF_MAX_MIN : CITIZEN_MAX_MIN) * 60000;
    int64_t idle = (int64_t)role->idle_min * 60000;
    return s->active && now.ms - s->created_at.ms < whole && now.ms - s->used_at.ms < idle;
}

static enum err session_find(struct ctx *c, struct sv token, struct session *s, bool *ret_found)
{
    struct sv hash = seal_hash_hex(&c->mem, token);
    struct rows r = db_rows(c, &sql_session_find, PARAMS(P_TEXT("token", hash)));
    bool found = rows_next(&r);
    if (found) {
        *s = (struct session){
            .id = rows_int(&r, 0), .account = rows_int(&r, 1),
            .weak = rows_int(&r, 3) != 0, .bearer = rows_int(&r, 4) != 0,
            .created_at = { rows_int(&r, 5) }, .used_at = { rows_int(&r, 6) },
            .name = rows_text(&r, 7),
            .active = sv_is(rows_text(&r, 8), "active") && rows_value(&r, 9).type == VALUE_NULL,
        };
        found = choice_of(role_choices, rows_text(&r, 2), &s->role);
    }
    TRY(rows_end(&r));
    *ret_found = found && alive(s, c->now);
    return ERR_NONE;
}

/* One grant row put to what is there already. Ranges and elders beyond the room are not seen. */
static void grant_add(struct who *w, struct rows *r)
{
    int64_t low = rows_int(r, 0), high = rows_int(r, 1), elder = rows_int(r, 4);
    if (high > 0 && w->ranges_n < WHO_RANGES_MAX)
        w->ranges[w->ranges_n++] = (struct scope_range){ low, high };
    if (elder && w->elders_n < WHO_ELDERS_MAX)
        w->elders[w->elders_n++] = elder;
    if (!w->org)
        w->org = rows_int(r, 2);
    if (!w->carer)
        w->carer = rows_int(r, 3);
    if (w->letter.len == 0)
        w->letter = rows_text(r, 5);
}

/* *ret_held false when no grant of today gives this role. */
static enum err grants_read(struct ctx *c, struct who *w, bool *ret_held)
{
    struct rows r = db_rows(c, &sql_grants_of,
                            PARAMS(P_INT("account", w->account),
                                   P_TEXT("role", sv_of(role_choices[w->role].key)),
                                   P_INT("today", day_of(c->now).n)));
    size_t n = 0;
    for (; rows_next(&r); n++)
        grant_add(w, &r);
    TRY(rows_end(&r));
    *ret_held = n > 0;
    return ERR_NONE;
}

/* What a page's forms must carry: known to whoever knows the token, and to nobody else. */
static struct sv csrf_of(struct arena *mem, struct sv token)
{
    struct buf b = buf_new(mem, token.len + 8);
    buf_text(&b, "csrf:");
    buf_put(&b, token);
    return sv_head(seal_hash_hex(mem, buf_sv(&b)), 32);
}

enum err who_from_token(struct ctx *c, struct sv token, const struct who **ret_who)
{
    struct session s;
    bool found = false, held = true;
    *ret_who = NULL;
    if (token.len != 2 * TOKEN_BYTES)
        return ERR_NONE;
    TRY(session_find(c, token, &s, &found));
    if (!found)
        return ERR_NONE;
    struct who *w = NEW(&c->mem, struct who, 1);
    *w = (struct who){ .account = s.account, .session = s.id, .role = (enum role)s.role,
                       .name = s.name, .weak = s.weak, .csrf = csrf_of(&c->mem, token) };
    if (w->role != ROLE_CITIZEN)
        TRY(grants_read(c, w, &held));
    if (held)
        *ret_who = w;
    return ERR_NONE;
}

enum err who_of(struct ctx *c, int64_t account, enum role role, const struct who **ret_who)
{
    struct who *w = NEW(&c->mem, struct who, 1);
    bool held = role == ROLE_CITIZEN;
    *ret_who = NULL;
    *w = (struct who){ .account = account, .role = role };
    struct rows r = db_rows(c, &sql_who_account, PARAMS(P_INT("account", account)));
    bool found = rows_next(&r);
    if (found)
        w->name = rows_text(&r, 0);
    TRY(rows_end(&r));
    if (found && !held)
        TRY(grants_read(c, w, &held));
    if (found && held)
        *ret_who = w;
    return ERR_NONE;
}

enum err session_open(struct ctx *c, const struct session_new *s, struct sv *ret_token)
{
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    struct sv token = seal_random_hex(&c->mem, TOKEN_BYTES);
    TRY(db_run(c, &sql_session_add,
               PARAMS(P_INT("id", id), P_TEXT("token", seal_hash_hex(&c->mem, token)),
                      P_INT("account", s->account),
                      P_TEXT("role", sv_of(role_choices[s->role].key)), P_INT("weak", s->weak),
                      P_INT("bearer", s->bearer), P_TEXT("agent", sv_runes_head(s->agent, 200)),
                      P_INT("now", c->now.ms)), NULL));
    *ret_token = token;
    return ERR_NONE;
}

enum err session_close(struct ctx *c, int64_t session)
{
    return db_run(c, &sql_session_end, PARAMS(P_INT("id", session), P_INT("now", c->now.ms)), NULL);
}

enum err session_close_all(struct ctx *c, int64_t account)
{
    return db_run(c, &sql_sessions_end, PARAMS(P_INT("account", account), P_INT("now", c->now.ms)),
                  NULL);
}

enum err session_touch(struct ctx *c, int64_t session)
{
    return db_run(c, &sql_session_touch,
                  PARAMS(P_INT("id", session), P_INT("now", c->now.ms),
                         P_INT("before", c->now.ms - TOUCH_MS)), NULL);
}

enum err sessions_clean(struct ctx *c)
{
    return db_run(c, &sql_sessions_clean,
                  PARAMS(P_INT("before", c->now.ms - SESSION_KEEP_DAYS * MS_A_DAY)), NULL);
}
