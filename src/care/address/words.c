/* words.c - levels and reasons as people read them. */

#include "care/address/address.h"

const struct choice address_levels[] = {
    { "none", "未匹配", "not matched" },     { "community", "社区", "community" },
    { "compound", "小区", "compound" },      { "building", "楼栋", "building" },
    { "door", "门户", "door" },              { 0 },
};

const struct choice address_whys[] = {
    { "alias", "按别名", "by another name" },
    { "learnt", "按学到的别名", "by a learnt alias" },
    { "sounds", "读音相同，字不同", "sounds alike, written otherwise" },
    { "street", "按路名门牌号", "by street and number" },
    { "group", "按村和组", "by village and group" },
    { "divided", "同名小区，按辖区选定", "one of several of that name, by the division" },
    { "contradicts", "写明的区划与小区所在区划不符", "lies in another division than the text says" },
    { "elsewhere", "小区不在登记的辖区内", "lies outside the registered division" },
    { "unknown", "有不认识的字样", "words that nothing explains" },
    { "rest", "门牌之后还有不认识的字样", "words behind the door that nothing explains" },
    { "several", "有几个同样像的", "several fit alike" },
    { "no_building", "小区里没有登记这栋楼", "the compound has no such building" },
    { "no_entrance", "楼里没有登记这个单元", "the building has no such entrance" },
    { "unclear", "数字可作两种读法", "its numbers can be read in two ways" },
    { "far_street", "写有不认识的街道或社区", "names a street office or community nobody knows" },
    { 0 },
};
