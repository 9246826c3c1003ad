// SPDX-License-Identifier: GPL-2.0
/*
 * Tries /dev/kmeminfo, without anything of kmeminfo itself.  As root, with the module loaded with
 * probes=1:
 *
 *	probe one API BYTES [GFP [NODE [PREPARE [REPEAT]]]]	one probe, every field of the answer
 *	probe sweep		every API, sizes, flag, and preparation; checks that answers are sane
 *	probe hostile		what a caller may do wrong; checks each error and refusal
 *	probe faults		every API with its 1st, 2nd, 3rd... allocation failing, by
 *				/proc/self/fail-nth; needs a kernel with failslab or fail_page_alloc
 *	probe load FILE		the same of loading the module from FILE
 *	probe hold SECONDS	holds the device open
 *	probe cost		/proc/kmeminfo/pages against /proc/kpageflags for the same machine;
 *				checks that it takes at most a tenth of the time
 *
 * Exit status: 0 well, 1 a check failed (said on stderr), 2 usage, 77 the kernel cannot do it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "../kmeminfo-uapi.h"

#define GFP_KERNEL 0xcc0u	/* since 4.19, in every configuration */
#define GFP_ZERO   0x100u
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define API_NAME(id, name) name,
static const char *const api_names[] = { KMEMINFO_APIS(API_NAME) };
#define FACT_NAME(id, name, meaning) name,
static const char *const fact_names[] = { KMEMINFO_FACTS(FACT_NAME) };
static const char *const verdicts[] = { "granted", "partly", "denied", "limit", "refused" };

static int device, failures;

#define CHECK(ok, ...) do { \
	if (!(ok)) { \
		failures++; \
		fprintf(stderr, "line %d: %s: ", __LINE__, #ok); \
		fprintf(stderr, __VA_ARGS__); \
		fputc('\n', stderr); \
	} \
} while (0)

static int ask(struct kmeminfo_probe *p)
{
	p->size = sizeof(*p);
	return ioctl(device, KMEMINFO_PROBE, p) ? -errno : 0;
}

static struct kmeminfo_probe request(uint32_t api, uint64_t bytes, uint32_t gfp)
{
	struct kmeminfo_probe p;

	memset(&p, 0, sizeof(p));
	p.api = api;
	p.bytes = bytes;
	p.gfp = gfp;
	p.node = -1;
	return p;
}

static void print_latency(const char *what, const struct kmeminfo_latency *l)
{
	printf(" %s_ns=%lld/%lld/%lld/%lld", what, (long long)l->min_ns, (long long)l->median_ns,
	       (long long)l->p99_ns, (long long)l->max_ns);
}

static void print(const struct kmeminfo_probe *p)
{
	unsigned int i;

	printf("%s bytes=%llu gfp=%#x %s", api_names[p->api], (unsigned long long)p->bytes, p->gfp,
	       p->verdict < ARRAY_SIZE(verdicts) ? verdicts[p->verdict] : "?");
	if (p->why[0])
		printf(" (%s)", p->why);
	printf(" granted=%u used=%#x want_zone=%d order=%d align=%d cache=%s object=%u usable=%lld",
	       p->granted, p->gfp_used, p->want_zone, p->order, (int)p->align_log2, p->cache,
	       p->object_bytes, (long long)p->usable_bytes);
	printf(" pages=%lld runs=%lld..%lld zones=", (long long)p->pages, (long long)p->runs_min,
	       (long long)p->runs_max);
	for (i = 0; i < ARRAY_SIZE(p->zone_pages); i++)
		printf("%s%llu", i ? "," : "", (unsigned long long)p->zone_pages[i]);
	printf(" nodes=%llu,%llu", (unsigned long long)p->node_pages[0],
	       (unsigned long long)p->node_pages[1]);
	for (i = 0; i < KMEMINFO_FACT_COUNT; i++)
		if (p->facts[i].yes || p->facts[i].no)
			printf(" %s=%u/%u", fact_names[i], p->facts[i].yes,
			       p->facts[i].yes + p->facts[i].no);
	print_latency("alloc", &p->alloc);
	print_latency("free", &p->free);
	putchar('\n');
}

