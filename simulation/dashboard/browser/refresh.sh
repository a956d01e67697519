#!/usr/bin/env bash
# Fetch anew what a browser needs of Solara, with npm. Only needed when Solara asks for other versions (a test says so).
set -euo pipefail
cd "$(dirname "$0")"
app=@widgetti/solara-vuetify-app@10.1.1
require=requirejs@2.3.6
grid=@widgetti/vue-grid-layout@2.3.13-alpha.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for package in "$app" "$require" "$grid"; do
  archive=$(cd "$work" && npm pack --silent "$package")
  mkdir -p "$work/$package"
  tar xzf "$work/$archive" -C "$work/$package" --strip-components=1
done
mkdir -p "$app/dist" "$require" "$grid/dist"
cp "$work/$app/dist/"{solara-vuetify-app8.min.js,solara-vuetify-app8.min.js.LICENSE.txt,main8.css} "$app/dist/"
cp "$work/$require/require.js" "$require/"
cp "$work/$grid/dist/vue-grid-layout.umd.js" "$grid/dist/"
cp "$work/$grid/LICENSE" "$grid/"
