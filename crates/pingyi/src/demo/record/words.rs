//! What made-up things are called.

/// First halves of firms' names.
pub(super) const FIRST: &[&str] = &[
    "鑫", "宏", "博", "华", "恒", "瑞", "嘉", "腾", "凯", "德", "联", "万", "同", "永", "新", "锦",
    "盛", "中", "广", "海",
];
/// Second halves.
pub(super) const SECOND: &[&str] = &[
    "达", "源", "泰", "丰", "兴", "创", "通", "信", "成", "隆", "美", "康", "顺", "润", "捷", "和",
    "业", "佳", "平", "辉",
];
/// Thirds, so that names seldom repeat.
pub(super) const THIRD: &[&str] = &[
    "", "", "佰", "易", "云", "优", "众", "智", "诚", "远", "元", "立",
];

/// Sector: its code, what a firm of it calls its trade, and how many there are in a market, a trade city or a factory park.
pub(super) const SECTORS: &[(&str, &[&str], [i64; 3])] = &[
    ("internet", &["网络科技", "信息技术", "软件"], [2, 18, 6]),
    ("e_commerce", &["电子商务", "跨境电商"], [6, 32, 6]),
    ("wholesale", &["贸易", "商贸", "农产品"], [58, 24, 10]),
    ("logistics", &["物流", "供应链"], [14, 10, 10]),
    (
        "manufacturing",
        &["电子", "五金制品", "塑胶制品", "精密机械"],
        [0, 2, 54],
    ),
    ("catering", &["餐饮管理", "食品"], [14, 6, 4]),
    ("services", &["物业服务", "企业服务", "文化传播"], [5, 7, 8]),
    ("other", &["实业"], [1, 1, 2]),
];

/// Kind and topic of an entry, how often, what it is called, where.
pub(super) type Sort = (
    &'static str,
    &'static str,
    i64,
    &'static [&'static str],
    &'static str,
);

pub(super) const ENTRIES: &[Sort] = &[
    (
        "class",
        "hall",
        6,
        &["新时代大讲堂：政策宣讲", "新时代大讲堂：专题党课"],
        "党群服务中心",
    ),
    (
        "class",
        "study",
        7,
        &["“两学一做”集中学习", "主题党日学习"],
        "党群服务中心",
    ),
    (
        "class",
        "first_traffic",
        3,
        &["平湖第一课：交通安全"],
        "园区会议室",
    ),
    (
        "class",
        "first_work",
        4,
        &["平湖第一课：安全生产"],
        "企业车间",
    ),
    (
        "class",
        "first_food",
        3,
        &["平湖第一课：食品安全"],
        "园区食堂",
    ),
    (
        "class",
        "first_labour",
        3,
        &["平湖第一课：和谐劳动关系"],
        "园区会议室",
    ),
    (
        "activity",
        "reading",
        3,
        &["红色经典诵读会"],
        "党群服务中心",
    ),
    ("activity", "theatre", 3, &["红色剧场放映"], "园区广场"),
    (
        "activity",
        "internet_social",
        2,
        &["互联网党组织联谊会"],
        "党群服务中心",
    ),
    ("activity", "team", 4, &["“党群+企业”团建"], "园区"),
    ("activity", "clinic", 3, &["园区义诊"], "园区广场"),
    (
        "volunteering",
        "cleaning",
        6,
        &["园区卫生清洁", "周末清洁行动"],
        "园区",
    ),
    (
        "volunteering",
        "care",
        4,
        &["困难职工帮扶", "爱心慰问"],
        "职工宿舍",
    ),
    (
        "volunteering",
        "traffic",
        5,
        &["高峰疏通交通", "文明交通劝导"],
        "园区路口",
    ),
    ("service", "permit", 6, &["证照办理与续签"], "党群服务中心"),
    ("service", "fine", 5, &["交通违章自助处理"], "党群服务中心"),
    (
        "service",
        "guidance",
        5,
        &["工商税务业务指导"],
        "党群服务中心",
    ),
    (
        "mediation",
        "dispute",
        6,
        &["商户租赁纠纷调解", "货款纠纷调解", "工资纠纷调解"],
        "调解室",
    ),
    ("mediation", "rights", 3, &["职工维权帮办"], "调解室"),
    ("visit", "stay", 3, &["互联网企业蹲点调研"], "企业"),
    (
        "visit",
        "instructor",
        9,
        &["指导员走访企业", "指导员月度走访"],
        "企业",
    ),
    (
        "safety",
        "inspection",
        7,
        &["消防安全检查", "仓储安全检查", "用电安全检查"],
        "园区",
    ),
    ("safety", "duty", 3, &["安全生产责任书签订"], "园区会议室"),
];

/// What a problem is about, and what is done.
pub(super) const PROBLEMS: &[(&str, &str)] = &[
    ("停车位不足", "协调路侧与空地临时停车"),
    ("货车高峰拥堵", "错峰装卸，志愿者疏导"),
    ("消防通道被占用", "清理并划线，纳入巡查"),
    ("职工子女入学咨询渠道少", "在服务中心设咨询时段"),
    ("企业反映融资难", "邀请银行进园区对接"),
    ("公交末班车过早", "联系运营单位调整班次"),
    ("路灯不亮", "报修并每月巡查"),
    ("垃圾清运不及时", "增加清运班次"),
    ("用电负荷不足", "协调供电部门增容"),
    ("商户证照到期未换", "代办员上门提醒"),
];
pub(super) const TASKS: &[(&str, &str)] = &[
    ("新建支部", "个"),
    ("安全培训覆盖", "人次"),
    ("上门走访企业", "家"),
    ("整治占道经营", "处"),
    ("增设便民终端", "台"),
    ("发展志愿者", "人"),
];
pub(super) const RECTIFICATIONS: &[(&str, &str)] = &[
    ("联席会议议题准备不足", "会前一周征集议题"),
    ("台账记录不及时", "一事一记，三日内录入"),
    ("指导员走访记录不完整", "每月抽查一次"),
    ("支部学习形式单一", "每季度一次现场教学"),
    ("党员门店巡查不够", "每半年全部巡查一遍"),
    ("未建组织企业摸排不清", "逐家核对并写明原因"),
];