static uint32_t api_of(const char *name)
{
	uint32_t i;

	for (i = 0; i < KMEMINFO_API_COUNT && strcmp(name, api_names[i]); i++)
		;
	return i;
}

static int one(int argc, char **argv)
{
	struct kmeminfo_probe p = request(api_of(argv[0]), strtoull(argv[1], NULL, 0), GFP_KERNEL);
	int err;

	if (argc > 2)
		p.gfp = (uint32_t)strtoul(argv[2], NULL, 0);
	if (argc > 3)
		p.node = atoi(argv[3]);
	if (argc > 4)
		p.prepare = (uint32_t)atoi(argv[4]);
	if (argc > 5)
		p.repeat = (uint32_t)atoi(argv[5]);
	err = ask(&p);
	if (err) {
		fprintf(stderr, "probe: %s\n", strerror(-err));
		return 1;
	}
	print(&p);
	return 0;
}

/* What must hold of every answer. */
static void check(const struct kmeminfo_probe *p)
{
	uint32_t repeat = p->repeat ? p->repeat : 1;
	const struct kmeminfo_tally *linear = &p->facts[KMEMINFO_FACT_LINEAR];
	const struct kmeminfo_tally *contiguous = &p->facts[KMEMINFO_FACT_CONTIGUOUS];
	uint64_t calls = 0, zones = 0;
	unsigned int i;

	CHECK(p->size == sizeof(*p), "size %u", p->size);
	CHECK(p->reason < KMEMINFO_REASON_COUNT, "reason %u", p->reason);
	CHECK(!p->reason == !p->why[0], "reason %u, why %s", p->reason, p->why);
	CHECK(p->granted <= repeat, "granted %u of %u", p->granted, repeat);
	CHECK((p->verdict == KMEMINFO_GRANTED) == (p->granted == repeat), "verdict %u", p->verdict);
	for (i = 0; i < 32; i++)
		calls += p->alloc.log2[i];
	CHECK(calls == p->granted, "%s: %llu calls timed", api_names[p->api],
	      (unsigned long long)calls);
	for (i = 0; i < KMEMINFO_FACT_COUNT; i++)
		CHECK(p->facts[i].yes + p->facts[i].no <= repeat, "fact %s", fact_names[i]);
	if (!p->granted)
		return;
	if (p->usable_bytes != KMEMINFO_UNKNOWN && p->api != KMEMINFO_API_GET_ZEROED_PAGE)
		CHECK(p->usable_bytes >= p->bytes, "%s usable %llu of %llu", api_names[p->api],
		      (unsigned long long)p->usable_bytes, (unsigned long long)p->bytes);
	if (p->pages == KMEMINFO_UNKNOWN)
		return;
	for (i = 0; i < 8; i++)
		zones += p->zone_pages[i];
	CHECK(zones >= p->pages, "%llu pages by zone", (unsigned long long)zones);
	CHECK(p->runs_min >= 1 && p->runs_max <= p->pages, "runs %llu",
	      (unsigned long long)p->runs_max);
	CHECK(linear->no || contiguous->yes, "%s: linear, and in runs", api_names[p->api]);
	if (p->gfp & GFP_ZERO)
		CHECK(!p->facts[KMEMINFO_FACT_ZEROED].no, "%s: __GFP_ZERO, and not zero",
		      api_names[p->api]);
}

/* The kernel's promises, which every probe of a kind must show. */
static void check_promises(const struct kmeminfo_probe *p)
{
	if (!p->granted)
		return;
	switch (p->api) {
	case KMEMINFO_API_KZALLOC:
	case KMEMINFO_API_VZALLOC:
	case KMEMINFO_API_GET_ZEROED_PAGE:
	case KMEMINFO_API_ALLOC_PERCPU:
	case KMEMINFO_API_DMA_ALLOC_COHERENT:
	case KMEMINFO_API_DEVM_KZALLOC:
		CHECK(p->facts[KMEMINFO_FACT_ZEROED].yes == p->granted, "%s not zeroed",
		      api_names[p->api]);
	}
	if (p->api == KMEMINFO_API_KMALLOC)
		CHECK(p->facts[KMEMINFO_FACT_LINEAR].yes == p->granted, "kmalloc not linear");
	if (p->api == KMEMINFO_API_VMALLOC)
		CHECK(p->facts[KMEMINFO_FACT_VMALLOC].yes == p->granted, "vmalloc elsewhere");
	if (p->api == KMEMINFO_API_DEVM_KZALLOC)
		CHECK(p->facts[KMEMINFO_FACT_RELEASED].yes == p->granted, "devm not released");
}

