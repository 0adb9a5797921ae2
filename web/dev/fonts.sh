#!/bin/sh
# Makes src/fonts from the package @fontsource/be-vietnam-pro: the letters that the page writes, without the instructions for
# coarse screens, which are half of each file. Needs fontTools and brotli:  python3 -m pip install fonttools brotli
set -eu
cd "$(dirname "$0")/.."
package=node_modules/@fontsource/be-vietnam-pro
letters='U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303,U+0309'
letters="$letters,U+0323,U+1EA0-1EF9,U+2010-2026,U+2030,U+2039-203A,U+20AB,U+2190-2193,U+2212,U+2248,U+2264-2265"
for part in latin vietnamese; do
  for weight in 400 600; do
    pyftsubset "$package/files/be-vietnam-pro-$part-$weight-normal.woff2" --unicodes="$letters" --flavor=woff2 --no-hinting \
      --layout-features='kern,mark,mkmk,ccmp,locl' --output-file="src/fonts/be-vietnam-pro-$part-$weight.woff2"
  done
done
cp "$package/LICENSE" src/fonts/OFL.txt
