# 命令行 pingyi 的全部文字。

cli-about = 评议：述职评议，封存的票人人可查
cli-arg-lang = 语言：zh-CN 或 en
cli-arg-help = 显示说明
cli-arg-version = 显示版本
cli-arg-default = （默认 { $value }）
cli-arg-variable = （环境变量 { $name }）
cli-head-usage = 用法：
cli-head-commands = 命令
cli-head-arguments = 参数
cli-head-options = 选项

cli-demo-about = 在临时文件夹里打开示范会议
cli-demo-arg-simulate = 先经 HTTP 走完整场会议，再留下服务
cli-demo-arg-listen = 监听地址
cli-demo-arg-base-url = 对外地址（票签上的二维码用它）
cli-demo-arg-pace = 每票之间的间隔（毫秒），便于看大屏
cli-demo-arg-bare = 只建用户，不建评议
cli-demo-arg-json = 以 JSON 输出地址和登录名

cli-serve-about = 启动服务
cli-serve-arg-data = 数据文件夹
cli-serve-arg-drill-max-pages = 演练磁盘已满：SQLite 最多几页
cli-serve-arg-database = PostgreSQL 地址；不写就用数据文件夹里的 SQLite
cli-serve-arg-listen = 监听地址
cli-serve-arg-base-url = 对外地址（票签上的二维码用它）
cli-serve-arg-tls-cert = TLS 证书链（PEM）
cli-serve-arg-tls-key = TLS 私钥（PEM）
cli-serve-arg-json-logs = 日志用 JSON

cli-simulate-about = 模拟一场完整的会议，核对公布的结果
cli-simulate-arg-raters = 评议人数
cli-simulate-arg-presenters = 述职人数
cli-simulate-arg-items = 每位述职人的测评项目数
cli-simulate-arg-categories = 类别：字母:权重 或 字母:权重:人数，以逗号分开
cli-simulate-arg-abstention = 增加“不了解”
cli-simulate-arg-tellers = 监票人、计票人的人数
cli-simulate-arg-threshold = 开票至少要几人
cli-simulate-arg-seed = 评分的随机种子；同样的种子，同样的评分
cli-simulate-arg-out = 存放公告板档案的文件夹
cli-simulate-arg-presealed = 先把票全部封好再投，只量服务器
cli-simulate-arg-plain = 每人只投一次，不写意见
cli-simulate-arg-at-once = 同时投票的人数
cli-simulate-arg-pace = 每票之间的间隔（毫秒）
cli-simulate-arg-url = 已在运行的服务的地址；不写就自己启动一个
cli-simulate-arg-login = 组织者的登录名
cli-simulate-arg-password = 组织者的密码
cli-simulate-arg-json = 以 JSON 输出量得的数字

cli-verify-about = 核对公告板档案，不需要服务和数据库
cli-verify-arg-files = 公告板档案 UUID.bel；旁边应有 UUID.proofs.json
cli-verify-arg-belenios = 别的程序所作的档案：按其格式能证明的来核对
cli-verify-arg-head = 会场公布的末端校验值（开头至少 8 位）；可多次给出，次序与档案相同
cli-verify-arg-json = 以 JSON 输出
cli-verify-arg-challenge = 核对手机的质询文件
cli-verify-arg-audit = 核对导出的操作日志

cli-verify-after = 退出码：0 全部无误（还没有结果的票箱：至今无误）；1 有问题，
    也包括档案在中间断掉；2 文件读不了，或者不是档案。

cli-issue-about = 离线制作票签
cli-issue-arg-uuid = 票箱的编号
cli-issue-arg-phone = 手机票签数
cli-issue-arg-paper = 纸质票用的凭据数
cli-issue-arg-spare = 备用票签数
cli-issue-arg-base-url = 服务的对外地址
cli-issue-arg-title = 票签上的会议名称
cli-issue-arg-category = 票签上的类别
cli-issue-arg-out = 输出文件夹
cli-issue-arg-link = 发票人的链接；给出就把名册交给服务器（最好不写在命令行里）