static int sweep(void)
{
	static const uint64_t sizes[] = {
		1, 7, 8, 9, 64, 96, 100, 192, 193, 1024, 4000, 4095, 4096, 4097, 8192, 8193,
		12288, 16384, 65535, 65536, 65537, 131072, 131073, 1 << 20, (1 << 20) + 1,
		4 << 20, (4 << 20) + 1, 8 << 20, 16 << 20, 32 << 20, 64 << 20,
	};
	uint32_t counts[ARRAY_SIZE(verdicts)] = { 0 };
	uint32_t api, gfp, prepare;
	unsigned int i;
	int bit;

	for (api = 0; api < KMEMINFO_API_COUNT; api++) {
		for (i = 0; i < ARRAY_SIZE(sizes); i++) {
			for (bit = -1; bit < 32; bit++) {
				for (prepare = 0; prepare < 8; prepare++) {
					struct kmeminfo_probe p;

					if (bit >= 0 && prepare != (uint32_t)bit % 8)
						continue;
					gfp = bit < 0 ? GFP_KERNEL : GFP_KERNEL ^ (1u << bit);
					p = request(api, sizes[i], gfp);
					p.prepare = prepare;
					p.repeat = 1 + i % 3;
					CHECK(!ask(&p), "%s: %s", api_names[api], strerror(errno));
					check(&p);
					check_promises(&p);
					if (p.verdict < ARRAY_SIZE(verdicts))
						counts[p.verdict]++;
				}
			}
		}
	}
	for (i = 0; i < ARRAY_SIZE(verdicts); i++)
		printf("%s %u\n", verdicts[i], counts[i]);
	return 0;
}

static void expect(struct kmeminfo_probe p, uint32_t reason, const char *what)
{
	int err = ask(&p);

	CHECK(!err && p.reason == reason && p.granted == 0, "%s: error %d, reason %u (%s)", what,
	      err, p.reason, p.why);
}

static void hostile_values(void)
{
	struct kmeminfo_probe p = request(0, 100, GFP_KERNEL);
	int bit;

	expect(request(KMEMINFO_API_COUNT, 100, GFP_KERNEL), KMEMINFO_REASON_API, "no such API");
	expect(request(~0u, 100, GFP_KERNEL), KMEMINFO_REASON_API, "API -1");
	expect(request(0, 0, GFP_KERNEL), KMEMINFO_REASON_ZERO, "no bytes");
	expect(request(0, ~0ull, GFP_KERNEL), KMEMINFO_REASON_BYTES, "-1 bytes");
	expect(request(0, 1ull << 63, GFP_KERNEL), KMEMINFO_REASON_BYTES, "2^63 bytes");
	expect(request(0, 100, ~0u), KMEMINFO_REASON_UNKNOWN_FLAG, "all flags");
	expect(request(0, 100, 1u << 31), KMEMINFO_REASON_UNKNOWN_FLAG, "flag 31");
	expect(request(0, 100, GFP_KERNEL | 0x8000), KMEMINFO_REASON_NEVER, "__GFP_NOFAIL");
	expect(request(0, 100, GFP_KERNEL | 0x20000), KMEMINFO_REASON_NEVER, "__GFP_MEMALLOC");
	expect(request(0, 100, GFP_KERNEL | 2), KMEMINFO_REASON_SLAB_FLAG, "kmalloc of HighMem");
	for (bit = 0; bit < 32; bit++) {
		p = request(0, 100, GFP_KERNEL);
		p.prepare = 1u << bit;
		if (bit > 2)
			expect(p, KMEMINFO_REASON_PREPARE, "preparation");
	}
	p = request(0, 100, GFP_KERNEL);
	p.repeat = KMEMINFO_REPEAT_MAX + 1;
	expect(p, KMEMINFO_REASON_REPEAT, "too many");
	p.repeat = 0;
	p.node = 1 << 30;
	expect(p, KMEMINFO_REASON_NODE, "node");
	p.node = -2;
	expect(p, KMEMINFO_REASON_NODE, "node -2");
	p = request(KMEMINFO_API_VZALLOC, 100, 0);
	expect(p, KMEMINFO_REASON_NO_FLAGS, "vzalloc with flags");
	p = request(KMEMINFO_API_KMALLOC, 1 << 20, GFP_KERNEL);
	p.prepare = KMEMINFO_PREPARE_HOLD;
	p.repeat = KMEMINFO_REPEAT_MAX;
	expect(p, KMEMINFO_REASON_BYTES, "1 GiB held");
}

