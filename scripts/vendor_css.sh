#!/bin/sh
# Fetch and build what the pages borrow from others: Designsystemet's CSS, our theme for it, two typefaces
# and the accessibility checker used by the browser tests. The result is committed, so neither running,
# testing nor deploying the portal needs npm. Only a maintainer who changes a version runs this.
#
#     scripts/vendor_css.sh
#
# Needs node >= 20.20.2 with npm, and python3 with venv. Look at the gallery (/galleri/) afterwards.
set -eu

DS=1.22.0          # @digdir/designsystemet-css
DS_CLI=1.15.0      # @digdir/designsystemet, builds the theme from designsystemet.config.json
INTER=5.3.0        # @fontsource-variable/inter
SCHIBSTED=5.3.0    # @fontsource-variable/schibsted-grotesk
AXE=4.14.1         # axe-core
FONTTOOLS=4.68.0   # fonttools, cuts the typefaces down to the letters we use

cd "$(dirname "$0")/.."
rot=$PWD
arbeid=$(mktemp -d)
trap 'rm -rf "$arbeid"' EXIT

hent() {  # package@version -> $arbeid/<folder>/package
    mkdir -p "$arbeid/$2"
    (cd "$arbeid/$2" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz)
}
hent "@digdir/designsystemet-css@$DS" ds
hent "@fontsource-variable/inter@$INTER" inter
hent "@fontsource-variable/schibsted-grotesk@$SCHIBSTED" schibsted
hent "axe-core@$AXE" axe

# 1. Designsystemet and our theme
ut=$rot/static/designsystemet
mkdir -p "$ut"
# All of it but the parts no page of ours uses (most of them need script): 5 kB less for every first visit.
python3 - "$arbeid/ds/package/dist/src/index.css" "$ut/designsystemet.css" <<'SLUTT'
import re, sys
UTEN = ("popover{", "dialog{", "dropdown{", "tabs ", "skeleton{", "tooltip]", "spinner{", "avatar", "textfield{")
deler = re.split(r"(?=@layer ds\.\w+\{)", open(sys.argv[1], encoding="utf-8").read())
hode = re.compile(r"@layer ds\.components\{[^{]*\{?")
beholdt = [d for d in deler if not any(u in hode.match(d)[0] for u in UTEN if hode.match(d))]
open(sys.argv[2], "w", encoding="utf-8").write("".join(beholdt))
print(f"designsystemet.css: kept {len(beholdt)} of {len(deler)} parts")
SLUTT
cp "$arbeid/ds/package/LICENSE" "$ut/LICENSE"
mkdir "$arbeid/tema"
cp scripts/designsystemet.config.json "$arbeid/tema/"
(
    cd "$arbeid/tema"
    npm install --silent --no-audit --no-fund --no-save "@digdir/designsystemet@$DS_CLI"
    npx designsystemet tokens create --clean >/dev/null
    npx designsystemet tokens build --clean >/dev/null
)
cp "$arbeid/tema/design-tokens-build/portal.css" "$ut/tema.css"
cat >"$ut/VERSJON" <<SLUTT
designsystemet.css  @digdir/designsystemet-css $DS (MIT), dist/src/index.css
                    without popover, dialog, dropdown, tabs, skeleton, tooltip, spinner, avatar, combobox
tema.css            built by @digdir/designsystemet $DS_CLI from scripts/designsystemet.config.json
Made by scripts/vendor_css.sh. Do not edit; our own rules are in static/css/portal/.
SLUTT

# 2. Typefaces: Latin for the first view, the Sámi letters in files of their own that only pages with such letters fetch
python3 -m venv "$arbeid/venv"
"$arbeid/venv/bin/pip" install --quiet "fonttools==$FONTTOOLS" brotli
PATH=$arbeid/venv/bin:$PATH
ut=$rot/static/fonts
mkdir -p "$ut"
inter=$arbeid/inter/package/files
schibsted=$arbeid/schibsted/package/files
samisk=U+010C-010D,U+0110-0111,U+014A-014B,U+0160-0161,U+0166-0167,U+017D-017E,U+01B7,U+01E4-01E9,U+01EE-01EF,U+0292
cp "$inter/inter-latin-wght-normal.woff2" "$ut/inter.woff2"
pyftsubset "$inter/inter-latin-ext-wght-normal.woff2" --unicodes=$samisk --flavor=woff2 --layout-features='*' \
    --output-file="$ut/inter-samisk.woff2"
fonttools varLib.instancer --quiet --no-recalc-timestamp "$schibsted/schibsted-grotesk-latin-wght-normal.woff2" wght=500:800 -o "$arbeid/s.ttf"
pyftsubset "$arbeid/s.ttf" --flavor=woff2 --layout-features=kern,liga,tnum,lnum,mark \
    --unicodes=U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2190-2193,U+2212 \
    --output-file="$ut/schibsted.woff2"
pyftsubset "$schibsted/schibsted-grotesk-latin-ext-wght-normal.woff2" --unicodes=$samisk --flavor=woff2 \
    --output-file="$ut/schibsted-samisk.woff2"
{
    echo "Inter: @fontsource-variable/inter $INTER"; echo; cat "$arbeid/inter/package/LICENSE"
    echo; echo "Schibsted Grotesk: @fontsource-variable/schibsted-grotesk $SCHIBSTED"; echo; cat "$arbeid/schibsted/package/LICENSE"
} >"$ut/LICENSE"
cat >"$ut/VERSJON" <<SLUTT
inter.woff2             @fontsource-variable/inter $INTER (OFL-1.1), latin, unchanged
inter-samisk.woff2      the same family, latin-ext, cut down to the Sámi letters
schibsted.woff2         @fontsource-variable/schibsted-grotesk $SCHIBSTED (OFL-1.1), weights 500-800, cut down to Latin-1 and punctuation
schibsted-samisk.woff2  the same family, latin-ext, cut down to the Sámi letters
Made by scripts/vendor_css.sh with fonttools $FONTTOOLS.
SLUTT

# 3. The accessibility checker of the browser tests, unmodified (MPL-2.0, its notice is the first comment)
mkdir -p "$rot/tests/nettleser"
cp "$arbeid/axe/package/axe.min.js" "$rot/tests/nettleser/axe.min.js"
