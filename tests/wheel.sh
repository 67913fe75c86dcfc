#!/bin/sh
# The installed package by itself: every command's help, and the main job on the data that ships inside it.
set -eu
run=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$run" --help > /dev/null
for command in import check build verify query get serve new; do
    "$run" "$command" --help > /dev/null
done
printf 'T Level in Tax\n\nThis T Level has one specialism: Tax.\n\nWork: Adviser.\n' | "$run" import - > /dev/null 2>&1
"$run" check > /dev/null 2>&1
"$run" build --out releases > /dev/null 2>&1
"$run" verify releases
"$run" query options-after-specialism --format csv > /dev/null
"$run" get /id/t-level/healthcare-science --accept text/turtle > /dev/null
echo "The wheel works."
