"""What columns and labels say of consumers, and of the calls that were made to them."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

CONSUMERS: Mapping[Field, str] = {
    Field.CONSUMER: (
        "消费者 消费者姓名 会员 会员姓名 会员名称 顾客 顾客姓名 妈妈姓名 宝妈姓名 宝妈 家长姓名 家长 母亲姓名 客人姓名 consumer "
        "consumername member membername mother mothername parentname mothersname"
    ),
    Field.BABY: "宝宝 宝宝姓名 婴儿姓名 宝宝名字 孩子姓名 小孩姓名 baby babyname child childname",
    Field.BORN_ON: (
        "宝宝生日 宝宝出生日期 出生日期 生日 宝宝出生 预产期 婴儿生日 宝宝生日/预产期 birthday birthdate dateofbirth babybirthday "
        "babybirthdate dob duedate"
    ),
    Field.BOUGHT_ON: "购买日期 购买时间 消费日期 购买日 purchasedate boughton dateofpurchase",
    Field.CITY: "城市 省市 所在城市 省份 所在省市 地区 city province",
    Field.CALLED_ON: "回访日期 回访时间 拨打日期 拨打时间 致电日期 电访日期 访问日期 calldate callbackdate calledon dateofcall",
    Field.CALLER: "回访人 回访员 客服 坐席 客服专员 回访专员 电访员 回访人员 客服姓名 caller agent calledby",
    Field.RESULT: (
        "回访结果 回访情况 接通情况 接听情况 电访结果 拨打结果 回访状态 通话结果 接通状态 callresult result outcome callstatus "
        "callbackresult"
    ),
    Field.CALLS: "回访人数 回访数 回访数量 回访总数 回访总人数 电访人数 calls numberofcalls called",
    Field.REACHED: "接通人数 接通数 接通数量 有效回访数 有效回访人数 成功回访数 成功人数 reached callsreached",
    Field.USERS: "使用人数 已使用人数 试用人数 食用人数 users numberofusers",
    Field.USED: (
        "使用 是否使用 是否试用 使用情况 试用情况 小听粉使用情况 是否食用 是否已使用 试用装使用情况 小听粉是否使用 是否收到小听粉 是否领取小听粉 "
        "sampleused used usage samplesused trialused"
    ),
    Field.SATISFACTION: "满意度 是否满意 评价 满意程度 评分 satisfaction rating score",
    Field.FEEDBACK: (
        "反馈 反馈内容 意见 客户反馈 消费者反馈 意见反馈 意见建议 意见与建议 回访内容 回访记录 回访备注 feedback opinion suggestions "
        "suggestion"
    ),
}