cli-backup-about = 备份成一个文件，服务不用停
cli-backup-arg-data = 数据文件夹
cli-backup-arg-drill-max-pages = 演练磁盘已满：SQLite 最多几页
cli-backup-arg-database = PostgreSQL 地址
cli-backup-arg-file = 备份文件

cli-restore-about = 从备份恢复到空的数据文件夹
cli-restore-arg-data = 数据文件夹
cli-restore-arg-drill-max-pages = 演练磁盘已满：SQLite 最多几页
cli-restore-arg-database = PostgreSQL 地址
cli-restore-arg-file = 备份文件

cli-admin-about = 在机器旁的管理
cli-admin-arg-data = 数据文件夹
cli-admin-arg-drill-max-pages = 演练磁盘已满：SQLite 最多几页
cli-admin-arg-database = PostgreSQL 地址
cli-admin-reset-password-about = 给用户一个新的临时密码
cli-admin-reset-password-arg-login = 登录名
cli-admin-add-admin-about = 增加一位管理员，给一个临时密码
cli-admin-add-admin-arg-login = 登录名
cli-admin-check-audit-about = 核对操作日志的校验链

cli-error = 出错：{ $what }
cli-error-app = { $reason }
cli-error-app-folder-in-use = 另一个服务正在使用这个数据文件夹。先停下它，或换一个文件夹（--data）。
cli-error-app-folder-not-writable = 数据文件夹不能写：{ $reason }。检查权限和磁盘，或换一个文件夹（--data）。
cli-error-app-disk-full = 磁盘已满，什么都没有改动。腾出空间后再试。
cli-error-app-newer-database = 数据由更新版本的程序写成：{ $reason }。请用那个版本打开。
cli-error-app-database-keeps-times = PostgreSQL 服务器记录每次提交的时间，也就会记下每张票的时间。请在它的设置中关闭 track_commit_timestamp，重启后再启动本程序。
cli-error-app-not-empty = 恢复只能放进空的地方。换一个数据文件夹（--data）或空的数据库。
cli-error-app-bad-backup = 备份文件不能用：{ $reason }
cli-error-client = 会议没有走完：{ $reason }
cli-error-wrong-result = 公布的结果与评分不符：{ $reason }
cli-error-listen = 不能监听 { $address }：{ $reason }。换一个地址（--listen），或停下占用它的程序。
cli-error-file = 文件 { $path }：{ $reason }
cli-error-serving = 服务停了：{ $reason }
cli-error-start = 程序不能启动：{ $reason }
cli-error-tls = TLS 文件 { $path } 不能用：{ $reason }
cli-error-uuid = “{ $text }”不是票箱的编号
cli-error-issuer-link = 发票人的链接不完整（应当含有 /issue#…）
cli-error-qr = 地址太长，二维码放不下（{ $address } 个字符）
cli-error-no-slips = 没有要做的票签：用 --phone、--paper 或 --spare 说明数量

cli-stage-ceremony = 制作密钥
cli-stage-slips = 制作票签
cli-stage-sealing = 封票
cli-stage-casting = 投票
cli-stage-receipts = 查收据
cli-stage-opening = 开票
cli-stage-verifying = 核对

cli-serving = 评议服务已启动：{ $address }
cli-setup-code = 还没有管理员。打开 { $address } ，输入一次性代码：{ $code }
cli-stopped = 评议服务已停止

cli-issue-public-file = 公开名册：{ $path }（交给服务器）
cli-issue-secret-file = 秘密文件：{ $path }（打印后销毁）
cli-issue-registered = 名册已交给服务器：{ $count } 个凭据
cli-issue-burn = 票签打印、打乱之后，把秘密文件删掉。谁看到它，谁就能替人投票。
cli-slip-how = 用手机扫码，或打开下面的地址再输入字母。

