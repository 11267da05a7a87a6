/*
 * judge_content.h - sections told by what stands in them (internal to judging).
 *
 * Purpose: a heading such as "4.2.6 Details" names nothing. In a document numbered like the
 * guidance it is the item's own section if it carries its number and mentions what is asked.
 */
#ifndef LAC_JUDGE_CONTENT_H
#define LAC_JUDGE_CONTENT_H

#include "analyzer/inquiry.h"

lacuna_status lac_judge_by_content(bool *decided, lac_inquiry *q);

#endif
