# Papers.
err-papers_absent = The program pingyi-papers, which makes PDFs, is not installed yet. Run make papers in the program's folder and press again; until then this page prints from the browser.
err-paper_problems = The paper still lacks something and was not made.
err-missing_glyphs = No font here has some of the characters, so the paper was not made. Put a font that has them into the office's folder of fonts and make it again.
err-no_font = This machine has no Chinese font, so the paper was not made. Install Noto CJK (fonts-noto-cjk).
err-font_folder = The office's folder of fonts cannot be read, so the paper was not made. Look at --fonts of the server's start.
err-paper_slow = It took too long and was stopped; no half paper is left. Try again.
err-paper_memory = It wanted too much memory and was stopped; no half paper is left. Make a large paper in parts.
paper-glyph = { $character } ({ $code }): page { $pages }, { $places }
paper-rule-blank = It must not be empty.
paper-rule-control = It holds characters that cannot be used.
paper-rule-too_long = It is too long.
paper-rule-too_many = It has too many rows.
paper-rule-empty = It needs one at least.
paper-rule-width = It has another number of columns.
paper-rule-contradiction = Some of its numbers contradict each other.
