#include "lib/engine/testing/performed_bench.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/engine/lanes.h"

namespace careroute::engine::testing {
namespace {

constexpr char kSent[] = R"(
  kind: REFERRAL_KIND_REFERRAL
  delivery: DELIVERY_SENT
  pathway: "route"
  step: "help"
  person: "persons/0a"
  requester: "organisations/far-clinic"
  performer: "organisations/office"
  service: "care"
  disclosed {
    way: "by_law"
    classes: DATA_CLASS_IDENTITY
    classes: DATA_CLASS_SOCIAL
    identity { given_name: "Вера" }
    texts { data_class: DATA_CLASS_SOCIAL text: "lives alone" }
  }
  request { sequence: 1 move: REFERRAL_MOVE_MADE }
  request { sequence: 2 move: REFERRAL_MOVE_SENT }
)";

template <typename Message>
Message Parsed(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

}  // namespace

PerformedBench::PerformedBench(EngineBench* given)
    : own_(given == nullptr ? std::make_unique<EngineBench>() : nullptr),
      bench_(given == nullptr ? *own_ : *given) {}

Arrival PerformedBench::Sent() {
  Arrival arrival{.referral = Parsed<model::v1::Referral>(kSent),
                  .outcomes = {"helped", "not_needed"}};
  arrival.referral.set_uid(kPerformedUid.Hex());
  return arrival;
}

Growth PerformedBench::Grew(const std::string& entry) {
  Growth growth;
  *growth.entries.Add() = Parsed<model::v1::ReferralEntry>(entry);
  return growth;
}

TakeResult PerformedBench::Take(Incoming incoming) {
  const absl::StatusOr<TakeResult> result =
      bench_.Wait<TakeResult>([&](base::Done<TakeResult> done) {
        performed().Take(std::move(incoming), std::move(done));
      });
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : TakeResult{.fate = Fate::kRefused};
}

PerformedReferrals::ExecuteRequest PerformedBench::Asking(
    const std::string& command, const std::string& request_id) {
  return {
      .uid = kPerformedUid,
      .command = Parsed<command::v1::ReferralCommand>(command),
      .info = bench_.Info(
          EngineBench::Actor("office", "anna", model::v1::ACTOR_ROLE_PERFORMER),
          request_id),
      .make_answer = [](const PerformedReading& after) {
        return absl::StrCat(casework::StateOf(after.state->referral));
      }};
}

Reply PerformedBench::Do(PerformedReferrals::ExecuteRequest request) {
  const absl::StatusOr<Reply> reply =
      bench_.Wait<Reply>([&](base::Done<Reply> done) {
        performed().Execute(std::move(request), std::move(done));
      });
  EXPECT_TRUE(reply.ok()) << reply.status();
  return reply.ok() ? *reply : Reply{};
}

Reply PerformedBench::Do(const std::string& command) {
  Reply reply = Do(Asking(command));
  if (reply.refusal.has_value()) {
    ADD_FAILURE() << command << " is refused: " << reply.refusal->DebugString();
  }
  return reply;
}

model::v1::Refusal PerformedBench::Refuse(const std::string& command) {
  const Reply reply = Do(Asking(command));
  EXPECT_TRUE(reply.refusal.has_value()) << command << " was not refused";
  return reply.refusal.value_or(model::v1::Refusal());
}

absl::StatusOr<PerformedReading> PerformedBench::TryRead() {
  return bench_.Wait<PerformedReading>([&](base::Done<PerformedReading> done) {
    performed().Read(kPerformedUid, std::move(done));
  });
}

PerformedReading PerformedBench::Read() {
  absl::StatusOr<PerformedReading> reading = TryRead();
  EXPECT_TRUE(reading.ok()) << reading.status();
  if (reading.ok()) return *std::move(reading);
  return {.state = std::make_shared<const PerformedReferral>()};
}

model::v1::ReferralState PerformedBench::State() {
  return casework::StateOf(Read().state->referral);
}

model::v1::Disclosed PerformedBench::Disclosed() {
  for (const PerformedEvent& one : Read().history) {
    if (one.event.has_arrived()) {
      return one.event.arrived().referral().disclosed();
    }
  }
  return {};
}

absl::StatusOr<PerformedEvent> PerformedBench::Event(int64_t version) {
  return bench_.Wait<PerformedEvent>([&](base::Done<PerformedEvent> done) {
    performed().ReadEvent({.uid = kPerformedUid, .version = version},
                          std::move(done));
  });
}

std::vector<store::IndexRow> PerformedBench::Rows(Table table,
                                                  const std::string& key) {
  const absl::StatusOr<store::IndexPage> page =
      bench_.Wait<store::IndexPage>([&](base::Done<store::IndexPage> done) {
        bench_.store().Scan({.list = ListOf(table, key)}, std::move(done));
      });
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? page->rows : std::vector<store::IndexRow>();
}

std::vector<int64_t> PerformedBench::Owed() {
  std::vector<int64_t> sequences;
  for (const store::OutboxRow& row : bench_.Waiting()) {
    EXPECT_EQ(row.lane, LaneOf("east"));
    sequences.push_back(row.key.sequence);
  }
  return sequences;
}

bool PerformedBench::KeyIsThere() {
  const auto keys = bench_.Wait<std::vector<store::KeyRecord>>(
      [&](base::Done<std::vector<store::KeyRecord>> done) {
        bench_.store().GetKeys(
            {{.kind = store::StreamKind::kReferral, .id = kPerformedUid}},
            std::move(done));
      });
  return keys.ok() && keys->size() == 1 && !keys->front().destroyed.has_value();
}

}  // namespace careroute::engine::testing
