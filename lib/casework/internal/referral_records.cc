#include "lib/casework/internal/referral_records.h"

#include "lib/casework/internal/times.h"

namespace careroute::casework::internal {
namespace {

void Put(const ReferralHalf& half, event::v1::ReferralHalfSnapshot* into) {
  const auto put_time = [](absl::Time time, auto add) {
    if (time != absl::InfinitePast()) {
      ToProto(time, add());
    }
  };
  into->set_entries(half.entries);
  into->set_state(half.state);
  into->set_held_from(half.held_from);
  into->set_in_error(half.in_error);
  into->set_cancel_loop(half.cancel_loop);
  for (const int32_t question : half.questions) {
    into->add_questions(question);
  }
  into->set_reason(half.reason);
  into->set_outcome(half.outcome);
  into->set_better_provider(half.better_provider);
  into->set_reported_by(half.reported_by);
  put_time(half.first_time, [into] { return into->mutable_first_time(); });
  put_time(half.last_time, [into] { return into->mutable_last_time(); });
  put_time(half.planned_time, [into] { return into->mutable_planned_time(); });
}

ReferralHalf Take(const event::v1::ReferralHalfSnapshot& from) {
  ReferralHalf half{.entries = from.entries(),
                    .state = from.state(),
                    .held_from = from.held_from(),
                    .in_error = from.in_error(),
                    .cancel_loop = from.cancel_loop(),
                    .reason = from.reason(),
                    .outcome = from.outcome(),
                    .better_provider = from.better_provider(),
                    .reported_by = from.reported_by()};
  half.questions.assign(from.questions().begin(), from.questions().end());
  if (from.has_first_time()) {
    half.first_time = FromProto(from.first_time());
  }
  if (from.has_last_time()) {
    half.last_time = FromProto(from.last_time());
  }
  if (from.has_planned_time()) {
    half.planned_time = FromProto(from.planned_time());
  }
  return half;
}

}  // namespace

Referral FromProto(const event::v1::ReferralSnapshot& from) {
  Referral one;
  one.number = from.number();
  one.uid = base::UidFromBytes(from.uid()).value_or(base::Uid{});
  one.kind = from.kind();
  one.occurrence = from.occurrence();
  one.step = from.step();
  one.requester = from.requester();
  one.performer = from.performer();
  one.service = from.service();
  one.disclosed.way = from.disclosed().way();
  one.disclosed.consent = from.disclosed().consent();
  one.disclosed.classes = access::DataClassSet::Of(from.disclosed().classes());
  if (from.disclosed().has_judge_time()) {
    one.disclosed.judge_time = FromProto(from.disclosed().judge_time());
  }
  one.delivery = from.delivery();
  one.request = Take(from.request());
  one.performance = Take(from.performance());
  one.replaces = from.replaces();
  one.replaced_by = from.replaced_by();
  one.hub = from.hub();
  one.envelopes = from.envelopes();
  one.first_message = from.first_message();
  one.taken = from.taken();
  one.undelivered = from.undelivered();
  one.undelivered_why = from.undelivered_why();
  return one;
}

void ToProto(const Referral& one, event::v1::ReferralSnapshot* into) {
  into->set_number(one.number);
  into->set_uid(one.uid.Bytes());
  into->set_kind(one.kind);
  into->set_occurrence(one.occurrence);
  into->set_step(one.step);
  into->set_requester(one.requester);
  into->set_performer(one.performer);
  into->set_service(one.service);
  model::v1::Disclosed& disclosed = *into->mutable_disclosed();
  disclosed.set_way(one.disclosed.way);
  disclosed.set_consent(one.disclosed.consent);
  for (int i = 0; i <= model::v1::DataClass_MAX; ++i) {
    const auto data_class = static_cast<model::v1::DataClass>(i);
    if (one.disclosed.classes.Contains(data_class)) {
      disclosed.add_classes(data_class);
    }
  }
  if (one.disclosed.judge_time != absl::InfinitePast()) {
    ToProto(one.disclosed.judge_time, disclosed.mutable_judge_time());
  }
  into->set_delivery(one.delivery);
  Put(one.request, into->mutable_request());
  Put(one.performance, into->mutable_performance());
  into->set_replaces(one.replaces);
  into->set_replaced_by(one.replaced_by);
  into->set_hub(one.hub);
  into->set_envelopes(one.envelopes);
  into->set_first_message(one.first_message);
  into->set_taken(one.taken);
  into->set_undelivered(one.undelivered);
  into->set_undelivered_why(one.undelivered_why);
}

}  // namespace careroute::casework::internal
