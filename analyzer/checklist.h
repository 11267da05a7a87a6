/*
 * checklist.h - a checklist pack: what one guidance asks, as data.
 *
 * Purpose: the loaded form of checklists/<id>.json; the format is described in checklists/README.md
 *   and checklists/schema/checklist-1.json.
 * Ownership: one arena per checklist; immutable after load, shareable between threads.
 * Identity: id + version + SHA-256 of the file.
 */
#ifndef LAC_CHECKLIST_H
#define LAC_CHECKLIST_H

#include "analyzer/synonyms.h"
#include "analyzer/terms.h"
#include "include/lacuna.h"
#include "support/arena.h"
#include "support/hash.h"
#include "support/limits.h"

typedef enum lac_authority {
    LAC_AUTHORITY_LAW,       /* statute or regulation */
    LAC_AUTHORITY_GUIDANCE,  /* ICH, FDA guidance, MAPP */
    LAC_AUTHORITY_TECHNICAL, /* technical specification */
    LAC_AUTHORITY_PRACTICE,  /* custom of the field, or an organization's own rule */
} lac_authority;

typedef enum lac_strength {
    LAC_STRENGTH_MUST,
    LAC_STRENGTH_SHOULD,
    LAC_STRENGTH_MAY,
    LAC_STRENGTH_STRUCTURAL, /* a container: its status is derived from its children */
} lac_strength;

typedef enum lac_severity {
    LAC_SEVERITY_INFO,
    LAC_SEVERITY_MINOR,
    LAC_SEVERITY_MAJOR,
    LAC_SEVERITY_CRITICAL,
} lac_severity;

typedef enum lac_confidence {
    LAC_CONFIDENCE_VERIFIED, /* the official text, or a faithful copy of that very item, was read */
    LAC_CONFIDENCE_SECONDARY, /* confirmed against a third party's rendering */
    LAC_CONFIDENCE_MEMORY,    /* not confirmed: at most minor */
} lac_confidence;

typedef enum lac_condition_kind {
    LAC_CONDITION_NONE,
    LAC_CONDITION_PROFILE,    /* application type, product ... */
    LAC_CONDITION_DESIGN,     /* trial design */
    LAC_CONDITION_DATA,       /* whether such data exist */
    LAC_CONDITION_EVENT,      /* something happened (an amendment ...) */
    LAC_CONDITION_DISCRETION, /* "where applicable": absence alone is never a gap */
} lac_condition_kind;

typedef enum lac_decider {
    LAC_DECIDER_RULE,
    LAC_DECIDER_MODEL,
    LAC_DECIDER_PERSON,
} lac_decider;

/* One named fact a section has to mention. */
typedef struct lac_fact {
    const char *name;           /* "dose", printed as what was found or is missing */
    const lac_term *const *any; /* strict terms: mean the fact wherever they stand */
    uint32_t any_count;
    const lac_term *const
        *here; /* looser terms: count only inside a section located for the item */
    uint32_t here_count;
    bool required; /* without it the item is at most partial */
    bool title;    /* `any` is looked for in the title of the document, and nowhere else */
} lac_fact;

typedef struct lac_expectation {
    const lac_fact *facts;
    uint32_t fact_count;
    uint32_t at_least;            /* facts for "met"; fewer (but one): partial */
    uint32_t at_least_elsewhere;  /* facts needed outside a located section */
    const lac_term *const *never; /* must not occur: "contradicts" */
    uint32_t never_count;
    bool table;             /* a table in the located section counts as content */
    bool picture;           /* so does a picture */
    bool contents;          /* a table of contents anywhere answers the item */
    uint32_t words;         /* least words of own content in a located section; 0: default */
    const char *fixed_text; /* text the law prescribes, NULL: none */
    bool heading_required;  /* content elsewhere is not enough: the section itself is asked for */
    const lac_term *const
        *under; /* headings below which `here` counts, though not the item's own */
    uint32_t under_count;
    bool facts_only; /* a section without any of the facts does not address the item */
    bool background; /* what the sections about other work say counts as well */
} lac_expectation;

/* Facts of a submission that a condition asks for. All lists that are given have to hold, each by
 * any of its entries; README "Submissions". */
typedef struct lac_profile_condition {
    const char *const *applications; /* "ind"; "nda?": may hold there, depending on more */
    uint32_t application_count;
    const char *const *submissions; /* "original", "annual-report" ... */
    uint32_t submission_count;
    const char *const *formats; /* "ectd", "paper" */
    uint32_t format_count;
    const char *const *present; /* headings: something is filed under one of them */
    uint32_t present_count;
    const char *const *facts; /* told by the user; decide what else stays open: "pathway=505b2" */
    uint32_t fact_count;
} lac_profile_condition;

/* A fact that has to have one of these values: "blinding", "blinded". */
typedef struct lac_fact_demand {
    const char *key;
    const char *const *values;
    uint32_t value_count;
} lac_fact_demand;

/* All of them have to hold. */
typedef struct lac_fact_case {
    const lac_fact_demand *demands;
    uint32_t count;
} lac_fact_case;