/* Callers older and newer than the module, and broken ones. */
static void hostile_sizes(void)
{
	unsigned char buffer[8192] __attribute__((aligned(8)));
	struct kmeminfo_probe *p = (void *)buffer;
	uint32_t size;

	for (size = 0; size < sizeof(buffer); size += size < 1100 ? 1 : 97) {
		memset(buffer, 0, sizeof(buffer));
		*p = request(KMEMINFO_API_KMALLOC, 100, GFP_KERNEL);
		p->size = size;
		memset(buffer + (size > 32 ? size : 32), 0x5a, 8);
		if (ioctl(device, KMEMINFO_PROBE, p)) {
			CHECK(errno == EINVAL && (size < KMEMINFO_PROBE_MIN ||
						  size > (uint32_t)sysconf(_SC_PAGESIZE)),
			      "size %u: %s", size, strerror(errno));
			continue;
		}
		CHECK(p->size == sizeof(*p), "size %u: module's %u", size, p->size);
		CHECK(p->verdict == KMEMINFO_GRANTED, "size %u: verdict %u", size, p->verdict);
		CHECK(buffer[size] == 0x5a && buffer[size + 7] == 0x5a, "size %u: written beyond", size);
	}
	memset(buffer, 0, sizeof(buffer));
	*p = request(KMEMINFO_API_KMALLOC, 100, GFP_KERNEL);
	p->size = sizeof(*p) + 8;
	buffer[sizeof(*p) + 3] = 1;
	CHECK(!ioctl(device, KMEMINFO_PROBE, p) && p->reason == KMEMINFO_REASON_NEWER,
	      "a newer request: %s", p->why);
}

static void hostile_calls(void)
{
	struct kmeminfo_probe p = request(0, 100, GFP_KERNEL);
	unsigned int seed = 1, i, j;

	CHECK(ioctl(device, KMEMINFO_PROBE, NULL) && errno == EFAULT, "NULL");
	CHECK(ioctl(device, KMEMINFO_PROBE, -4096L) && errno == EFAULT, "a kernel's address");
	CHECK(ioctl(device, _IO('k', 0x42), &p) && errno == ENOTTY, "another number");
	CHECK(ioctl(device, 0, &p) && errno == ENOTTY, "number 0");
	CHECK(write(device, &p, sizeof(p)) < 0, "write");
	CHECK(read(device, &p, sizeof(p)) < 0, "read");
	for (i = 0; i < 20000; i++) {
		unsigned char *bytes = (void *)&p;

		for (j = 0; j < sizeof(p); j++)
			bytes[j] = (unsigned char)rand_r(&seed);
		if (i % 2) {	/* nearer to what is allowed */
			p.api %= KMEMINFO_API_COUNT;
			p.bytes %= 1 << (i % 23);
			p.gfp &= 0x1ffffff & (uint32_t)rand_r(&seed);
			p.node = (int)(i % 4) - 2;
			p.prepare %= 8;
			p.repeat %= 4;
		}
		CHECK(!ask(&p), "random request: %s", strerror(errno));
		CHECK(p.reason < KMEMINFO_REASON_COUNT, "random request: reason %u", p.reason);
	}
}

static int hostile(void)
{
	hostile_values();
	hostile_sizes();
	hostile_calls();
	return 0;
}

static int fail_nth;

static void fail_arm(int n)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%d", n);

	if (pwrite(fail_nth, text, (size_t)length, 0) != length)
		perror("fail-nth");
}

/* Whether fewer than n allocations were made: then the fault was not met. */
static int fail_unmet(void)
{
	char text[16] = "";
	ssize_t n = pread(fail_nth, text, sizeof(text) - 1, 0);

	fail_arm(0);
	return n > 0 && atoi(text) > 0;
}

