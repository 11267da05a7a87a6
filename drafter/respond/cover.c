#include "drafter/respond/cover.h"

static const char *kind_words(const char *kind)
{
    static const char *const words[][2] = {
        {"complete-response", "complete response letter"},
        {"information-request", "information request"},
        {"filing", "filing letter"},
        {"refuse-to-file", "refuse-to-file letter"},
        {"clinical-hold", "clinical hold letter"},
        {"advice", "advice letter"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i][0], kind) == 0) {
            return words[i][1];
        }
    }
    return "letter";
}

/* The value, or what is to be supplied; always NUL-terminated. */
static const char *value(lac_blocks *out, const lac_response_plan *plan, const char *name,
                         const char *what)
{
    return lac_blocks_value(out, lac_response_value_of(plan, name), what).ptr;
}

void lac_response_write_title(lac_blocks *out, const lac_response_plan *plan)
{
    const char *kind = kind_words(lac_response_value_of(plan, "letter_kind"));
    lac_blocks_heading(out, 1, "Response to the Agency");
    lac_blocks_printf(out, "Response to the %s of %s", kind,
                      value(out, plan, "letter_date", "date of the letter"));
    lac_blocks_printf(out, "Application: %s", value(out, plan, "application", "application"));
    lac_blocks_printf(out, "Product: %s", value(out, plan, "product", "product"));
    lac_blocks_printf(out, "Applicant: %s", value(out, plan, "applicant", "applicant"));
    lac_blocks_printf(out, "Sequence: %s", value(out, plan, "sequence", "sequence number"));
}

/* ---- the cover letter ----------------------------------------------------------------------- */

/* What duties of one role ask the cover letter to say, each once. */
static void write_duties(lac_blocks *out, const lac_response_plan *plan, const char *role)
{
    for (uint32_t i = 0; i < plan->duty_count; i++) {
        const lac_letter_rule *rule = plan->duties[i].duty->rule;
        bool said = strcmp(rule->role, role) != 0;
        for (uint32_t k = 0; k < i && !said; k++) {
            said = plan->duties[k].duty->rule == rule;
        }
        if (!said && strcmp(role, "heading") == 0) {
            lac_blocks_heading(out, 1, rule->value);
        } else if (!said) {
            lac_blocks_text(out, rule->value);
        }
    }
}

static void write_body(lac_blocks *out, const lac_response_plan *plan,
                       const lac_letter_rule *placement)
{
    uint32_t count = plan->step_count;
    lac_blocks_printf(out, "We refer to your %s of %s.",
                      kind_words(lac_response_value_of(plan, "letter_kind")),
                      value(out, plan, "letter_date", "date of the letter"));
    lac_blocks_printf(out,
                      "This submission answers %s of the letter. Each answer repeats the question "
                      "word for word and names what was changed and where. The answers are filed "
                      "under %s, %s.",
                      count == 1 ? "the one question" : "all questions", placement->value,
                      placement->text);
    write_duties(out, plan, "sentence");
}

static void write_commitments(lac_blocks *out, const lac_response_plan *plan)
{
    bool any = false;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        any = any || plan->steps[i].commitment_count > 0;
    }
    if (any) {
        lac_blocks_text(out, "The commitments made are listed with each answer.");
    }
}

void lac_response_write_required(lac_blocks *out, const lac_response_plan *plan)
{
    write_duties(out, plan, "heading");
}

void lac_response_write_cover(lac_blocks *out, const lac_response_plan *plan,
                              const lac_letter_rule *placement)
{
    lac_blocks_text(out, value(out, plan, "date", "date"));
    lac_blocks_printf(out, "%s, %s, sequence %s", value(out, plan, "application", "application"),
                      value(out, plan, "product", "product"),
                      value(out, plan, "sequence", "sequence number"));
    write_body(out, plan, placement);
    write_commitments(out, plan);
    lac_blocks_printf(out, "For questions: %s.",
                      value(out, plan, "contact", "name, telephone and e-mail of the contact"));
    lac_blocks_text(out, value(out, plan, "signatory", "name of who signs"));
    lac_blocks_text(out, value(out, plan, "signatory_title", "title of who signs"));
    lac_blocks_text(out, value(out, plan, "applicant", "applicant"));
}
