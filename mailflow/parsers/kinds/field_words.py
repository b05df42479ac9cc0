"""The words that sheets beside orders put over their columns and before their labels."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.LINE_NO: _words("序号 行号 项号 项次 序 no # s.no sn lineno 次序 顺序 行次 itm"),
    Field.CODE: _words("编码 编号 代码 code number"),
    Field.NAME: _words("名称 全称 name fullname"),
    Field.PRODUCT_CODE: _words(
        "货号 品号 料号 物料编码 物料编号 物料号 物料代码 商品编码 商品编号 产品编码 产品编号 产品代码 商品代码 产品货号 "
        "商品货号 sku sku号 sku编码 sku编号 sku代码 存货编码 存货编号 存货代码 货品编码 货品编号 货物编码 品项编码 单品编码 产品号 "
        "itemcode itemno itemnumber productcode productno productnumber productid materialno materialcode "
        "materialnumber articleno articlenumber partno partnumber goodscode skucode skuno item#"
    ),
    Field.PRODUCT: _words(
        "品名 产品 商品 货品 产品名称 商品名称 货品名称 货物名称 品项 品项名称 单品 单品名称 物料名称 物料描述 产品名 商品名 "
        "产品全称 商品全称 存货名称 货物 品名规格 品名及规格 产品名称及规格 名称及规格 奶粉名称 产品品名 产品描述 商品描述 货物描述 "
        "品种 货名 发货产品 发货品项 product productname item itemname description goods "
        "goodsname itemdescription productdescription commodity article material materialname materialdescription skuname"
    ),
    Field.SPEC: _words(
        "规格 规格型号 包装规格 产品规格 商品规格 货品规格 型号 装箱规格 包装 净含量 克重 spec specification specifications "
        "pack packing packsize size model netcontent packaging"
    ),
    Field.UNIT: _words(
        "单位 计量单位 基本单位 销售单位 数量单位 包装单位 库存单位 unit uom units unitofmeasure"
    ),
    Field.PER_CASE: _words(
        "箱规 箱规格 每箱听数 每箱罐数 每箱数量 每箱装量 每件听数 箱装数 装箱数 装箱数量 入数 箱入数 听/箱 罐/箱 unitspercase "
        "units/case tinspercase qty/ctn qty/case pcs/ctn casepack"
    ),
    Field.REMARK: _words(
        "备注 说明 附注 备考 备 备注说明 摘要 备注信息 用途说明 remark remarks note notes comment comments memo rem"
    ),
    Field.WAREHOUSE: _words(
        "仓库 仓库名称 所在仓库 存放仓库 发货仓库 发货仓 仓 库房 仓别 仓库编码 仓库代码 储存仓库 warehouse wh whs "
        "warehousename storehouse depot"
    ),
    Field.LOCATION: _words(
        "库位 货位 储位 仓位 库位编码 库位号 货位号 储位号 库区 库位编号 存放地 location bin binlocation binname bincode "
        "cargolocation lane slot"
    ),
    Field.BATCH: _words(
        "批号 批次 批次号 生产批号 生产批次 产品批号 批次编号 批 发货批号 batch batchno batchnumber lot lotno lotnumber lot#"
    ),
    Field.BATCH_AND_EXPIRY: _words(
        "批号/效期 批号/有效期 批号及效期 批号效期 批号/到期日 批次/效期 batch/expiry batchandexpiry batch&expiry"
    ),
    Field.PRODUCED: _words(
        "生产日期 生产时间 制造日期 产期 出厂日期 productiondate proddate producedate mfgdate manufacturedate "
        "manufacturingdate produced mfd"
    ),
    Field.EXPIRES: _words(
        "有效期 有效期至 效期 到期日 到期日期 失效日期 有效日期 保质期至 保质期到期日 截止效期 过期日期 expiry expirydate expdate "
        "expirationdate expires bestbefore usebydate exp"
    ),
    Field.DAYS_OF_COVER: _words(
        "周转天数 可销天数 库存天数 可售天数 周转 daysofcover coverdays dos"
    ),
    Field.DISTRIBUTOR: _words(
        "经销商 经销商名称 经销商全称 经销商简称 客户 客户名称 客户全称 客户简称 购货单位 收货单位 收货方 单位名称 代理商 分销商 "
        "代理商名称 客户单位 经销商单位 customer distributor customername distributorname dealer dealername "
        "client clientname buyer soldto"
    ),
    Field.DISTRIBUTOR_CODE: _words(
        "经销商编码 经销商编号 经销商代码 客户编码 客户编号 客户代码 客户号 customercode customerno customerid customernumber "
        "distributorcode distributorno dealercode accountno clientcode"
    ),
    Field.REGION: _words(
        "区域 大区 片区 所属区域 所属大区 负责区域 销售区域 省区 分公司 管辖区域 区域名称 region regions area territory"
    ),
    Field.MANAGER: _words(
        "区域经理 大区经理 负责人 业务员 业务经理 区域负责人 对应区域经理 区域经理邮箱 regionalmanager manager areamanager salesrep "
        "salesman regionalmanageremail"
    ),
    Field.STORE: _words(
        "门店 门店名称 所属门店 店名 母婴店 购买门店 终端门店 网点 网点名称 store storename shop outlet shopname"
    ),
    Field.STORE_CODE: _words("门店编码 门店编号 门店代码 网点编码 storecode storeno storeid"),
    Field.MONTH: _words(
        "月份 报表月份 统计月份 所属月份 期间 会计期间 年月 月度 所属期间 报告期 month period reportmonth"
    ),
    Field.DATE: _words(
        "日期 时间 登记日期 记账日期 制表日期 填表日期 制单日期 报表日期 统计日期 截止日期 库存日期 盘点日期 盘点时间 截至日期 数据日期 "
        "更新日期 更新时间 截止时间 填报日期 单据日期 统计时间 date asof asofdate stockdate countdate reportdate"
    ),
    Field.AMOUNT: _words(
        "金额 总金额 合计金额 总额 小计 金额小计 货款 货款金额 amount totalamount value total sum"
    ),
    Field.PRICE: _words(
        "单价 价格 供货价 出厂价 经销价 结算价 听价 含税单价 price unitprice listprice pricepertin"
    ),
    Field.PAID: _words(
        "回款金额 回款额 回款 到账金额 到款金额 收款金额 实收金额 打款金额 付款金额 汇款金额 入账金额 本次回款 本期回款 实收款 到账额 "
        "现金回款 进账金额 贷方金额 收入金额 来款金额 交易金额 paid amountreceived receivedamount paymentamount amountpaid payment receipts "
        "creditamount remittanceamount"
    ),
    Field.PAID_ON: _words(
        "回款日期 到账日期 到款日期 收款日期 打款日期 付款日期 汇款日期 入账日期 到账时间 回款时间 交易日期 交易时间 来款日期 入账时间 "
        "收款时间 打款时间 paymentdate paiddate paidon datereceived receiveddate valuedate datepaid receiptdate transactiondate"
    ),
    Field.PAYER: _words(
        "付款人 付款单位 付款方 付款户名 打款人 汇款人 汇款单位 付款账户 付款账户名 付款方名称 对方户名 对方单位 来款单位 付款人名称 "
        "付款单位名称 打款单位 payer payername remitter paidby sender"
    ),
    Field.BANK: _words(
        "银行 开户行 收款银行 到账银行 收款账户 付款银行 入账银行 收款账号 账户 bank bankname bankaccount receivingbank account"
    ),
    Field.REFERENCE: _words(
        "流水号 银行流水号 交易流水号 凭证号 凭证编号 收据号 收款单号 回款单号 交易号 票据号 参考号 流水 reference referenceno "
        "transactionid transactionno voucherno receiptno ref bankref"
    ),
    Field.METHOD: _words(
        "回款方式 付款方式 收款方式 支付方式 打款方式 结算方式 汇款方式 paymentmethod method paymenttype"
    ),
    Field.FUNDING: _words(
        "款项性质 款项类别 款项类型 款项 资金性质 资金类型 回款类型 回款性质 款别 funding fundingtype"
    ),
    Field.EXPENSE: _words(
        "费用金额 市场费用 费用 费用额 核销金额 报销金额 费用核销金额 市场费用金额 投入费用 费用合计 expense expenseamount "
        "marketingexpense expenses"
    ),
    Field.APPROVED: _words(
        "批准金额 核准金额 审批金额 批复金额 同意金额 核定金额 审批费用 批准费用 核准费用 批复费用 核准额度 审批通过金额 审批后金额 批准额 "
        "approvedamount approved amountapproved approvedexpense"
    ),
    Field.APPLIED: _words(
        "申请金额 申请费用 申报金额 预算金额 费用申请金额 申请额度 申报费用 requestedamount appliedamount amountrequested requested applied"
    ),
    Field.EXPENSE_KIND: _words(
        "费用类型 费用类别 费用项目 费用科目 费用名称 费用性质 费用用途 费用明细 费用项 expensetype expensekind expensecategory "
        "expenseitem"
    ),
    Field.ACTIVITY: _words(
        "活动 活动名称 活动内容 活动主题 活动项目 活动类型 活动方案 促销活动 activity activityname campaign event promotion"
    ),
    Field.APPROVAL_NO: _words(
        "审批单号 申请单号 申请编号 审批编号 批件号 费用单号 费用编号 核销单号 批准文号 费用申请单号 批复编号 审批号 approvalno "
        "approvalnumber requestno applicationno expenseno"
    ),
    Field.APPROVED_ON: _words(
        "批准日期 审批日期 核准日期 批复日期 审批时间 核销日期 批准时间 审批通过日期 approvaldate approvedon dateapproved approveddate"
    ),
    Field.APPROVER: _words("审批人 批准人 核准人 批复人 approver approvedby"),
    Field.LIST_NO: _words(
        "清单号 发货清单号 清单编号 发货单号 发货单编号 出库单号 出货单号 发货单 清单单号 出库单编号 listno listnumber "
        "dispatchlistno dispatchlist dispatchno deliverynote deliverynoteno dnno dncode shipmentno"
    ),
    Field.ORDER_NO: _words(
        "订单号 订单编号 订货单号 客户单号 客户订单号 单号 单据号 单据编号 对应订单 对应订单号 orderno ordernumber pono ponumber order# po#"
    ),
    Field.CARRIER: _words(
        "承运商 物流公司 快递公司 承运人 物流 物流商 承运单位 物流名称 运输公司 快递 货运公司 承运公司 承运物流 carrier "
        "carriername logisticscompany courier forwarder shippedby"
    ),
    Field.WAYBILL: _words(
        "运单号 物流单号 快递单号 运单编号 运单 托运单号 货运单号 承运单号 物流运单号 提单号 快递运单号 运单号码 waybill "
        "waybillno waybillnumber trackingno trackingnumber tracking consignmentno b/lno awb"
    ),
    Field.SHIPPED_ON: _words(
        "发货日期 发货时间 实发日期 出库日期 出库时间 发运日期 装车日期 实际发货日期 发出日期 出货日期 shipdate shippingdate "
        "shippedon dateshipped dispatchdate dispatched outbounddate shippeddate"
    ),
    Field.ARRIVES_ON: _words(
        "预计到货日期 预计到货 预计到达 预计到货时间 预计到达日期 预计送达 eta estimatedarrival expectedarrival arrivaldate"
    ),
    Field.ALIASES: _words("别名 简称 其他名称 曾用名 又名 aliases alias othernames shortname"),
    Field.EMAIL: _words(
        "邮箱 电子邮箱 邮件 邮箱地址 电子邮件 经销商邮箱 email e-mail mail emailaddress"
    ),
    Field.CONSIGNEE: _words(
        "收货人 收件人 收货联系人 收货人姓名 收件人姓名 consignee recipient receiver consigneename"
    ),
    Field.PHONE: _words(
        "电话 手机 联系电话 手机号 手机号码 电话号码 联系方式 收货电话 收货人电话 收件人电话 联系手机 客户电话 收货人手机 消费者电话 会员手机 "
        "会员手机号 会员电话 顾客电话 消费者手机 消费者手机号 家长电话 phone tel telephone mobile mobileno phoneno phonenumber cell contactnumber mobilephone"
    ),
    Field.ADDRESS: _words(
        "地址 收货地址 送货地址 收件地址 详细地址 注册地址 登记地址 联系地址 家庭地址 住址 门店地址 address shiptoaddress shippingaddress"
    ),
    Field.DELIVERY_ADDRESS: _words(
        "实到地址 实际送货地址 实际到货地址 实际收货地址 实际地址 卸货地址 deliveryaddress actualdeliveryaddress actualaddress"
    ),
    Field.CREDIT_LIMIT: _words("信用额度 授信额度 信用限额 信用额 授信 creditlimit credit"),
    Field.EXPENSE_BALANCE: _words(
        "费用余额 市场费用余额 可用费用 费用可用余额 剩余费用 expensebalance"
    ),
    Field.OWED: _words(
        "欠款 应收余额 应收款 期初欠款 未付款 欠款余额 应收账款 owed owing balancedue receivable"
    ),
    Field.ENGLISH_NAME: _words("英文名 英文名称 英文品名 外文名称 englishname nameenglish"),
    Field.PRODUCT_KIND: _words(
        "产品类型 产品类别 商品类别 产品分类 产品性质 kind productkind producttype"
    ),
    Field.ACTIVE: _words("状态 是否在售 在售 是否启用 启用 是否停用 active status isactive"),
    Field.ROLE: _words("角色 岗位 职务 职位 职责 role position jobtitle"),
    Field.LANGUAGE: _words("语言 language lang"),
    Field.PERSON: _words(
        "姓名 人员 员工 员工姓名 人员姓名 联系人 联系人姓名 contact contactname person personname"
    ),
    Field.CONSUMER: _words(
        "消费者 消费者姓名 会员 会员姓名 会员名称 顾客 顾客姓名 妈妈姓名 宝妈姓名 宝妈 家长姓名 家长 母亲姓名 客人姓名 consumer "
        "consumername member membername mother mothername parentname mothersname"
    ),
    Field.BABY: _words(
        "宝宝 宝宝姓名 婴儿姓名 宝宝名字 孩子姓名 小孩姓名 baby babyname child childname"
    ),
    Field.BORN_ON: _words(
        "宝宝生日 宝宝出生日期 出生日期 生日 宝宝出生 预产期 婴儿生日 宝宝生日/预产期 birthday birthdate dateofbirth babybirthday "
        "babybirthdate dob duedate"
    ),
    Field.BOUGHT_ON: _words(
        "购买日期 购买时间 消费日期 购买日 purchasedate boughton dateofpurchase"
    ),
    Field.CITY: _words("城市 省市 所在城市 省份 所在省市 地区 city province"),
    Field.CALLED_ON: _words(
        "回访日期 回访时间 拨打日期 拨打时间 致电日期 电访日期 访问日期 calldate callbackdate calledon dateofcall"
    ),
    Field.CALLER: _words(
        "回访人 回访员 客服 坐席 客服专员 回访专员 电访员 回访人员 客服姓名 caller agent calledby"
    ),
    Field.RESULT: _words(
        "回访结果 回访情况 接通情况 接听情况 电访结果 拨打结果 回访状态 通话结果 接通状态 callresult result outcome callstatus "
        "callbackresult"
    ),
    Field.USED: _words(
        "是否使用 是否试用 使用情况 试用情况 小听粉使用情况 是否食用 是否已使用 试用装使用情况 小听粉是否使用 是否收到小听粉 是否领取小听粉 "
        "sampleused used usage samplesused trialused"
    ),
    Field.SATISFACTION: _words("满意度 是否满意 评价 满意程度 评分 satisfaction rating score"),
    Field.FEEDBACK: _words(
        "反馈 反馈内容 意见 客户反馈 消费者反馈 意见反馈 意见建议 意见与建议 回访内容 回访记录 回访备注 feedback opinion suggestions "
        "suggestion"
    ),
    Field.OTHER: _words(
        "条码 条形码 商品条码 69码 barcode ean upc 重量 毛重 净重 体积 weight volume cbm 保质期 保质期(天) shelflife 品牌 brand 系列 "
        "series 段位 stage 库龄 图片 制单人 经手人 录入人 传真 fax 邮编 开票状态 税率 税额"
    ),
}

STEMS: Mapping[Field, tuple[str, ...]] = {
    Field.ON_HAND: _words(
        "库存 现有库存 当前库存 实际库存 即时库存 账面库存 在库 在库库存 实物库存 现存 盘点 盘点库存 实盘 实存 库存总 仓库库存 现库存 库存结余 "
        "stock onhand stockonhand onhandstock currentstock inventory instock qtyonhand"
    ),
    Field.AVAILABLE: _words(
        "可用库存 可用 可发 可发库存 可销售库存 可订库存 可售库存 可售 可供 available availablestock canorder"
    ),
    Field.RESERVED: _words(
        "锁定 锁定库存 占用 占用库存 已分配 预留 预留库存 冻结 冻结库存 待发 reserved allocated locked hold holdstock"
    ),
    Field.DAMAGED: _words(
        "破损 破损库存 残次 残损 不良品 残次品 报损 不合格 坏品 damaged damage defective damagestock"
    ),
    Field.IN_TRANSIT: _words("在途 在途库存 调拨在途 intransit transit onorder intransitstock"),
    Field.OPENING: _words(
        "期初 期初库存 上月库存 上月结存 上期结存 月初库存 上期库存 月初 上月末库存 上月期末 上月期末库存 期初结存 opening openingstock "
        "openingbalance beginning openinginventory beginningstock"
    ),
    Field.RECEIVED: _words(
        "进货 入库 到货 购进 收货 本月进货 本月入库 本月到货 本月购进 本期进货 本期入库 本期购进 进 收入 received receipts receiving "
        "purchases purchased in stockin"
    ),
    Field.SOLD: _words(
        "销售 销 销量 售出 出库 本月销售 本月销量 本月出库 本期销售 本期销量 本期出库 纯销 动销 实销 发出 sold sales salesout out issued "
        "sellout stockout"
    ),
    Field.CLOSING: _words(
        "期末 期末库存 结存 月末库存 本月库存 本月结存 本期结存 期末结存 月末结存 月末 本月末库存 本月期末 本月期末库存 结余 剩余库存 closing "
        "closingstock closingbalance ending endingstock endinginventory closinginventory"
    ),
    Field.OTHER_MOVES: _words(
        "退货 调拨 调入 调出 盘盈盘亏 损耗 其他 赠送 退回 盘盈 盘亏 returns returned adjustment transfers otherout otherin"
    ),
    Field.ORDERED: _words(
        "应发 订货 订单 计划 应出 需发 通知发货 ordered toship planned orderedqty"
    ),
    Field.SHIPPED: _words(
        "实发 已发 实际发货 实出 实际出库 发货 出货 已发货 本次发货 实际发出 shipped qtyshipped actualshipped dispatchedqty delivered"
    ),
    Field.SHORT: _words("缺货 欠货 短缺 欠发 未发 缺发 short shortage backorder backordered"),
    Field.QUANTITY: ("", "总", "合计", "商品", "产品"),
}
"""Before `数量`, `箱数`, `（听）` and the like; alone they may mean the measure too."""