cli-simulate-meeting = 会议：{ $raters } 位评议人，{ $presenters } 位述职人 × { $items } 项 × { $grades } 档，{ $boxes } 个票箱
cli-simulate-presealed = 封票：事先完成，{ $seconds } 秒；下面只量服务器
cli-simulate-sealed-along = 封票：边投边封，与服务器争用处理器
cli-simulate-casting = 投票：{ $ballots } 张，{ $seconds } 秒，每秒 { $rate } 张，同时 { $at-once } 人
cli-simulate-latency = 从寄出到收据（秒）：p50 { $p50 }，p95 { $p95 }，p99 { $p99 }，最慢 { $max }
cli-simulate-opening = 开票：{ $tellers } 人，{ $shares } 份；从关箱到结果 { $close } 秒，从最后一份到结果 { $last } 秒
cli-simulate-equal = 公布的结果与评分完全相同；{ $count } 份档案已核对，存在 { $path }

cli-backup-done = 已备份到 { $path }（{ $bytes } 字节）
cli-restore-done = 已恢复到 { $path }（{ $bytes } 字节）
cli-admin-password = 用户 { $login } 的临时密码：{ $password } （登录后请更改）

cli-audit-sound = 操作日志完好：{ $entries } 条，末端校验值 { $head }
cli-audit-part = 这一部分操作日志无误：{ $entries } 条，末条校验值 { $head }。中间是否缺少，须核对全部日志才知道
cli-audit-faults = 操作日志有 { $count } 处问题：{ $entries } 条，末端校验值 { $head }
cli-audit-fault = 第 { $line } 行：{ $fault }
cli-audit-fault-not-an-entry = 不是日志
cli-audit-fault-not-canonical = 不是规范的写法
cli-audit-fault-wrong-hash = 内容与校验值不符
cli-audit-fault-wrong-parent = 与前一条接不上
cli-audit-fault-wrong-place = 序号不连续
cli-audit-fault-backwards = 时间早于前一条
cli-audit-fault-wrong-head = 末端与公布的不同
cli-audit-fault-wrong-anchor = 与封箱时写入票箱的日志校验值不符

cli-demo-open = 评议示范已打开。评分都是模拟的。
cli-demo-start = 首页
cli-demo-last-year = 去年的评议（已归档）
cli-demo-draft = 今年的评议（草稿）
cli-demo-rehearsal = 今年的评议（演练）
cli-demo-this-year = 今年的评议（模拟开会）
cli-demo-hall = 大屏
cli-demo-accounts = 登录名、密码、角色：
cli-demo-and = 、
cli-role-admin = 管理员
cli-role-organiser = 组织者
cli-role-leader = 领导
cli-role-recorder = 记录员
cli-role-auditor = 审计
cli-demo-slips = 可以试投的票签（字母是类别）：
cli-demo-stop = 按 Ctrl-C 停止，临时数据随之删除。

cli-error-head = “{ $text }”不是公告板的校验值（应是 8 至 64 个十六进制数字）
cli-error-too-many-heads = 给出的末端校验值比档案多
cli-error-challenge = 质询文件 { $path } 不能用：{ $reason }

cli-verify-box = { $file }　{ $name }
cli-verify-board = { "  " }票箱 { $uuid }：名册 { $roll } 个凭据，公告板上 { $ballots } 张票，计入 { $counted } 张；高度 { $height }，末端 { $head }
cli-verify-row = { "  " }{ $question }：{ $counts }
cli-verify-blank = 空白
cli-verify-checks = { "  " }核对了：{ $checks }
cli-verify-comma = ，
cli-verify-strong = { "  " }每一份开票都有严格证明
cli-verify-reservation = { "  " }不能担保：{ $text }
cli-verify-finding = { "  " }问题（{ $place }）：{ $text }
cli-verify-more = { "  " }……还有 { $count } 处问题
cli-verify-valid = { "  " }结论：全部核对无误。
cli-verify-open = { "  " }结论：至今无误；还没有结果。
cli-verify-findings = { "  " }结论：有 { $count } 处问题，不可采信。
cli-verify-unreadable = { "  " }结论：读不出来，不是完整的档案。
cli-verify-together = 共 { $count } 份档案，{ $good } 份无误。

