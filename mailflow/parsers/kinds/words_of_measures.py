"""What columns say of measures: before `数量`, `箱数`, `（听）` and the like, and alone."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

MEASURES: Mapping[Field, str] = {
    Field.ON_HAND: (
        "库存 现有库存 当前库存 实际库存 即时库存 账面库存 在库 在库库存 实物库存 现存 盘点 盘点库存 实盘 实存 库存总 仓库库存 现库存 库存结余 "
        "stock onhand stockonhand onhandstock currentstock inventory instock qtyonhand"
    ),
    Field.AVAILABLE: "可用库存 可用 可发 可发库存 可销售库存 可订库存 可售库存 可售 可供 available availablestock canorder",
    Field.RESERVED: "锁定 锁定库存 占用 占用库存 已分配 预留 预留库存 冻结 冻结库存 待发 reserved allocated locked hold holdstock",
    Field.DAMAGED: "破损 破损库存 残次 残损 不良品 残次品 报损 不合格 坏品 damaged damage defective damagestock",
    Field.IN_TRANSIT: "在途 在途库存 调拨在途 intransit transit onorder intransitstock",
    Field.OPENING: (
        "期初 期初库存 上月库存 上月结存 上期结存 月初库存 上期库存 月初 上月末库存 上月期末 上月期末库存 期初结存 opening openingstock "
        "openingbalance beginning openinginventory beginningstock"
    ),
    Field.RECEIVED: (
        "进货 入库 到货 购进 收货 本月进货 本月入库 本月到货 本月购进 本期进货 本期入库 本期购进 进 收入 received receipts receiving "
        "purchases purchased in stockin"
    ),
    Field.SOLD: (
        "销售 销 销量 售出 出库 本月销售 本月销量 本月出库 本期销售 本期销量 本期出库 纯销 动销 实销 发出 sold sales salesout out issued "
        "sellout stockout"
    ),
    Field.CLOSING: (
        "期末 期末库存 结存 月末库存 本月库存 本月结存 本期结存 期末结存 月末结存 月末 本月末库存 本月期末 本月期末库存 结余 剩余库存 closing "
        "closingstock closingbalance ending endingstock endinginventory closinginventory"
    ),
    Field.MOVED_IN: "调入 盘盈 其他入库 调拨入库 调拨入 赠品入库 transferin transfersin otherin",
    Field.MOVED_OUT: (
        "调出 盘亏 损耗 赠送 赠出 其他出库 调拨出库 调拨出 试用 派样 赠品出库 transferout transfersout otherout samplesgiven"
    ),
    Field.OTHER_MOVES: "退货 调拨 盘盈盘亏 盘盈亏 其他 退回 调整 returns returned adjustment adjustments transfers",
    Field.ORDERED: "应发 订货 订单 计划 应出 需发 通知发货 ordered toship planned orderedqty",
    Field.SHIPPED: "实发 实际发货 实出 实际出库 实际发出 shipped qtyshipped actualshipped dispatchedqty delivered",
    Field.SENDING: "发货 出货 本次发货",
    Field.GIVEN: "发放 领取 派发 小听粉 小听粉发放 小听粉领取 试用装 试用装发放 试用装领取 samples handedout",
    Field.USED_UP: "实际使用 已使用 小听粉使用 试用装使用 食用 usedup samplesusedup",
    Field.WASTED: "浪费 小听粉浪费 丢弃 报废 未使用 wasted unused",
    Field.SENT_SO_FAR: "已发 已发货 累计发货 累计已发 senttodate shippedtodate",
    Field.SHORT: "缺货 欠货 短缺 欠发 未发 缺发 short shortage backorder backordered",
    Field.QUANTITY: "总 合计 商品 产品",
}
