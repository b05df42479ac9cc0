"""What columns and labels say of distributors, their stores, and the people who look after them."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

PARTNERS: Mapping[Field, str] = {
    Field.DISTRIBUTOR: (
        "经销商 经销商名称 经销商全称 经销商简称 客户 客户名称 客户全称 客户简称 购货单位 收货单位 收货方 单位名称 代理商 分销商 "
        "代理商名称 客户单位 经销商单位 customer distributor customername distributorname dealer dealername "
        "client clientname buyer soldto"
    ),
    Field.DISTRIBUTOR_CODE: (
        "经销商编码 经销商编号 经销商代码 客户编码 客户编号 客户代码 客户号 customercode customerno customerid customernumber "
        "distributorcode distributorno dealercode accountno clientcode"
    ),
    Field.REGION: "区域 大区 片区 所属区域 所属大区 负责区域 销售区域 省区 分公司 管辖区域 区域名称 region regions area territory",
    Field.MANAGER: (
        "区域经理 大区经理 负责人 业务员 业务经理 区域负责人 对应区域经理 regionalmanager manager areamanager salesrep "
        "salesman"
    ),
    Field.MANAGER_EMAIL: (
        "区域经理邮箱 大区经理邮箱 经理邮箱 负责人邮箱 区域经理邮件 业务员邮箱 regionalmanageremail manageremail"
    ),
    Field.STORE: "门店 门店名称 所属门店 店名 母婴店 购买门店 终端门店 网点 网点名称 store storename shop outlet shopname",
    Field.STORE_CODE: "门店编码 门店编号 门店代码 网点编码 storecode storeno storeid",
    Field.ALIASES: "别名 简称 其他名称 曾用名 又名 aliases alias othernames shortname",
    Field.EMAIL: "邮箱 电子邮箱 邮件 邮箱地址 电子邮件 经销商邮箱 email e-mail mail emailaddress",
    Field.CONSIGNEE: "收货人 收件人 收货联系人 收货人姓名 收件人姓名 consignee recipient receiver consigneename",
    Field.PHONE: (
        "电话 手机 联系电话 手机号 手机号码 电话号码 联系方式 收货电话 收货人电话 收件人电话 联系手机 客户电话 收货人手机 消费者电话 会员手机 "
        "会员手机号 会员电话 顾客电话 消费者手机 消费者手机号 家长电话 phone tel telephone mobile mobileno phoneno phonenumber cell contactnumber mobilephone"
    ),
    Field.ADDRESS: "地址 收货地址 送货地址 收件地址 详细地址 注册地址 登记地址 联系地址 家庭地址 住址 门店地址 address shiptoaddress shippingaddress",
    Field.DELIVERY_ADDRESS: "实到地址 实际送货地址 实际到货地址 实际收货地址 实际地址 卸货地址 deliveryaddress actualdeliveryaddress actualaddress",
    Field.CREDIT_LIMIT: "信用额度 授信额度 信用限额 信用额 授信 creditlimit credit",
    Field.EXPENSE_BALANCE: "费用余额 市场费用余额 可用费用 费用可用余额 剩余费用 expensebalance",
    Field.OWED: "欠款 应收余额 应收款 期初欠款 未付款 欠款余额 应收账款 owed owing balancedue receivable",
    Field.ROLE: "角色 岗位 职务 职位 职责 role position jobtitle",
    Field.LANGUAGE: "语言 language lang",
    Field.PERSON: "姓名 人员 员工 员工姓名 人员姓名 联系人 联系人姓名 contact contactname person personname",
}
