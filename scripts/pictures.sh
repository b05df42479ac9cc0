#!/bin/sh
# Makes the pictures of the README from the demo's own output, as people see it.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

.venv/bin/mailflow demo "$work/demo" >/dev/null
.venv/bin/python scripts/unpack_outbox.py "$work/demo/outbox/new" "$work"
mkdir -p docs/pictures
sh scripts/picture.sh "$work/dispatch-list.xlsx" docs/pictures/dispatch-list.png 80
sh scripts/picture.sh "$work/returned-workbook.xlsx" "$work/returned.png" 80
cp "$work/returned-2.png" docs/pictures/returned-workbook.png
sh scripts/picture.sh "$work/digest.html" docs/pictures/digest.png 640 860
.venv/bin/mailflow explain --config "$work/demo/config.yaml" "$work/demo/mails/02-loose-tins.eml" \
    --html "$work/reading.html" >/dev/null
sh scripts/picture.sh "$work/reading.html" docs/pictures/reading.png 1180 1090
