# SPDX-License-Identifier: GPL-2.0-or-later
"""Plain English, and one Japanese word per term, as far as a program can check them.

Only the most common errors are found. A text without errors may still be hard to read."""
import re

MOST_WORDS = 30

# Breaches: a pattern, what to write instead, and a text that breaks the rule.
BREACHES = [(re.compile(pattern), instead, example) for pattern, instead, example in (
    (r"\b(?:[Mm]in|[Ll]ow|[Hh]igh|zone's|the|its|their|each|no|any) marks?\b", "watermark",
     "The zone is below its mark."),
    (r"\basked for\b|\bask(?:s|ing)? for\b", "request, requested by", "The memory was asked for by sh."),
    (r"\bthat (?:is|are|was|were) asked\b|\bas asked\b", "requested", "The size that is asked."),
    (r"\b(?:is|are|was|be|been|being) told\b|\btold (?:by|of|apart)\b|\btells? of\b",
     "report, show", "The user is told of it."),
    (r"\b(?:is|are|was|were|be|can be) had\b|\bto be had\b", "available, get", "No block can be had."),
    (r"\bof which\b|\bthat which\b|\bas such\b", "a sentence of its own", "20 MiB, of which 3 are free."),
    (r"\bin one piece\b", "contiguous", "64 KiB in one piece."),
    (r"\ball the same\b", "still, anyway", "The page is freed all the same."),
    (r"\b(?:[Ss]ome|[Nn]o|[Aa]ny|[Ee]very)body\b|\b[Ww]hoever\b|\b[Ww]ho(?: is| has| asks| takes)? (?:himself|itself)\b",
     "name the actor", "Somebody holds it."),
    (r"\b(?:and|with) (?:its|their) kin\b|\b(?:its|their|his) kin\b", "variants", "vmalloc() and its kin."),
    (r"[,;:] else\b", "otherwise", "A page if there is one, else nothing."),
    (r"\bgiv(?:e|es|en|ing) (?:\w+ ){0,2}back\b|\bgave (?:\w+ ){0,2}back\b", "free, return",
     "kfree() gives the memory back."),
    (r"\b(?:(?:[Oo]ne|[Tt]wo) (?:\w+ )?|[Oo]nce |pages? |objects? |area )a (?:CPU|node|zone|row|line|file|field|process|thread|"
     r"class|page|cache|type|format|parser|command)\b", "per, for each", "One list a CPU."),
    (r"\bforeseen\b|\bforesees?\b|\bforesight\b", "predict, prediction", "The failure was foreseen."),
    (r"\bwithheld\b|\bwithholds?\b", "unusable", "The blocks are withheld."),
    (r"(?m)^\s*help:", "suggestion:", "help: raise the limit"),
    (r"\b(?:is|was) (?:no|not any) (?:news|matter|thing)\b", "say what it is", "It is no matter of this flag."),
    (r"\b(?:not |un)told\b", "unknown, not reported", "KM_UNKNOWN: not told."),
    (r"\b[Ww]hat (?:\w+ ){1,5}comes? (?:to|of)\b", "the result of", "What the zones come to."),
    (r"\b[Aa] (?:row|line|column|entry|file|number|figure|count|step) an? (?!half\b)\w+", "one per", "A row a mask."),
    (r"\bat hand\b", "this", "The figures of the machine at hand."),
    (r"\b(?:is|are|was|were|be) passed over\b", "skip, ignore", "Other words are passed over."),
    (r"\bin vain\b", "without effect", "A reserve against itself would be in vain."),
    (r"\bspeaks? (?:for|against|of)\b", "an advantage of, a reason against", "What speaks for a call."),
    (r"\b[Ww]ho (?:has|had|holds|uses|cannot)\b", "the user of, a caller that", "The tree shows who uses the memory."),
    (r"\b(?:can(?:not)?|could(?: not)?|be|was|were) asked\b", "query, request", "The device could not be asked."),
    (r"\bhand(?:s|ed)? out\b", "return, provide", "The source hands out bytes."),
    (r"\b(?:lest|amid|whence|wherein|thereof)\b", "so that ... not, inside, from", "No more, lest it swallow a cache."),
    (r"\b(?:had|has|have) to offer\b|\btries on\b|\bfails? so\b|\bturns? away\b", "plain words", "The kernel tries on."),
    (r"\bno text\b,? *$|, no text\b", "not a text", "A journal of systemd, no text."),
    (r"\b[Hh]igh-atomic\b|\b[Pp]age blocks?\b|\bpageset\b(?!s)", "the kernel's word", "The page block is full."),
)]

# Not checked: code between backquotes, figures, quoted messages, options and paths.
NOT_READ = re.compile(r"`[^`]*`|\{[^}]*\}|\"[^\"]*\"|\$\w+")
END = re.compile(r"(?<![ (]k\d)(?<!\be\.g)(?<!\bi\.e)(?<!vs)[.?!:;](?:\s+|$)|\n\s*\n")


def paragraphs(text):
    """The paragraphs, each as one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\.?\s*\n", text) if part.strip()]


def sentences(text):
    return [part.strip() for part in END.split(text) if part.strip()]


def breaches(text, most_words=MOST_WORDS):
    """The errors of an English text, as messages."""
    read = NOT_READ.sub("X", text)
    joined = "\n\n".join(paragraphs(read))
    for pattern, instead, _ in BREACHES:
        # a phrase may be broken by the end of a line; what looks for the beginning of a line needs the lines
        searched = read if pattern.flags & re.MULTILINE else joined
        for match in pattern.finditer(searched):
            around = searched[max(0, match.start() - 25):match.end() + 25].replace("\n", " ")
            yield f"'{match[0].strip()}' (better: {instead}): ...{around}..."
    for paragraph in paragraphs(read):
        for sentence in sentences(paragraph):
            words = len(sentence.split())
            if words > most_words:
                yield f"a sentence of {words} words: {sentence[:70]}..."


def read_glossary(path):
    """English term, Japanese word, patterns of wrong words for it."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [(row[0], row[1], [re.compile(pattern) for pattern in row[2:]]) for row in rows]


def japanese_breaches(text, glossary):
    """Words of a Japanese text for which the glossary has another word. Lines are joined."""
    read = NOT_READ.sub("", re.sub(r"\n\s*(?:\.\n\s*)?", "", text))
    for english, japanese, wrong in glossary:
        for pattern in wrong:
            for match in pattern.finditer(read):
                around = read[max(0, match.start() - 10):match.end() + 10]
                yield f"'{match[0]}' ({english} is {japanese}): ...{around}..."
