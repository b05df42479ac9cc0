"""Mails that bring a report: one of each kind, from whoever sends such a thing, for the demo's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailflow.commands.demo_desk.mails import A1, A2, BEI, G1, Row, mail, sheet
from mailflow.commands.demo_desk.registers import CUSTOMERS, HEADS
from tests.scenarios.replies import ADMIN, FINANCE, GM

WAREHOUSE = "warehouse@songping.example"


@dataclass(frozen=True)
class ReportMail:
    """`distributors` are the codes it is of; `title` what a person reads it is."""

    kind: str
    title: str
    sender: str
    file: str
    rows: list[Row]
    distributors: tuple[str, ...] = ()

    @property
    def raw(self) -> bytes:
        return mail(
            self.sender, self.file, "见附件", (f"{self.file}.xlsx", sheet(self.rows, "Sheet1"))
        )


STOCK = ReportMail(
    "stock",
    "仓库库存",
    WAREHOUSE,
    "库存日报1110",
    [
        ("中心仓库存", "", "", "", ""),
        ("产品编码", "产品名称", "批号", "有效期", "库存数量（箱）"),
        ("SP-A1-800", A1[0], "L260301", "2028-03-01", 320),
        ("SP-G1-800", G1[0], "L260402", "2028-04-02", 45),
        ("合计", "", "", "", 365),
    ],
)
INVENTORY = ReportMail(
    "inventory-report",
    "经销商库存报表",
    BEI,
    "小叶子10月库存",
    [
        ("经销商月度库存报表",),
        ("经销商：小叶子", "月份：2026年10月"),
        (),
        ("产品名称", "期初库存（箱）", "本月进货（箱）", "本月销售（箱）", "期末库存（箱）"),
        (A1[0], 10, 20, 18, 12),
        (A2[0], 4, 10, 9, 6),
    ],
    ("N101",),
)
PAYMENTS = ReportMail(
    "payments",
    "回款表",
    FINANCE,
    "11月回款",
    [
        ("11月回款明细表",),
        ("序号", "到账日期", "经销商", "回款金额（元）", "付款方式", "银行流水号"),
        (1, "2026-11-03", "青禾市小叶子母婴用品有限公司", "36,288.00", "转账", "2026110300017"),
        (2, "2026-11-05", "N102", 12000.5, "转账", "2026110500023"),
        ("合计", "", "", 48288.5, "", ""),
    ],
    ("N101", "N102"),
)
EXPENSES = ReportMail(
    "expenses",
    "已批市场费用",
    GM,
    "已批市场费用1110",
    [
        ("审批单号", "经销商", "费用类型", "申请金额", "批准金额", "批准日期", "审批结果"),
        ("FY-2611-01", "宝宝屋", "陈列费", 3000, 2500, "2026-11-06", "同意"),
        ("FY-2611-02", "奶香", "促销活动", 5000, 5000, "2026-11-06", "同意"),
    ],
    ("N102", "S201"),
)
REGISTER = ReportMail(
    "distributor-register",
    "经销商名单",
    ADMIN,
    "经销商名单1110",
    [HEADS["customers"], *CUSTOMERS],
)
MAILS: Mapping[str, ReportMail] = {
    m.kind: m for m in (STOCK, INVENTORY, PAYMENTS, EXPENSES, REGISTER)
}
