#!/usr/bin/env python3
"""Changes files at random and gives them to `extract` and `annotate`, many in one process.

The seeds are invented articles in every format that morgue reads, and what is given with --samples
FOLDER. A fault is a crash, a hang, more than 5 s of processor time for one file, more than 1 GiB,
output that is no JSON or holds a span outside of its passage. The file of a fault is kept below
--work.
"""
import gzip
import json
import os
import random
import shutil

from attack import Attack, MEMORY_MIB_MAX, obeyed, run
import news

BATCH = 50
CPU_SECONDS_MAX = 5
attack = Attack(__doc__, seconds=600, count=3200, samples="")
rng = attack.random
TOKENS = [
    it.encode() for it in ("<div>", "</div>", "<p>", "<!--", "-->", "<script>", "</script>", "<![CDATA[", "]]>", "\0",
                           "\x1b]52;c;aGk=\x07", "\u202e", "\ufeff", "“", "”", "‘", '"', "'", "\n\n", "\r\n", "\r",
                           "\f", "---\n", "+++\n", "```", "|", "[", "]", "{", "}", "\\u", "\\ud800", "&#x110000;",
                           "&amp", "&#0;", "<REUTERS>", "</BODY>", "<TEXT>", "<DOC>", "<DOCNO>", " said ",
                           " according to ", "Mr. ", "1999-13-45", "0000-00-00", "9" * 16, "1e999", "👨‍👩‍👧", "e\u0301",
                           "İ", "ß", "ﬁ", "\u2028", "ſ", "A" * 3000, " " * 3000, "<" * 500, "(" * 500, "." * 500)
] + [b"\xff", b"\xc2\x9b"]


def samples():
    """Name and bytes of the files that are changed."""
    made = random.Random(attack.args.seed)
    for number in range(12):
        text = news.article(made)
        head, _, body = text.partition("\n\n")
        title, paragraphs = head.splitlines()[0].removeprefix("Headline: "), body.strip().split("\n\n")
        html = "".join(f"<p>{it}</p>" for it in paragraphs)
        record = json.dumps({"headline": title, "date": "2019-03-09", "author": "Vera Dahl", "text": body},
                            ensure_ascii=False)
        yield f"{number}.txt", text
        yield f"{number}.html", f"<!doctype html><html><head><title>{title}</title><meta property='article:published_time' content='2019-03-09'></head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{html}</article></body></html>"
        yield f"{number}.md", f"---\ntitle: {title}\ndate: 2019-03-09\ntags: [a, b]\n---\n# {title}\n\n{body}\n\n> A quoted line\n\n- an item\n\n| a | b |\n|---|---|\n| c | d |\n"
        yield f"{number}-toml.md", f"+++\ntitle = \"{title}\"\ndate = 2019-03-09\n+++\n{body}"
        yield f"{number}.json", record
        yield f"{number}.jsonl", f"{record}\n{record}\n"
        yield f"{number}.sgm", f"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"{number}\"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT><TITLE>{title}</TITLE><DATELINE>VELL, Feb 26 - </DATELINE><BODY>{body}</BODY></TEXT></REUTERS>\n"
        yield f"{number}-trec.sgm", f"<DOC>\n<DOCNO> NW{number} </DOCNO>\n<HEADLINE>{title}</HEADLINE>\n<TEXT>\n{body}\n</TEXT>\n</DOC>\n"


def mutate(data, other):
    data = bytearray(data)
    for _ in range(rng.choice([1, 2, 4, 8, 16, 64])):
        at, length = rng.randrange(len(data) + 1), rng.choice([1, 2, 8, 64, 1024, 8192])
        match rng.randrange(9):
            case 0 if data:
                data[at % len(data)] ^= 1 << rng.randrange(8)
            case 1:
                data[at:at] = rng.choice(TOKENS)
            case 2:
                del data[at:at + length]
            case 3:
                data[at:at] = data[at:at + length]
            case 4:
                data[at:at] = bytes(data[at:at + min(length, 64)]) * rng.choice([2, 20, 200])
            case 5:
                data[at:at + length] = rng.randbytes(min(length, 64))
            case 6:
                begin = rng.randrange(len(other) + 1)
                data[at:at] = other[begin:begin + length]
            case 7:
                data[at:at] = rng.choice(TOKENS) * rng.choice([1, 5, 100])
            case 8 if rng.random() < 0.2:
                del data[at:]
        del data[1_000_000:]
    return bytes(data)


