/* outbox_test.c - messages: told once, sent once, whatever dies in between. */

#include "store/build.h"
#include "store/outbox.h"
#include "test.h"
#include "world.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static struct ctx *house(void)
{
    static struct schema s;
    schema_seal(&s);
    return world_of(&s);
}

static void add(struct ctx *c, const char *once)
{
    struct message_out m = {
        .way = SV_INIT("sms"),
        .address = SV_INIT("10012345678"),
        .template = SV_INIT("order.placed"),
        .values = SV_INIT("{\"day\":\"2026-11-21\"}"),
        .once = sv_of(once),
    };
    if (outbox_add(c, &m) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(c->fault.log));
}

static struct carrier file_carrier(void)
{
    struct sv path = sv_fmt(test_mem(), "%s/outbox.jsonl", world_folder());
    return (struct carrier){ .way = "sms", .send = carrier_file,
                             .state = (void *)(uintptr_t)path.at };
}

static int64_t step(struct ctx *c, const struct carrier *k)
{
    int64_t sent = -1;
    if (outbox_step(c, k, 1, &sent) != ERR_NONE)
        test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(c->fault.log));
    return sent;
}

static struct sv text_of(const struct carrier *k)
{
    static char text[65536];
    int fd = open(k->state, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    return (struct sv){ text, n < 0 ? 0 : (size_t)n };
}

static int lines(const struct carrier *k)
{
    struct sv rest = text_of(k), line;
    int n = 0;
    while (sv_cut(&rest, '\n', &line))
        n++;
    return n;
}

static int64_t in_state(struct ctx *c, const char *state)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM outbox WHERE state = ");
    build_value(&b, V_TEXT(sv_of(state)));
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    int64_t n = rows_int(&r, 0);
    CHECK_INT(rows_end(&r), ERR_NONE);
    return n;
}

TEST_DB(a_message_goes_out_once_and_the_same_event_is_told_once)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    add(c, "order 1 placed");
    add(c, "order 1 placed");
    add(c, "order 2 placed");
    CHECK_INT(step(c, &k), 2);
    CHECK_INT(step(c, &k), 0);
    CHECK_INT(lines(&k), 2);
    CHECK(sv_find(text_of(&k), SV("\"values\":{\"day\":\"2026-11-21\"}")) >= 0);
    CHECK_INT(in_state(c, "sent"), 2);
}

TEST_DB(a_message_of_an_undone_request_is_never_sent)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    CHECK_INT(db_begin(c), ERR_NONE);
    add(c, "order 1 placed");
    db_rollback(c);
    CHECK_INT(step(c, &k), 0);
    CHECK_INT(lines(&k), 0);
}

TEST_DB(a_message_waits_for_its_time_and_its_carrier)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    struct carrier voice = { .way = "voice", .send = k.send, .state = k.state };
    struct message_out m = { .way = SV_INIT("sms"), .once = SV_INIT("x"), .address = SV_INIT("1"),
                             .template = SV_INIT("t"), .not_before = { c->now.ms + 1000 } };
    CHECK_INT(outbox_add(c, &m), ERR_NONE);
    CHECK_INT(step(c, &k), 0);
    c->now.ms += 1000;
    CHECK_INT(step(c, &voice), 0);
    CHECK_INT(step(c, &k), 1);
}

/* Sent, and then the note of it fails: the next worker asks the carrier before it sends again. */
static enum err send_and_die(struct ctx *c, const struct message_out *const *m, size_t n,
                             enum carried *how, void *path)
{
    enum err e = carrier_file(c, m, n, how, path);
    db_fault(c->db, 1, FAULT_ERROR);
    return e;
}

/* Dies with half of a batch out. */
static enum err send_half_and_die(struct ctx *c, const struct message_out *const *m, size_t n,
                                  enum carried *how, void *path)
{
    return send_and_die(c, m, n / 2, how, path);
}

TEST_DB(a_message_is_not_sent_twice_when_the_sender_dies)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    struct carrier dying = { .way = "sms", .send = send_and_die, .state = k.state };
    add(c, "order 1 placed");
    int64_t sent;
    CHECK_INT(outbox_step(c, &dying, 1, &sent), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(lines(&k), 1);
    CHECK_INT(step(c, &k), 0);                       /* still leased */
    c->now.ms += (OUTBOX_LEASE_S + 1) * 1000;
    CHECK_INT(step(c, &k), 1);
    CHECK_INT(lines(&k), 1);
    CHECK_INT(in_state(c, "sent"), 1);
}

TEST_DB(of_a_batch_half_sent_the_other_half_is_sent_later)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    struct carrier dying = { .way = "sms", .send = send_half_and_die, .state = k.state };
    for (int i = 0; i < 10; i++)
        add(c, sv_fmt(test_mem(), "order %d placed", i).at);
    int64_t sent;
    CHECK_INT(outbox_step(c, &dying, 1, &sent), ERR_BROKEN);
    ctx_forgive(c);
    CHECK_INT(lines(&k), 5);
    c->now.ms += (OUTBOX_LEASE_S + 1) * 1000;
    CHECK_INT(step(c, &k), 10);
    CHECK_INT(lines(&k), 10);
    CHECK_INT(in_state(c, "sent"), 10);
}

/* One of three is refused: it alone waits. */
static enum err refuse_second(struct ctx *c, const struct message_out *const *m, size_t n,
                              enum carried *how, void *calls)
{
    CHECK_INT(n, 3);
    ++*(int *)calls;
    how[0] = how[2] = CARRIED_YES;
    return fail(c, ERR_BUSY, "test.away", "message %lld is refused", (long long)m[1]->id);
}

