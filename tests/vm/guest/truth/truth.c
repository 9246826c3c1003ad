// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * truth: holds every figure of the helper module against what the kernel says elsewhere, and
 * against memory of a known kind that it allocates. One line per check: "pass NAME" or "fail NAME: WHY";
 * before it, where two figures are compared, "figure NAME", ours and the other.
 * Status 1 if one failed. The module is loaded with probes=1.
 */
#include <stdarg.h>
#include <unistd.h>
#include "truth.h"

static bool failed;

void verdict(bool good, const char *name, const char *format, ...)
{
	va_list args;

	printf("%s %s", good ? "pass" : "fail", name);
	if (!good) {
		failed = true;
		printf(": ");
		va_start(args, format);
		vprintf(format, args);
		va_end(args);
	}
	printf("\n");
	fflush(stdout);
}

void skip(const char *name, const char *why)
{
	printf("skip %s: %s\n", name, why);
}

void agree(const char *name, number a, number b, number slack)
{
	printf("figure %s\t%lld\t%lld\n", name, a, b);
	verdict(a >= 0 && b >= 0 && a - b <= slack && b - a <= slack, name, "%lld here, %lld elsewhere", a, b);
}

char *slurp(const char *path)
{
	FILE *file = fopen(path, "r");
	size_t len = 0, room = 1 << 16, n;
	char *text;

	if (!file)
		return NULL;
	text = malloc(room + 1);
	while ((n = fread(text + len, 1, room - len, file)) > 0) {
		len += n;
		if (len == room)
			text = realloc(text, (room *= 2) + 1);
	}
	text[len] = 0;
	fclose(file);
	return text;
}

static const char *find_word(const char *line, const char *key)
{
	size_t len = strlen(key);

	for (const char *at = line; (at = strstr(at, key)); at += len)
		if ((at == line || at[-1] == ' ') && at[len] == '=')
			return at + len + 1;
	return NULL;
}

number word(const char *line, const char *key)
{
	const char *at = find_word(line, key);

	return at && *at >= '0' && *at <= '9' ? strtoll(at, NULL, 10) : -1;
}

bool word_text(const char *line, const char *key, char text[static 64])
{
	const char *at = find_word(line, key);

	return at && sscanf(at, "%63[^ ]", text) == 1;
}

char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = 0;
	return line;
}

number value_of(const char *path, const char *key)
{
	char *text = slurp(path), *rest = text, *line;
	size_t len = strlen(key);
	number value = -1;

	while (value < 0 && (line = next_line(&rest)))
		if (!strncmp(line, key, len) && (line[len] == ' ' || line[len] == ':') &&
		    strcmp(line + len + 1, "-")) /* unknown */
			value = strtoll(line + len + 1, NULL, 10);
	free(text);
	return value;
}

number value_of_file(const char *path)
{
	char *text = slurp(path);
	number value = text && *text >= '0' && *text <= '9' ? strtoll(text, NULL, 10) : -1;

	free(text);
	return value;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "figures zones blocks probes loads";

	if (strstr(what, "figures"))
		check_figures();
	if (strstr(what, "zones"))
		check_zones();
	if (strstr(what, "blocks"))
		check_blocks();
	if (strstr(what, "probes"))
		check_probes();
	if (strstr(what, "loads"))
		check_loads();
	return failed;
}
