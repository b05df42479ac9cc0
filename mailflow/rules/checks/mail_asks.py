"""What the mail's own text asks for beyond its sheet is seen by a person before goods move."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.rules.check import Remark, check
from mailflow.rules.named_in_mail import hands_over_anothers
from mailflow.rules.ordered import Ordered
from mailflow.rules.other_funding import pays_otherwise
from mailflow.rules.other_goods import names_other_goods
from mailflow.rules.other_people import Others
from mailflow.rules.own_words import own_words
from mailflow.rules.packs_said import denies_packs
from mailflow.rules.plain_words import changes_order
from mailflow.rules.units_said import denies_units
from mailflow.rules.wishes import asks_for_change, cancels, corrects, is_a_condition


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def mail_asks(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """The mail's text asks for a change, or names a quantity or a distributor that the sheet has not."""
    ordered = Ordered(appraisal)
    others = Others(appraisal, facts)
    customer = appraisal.customer
    if customer is not None and (line := hands_over_anothers(facts, customer)):
        yield Remark(where=appraisal.order.where, found=line.strip()[:80])
        return
    for line in (*own_words(facts.mail_text).splitlines(), *facts.forwarded_text.splitlines()):
        if (
            asks_for_change(line)
            or cancels(line)
            or (corrects(line) and not facts.corrects)
            or denies_units(line, ordered)
            or denies_packs(line, ordered)
            or changes_order(line)
            or others.receives(line, titled=False)
            or pays_otherwise(line, ordered)
            or (not is_a_condition(line) and names_other_goods(line, ordered))
        ):
            yield Remark(where=appraisal.order.where, found=line.strip()[:80])
            return
