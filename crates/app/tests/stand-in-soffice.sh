#!/bin/sh
# Stands in for LibreOffice where a test is about what happens around it: a PDF with no page in it.
while [ -e "${0}.slow" ]; do sleep 0.05; done
[ ! -e "${0}.broken" ] || exit 0
printf '%%PDF-1.7\n%% of %s\n%%%%EOF\n' "$(wc -c < slides.pptx)" > out/slides.pdf
