/*
 * The pinned fonts: these files and nothing else, wherever the letter is made.
 *
 * Pango chooses among them by the families below, in their order. A text's own script comes first, so that
 * its spaces, digits and quotation marks are of one piece with it.
 */
#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "letter/inner.h"

/* Of Debian's packages fonts-noto-core and fonts-noto-cjk. */
static const char *const files[] = {
	"truetype/noto/NotoSans-Regular.ttf",           "truetype/noto/NotoSans-Bold.ttf",
	"truetype/noto/NotoNaskhArabic-Regular.ttf",    "truetype/noto/NotoNaskhArabic-Bold.ttf",
	"truetype/noto/NotoSansBengali-Regular.ttf",    "truetype/noto/NotoSansBengali-Bold.ttf",
	"truetype/noto/NotoSansGurmukhi-Regular.ttf",   "truetype/noto/NotoSansGurmukhi-Bold.ttf",
	"truetype/noto/NotoSansDevanagari-Regular.ttf", "truetype/noto/NotoSansDevanagari-Bold.ttf",
	"truetype/noto/NotoSansGujarati-Regular.ttf",   "truetype/noto/NotoSansGujarati-Bold.ttf",
	"truetype/noto/NotoSansTamil-Regular.ttf",      "truetype/noto/NotoSansTamil-Bold.ttf",
	"truetype/noto/NotoSansEthiopic-Regular.ttf",   "truetype/noto/NotoSansEthiopic-Bold.ttf",
	"truetype/noto/NotoSansHebrew-Regular.ttf",     "truetype/noto/NotoSansHebrew-Bold.ttf",
	"truetype/noto/NotoSansSymbols-Regular.ttf",    "truetype/noto/NotoSansSymbols-Bold.ttf",
	"truetype/noto/NotoSansSymbols2-Regular.ttf",   "truetype/noto/NotoSansMath-Regular.ttf",
	"opentype/noto/NotoSansCJK-Regular.ttc",        "opentype/noto/NotoSansCJK-Bold.ttc",
};

#define REST                                                                                       \
	"Noto Sans,Noto Naskh Arabic,Noto Sans Bengali,Noto Sans Gurmukhi,Noto Sans Devanagari,"   \
	"Noto Sans Gujarati,Noto Sans Tamil,Noto Sans Ethiopic,Noto Sans Hebrew,"                  \
	"Noto Sans Symbols,Noto Sans Symbols2,Noto Sans Math,Noto Sans CJK SC"

/* A language, which families it asks for first, and how much larger it is set: some scripts are smaller
 * than Latin ones of the same size. */
static const struct script {
	const char *language;
	double scale;
	const char *families;
} scripts[] = {
	{ "ar", 1.12, "Noto Naskh Arabic," REST },
	{ "ckb", 1.12, "Noto Naskh Arabic," REST },
	{ "fa", 1.12, "Noto Naskh Arabic," REST },
	{ "prs", 1.12, "Noto Naskh Arabic," REST },
	{ "ps", 1.12, "Noto Naskh Arabic," REST },
	{ "sd", 1.12, "Noto Naskh Arabic," REST },
	{ "ug", 1.12, "Noto Naskh Arabic," REST },
	{ "ur", 1.12, "Noto Naskh Arabic," REST },
	{ "he", 1, "Noto Sans Hebrew," REST },
	{ "yi", 1, "Noto Sans Hebrew," REST },
	{ "bn", 1, "Noto Sans Bengali," REST },
	{ "pa-Arab", 1.12, "Noto Naskh Arabic," REST },
	{ "pa", 1, "Noto Sans Gurmukhi," REST },
	{ "hi", 1, "Noto Sans Devanagari," REST },
	{ "mr", 1, "Noto Sans Devanagari," REST },
	{ "ne", 1, "Noto Sans Devanagari," REST },
	{ "gu", 1, "Noto Sans Gujarati," REST },
	{ "ta", 1, "Noto Sans Tamil," REST },
	{ "am", 1, "Noto Sans Ethiopic," REST },
	{ "ti", 1, "Noto Sans Ethiopic," REST },
	{ "ja", 1, "Noto Sans CJK JP," REST },
	{ "ko", 1, "Noto Sans CJK KR," REST },
	{ "zh-Hant", 1, "Noto Sans CJK TC," REST },
	{ "zh-HK", 1, "Noto Sans CJK HK," REST },
	{ "zh-TW", 1, "Noto Sans CJK TC," REST },
	{ "zh", 1, "Noto Sans CJK SC," REST },
	{ "", 1, REST },
};

/* A font whose outlines are of the kind called CFF, opened by ourselves. */
struct own_face {
	struct own_face *next;
	str file;
	int index;
	cairo_font_face_t *face;
};

#if SANITIZED
/* fontconfig keeps pointers as offsets, which LeakSanitizer cannot follow. */
const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
#endif

struct fonts {
	PangoFontMap *map;
	/* One for each direction: a context that changes makes its layouts break their lines anew. */
	PangoContext *left_to_right, *right_to_left;
	struct own_face *own;
	struct shelf *shelf;
	struct arena *arena; /* holds what is opened later */
};

/* The row of a language, or of the longest beginning of its tag. */
static const struct script *script_of(str language)
{
	size_t row = 0;
	for (;; row++) {
		const str tag = str_of(scripts[row].language);
		if (tag.n == 0 || str_eq(language, tag) ||
		    (str_starts(language, tag) && language.p[tag.n] == '-'))
			return &scripts[row];
	}
}

