// SPDX-License-Identifier: GPL-2.0-or-later
/* The heads and samples of metric families. */
#include "render/metric-family.h"

static void put(const struct km_metrics *metrics, struct km_str text)
{
	fwrite(text.ptr, 1, text.len, metrics->file);
}

/* Both formats escape backslashes and line ends, OpenMetrics also escapes quotes. */
static void put_help(const struct km_metrics *metrics, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '\\' || (*text == '"' && metrics->open))
			fputc('\\', metrics->file);
		fputc(*text, metrics->file);
	}
}

static struct km_str suffix_of(const struct km_metric_family *family)
{
	if (family->type == KM_METRIC_COUNTER)
		return KM_STR("_total");
	return family->type == KM_METRIC_INFO ? KM_STR("_info") : KM_STR("");
}

static const char *type_word(const struct km_metric_family *family)
{
	if (family->type == KM_METRIC_COUNTER)
		return "counter";
	if (family->type == KM_METRIC_UNKNOWN)
		return family->metrics->open ? "unknown" : "untyped";
	return family->type == KM_METRIC_INFO && family->metrics->open ? "info" : "gauge";
}

/* The unit at the end of the name; .ptr NULL: none. */
static struct km_str unit_of(struct km_str name)
{
	static const struct km_str units[] = { KM_STR_INIT("bytes"), KM_STR_INIT("ratio"), KM_STR_INIT("seconds") };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (km_str_ends(name, units[i]) && name.len > units[i].len &&
		    name.ptr[name.len - units[i].len - 1] == '_')
			return units[i];
	return (struct km_str){ 0 };
}

static void put_line(const struct km_metric_family *family, const char *what)
{
	const struct km_metrics *metrics = family->metrics;

	fprintf(metrics->file, "# %s ", what);
	put(metrics, family->name);
	/* format 0.0.4 names the samples */
	if (!metrics->open)
		put(metrics, suffix_of(family));
	fputc(' ', metrics->file);
}

static void begin(struct km_metric_family *family)
{
	const struct km_metrics *metrics = family->metrics;
	const struct km_str unit = unit_of(family->name);

	if (family->begun)
		return;
	family->begun = true;
	put_line(family, "HELP");
	put_help(metrics, family->brief);
	fputc('\n', metrics->file);
	put_line(family, "TYPE");
	fprintf(metrics->file, "%s\n", type_word(family));
	if (!metrics->open || !unit.ptr)
		return;
	put_line(family, "UNIT");
	put(metrics, unit);
	fputc('\n', metrics->file);
}

void km_metric_put(struct km_metric_family *family, struct km_str labels, struct km_str more, struct km_str value)
{
	const struct km_metrics *metrics = family->metrics;

	begin(family);
	put(metrics, family->name);
	put(metrics, suffix_of(family));
	if (labels.len || more.len) {
		fputc('{', metrics->file);
		put(metrics, labels);
		if (labels.len && more.len)
			fputc(',', metrics->file);
		put(metrics, more);
		fputc('}', metrics->file);
	}
	fputc(' ', metrics->file);
	put(metrics, value);
	fputc('\n', metrics->file);
}

struct km_metric_family km_metric_family_of(struct km_metrics *metrics, struct km_str level, const char *key,
			       enum km_metric type, const char *brief)
{
	struct km_str name = km_pool_printf(&metrics->pool, "%.*s_%s", KM_STR_ARG(level), key);

	if (type == KM_METRIC_COUNTER && km_str_ends(name, KM_STR("_total")))
		name.len -= strlen("_total");
	return (struct km_metric_family){ metrics, name, type, brief, false };
}
