/*
 * parse.h - a WeChat chain (接龙) as lines: who, how many, which meal, how it is had, off again.
 *
 *     1. 张桂兰 午餐送            2、老李头 两份 谢谢🙏         ③ 王奶奶、刘大爷 各一份 自取
 *     4 陈桂芳 同上               老李头不要了                  第3个改成两份
 *
 * A line begins with its number (figures, circled, in characters, as an emoji). Lines without one
 * only take back or change what stands above, by name or by number; any other is left out. Pure:
 * no database, nothing outside `mem`; whatever the text, it ends. At most CHAIN_LINES_MAX lines
 * of CHAIN_TEXT_MAX bytes in all are read.
 */
#ifndef CARE_CHAIN_PARSE_H
#define CARE_CHAIN_PARSE_H

#include "base/text.h"
#include "care/meal/sitting.h"

enum { CHAIN_LINES_MAX = 200, CHAIN_TEXT_MAX = 20000, CHAIN_QUANTITY_MAX = 20 };

struct chain_entry {
    struct sv text;            /* the line as it stood */
    struct sv name;            /* as she is called; "": nobody is named ("+1") */
    struct sv door;            /* "3-402", "" not said */
    int       number;          /* before the line; 0 none */
    int       quantity;        /* 0: not said */
    int       sitting, way;    /* enum sitting, enum meal_way; 0: not said */
    bool      off;             /* taken back, here or by a later line */
    bool      changed;         /* by a later line */
    bool      twice;           /* the name stands on a line above too, and nothing says "instead" */
    bool      left_out;        /* no line of the chain: a heading, a word of thanks */
};

struct chain_entries { struct chain_entry at[CHAIN_LINES_MAX]; size_t n; bool more; };

void chain_parse(struct arena *mem, struct sv text, struct chain_entries *ret_entries);

#endif
