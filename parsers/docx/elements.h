/*
 * elements.h - the elements of WordprocessingML the reader knows, as small numbers.
 *
 * Purpose: handlers switch on a number instead of comparing names. The prefix does not matter, and
 *   the transitional and strict namespaces (ISO/IEC 29500-1 and -4) count as one.
 * Cost: libxml2 interns names, so a lookup is one probe of a small table keyed by pointer.
 * Invariants: a walk belongs to one part; lac_walk_begin starts it.
 */
#ifndef LAC_DOCX_ELEMENTS_H
#define LAC_DOCX_ELEMENTS_H

#include "include/lacuna.h"
#include "parsers/package/xml_reader.h"

/* Symbol, vocabulary, local name. */
#define LAC_DOCX_ELEMENTS(X)                     \
    X(ABSTRACT_NUM, W, "abstractNum")            \
    X(ABSTRACT_NUM_ID, W, "abstractNumId")       \
    X(ALIASES, W, "aliases")                     \
    X(ALT_CHUNK, W, "altChunk")                  \
    X(B, W, "b")                                 \
    X(BASED_ON, W, "basedOn")                    \
    X(BODY, W, "body")                           \
    X(BR, W, "br")                               \
    X(CELL_DEL, W, "cellDel")                    \
    X(CHECK_BOX, W, "checkBox")                  \
    X(CHECKED, W, "checked")                     \
    X(COMMENT, W, "comment")                     \
    X(COMMENTS, W, "comments")                   \
    X(CR, W, "cr")                               \
    X(DD_LIST, W, "ddList")                      \
    X(DEFAULT, W, "default")                     \
    X(DEL, W, "del")                             \
    X(DEL_TEXT, W, "delText")                    \
    X(DOC_DEFAULTS, W, "docDefaults")            \
    X(DOC_PART_GALLERY, W, "docPartGallery")     \
    X(DOCUMENT, W, "document")                   \
    X(ENDNOTE, W, "endnote")                     \
    X(ENDNOTES, W, "endnotes")                   \
    X(FLD_CHAR, W, "fldChar")                    \
    X(FLD_SIMPLE, W, "fldSimple")                \
    X(FOOTER_REFERENCE, W, "footerReference")    \
    X(FOOTNOTE, W, "footnote")                   \
    X(FOOTNOTES, W, "footnotes")                 \
    X(FTR, W, "ftr")                             \
    X(GRID_BEFORE, W, "gridBefore")              \
    X(GRID_SPAN, W, "gridSpan")                  \
    X(HDR, W, "hdr")                             \
    X(HEADER_REFERENCE, W, "headerReference")    \
    X(ILVL, W, "ilvl")                           \
    X(INS, W, "ins")                             \
    X(INSTR_TEXT, W, "instrText")                \
    X(IS_LGL, W, "isLgl")                        \
    X(LIST_ENTRY, W, "listEntry")                \
    X(LVL, W, "lvl")                             \
    X(LVL_OVERRIDE, W, "lvlOverride")            \
    X(LVL_RESTART, W, "lvlRestart")              \
    X(LVL_TEXT, W, "lvlText")                    \
    X(MOVE_FROM, W, "moveFrom")                  \
    X(MOVE_TO, W, "moveTo")                      \
    X(NAME, W, "name")                           \
    X(NO_BREAK_HYPHEN, W, "noBreakHyphen")       \
    X(NUM, W, "num")                             \
    X(NUM_FMT, W, "numFmt")                      \
    X(NUM_ID, W, "numId")                        \
    X(NUM_PR, W, "numPr")                        \
    X(NUM_STYLE_LINK, W, "numStyleLink")         \
    X(NUMBERING, W, "numbering")                 \
    X(NUMBERING_CHANGE, W, "numberingChange")    \
    X(OBJECT, W, "object")                       \
    X(OUTLINE_LVL, W, "outlineLvl")              \
    X(P, W, "p")                                 \
    X(P_PR, W, "pPr")                            \
    X(P_PR_CHANGE, W, "pPrChange")               \
    X(P_STYLE, W, "pStyle")                      \
    X(PTAB, W, "ptab")                           \
    X(R, W, "r")                                 \
    X(R_FONTS, W, "rFonts")                      \
    X(R_PR, W, "rPr")                            \
    X(R_PR_CHANGE, W, "rPrChange")               \
    X(R_PR_DEFAULT, W, "rPrDefault")             \
    X(R_STYLE, W, "rStyle")                      \
    X(RESULT, W, "result")                       \
    X(RT, W, "rt")                               \
    X(SDT, W, "sdt")                             \
    X(SDT_END_PR, W, "sdtEndPr")                 \
    X(SDT_PR, W, "sdtPr")                        \
    X(SECT_PR, W, "sectPr")                      \
    X(SECT_PR_CHANGE, W, "sectPrChange")         \
    X(SHOWING_PLC_HDR, W, "showingPlcHdr")       \
    X(SPEC_VANISH, W, "specVanish")              \
    X(START, W, "start")                         \
    X(START_OVERRIDE, W, "startOverride")        \
    X(STYLE, W, "style")                         \
    X(STYLE_LINK, W, "styleLink")                \
    X(STYLES, W, "styles")                       \
    X(SUB_DOC, W, "subDoc")                      \
    X(SYM, W, "sym")                             \
    X(T, W, "t")                                 \
    X(TAB, W, "tab")                             \
    X(TBL, W, "tbl")                             \
    X(TBL_GRID, W, "tblGrid")                    \
    X(TBL_HEADER, W, "tblHeader")                \
    X(TBL_PR, W, "tblPr")                        \
    X(TBL_PR_EX, W, "tblPrEx")                   \
    X(TC, W, "tc")                               \
    X(TC_PR, W, "tcPr")                          \
    X(TC_PR_CHANGE, W, "tcPrChange")             \
    X(TR, W, "tr")                               \
    X(TR_PR, W, "trPr")                          \
    X(TR_PR_CHANGE, W, "trPrChange")             \
    X(TXBX_CONTENT, W, "txbxContent")            \
    X(VANISH, W, "vanish")                       \
    X(ALTERNATE_CONTENT, MC, "AlternateContent") \
    X(CHOICE, MC, "Choice")                      \
    X(FALLBACK, MC, "Fallback")                  \
    X(MATH, M, "oMath")                          \
    X(MATH_R, M, "r")                            \
    X(MATH_T, M, "t")                            \
    X(BLIP, A, "blip")                           \
    X(CHART, C, "chart")                         \
    X(DIAGRAM, DGM, "relIds")                    \
    X(IMAGE_DATA, V, "imagedata")                \
    X(OLE_OBJECT, O, "OLEObject")

