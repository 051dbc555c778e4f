# 评议人的手机页面、收据查验、手机查验。
booth-title = 评议
booth-category = { $code } 票 · { $label }
booth-rehearsal = 演练：这里投的票都不算数
booth-language = English
booth-main = 内容
booth-loading = 正在打开…
booth-offline = 没有网络。可以继续评议，投票时再连。
booth-online = 网络已恢复。
booth-memory-only = 这个浏览器不许保存内容，请不要关闭或刷新本页，否则要重新评。

# 票
booth-slip-heading = 请输入票上的密码
booth-slip-lead = 扫票上的二维码会自动填好。也可以照着票上的 22 个字符输入，分大小写，横线不用输。
booth-slip-label = 票上的密码
booth-slip-count = 已输入 { $count } / 22 个字符
booth-slip-foreign = “{ $chars }”不会出现在票上，请再看一遍。
booth-slip-long = 多了 { $extra } 个字符，请再看一遍。
booth-slip-short = 还少 { $left } 个字符。
booth-slip-whole = 22 个字符齐了。
booth-slip-corrected = 票上没有 0、O、I、l 这几个字符，已按 o 和 1 读取。
booth-slip-go = 继续
booth-slip-address = 票上的网址
booth-slip-address-hint = 像 http://主机/b/编号，也可以把二维码里的整个网址粘贴进来。
booth-slip-address-bad = 这不是票上的网址。
booth-wrong-slip-heading = 这张票不属于这个票箱
booth-wrong-slip-text = 公告板的名册里没有这张票。可能输错了字符，或者扫了别的会议的票。评分还在，改对密码就能接着投。

# 状态
booth-wait-heading = 还没有开始
booth-wait-text = 主持人宣布开始后，这一页会自己变，不用刷新。
booth-paused-heading = 投票暂停
booth-paused-text = 可以继续评，恢复以后才能投出。
booth-closed-heading = 投票已经结束
booth-closed-text = 票箱已封，不再收票。
booth-closed-lost = 这部手机上的评分没有投出。
booth-voided-heading = 这次评议已作废
booth-voided-text = 请听会场安排。
booth-missing-heading = 没有这个票箱
booth-missing-text = 网址不对，或者演练已经清除。请重新扫票上的二维码。
booth-unreachable-heading = 连不上服务器
booth-unreachable-text = 请看看手机是不是连着会场的无线网。连上后这一页会自己打开。
booth-try-now = 现在再试
booth-differs-heading = 表格与封存的不一致
booth-differs-text = 服务器给的表格和公告板上封存的对不上，所以不能在这里评。请告诉监票人。
booth-problem-heading = 没有投成
booth-problem-text = 服务器没有收这张票（{ $code }）。评分还在这部手机上，可以再投一次，或换一部手机。
booth-back-to-form = 回到评议表

# 开始
booth-intro-presenters = 共 { $count } 位述职人，每人评 { $items } 项。
booth-intro-presenters-one = 共 { $count } 位述职人，每人评一次。
booth-intro-secret = 不记名。您的评分在手机里加密，谁也打不开单独一张票，只能数出总数。
booth-intro-keeps = 评到一半锁屏或刷新，评分都还在这部手机上。
booth-intro-cast = 全部评完以后点“去投票”。结束以前可以用同一张票改投，最后一次算数。
booth-intro-start = 开始评议
booth-intro-continue = 接着评议

# 评议
booth-count = 第 { $at } 位，共 { $all } 位
booth-count-short = { $at }/{ $all }
booth-strip = 述职人
booth-strip-item = 第 { $at } 位，{ $name }，{ $state ->
    [done] 已评完
    [part] 评了一部分
   *[none] 未评
}
booth-now = 正在述职
booth-now-other = 正在述职：{ $name }
booth-now-go = 去评
booth-followed = 已转到正在述职的 { $name }
booth-last-year = 上年整改清单：{ $listed } 项，已销号 { $closed } 项
booth-last-open = 整改中
booth-last-closed = { $day } 销号
booth-last-answer = 答复：{ $answer }
booth-last-more = 另有 { $count } 项未列出
booth-opinion = 意见或建议（可以不写）
booth-opinion-hint = 意见单独加密，看不出是谁写的。请不要写自己的姓名。
booth-opinion-left = 还能写约 { $count } 个字
booth-opinion-too-long = 太长了，请删去约 { $count } 个字。
booth-previous = 上一位
booth-next = 下一位
booth-to-overview = 看总表
booth-overview = 总表

# 总表
booth-overview-heading = 总表
booth-overview-complete = { $count } 位都评完了。请核对，要改就点那一行。
booth-overview-missing = 还有 { $count } 位没有评完。
booth-unmarked = 未评
booth-opinion-written = 有意见
booth-fill-rest = 没评的都选“{ $grade }”
booth-next-missing = 接着评没评的
booth-cast = 去投票
booth-check-first = 投出前提醒
booth-warning-all-equal = 每一项都选了“{ $grade }”。
booth-warning-too-many = “{ $item }”给了 { $count } 个最高档，会议规定不超过 { $limit } 个。
booth-warning-note = 这只是提醒，要不要改由您定。只有这部手机知道。
booth-opinion-shorten = 有一条意见太长，请先删短。

