#!/usr/bin/env python3
"""Queries that are made to hurt, and random ones, in every dialect, also by --batch, --names and
explain.

A fault is a crash, a hang, more than 2 s of processor time for one query, more than 1 GiB, exit 2
without a word, a control character printed.
"""
import itertools
import os

from attack import Attack
import news

CPU_SECONDS_MAX = 2
DIALECTS = ((), ("--dialect", "lexis"), ("--dialect", "factiva"), ("--dialect", "lucene"))
ARGUMENT_BYTES_MAX = 120_000  # the longest argument that Linux takes is 128 KiB
attack = Attack(__doc__, ("made", "random"), seconds=600, files=2000, count=5000)
rng = attack.random
archive = attack.archive("archive")
news.corpus(archive.path("corpus"), attack.args.files, attack.args.seed)
archive.ingest()


def ask(query, *options, command="search"):
    ran = archive.run(command, "-q", *options, "--", query, cpu=40)
    attack.watch(f"{command} {' '.join(options)} {ascii(query)[:100]} ({len(query)} characters)", ran,
                 cpu=CPU_SECONDS_MAX)
    attack.count("queries asked one by one")
    return ran


def nested():
    pairs = (("(", ")"), ("said:(", ")"), ("NOT (", ")"), ("-(", ")"), ("(a OR (", "))"), ("a w/3 (", ")"),
             ("(a NEAR/2 ", ")"), ("atleast2(", ")"), ("caps(", ")"), ("lead:(", ")"), ("article:(", ")"),
             ("speaker:(", ")"), ("[", "]"), ("{", "}"), ('"', '"'))
    for depth, (left, right) in itertools.product((30, 127, 128, 129, 1000, 20_000), pairs):
        yield from (left * depth + "harbor" + right * depth, left * depth, right * depth, left * depth + "harbor")


def long():
    for n in (100, 1000, 10_000, 30_000):
        few = min(n, 5000)
        yield from (" OR ".join(f"w{i}" for i in range(n)), " OR ".join(["harbor"] * n), " ".join(
            ["the"] * n), " AND ".join(["harbor"] * n), " NOT ".join(["harbor"] * n), " ".join(
                ["-harbor"] * n), "harbor" + " w/5 harbor" * few, " w/s ".join(
                    ["harbor"] * few), '"' + "the " * n + '"', "=" * n + "harbor",
                    *(it * n
                      for it in ("x", "*", "?", "a*", "~", "\\", '"', "'", ":", "said:", "speaker:", "harbor~",
                                 "since:", "-", "+", "^", "&", "|")), "a" * n + "~2", '"' + "a* " * few + '"~999',
                    " OR ".join(f'"the w{i}"' for i in range(few)), "w/" + "9" * n + " harbor", " OR ".join(
                        f"{chr(97 + i % 26)}*" for i in range(few)), " OR ".join(
                            f"ha{i % 10}bour~2" for i in range(few)), " OR ".join(
                                ["(the w/50 of)"] * few), "atleast" + "9" * n + "(harbor)", " ".join(
                                    f"speaker:{chr(97 + i % 26)}*" for i in range(few)), " NOT w/9 ".join(
                                        ["the"] * few))


