# 发票人页
issuer-title = 制票
issuer-lead = 票在这个页面里生成和打印。服务器只登记公开凭证，看不到票上的密码。
issuer-rehearsal = 演练
issuer-again = 重试
issuer-too-early = 监票人还没有生成密钥，暂时不能制票。生成后刷新本页。
issuer-too-late = 已经封存，票不能再增减。

issuer-counts-title = 每个票箱要多少张
issuer-counts-lead = 手机票发给用手机的人，纸质凭证留给用纸票的人，备用票供临时到场的人领取。发一张手机票就不再发纸票。
issuer-replaces = 已经登记过。重新制票会作废以前印的全部票。
issuer-col-box = 票箱
issuer-col-expected = 应到
issuer-col-phone = 手机票
issuer-col-paper = 纸质凭证
issuer-col-spare = 备用票
issuer-col-total = 合计
issuer-count-phone = { $category } 票：手机票张数
issuer-count-paper = { $category } 票：纸质凭证个数
issuer-count-spare = { $category } 票：备用票张数
issuer-problem-not-a-number = 请填 0 或正整数。
issuer-problem-none = 至少要有 1 张。
issuer-problem-too-many = 一个票箱最多 { $most } 张。
issuer-problem-short = 手机票和纸质凭证合计少于应到人数 { $expected }。
issuer-make = 制票并登记
issuer-making = 正在生成 { $category } 票……
issuer-registering = 正在登记 { $category } 票……

issuer-registered = 已登记。现在打印，并核对下面的名册指纹：封存后公告板上应当是同样的字符。
issuer-print-title = 打印
issuer-print-lead = A4 纸，每页 10 张，按虚线裁开。打印时选“实际大小”，不要页眉页脚。裁开后混在一起，让评议人自己抽。
issuer-roll = 名册指纹 { $fingerprint }
issuer-kind-phone = 手机票
issuer-kind-spare = 备用票
issuer-kind-sample = 样张
issuer-print-all = 打印{ $kind } { $slips } 张（{ $sheets } 页）
issuer-print-part = { $kind }第 { $part }/{ $parts } 份（{ $from }–{ $to } 页）
issuer-printed-again = 再印：{ $label }
issuer-laying-out = 正在排版……
issuer-sample = 看样张

issuer-slip-category = { $category } 票 · { $label }
issuer-slip-qr = 票的二维码
issuer-slip-how = 用手机扫码评议；扫不了，在浏览器打开网址，再输入下面的密码。
issuer-slip-foot = 不记名，不编号。截止前可以重投，以最后一次为准。不要拍照，不要转让。
issuer-slip-rehearsal = 演练
issuer-sheet-line = { $category } 票 · { $label } · { $kind } · 第 { $number } / { $of } 页 · 名册 { $fingerprint } · 此行裁去

issuer-reprint-title = 留一份加密的重印文件
issuer-reprint-lead = 打印机卡纸时可以凭它重印。不留也可以：关闭页面后，票上的密码就没有了。
issuer-paper-title = 纸票录入用的凭证
issuer-paper-lead = { $paper } 个纸质凭证，加密后交给监票人，用于把纸票投入同一个票箱。
issuer-passphrase = 口令
issuer-passphrase-hint = 至少 { $shortest } 个字符。
issuer-passphrase-again = 再输一次
issuer-passphrase-show = 显示口令
issuer-passphrase-short = 口令太短，至少要 { $shortest } 个字符。
issuer-passphrase-differs = 两次输入不一样。
issuer-save = 加密并下载
issuer-sealing = 正在加密……
issuer-forget-title = 结束
issuer-forget-lead = 印好、裁好以后，让页面忘掉票上的全部密码。
issuer-forget = 忘掉全部密码
issuer-forget-ask = 忘掉后，没有重印文件就不能再印。确定？
issuer-forgotten = 票上的密码已从本页清除，可以关闭页面。

issuer-reopen-title = 用重印文件再印
issuer-reopen-file = 重印文件
issuer-reopen = 打开
issuer-opening = 正在解密……
issuer-no-file = 先选择文件。

issuer-fault-link = 这个链接不能用了，请向组织者要新的链接。
issuer-fault-network = 连不上服务器。检查网络后再试。
issuer-fault-wrong-passphrase = 口令不对。
issuer-fault-bad-key-file = 这不是重印文件。
issuer-fault-other-appraisal = 这是另一次评议的重印文件。
issuer-fault-other = 出现意外：{ $detail }
