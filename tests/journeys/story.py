"""The whole story in steps, from a fair's first draft to a subscribed calendar; each test plays them in its own way."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from foundation import clock
from tests.cast import PASSWORD
from tests.journeys.traveller import Traveller, fill, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

ORGANISER = "bantochuc@halong.example"
ORGANISATION = "Ban tổ chức Hạ Long"
PRODUCER = "mien@binhlieu.example"
UNIT = "HTX Miến dong Húc Động"
FAIR = "Hội chợ OCOP Mùa Thuyền Về"
FAIR_IN_ENGLISH = "OCOP Fair of the Returning Boats"
CODE = re.compile(r"GH-[0-9A-Z]{6}")


def first_day() -> date:
    """The fair begins in sixty days."""
    return clock.today() + timedelta(days=60)


# -- the organiser prepares


def create_fair(traveller: Traveller) -> str:
    """Enter the fair with a venue, a closed day and the days of its call; answers the fair's slug."""
    page, begins = traveller.page, first_day()
    press(traveller, page.locator("main a[href$='/organise/fairs/new']").first)
    page.locator("[name=kind]").select_option("fair")
    fill(page, {"name_vi": FAIR, "name_en": FAIR_IN_ENGLISH, "summary_vi": "Đặc sản của biển và núi."})
    fill(page, {"first_day": begins.isoformat(), "last_day": (begins + timedelta(days=6)).isoformat()})
    page.locator("[name=closed_days]").fill(f"{begins + timedelta(days=3):%d/%m/%Y}")
    fill(page, {"opens_at": "08:30", "closes_at": "21:00"})
    add_venue(page)
    today = clock.today()
    opens, closes = today - timedelta(days=1), today + timedelta(days=30)
    fill(page, {"call_opens_day": opens.isoformat(), "call_opens_time": "08:00"})
    fill(page, {"call_closes_day": closes.isoformat(), "call_closes_time": "17:00"})
    page.locator("[name=answer_by]").fill((closes + timedelta(days=5)).isoformat())
    press(traveller, page.locator("form:has([name=name_vi]) button").last)
    found = re.search(r"/organise/fairs/([^/]+)/", page.url)
    assert found is not None, page.url
    return found[1]


def add_venue(page: Page) -> None:
    """The venue is not in the list yet; it lies in Phường Hạ Long."""
    details = page.locator("details:has([name=new_venue_name_vi])")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    fill(page, {"new_venue_name_vi": "Quảng trường 30/10", "new_venue_name_en": "30/10 Square"})
    place = page.locator("[name=new_venue_locality]")
    ward = place.locator("option", has_text=re.compile("H[aạ] Long")).first
    place.select_option(ward.get_attribute("value"))


def lay_out_zone(traveller: Traveller, slug: str) -> None:
    """Draw zone A: two rows of four booths back to back."""
    page = traveller.page
    traveller.go(f"/organise/fairs/{slug}/plan{'' if traveller.has_script else '/forms'}")
    form = page.locator("form:has([name=per_row])")
    form.locator("[name=code]").fill("A")
    form.locator("[name=booths]").fill("8")
    form.locator("[name=per_row]").fill("4")
    form.locator("[name=name_vi]").fill("Nông sản miền Đông")
    form.locator("[name=name_en]").fill("Produce of the east")
    press(traveller, form.locator("button"))
    drawn = ".drawing .b" if traveller.has_script else "svg[data-plan] [data-b]"
    expect(page.locator(drawn)).to_have_count(8)


def take_step(traveller: Traveller, slug: str, act: str) -> None:
    """Publish the fair or open its call on the page of steps."""
    traveller.go(f"/organise/fairs/{slug}/steps")
    press(traveller, traveller.page.locator(f"form[action$='/steps/{act}'] button"))
    expect(traveller.page.locator("main .note[data-t=ok]")).to_be_visible()


# -- the producer applies


def sign_up(traveller: Traveller) -> None:
    """Make an account and open the link of the letter in the trial mailbox."""
    page = traveller.page
    traveller.go("/sign-up")
    fill(page, {"name": "Hoàng Văn Sáu", "email": PRODUCER, "password": PASSWORD})
    press(traveller, page.locator("form:has([name=password]) button"))
    open_letter(traveller, traveller.says("confirm letter"))
    press(traveller, page.locator(".letter a[href*='/sign-up/confirm/']"))
    press(traveller, page.locator("main form[method=post] button"))