SINGLE = [
    "*", "**", "*a*", "?*", "a*", "*a", "*e*", "th*", "*th*", "e?", "*?*?*?*?", "?????", "a*b*c*d*e*", "*a*e*i*o*",
    "/.*.*.*/", "/(a+)+$/", "[a TO z]", "[* TO *]", "{a TO}", "harbor^1000", "harbor^-1", "harbor~99", "harbor~0",
    "a~2", "the~2", "the w/999999 of", "the w/0 of", "the w/-1 of", '"the of"~999999999',
    "(the OR of OR a OR to OR in) w/200 (the OR of OR a OR to OR in)", "(th* OR *e OR a*) w/99 (th* OR *e OR a*)",
    "the w/9 of w/9 the w/9 to w/9 in w/9 a", '"th* *e a* *n"~50', '"* * * *"', "the NOT w/9 of NOT w/9 to", "-the",
    "-a*", "NOT NOT NOT the", "-(-(-(the)))", "since:9999-99-99", "since:0000-00-00", "since:-1", "since:999999999999d",
    "until:2099-12-31 since:1900-01-01", "words:>99999999999999999999", "words:<-1", "words:1-2", "lang:xx", "lang:",
    "speaker:*", "speaker:*a*", "role:*", "source:*", "kind:x", "path:**", "path:" + "*/" * 500, "url:*", "id:*",
    "said:*e*", "speaker:a* said:*e*", "article:(the of to)", "lead:the", "headline:*", "caps(*)", "allcaps(th*)",
    "nocaps(*e*)", "atleast99(the)", "atleast0(the)", "atleast5(*e*)", "a\u202eb", "\u200b", "\ufeff", "İ", "ﬁ", "ß",
    "e" + "\u0301" * 5000, "👨‍👩‍👧‍👦", "東京" * 2000, "กา" * 2000, "\U000e0041", "\uffff", "\x1b[31m", "\x9b",
    "'; DROP TABLE", "$(true)", "%s%n", "../../etc/passwd", "<script>", "\n\n", "\t", "", " ", "\r", "AND", "OR", "NOT",
    "AND OR NOT", "harbor AND", "OR harbor", "(", ")", "()", '""', "said:", "said:()", 'said:""', "/50", "$", "!",
    "#", "a$3", "at l1 a", "same", "adj", "near", "+harbor -dam", "+-harbor", "title:[a TO b]", "_exists_:x",
    "date:[NOW-1DAY TO NOW]", "rst=x", "hd=", "hlead()", "w/seg", "dam pre/n bridge"
]


def made():
    for number, query in enumerate(itertools.chain(SINGLE, nested(), long())):
        if not attack.time_left():
            return
        if len(query.encode()) > ARGUMENT_BYTES_MAX:
            continue
        for dialect in DIALECTS if len(query) < 3000 else [rng.choice(DIALECTS)]:
            ask(query, *dialect)
        if number % 5 == 0:
            ask(query, command="explain")
            for options in (["--any"], ["--sort", "newest", "--facets",
                                        "speaker"], ["--group", "article", "-n", "1000"], ["--timeline", "--expand"]):
                ask(query, *options)


WORDS = [
    "harbor", "dam", "the", "of", "bridge", "said", "mayor", "a", "to", "lund's", "U.S.", "3:15", "AT&T", "c++", "é",
    "東京", "İstanbul", "e\u0301", "x" * 60, "1,200", "law-and-order", "ﬁne", "\u202e", "\ufeff", "👨‍👩‍👧", "don’t"
]
GLUE = (
    'AND OR NOT and or not ( ) " “ ” \' = - ~ ~2 ~1 * ? w/3 w/s w/p pre/2 NEAR/5 ADJ5 near5 same said: speaker: role: kind:direct kind: source: since:2016 until:2016-13 lang:en words:>10 headline: lead: article: caps( allcaps( atleast2( atleast byline: place: section: path: '
    'url: [ ] { } TO ^2 + && || | ! / \\ : , . ; < > $ $1 # % @ hd= hlead( publication( title: text: wc>100 /f50/ rst= w/seg *a* th* ?e 30d since:30d is: in:'
).split() + ["NOT w/2", "date from 20160101 to", "date is 2016", "date aft"]


def soup():
    """Words and operators in any order."""
    pieces = (rng.choice(WORDS if rng.random() < 0.5 else GLUE) + (" " if rng.random() < 0.55 else "")
              for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 30])))
    return "".join(pieces)


def random_queries():
    done = 0
    while done < attack.args.count and attack.time_left():
        lines = [soup() for _ in range(250)]
        kind, dialect = rng.choice(["--batch", "--batch", "--names"]), DIALECTS[done // 250 % 4]
        archive.write("q.txt", "".join(
            f"q{i}\t{it}\n" if kind == "--batch" else f"{it}\n" for i, it in enumerate(lines)))
        ran = archive.run("search", kind, "q.txt", "--format", "jsonl", "-n", "3", *dialect, cpu=240)
        attack.watch(f"{kind} {' '.join(dialect)} of 250", ran)
        if ran.crashed or ran.hung or ran.cpu > 4 * CPU_SECONDS_MAX:
            for query in lines:
                ask(query, *dialect)
        done += len(lines)
        attack.count("random queries in batches", len(lines))


if attack.wanted("made"):
    attack.share(0.6)
    made()
if attack.wanted("random"):
    attack.share(0.4)
    random_queries()
attack.close()