def is_bad(ran, files):
    return ran.crashed or ran.hung or ran.code not in (
        0, 1, 2) or ran.mib > MEMORY_MIB_MAX or ran.cpu > CPU_SECONDS_MAX * files


def keep(path, what):
    kept = os.path.join(attack.work, f"fault-{attack.faults + 1}-{os.path.basename(path)}")
    shutil.copy(path, kept)
    attack.fault(kept, what)


def extract(paths):
    ran = run(attack.binary, "extract", "--format", "jsonl", *paths, cwd=attack.work, cpu=200)
    if is_bad(ran, len(paths)) or ran.cpu > 2 * CPU_SECONDS_MAX:
        for path in paths:
            alone = run(attack.binary, "extract", "--format", "jsonl", path, cwd=attack.work)
            if is_bad(alone, 1):
                keep(path, f"extract: exit {alone.code}, {alone.cpu:.1f} s, {alone.mib:.0f} MiB: {alone.said}")
    if obeyed(ran.out + ran.err):
        attack.fault("extract", f"prints {' '.join(obeyed(ran.out + ran.err))}")
    for line in ran.out.splitlines():
        try:
            passages = json.loads(line).get("passages") or []
        except ValueError as error:
            attack.fault("extract: no JSON", f"{error}: {line[:200]}")
            continue
        for passage in passages:
            for quote in passage["quotes"]:
                spans = quote["content"] + [
                    it for it in (quote["cue"], quote["mention"] if quote["mention_passage"] is None else None) if it
                ]
                if any(not 0 <= begin <= end <= len(passage["text"]) for begin, end in spans):
                    attack.fault("extract: a span outside of its passage", quote)
    attack.count("extract: mutated files", len(paths))


def annotate(lines):
    ran = run(attack.binary, "annotate", cwd=attack.work, cpu=100, stdin=("\n".join(lines) + "\n").encode(
        "utf-8", "surrogatepass"))
    if is_bad(ran, 4):
        path = os.path.join(attack.work, "annotate.jsonl")
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as out:
            out.write("\n".join(lines))
        keep(path, f"annotate: exit {ran.code}, {ran.cpu:.1f} s, {ran.mib:.0f} MiB: {ran.said}")
    elif ran.out.count(b"\n") != len(lines):
        attack.fault("annotate", f"{len(lines)} lines in, {ran.out.count(bytes([10]))} out")
    else:
        for given, got in zip(lines, ran.out.splitlines()):
            got = json.loads(got)
            text = json.loads(given)["text"] if got.get("quotes") else ""
            for quote in got.get("quotes", []):
                spans = [[quote["start"], quote["end"]], quote["speaker_span"] or [0, 0], quote["cue"] or [0, 0]]
                if any(not 0 <= begin <= end <= len(text) for begin, end in spans):
                    attack.fault("annotate: a span outside of its text", quote)
    attack.count("annotate: lines", len(lines))


pool = [(name, text.encode()) for name, text in samples()]
for at, _, names in os.walk(attack.args.samples):
    for name in sorted(names):
        with open(os.path.join(at, name), "rb") as file:
            pool.append((name, file.read(300_000)))
done = 0
while done < attack.args.count and attack.time_left():
    paths, lines = [], []
    for number in range(BATCH):
        name, data = rng.choice(pool)
        other = rng.choice(pool)[1]
        data = mutate(data, other)
        if rng.random() < 0.08:
            data = gzip.compress(data, 1)
            data = mutate(data, other) if rng.random() < 0.5 else data
        path = os.path.join(attack.work, f"m{number:02}-{name}")
        with open(path, "wb") as out:
            out.write(data)
        paths.append(path)
        text = data[:60_000].decode("utf-8", "replace")
        if rng.random() < 0.5:
            language = {"language": rng.choice(["es", "de", "xx", "", "en-US"])} if rng.random() < 0.2 else {}
            lines.append(json.dumps({"id": f"x{number}", "text": text, **language}))
        elif rng.random() < 0.2:
            lines.append(" ".join(text[:200].split("\n")))
    extract(paths)
    annotate([it for it in lines if it.strip()] or ["{}"])
    done += BATCH
attack.close()
