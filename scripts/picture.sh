#!/bin/sh
# Pictures of what people see: FILE.xlsx as it prints (one PNG a page), FILE.html as a reader shows it.
# usage: scripts/picture.sh FILE.xlsx OUT.png [DPI]        OUT.png, OUT-2.png, …
#        scripts/picture.sh FILE.html OUT.png [WIDTH] [HEIGHT]
set -eu

needs() {
    command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install --no-install-recommends $2" >&2; exit 2; }
}

[ $# -ge 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
[ -r "$1" ] || { echo "$1: cannot be read" >&2; exit 2; }
in=$1 out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# The fonts that workbooks name are on Windows; here their nearest free relatives stand in.
needs fc-match fontconfig
[ -n "$(fc-list :lang=zh-cn)" ] ||
    { echo "no Chinese font: apt-get install fonts-noto-cjk" >&2; exit 2; }
cat >"$work/fonts.conf" <<XML
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="same"><family>Microsoft YaHei</family>
    <prefer><family>Noto Sans CJK SC</family><family>WenQuanYi Micro Hei</family></prefer></alias>
  <alias binding="same"><family>Arial</family>
    <prefer><family>Liberation Sans</family><family>Noto Sans CJK SC</family></prefer></alias>
</fontconfig>
XML
export FONTCONFIG_FILE="$work/fonts.conf"

case $in in
*.html)
    needs chromium chromium
    cp "$in" "$work/page.html"
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=2 \
        --user-data-dir="$work/profile" --window-size="${3:-720},${4:-1000}" \
        --screenshot="$work/page.png" "file://$work/page.html" >/dev/null 2>"$work/log" ||
        { cat "$work/log" >&2; exit 1; }
    mv "$work/page.png" "$out"
    ;;
*)
    needs soffice libreoffice-calc
    needs pdftoppm poppler-utils
    cp "$in" "$work/book.${in##*.}"
    soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf \
        --outdir "$work" "$work/book.${in##*.}" >"$work/log" 2>&1 && [ -s "$work/book.pdf" ] ||
        { cat "$work/log" >&2; exit 1; }
    pdftoppm -r "${3:-110}" -png "$work/book.pdf" "$work/page"
    number=1
    for page in "$work"/page-*.png; do
        if [ "$number" = 1 ]; then mv "$page" "$out"; else mv "$page" "${out%.png}-$number.png"; fi
        number=$((number + 1))
    done
    ;;
esac