TEST_DB(what_is_due_goes_to_the_carrier_in_one_go)
{
    struct ctx *c = house();
    int calls = 0;
    struct carrier k = { .way = "sms", .send = refuse_second, .state = &calls };
    for (int i = 0; i < 3; i++)
        add(c, sv_fmt(test_mem(), "order %d placed", i).at);
    CHECK_INT(step(c, &k), 2);
    CHECK_INT(calls, 1);
    CHECK_INT(in_state(c, "sent"), 2);
    CHECK_INT(in_state(c, "waiting"), 1);
}

TEST_DB(a_line_cut_short_by_a_crash_is_written_again_whole)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    add(c, "order 1 placed");
    CHECK_INT(step(c, &k), 1);
    int fd = open(k.state, O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK_INT(write(fd, "{\"id\":\"2\",\"wa", 13), 13);
    close(fd);
    add(c, "order 2 placed");
    CHECK_INT(step(c, &k), 1);
    CHECK_INT(lines(&k), 2);
    CHECK(sv_ends(text_of(&k), SV("}\n")));
}

static enum err refuse(struct ctx *c, const struct message_out *const *m, size_t n,
                       enum carried *how, void *state)
{
    (void)how, (void)state;
    return fail(c, ERR_BUSY, "test.away", "message %lld and %zu more: the other side is away",
                (long long)m[0]->id, n - 1);
}

TEST_DB(a_message_nobody_takes_is_tried_again_and_then_given_up)
{
    struct ctx *c = house();
    struct carrier k = { .way = "sms", .send = refuse };
    add(c, "order 1 placed");
    int tries = 0;
    for (; in_state(c, "failed") == 0 && tries < 20; tries++) {
        CHECK_INT(step(c, &k), 0);
        CHECK_INT(step(c, &k), 0);                   /* not before its time */
        c->now.ms += 3600 * 1000;
    }
    CHECK_INT(tries, OUTBOX_TRIES_MAX);
}

/* What the other side said of each, and what the listener heard. */
struct heard { int calls, finals; };

static enum err say_all(struct ctx *c, const struct message_out *const *m, size_t n,
                        enum carried *how, void *state)
{
    (void)c, (void)m, (void)state;
    static const enum carried said[] = { CARRIED_YES, CARRIED_NEVER, CARRIED_UNSURE, CARRIED_NO };
    for (size_t i = 0; i < n; i++)
        how[i] = said[i % 4];
    return ERR_NONE;
}

static enum err hear(struct ctx *c, const struct message_out *m, enum carried how, bool final,
                     void *state)
{
    struct heard *h = state;
    (void)c, (void)m;
    h->calls++;
    h->finals += final;
    CHECK(final == (how != CARRIED_NO));
    return ERR_NONE;
}

TEST_DB(what_is_refused_or_unsure_is_not_tried_again_and_the_carrier_hears_of_each)
{
    struct ctx *c = house();
    struct heard h = { 0 };
    struct carrier k = { .way = "sms", .send = say_all, .state = &h, .settled = hear };
    for (int i = 0; i < 4; i++)
        add(c, sv_fmt(test_mem(), "order %d placed", i).at);
    CHECK_INT(step(c, &k), 1);
    CHECK_INT(h.calls, 4);
    CHECK_INT(h.finals, 3);
    CHECK_INT(in_state(c, "sent"), 1);
    CHECK_INT(in_state(c, "failed"), 1);
    CHECK_INT(in_state(c, "unsure"), 1);
    c->now.ms += 3600 * 1000;
    CHECK_INT(step(c, &k), 1);                       /* only the one that waited */
    CHECK_INT(h.calls, 5);
}

TEST_DB(a_carrier_gets_no_more_than_it_has_room_for)
{
    struct ctx *c = house();
    struct carrier k = file_carrier();
    k.room = 3;
    for (int i = 0; i < 5; i++)
        add(c, sv_fmt(test_mem(), "order %d placed", i).at);
    CHECK_INT(step(c, &k), 3);
    CHECK_INT(step(c, &k), 2);
}

/* --- many senders --- */

struct sender { struct ctx *c; struct carrier k; int64_t sent; };

static void *send_all(void *at)
{
    struct sender *s = at;
    for (int i = 0; i < 5; i++) {
        int64_t sent = 0;
        if (outbox_step(s->c, &s->k, 1, &sent) != ERR_NONE)
            ctx_forgive(s->c);
        s->sent += sent;
    }
    return NULL;
}

TEST_DB(three_senders_send_each_message_once)
{
    enum { MESSAGES = 30, SENDERS = 3 };
    struct ctx *c = house();
    struct carrier k = file_carrier();
    for (int i = 0; i < MESSAGES; i++)
        add(c, sv_fmt(test_mem(), "order %d placed", i).at);
    struct sender s[SENDERS];
    pthread_t threads[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
        s[i] = (struct sender){ world_open(DB_WRITES), k, 0 };
        pthread_create(&threads[i], NULL, send_all, &s[i]);
    }
    for (int i = 0; i < SENDERS; i++)
        pthread_join(threads[i], NULL);
    c->now.ms += (OUTBOX_LEASE_S + 1) * 1000;        /* what a clash left leased */
    step(c, &k);
    CHECK_INT(lines(&k), MESSAGES);
    CHECK_INT(in_state(c, "sent"), MESSAGES);
}
