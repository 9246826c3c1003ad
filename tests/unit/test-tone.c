// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include <math.h>
#include <string.h>
#include "render/tone.h"
#include "report/document.h"

/* A component of a colour, 0 to 255, made linear (sRGB, IEC 61966-2-1). */
static double linear(unsigned int component)
{
	double share = component / 255.0;

	return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* The relative luminance of one of the 256 colours: a cube of 6 levels from 16 on, greys from 232 on. */
static double luminance(unsigned int color)
{
	static const unsigned int levels[] = { 0, 95, 135, 175, 215, 255 };
	const unsigned int cube = color - 16;

	if (color >= 232)
		return linear(8 + (color - 232) * 10);
	return 0.2126 * linear(levels[cube / 36]) + 0.7152 * linear(levels[cube / 6 % 6]) +
	       0.0722 * linear(levels[cube % 6]);
}

/* The contrast of WCAG: it requires 3 for large text, 4.5 for small. */
static double contrast(double a, double b)
{
	return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

/* Each colour is visible on a black and on a white screen, and differs from the others. */
static void readable(void **state)
{
	(void)state;
	assert_null(km_tone_color(KM_TONE_PLAIN));
	for (unsigned int tone = KM_TONE_PLAIN + 1; tone < KM_TONES; tone++) {
		const char *color = km_tone_color((enum km_tone)tone), *number = strstr(color, "38;5;");
		unsigned int code;

		assert_non_null(number);
		assert_int_equal(sscanf(number, "38;5;%um", &code), 1);
		assert_in_range(code, 16, 255);
		assert_true(contrast(luminance(code), 0) > 3.9);
		assert_true(contrast(luminance(code), 1) > 3.9);
		for (unsigned int other = KM_TONE_PLAIN + 1; other < tone; other++)
			assert_string_not_equal(color, km_tone_color((enum km_tone)other));
	}
}

/* A colour is that of the bytes that a report counted, whatever a name in front of them contains. */
static void painted(void **state)
{
	const struct km_style style = { .color = true };
	struct km_pool pool = { 0 };
	struct km_document document = { .pool = &pool };
	struct km_text text = { 0 };
	struct km_section *section;
	char *printed = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&printed, &len);

	(void)state;
	km_text_puts(&text, "\xff\x1b[31m: bad\n\xe2\x80\xae\n");
	section = km_document_add_text(&document, &text, NULL);
	km_document_paint(section, (struct km_paint){ strlen("\xff\x1b[31m: "), strlen("bad"), KM_TONE_BAD });
	assert_int_equal(km_render_text(out, &document, &style), 0);
	fclose(out);
	assert_string_equal(printed, km_pool_printf(&pool, "\xef\xbf\xbd\xef\xbf\xbd[31m: %sbad%s\n\xef\xbf\xbd\n",
						    km_tone_color(KM_TONE_BAD), KM_TONE_END).ptr);
	free(printed);
	km_document_deinit(&document);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readable),
		cmocka_unit_test(painted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
