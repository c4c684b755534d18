#!/usr/bin/env bash
# Makes the pictures of README, search.png and article.png: pages of the sample archive in Chromium.
# Needs chromium and pngquant. MORGUE is the program; without it, it is built.
set -euo pipefail
cd "$(dirname "$0")/.."

if test -z "${MORGUE:-}"; then
  cargo build --release --locked
  MORGUE="$PWD/target/release/morgue"
fi

room=$(mktemp -d)
server=""
leave() { test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$room"; }
trap leave EXIT

# A copy: lists are made in it.
cp -r corpus morgue.toml "$room/"
(
  cd "$room"
  "$MORGUE" ingest --quiet
  "$MORGUE" list new sirens 'siren since:2018' --title 'The silent sirens' >/dev/null
)
# Ids are those of the sample; the archive is asked for them.
article=$(cd "$room" && "$MORGUE" search '"signed the form" headline:gates' --format json --limit 1 |
  grep -o '"article": *"[^"]*"' | head -n 1 | cut -d '"' -f 4)
test -n "$article"

(cd "$room" && exec "$MORGUE" serve --port 0 --no-token) >"$room/address" 2>/dev/null &
server=$!
for _ in $(seq 100); do test -s "$room/address" && break; sleep 0.1; done
address=$(head -n 1 "$room/address")

# picture NAME PATH HEIGHT
picture() {
  chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$room/profile" \
    --window-size="1200,$3" --screenshot="$room/$1" "${address%/}$2" 2>/dev/null
  pngquant --force --strip --speed 1 --output "docs/$1" 32 "$room/$1"
  printf '%s: %s bytes\n' "docs/$1" "$(wc -c <"docs/$1")"
}

picture search.png '/search?q=siren+since:2012' 900
picture article.png "/a/$article?q=siren+form" 900
