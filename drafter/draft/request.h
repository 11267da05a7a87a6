/*
 * request.h - what a model is asked for one gap.
 *
 * Purpose: prompt and words of the checklist and of the person who made the plan as instruction;
 *   passages as document blocks, cited by the answer; no tools. The digest of the content tells
 *   whether an answer that was kept is still one to the same question.
 */
#ifndef LAC_DRAFT_REQUEST_H
#define LAC_DRAFT_REQUEST_H

#include "drafter/draft/step.h"
#include "drafter/prompt.h"

#define LAC_DRAFT_PROMPT "draft-1"

/* Sets step->content. */
lacuna_status lac_draft_content(lac_step *step, const lac_prompt *prompt, lacuna_error *err);

/* The request's texts live in the arenas of step and material. */
lacuna_status lac_draft_request(lacuna_request *request, lac_step *step, const lac_prompt *prompt,
                                lacuna_error *err);

#endif