static PangoContext *make_context(PangoFontMap *map, PangoDirection direction)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = cairo_font_options_create();
	/* A page has no pixels: the same lines, however it is shown. */
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_base_dir(context, direction);
	pango_context_set_language(context, pango_language_from_string("en"));
	return context;
}

struct fonts *fonts_open(struct arena *arena, str folder, str *why)
{
	FcConfig *config = FcConfigCreate();
	bool fine = config != NULL;
	for (size_t i = 0; fine && i < sizeof files / sizeof files[0]; i++) {
		const char *file = str_z(arena,
					 str_fmt(arena, "%.*s/%s", STR_ARG(folder), files[i]));
		fine = access(file, R_OK) == 0 &&
		       FcConfigAppFontAddFile(config, (const FcChar8 *)file);
		if (!fine)
			*why = str_fmt(arena, "the font file %s is not there", file);
	}
	if (!fine) {
		if (config != NULL)
			FcConfigDestroy(config);
		return NULL;
	}
	struct fonts *fonts = calloc(1, sizeof(*fonts));
	if (fonts == NULL)
		fatal("out of memory");
	fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), config);
	FcConfigDestroy(config); /* the map holds it */
	fonts->left_to_right = make_context(fonts->map, PANGO_DIRECTION_LTR);
	fonts->right_to_left = make_context(fonts->map, PANGO_DIRECTION_RTL);
	fonts->shelf = shelf_new();
	fonts->arena = arena;
	return fonts;
}

void fonts_close(struct fonts **fonts)
{
	if (*fonts == NULL)
		return;
	for (struct own_face *own = (*fonts)->own; own != NULL; own = own->next)
		cairo_font_face_destroy(own->face);
	shelf_free(&(*fonts)->shelf);
	g_object_unref((*fonts)->left_to_right);
	g_object_unref((*fonts)->right_to_left);
	g_object_unref((*fonts)->map);
	free(*fonts);
	*fonts = NULL;
}

/* ---- fonts that Cairo would break ------------------------------------------------------------------- */

/* A flag that Cairo does not know: it changes no outline, but such a font is not taken apart. */
#define AS_OUTLINES 4U

static const cairo_user_data_key_t key;

static void close_face(void *face)
{
	FT_Done_Face(face);
}

static struct own_face *open_own(struct fonts *fonts, str file, int index)
{
	static FT_Library library; /* for as long as Cairo may keep a face */
	FT_Face ft = NULL;
	if (library == NULL && FT_Init_FreeType(&library) != 0)
		return NULL;
	if (FT_New_Face(library, str_z(fonts->arena, file), index, &ft) != 0)
		return NULL;
	struct own_face *own = TAKE(fonts->arena, struct own_face, 1);
	*own = (struct own_face){ .next = fonts->own,
				  .file = str_copy(fonts->arena, file),
				  .index = index };
	own->face = cairo_ft_font_face_create_for_ft_face(ft, FT_LOAD_NO_HINTING);
	cairo_ft_font_face_set_synthesize(own->face, AS_OUTLINES);
	cairo_font_face_set_user_data(own->face, &key, ft, close_face);
	fonts->own = own;
	return own;
}

cairo_font_face_t *fonts_own_face(struct fonts *fonts, PangoFont *font)
{
	FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
	FcChar8 *format = NULL, *file = NULL;
	int index = 0;
	if (FcPatternGetString(pattern, FC_FONTFORMAT, 0, &format) != FcResultMatch ||
	    !str_eq(str_of((const char *)format), S("CFF")) ||
	    FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch ||
	    FcPatternGetInteger(pattern, FC_INDEX, 0, &index) != FcResultMatch)
		return NULL;
	struct own_face *own = fonts->own;
	while (own != NULL &&
	       (own->index != index || !str_eq(own->file, str_of((const char *)file))))
		own = own->next;
	if (own == NULL)
		own = open_own(fonts, str_of((const char *)file), index);
	return own != NULL ? own->face : NULL;
}

/* ---- layouts ------------------------------------------------------------------------------------------ */

PangoLayout *fonts_layout(struct fonts *fonts, const struct type *type, str text)
{
	const struct script *script = script_of(str_of(type->language));
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, script->families);
	pango_font_description_set_absolute_size(font, type->size * script->scale * PANGO_SCALE);
	if (type->strong)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	PangoLayout *layout = pango_layout_new(type->right_to_left ? fonts->right_to_left
								   : fonts->left_to_right);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_font_description(layout, font);
	/* Words as they are written: no ligatures that a script does not need, no hyphens. Where there are no
	 * marks, none need be put together with letters, which takes a fifth of the time. */
	PangoAttrList *plain = pango_attr_list_new();
	pango_attr_list_insert(
		plain, pango_attr_font_features_new(str_is_ascii(text) ? "liga=0, clig=0, ccmp=0"
								       : "liga=0, clig=0"));
	pango_attr_list_insert(plain, pango_attr_insert_hyphens_new(FALSE));
	pango_attr_list_insert(plain,
			       pango_attr_language_new(pango_language_from_string(type->language)));
	pango_layout_set_attributes(layout, plain);
	pango_attr_list_unref(plain);
	pango_layout_set_text(layout, text.n > 0 ? text.p : "", (int)text.n);
	pango_font_description_free(font);
	return layout;
}

struct shelf *fonts_shelf(struct fonts *fonts)
{
	return fonts->shelf;
}
