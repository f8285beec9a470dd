"""What each role gets from each route, GET and POST, written down by hand; tests/test_routes.py compares."""

from __future__ import annotations

# Each row: what the roles get, in the order of ROLES, for things of organiser A and producer A. "in" is the way to the
# sign-in page. A POST carries the right token and else only what WITH names: who may use the form is told what is
# missing (422) or gets what an empty form does (303).
#   anonymous newcomer producer-A producer-B reader-A reviewer-A organiser-A organiser-B admin
#   manager-A field-staff-A zone-reviewer-A (limited to zone A of fair A)
TABLE = {
    "200 200 200 200 200 200 200 200 200 200 200 200": """
        GET about.page, GET api.description, GET api.exhibitors, GET api.fair, GET api.fairs, GET api.feeds,
        GET api.producer, GET api.producers, GET api.product, GET api.products, GET api.venues,
        GET apply_for_booth.start, GET browse_fairs.calendar, GET browse_fairs.home, GET browse_fairs.listing,
        GET browse_fairs.show, GET calendar_feeds.everything, GET calendar_feeds.fair,
        GET calendar_feeds.fair_summary, GET calendar_feeds.topic, GET health.alive, GET health.ready,
        GET preview_pictures.fair, GET preview_pictures.site, GET show_picture.of_fair, GET show_picture.of_unit,
        GET site_map.pages_of_the_site, GET site_map.robots, GET news.feed,
        GET embed.fairs, GET embed.script, GET show_product.show, GET programme_figures.overview, GET public_plan.plan,
        GET public_plan.show_booth, GET year_calendar.show, GET near_me.show,
        GET mailbox.inbox, GET mailbox.letter, GET producer_directory.producers, GET producer_directory.products,
        GET producer_directory.show, GET reset_password.ask, GET reset_password.sent, GET search.results,
        GET sign_up.sent, GET stand_feeds.feed, GET stand_feeds.subscribe, GET subscribe.everything,
        GET subscribe.fair, GET subscribe.topic, GET verify_draw.show, GET verify_draw.instance,
        GET verify_draw.solution, GET follow.ask, GET follow.sent""",
    "200 303 303 303 303 303 303 303 303 303 303 303": "GET sign_in.form, GET sign_up.form",
    "422 303 303 303 303 303 303 303 303 303 303 303": "POST sign_up.form",
    "422 422 422 422 422 422 422 422 422 422 422 422": """
        POST sign_in.form, POST reset_password.ask, POST sign_up.resend, POST follow.ask""",
    "303 303 303 303 303 303 303 303 303 303 303 303": "POST sign_in.sign_out",
    "410 410 410 410 410 410 410 410 410 410 410 410": """
        GET accept_invitation.join, POST accept_invitation.join, GET confirm_new_email.confirm,
        POST confirm_new_email.confirm, GET reset_password.reset, POST reset_password.reset, GET sign_up.confirm,
        POST sign_up.confirm, GET follow.confirm, POST follow.confirm, GET follow.stop, POST follow.stop,
        POST follow_calendar.make""",
    "404 404 404 404 404 404 404 404 404 404 404 404": "GET stored_files.copy, GET stored_files.whole",
    "404 404 404 404 404 404 404 404 404 404 404 404 ": """
        GET receipt_check.check, GET private_feed.read, GET follow_calendar.read, GET stop_letters.stop,
        POST stop_letters.stop""",
    # the own account
    "401 200 200 200 200 200 200 200 200 200 200 200": "POST private_calendar.make",
    "in  200 200 200 200 200 200 200 200 200 200 200": """
        GET claim_unit.find, GET account.email, GET account.overview, GET account.password,
        GET private_calendar.overview""",
    "401 422 422 422 422 422 422 422 422 422 422 422": """
        POST account.email, POST account.overview, POST account.password, POST claim_unit.by_code""",
    # whoever screens at the fair's body may apply for producers who come with paper
    "in  403 403 403 404 200 200 404 200 200 404 404": "GET assist_producer.choose, GET assist_producer.enter",
    "401 403 403 403 404 422 422 404 422 422 404 404": "POST assist_producer.enter, POST write_comment.write",
    "401 403 403 403 404 404 404 404 404 404 404 404 ": "POST assist_producer.begin",
    "401 403 403 403 303 303 303 303 303 303 303 303": "POST assist_producer.end",
    # a unit to claim stands in the query, none is none
    "in  404 404 404 404 404 404 404 404 404 404 404": "GET claim_unit.ask",
    "401 404 404 404 404 404 404 404 404 404 404 404": "POST claim_unit.ask",
    "401 403 403 403 404 404 404 404 404 404 404 404": "POST answer_claims.code, POST merge_units.merge",
    "in  403 403 403 404 404 404 404 404 404 404 404": "GET merge_units.merge",
    "401 303 303 303 303 303 303 303 303 303 303 303": """
        POST account.sign_out_everywhere, POST private_calendar.end, POST fill_in_application.review,
        POST apply_again.again""",
    "401 303 422 303 303 303 303 303 303 303 303 303": "POST fill_in_application.form",
    "401 404 303 404 404 404 404 404 404 404 404 404": """
        POST lead_unit.act_for, POST lead_unit.member, POST lead_unit.remove, POST lead_unit.give_away,
        POST lead_unit.resend, POST lead_unit.revoke,
        POST account.end_other, POST fill_in_application.withdraw, POST register_producer.remove,
        POST keep_papers.drop_page, POST keep_papers.remove, POST keep_pictures.first, POST keep_pictures.remove,
        POST keep_pictures.picture, POST give_consents.change, POST say_coming.say""",
    # a producer's unit; whoever has none is led to register one
    "in  303 200 200 303 303 303 303 303 303 303 303": "GET my_unit.overview",
    "in  200 303 303 200 200 200 200 200 200 200 200": "GET register_producer.register",
    "401 422 303 303 422 422 422 422 422 422 422 422": "POST register_producer.register",
    "in  404 200 200 404 404 404 404 404 404 404 404": """
        GET register_producer.edit, GET tell_story.edit, GET register_producer.new_product, GET keep_papers.papers,
        GET keep_papers.new, GET keep_pictures.pictures, GET keep_pictures.new, GET lead_unit.team,
        GET lead_unit.leave""",
    "401 404 303 303 404 404 404 404 404 404 404 404": "POST lead_unit.leave, POST tell_story.edit",
    "401 404 422 422 404 404 404 404 404 404 404 404": """
        POST lead_unit.invite,
        POST register_producer.edit, POST register_producer.new_product, POST keep_papers.new,
        POST keep_pictures.new""",
    "in  404 200 404 404 404 404 404 404 404 404 404": """
        GET lead_unit.member, GET lead_unit.remove, GET lead_unit.give_away,
        GET fill_in_application.withdraw, GET register_producer.product, GET register_producer.remove,
        GET keep_papers.paper, GET keep_papers.remove, GET write_message.producer,
        GET keep_pictures.picture, GET keep_pictures.remove, GET say_coming.say""",
    "401 404 422 404 404 404 404 404 404 404 404 404": """
        POST register_producer.product, POST keep_papers.paper, POST write_message.producer""",
    # applying: producer A has sent, producer B may begin
    "in  303 303 200 303 303 303 303 303 303 303 303": "GET fill_in_application.form",
    "in  303 303 303 303 303 303 303 303 303 303 303": "GET fill_in_application.review",
    "401 409 409 200 409 409 409 409 409 409 409 409": "POST fill_in_application.autosave",
    "in  404 200 404 200 200 200 404 200 200 200 200": """
        GET application_status.show, GET print_receipt.printed, GET give_consents.show""",
    "401 403 303 404 403 403 403 403 403 403 403 403": "POST answer_offer.confirm, POST answer_offer.decline",
    "in  403 200 404 403 403 403 403 403 403 403 403": "GET answer_offer.decline",
    # the exchange about an application: the unit at its own address, organisers at theirs
    "in  404 404 404 200 200 200 404 200 200 200 200": "GET write_message.organiser",
    "401 404 404 404 404 422 422 404 422 422 404 422": "POST write_message.answer",
    # the register of producers is kept by managers and owners of any organising body
    "in  403 403 403 404 404 200 404 200 404 404 404": "GET import_register.sheet",
    "401 403 403 403 404 404 303 404 303 404 404 404": "POST import_register.sheet",
    # the organisers' desk: readers look, reviewers screen, managers and owners do the rest
    "in  403 403 403 200 200 200 200 200 200 200 200": "GET organiser_desk.desk, GET recent_changes.everywhere",
    "in  403 403 403 404 404 200 200 200 200 404 404": """
        GET organise_fair.new, GET import_register.imports, GET import_register.sample, GET browse_register.units,
        GET answer_claims.claims""",
    "401 403 403 403 404 404 422 422 422 422 404 404": """
        POST organise_fair.new, POST import_register.imports, POST answer_claims.claims""",
    "in  403 403 403 200 200 200 404 200 200 200 404": """
        GET recent_changes.at_fair, GET edit_plan.document, GET exchange_booths.printed, GET exchange_booths.sheet,
        GET list_plan.listing, GET booth_signs.printed,
        GET organise_fair.steps, GET outbox.letter, GET make_proposal.listing, GET make_proposal.show,
        GET outbox.letters, GET waiting_list.line, GET set_up_booth_types.types, GET lead_team.team,
        GET name_for_fair.team, GET plan_programme.items, GET write_comment.comments""",
    "in  403 403 403 200 200 200 404 200 200 200 200": """
        GET draw_floor_plan.plan, GET draw_floor_plan.forms, GET organiser_desk.fair, GET place_on_booth.board,
        GET live_board.revision,
        GET place_on_booth.booth, GET screen_applications.queue, GET screen_applications.show,
        GET check_papers.papers, GET write_note.notes""",
    "in  403 403 403 404 200 200 404 200 200 404 200": """
        GET score_applications.listing, GET score_applications.show""",
    "in  403 403 403 404 404 200 404 200 200 404 404   ": """
        GET decision_letters.overview, GET decision_letters.words, GET decision_letters.edit,
        GET group_letter.write,
        GET compare_scores.table, GET set_up_review.overview, GET set_up_review.new_criterion,
        GET set_up_review.criterion""",
    "401 403 403 403 404 404 200 404 200 200 404 404   ": "POST compare_scores.sheet, POST export_looks.sheet",
    "in  403 403 403 404 404 404 404 404 404 404 404   ": "GET decision_letters.to_come",
    "401 403 403 403 404 404 303 404 303 303 404 404   ": """
        POST decision_letters.words, POST decision_letters.usual, POST decision_letters.hold,
        POST decision_letters.release,
        POST decision_letters.discard, POST decision_letters.release_all,
        POST set_up_review.drop_criterion, POST set_up_review.place,
        POST set_up_review.release, POST set_up_review.lift""",
    "401 403 403 403 404 404 422 404 422 422 404 404   ": """
        POST decision_letters.edit, POST group_letter.write, POST set_up_review.rules,
        POST set_up_review.new_criterion, POST set_up_review.criterion, POST set_up_review.assign""",
    "401 403 403 403 404 422 422 404 422 422 404 422": """
        POST score_applications.score, POST score_applications.aside,
        POST screen_applications.ask, POST screen_applications.bring_back, POST screen_applications.decide,
        POST screen_applications.extend,
        POST check_papers.check, POST write_note.write, POST decide_many.decide""",
    "401 403 403 403 404 303 303 404 303 303 404 404": "POST write_comment.take_back",
    "401 403 403 403 303 303 303 404 303 303 303 404": "POST write_comment.read",
    "401 403 403 403 404 303 303 404 303 303 404 303": """
        POST write_note.take_back,
        POST screen_applications.begin, POST screen_applications.undecide""",
    "401 403 403 403 200 200 200 404 200 200 200 200": """
        POST export_applications.sheet, POST export_applications.printed""",
    "401 403 403 403 200 200 200 404 200 200 200 404": "POST recent_changes.sheet",
    "401 403 403 403 303 303 303 404 303 303 303 303": "POST write_note.read",
    "401 403 403 403 422 422 422 404 422 422 422 422": "POST keep_queue_view.keep",
    "401 403 403 403 404 404 303 404 404 404 404 404": "POST keep_queue_view.drop",
    "in  403 403 403 404 404 200 404 200 200 404 404": """
        GET name_zones.drop_zone, GET name_zones.zone, GET remove_plan.remove, GET exchange_booths.take_over,
        GET organise_fair.edit,
        GET organise_fair.take_step, GET publish_decisions.form, GET set_up_booth_types.edit,
        GET set_up_booth_types.new, GET set_up_booth_types.remove, GET clone_fair.form, GET lead_team.member,
        GET lead_team.remove, GET plan_programme.new, GET plan_programme.edit, GET plan_programme.remove""",
    "401 403 403 403 404 404 422 404 422 422 404 404": """
        POST draw_floor_plan.change, POST draw_floor_plan.draw, POST edit_plan.save,
        POST exchange_booths.take_over, POST list_plan.change, POST organise_fair.edit,
        POST place_on_booth.place, POST plan_programme.new, POST plan_programme.edit,
        POST place_on_booth.swap, POST place_on_booth.share, POST place_on_booth.vacate, POST publish_decisions.form,
        POST waiting_list.offer, POST waiting_list.close, POST screen_applications.cancel,
        POST set_up_booth_types.new, POST clone_fair.form, POST lead_team.invite, POST name_for_fair.name""",
    "401 403 403 403 404 404 303 404 303 303 404 404": """
        POST name_zones.drop_zone, POST name_zones.zone, POST lay_background.lay,
        POST list_plan.copy, POST list_plan.name, POST list_plan.restore, POST remove_plan.remove,
        POST organise_fair.take_step,
        POST set_up_booth_types.edit, POST set_up_booth_types.remove, POST set_up_booth_types.usual,
        POST lead_team.member, POST lead_team.remove, POST lead_team.resend, POST lead_team.revoke,
        POST name_for_fair.end, POST make_proposal.adopt, POST make_proposal.ask, POST make_proposal.cancel,
        POST make_proposal.undo, POST make_proposal.pin, POST plan_programme.remove,
        POST waiting_list.automatic, POST undo_hand_move.undo, POST undo_hand_move.redo""",
    # a fair's set-up
    # the installation
    "in  403 403 403 403 403 403 403 200 403 403 403": """
        GET administer_organisations.register, GET administer_organisations.new, GET administer_organisations.edit,
        GET administer_organisations.close""",
    "401 403 403 403 403 403 403 403 422 403 403 403": """
        POST administer_organisations.new, POST administer_organisations.edit""",
    "401 403 403 403 403 403 403 403 303 403 403 403": """
        POST administer_organisations.close, POST administer_organisations.reopen""",
    "in  403 403 403 404 404 200 404 200 200 404 404 ": """
        GET opening_days.edit, GET legal_basis.edit, GET fair_texts.edit, GET fair_partners.edit,
        GET fair_gallery.edit, GET fair_gallery.words,
        GET fair_rules.edit, GET place_venues.edit""",
    "401 403 403 403 404 404 422 404 422 422 404 404 ": """
        POST legal_basis.edit, POST opening_days.edit, POST fair_partners.edit, POST fair_gallery.edit""",
    "401 403 403 403 404 404 303 404 303 303 404 404 ": """
        POST fair_gallery.remove, POST fair_gallery.words, POST fair_partners.remove, POST fair_rules.edit,
        POST fair_texts.edit, POST place_venues.edit""",
    "200 200 200 200 200 200 200 200 200 200 200 200 ": "GET read_rules.show",
    # the team of organisation A; member and invitation are readers
    "in  403 403 403 303 303 303 303 200 303 303 200": "GET lead_team.teams",
    "in  403 403 403 200 200 200 404 404 200 200 200": "GET lead_team.leave",
    "401 403 403 403 303 303 303 404 404 303 303 303": "POST lead_team.leave",
    # what a call asks
    "in  403 403 403 200 200 200 404 200 200 200 404  ": """
        GET set_up_call.terms, GET set_up_quotas.quotas, GET set_up_questions.asked""",
    "in  404 404 404 200 200 200 404 200 200 200 404  ": "GET answer_questions.preview",
    "in  403 403 403 404 404 200 404 200 200 404 404  ": """
        GET set_up_call.zone, GET invite.codes, GET invite.change, GET set_up_quotas.group,
        GET set_up_quotas.new_group, GET set_up_questions.question, GET set_up_questions.paper,
        GET set_up_questions.new_question, GET set_up_questions.new_paper""",
    "401 403 403 403 404 404 200 404 200 200 404 404  ": "POST set_up_call.count",
    "401 403 403 403 404 404 303 404 303 303 404 404  ": """
        POST set_up_call.zone, POST set_up_call.change, POST invite.withdraw, POST set_up_quotas.districts,
        POST set_up_quotas.drop_group, POST set_up_quotas.remove, POST set_up_questions.drop_question,
        POST set_up_questions.drop_paper, POST set_up_questions.usual_papers, POST set_up_questions.question,
        POST set_up_questions.paper""",
    "401 403 403 403 404 404 422 404 422 422 404 404  ": """
        POST invite.change, POST invite.codes, POST set_up_quotas.change, POST set_up_quotas.group,
        POST set_up_quotas.new_group, POST set_up_questions.new_question, POST set_up_questions.new_paper""",
    "in  404 200 404 404 404 404 404 404 404 404 404  ": "GET answer_questions.answers",
    "in  403 200 404 403 403 403 403 403 403 403 403  ": "GET say_sold_out.say",
    "401 403 422 404 403 403 403 403 403 403 403 403  ": "POST say_sold_out.say",
    "401 404 303 404 404 404 404 404 404 404 404 404  ": "POST answer_questions.answers",
    "401 404 409 404 404 404 404 404 404 404 404 404  ": "POST answer_questions.autosave",
}
WITH = {
    "draw_floor_plan.draw": {"do": "zone"},
    "draw_floor_plan.change": {"do": "zone"},
    "list_plan.change": {"do": "booths"},
    "check_papers.check": {"paper": "1"},
}  # fmt: skip - one line a route
# The same for a fair that is a draft of organiser A.
DRAFT_TABLE = {
    "404 404 404 404 404 404 404 404 404 404 404 404": """
        GET calendar_feeds.fair, GET calendar_feeds.fair_summary, GET preview_pictures.fair""",
    "404 404 404 404 200 200 200 404 200 200 200 404": """
        GET public_plan.plan, GET public_plan.show_booth, GET browse_fairs.show, GET subscribe.fair""",
    "in  404 404 404 303 303 303 404 303 303 303 404": "GET fill_in_application.form, GET fill_in_application.review",
    "401 404 404 404 409 409 409 404 409 409 409 404": "POST fill_in_application.autosave",
    "in  403 403 403 200 200 200 404 200 200 200 404": """
        GET organiser_desk.fair, GET organise_fair.steps, GET draw_floor_plan.plan""",
    "in  403 403 403 404 404 200 404 200 200 404 404": "GET organise_fair.edit",
}
