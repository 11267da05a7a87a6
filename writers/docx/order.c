#include "writers/docx/order.h"

static const char *const of_paragraph[] = {"pStyle",
                                           "keepNext",
                                           "keepLines",
                                           "pageBreakBefore",
                                           "framePr",
                                           "widowControl",
                                           "numPr",
                                           "suppressLineNumbers",
                                           "pBdr",
                                           "shd",
                                           "tabs",
                                           "suppressAutoHyphens",
                                           "kinsoku",
                                           "wordWrap",
                                           "overflowPunct",
                                           "topLinePunct",
                                           "autoSpaceDE",
                                           "autoSpaceDN",
                                           "bidi",
                                           "adjustRightInd",
                                           "snapToGrid",
                                           "spacing",
                                           "ind",
                                           "contextualSpacing",
                                           "mirrorIndents",
                                           "suppressOverlap",
                                           "jc",
                                           "textDirection",
                                           "textAlignment",
                                           "textboxTightWrap",
                                           "outlineLvl",
                                           "divId",
                                           "cnfStyle",
                                           "rPr",
                                           "sectPr",
                                           "pPrChange",
                                           NULL};

/* w:ins, w:del, w:moveFrom and w:moveTo are first, in the properties of a paragraph mark. */
static const char *const of_run[] = {"ins",
                                     "del",
                                     "moveFrom",
                                     "moveTo",
                                     "rStyle",
                                     "rFonts",
                                     "b",
                                     "bCs",
                                     "i",
                                     "iCs",
                                     "caps",
                                     "smallCaps",
                                     "strike",
                                     "dstrike",
                                     "outline",
                                     "shadow",
                                     "emboss",
                                     "imprint",
                                     "noProof",
                                     "snapToGrid",
                                     "vanish",
                                     "webHidden",
                                     "color",
                                     "spacing",
                                     "w",
                                     "kern",
                                     "position",
                                     "sz",
                                     "szCs",
                                     "highlight",
                                     "u",
                                     "effect",
                                     "bdr",
                                     "shd",
                                     "fitText",
                                     "vertAlign",
                                     "rtl",
                                     "cs",
                                     "em",
                                     "lang",
                                     "eastAsianLayout",
                                     "specVanish",
                                     "oMath",
                                     "rPrChange",
                                     NULL};

static const char *const of_table[] = {"tblStyle",
                                       "tblpPr",
                                       "tblOverlap",
                                       "bidiVisual",
                                       "tblStyleRowBandSize",
                                       "tblStyleColBandSize",
                                       "tblW",
                                       "jc",
                                       "tblCellSpacing",
                                       "tblInd",
                                       "tblBorders",
                                       "shd",
                                       "tblLayout",
                                       "tblCellMar",
                                       "tblLook",
                                       "tblCaption",
                                       "tblDescription",
                                       "tblPrChange",
                                       NULL};

static const char *const of_cell[] = {
    "cnfStyle", "tcW",     "gridSpan",      "hMerge",     "vMerge", "tcBorders", "shd",
    "noWrap",   "tcMar",   "textDirection", "tcFitText",  "vAlign", "hideMark",  "headers",
    "cellIns",  "cellDel", "cellMerge",     "tcPrChange", NULL};

static const char *const of_number[] = {"ilvl", "numId", "numberingChange", "ins", NULL};

typedef struct order {
    lac_word parent;
    const char *const *names;
} order;

static const order orders[] = {
    {LAC_W_P_PR, of_paragraph}, {LAC_W_R_PR, of_run},      {LAC_W_TBL_PR, of_table},
    {LAC_W_TC_PR, of_cell},     {LAC_W_NUM_PR, of_number},
};

/* The children of w:trPr come in any order; only the revisions are last (17.4.81). */
static int row_rank(lac_span child)
{
    if (lac_span_is(child, "trPrChange")) {
        return 2;
    }
    return lac_span_is(child, "ins") || lac_span_is(child, "del") ? 1 : 0;
}

bool lac_order_has(lac_word parent)
{
    bool found = parent == LAC_W_TR_PR;
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        found = found || orders[i].parent == parent;
    }
    return found;
}

int lac_order_rank(lac_word parent, lac_span child)
{
    if (parent == LAC_W_TR_PR) {
        return row_rank(child);
    }
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (orders[i].parent != parent) {
            continue;
        }
        for (int rank = 0; orders[i].names[rank] != NULL; rank++) {
            if (lac_span_is(child, orders[i].names[rank])) {
                return rank;
            }
        }
    }
    return LAC_ORDER_NONE;
}

/* Local name of the start tag at `at`. */
static lac_span local_name(lac_span text, size_t at)
{
    size_t start = at + 1, end = start;
    while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '/' && text.ptr[end] != '>' &&
           text.ptr[end] != '\r' && text.ptr[end] != '\n' && text.ptr[end] != '\t') {
        start = text.ptr[end] == ':' ? end + 1 : start;
        end++;
    }
    return lac_span_make(text.ptr + start, end - start);
}

static size_t behind_tag(lac_span text, size_t at)
{
    char quote = 0;
    for (size_t i = at; i < text.len; i++) {
        char c = text.ptr[i];
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
    }
    return text.len;
}

lacuna_status lac_order_insert_run(lac_buf *out, lac_span children, const char *local,
                                   lac_span element)
{
    int rank = lac_order_rank(LAC_W_R_PR, lac_span_of(local));
    size_t place = children.len, depth = 0;
    bool there = false;
    for (size_t at = 0; at < children.len;) {
        if (children.ptr[at] != '<') {
            at++;
            continue;
        }
        size_t end = behind_tag(children, at);
        bool closes = children.ptr[at + 1] == '/';
        lac_span name = local_name(children, at);
        if (depth == 0 && !closes) {
            there = there || lac_span_is(name, local);
            int other = lac_order_rank(LAC_W_R_PR, name);
            place = other > rank && at < place ? at : place;
        }
        depth += !closes && children.ptr[end - 2] != '/';
        depth -= closes && depth > 0;
        at = end;
    }
    lacuna_status status = lac_buf_append_span(out, lac_span_make(children.ptr, place));
    if (status == LACUNA_OK && !there) {
        status = lac_buf_append_span(out, element);
    }
    return status == LACUNA_OK
               ? lac_buf_append_span(out, lac_span_make(children.ptr + place, children.len - place))
               : status;
}