typedef struct lac_condition {
    lac_condition_kind kind;
    const char *text;           /* "interim analysis planned" */
    const lac_fact_case *cases; /* facts that decide it where they are known, any of the cases */
    uint32_t case_count;
    const lac_term *const *holds; /* any of these in the document: the condition holds */
    uint32_t holds_count;
    const lac_term *const *fails; /* any of these: it does not */
    uint32_t fails_count;
    lac_profile_condition profile; /* in a submission */
} lac_condition;

/* When a guidance applies in one region. */
typedef struct lac_in_force {
    const char *region;     /* "us", "eu" */
    const char *effective;  /* "2025-09-08": first day */
    const char *superseded; /* first day of what replaced it; NULL: still in force */
} lac_in_force;

/* Where a submission files an item. */
typedef struct lac_filing {
    const char *const *headings; /* "1.14.4.1": what stands there or below answers it */
    uint32_t heading_count;
    const char *const *also; /* what stands there answers it as well */
    uint32_t also_count;
    const char *const *refers; /* what stands there may point to a file that is not here */
    uint32_t refers_count;
    const char *inside; /* it is a section of the documents filed there, NULL: filed by itself */
} lac_filing;

typedef struct lac_item {
    const char *id;
    const char *section; /* the guidance's own number: "6.4.8" */
    const char *title;
    const char *const *aliases;
    uint32_t alias_count;
    const char *const *numbers; /* heading numbers that vote for it; the guidance's own included */
    uint32_t number_count;
    const char *requirement;
    const char *satisfied_by; /* what would satisfy it, one sentence; NULL: the requirement */
    const char *citation;     /* NULL: no source can be named, then `confidence` is memory */
    const char *source;       /* where the fact was read */
    const char *const *document_types; /* of the pack's, that it is for; none: all */
    uint32_t document_type_count;
    const char *const *same_as; /* of submissions: ids of items of other packs that ask the same */
    uint32_t same_as_count;
    const char *const *replaces; /* ids of items of an older pack */
    uint32_t replace_count;
    const char *left_out; /* by a tailoring: a sentence with the reason; NULL: it is asked */
    uint32_t parent;      /* item index, UINT32_MAX: top level */
    uint32_t first_child; /* item index, UINT32_MAX: leaf */
    lac_authority authority;
    lac_strength strength;
    lac_severity severity; /* derived unless fixed by the pack */
    lac_confidence confidence;
    lac_decider decider;
    lac_condition condition;
    lac_expectation expect;
    lac_filing filing;
    const char *const *elsewhere; /* other documents that may hold it */
    uint32_t elsewhere_count;
    bool never_not_applicable; /* "not applicable" does not address it (21 CFR 50.25(a)) */
    const char *const *match;  /* test sentences that must give at least one fact */
    uint32_t match_count;
    const char *const *innocent; /* and such that must give none */
    uint32_t innocent_count;
} lac_item;

enum { LAC_TAILORINGS = 16 }; /* laid over one checklist */

/* What an organization laid over a checklist (tailoring.h). */
typedef struct lac_tailored_by {
    const char *id, *version;
    lac_digest digest;
} lac_tailored_by;

typedef struct lac_checklist {
    lac_arena arena;
    const char *id, *version, *title;
    const char *guidance_version, *guidance_status, *effective, *supersedes, *superseded_by;
    const lac_in_force *in_force; /* where and when; none: not told */
    uint32_t in_force_count;
    const char *review_by; /* "2027-11-22": after that its sources have to be looked at again */
    const char *const *sources; /* keys of guidance-status.json */
    uint32_t source_count;
    const char *authority_name, *note;
    const char *const *document_types; /* "protocol" ... */
    uint32_t document_type_count;
    const char *const *languages; /* "en" */
    uint32_t language_count;
    const char *const *regions; /* of submissions it is for: "us"; none: all */
    uint32_t region_count;
    /* When several packs serve one document type (select.h): words that name the pack, and words of
     * its headings. */
    const lac_term *const *select_mentions;
    uint32_t select_mention_count;
    const lac_term *const *select_headings;
    uint32_t select_heading_count;
    bool select_otherwise;
    const char *const *background; /* headings of sections about other work: "introduction" */
    uint32_t background_count;
    const lac_synonyms *synonyms; /* of headings; set and owned by the registry, NULL: none */
    lac_digest digest;            /* of its own file, also where it is tailored */
    const lac_tailored_by *tailored;
    uint32_t tailored_count;
    const lac_item *items;
    uint32_t item_count;
} lac_checklist;

/* Loads from JSON text. `name` is for messages; errors carry a JSON pointer as place and a line. */
lacuna_status lac_checklist_load(lac_checklist **out, lac_span json, const char *name,
                                 const lac_limits *limits, lacuna_error *err);
void lac_checklist_free(lac_checklist *checklist);

const lac_item *lac_checklist_item(const lac_checklist *checklist, const char *id);

/* A pack may serve several types of document, an item only some of them. A type the pack does not
 * know (a caller's choice) and NULL narrow nothing. */
bool lac_item_serves(const lac_checklist *checklist, const lac_item *item, const char *type);

/* Names used in JSON and reports; static storage. */
const char *lac_severity_name(lac_severity severity);
const char *lac_confidence_name(lac_confidence confidence);
const char *lac_authority_name(lac_authority authority);
const char *lac_strength_name(lac_strength strength);
const char *lac_condition_kind_name(lac_condition_kind kind);
const char *lac_decider_name(lac_decider decider);

#endif
