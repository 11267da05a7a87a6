/*
 * inquiry.h - what is gathered about one item while the rules are tried (internal to judging).
 *
 * Purpose: judge.c holds the rules; this is their hand luggage: which facts were found where, what
 *   the located sections hold, and how the result is written.
 * Ownership: everything written goes to the arena of the result.
 */
#ifndef LAC_INQUIRY_H
#define LAC_INQUIRY_H

#include "analyzer/declared.h"
#include "analyzer/judge.h"
#include "analyzer/search.h"

enum { LAC_MAX_FACTS = 16 /* looked for, and evidence kept, per item */ };

typedef struct lac_inquiry {
    const lac_judge *judge;
    const lac_item *item;
    lac_location location;          /* places that proved to be others' are taken out */
    lac_place blank;                /* the best of these without content; score 0: none */
    uint32_t evidence_before;       /* of what was tried last */
    bool confirmed[LAC_MAX_PLACES]; /* per place: a fact was found there */
    lac_item_result *out;
    lacuna_error *err;
    bool in_section[LAC_MAX_FACTS]; /* fact found in a located section */
    bool anywhere[LAC_MAX_FACTS];   /* fact found there or elsewhere */
    bool strictly[LAC_MAX_FACTS];   /* found by its strict terms, wherever */
    uint32_t section_facts, all_facts, strict_facts;
    uint32_t words;     /* of content in the located sections */
    uint32_t leftovers; /* in the located sections */
    bool picture, table;
    bool unfinished; /* every located section is mostly what the template left */
    lac_declaration declaration;
    uint32_t declared_at; /* section that declares */
} lac_inquiry;

/* Text range below the heading of a section, sub-sections included. */
lac_scope lac_section_body(const lac_reading *reading, uint32_t section);

/* Looks for every fact in the located sections, or by its strict terms in the whole document; what
 * is found for the first time becomes evidence. */
lacuna_status lac_inquire_places(lac_inquiry *q);
lacuna_status lac_inquire_elsewhere(lac_inquiry *q);

/* Takes out the places whose heading only resembles the item's and where no fact was found. */
void lac_drop_unconfirmed_places(lac_inquiry *q);

/* Words, leftovers, pictures, tables and declarations of the located sections. */
void lac_inquire_content(lac_inquiry *q);

uint32_t lac_inquiry_fact_count(const lac_inquiry *q);
bool lac_required_facts_found(const lac_inquiry *q, const bool *found);

/* Writing the result. */
lacuna_status lac_add_evidence(lac_inquiry *q, lac_evidence evidence);
lacuna_status lac_decide(lac_inquiry *q, lac_item_status status, const char *reason,
                         double confidence, const char *explanation);
/* What would satisfy the item, where it was looked for, the nearest headings. */
lacuna_status lac_list_needs(lac_inquiry *q);
lacuna_status lac_list_searched(lac_inquiry *q);
lacuna_status lac_explain_gap(lac_inquiry *q);
/* What was looked for to decide the condition. */
lacuna_status lac_list_condition_searched(lac_inquiry *q, const char *text);
/* The sections that were taken for the item's own. */
lacuna_status lac_list_located(lac_inquiry *q);

#endif