typedef enum lac_element {
    LAC_EL_OTHER, /* any element that is not in the list */
#define LAC_DOCX_ENUM(symbol, vocabulary, name) LAC_EL_##symbol,
    LAC_DOCX_ELEMENTS(LAC_DOCX_ENUM)
#undef LAC_DOCX_ENUM
        LAC_EL_COUNT
} lac_element;

enum {
    LAC_WALK_SLOT_BITS = 9,
    LAC_WALK_SLOTS = 1 << LAC_WALK_SLOT_BITS,
    LAC_WALK_DEPTH = 512, /* more than libxml2 lets through (256) */
};

typedef struct lac_walk_slot {
    const char *name, *uri;
    uint8_t element;
} lac_walk_slot;

/* Where the parser stands: the open elements, and whether they are being skipped. */
typedef struct lac_walk {
    uint32_t depth;
    uint32_t skip; /* > 0: inside an element whose content does not count */
    uint8_t open[LAC_WALK_DEPTH];
    lac_walk_slot slots[LAC_WALK_SLOTS];
} lac_walk;

void lac_walk_begin(lac_walk *walk);

/* Enters a start tag; LACUNA_E_LIMIT when nested too deeply. */
lacuna_status lac_walk_enter(lac_walk *walk, lac_element *element, const lac_xml_element *tag);

/* Called in the handler of a start tag: that element is passed over, with all it holds. */
static inline void lac_walk_skip(lac_walk *walk)
{
    walk->skip = 1;
}

/* The element that ends; LAC_EL_OTHER for skipped ones. */
static inline lac_element lac_walk_leave(lac_walk *walk)
{
    lac_element element = (lac_element)walk->open[--walk->depth];
    if (walk->skip == 0) {
        return element;
    }
    walk->skip--;
    return LAC_EL_OTHER;
}

/* The element `up` levels above the one just entered (0: itself). */
static inline lac_element lac_walk_above(const lac_walk *walk, uint32_t up)
{
    return walk->depth > up ? (lac_element)walk->open[walk->depth - 1 - up] : LAC_EL_OTHER;
}

/* The attribute w:val as text ("" when absent), as a number, as an on/off value (absent: on). */
lac_span lac_docx_val(const lac_xml_element *tag);
bool lac_docx_val_int(const lac_xml_element *tag, const char *name, int32_t *value);
bool lac_docx_val_on(const lac_xml_element *tag);

/* Of the branches of mc:AlternateContent: may this mc:Choice be taken? True when every namespace it
 * requires is one of Microsoft's or of the standard. */
bool lac_docx_choice_understood(const lac_xml_element *tag);

#endif
