/* log_test.c - the structured log. */

#include "base/json.h"
#include "base/log.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct sv read_all(const char *path)
{
    char *text = NEW(test_mem(), char, 65536);
    int fd = open(path, O_RDONLY);
    ssize_t len = fd < 0 ? 0 : read(fd, text, 65536);
    if (fd >= 0)
        close(fd);
    return (struct sv){ text, len < 0 ? 0 : (size_t)len };
}

TEST(each_log_line_is_one_json_object)
{
    char path[] = "/tmp/yike-log-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    log_start(fd, LOG_INFO, "test");
    log_line(LOG_DEBUG, "noise", "not wanted");
    log_line(LOG_WARN, "store.slow", "statement took %d ms\n\"quoted\"", 120);
    struct ctx c = { .request_id = SV("r-1") };
    fail_field(&c, SV("name"), "field.required");
    CHECK(fail_fields(&c) == ERR_INVALID);
    log_fault(&c, "request.failed");
    log_start(2, LOG_INFO, "yike");
    close(fd);
    struct sv text = read_all(path), line;
    unlink(path);

    const struct json_value *v = NULL;
    CHECK(sv_cut(&text, '\n', &line));
    CHECK(json_parse(&c, line, &v) == ERR_NONE);
    CHECK_TEXT(json_member(v, "level")->text, "warn");
    CHECK_TEXT(json_member(v, "text")->text, "statement took 120 ms\n\"quoted\"");
    CHECK(sv_cut(&text, '\n', &line));
    CHECK(json_parse(&c, line, &v) == ERR_NONE);
    CHECK_TEXT(json_member(v, "request")->text, "r-1");
    CHECK_TEXT(json_member(v, "fields")->first->text, "name");
    CHECK_INT(text.len, 0);
    arena_free(&c.mem);
}

TEST(logs_of_long_ago_end_and_others_stay)
{
    char dir[] = "/tmp/yike-logs-XXXXXX";
    CHECK(mkdtemp(dir));
    const char *old = sv_fmt(test_mem(), "%s/yike-2020-01-01.log", dir).at;
    const char *other = sv_fmt(test_mem(), "%s/other-2020-01-01.log", dir).at;
    close(open(old, O_CREAT | O_WRONLY, 0600));
    close(open(other, O_CREAT | O_WRONLY, 0600));

    struct ctx c = { 0 };
    CHECK(log_dir(&c, dir, 190) == ERR_NONE);
    log_line(LOG_INFO, "start", "ready");
    log_start(2, LOG_INFO, "yike");
    struct buf today = buf_new(test_mem(), 64);
    buf_text(&today, dir);
    buf_text(&today, "/yike-");
    buf_day(&today, day_of(moment_real()));
    buf_text(&today, ".log");
    CHECK(access(old, F_OK) != 0);
    CHECK(access(other, F_OK) == 0);
    CHECK(sv_find(read_all(buf_cstr(&today)), SV("ready")) > 0);
    CHECK(log_dir(&c, "/nowhere/at/all", 1) == ERR_BROKEN);
    unlink(buf_cstr(&today));
    unlink(other);
    rmdir(dir);
    arena_free(&c.mem);
}