static int faults(void)
{
	uint32_t api;

	for (api = 0; api < KMEMINFO_API_COUNT; api++) {
		int n, denied = 0, granted = 0, errors = 0, unmet = 0;

		for (n = 1; n < 1000 && !unmet; n++) {
			struct kmeminfo_probe p = request(api, 4000, GFP_KERNEL);
			int err;

			p.prepare = 7;
			p.repeat = 2;
			fail_arm(n);
			err = ask(&p);
			unmet = fail_unmet();
			errors += err == -ENOMEM;
			CHECK(!err || err == -ENOMEM, "%s: %s", api_names[api], strerror(-err));
			if (!err)
				check(&p);
			denied += !err && p.granted < 2;
			granted += !err && p.granted == 2;
		}
		printf("%s: %d faults met: %d ENOMEM, %d denied, %d granted\n", api_names[api],
		       n - 2, errors, denied, granted);
	}
	return 0;
}

static int load(const char *name)
{
	int n, loaded = 0, refused = 0, unmet = 0;

	for (n = 1; n < 3000 && !unmet; n++) {
		int fd = open(name, O_RDONLY | O_CLOEXEC), failed;

		fail_arm(n);
		failed = (int)syscall(SYS_finit_module, fd, "probes=1", 0);
		unmet = fail_unmet();
		close(fd);
		refused += !!failed;
		loaded += !failed;
		if (!failed)
			CHECK(!syscall(SYS_delete_module, "kmeminfo", O_NONBLOCK), "unload: %s",
			      strerror(errno));
	}
	printf("load: %d faults met: %d loaded, %d refused\n", n - 2, loaded, refused);
	return 0;
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* How long it takes to read a file to its end. */
static uint64_t read_ns(const char *name)
{
	static char buffer[1 << 20];
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	uint64_t began = now_ns();

	CHECK(fd >= 0, "%s: %s", name, strerror(errno));
	while (read(fd, buffer, sizeof(buffer)) > 0)
		;
	close(fd);
	return now_ns() - began;
}

/* The shortest of some times each, in turns: whatever else the machine does troubles both. */
static int cost(void)
{
	uint64_t pages = UINT64_MAX, flags = UINT64_MAX, ns;
	int i;

	for (i = 0; i < 80; i++) {
		ns = read_ns("/proc/kmeminfo/pages");
		if (ns < pages)
			pages = ns;
		ns = i % 4 ? UINT64_MAX : read_ns("/proc/kpageflags");
		if (ns < flags)
			flags = ns;
	}
	printf("pages %llu ns, kpageflags %llu ns, %.1f times\n", (unsigned long long)pages,
	       (unsigned long long)flags, (double)flags / (double)pages);
	CHECK(pages * 10 <= flags, "the walk takes more than a tenth of the time");
	return 0;
}

static int run(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "faults") || !strcmp(what, "load")) {
		fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
		if (fail_nth < 0) {
			perror("probe: skipped: /proc/self/fail-nth");
			return 77;
		}
	}
	if (!strcmp(what, "cost"))
		return cost();
	if (!strcmp(what, "load") && argc == 3)
		return load(argv[2]);
	device = open("/dev/kmeminfo", O_RDWR | O_CLOEXEC);
	if (device < 0) {
		perror("probe: /dev/kmeminfo");
		return 1;
	}
	if (!strcmp(what, "one") && argc >= 4)
		return one(argc - 2, argv + 2);
	if (!strcmp(what, "sweep"))
		return sweep();
	if (!strcmp(what, "hostile"))
		return hostile();
	if (!strcmp(what, "faults"))
		return faults();
	if (!strcmp(what, "hold") && argc == 3) {
		sleep((unsigned int)atoi(argv[2]));
		return 0;
	}
	fprintf(stderr, "usage: probe one API BYTES [GFP [NODE [PREPARE [REPEAT]]]] | sweep | "
		"hostile | faults | load FILE | hold SECONDS | cost\n");
	return 2;
}

int main(int argc, char **argv)
{
	int status = run(argc, argv);

	if (failures)
		fprintf(stderr, "probe: %d checks failed\n", failures);
	return failures ? 1 : status;
}
