/* A checklist to begin with: small, complete, and clean to lint. */
#include "include/lacuna.h"
#include "support/error.h"
#include "writers/output.h"

static const char HEAD_BEFORE_ID[] =
    "{\n"
    "  \"$schema\": \"schema/checklist-1.json\",\n"
    "  \"schema\": \"lacuna.checklist/1\",\n"
    "  \"$comment\": \"The format is described in checklists/README.md. The id is the file name "
    "without .json. Look at your work with: lacuna checklists lint FILE, lacuna checklists test "
    "FILE.\",\n"
    "  \"id\": \"";
static const char HEAD_BEFORE_TYPE[] =
    "\",\n"
    "  \"version\": \"1\",\n"
    "  \"title\": \"Name of the rule and what it covers\",\n"
    "  \"guidance\": {\n"
    "    \"$comment\": \"Who asks for this, in which version, and whether it is in force.\",\n"
    "    \"authority\": \"Our procedure SOP-000\",\n"
    "    \"version\": \"1.0\",\n"
    "    \"status\": \"final\"\n"
    "  },\n"
    "  \"documents\": [\n"
    "    \"";
static const char ITEMS_BEFORE_ID[] =
    "\"\n"
    "  ],\n"
    "  \"languages\": [\n"
    "    \"en\"\n"
    "  ],\n"
    "  \"items\": [\n"
    "    {\n"
    "      \"$comment\": \"An id never changes. aliases are headings that documents use for it. "
    "Without a citation, confidence is memory. Terms in any mean the fact wherever they stand; "
    "those in here count only in a section of the item. match sentences must give a fact, innocent "
    "ones none.\",\n"
    "      \"id\": \"";
static const char ITEMS_END[] =
    ".1\",\n"
    "      \"section\": \"1\",\n"
    "      \"title\": \"Insurance of the participants\",\n"
    "      \"aliases\": [\n"
    "        \"Indemnity\"\n"
    "      ],\n"
    "      \"requirement\": \"What is asked, in your own words: how participants are insured.\",\n"
    "      \"satisfied_by\": \"What would meet it: the insurer and the number of the policy.\",\n"
    "      \"citation\": \"SOP-000 section 1\",\n"
    "      \"confidence\": \"verified\",\n"
    "      \"authority\": \"practice\",\n"
    "      \"strength\": \"should\",\n"
    "      \"expect\": {\n"
    "        \"facts\": [\n"
    "          {\n"
    "            \"name\": \"insurance\",\n"
    "            \"any\": [\n"
    "              \"(insurance|indemnity) (policy|cover*|certificate)\"\n"
    "            ],\n"
    "            \"here\": [\n"
    "              \"insur*\"\n"
    "            ]\n"
    "          }\n"
    "        ],\n"
    "        \"at_least\": 1\n"
    "      },\n"
    "      \"tests\": {\n"
    "        \"match\": [\n"
    "          \"Every participant is covered by the insurance policy of the sponsor.\"\n"
    "        ],\n"
    "        \"innocent\": [\n"
    "          \"Adverse events are coded with MedDRA.\"\n"
    "        ]\n"
    "      }\n"
    "    }\n"
    "  ]\n"
    "}\n";

enum { MOST_NAME = 60 }; /* an item id may have 64 */

static bool is_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= MOST_NAME &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length && text[0] != '-' &&
           text[0] != '_';
}

lacuna_status lacuna_checklist_new(const char *id, const char *type, lacuna_write_fn write,
                                   void *user, lacuna_error *err)
{
    lac_output output;
    if (!is_name(id) || !is_name(type)) {
        return lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                               "lower-case letters, digits, '_' and '-', at most 60",
                               "\"%.80s\" cannot be %s", is_name(id) ? type : id,
                               is_name(id) ? "a document type" : "the id of a checklist");
    }
    lac_output_init(&output, write, user);
    lac_output_text(&output, HEAD_BEFORE_ID);
    lac_output_text(&output, id);
    lac_output_text(&output, HEAD_BEFORE_TYPE);
    lac_output_text(&output, type);
    lac_output_text(&output, ITEMS_BEFORE_ID);
    lac_output_text(&output, id);
    lac_output_text(&output, ITEMS_END);
    return lac_output_finish(&output, err);
}