def open_letter(traveller: Traveller, subject: str) -> None:
    """Read the newest letter whose subject holds the words."""
    traveller.go("/mailbox")
    press(traveller, traveller.page.locator("main .list a", has_text=subject).first)


def register_unit(traveller: Traveller) -> None:
    """Say who the unit is and where; a household's tax code stays away from public pages."""
    page = traveller.page
    traveller.go("/producer/register")
    page.locator("[name=kind][value=cooperative]").check()
    fill(page, {"name_vi": UNIT, "tax_code": "5700101588"})
    place = page.locator("[name=locality_id]")
    place.select_option(place.locator("option", has_text=re.compile("B[iì]nh Li[eê]u")).first.get_attribute("value"))
    fill(page, {"address": "Bản Khe Và", "contact_person": "Hoàng Văn Sáu", "contact_phone": "0912 345 678"})
    button = page.locator("form:has([name=tax_code]) button").last
    press(traveller, button)
    if page.locator("[name=tax_code]").count():  # the check digit is asked about once
        press(traveller, page.locator("form:has([name=tax_code]) button").last)


def enter_product(traveller: Traveller) -> None:
    """A product of four stars with its certificate and price."""
    page = traveller.page
    traveller.go("/producer/products/new")
    page.locator("[name=name_vi]").fill("Miến dong Húc Động")
    page.locator("[name=group_id]").select_option(index=1)
    page.locator("details:has([name=certificate_number]) > summary").click()
    fill(page, {"price": "85000", "pack": "500 g", "certificate_number": "QĐ 3210"})
    page.locator("[name=stars]").select_option("4")
    page.locator("[name=certificate_issued_on]").fill((clock.today() - timedelta(days=200)).isoformat())
    press(traveller, page.locator("form:has([name=stars]) button").first)
    expect(page.locator("main")).to_contain_text("Miến dong Húc Động")


def fill_in_application(traveller: Traveller, slug: str) -> None:
    """Choose product and wish, save a draft, come back to it, change it and go on to the review."""
    page = traveller.page
    traveller.go(f"/fairs/{slug}")
    press(traveller, page.locator(f"main a[href$='/apply/{slug}']"))
    page.locator("[name=wish_1]").select_option(index=1)
    page.locator("[name=needs_power]").check()
    page.locator("[name=note]").fill("Cần chỗ gần lối đi cho xe kéo.")
    press(traveller, page.locator("button[name=action][value=save]"))
    traveller.go("/producer")
    traveller.go(f"/apply/{slug}")
    expect(page.locator("[name=note]")).to_have_value("Cần chỗ gần lối đi cho xe kéo.")
    expect(page.locator("[name=needs_power]")).to_be_checked()
    page.locator("[name=fascia_name]").fill("MIẾN DONG HÚC ĐỘNG")
    press(traveller, page.locator("button[name=action][value=send]"))
    expect(page.locator("main")).to_contain_text("MIẾN DONG HÚC ĐỘNG")


def submit_application(traveller: Traveller) -> str:
    """Accept the rules and send; answers the code of the receipt."""
    page = traveller.page
    page.locator("[name=rules_accepted]").check()
    page.locator("[name=pledge_given]").check()
    press(traveller, page.locator("form:has([name=rules_accepted]) button"))
    heading = page.locator("h1")
    expect(heading).to_contain_text(traveller.says("receipt"))
    found = CODE.search(heading.inner_text())
    assert found is not None, heading.inner_text()
    open_letter(traveller, found[0])
    return found[0]


# -- the organiser decides


def accept(traveller: Traveller, slug: str, code: str) -> None:
    """Find the application in the queue and note that it is accepted."""
    page = traveller.page
    traveller.go("/organise")
    press(traveller, page.locator(f"main a[href$='/organise/fairs/{slug}']").last)
    traveller.go(f"/organise/fairs/{slug}/applications")
    press(traveller, page.locator(f"main a[data-row][href*='{code}']"))
    press(traveller, page.locator("#panel a[data-whole]"))
    expect(page.locator("main")).to_contain_text("QĐ 3210")
    page.locator("[name=decision][value=accept]").check()
    press(traveller, page.locator("button[name=go][value=stay]"))


