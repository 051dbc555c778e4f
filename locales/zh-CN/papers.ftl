# 文书。
err-papers_absent = 生成 PDF 的程序 pingyi-papers 还没有装好。在程序所在的文件夹运行 make papers，装好后再按一次；现在可以用浏览器打印本页。
err-paper_problems = 这份文书还缺内容，没有生成。
err-missing_glyphs = 有的字现有字体里没有，没有生成。把有这些字的字体放进单位的字体文件夹，再生成一次。
err-no_font = 这台机器没有中文字体，没有生成。请安装 Noto CJK（fonts-noto-cjk）。
err-font_folder = 单位的字体文件夹读不出来，没有生成。请检查启动时写的 --fonts。
err-paper_slow = 生成太久，已经停下，没有留下半份。请再试一次。
err-paper_memory = 内存不够，已经停下，没有留下半份。内容太多时请分开生成。
paper-glyph = { $character }（{ $code }）：第 { $pages } 页，{ $places }
paper-rule-blank = 不能空着。
paper-rule-control = 有不能用的字符。
paper-rule-too_long = 太长。
paper-rule-too_many = 行数太多。
paper-rule-empty = 至少要有一项。
paper-rule-width = 列数对不上。
paper-rule-contradiction = 几个数字互相矛盾。