# 备好
booth-preparing-heading = 正在备票
booth-preparing-text = 选票正在这部手机里加密，请稍等。
booth-preparing-share = 已完成 { $percent }%
booth-ready-heading = 选票备好了，还没有投出
booth-ready-text = 点下面的按钮，票才会投出。
booth-ready-cast = 投出这张票
booth-ready-code = 核对码
booth-ready-challenge = 不放心这部手机？先查验
booth-ready-challenge-text = 查验会把这张票公开拆给您看，然后作废，评分保留，再备一张新票。手机事先不知道您会不会查验，所以不敢作假。
booth-ready-challenge-go = 拆开查验，这张作废
booth-ready-back = 回去改

# 查验手机
booth-opened-heading = 这张票拆开了，没有投出，已作废
booth-opened-text = 用另一部手机扫这个码，看到的评分应当和您评的一样，核对码也应当一样。
booth-opened-qr = 查验这张作废票的二维码
booth-opened-warning = 二维码里有您这张作废票的评分，请只给自己信得过的设备看。
booth-opened-file = 保存查验文件
booth-opened-file-hint = 也可以在电脑上用命令 pingyi verify --challenge 查验这个文件。
booth-opened-again = 评分还在，重新备票

# 投出
booth-casting-heading = 正在投出
booth-casting-text = 公告板收到以后才算投出。请先不要关闭这一页。
booth-casting-retry = 网络不通，正在自动再试。锁屏或刷新也不要紧，票还在这部手机上。
booth-casting-paused = 投票暂停，恢复后会自动投出。

# 收据
booth-receipt-heading = 公告板收到了您的票
booth-receipt-text = 请留下收据。凭它可以查到您的票在公告板上、算进了总数，但看不出您怎么评的。
booth-receipt-tracker = 收据号
booth-receipt-height = 公告板第几条
booth-receipt-event = 这一条的指纹
booth-receipt-qr = 查验收据的二维码
booth-receipt-picture = 收据图片
booth-receipt-picture-hint = 长按图片可以保存到手机。
booth-receipt-save-picture = 存成图片
booth-receipt-save-text = 存成文字
booth-receipt-check = 现在查验
booth-receipt-replaced = 这张票后来改投过，作数的是最后一次。
booth-receipt-unknown = 公告板上没有找到这张票。请保留这张收据，告诉监票人。
booth-receipt-again = 改投
booth-receipt-again-text = 结束以前可以用同一张票再评一遍，最后一次算数。
booth-receipt-wiped = 评分已从这部手机上删去。
booth-receipt-forget = 从这部手机上删去收据
booth-receipt-forgotten = 收据已删去。
booth-opinions-waiting = 意见会在几秒后单独送出，这样看不出它和哪张票是一起的。请稍留片刻。
booth-opinions-sent = 意见已单独送出，不能再改。
booth-opinions-failed = 意见还没有送出，会自动再试。关掉这一页的话，下次打开时再送。
booth-opinions-refused = 意见没有被收下（{ $code }）。票已经投出，不受影响。
booth-picture-title = 投票收据
booth-picture-note = 只能证明这张票在公告板上，看不出怎么评的。

# 收据查验页
check-title = 查收据
check-heading = 查收据
check-lead = 收据号对应公告板上的一张票。这里查它在不在、算不算数。
check-box = 票箱编号
check-tracker = 收据号
check-tracker-bad = 收据号是 43 个字符，或 64 个十六进制字符。
check-box-bad = 票箱编号至少 14 个字母和数字。
check-go = 查
check-counted = 这张票在公告板上，算数。
check-counted-text = 它是这张票最后一次投的。
check-replaced = 这张票在公告板上，后来改投过。
check-replaced-text = 作数的是同一张票后来投的那一次。
check-unknown = 公告板上没有这张票。
check-unknown-text = 请核对收据号。如果收据是投票时得到的，请保留它，告诉监票人。
check-event-differs = 公告板上这一条和收据上的不一样。请保留收据，告诉监票人。
check-event-same = 位置和指纹与收据一致。
check-whole = 自己核对整块公告板
check-whole-text = 把整块公告板下载到这台设备，逐条核对链条，再找您的票。不用相信服务器的回答。
check-whole-running = 正在下载和核对…
check-whole-done = 公告板共 { $ballots } 张票，链条完整，末尾指纹：
check-whole-broken = 公告板有问题（{ $code }）。请告诉监票人。
check-failed = 查不了（{ $code }），请稍后再试。

# 手机查验页
challenge-title = 查验一部手机
challenge-heading = 查验一部手机
challenge-lead = 扫作废票的二维码会打开这一页，或者选一个查验文件。这里重新算一遍，看那部手机封进去的评分是不是它显示的。
challenge-file = 查验文件
challenge-running = 正在重新计算…
challenge-fine = 算得一致。这张作废票里的评分是：
challenge-code = 那部手机在您选择之前显示的核对码应当是
challenge-code-text = 请对一下。不一样就说明那部手机换过票，请告诉监票人。
challenge-wrong = 对不上。那部手机封进去的不是它显示的评分，请不要用它投票，并告诉监票人。
challenge-unreadable = 这不是查验文件或查验码（{ $code }）。
challenge-unreachable = 取不到这次选举的内容，请连上会场网络，或者改用查验文件。
challenge-question = 项目
challenge-mark = 评分