def place(traveller: Traveller, slug: str, code: str, booth: str = "A02") -> None:
    """Choose the application in the list and click the booth on the plan; without a script its own page asks."""
    page = traveller.page
    traveller.go(f"/organise/fairs/{slug}/booths")
    press(traveller, page.locator(f"main a[href*='application={code}']").first)
    press(traveller, page.locator(f"svg[data-plan] a:has([data-b={booth}])"))
    if not traveller.has_script:
        press(traveller, page.locator(f"form[action$='/booths/{booth}/place'] button"))
    expect(page.locator(f"svg[data-plan] [data-b={booth}]")).to_have_attribute("data-s", "new")


def publish_decisions(traveller: Traveller, slug: str) -> None:
    """Send what was decided."""
    page = traveller.page
    traveller.go(f"/organise/fairs/{slug}/publish")
    press(traveller, page.locator("form:has([name=confirm_by]) button"))
    traveller.go(f"/organise/fairs/{slug}")


# -- the producer answers, the visitor comes


def take_booth(traveller: Traveller, code: str) -> None:
    """Read the letter, see booth and day on the status page, take the booth."""
    page = traveller.page
    open_letter(traveller, traveller.says("letter of acceptance"))
    letter = page.locator(".letter")
    expect(letter).to_contain_text("A02")
    press(traveller, letter.locator(f"a[href*='/applications/{code}']").first)
    if traveller.language == "en" and "/en/" not in page.url:
        traveller.go(f"/applications/{code}")
    expect(page.locator(".bigcode")).to_have_text("A02")
    confirm_by = clock.today() + timedelta(days=7)
    expect(page.locator("main .note[data-t=warn]")).to_contain_text(re.compile(rf"\b0?{confirm_by.day}\b"))
    page.locator("[name=terms]").check()
    press(traveller, page.get_by_role("button", name=traveller.says("take")))
    expect(page.get_by_role("heading", level=1)).to_contain_text(traveller.says("confirmed"))


def visit(traveller: Traveller, slug: str) -> None:
    """Find the fair on the first page, the exhibitor on the plan and in the list."""
    page = traveller.page
    traveller.go("/")
    expect(page).to_have_title(re.compile(traveller.says("title of home")))
    press(traveller, page.locator(f"main a[href$='/fairs/{slug}']").first)
    expect(page.locator("svg[data-plan] a:has([data-b=A02])")).to_have_accessible_name(re.compile(UNIT))
    row = page.locator("#gian-A02")
    expect(row).to_contain_text(UNIT)
    press(traveller, row.locator("a.t"))
    expect(page.locator("main")).to_contain_text("Miến dong Húc Động")


def subscribe(traveller: Traveller, slug: str) -> None:
    """Open the panel of the calendar, take the feed's address and find the fair in the feed."""
    page = traveller.page
    traveller.go("/calendar")
    opener = page.locator("main a[data-open=subscribe]")
    expect(opener).to_have_text(traveller.says("subscribe"))
    if traveller.has_script:
        opener.click()
        expect(page.locator("dialog#subscribe")).to_be_visible()
        traveller.arrive()
    else:
        press(traveller, opener)
    feed = page.locator("#feed-link").input_value()
    answer = page.context.request.get(feed)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    text = answer.text().replace("\r\n ", "")
    name = FAIR if "/en/" not in feed else FAIR_IN_ENGLISH
    assert f"SUMMARY:{name}" in text, feed
    traveller.go(f"/fairs/{slug}/subscribe")
    one = page.context.request.get(page.locator("#feed-link").input_value())
    assert name in one.text().replace("\r\n ", "")


def play(organiser: Traveller, producer: Traveller, visitor: Traveller) -> None:
    """Everything from the first draft to the subscribed calendar."""
    sign_in(organiser, ORGANISER)
    slug = create_fair(organiser)
    lay_out_zone(organiser, slug)
    take_step(organiser, slug, "publish")
    take_step(organiser, slug, "open_call")
    sign_up(producer)
    register_unit(producer)
    enter_product(producer)
    fill_in_application(producer, slug)
    code = submit_application(producer)
    accept(organiser, slug, code)
    place(organiser, slug, code)
    publish_decisions(organiser, slug)
    take_booth(producer, code)
    visit(visitor, slug)
    subscribe(visitor, slug)
