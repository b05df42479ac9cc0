"""What columns and labels say of goods: products, packs, places, batches."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

GOODS: Mapping[Field, str] = {
    Field.LINE_NO: "序号 行号 项号 项次 序 no # s.no sn lineno 次序 顺序 行次 itm",
    Field.CODE: "编码 编号 代码 code number",
    Field.NAME: "名称 全称 name fullname",
    Field.PRODUCT_CODE: (
        "货号 品号 料号 物料编码 物料编号 物料号 物料代码 商品编码 商品编号 产品编码 产品编号 产品代码 商品代码 产品货号 "
        "商品货号 sku sku号 sku编码 sku编号 sku代码 存货编码 存货编号 存货代码 货品编码 货品编号 货物编码 品项编码 单品编码 产品号 "
        "itemcode itemno itemnumber productcode productno productnumber productid materialno materialcode "
        "materialnumber articleno articlenumber partno partnumber goodscode skucode skuno item#"
    ),
    Field.PRODUCT: (
        "品名 产品 商品 货品 产品名称 商品名称 货品名称 货物名称 品项 品项名称 单品 单品名称 物料名称 物料描述 产品名 商品名 "
        "产品全称 商品全称 存货名称 货物 品名规格 品名及规格 产品名称及规格 名称及规格 奶粉名称 产品品名 产品描述 商品描述 货物描述 "
        "品种 货名 发货产品 发货品项 购买产品 所购产品 购买品项 使用产品 试用产品 product productname item itemname description goods "
        "goodsname itemdescription productdescription commodity article material materialname materialdescription skuname"
    ),
    Field.SPEC: (
        "规格 规格型号 包装规格 产品规格 商品规格 货品规格 型号 装箱规格 包装 净含量 克重 spec specification specifications "
        "pack packing packsize size model netcontent packaging"
    ),
    Field.UNIT: "单位 计量单位 基本单位 销售单位 数量单位 包装单位 库存单位 unit uom units unitofmeasure",
    Field.PER_CASE: (
        "箱规 箱规格 每箱听数 每箱罐数 每箱数量 每箱装量 每件听数 箱装数 装箱数 装箱数量 入数 箱入数 听/箱 罐/箱 unitspercase "
        "units/case tinspercase qty/ctn qty/case pcs/ctn casepack"
    ),
    Field.REMARK: "备注 说明 附注 备考 备 备注说明 摘要 备注信息 用途说明 remark remarks note notes comment comments memo rem",
    Field.WAREHOUSE: (
        "仓库 仓库名称 所在仓库 存放仓库 发货仓库 发货仓 仓 库房 仓别 仓库编码 仓库代码 储存仓库 warehouse wh whs "
        "warehousename storehouse depot"
    ),
    Field.LOCATION: (
        "库位 货位 储位 仓位 库位编码 库位号 货位号 储位号 库区 库位编号 存放地 location bin binlocation binname bincode "
        "cargolocation lane slot"
    ),
    Field.BATCH: "批号 批次 批次号 生产批号 生产批次 产品批号 批次编号 批 发货批号 batch batchno batchnumber lot lotno lotnumber lot#",
    Field.BATCH_AND_EXPIRY: "批号/效期 批号/有效期 批号及效期 批号效期 批号/到期日 批次/效期 batch/expiry batchandexpiry batch&expiry",
    Field.PRODUCED: (
        "生产日期 生产时间 制造日期 产期 出厂日期 productiondate proddate producedate mfgdate manufacturedate "
        "manufacturingdate produced mfd"
    ),
    Field.EXPIRES: (
        "有效期 有效期至 效期 到期日 到期日期 失效日期 有效日期 保质期至 保质期到期日 截止效期 过期日期 expiry expirydate expdate "
        "expirationdate expires bestbefore usebydate exp"
    ),
    Field.DAYS_OF_COVER: "周转天数 可销天数 库存天数 可售天数 周转 daysofcover coverdays dos",
    Field.ENGLISH_NAME: "英文名 英文名称 英文品名 外文名称 englishname nameenglish",
    Field.PRODUCT_KIND: "产品类型 产品类别 商品类别 产品分类 产品性质 kind productkind producttype",
    Field.ACTIVE: "状态 是否在售 在售 是否启用 启用 是否停用 active status isactive",
    Field.OTHER: (
        "条码 条形码 商品条码 69码 barcode ean upc 重量 毛重 净重 体积 weight volume cbm 保质期 保质期(天) shelflife 品牌 brand 系列 "
        "series 段位 stage 库龄 图片 制单人 经手人 录入人 传真 fax 邮编 开票状态 使用率 浪费率 接通率 回访率 满意率 转化率 userate wasterate reachrate 税率 税额 "
        "原价 旧价 原单价 原价格 调整前价格 调前价 建议零售价 零售价 oldprice retailprice"
    ),
}
