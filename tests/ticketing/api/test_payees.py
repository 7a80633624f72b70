"""The account for transfers: given by the organizer, seen by who needs it, offered if there."""

import pytest
from tests.identity.accounts import NOWHERE, entries, organization
from tests.ticketing.houses import NOW, PAYEE, TILL, WAYS, House, minutes

from shulian.identity.errors import OrganizationMissing
from shulian.identity.types import GUEST, OrganizationId
from shulian.kit.errors import Invalid, LoginNeeded, Refused
from shulian.ticketing import api
from shulian.ticketing.errors import NoPayee, OrderUnknown
from shulian.ticketing.types import Payee, PaymentState


def test_the_account_is_for_those_who_sell_and_every_change_is_written_down(house: House) -> None:
    other = Payee("  Sample  Stage Ltd ", "Sample Bank", " 6222 0000 9999 ")
    told = api.put_payee(house.db, house.organizer, house.operator.id, other, now=NOW)
    again = api.put_payee(house.db, house.organizer, house.operator.id, other, now=NOW)
    verbs = [one.verb for one in entries(house.db)]

    assert told == again == Payee("Sample Stage Ltd", "Sample Bank", "622200009999")
    assert api.payee(house.db, house.organizer, house.operator.id) == told
    assert verbs.count("ticketing.put_payee") == 2
    for who, refusal in ((house.ann, Refused), (GUEST, LoginNeeded)):
        with pytest.raises(refusal):
            api.payee(house.db, who, house.operator.id)
        with pytest.raises(refusal):
            api.put_payee(house.db, who, house.operator.id, other, now=NOW)
        with pytest.raises(refusal):
            api.drop_payee(house.db, who, house.operator.id, now=NOW)
    with pytest.raises(OrganizationMissing):
        api.put_payee(house.db, house.organizer, OrganizationId(NOWHERE), other, now=NOW)


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        (Payee(" ", "Bank", "622200"), "name", "payee_missing"),
        (Payee("x" * 101, "Bank", "622200"), "name", "text_long"),
        (Payee("A", "", "622200"), "bank", "bank_missing"),
        (Payee("A", "B\u202e", "622200"), "bank", "text_invalid"),
        (Payee("A", "Bank", ""), "account", "account_wrong"),
        (Payee("A", "Bank", "12345"), "account", "account_wrong"),
        (Payee("A", "Bank", "6222 0000; drop"), "account", "account_wrong"),
        (Payee("A", "Bank", "9" * 35), "account", "account_wrong"),
        (Payee("A", "Bank", "六二二二二二"), "account", "account_wrong"),
    ],
)
def test_an_account_that_is_none_is_refused(
    house: House, told: Payee, field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        api.put_payee(house.db, house.organizer, house.operator.id, told, now=NOW)

    assert refusal.value.fields == {field: f"ticketing.{code}"}
    assert api.payee(house.db, house.organizer, house.operator.id) == PAYEE


def test_who_owes_a_transfer_sees_the_account_and_only_while_they_do(house: House) -> None:
    order = house.place(house.seats(1))
    assert api.payee_for(house.db, house.ann, order.id) is None
    house.pay(order, TILL)
    assert api.payee_for(house.db, house.ann, order.id) is None
    transfer = house.pay(order, api.Transfer())

    assert api.payee_for(house.db, house.ann, order.id) == PAYEE
    with pytest.raises(OrderUnknown):
        api.payee_for(house.db, house.ben, order.id)
    api.confirm_transfer(house.db, house.bus, house.organizer, transfer.id, now=NOW)
    assert api.payee_for(house.db, house.ann, order.id) is None


def test_without_an_account_no_transfer_is_offered_or_begun(house: House) -> None:
    order, begun = house.place(house.seats(1)), house.place(house.seats(2))
    transfer = house.pay(begun, api.Transfer())
    assert api.ways(house.db, order, WAYS) == ("transfer", "test")
    api.drop_payee(house.db, house.organizer, house.operator.id, now=NOW)
    api.drop_payee(house.db, house.organizer, house.operator.id, now=NOW)

    assert api.ways(house.db, order, WAYS) == ("test",)
    with pytest.raises(NoPayee):
        house.pay(order, api.Transfer())
    assert house.order(order.id).expires == order.expires
    assert house.pay(begun, api.Transfer()) == transfer
    assert api.payee_for(house.db, house.ann, begun.id) is None
    settled = api.confirm_transfer(house.db, house.bus, house.organizer, transfer.id, now=NOW)
    assert settled.state is PaymentState.PAID


def test_each_organizer_has_an_account_of_its_own(house: House) -> None:
    other = organization(house.db, "Other")

    assert api.payee(house.db, house.organizer, other.id) is None
    assert api.ways(house.db, house.place(house.free(), now=minutes(1)), WAYS) == ("free",)
