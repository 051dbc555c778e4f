# 命令行 pingyi 的全部文字。

cli-about = 评议：述职评议，封存的票人人可查
cli-arg-lang = 语言：zh-CN 或 en
cli-arg-help = 显示说明
cli-arg-version = 显示版本
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

cli-serve-about = 启动服务
cli-serve-arg-data = 数据文件夹
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
cli-simulate-arg-password = 组织者的密码（或环境变量 PINGYI_PASSWORD）
cli-simulate-arg-json = 以 JSON 输出量得的数字

cli-verify-about = 核对公告板档案，不需要服务和数据库
cli-verify-arg-files = 公告板档案 UUID.bel；旁边应有 UUID.proofs.json
cli-verify-arg-belenios = 别的程序所作的档案：按其格式能证明的来核对
cli-verify-arg-head = 会场公布的末端校验值（开头至少 8 位）；可多次给出，次序与档案相同
cli-verify-arg-json = 以 JSON 输出
cli-verify-arg-challenge = 核对手机的质询文件
cli-verify-arg-audit = 核对导出的操作日志

cli-issue-about = 离线制作票签
cli-issue-arg-uuid = 票箱的编号
cli-issue-arg-phone = 手机票签数
cli-issue-arg-paper = 纸质票用的凭据数
cli-issue-arg-spare = 备用票签数
cli-issue-arg-base-url = 服务的对外地址
cli-issue-arg-title = 票签上的会议名称
cli-issue-arg-category = 票签上的类别
cli-issue-arg-out = 输出文件夹

cli-backup-about = 备份成一个文件，服务不用停
cli-backup-arg-data = 数据文件夹
cli-backup-arg-database = PostgreSQL 地址
cli-backup-arg-file = 备份文件

cli-restore-about = 从备份恢复到空的数据文件夹
cli-restore-arg-data = 数据文件夹
cli-restore-arg-database = PostgreSQL 地址
cli-restore-arg-file = 备份文件

cli-admin-about = 在机器旁的管理
cli-admin-arg-data = 数据文件夹
cli-admin-arg-database = PostgreSQL 地址
cli-admin-reset-password-about = 给用户一个新的临时密码
cli-admin-reset-password-arg-login = 登录名
cli-admin-new-code-about = 第一位管理员的一次性代码作废重发
cli-admin-check-audit-about = 核对操作日志的校验链
