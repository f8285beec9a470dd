"""All sets of pages in the order of the floors; the roof registers them."""

from __future__ import annotations

PAGES = (
    "foundation.about_pages",
    "foundation.health_pages",
    "foundation.mailbox_pages",
    "foundation.stored_files_pages",
    "accounts.account_pages",
    "accounts.confirm_new_email_pages",
    "accounts.reset_password_pages",
    "accounts.sign_in_pages",
    "accounts.sign_up_pages",
    "events.calendars.calendar_feeds_pages",
    "events.calendars.subscribe_pages",
    "events.fairs.organise_fair_pages",
    "events.floor_plans.draw_floor_plan_pages",
    "events.floor_plans.set_up_booth_types_pages",
    "exhibitors.allocation.answer_offer_pages",
    "exhibitors.allocation.application_status_pages",
    "exhibitors.allocation.organiser_desk_pages",
    "exhibitors.allocation.place_on_booth_pages",
    "exhibitors.allocation.publish_decisions_pages",
    "exhibitors.applications.apply_for_booth_pages",
    "exhibitors.applications.fair_letters_pages",
    "exhibitors.applications.fill_in_application_pages",
    "exhibitors.applications.my_unit_pages",
    "exhibitors.applications.screen_applications_pages",
    "exhibitors.producers.register_producer_pages",
    "exhibitors.results.browse_fairs_pages",
    "exhibitors.results.producer_directory_pages",
    "exhibitors.results.search_pages",
)
