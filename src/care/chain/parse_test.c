/* parse_test.c - chains as people type them. */

#include "care/chain/parse.h"
#include "test.h"

static struct chain_entries read_chain(const char *text)
{
    struct chain_entries *e = NEW(test_mem(), struct chain_entries, 1);
    chain_parse(test_mem(), sv_of(text), e);
    return *e;
}

TEST(a_line_says_who_how_many_which_meal_and_how)
{
    struct chain_entries e = read_chain("#接龙\n1. 张桂兰 午餐送\n2、老李头 两份 谢谢🙏\n"
                                        "③ 王奶奶 自取 +1\n四、303赵大爷 3份 晚饭 来吃\n");
    CHECK_INT(e.n, 4);
    CHECK_TEXT(e.at[0].name, "张桂兰");
    CHECK_INT(e.at[0].sitting, SITTING_LUNCH);
    CHECK_INT(e.at[0].way, WAY_DELIVERED);
    CHECK_INT(e.at[0].quantity, 0);
    CHECK_TEXT(e.at[1].name, "老李头");
    CHECK_INT(e.at[1].quantity, 2);
    CHECK_INT(e.at[2].number, 3);
    CHECK_INT(e.at[2].quantity, 1);
    CHECK_INT(e.at[2].way, WAY_TAKE_AWAY);
    CHECK_TEXT(e.at[3].name, "303赵大爷");
    CHECK_INT(e.at[3].quantity, 3);
    CHECK_INT(e.at[3].sitting, SITTING_SUPPER);
}

TEST(several_stand_on_a_line_and_each_has_as_much)
{
    struct chain_entries e = read_chain("5. 王奶奶、刘大爷 各一份 送\n6. 陈姨一份，孙伯两份自取\n");
    CHECK_INT(e.n, 4);
    CHECK_TEXT(e.at[0].name, "王奶奶");
    CHECK_INT(e.at[0].quantity, 1);
    CHECK_INT(e.at[0].way, WAY_DELIVERED);
    CHECK_TEXT(e.at[1].name, "刘大爷");
    CHECK_TEXT(e.at[2].name, "陈姨");
    CHECK_INT(e.at[2].quantity, 1);
    CHECK_INT(e.at[3].quantity, 2);
    CHECK_INT(e.at[3].way, WAY_TAKE_AWAY);
}

TEST(as_above_takes_what_the_line_before_said)
{
    struct chain_entries e = read_chain("1. 张桂兰 午餐 两份 送\n2. 李秀英 同上\n");
    CHECK_INT(e.at[1].quantity, 2);
    CHECK_INT(e.at[1].way, WAY_DELIVERED);
    CHECK_INT(e.at[1].sitting, SITTING_LUNCH);
}

TEST(later_lines_take_back_and_change)
{
    struct chain_entries e = read_chain("1. 张桂兰 送\n2. 老李头 一份\n3. 王奶奶 一份\n"
                                        "老李头不要了\n第3个改成两份\n张桂兰 改自取\n大家辛苦了\n");
    CHECK_INT(e.n, 4);
    CHECK(e.at[3].left_out);                         /* thanks */
    CHECK(e.at[1].off);
    CHECK_INT(e.at[2].quantity, 2);
    CHECK(e.at[2].changed);
    CHECK_INT(e.at[0].way, WAY_TAKE_AWAY);
    CHECK(!e.at[0].off);
}

TEST(how_it_is_cooked_is_nobodys_name)
{
    struct chain_entries e = read_chain("1. 张桂兰 一份，少油谢谢🙏\n2. 老李头 不要辣\n");
    CHECK_INT(e.n, 2);
    CHECK_INT(e.at[0].quantity, 1);
    CHECK(!e.at[1].off);
}

TEST(emoji_numbers_a_bare_plus_one_and_a_name_twice)
{
    struct chain_entries e = read_chain("1️⃣ 张桂兰 一份\n2️⃣ +1\n3️⃣ 张桂兰 一份\n4. 老王 3-402 送\n");
    CHECK_INT(e.n, 4);
    CHECK_INT(e.at[0].number, 1);
    CHECK_TEXT(e.at[1].name, "");
    CHECK_INT(e.at[1].quantity, 1);
    CHECK(e.at[2].twice);
    CHECK_TEXT(e.at[3].door, "3-402");
    CHECK_INT(e.at[3].quantity, 0);
}

TEST(what_is_no_line_of_the_chain_is_left_out)
{
    struct chain_entries e = read_chain("明天午餐接龙 9:30截止\n1. 张桂兰\n收到\n");
    size_t in = 0;
    for (size_t i = 0; i < e.n; i++)
        in += !e.at[i].left_out;
    CHECK_INT(in, 1);
}
