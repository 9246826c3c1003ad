// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs a fuzz target without a fuzzer: on each file of its corpus, changed in every way that the
 * formats' history has taught, and on inputs that are too large to be kept. Prints TAP; a line
 * "# NAME: CHANGE" goes ahead of each run, so that the last one names what stopped the program.
 *
 *   fuzz-FORMAT CORPUS-DIRECTORY    all of it
 *   fuzz-FORMAT --as-is DIRECTORY   each input as it is: many, as long runs leave them
 *   fuzz-FORMAT FILE                one input as it is, as found by the fuzzer
 *
 * With KM_FUZZ_SHORT nothing is cut, repeated or large, which takes most of the time.
 */
#include <dirent.h>
#include <locale.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "fuzz.h"

enum { CUTS = 64, LARGE_BYTES = 10 << 20, MANY_BYTES = 1 << 18 };

typedef KM_ARRAY(char) bytes_t;

static bool is_short;

static void append(bytes_t *bytes, struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		*km_array_push(bytes) = text.ptr[i];
}

/* Runs the target on the input. Returns whether the documents equal expected; true without expected. */
static bool run(const char *name, const char *change, struct km_str input, struct km_str expected)
{
	struct km_str json;
	bool same;

	printf("# %s: %s\n", name, change);
	json = fuzz_run(input.ptr, input.len);
	same = !expected.ptr || km_str_eq(json, expected);
	if (!same)
		printf("# gives other documents than %s as it is\n", name);
	free((char *)json.ptr);
	return same;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_newline(char c)
{
	return c == '\n';
}

/* Replaces each character of a class, or each run of such characters, by another text. */
static const struct change {
	const char *name;
	bool (*is)(char c);
	bool runs;
	struct km_str with;
	bool same; /* means the same, provided that there is no CR yet */
} changes[] = {
	{ "lines end with CR LF", is_newline, false, KM_STR_INIT("\r\n"), true },
	{ "all on one line", is_newline, false, KM_STR_INIT(" "), false },
	{ "numbers are 2^64", is_digit, true, KM_STR_INIT("18446744073709551616"), false },
	{ "numbers are 2^64 - 1", is_digit, true, KM_STR_INIT("18446744073709551615"), false },
	{ "numbers are 2^63 - 1", is_digit, true, KM_STR_INIT("9223372036854775807"), false },
	{ "numbers are 2^40", is_digit, true, KM_STR_INIT("1099511627776"), false },
	{ "numbers are 0", is_digit, true, KM_STR_INIT("0"), false },
	{ "numbers are -1", is_digit, true, KM_STR_INIT("-1"), false },
	{ "no numbers", is_digit, true, KM_STR_INIT(""), false },
	{ "letters are no UTF-8", is_letter, false, KM_STR_INIT("\xff"), false },
	{ "letters are half a character", is_letter, true, KM_STR_INIT("\xe2\x82"), false },
	{ "letters are ESC [", is_letter, true, KM_STR_INIT("\x1b["), false },
	{ "letters are U+009B", is_letter, true, KM_STR_INIT("\xc2\x9b"), false },
	{ "blanks are NUL", is_blank, false, KM_STR_INIT("\0"), false },
	{ "blanks are tabs", is_blank, false, KM_STR_INIT("\t"), false },
	{ "no blanks", is_blank, true, KM_STR_INIT(""), false },
};

static bool run_change(const char *name, const struct change *change, struct km_str seed,
		       struct km_str as_is)
{
	bytes_t bytes = { 0 };
	bool same = change->same && !(seed.len && memchr(seed.ptr, '\r', seed.len)), good;

	for (size_t i = 0; i < seed.len; i++) {
		if (!change->is(seed.ptr[i]))
			*km_array_push(&bytes) = seed.ptr[i];
		else if (!change->runs || !i || !change->is(seed.ptr[i - 1]))
			append(&bytes, change->with);
	}
	good = run(name, change->name, (struct km_str){ bytes.items, bytes.len },
		   same ? as_is : (struct km_str){ 0 });
	km_array_deinit(&bytes);
	return good;
}

static bool run_without_newline(const char *name, struct km_str seed, struct km_str as_is)
{
	if (!km_str_ends(seed, KM_STR("\n")) || km_str_ends(seed, KM_STR("\r\n")))
		return true;
	seed.len--;
	return run(name, "no newline at the end", seed, as_is);
}

static bool run_cuts(const char *name, struct km_str seed)
{
	for (size_t i = 1; i < CUTS; i++)
		run(name, "cut short", (struct km_str){ seed.ptr, seed.len * i / CUTS },
		    (struct km_str){ 0 });
	return true;
}

/* Repeats the text up to this number of bytes, with every newline replaced by another character. */
static void run_repeated(const char *name, const char *change, struct km_str text, size_t room,
			 char newline)
{
	bytes_t bytes = { 0 };

	while (text.len && bytes.len + text.len <= room)
		append(&bytes, text);
	for (size_t i = 0; i < bytes.len; i++)
		bytes.items[i] = bytes.items[i] == '\n' ? newline : bytes.items[i];
	run(name, change, (struct km_str){ bytes.items, bytes.len }, (struct km_str){ 0 });
	km_array_deinit(&bytes);
}

static bool run_seed(const char *name, struct km_str seed)
{
	struct km_str as_is;
	bool good = true;

	printf("# %s: as it is\n", name);
	as_is = fuzz_run(seed.ptr, seed.len);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		good &= run_change(name, &changes[i], seed, as_is);
	good &= run_without_newline(name, seed, as_is);
	if (!is_short) {
		good &= run_cuts(name, seed);
		run_repeated(name, "many times", seed, MANY_BYTES, '\n');
	}
	free((char *)as_is.ptr);
	return good;
}

/* Inputs that need no file of the corpus. */
static const struct nasty {
	const char *name;
	struct km_str text;
	size_t times;
} nasties[] = {
	{ "empty", KM_STR_INIT(""), 0 },
	{ "one newline", KM_STR_INIT("\n"), 1 },
	{ "10 MB of newlines", KM_STR_INIT("\n"), LARGE_BYTES },
	{ "10 MB of NUL", KM_STR_INIT("\0"), LARGE_BYTES },
	{ "10 MB of blanks", KM_STR_INIT(" "), LARGE_BYTES },
	{ "10 MB of 9", KM_STR_INIT("9"), LARGE_BYTES },
	{ "10 MB of 0xff", KM_STR_INIT("\xff"), LARGE_BYTES },
	{ "10 MB of one-letter lines", KM_STR_INIT("a\n"), LARGE_BYTES / 2 },
	{ "10 MB of one-letter words", KM_STR_INIT("a "), LARGE_BYTES / 2 },
	{ "10 MB of numbers", KM_STR_INIT("1 "), LARGE_BYTES / 2 },
};

static void run_nasty(const struct nasty *nasty)
{
	bytes_t bytes = { 0 };

	for (size_t i = 0; i < nasty->times; i++)
		append(&bytes, nasty->text);
	run("nasty", nasty->name, (struct km_str){ bytes.items, bytes.len }, (struct km_str){ 0 });
	km_array_deinit(&bytes);
}

static struct km_str read_file(const char *path)
{
	KM_CLEANUP(km_cleanup_file) FILE *file = fopen(path, "rb");
	bytes_t bytes = { 0 };
	int c;

	if (!file) {
		perror(path);
		exit(2);
	}
	while ((c = getc(file)) != EOF)
		*km_array_push(&bytes) = (char)c;
	return (struct km_str){ bytes.items, bytes.len };
}

static void run_file(const char *path)
{
	struct km_str input = read_file(path);

	run(path, "as it is", input, (struct km_str){ 0 });
	free((char *)input.ptr);
}

static int not_hidden(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

static int replay_as_is(const char *directory)
{
	struct dirent **files;
	int len = scandir(directory, &files, not_hidden, alphasort);

	if (len <= 0) {
		fprintf(stderr, "%s: no inputs\n", directory);
		return 2;
	}
	for (int i = 0; i < len; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", directory, files[i]->d_name);
		run_file(path);
		free(files[i]);
	}
	free(files);
	printf("ok 1 - %d inputs of long runs\n1..1\n", len);
	return 0;
}

static int replay(const char *directory)
{
	struct dirent **files;
	int len = scandir(directory, &files, not_hidden, alphasort), number = 0;
	bool failed = false;

	if (len <= 0) {
		fprintf(stderr, "%s: no corpus\n", directory);
		return 2;
	}
	for (int i = 0; i < len; i++) {
		char path[4096];
		struct km_str seed;
		bool good;

		snprintf(path, sizeof(path), "%s/%s", directory, files[i]->d_name);
		seed = read_file(path);
		good = run_seed(files[i]->d_name, seed);
		if (!i && !is_short)
			run_repeated(files[i]->d_name, "10 MB on one line", seed, LARGE_BYTES, ' ');
		printf("%sok %d - %s\n", good ? "" : "not ", ++number, files[i]->d_name);
		failed |= !good;
		free((char *)seed.ptr);
		free(files[i]);
	}
	free(files);
	for (size_t i = 0; !is_short && i < sizeof(nasties) / sizeof(*nasties); i++) {
		run_nasty(&nasties[i]);
		printf("ok %d - %s\n", ++number, nasties[i].name);
	}
	printf("1..%d\n", number);
	return failed;
}

int main(int argc, char **argv)
{
	struct stat stat_of;

	setlocale(LC_CTYPE, "");
	setvbuf(stdout, NULL, _IOLBF, 0);
	is_short = getenv("KM_FUZZ_SHORT") != NULL;
	if (argc == 3 && !strcmp(argv[1], "--as-is"))
		return replay_as_is(argv[2]);
	if (argc != 2 || stat(argv[1], &stat_of)) {
		fprintf(stderr, "usage: %s CORPUS-DIRECTORY|FILE|--as-is DIRECTORY\n", argv[0]);
		return 2;
	}
	if (S_ISDIR(stat_of.st_mode))
		return replay(argv[1]);
	run_file(argv[1]);
	return 0;
}