cli-challenge-right = 质询的票 { $tracker } 里封着：
cli-challenge-compare = 与手机上显示的对照。不同，就说明那部手机不可信。
cli-challenge-wrong = 质询不成立：{ $reason }。那部手机不可信。

cli-check-records = 记录
cli-check-events = 链上事件
cli-check-setup = 设置
cli-check-roll = 名册凭据
cli-check-ballots = 票
cli-check-head = 公布的末端
cli-check-minimum = 最少票数
cli-check-tally-cells = 密文合计格
cli-check-tellers = 监票人密钥
cli-check-decryption-proofs = 开票证明
cli-check-strong-proofs = 严格证明
cli-check-share-consistency = 多余份额的一致
cli-check-result-cells = 结果格

cli-reservation-strong-absent = 没有严格证明，开票数字只凭原格式的证明（{ $text }）
cli-finding-archive-cut-short = 档案被截短（{ $text }）
cli-finding-record-hash = 记录与它的校验值不符（{ $text }）
cli-finding-record-header = 记录的头与规范不同（{ $text }）
cli-finding-record-unreferenced = 多余的记录（{ $text }）
cli-finding-event-order = 事件次序不对（{ $text }）
cli-finding-event-parent = 链断了（{ $text }）
cli-finding-event-height = 链的高度不连续（{ $text }）
cli-finding-event-payload = 事件与记录对不上（{ $text }）
cli-finding-head-differs = 末端与会场公布的不同（{ $text }）
cli-finding-strong-missing = 缺少严格证明文件（{ $text }）
cli-finding-strong-malformed = 严格证明文件读不懂（{ $text }）
cli-finding-tally-wrong = 密文合计与票不符（{ $text }）
cli-finding-tally-size-wrong = 合计的票数不符（{ $text }）
cli-finding-below-minimum = 票数低于最少票数却开了箱（{ $text }）
cli-finding-ballot-not-on-roll = 票的凭据不在名册上（{ $text }）
cli-finding-archive-no-header = 记录没有头（{ $text }）
cli-finding-ballot-repeated = 同一张票出现两次（{ $text }）
cli-finding-not-an-archive = 不是公告板档案（{ $text }）
cli-finding-input-failed = 读取失败（{ $text }）
cli-finding-record-padding = 记录的填充不是零（{ $text }）
cli-finding-record-name = 记录的名称不对（{ $text }）
cli-finding-record-missing = 缺少记录（{ $text }）
cli-finding-record-too-long = 记录太长（{ $text }）
cli-finding-record-not-text = 记录不是文字（{ $text }）
cli-finding-setup-missing = 没有设置（{ $text }）
cli-finding-setup-malformed = 设置读不懂（{ $text }）
cli-finding-setup-hashes = 设置与记录对不上（{ $text }）
cli-finding-election-malformed = 选举文件读不懂（{ $text }）
cli-finding-election-key = 票不是封给这些监票人的（{ $text }）
cli-finding-election-questions = 题目与设置不符（{ $text }）
cli-finding-roll-malformed = 名册读不懂（{ $text }）
cli-finding-roll-weighted = 名册里有带权重的凭据（{ $text }）
cli-finding-pingyi-missing = 缺少本系统的说明（{ $text }）
cli-finding-pingyi-malformed = 本系统的说明读不懂（{ $text }）
cli-finding-event-malformed = 事件读不懂（{ $text }）
cli-finding-share-repeated = 同一位监票人开了两次（{ $text }）
cli-finding-share-reference = 份额与记录对不上（{ $text }）
cli-finding-strong-repeated = 严格证明重复（{ $text }）
cli-finding-strong-unexpected = 多余的严格证明（{ $text }）
cli-finding-tally-malformed = 密文合计读不懂（{ $text }）
cli-finding-tally-reference = 密文合计与记录对不上（{ $text }）
cli-finding-tally-impossible = 密文合计不能重算（{ $text }）
cli-finding-tally-size-malformed = 合计的票数读不懂（{ $text }）
cli-reservation-foreign-archive = 别的程序所作的档案（{ $text }）
