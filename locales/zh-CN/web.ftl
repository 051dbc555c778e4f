# 服务器页面：框架、首页、登录、用户、审计、公告板
web-brand = 评议
web-count = { $n } 个
web-skip = 跳到正文
web-rehearsal = 演练
web-rehearsal-bar = 演练 REHEARSAL · 这里的一切都不作数，可以一键清除
web-nav-label = 主菜单
web-lang-switch = English
web-logout = 退出
web-login = 登录
web-search = 查找
web-export = 导出所见
web-print = 打印
web-copy = 复制
web-save = 保存
web-cancel = 取消
web-pair = { $a }：{ $b }
web-list-comma = 、
web-app-starting = 正在打开……
web-app-needs-script = 这个页面要用到 JavaScript。请在浏览器设置里打开，或换一个浏览器。

nav-home = 首页
nav-appraisals = 评议
nav-admin = 管理

title-booth = 测评
title-check = 查收据
title-challenge = 检验手机
title-teller = 监票计票
title-issuer = 发票
title-hall = 大屏

login-title = 登录
login-name = 登录名
login-password = 密码
login-submit = 登录
login-raters = 参加测评的人不用登录：扫评议票上的二维码即可。
login-first-time = 第一次使用，设置管理员

first-title = 设置第一位管理员
first-lead = 程序启动时，窗口里印出了一个一次性代码。用它建立第一个账号。
first-code = 一次性代码
first-code-hint = 在运行 pingyi 的窗口里，用过即失效。
first-submit = 建立账号

user-name = 姓名
user-login = 登录名
user-password = 密码
user-password-hint = 至少 10 个字符。
user-new-password = 新密码
user-new-password-hint = 不改就留空。
user-roles = 角色

role-admin = 管理员
role-admin-hint = 管用户、看审计与运行状况
role-organiser = 组织者
role-organiser-hint = 设置并主持评议
role-teller = 监票人、计票人
role-teller-hint = 看评议的进展；开箱凭链接和密钥
role-leader = 领导
role-leader-hint = 点评；公布后看结果
role-presenter = 述职人
role-presenter-hint = 公布后看结果
role-recorder = 记录员
role-recorder-hint = 本单位的台账
role-auditor = 审计
role-auditor-hint = 只看：结果、公告板、审计记录

home-title = 眼下要办
home-empty-title = 还没有评议
home-empty-organiser = 新建一个评议，系统会放好一张常用的测评表。先排练一遍，再正式开。
home-empty-other = 组织者建好评议后，这里会列出要办的事。
home-all = 全部 { $n } 个评议

appraisals-title = 评议
appraisals-new = 新建评议
appraisals-empty-title = 还没有评议
appraisals-name = 名称
appraisals-year = 年度
appraisals-state = 状态
appraisals-next = 下一步

admin-label = 管理
admin-users = 用户
admin-audit = 审计记录
admin-health = 运行状况

users-title = 用户
users-new = 添加用户
users-add = 添加
users-edit = 修改
users-edit-who = 修改 { $name }

audit-title = 审计记录
audit-lead = 每一条都写着上一条的指纹，改动或抽走任何一条都会断开。导出的文件可以离线核对。
audit-export = 导出全部
audit-empty = 还没有记录。
audit-count = { $n } 条
audit-number = 序号
audit-time = 时间
audit-actor = 谁
audit-action = 做了什么
audit-detail = 内容
audit-hash = 指纹
audit-older = 更早的

health-title = 运行状况
health-checks = 检查
health-facts = 概况
health-database = 数据库
health-database-ok = 能读能写
health-database-bad = 不能用
health-files = 佐证文件
health-files-ok = { $n ->
    [0] 还没有
   *[other] { $n } 个，共 { $size }
}
health-files-missing = 缺 { $n } 个。运行 pingyi admin check-files 查看
health-files-bad = 文件存储没有响应
health-assets = 网页文件
health-assets-ok = 齐全
health-assets-missing = 缺：{ $files }。在 frontend/ 里运行 npm ci && npm run build
health-tls = 加密连接
health-tls-on = 开着
health-tls-off = 没有。局域网里可以用；有人能改动网络时，他也能换掉网页
health-audit = 审计链
health-audit-ok = 完整，{ $n } 条
health-audit-latest = 最近 { $a } 条完整，共 { $b } 条；全部核对用 pingyi admin check-audit
health-audit-bad = 第 { $n } 条断开
health-version = 版本
health-engine = 数据库
health-public-url = 对外地址
health-now = 服务器时间

board-title = 公告板
board-open = 公告板
board-lead = 每个票箱的全部密封票都在这里，任何人都可以下载核对。票上没有姓名、时间、设备。
board-uuid = 票箱编号
board-height = 记录条数
board-verify-title = 自己核对
board-verify-lead = 把上面的文件下到一个文件夹，用本程序核对（不用联网，不用数据库）：
board-verify-belenios = 也可以用别人写的程序核对（Debian 13 以上的 belenios-tool）：
board-receipt-title = 查我的票
board-receipt-lead = 手机上留着收据的人，可以查自己的票在不在票箱里。
board-receipt-go = 查收据

error-id = 编号
error-home = 回首页
error-title-404 = 没有这一页
error-title-401 = 要先登录
error-title-403 = 你的角色不能看这一页
error-title-500 = 服务器出了错
error-title-other = 这一步没有办成
