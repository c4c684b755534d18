#!/usr/bin/env python3
"""Damages the files of an index: each kind of damage on each kind of file, then damage at random.

A fault is a crash, a panic, a hang, memory above 1 GiB; an answer that is wrong while `check` finds
the index sound; a refusal that does not name the command that rebuilds; damage that `ingest
--rebuild` does not mend. Answers that are wrong without a word while `check` does see the damage
are counted, since only `check` looks at checksums (docs/ARCHITECTURE.md); so are ingests that go
through and leave the damage.
"""
import os
import re

from attack import Attack, replace_folder
import news

attack = Attack(__doc__, seconds=600, cases=240, files=200)
rng = attack.random
archive = attack.archive("archive")
news.corpus(archive.path("corpus"), attack.args.files, attack.args.seed)
archive.ingest()
for path in archive.articles()[:6:2]:  # deletes in the index
    os.unlink(path)
with open(archive.articles()[9], "a", encoding="utf-8") as out:
    out.write("\nThe harbor was dredged once more.\n")
archive.ingest()
index, whole = archive.path("index"), os.path.join(attack.work, "whole")
replace_folder(index, whole)
COMMANDS = [["search", "--format", "jsonl", "-q", "-n", "200", "--", it] for it in news.QUERIES
           ] + [["quotes", "lund", "--all", "--format", "jsonl", "-q"], ["speakers", "--format", "jsonl", "-q"],
                ["status"], ["facets", "speaker", "harbor", "--format", "jsonl"], ["similar", "--format", "jsonl"],
                ["show", "corpus/desk-05/00005.txt", "--format", "json"],
                ["search", "--sort", "newest", "--format", "jsonl", "-q", "dam*"]]


def output(command, ran):
    """What a command answers, without what it says of the disk."""
    return ran.out.split(b"holds")[-1] if command == ["status"] else ran.out


truth = [output(it, archive.run(*it)) for it in COMMANDS]
files = sorted(it for it in os.listdir(whole) if not it.endswith(".lock") and it != "README.md")


def kind_of(name):
    return name.rsplit(".", 1)[-1] if re.match(r"[0-9a-f]{32}", name) else name


def damage(data, kind):
    """The bytes with one damage; `None` for a file that is gone."""
    data = bytearray(data)
    at = rng.randrange(len(data)) if data else 0
    length = min(len(data) - at, rng.choice([16, 512, 4096]))
    match kind:
        case "gone":
            return None
        case "empty":
            return b""
        case "cut":
            return bytes(data[:at])
        case "more":
            return bytes(data) + rng.randbytes(64)
        case "twice":
            return bytes(data) * 2
        case "bit" if data:
            data[at] ^= 1 << rng.randrange(8)
        case "tail bit" if data:  # lengths and offsets stand near the end
            data[-1 - rng.randrange(min(200, len(data)))] ^= 1 << rng.randrange(8)
        case "zeros":
            data[at:at + length] = bytes(length)
        case "noise":
            data[at:at + length] = rng.randbytes(length)
        case "moved" if len(data) > 64:  # a block of the file in another place
            source = rng.randrange(len(data) - 32)
            data[at:at + length] = data[source:source + length]
    return bytes(data)


KINDS = ("gone", "empty", "cut", "bit", "tail bit", "zeros", "noise", "more", "twice", "moved")


def cases():
    """Each kind of damage on the largest file of each kind, then any on any."""
    largest = {}
    for name in sorted(files, key=lambda it: os.path.getsize(os.path.join(whole, it))):
        largest[kind_of(name)] = name
    for name in largest.values():
        for kind in KINDS:
            yield kind, name
    while True:
        yield rng.choice(KINDS), rng.choice(files)


def attack_one(number, kind, name):
    replace_folder(whole, index)
    with open(os.path.join(whole, name), "rb") as file:
        before = file.read()
    after = damage(before, kind)
    if after == before:
        return
    where = f"{kind} in {kind_of(name)} (case {number})"
    if after is None:
        os.unlink(os.path.join(index, name))
    else:
        archive.write(f"index/{name}", after)
    check = archive.run("check", cpu=20)
    attack.watch(f"{where}: check", check)
    seen = check.code != 0
    refused = wrong = 0
    for at in rng.sample(range(len(COMMANDS)), 7):
        ran = archive.run(*COMMANDS[at], cpu=20)
        attack.watch(f"{where}: {' '.join(COMMANDS[at])}", ran)
        if ran.code == 2:
            refused += 1
            if "--rebuild" not in ran.said and "morgue ingest" not in ran.said and not ran.crashed:
                attack.fault(f"{where}: refused without the command that rebuilds", ran.said)
        elif output(COMMANDS[at], ran) != truth[at]:
            wrong += 1
    attack.count(f"{kind_of(name)}: " + ("refused" if refused else "silently wrong" if wrong else "answers right") +
                 (", check sees it" if seen else ", check sees nothing"))
    if wrong and not seen:
        attack.fault(where, "wrong answers, and check finds the index sound")
    if number % 5 == 0:
        mend(where, number, seen)


def mend(where, number, seen):
    """An ingest over the damage, and the way out of it."""
    archive.write("corpus/desk-00/later.txt", f"The harbor of number {number} was opened.\n\nThe bridge was not.\n")
    over = archive.run("ingest", "-q", cpu=120)
    attack.watch(f"{where}: ingest over it", over)
    still = archive.run("check", cpu=20).code != 0
    attack.count("ingest over damage: " + (
        "refused" if over.code else "went through, check sees damage" if still else "went through, sound then"))
    rebuilt, check = archive.run("ingest", "-q", "--rebuild", cpu=120), archive.run("check")
    if rebuilt.code != 0 or check.code != 0:
        attack.fault(f"{where}: --rebuild does not help", f"{rebuilt.code} {rebuilt.said} {check.said}")
    os.unlink(archive.path("corpus/desk-00/later.txt"))


for number, (kind, name) in enumerate(cases(), 1):
    if number > attack.args.cases or not attack.time_left():
        break
    attack_one(number, kind, name)
attack.close()
